"""Which school years and measurement windows there are on a day: the running year and the one before, autumn and spring."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

LASTS = timedelta(days=32)  # from a Monday up to a Friday
STAYS_OPEN = timedelta(days=12)  # however late one looks, the newest window is still open
LOOKED_AT = timedelta(days=11)
FIRST_WEEKS = "eerste weken"
OPENED_BEFORE = timedelta(days=16)  # however early in the year one looks, the first window is already open


@dataclass(frozen=True, slots=True)
class InventedYear:
    """A school year, from 1 August up to and including 31 July."""

    label: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Window:
    """The weeks in which a school measures. A running one has answers up to today only."""

    year: InventedYear
    season: str
    opens_on: date
    closes_on: date
    is_this_year: bool
    is_running: bool = False

    @property
    def key(self) -> str:
        return f"{self.season} {self.opens_on.year}"

    def day(self, share: float, today: date) -> date:
        """A school day at this share (0 to 1) of the window so far; Friday for what falls in a weekend."""
        days = max((min(self.closes_on, today) - self.opens_on).days, 0)
        found = self.opens_on + timedelta(days=int(share * (days + 1)))
        return max(found - timedelta(days=max(found.weekday() - 4, 0)), self.opens_on)


def years(today: date) -> tuple[InventedYear, InventedYear]:
    """The school year before, and the one this day lies in.

    >>> [year.label for year in years(date(2026, 11, 22))]
    ['2025-2026', '2026-2027']
    """
    first = today.year if today.month >= 8 else today.year - 1
    return _year(first - 1), _year(first)


def _year(first: int) -> InventedYear:
    return InventedYear(f"{first}-{first + 1}", date(first, 8, 1), date(first + 1, 7, 31))


def windows(today: date) -> tuple[Window, ...]:
    """All windows that opened until today, oldest first; the last one is running."""
    before, running = years(today)
    opened = [*_measuring(before, is_this_year=False)]
    opened += [window for window in _measuring(running, is_this_year=True) if window.opens_on <= today]
    if len(opened) == 2:
        opens_on = max(today - OPENED_BEFORE, running.starts_on)
        opened.append(Window(running, "najaar", opens_on, opens_on, is_this_year=True))
    last = opened.pop()
    closes_on = max(last.closes_on, today + STAYS_OPEN)
    return (*opened, replace(last, closes_on=closes_on, is_running=True))


def first_weeks(today: date) -> Window | None:
    """Two weeks in September in which classes choose each other, so that there is a result this year; None before they are over."""
    running = years(today)[1]
    opens_on = _monday(date(running.starts_on.year, 9, 7))
    closes_on = opens_on + LOOKED_AT
    return Window(running, FIRST_WEEKS, opens_on, closes_on, is_this_year=True) if closes_on < today else None


def _measuring(year: InventedYear, *, is_this_year: bool) -> tuple[Window, Window]:
    first = year.starts_on.year
    autumn, spring = _monday(date(first, 10, 19)), _monday(date(first + 1, 3, 9))
    return (
        Window(year, "najaar", autumn, autumn + LASTS, is_this_year),
        Window(year, "voorjaar", spring, spring + LASTS, is_this_year),
    )


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
