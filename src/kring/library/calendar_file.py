"""The school holidays of one year (YAML): content/calendars/<key>-<version>.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from kring.core.calendar import DaysOff, DaysOffEndBeforeTheyBegin, SchoolYear
from kring.file_problems import ContentRefused, Problems
from kring.library.shelf import CONTENT
from kring.lined_yaml import Fields, Lined, read_lined

EVERYWHERE = "all"


class Region(StrEnum):
    """The three parts in which the country goes on holiday."""

    NORTH = "noord"
    MIDDLE = "midden"
    SOUTH = "zuid"


class Kind(StrEnum):
    """What sort of days off."""

    VACATION = "vacation"
    PUBLIC = "public"


class SetBy(StrEnum):
    """Whether the school may choose other days."""

    FIXED = "fixed"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class KnownDaysOff:
    """Days off as the ministry published them."""

    days: DaysOff
    kind: Kind
    set_by: SetBy


@dataclass(frozen=True, slots=True)
class HolidayCalendar:
    """The days off of one school year, by region."""

    key: str
    version: int
    label: str
    source: str
    source_url: str
    verified_on: date
    note: str
    regions: Mapping[Region, tuple[KnownDaysOff, ...]]


@cache
def holiday_calendars(content: Path = CONTENT) -> Mapping[str, HolidayCalendar]:
    """The newest version of every calendar by the label of its year, oldest year first. Raises ContentRefused."""
    problems = Problems()
    found = [_named_rightly(path, problems) for path in sorted((content / "calendars").glob("*.yaml"))]
    problems.refuse(ContentRefused)
    kept = sorted((one for one in found if one is not None), key=lambda one: (one.label, one.version))
    return {one.label: one for one in kept}


def _named_rightly(path: Path, problems: Problems) -> HolidayCalendar | None:
    read = read_calendar(path.read_text(encoding="utf-8"), source=path.name, problems=problems)
    if read is not None and path.name != f"{read.key}-{read.version}.yaml":
        advice = "Laat naam, sleutel en versie gelijk zijn."
        problems.add(path.name, None, "key", f"Dit bestand hoort {read.key}-{read.version}.yaml te heten.", advice)
    return read


def read_calendar(text: str, *, source: str, problems: Problems) -> HolidayCalendar | None:
    """The calendar in a YAML text; mistakes go to the problems, with their line."""
    root = read_lined(source, text, problems)
    if root is None:
        return None
    fields = Fields(source, root, problems)
    days = [(region, known) for node in fields.mapping("holidays").values() for region, known in _days(Fields(source, node, problems))]
    read = HolidayCalendar(
        key=fields.text("key"),
        version=fields.whole("version"),
        label=fields.text("year"),
        source=fields.text("source"),
        source_url=fields.text("source_url"),
        verified_on=fields.day("verified_on"),
        note=fields.optional("note") or "",
        regions={region: tuple(known for where, known in days if where is region) for region in Region},
    )
    if not days:
        fields.wrong("holidays", "Er staat geen enkele vakantie in.", "Noem onder holidays minstens één vakantie.")
    fields.done()
    return read


def _days(fields: Fields) -> list[tuple[Region, KnownDaysOff]]:
    """One holiday with its days: `all`, or every region apart."""
    name, kind, set_by = fields.text("name"), fields.one_of("kind", Kind), fields.one_of("set_by", SetBy)
    everywhere, written = fields.node(EVERYWHERE), {region: fields.node(region) for region in Region}
    missing = [region for region, node in written.items() if node is None]
    if (everywhere is None and missing) or (everywhere is not None and len(missing) < len(Region)):
        fields.wrong("name", f"Bij “{name}” ontbreken dagen, of staan ze er dubbel.", "Schrijf all, of noord, midden en zuid alle drie.")
    fields.done()
    found = ((region, _period(fields, name, where, node)) for region, where, node in _placed(written, everywhere))
    return [(region, KnownDaysOff(days, kind, set_by)) for region, days in found if days is not None]


def _placed(written: Mapping[Region, Lined | None], everywhere: Lined | None) -> list[tuple[Region, str, Lined]]:
    if everywhere is not None:
        return [(region, EVERYWHERE, everywhere) for region in Region]
    return [(region, region.value, node) for region, node in written.items() if node is not None]


def _period(fields: Fields, name: str, where: str, node: Lined) -> DaysOff | None:
    """[first day, last day]"""
    try:
        first_on, last_on = (date.fromisoformat(part.text or "") for part in node.parts)
        return DaysOff(name, first_on, last_on)
    except (ValueError, DaysOffEndBeforeTheyBegin):
        fields.wrong(where, "Hier horen de eerste en de laatste vrije dag te staan.", "Schrijf bijvoorbeeld [2026-10-17, 2026-10-25].")
        return None


def known_days_off(year: SchoolYear, region: Region, content: Path = CONTENT) -> tuple[KnownDaysOff, ...]:
    """What is published for this year in this region, cut off at the ends of the year; nothing when the year itself is not published.

    A public holiday within a vacation is left out: the school is closed as it is.
    """
    calendars = holiday_calendars(content)
    if year.label not in calendars:
        return ()
    published = [known for calendar in calendars.values() for known in calendar.regions[region]]
    vacations = [known for known in published if known.kind is Kind.VACATION]
    found = [known for known in published if known in vacations or not any(known.days.collides(vacation.days) for vacation in vacations)]
    within = (_within(known, year) for known in found)
    return tuple(sorted((known for known in within if known is not None), key=lambda known: known.days.first_on))


def _within(known: KnownDaysOff, year: SchoolYear) -> KnownDaysOff | None:
    first_on, last_on = max(known.days.first_on, year.starts_on), min(known.days.last_on, year.ends_on)
    return KnownDaysOff(DaysOff(known.days.name, first_on, last_on), known.kind, known.set_by) if first_on <= last_on else None
