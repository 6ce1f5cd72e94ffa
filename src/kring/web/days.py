"""Days and numbers as people say them, in the language of the page."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext


def spoken_day(on: date) -> str:
    """di 3 maart"""
    return _said(_on(on), "EEE d MMMM", _locale())


def spoken_full_day(on: date) -> str:
    """di 3 maart 2026"""
    return _said(_on(on), "EEE d MMMM y", _locale())


def spoken_clock(at: datetime | time) -> str:
    """09:30, on the clock at school"""
    return format_time(timezone.localtime(at).time() if isinstance(at, datetime) else at, "HH:mm", locale=_locale())


def spoken_moment(at: datetime) -> str:
    """di 3 maart, 09:30"""
    return f"{spoken_day(at)}, {spoken_clock(at)}"


def spoken_weekday(on: date) -> str:
    """dinsdag 3 maart"""
    return _said(_on(on), "EEEE d MMMM", _locale())


def spoken_month(on: date) -> str:
    """maart 2026"""
    return _said(_on(on), "MMMM y", _locale())


def last_day(until_at: datetime | None) -> date | None:
    """The last day on which a tie that ends at this moment holds."""
    return timezone.localdate(until_at - timedelta(microseconds=1)) if until_at else None


def spoken_duration(minutes: int) -> str:
    """3 uur en 20 minuten"""
    hours, rest = divmod(minutes, 60)
    said = [gettext("%(count)s uur") % {"count": spoken_number(hours)}] if hours else []
    if rest or not hours:
        said.append(ngettext("%(count)s minuut", "%(count)s minuten", rest) % {"count": rest})
    return gettext(" en ").join(said)


def spoken_number(value: float) -> str:
    """2,25: at most two decimals"""
    return format_decimal(value, "#,##0.##", locale=_locale())


def iso_day(on: date) -> str:
    """2026-03-03, for addresses and machines"""
    return _on(on).isoformat()


@lru_cache(maxsize=4096)
def _said(on: date, pattern: str, locale: str) -> str:
    """A list says the same few days over and over."""
    return format_date(on, pattern, locale=locale)


def _on(moment: date) -> date:
    """Moments are stored in UTC and belong to a day in the time of the school."""
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def _locale() -> str:
    return (get_language() or "nl").replace("-", "_")
