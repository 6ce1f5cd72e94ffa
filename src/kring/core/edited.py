"""Two people in one text: who is second sees both, and nothing typed is lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kring.core.errors import BrokenRule


@dataclass(eq=False, kw_only=True)
class EditedMeanwhile(BrokenRule):
    """Somebody else changed it between the reading and the saving."""


@dataclass(frozen=True, slots=True)
class BothTexts:
    """One field that says two things now."""

    name: str
    mine: str
    theirs: str


def refuse_edited(edited_at: datetime, *, read_at: datetime) -> None:
    """`read_at` is when the text that was read had last been edited. Raises EditedMeanwhile."""
    if edited_at != read_at:
        raise EditedMeanwhile


def differing(names: Iterable[str], *, mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[BothTexts]:
    """The fields of which the two say something else; line ends and spaces around the text are nothing.

    >>> differing(["goal", "how"], mine={"goal": "rust", "how": "elke dag"}, theirs={"goal": "rust ", "how": ""})
    [BothTexts(name='how', mine='elke dag', theirs='')]
    """
    found = (BothTexts(name, mine.get(name, ""), theirs.get(name, "")) for name in names)
    return [one for one in found if _plain(one.mine) != _plain(one.theirs)]


def _plain(text: str) -> list[str]:
    return text.strip().splitlines()
