"""What the pages of a sociogram are made from. Of who did not choose whom there is nothing here: only numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kring.core.sociometry import (
    AbsenceSensitivity,
    ClassCard,
    ClassCourse,
    NamedForRole,
    NoStatus,
    Perceived,
    RatingStatuses,
    Remarks,
    Sociogram,
    StatusResults,
    Sureness,
)
from kring.documents.scales import name_order


@dataclass(frozen=True, slots=True)
class RolePart:
    """A question about who plays a part, and who is named for it."""

    question: str
    named: NamedForRole


@dataclass(frozen=True, slots=True)
class RatedPart:
    """A question in which each classmate got points: of how many raters how many gave more than the middle; never who gave what."""

    question: str
    raters: tuple[int, ...]
    gladly: tuple[int, ...]
    found: RatingStatuses


@dataclass(frozen=True, slots=True)
class Understood:
    """One sociogram with everything that may be said beside the drawing; `names` by the key of the pupil.

    questions: how many asked whom one chooses; without any, nobody can be called not chosen. unfavourable: how often a pupil was named
    in answer to a question that says no, None when that was not asked or may not be said.
    """

    sociogram: Sociogram
    names: Mapping[str, str] = field(hash=False)
    questions: int
    remarks: Remarks | None
    status: StatusResults | None
    no_status: NoStatus | None
    unfavourable: tuple[int, ...] | None
    says_little: bool | None
    thinks: Perceived | None
    roles: tuple[RolePart, ...] = ()
    rated: tuple[RatedPart, ...] = ()

    @property
    def order(self) -> list[int]:
        """The places of the pupils on the list, by name."""
        return sorted(range(self.sociogram.n), key=lambda i: name_order(self.names[self.sociogram.nominations.pupils[i]]))

    def name(self, i: int) -> str:
        """Of the pupil on this place."""
        return self.names[self.sociogram.nominations.pupils[i]]


@dataclass(frozen=True, slots=True)
class CardPart:
    """What the card is made from. `course` only with two rounds before; `last_wave` is the month of the last round, empty without one."""

    sociogram: Sociogram
    names: Mapping[str, str] = field(hash=False)
    card: ClassCard
    course: ClassCourse | None
    absent: AbsenceSensitivity
    sureness: Sureness | None
    no_status: NoStatus | None
    questions: int
    last_wave: str = ""
