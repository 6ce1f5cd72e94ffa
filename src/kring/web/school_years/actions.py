"""Making and changing a school year, and the days off in it."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import ProtectedError

from kring.core.access import Record, Verb
from kring.core.calendar import (
    Calendar,
    DaysOff,
    HolidaysNotPublished,
    RegionMissing,
    YearInUse,
    check_days_off,
    check_round_days,
    check_year,
)
from kring.core.calendar import SchoolYear as Year
from kring.library import holiday_calendars
from kring.web.action import action
from kring.web.school_years.intake import take_published
from kring.web.school_years.models import Holiday
from kring.web.school_years.queries import as_days_off, as_year, groups_to_free
from kring.web.schools.models import Membership, School, SchoolYear


@dataclass(frozen=True, slots=True)
class NewDays:
    """Days off as somebody typed them; without groups the whole school is free."""

    name: str
    kind: str
    first_on: date
    last_on: date
    groups: list[str] = field(default_factory=list)

    def days_off(self) -> DaysOff:
        """Raises DaysOffEndBeforeTheyBegin."""
        return DaysOff(self.name, self.first_on, self.last_on, frozenset(self.groups))


@action("school_year.made", needs=Verb.WRITE, of=Record.SCHOOL_YEAR)
def make_year(actor: Membership, school: School, year: Year) -> SchoolYear:  # noqa: ARG001
    """With the holidays of the region, when they are known. Raises YearsOverlap and YearUnlikely."""
    School.objects.select_for_update().get(pk=school.pk)
    check_year(year, [as_year(one) for one in SchoolYear.objects.filter(school=school)])
    made = SchoolYear.objects.create(school=school, label=year.label, starts_on=year.starts_on, ends_on=year.ends_on)
    take_published(made)
    return made


@action("school_year.changed", needs=Verb.WRITE)
def change_year(actor: Membership, row: SchoolYear, year: Year) -> None:  # noqa: ARG001
    """Other days for the year; its holidays and rounds must lie within. Raises the rule that stands in the way."""
    School.objects.select_for_update().get(pk=row.school_id)
    check_year(year, [as_year(one) for one in SchoolYear.objects.filter(school_id=row.school_id).exclude(pk=row.pk)])
    for holiday in row.holidays.all():
        check_days_off(as_days_off(holiday), year, [])
    for opens_on, closes_on in row.rounds.values_list("opens_on", "closes_on"):
        check_round_days(Calendar((year,)), opens_on=opens_on, closes_on=closes_on)
    SchoolYear.objects.filter(pk=row.pk).update(label=year.label, starts_on=year.starts_on, ends_on=year.ends_on)


@action("school_year.removed", needs=Verb.WRITE)
def remove_year(actor: Membership, row: SchoolYear) -> None:  # noqa: ARG001
    """A year that was made by mistake. Raises YearInUse."""
    Holiday.objects.filter(year=row).delete()
    try:
        SchoolYear.objects.filter(pk=row.pk).delete()
    except ProtectedError:
        raise YearInUse(label=row.label) from None


@action("holiday.copied", needs=Verb.WRITE, of=Record.HOLIDAY)
def copy_published(actor: Membership, row: SchoolYear) -> int:  # noqa: ARG001
    """The days off of the region that are not there yet; how many. Raises RegionMissing and HolidaysNotPublished."""
    if not row.school.region:
        raise RegionMissing
    if row.label not in holiday_calendars():
        raise HolidaysNotPublished(label=row.label)
    return take_published(row)


@action("holiday.added", needs=Verb.WRITE, of=Record.HOLIDAY)
def add_holiday(actor: Membership, row: SchoolYear, new: NewDays) -> Holiday:
    """Days off, for the whole school or for some groups. Raises HolidayOutsideYear and DaysOffOverlap."""
    SchoolYear.objects.select_for_update().get(pk=row.pk)
    check_days_off(new.days_off(), as_year(row), [as_days_off(one) for one in row.holidays.all()])
    return Holiday.objects.create(school_id=row.school_id, year=row, **_fields(actor, row, new))


@action("holiday.changed", needs=Verb.WRITE)
def change_holiday(actor: Membership, holiday: Holiday, new: NewDays) -> None:
    """Other days or another name. Raises HolidayOutsideYear and DaysOffOverlap."""
    row = SchoolYear.objects.select_for_update().get(pk=holiday.year_id)
    others = [as_days_off(one) for one in row.holidays.exclude(pk=holiday.pk)]
    check_days_off(new.days_off(), as_year(row), others)
    Holiday.objects.filter(pk=holiday.pk).update(**_fields(actor, row, new))


@action("holiday.removed", needs=Verb.WRITE)
def remove_holiday(actor: Membership, holiday: Holiday) -> None:  # noqa: ARG001
    """There is school after all."""
    Holiday.objects.filter(pk=holiday.pk).delete()


def _fields(actor: Membership, row: SchoolYear, new: NewDays) -> dict[str, object]:
    known = {str(group.pk) for group in groups_to_free(actor, row)}
    groups = sorted(known.intersection(new.groups))
    return {"name": new.name, "kind": new.kind, "first_on": new.first_on, "last_on": new.last_on, "groups": groups}
