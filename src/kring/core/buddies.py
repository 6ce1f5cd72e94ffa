"""Two pupils who do something together: only when each of them was asked, and said yes. Neither is the one who would need it."""

from dataclasses import dataclass

from kring.core.errors import BrokenRule


@dataclass(eq=False, kw_only=True)
class PairOfOneself(BrokenRule):
    """A pair is two pupils."""


@dataclass(eq=False, kw_only=True)
class NeitherWasAsked(BrokenRule):
    """Nothing is written down about two pupils before one of them was asked."""


@dataclass(eq=False, kw_only=True)
class AskedAfterNo(BrokenRule):
    """One said no: the other is not asked any more, and never learns that there was a question."""


def check_asked(first: str, second: str, answers: tuple[bool | None, bool | None]) -> None:
    """`answers`: what each said, None for who was not asked. Raises PairOfOneself, NeitherWasAsked and AskedAfterNo.

    >>> check_asked("a", "b", (True, None))
    """
    if first == second:
        raise PairOfOneself
    if answers == (None, None):
        raise NeitherWasAsked
    if answers == (False, False):
        raise AskedAfterNo


def is_agreed(answers: tuple[bool | None, bool | None]) -> bool:
    """Whether it goes on: both said yes.

    >>> is_agreed((True, True)), is_agreed((True, None)), is_agreed((False, True))
    (True, False, False)
    """
    return answers == (True, True)
