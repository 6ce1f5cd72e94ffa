"""A class through the year: it begins, finds its places, works together and says goodbye; each asks something else of a teacher."""

from datetime import date
from enum import StrEnum


class ClassPhase(StrEnum):
    """In the order of a school year. After every long holiday a class goes through the first two once more, faster."""

    BEGINNING = "beginning"
    FINDING_PLACES = "finding_places"
    TOGETHER = "together"
    GOODBYE = "goodbye"


_BEGINS = {8: ClassPhase.BEGINNING, 10: ClassPhase.FINDING_PLACES, 12: ClassPhase.TOGETHER, 5: ClassPhase.GOODBYE}


def class_phase(on: date) -> ClassPhase:
    """The phase of most classes on this day, counted from the summer; a teacher knows better.

    >>> class_phase(date(2026, 9, 1)).value, class_phase(date(2027, 1, 12)).value, class_phase(date(2027, 6, 20)).value
    ('beginning', 'together', 'goodbye')
    """
    month = on.month
    while month not in _BEGINS:
        month = month - 1 or 12
    return _BEGINS[month]
