"""Before anybody acts two sides are looked at: what plays a part in the pupil, and what around it.

Source: R089 of the project's list of what schools ask (map risk factors in pupil and surroundings before an intervention begins). A design
of ours: what was written elsewhere counts, and of a side that was not, one line is enough. No units; raises BothSidesNotConsidered.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kring.core.errors import BrokenRule
from kring.core.plans import SHORTEST_REASON, is_reason


class Side(StrEnum):
    """Where something plays a part: in the pupil, or in the class, the school or at home."""

    PUPIL = "pupil"
    SURROUNDINGS = "surroundings"


@dataclass(eq=False, kw_only=True)
class BothSidesNotConsidered(BrokenRule):
    """Nothing begins for a pupil before somebody looked at the pupil and at what is around it."""

    least: int = SHORTEST_REASON


def missing_sides(known: Collection[str], lines: Mapping[Side, str]) -> tuple[Side, ...]:
    """The sides of which nothing is known from elsewhere, and no line was written.

    >>> missing_sides(["pupil"], {Side.SURROUNDINGS: "De pauze is lang en druk"}), missing_sides([], {Side.PUPIL: "druk"})
    ((), (<Side.PUPIL: 'pupil'>, <Side.SURROUNDINGS: 'surroundings'>))
    """
    return tuple(side for side in Side if side not in known and not is_reason(lines.get(side, "")))


def refuse_unconsidered(known: Collection[str], lines: Mapping[Side, str]) -> None:
    """Raises BothSidesNotConsidered."""
    if missing_sides(known, lines):
        raise BothSidesNotConsidered
