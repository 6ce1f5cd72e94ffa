"""From when a pupil is heard, decides, and is of age; counted in whole days of the school's own calendar."""

from datetime import date
from typing import Final

HEARD: Final = 12  # invited when one's own case is talked about
RIGHTS_HOLDER: Final = 16  # AVG and UAVG: the rights of the file pass from the guardians to the pupil
OF_AGE: Final = 18  # until then guardians with authority agree with the action part of the support plan


def born_by(years: int, *, on: date) -> date:
    """Whoever was born on this day or before has had this birthday by `on`.

    Who was born on 29 February has a birthday on 1 March in other years.

    >>> born_by(16, on=date(2026, 11, 22))
    datetime.date(2010, 11, 22)
    >>> born_by(18, on=date(2030, 2, 28)) >= date(2012, 2, 29), born_by(18, on=date(2030, 3, 1)) >= date(2012, 2, 29)
    (False, True)
    """
    day = on.day if (on.month, on.day) != (2, 29) or _is_leap(on.year - years) else 28
    return on.replace(year=on.year - years, day=day)


def has_turned(years: int, *, born_on: date, on: date) -> bool:
    """Whether this birthday has come.

    >>> has_turned(16, born_on=date(2012, 2, 29), on=date(2028, 2, 28)), has_turned(16, born_on=date(2012, 2, 29), on=date(2028, 2, 29))
    (False, True)
    """
    return born_on <= born_by(years, on=on)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
