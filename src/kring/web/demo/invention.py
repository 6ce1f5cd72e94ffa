"""The invented schools: the same schools for the same day, byte for byte. No database, no clock, one seed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256

import numpy as np

from kring.core.ages import born_by
from kring.core.instruments import Instrument
from kring.web.demo.invented import InventedGroup, InventedPupil, InventedRound, InventedSchool, Stay, chance
from kring.web.demo.measuring import measured
from kring.web.demo.names import ORIGINS, split_family
from kring.web.demo.plan import PLANS, SOCIOGRAM, Named, SchoolPlan
from kring.web.demo.years import InventedYear, Window, first_weeks, windows, years

ASKED_SO_FAR = 1


def invented_schools(today: date, instruments: Iterable[Instrument]) -> tuple[InventedSchool, ...]:
    """De Beuk, De Eik and Het Baken as they are on this day; what has been asked there was asked with the first version of each list."""
    offered = {instrument.key: instrument for instrument in instruments if instrument.version == ASKED_SO_FAR}
    return tuple(invented_school(plan, today, offered) for plan in PLANS)


def invented_school(plan: SchoolPlan, today: date, instruments: Mapping[str, Instrument]) -> InventedSchool:
    """One school; `instruments` by key."""
    pupils = tuple(_pupils(plan))
    stays = tuple(_stays(plan, pupils, years(today)))
    groups = tuple(_groups(plan, stays))
    early = first_weeks(today) if SOCIOGRAM in plan.measures else None
    rounds = [_round(early, instruments[SOCIOGRAM])] if early else []
    rounds += [_round(window, instruments[key]) for window in windows(today) for key in plan.measures]
    return InventedSchool(
        plan=plan,
        years=tuple(year for year in years(today) if any(group.year == year.label for group in groups)),
        groups=groups,
        pupils=pupils,
        stays=stays,
        measured=tuple(measured(plan, one, instruments[one.instrument], pupils, stays, today) for one in rounds),
    )


def _round(window: Window, instrument: Instrument) -> InventedRound:
    title = f"{instrument.title.partition(' groep')[0]}, {window.key}"
    return InventedRound(window, instrument.key, instrument.version, title)


# ---- pupils ---------------------------------------------------------------------------------------------------


def _pupils(plan: SchoolPlan) -> Iterator[InventedPupil]:
    draw = chance(plan.name, "names")
    places = [cohort.home for cohort in plan.cohorts for _ in range(cohort.size)]
    named = _places_of_the_cast(plan, places)
    taken: set[str] = {one.given_name for one in plan.named}
    for number, home in enumerate(places):
        key = f"{plan.name.split()[-1][0]}{number + 1:03d}"
        if number in named:
            yield _named(key, named[number])
            continue
        pupil = _pupil(draw, key, home, taken)
        taken |= {f"{home} {pupil.given_name}", str((pupil.given_name, pupil.family_name))}
        yield pupil


def _places_of_the_cast(plan: SchoolPlan, places: list[str]) -> dict[int, Named]:
    """The first places of their groups."""
    found: dict[int, Named] = {}
    for one in plan.named:
        found[next(place for place, home in enumerate(places) if home == one.group and place not in found)] = one
    return found


def _named(key: str, named: Named) -> InventedPupil:
    return InventedPupil(key, named.given_name, named.name_prefix, named.family_name, named.is_girl, named.group)


def _pupil(draw: np.random.Generator, key: str, home: str, taken: set[str]) -> InventedPupil:
    """Nobody has a given name twice in a group, a full name twice in a school, or the name of one of the cast."""
    while True:
        origin = ORIGINS[draw.choice(len(ORIGINS), p=[one.share for one in ORIGINS])]
        is_girl = bool(draw.random() < 0.5)
        given_name = str(draw.choice(origin.girls if is_girl else origin.boys))
        prefix, family_name = split_family(str(draw.choice(origin.families)))
        if not taken & {given_name, f"{home} {given_name}", str((given_name, family_name))}:
            return InventedPupil(key, given_name, prefix, family_name, is_girl, home)


# ---- who sat where --------------------------------------------------------------------------------------------


def _stays(plan: SchoolPlan, pupils: tuple[InventedPupil, ...], both: tuple[InventedYear, InventedYear]) -> Iterator[Stay]:
    before, running = both
    waiting = iter(pupils)
    for cohort in plan.cohorts:
        for row in range(cohort.size):
            pupil = next(waiting)
            if cohort.before:
                level = cohort.year_level - 1 if cohort.now else cohort.year_level
                until_on = date(before.ends_on.year, 1, 30) if cohort.left_halfway else running.starts_on
                yield Stay(pupil.key, before.label, cohort.before[row % len(cohort.before)], level, before.starts_on, until_on)
            if cohort.now:
                yield Stay(pupil.key, running.label, cohort.now, cohort.year_level, running.starts_on, None)


def _groups(plan: SchoolPlan, stays: tuple[Stay, ...]) -> Iterator[InventedGroup]:
    levels: dict[tuple[str, str], set[int]] = {}
    for stay in stays:
        levels.setdefault((stay.year, stay.group), set()).add(stay.year_level)
    last = max(stay.year for stay in stays)
    for (year, name), found in sorted(levels.items()):
        teachers = plan.teachers if year == last else plan.teachers_before
        yield InventedGroup(year, name, tuple(sorted(found)), teachers[name])


# ---- when they were born --------------------------------------------------------------------------------------


def birth_dates(school: InventedSchool, today: date) -> dict[str, date]:
    """Days of birth that fit the year levels; of the cast those that the plan wants. By the key of the pupil."""
    ends_in = {year.label: year.ends_on.year for year in school.years}
    last = {stay.pupil: stay for stay in school.stays}  # in the order of the years
    return {pupil.key: _wanted(school.plan, pupil, today) or _fitting(school.plan, last[pupil.key], ends_in) for pupil in school.pupils}


def _wanted(plan: SchoolPlan, pupil: InventedPupil, today: date) -> date | None:
    ages = {(one.group, one.given_name): one.age for one in plan.named}
    age = ages.get((pupil.home, pupil.given_name))
    return born_by(age, on=today) - timedelta(days=40) if age else None


def _fitting(plan: SchoolPlan, last: Stay, ends_in: Mapping[str, int]) -> date:
    """Born in the twelve months before the first of October: five in the summer after groep 1, thirteen in the one after klas 1."""
    age = last.year_level + (12 if plan.type == "vo" else 4)
    digest = sha256(f"{plan.name} {last.pupil}".encode()).digest()
    return date(ends_in[last.year] - age - 1, 10, 1) + timedelta(days=int.from_bytes(digest[:2], "big") % 365)
