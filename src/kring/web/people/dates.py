"""Days that people write down, as the moments from which and until which a tie holds."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def begins(day: date) -> datetime:
    """The first moment of this day at school."""
    return timezone.make_aware(datetime.combine(day, time()))


def ends_after(day: date | None) -> datetime | None:
    """The first moment that is no longer this day; what has no last day has no end."""
    return begins(day + timedelta(days=1)) if day else None
