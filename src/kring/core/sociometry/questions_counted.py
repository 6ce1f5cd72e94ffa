"""What stays of the answers to one question when the choices themselves are gone: counts and means of the class, that name nobody.

How many answered is always kept. The rest only when at least 60 % of the list answered this question, as for everything of a class.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from kring.core.sociometry.nominations import TOOK_PART, Participation, Sufficiency, sufficiency_of

__all__ = ["counts_of_points", "counts_of_question"]

DIGITS: Final = 2


def counts_of_question(names: Sequence[tuple[str, str]], took_part: Mapping[str, Participation]) -> dict[str, int | float]:
    """Of a question that is answered with names: who named whom becomes how many.

    given: names per pupil who answered; named: how many pupils were named at all.

    >>> there = dict.fromkeys("ABC", Participation.DONE)
    >>> counts_of_question([("A", "B"), ("C", "B")], there)
    {'answered': 3, 'given': 0.67, 'named': 1}
    """
    counts: dict[str, int | float] = {"answered": _answered(took_part)}
    if _enough(counts, took_part):
        counts["given"] = round(len(names) / counts["answered"], DIGITS)
        counts["named"] = len({classmate for _by, classmate in names})
    return counts


def counts_of_points(points: Collection[int], took_part: Mapping[str, Participation], *, scale: int) -> dict[str, int | float]:
    """Of points given to classmates: the mean, and which part of them lies above the middle of the scale.

    >>> counts_of_points([5, 4, 3, 2], dict.fromkeys("AB", Participation.DONE), scale=5)
    {'answered': 2, 'mean': 3.5, 'above_middle': 0.5}
    """
    counts: dict[str, int | float] = {"answered": _answered(took_part)}
    if points and _enough(counts, took_part):
        counts["mean"] = round(sum(points) / len(points), DIGITS)
        counts["above_middle"] = round(sum(2 * one > scale + 1 for one in points) / len(points), DIGITS)
    return counts


def _answered(took_part: Mapping[str, Participation]) -> int:
    return sum(one in TOOK_PART for one in took_part.values())


def _enough(counts: Mapping[str, int | float], took_part: Mapping[str, Participation]) -> bool:
    return sufficiency_of(int(counts["answered"]), len(took_part)) is not Sufficiency.TOO_FEW
