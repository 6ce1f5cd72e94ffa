"""Individual help with executive functions that became structural may be more than basic support: people look before it goes on.

Source: R092 of the project's list of what schools ask (exercised with the whole class it is basic support; structural help of one pupil
perhaps not). What “structural” is, and the words a goal is known by, are designs of ours: a remark for people, never a layer that is given.
Times are per week; raises BasicSupportNotChecked.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from kring.core.decisions import Outcome
from kring.core.deepening import Level
from kring.core.errors import BrokenRule

FUNCTIONS: Final = "task_approach"  # the scale by which the catalogue knows what exercises planning, remembering and keeping on
STRUCTURAL_TIMES: Final = 3  # a week
GOES_ON: Final = frozenset({Outcome.CONTINUE, Outcome.CONTINUE_WORKABLE, Outcome.ADAPT})
WORDS: Final = re.compile(r"\b(executieve|werkgeheugen|taak\w*|taken|plannen|planning|agenda|concentr\w*|volhoud\w*|aan het werk)\b")


@dataclass(eq=False, kw_only=True)
class BasicSupportNotChecked(BrokenRule):
    """What may be more than basic support does not go on as if it were before somebody looked."""


def is_about_functions(scales: Collection[str], *texts: str) -> bool:
    """By the catalogue, or by the words of goal and step.

    >>> is_about_functions([], "Sem begint zelf aan zijn taak"), is_about_functions([], "Noor vraagt een kind om mee te spelen")
    (True, False)
    """
    return FUNCTIONS in scales or any(WORDS.search(text.casefold()) for text in texts)


def is_structural(level: str, *, times_a_week: int | None, decided: Collection[Outcome]) -> bool:
    """For one pupil, and often, or continued before; `decided`: what people decided until now.

    >>> is_structural("pupil", times_a_week=3, decided=[]), is_structural("group", times_a_week=5, decided=[])
    (True, False)
    """
    return level == Level.PUPIL and ((times_a_week or 0) >= STRUCTURAL_TIMES or not GOES_ON.isdisjoint(decided))


def refuse_unchecked(outcome: Outcome, *, is_flagged: bool, is_checked: bool) -> None:
    """Raises BasicSupportNotChecked; who fades out, deepens or looks later does not go on with it."""
    if outcome in GOES_ON and is_flagged and not is_checked:
        raise BasicSupportNotChecked
