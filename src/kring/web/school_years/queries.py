"""The calendar of a school, and the words of its region."""

from kring.core.calendar import Calendar, DaysOff
from kring.core.calendar import SchoolYear as Year
from kring.web.school_years.models import Holiday
from kring.web.schools.models import School, SchoolYear


def calendar_of(school: School) -> Calendar:
    """Years and days off: nothing secret in it, and due days of everybody are counted with it. Two questions to the database."""
    years = SchoolYear.objects.filter(school=school).order_by("starts_on")
    days_off = Holiday.objects.filter(school=school)
    return Calendar(tuple(as_year(year) for year in years), tuple(as_days_off(one) for one in days_off))


def as_year(year: SchoolYear) -> Year:
    """The dates of a year, as the core counts with them."""
    return Year(year.starts_on, year.ends_on)


def as_days_off(holiday: Holiday) -> DaysOff:
    """Days off, as the core counts with them."""
    return DaysOff(holiday.name, holiday.first_on, holiday.last_on, frozenset(holiday.groups))
