"""The warm handover: what the next teacher should know, in three parts; each part goes on only when the family agreed to it."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kring.core.ages import RIGHTS_HOLDER, has_turned
from kring.core.calendar import Calendar, DaysOff
from kring.core.errors import BrokenRule

AUTUMN: Final = (10, 11)  # the months in which an autumn holiday begins or ends
A_WEEK_OFF: Final = timedelta(days=4)  # from Monday to Friday; less is a study day
LONGEST: Final = 1000  # letters of one part: short enough to read on the first day


class Part(StrEnum):
    """What a handover consists of; the value is the name of its field."""

    WORKS = "works"  # what works
    WATCH = "watch"  # what to watch
    WISH = "wish"  # what the child and the guardians want passed on


class Said(StrEnum):
    """What somebody says about one part."""

    AGREED = "agreed"
    CHANGE = "change"
    REFUSED = "refused"


class State(StrEnum):
    """How far a handover is."""

    WRITING = "writing"  # only the teacher has seen it
    SHOWN = "shown"  # the family reads it
    CHANGE = "change"  # the family asks for other words
    AGREED = "agreed"  # at least one part goes on, and none waits
    REFUSED = "refused"  # nothing goes on


@dataclass(eq=False, kw_only=True)
class HandoverEmpty(BrokenRule):
    """There is nothing to show."""


@dataclass(eq=False, kw_only=True)
class HandoverNotShown(BrokenRule):
    """Nobody answers what nobody has shown."""


@dataclass(eq=False, kw_only=True)
class HandoverPassedOn(BrokenRule):
    """The next teacher has it: the text stays as the family read it."""


@dataclass(eq=False, kw_only=True)
class HandoverNotPassedOn(BrokenRule):
    """What the next teacher does not have yet, cannot be kept."""


@dataclass(eq=False, kw_only=True)
class ChangeWithoutWords(BrokenRule):
    """Whoever asks for a change says which."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person said about the text as it stood: `who` is the guardian, or None for the pupil."""

    who: Hashable
    version: int
    at: datetime
    said: Mapping[Part, Said]
    decides: bool = True  # whose yes is enough; a no of anybody counts


def last_words(voices: Iterable[Voice], *, version: int) -> list[Voice]:
    """Of everybody the newest answer, when it was about this very text."""
    found: dict[Hashable, Voice] = {}
    for one in sorted(voices, key=lambda one: one.at):
        if one.version == version:
            found[one.who] = one
    return list(found.values())


def agreed_parts(written: Iterable[Part], voices: Iterable[Voice], *, version: int) -> frozenset[Part]:
    """One yes of who decides is enough, anything else of anybody holds the part back."""
    said = last_words(voices, version=version)
    held = {part for one in said for part, word in one.said.items() if word is not Said.AGREED}
    return frozenset(part for part in written if part not in held and any(one.decides and part in one.said for one in said))


def decides(who: Hashable, *, born_on: date | None, on: date, with_guardians: bool) -> bool:
    """From sixteen the pupil says yes, before that a guardian with authority; the pupil too when the school knows none.

    >>> for who in ("mother", None):
    ...     print([decides(who, born_on=date(2010, 6, 20), on=date(year, 6, 20), with_guardians=True) for year in (2025, 2026)])
    [True, False]
    [False, True]
    """
    if born_on is not None and has_turned(RIGHTS_HOLDER, born_on=born_on, on=on):
        return who is None
    return who is not None or not with_guardians


def state(written: Iterable[Part], voices: Iterable[Voice], *, version: int, shown: bool) -> State:
    """How far it is, for who must follow it."""
    parts = list(written)
    said = last_words(voices, version=version)
    if not shown:
        return State.WRITING
    words = {word for one in said for part, word in one.said.items() if part in parts}
    if Said.CHANGE in words:
        return State.CHANGE
    if agreed_parts(parts, said, version=version):
        return State.AGREED
    return State.REFUSED if Said.REFUSED in words else State.SHOWN


def ends_on(calendar: Calendar, *, starts_on: date) -> date:
    """The day on which what nobody kept is gone: the day after the autumn holiday, or 1 November when nobody entered one."""
    year = starts_on.year
    last_days = [one.last_on for one in calendar.days_off if _is_autumn_holiday(one, year)]
    return max(last_days) + timedelta(days=1) if last_days else date(year, 11, 1)


def _is_autumn_holiday(one: DaysOff, year: int) -> bool:
    return one.first_on.year == year and one.first_on.month in AUTUMN and one.last_on - one.first_on >= A_WEEK_OFF


def check_written(texts: Mapping[Part, str]) -> None:
    """Raises HandoverEmpty."""
    if not any(texts.values()):
        raise HandoverEmpty


def check_shown(shown_at: datetime | None) -> None:
    """Raises HandoverNotShown."""
    if shown_at is None:
        raise HandoverNotShown


def check_not_passed(passes_at: datetime | None, *, at: datetime) -> None:
    """Raises HandoverPassedOn."""
    if passes_at is not None and passes_at <= at:
        raise HandoverPassedOn


def check_passed(passes_at: datetime | None, *, at: datetime) -> None:
    """Raises HandoverNotPassedOn."""
    if passes_at is None or at < passes_at:
        raise HandoverNotPassedOn


def check_change(said: Mapping[Part, Said], remark: str) -> None:
    """Raises ChangeWithoutWords."""
    if Said.CHANGE in said.values() and not remark.strip():
        raise ChangeWithoutWords
