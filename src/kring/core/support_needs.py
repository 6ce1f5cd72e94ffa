"""What a teacher needs to help a class or a pupil: a sentence, a kind of help, and a coach of one's own choice."""

from dataclasses import dataclass
from enum import StrEnum

from kring.core.errors import BrokenRule


class Help(StrEnum):
    """What one asks for."""

    THINK_ALONG = "think_along"
    LOOK_IN_CLASS = "look_in_class"
    TRY_TOGETHER = "try_together"
    LEARN = "learn"
    TIME = "time"
    BE_HEARD = "be_heard"


@dataclass(eq=False, kw_only=True)
class NeedSaysNothing(BrokenRule):
    """A need is a sentence about oneself."""


@dataclass(eq=False, kw_only=True)
class CoachNotToChoose(BrokenRule):
    """A coach is a colleague who works here now, and not oneself."""


@dataclass(eq=False, kw_only=True)
class NeedOver(BrokenRule):
    """What was rounded off is not gone on with."""


def need_of(text: str) -> str:
    """The sentence in tidy words. Raises NeedSaysNothing."""
    said = " ".join(text.split())
    if len(said.split()) < 3:
        raise NeedSaysNothing
    return said


def refuse_over(ended_at: object) -> None:
    """Raises NeedOver."""
    if ended_at is not None:
        raise NeedOver
