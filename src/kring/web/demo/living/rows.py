"""Where the demo schools are: their holidays, a study day, and the words of their region."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from kring.library import packs
from kring.web.demo.plan import SchoolPlan
from kring.web.school_years.intake import take_published
from kring.web.school_years.models import Holiday, RegionalTerms
from kring.web.school_years.region.queries import written
from kring.web.schools.models import SchoolYear

HERE = ZoneInfo("Europe/Amsterdam")


def place(plan: SchoolPlan) -> dict[str, str]:
    """What a school says of itself."""
    name = next(pack.name for pack in packs() if pack.key == plan.pack)
    return {"region": plan.region, "municipality": plan.municipality, "partnership": name}


def live_in_region(plan: SchoolPlan, years: Sequence[SchoolYear]) -> None:
    """Holidays of every year, a study day in each, and the words from the first year on."""
    for year in years:
        take_published(year)
        _study_day(year)
    pack = next(pack for pack in packs() if pack.key == plan.pack)
    first = min(years, key=lambda year: year.starts_on)
    RegionalTerms.objects.create(
        school=first.school,
        from_on=first.starts_on,
        partnership=pack.name,
        pack=pack.mark,
        terms=written(pack.terms),
        made_at=datetime.combine(first.starts_on, time(9), HERE),
    )


def _study_day(year: SchoolYear) -> None:
    """A Wednesday early in February, on which every region has school."""
    day = year.starts_on.replace(year=year.starts_on.year + 1, month=2, day=1)
    day += timedelta(days=(2 - day.weekday()) % 7)
    Holiday.objects.create(school_id=year.school_id, year=year, kind=Holiday.Kind.STUDY, name="Studiedag", first_on=day, last_on=day)
