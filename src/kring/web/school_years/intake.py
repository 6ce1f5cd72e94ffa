"""The days off that Kring brings along, put in a year of a school; for actions, and for the demo."""

from kring.core.calendar import DaysOff, DaysOffOverlap, check_days_off
from kring.core.calendar import SchoolYear as Year
from kring.library import Region, holiday_calendars, known_days_off
from kring.web.school_years.models import Holiday
from kring.web.school_years.queries import as_days_off, as_year
from kring.web.schools.models import SchoolYear


def take_published(row: SchoolYear) -> int:
    """Those of the region that are not there yet; how many. What collides with days that stand there, the school decided itself;
    only what came from another region, when that was chosen by mistake, makes room.
    """
    if not row.school.region:
        return 0
    year, region = as_year(row), Region(row.school.region)
    here = known_days_off(year, region)
    _forget_other_regions(row, year, {known.days for known in here})
    there = [as_days_off(one) for one in row.holidays.all()]
    new = [known for known in here if not _collides(known.days, year, there)]
    source = holiday_calendars()[row.label].key if new else ""
    Holiday.objects.bulk_create(
        Holiday(
            school_id=row.school_id,
            year=row,
            kind=known.kind.value,
            name=known.days.name,
            first_on=known.days.first_on,
            last_on=known.days.last_on,
            source=source,
        )
        for known in new
    )
    return len(new)


def _forget_other_regions(row: SchoolYear, year: Year, here: set[DaysOff]) -> None:
    """What Kring brought along and nobody changed."""
    elsewhere = {known.days for region in Region for known in known_days_off(year, region)} - here
    gone = [one.pk for one in row.holidays.exclude(source="") if as_days_off(one) in elsewhere]
    Holiday.objects.filter(pk__in=gone).delete()


def _collides(days: DaysOff, year: Year, there: list[DaysOff]) -> bool:
    try:
        check_days_off(days, year, there)
    except DaysOffOverlap:
        return True
    return False
