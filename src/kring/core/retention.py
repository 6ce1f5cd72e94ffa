"""Why a fact about a child is kept, and how long: the words that stand beside every field that bears one."""

from dataclasses import dataclass
from enum import StrEnum

from kring.core.access import Record
from kring.core.errors import CallerMistake


class Retention(StrEnum):
    """How long a fact may stay. Source: Dutch education law and the privacy practice of schools; a school may choose shorter."""

    PUPIL_FILE = "at most two years after the pupil has left"
    ENROLMENT = "five years after the pupil has left"
    RAW_CHOICES = "two years after the school year; a no, points and what was said of bullying at most a year after the round"
    TWO_SCHOOL_YEARS = "this school year and the one before"
    EXPERT_REPORT = "two years after the report came, and never longer than the file of the pupil"
    FOURTEEN_DAYS = "fourteen days"
    LOG = "two years, apart from what it is about"


@dataclass(eq=False, kw_only=True)
class PurposeMissing(CallerMistake):
    """Nothing about a child is kept without saying what for."""

    purpose: str


@dataclass(frozen=True, slots=True)
class Holding:
    """What a field that bears a pupil is for, how long it stays, and by which record of the access table it is seen."""

    purpose: str
    retention: Retention
    seen_as: Record

    def __post_init__(self) -> None:
        if len(self.purpose) < 10:
            raise PurposeMissing(purpose=self.purpose)
