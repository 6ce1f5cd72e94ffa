"""Absence over the last twelve weeks, as findings. Only days on which there was school count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from kring.core.attention.points import Finding
from kring.core.attention.table import Channel, Sign, Source
from kring.core.errors import CallerMistake
from kring.core.provenance import Result, method

__all__ = ["AbsentWithoutSchool", "RollingAbsence", "rolling_absence"]

WINDOW = timedelta(weeks=12)
LEAST_DAYS = 20  # school days, for the share to be a finding: in a first week one day of flu is 20 % (design choice)
SHORT = 5  # school days: a longer spell is one illness, not a pattern (design choice)


@dataclass(eq=False, kw_only=True)
class AbsentWithoutSchool(CallerMistake):
    """A pupil can only be absent, miss a lesson or be sent out on a school day; in a holiday nobody is."""

    day: date


@dataclass(frozen=True, slots=True)
class RollingAbsence(Result):
    """n: school days within the window; n_valid: those on which the pupil was there. percent is None without school days.

    short_spells: uninterrupted absences of at most five school days in all; same_lesson: the lesson missed most often (ties by name) and
    how often; findings: what can be given to pupil_points, dated on the day asked about (a share of fewer than 20 school days is none).
    """

    percent: float | None
    short_spells: int
    same_lesson: str | None
    same_lesson_missed: int
    sent_out: int
    findings: tuple[Finding, ...]
    n: int
    n_valid: int


@method("rolling-absence", 1, rows=("sent_out",), data=("school_days", "absent", "lessons_missed"))
def rolling_absence(
    school_days: frozenset[date],
    absent: frozenset[date],
    *,
    on: date,
    lessons_missed: Mapping[str, frozenset[date]] | None = None,
    sent_out: Sequence[date] = (),
) -> RollingAbsence:
    """Share of school days missed, short spells, the lesson missed most, times sent out, in the 84 days up to and including `on`.

    A spell that began before the window counts in the share with the days within it, and is short or long by all its days: give the school
    days and absences before the window too. After the approach M@ZL, which counts reports in twelve weeks. Raises AbsentWithoutSchool.

    >>> from datetime import date, timedelta
    >>> days = frozenset(date(2026, 3, 2) + timedelta(days=each) for each in range(5))
    >>> found = rolling_absence(days, frozenset({date(2026, 3, 3)}), on=date(2026, 3, 6))
    >>> found.percent, found.short_spells, found.n, found.n_valid
    (20.0, 1, 5, 4)
    """
    for day in sorted(absent.union(sent_out, *(lessons_missed or {}).values()) - school_days):
        raise AbsentWithoutSchool(day=day)
    days = sorted(day for day in school_days if _within(day, on))
    missed = {lesson: sum(_within(day, on) for day in when) for lesson, when in (lessons_missed or {}).items()}
    lesson = min(missed, key=lambda name: (-missed[name], name), default=None)
    spells = _spells(sorted(day for day in school_days if day <= on), absent)
    away, out = sum(day in absent for day in days), sum(_within(day, on) for day in sent_out)
    short = sum(len(spell) <= SHORT and _within(spell[-1], on) for spell in spells)
    percent = 100 * away / len(days) if days else None
    counted = {
        Sign.ABSENT_PERCENT: (Channel.INTERNALISING, percent if len(days) >= LEAST_DAYS else None, ""),
        Sign.SHORT_SPELLS: (Channel.INTERNALISING, short, ""),
        Sign.SAME_LESSON_MISSED: (Channel.INTERNALISING, missed[lesson] if lesson is not None else 0, lesson or ""),
        Sign.SENT_OUT: (Channel.EXTERNALISING, out, ""),
    }
    return RollingAbsence(
        percent=percent,
        short_spells=short,
        same_lesson=lesson if lesson is not None and missed[lesson] else None,
        same_lesson_missed=missed[lesson] if lesson is not None else 0,
        sent_out=out,
        findings=tuple(
            Finding(Source.ABSENCE, channel, sign, on, float(value), about) for sign, (channel, value, about) in counted.items() if value
        ),
        n=len(days),
        n_valid=len(days) - away,
    )


def _within(day: date, on: date) -> bool:
    return timedelta(0) <= on - day < WINDOW


def _spells(days: Sequence[date], absent: frozenset[date]) -> list[list[date]]:
    """The absences, each as its school days without a day at school in between."""
    return [list(spell) for away, spell in groupby(days, absent.__contains__) if away]
