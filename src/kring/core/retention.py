"""Why a fact about a child is kept, and how long: the words that stand beside every field that bears one."""

from dataclasses import dataclass
from enum import StrEnum

from kring.core.access import Record


class Retention(StrEnum):
    """How long a fact may stay. Source: Leerplicht- and privacy practice in Dutch schools; the school may choose shorter."""

    PUPIL_FILE = "at most two years after the pupil has left"
    ENROLMENT = "five years after the pupil has left"
    RAW_CHOICES = "two years after the pupil has left; negative choices one year after the round"
    FOURTEEN_DAYS = "fourteen days"


@dataclass(frozen=True, slots=True)
class Holding:
    """What a field that bears a pupil is for, how long it stays, and by which record of the access table it is seen."""

    purpose: str
    retention: Retention
    seen_as: Record

    def __post_init__(self) -> None:
        if len(self.purpose) < 10:
            raise ValueError(f"a purpose is a sentence, not “{self.purpose}”")
