"""Counting in school days: weekdays on which there is school."""

from collections.abc import Set
from datetime import date, timedelta

FRIDAY = 4  # as `date.weekday` counts


def next_weekday(day: date) -> date:
    """Give the first day after this one that is no Saturday or Sunday."""
    following = day + timedelta(days=1)
    while following.weekday() > FRIDAY:
        following += timedelta(days=1)
    return following


def school_days_later(day: date, days: int, school_free: Set[date]) -> date:
    """Give the day that lies so many school days later."""
    for _ in range(days):
        day = next_weekday(day)
        while day in school_free:
            day = next_weekday(day)
    return day
