"""What plays a part in the pupil and around it, before a small trial begins: what is known of it already, and the two lines of the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kring.core.access import Verb
from kring.core.both_sides import Side, missing_sides, refuse_unconsidered
from kring.core.understanding import LONGEST_REVIEW
from kring.web.access import may
from kring.web.plans.models import Plan
from kring.web.schools.models import Membership, Pupil
from kring.web.understanding.models import Factor, Understanding

NAMES: Mapping[Side, str] = {Side.PUPIL: "in_pupil", Side.SURROUNDINGS: "in_surroundings"}
"""Of the fields of an understanding and of a form, and of the parts of a plan."""


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that somebody wrote of one side: what protects or weighs, or what explains it."""

    side: Side
    text: str
    row: Factor | Understanding

    @property
    def where(self) -> str:
        return str(Factor.Side(self.side).label)


def known_of(actor: Membership, pupil: Pupil | None, *, at: datetime) -> list[Known]:
    """As far as this actor may read it: what holds now, and what people thought within a year."""
    found = [Known(Side(one.side), one.text, one) for one in may(actor, Factor, Verb.READ, at=at).filter(pupil=pupil)]
    since = at - timedelta(days=LONGEST_REVIEW)
    for one in may(actor, Understanding, Verb.READ, at=at).filter(pupil=pupil, edited_at__gt=since):
        found += [Known(side, getattr(one, name), one) for side, name in NAMES.items() if getattr(one, name).strip()]
    return found


def sides_of(known: Sequence[Known]) -> frozenset[Side]:
    """The sides of which something is known."""
    return frozenset(one.side for one in known)


def not_asked(known: Sequence[Known], plan: Plan | None = None) -> frozenset[Side]:
    """What is known is not asked again; a line of the plan itself stays in its form."""
    own = {side for side, line in lines_of(plan.parts).items() if line} if plan else set()
    return sides_of(known) - own


def lines_of(parts: Mapping[str, Any]) -> dict[Side, str]:
    """The lines of a plan, by side."""
    return {side: str(parts.get(name, "")) for side, name in NAMES.items()}


def lacks_a_side(actor: Membership, plan: Plan, *, at: datetime) -> bool:
    """Whether it may not begin yet."""
    return bool(missing_sides(sides_of(known_of(actor, plan.pupil, at=at)), lines_of(plan.parts)))


def check_sides(actor: Membership, plan: Plan, *, at: datetime) -> None:
    """Raises BothSidesNotConsidered."""
    refuse_unconsidered(sides_of(known_of(actor, plan.pupil, at=at)), lines_of(plan.parts))
