"""The next school year of De Beuk as a proposal that somebody began, and what teachers hand over to the next one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from kring.core.year_change import NewGroup, Plan, Sits, Way
from kring.core.year_proposal import proposal
from kring.web.people.dates import begins
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, School, SchoolYear
from kring.web.year_change.models import Handover, HandoverAnswer, YearChange
from kring.web.year_change.queries import LAST_LEVEL, old_groups, sits
from kring.web.year_change.stored import stored

Key = Callable[..., UUID]
SCHOOL = "De Beuk"
TEACHERS = {"8": "wouter", "5": "sanne", "4": "yusuf"}
TEXTS = (
    # works, watch, wish
    (
        "Eerst zelf laten kijken, dan pas vragen stellen. Een vast plekje aan de zijkant geeft rust.",
        "Als het druk wordt in de klas, gaat zij zachter praten en kijkt zij naar de deur.",
        "Noor wil graag vertellen over haar konijnen. Thuis vinden ze een seintje fijn als er iets verandert.",
    ),
    ("Samen met een maatje beginnen. Een klusje tussendoor helpt.", "Bij verlies in een spel loopt hij even weg en komt zelf terug.", ""),
    ("Korte opdrachten, en tussendoor even laten zien.", "", "Hij wil dat de juf weet dat hij drumt."),
)
RECEIVED = (
    "Begint goed als de dag op het bord staat.",
    "Vraagt weinig hulp. Loop even langs, ook als er niets gevraagd wordt.",
    "Wil graag naast iemand zitten die rustig werkt.",
)


def prepare_year(school: School, people: Mapping[str, Membership], *, key: Key, now: datetime) -> None:
    """A proposal and handovers in the school that has the most to show."""
    if school.name != SCHOOL:
        return
    before, running = SchoolYear.objects.filter(school=school).order_by("starts_on")
    _propose(school, people, running, key=key, now=now)
    _write(school, people, running, key=key, now=now)
    _received(school, people, before, running, key=key)


def _propose(school: School, people: Mapping[str, Membership], running: SchoolYear, *, key: Key, now: datetime) -> None:
    year = running.ends_on.year
    coming = SchoolYear.objects.create(
        id=key(school.name, f"{year}-{year + 1}"),
        school=school,
        label=f"{year}-{year + 1}",
        starts_on=date(year, 8, 1),
        ends_on=date(year + 1, 7, 31),
    )
    here = sits(running, minute=begins(coming.starts_on))
    plan = proposal(old_groups(running), here, last_level=LAST_LEVEL[school.type])
    bram, begun = people["bram"], now - timedelta(days=2)
    YearChange.objects.create(
        id=key(school.name, "year change"),
        school=school,
        from_year=running,
        to_year=coming,
        plan=stored(_touched(plan, people, here)),
        made_by=bram,
        made_at=begun,
        changed_by=bram,
        changed_at=begun,
    )


def _touched(plan: Plan, people: Mapping[str, Membership], here: list[Sits]) -> Plan:
    """Some teachers, and a child of group 3 who does the year once more in a group that somebody added."""
    groups = [replace(one, teachers=_teachers(one, people)) for one in plan.groups]
    three = next(one.key for one in groups if 3 in one.levels)
    again = next(one.pupil for one in here if one.level == 3)
    return replace(plan, groups=tuple(groups), pupils={again: Way(three, 3)})


def _teachers(one: NewGroup, people: Mapping[str, Membership]) -> tuple[str, ...]:
    name = TEACHERS.get(one.name, "")
    return (str(people[name].pk),) if name in people else ()


def _write(school: School, people: Mapping[str, Membership], running: SchoolYear, *, key: Key, now: datetime) -> None:
    """Anna began with three children of 6A: one waits for home, one is still hers, one may go on."""
    group = Group.objects.get(year=running, name="6A")
    children = list(Pupil.objects.filter(enrolments__group=group, enrolments__until_at=None).order_by("person", "admin_key"))
    named = sorted(children, key=lambda one: (one.given_name not in {"Noor", "Sem"}, one.given_name, one.admin_key))
    for number, (pupil, (works, watch, wish)) in enumerate(zip(named, TEXTS)):
        made = Handover.objects.create(
            id=key(school.name, "handover", pupil.admin_key),
            school=school,
            pupil=pupil,
            group=group,
            year=running,
            works=works,
            watch=watch,
            wish=wish,
            written_by=people["anna"],
            written_at=now - timedelta(days=6),
            shown_at=None if number == 1 else now - timedelta(days=5),
        )
        if number == 2:
            _said(made, people["anna"], key=key, at=now - timedelta(days=3))


def _received(school: School, people: Mapping[str, Membership], before: SchoolYear, running: SchoolYear, *, key: Key) -> None:
    """A child who came to 6A from a class that Anna did not have; she keeps what was handed over for the whole year."""
    now_in_a = {"pupil__enrolments__group__name": "6A", "pupil__enrolments__group__year": running}
    from_b = Enrolment.objects.filter(group__year=before, group__name="5B", **now_in_a).select_related("group", "pupil")
    sat = from_b.order_by("pupil__admin_key").first()
    if sat is None:
        return
    works, watch, wish = RECEIVED
    minute = begins(running.starts_on)
    made = Handover.objects.create(
        id=key(school.name, "received", sat.pupil.admin_key),
        school=school,
        pupil=sat.pupil,
        group=sat.group,
        year=before,
        works=works,
        watch=watch,
        wish=wish,
        written_by=people["bram"],
        written_at=minute - timedelta(days=40),
        shown_at=minute - timedelta(days=39),
        passes_at=minute,
        until_at=begins(running.ends_on),
        kept_at=minute + timedelta(days=10),
        kept_by=people["anna"],
    )
    _said(made, people["bram"], key=key, at=minute - timedelta(days=30))


def _said(row: Handover, by: Membership, *, key: Key, at: datetime) -> None:
    """In a talk: everything may go on."""
    said = {part.value: "agreed" for part in row.texts}
    HandoverAnswer.objects.create(
        id=key("said", str(row.pk)),
        school_id=row.school_id,
        handover=row,
        version=row.version,
        answered_at=at,
        recorded_by=by,
        talked_on=at.date(),
        **said,
    )
