"""Until which day choices of classmates stay, name by name. What was counted from them stays as long as the file of the pupil.

A no, points, and what was said of bullying: a year after the round at most (`sociometry.negatives_kept_until`), shorter when the school
says so. All other choices: two years after the school year, for then no next round is held against them any more.
"""

from datetime import date

from kring.core.sociometry import negatives_kept_until

YEARS = 2


def rejections_go(closed_on: date, *, kept_days: int, on: date) -> bool:
    """Whether their last day is over. Raises KeptTooLong.

    >>> rejections_go(date(2026, 11, 17), kept_days=90, on=date(2027, 2, 15))
    False
    >>> rejections_go(date(2026, 11, 17), kept_days=90, on=date(2027, 2, 16))
    True
    """
    return on > negatives_kept_until(closed_on, days=kept_days).until


def choices_go(year_ends_on: date, *, on: date) -> bool:
    """Whether two years have passed since the school year ended.

    >>> choices_go(date(2026, 7, 31), on=date(2028, 7, 31)), choices_go(date(2026, 7, 31), on=date(2028, 8, 1))
    (False, True)
    """
    return (on.year, on.month, on.day) > (year_ends_on.year + YEARS, year_ends_on.month, year_ends_on.day)
