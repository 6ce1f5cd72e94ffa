"""How it stands with every list of the school this year: when it was asked, what is due, and which weeks are proposed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from kring.core import rhythm
from kring.core.access import Verb
from kring.core.calendar import Calendar
from kring.core.instruments import About, Instrument
from kring.core.rhythm import Standing, Turn
from kring.core.rounds import Window, is_for
from kring.core.school_types import SchoolType
from kring.web.access import may
from kring.web.instruments.queries import instruments_of
from kring.web.school_years.queries import as_year, calendar_of
from kring.web.schools.models import Enrolment, Membership, SchoolYear
from kring.web.surveys.models import Round
from kring.web.surveys.rhythm.words import years_label

TOO_LATE = timedelta(days=21)  # what is left of a year then is too short: the next one is looked at
MONDAY_TO_FRIDAY = timedelta(days=11)  # of the week after


@dataclass(frozen=True, slots=True)
class Time:
    """One of the times of a list in this year, with the round that was held then."""

    standing: Standing
    round: Round | None


@dataclass(frozen=True, slots=True)
class RhythmLine:
    """A list with its times of this year, and when it was last asked."""

    instrument: Instrument
    years: str
    times: tuple[Time, ...]
    last_on: date | None
    has_pupils: bool

    @property
    def value(self) -> str:
        """As a form names it."""
        return f"{self.instrument.key}:{self.instrument.version}"

    @property
    def is_usual(self) -> bool:
        """Whether it is asked about all pupils, and not just where it is wanted."""
        rhythm, about = self.instrument.rhythm, self.instrument.about
        return about is About.PUPIL and rhythm is not None and rhythm.whole_school

    @property
    def due(self) -> Window | None:
        """The days that are proposed, when it is due and there is somebody for whom it was made."""
        if not self.has_pupils:
            return None
        return next((time.standing.window for time in self.times if time.standing.turn is Turn.DUE), None)

    @property
    def coming(self) -> Window | None:
        """The days that are proposed for the next time, also when that is far away."""
        return next((time.standing.window for time in self.times if time.standing.window), None)


@dataclass(frozen=True, slots=True)
class YearRhythm:
    """All lists that suit the school, in the year that is worked on; without a year there is nothing to propose."""

    year: SchoolYear | None
    calendar: Calendar
    lines: tuple[RhythmLine, ...]

    @property
    def holidays_missing(self) -> bool:
        return self.year is not None and self.calendar.holidays_missing(as_year(self.year))

    @property
    def due(self) -> tuple[RhythmLine, ...]:
        """What may be asked now, in the same weeks: those of the list that comes first."""
        due = [line for line in self.lines if line.due]
        first = min((line.due for line in due if line.due), key=lambda window: window.opens_on, default=None)
        return tuple(line for line in due if line.due == first)

    @property
    def usual(self) -> tuple[RhythmLine, ...]:
        """Of those the lists that every school asks about all its pupils: they are ticked."""
        return tuple(line for line in self.due if line.is_usual)

    def window(self, lists: Iterable[Instrument], *, on: date) -> Window:
        """The first days that suit these lists; else the next two school weeks, or just two weeks."""
        wanted = {one.key for one in lists}
        windows = [line.coming for line in self.lines if line.instrument.key in wanted and line.coming]
        year = as_year(self.year) if self.year else None
        left = rhythm.propose(self.calendar, year, None, on=on) if year and not self.holidays_missing else None
        return min(windows, key=lambda one: one.opens_on, default=left or _next_weeks(on))


def _next_weeks(on: date) -> Window:
    monday = on + timedelta(days=-on.weekday() % 7)
    return Window(monday, monday + MONDAY_TO_FRIDAY)


def year_rhythm(actor: Membership, *, on: date) -> YearRhythm:
    """Of the year that runs, or that begins when this one is as good as over."""
    lists = instruments_of(actor.school, on=on)
    calendar = calendar_of(actor.school)
    year = may(actor, SchoolYear, Verb.READ).filter(ends_on__gte=on + TOO_LATE).order_by("starts_on").first()
    held = _held(actor, year)
    last = dict(_of_groups(actor).order_by().values_list("instrument").annotate(last=Max("opens_on")))
    school_type = SchoolType(actor.school.type)
    levels = _levels(year) if year else set()
    lines = (
        RhythmLine(
            one,
            years_label(one, school_type),
            _times(calendar, year, one, held.get(one.key, ()), on),
            last.get(one.key),
            not levels or one.about is not About.PUPIL or any(is_for(one.year_levels, level, school_type) for level in levels),
        )
        for one in lists
    )
    return YearRhythm(year, calendar, tuple(lines))


def _levels(year: SchoolYear) -> set[int]:
    """The year levels of which somebody sits at the school in this year; none as long as nobody was placed."""
    return set(Enrolment.objects.filter(group__year=year).order_by().values_list("year_level", flat=True).distinct())


def _of_groups(actor: Membership) -> QuerySet[Round]:
    return may(actor, Round, Verb.READ).exclude(asks=Round.Asks.GUARDIANS)


def _held(actor: Membership, year: SchoolYear | None) -> Mapping[str, Sequence[Round]]:
    """By list the rounds of this year; those whose days meet are one time, asked in two parts."""
    held: dict[str, list[Round]] = {}
    for one in _of_groups(actor).filter(year=year).order_by("opens_on", "closes_on", "pk"):
        before = held.setdefault(one.instrument, [])
        if not (before and Window(one.opens_on, one.closes_on).meets(Window(before[-1].opens_on, before[-1].closes_on))):
            before.append(one)
    return held


def _times(calendar: Calendar, year: SchoolYear | None, one: Instrument, held: Sequence[Round], on: date) -> tuple[Time, ...]:
    if year is None or one.rhythm is None or calendar.holidays_missing(as_year(year)):
        return tuple(Time(Standing(season, Turn.LATER), None) for season in (one.rhythm.seasons if one.rhythm else ()))
    found = rhythm.standings(calendar, as_year(year), one.rhythm, [row.opens_on for row in held], on=on)
    return tuple(Time(standing, None if standing.held is None else held[standing.held]) for standing in found)
