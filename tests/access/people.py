"""Everybody who asks, in words that stand in expect.txt too: the cast, and about fifty more with every role and every edge of a right."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from kring.core.access import Role
from kring.web.models import (
    Assignment,
    Board,
    BreakGlass,
    Case,
    CaseMember,
    Group,
    Guardian,
    GuardianAccess,
    Guardianship,
    Membership,
    Organisation,
    Partner,
    Person,
    Pupil,
    School,
)
from tests.cast import Cast, group, guardian, member, move, open_all_schools, pupil

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SECRET = "qz"  # no word of any language has it: whatever must not leak bears it


@dataclass(slots=True)
class Town:
    """The schools with who is in them. `now` is one moment for all."""

    cast: Cast
    now: datetime
    actors: dict[str, Membership]
    schools: dict[str, School] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    pupils: dict[str, Pupil] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    glasses: dict[str, BreakGlass] = field(default_factory=dict)


def make_town(cast: Cast) -> Town:
    town = Town(cast, timezone.now(), cast.actors())
    _schools(town)
    _teachers(town)
    _colleagues(town)
    _families(town)
    _partners(town)
    _glasses(town)
    _odd_ones(town)
    return town


def _schools(town: Town) -> None:
    cast = town.cast
    linde = School.objects.create(board=Board.objects.get(name="Stichting Woud"), name="De Linde", type=School.Type.PRIMARY)
    town.schools = {"beuk": cast.beuk, "baken": cast.baken, "eik": cast.eik, "linde": linde}
    open_all_schools(town.schools.values())
    town.groups = {"6a": cast.group_6a, "6b": cast.group_6b, "8": group(cast.beuk, "8", [8]), "eik": cast.group_eik}
    town.groups |= {"1a": cast.group_baken, "4b": group(cast.baken, "4B", [4]), "eik_6": group(cast.eik, "6", [6])}
    town.groups |= {"linde_3": group(linde, "3", [3]), "linde_4": group(linde, "4", [4])}
    town.pupils = {name: getattr(cast, f"pupil_{name}") for name in ("noor", "sem", "lot", "fien", "bas")}
    town.pupils |= {"mees": pupil(cast.group_6a, "mees", 6), "lin": pupil(town.groups["linde_3"], "lin", 3)}
    move(town.pupils["mees"], cast.group_6b, town.now - DAY)
    ages = {"puk": ("8", 12), "pelle": ("4b", 16), "peer": ("4b", 16), "rens": ("4b", 17), "quin": ("4b", 18)}
    for name, (where, _age) in ages.items():
        actor = town.actors[name] = member(town.groups[where].school, Role.PUPIL, name)
        town.pupils[name] = pupil(town.groups[where], name, town.groups[where].year_levels[0], actor)
    for name, age in {"noor": 9, "sem": 9, **{name: age for name, (_where, age) in ages.items()}}.items():
        _known_as(town.pupils[name], name, born_on=_years_ago(town.now, age))
    for name in ("lot", "fien", "bas", "mees", "lin"):
        _known_as(town.pupils[name], name, born_on=None)


def _years_ago(now: datetime, years: int) -> date:
    return timezone.localtime(now).date() - timedelta(days=round(365.25 * years) + 40)


def _known_as(of: Pupil, name: str, *, born_on: date | None) -> None:
    of.birth_date = born_on
    of.given_name = "Noor" if name == "noor" else f"{name.capitalize()}{SECRET}"
    of.sort_name = f"test {name}"
    of.save()


def _teachers(town: Town) -> None:
    cast, now = town.cast, town.now
    taught = {
        "dora": ("6a", None, None),  # duo partner
        "tess": ("6a", -HOUR, HOUR),  # stands in today
        "tom": ("6a", DAY, None),  # stands in from tomorrow
        "vera": ("6a", -100 * DAY, -DAY),  # taught it until yesterday
        "lars": ("6a", None, None),  # may not log in any more
        "twan": ("6b", None, None),  # is also guardian of Sem
        "lina": ("linde_3", None, None),
        "mila": ("1a", None, None),
        "milan": ("1a", -100 * DAY, -DAY),
    }
    for name, (where, begins, ends) in taught.items():
        school = town.groups[where].school
        actor = town.actors[name] = member(school, Role.MENTOR if name in {"mila", "milan"} else Role.TEACHER, name)
        dates = {"from_at": now + begins if begins else actor.from_at, "until_at": now + ends if ends else None}
        Assignment.objects.create(school=school, membership=actor, group=town.groups[where], **dates)
    Person.objects.filter(pk=town.actors["lars"].person_id).update(is_active=False)
    Assignment.objects.filter(membership=town.actors["tess"]).update(replaces=town.actors["lars"])
    cast.actors()


def _colleagues(town: Town) -> None:
    """One of every other role at De Beuk, and wim whose role is over."""
    roles = {
        "saar": Role.SAFETY_COORDINATOR,
        "vic": Role.CONFIDENTIAL_CONTACT,
        "gabi": Role.BEHAVIOUR_SPECIALIST,
        "daan": Role.DESIGNATED_CONTACT,
        "remi": Role.REMEDIAL_TEACHER,
        "ria": Role.REMEDIAL_TEACHER,
        "stef": Role.SUPPORT_TEAM_MEMBER,
        "cora": Role.COMMITTEE_MEMBER,
        "emma": Role.EMPLOYEE,
        "emil": Role.EMPLOYEE,
        "glen": Role.EMPLOYEE,
        "gwen": Role.EMPLOYEE,
        "bo": Role.BOARD,
        "fleur": Role.PRIVACY_OFFICER,
        "wim": Role.COORDINATOR,
    }
    town.actors |= {name: member(town.cast.beuk, role, name) for name, role in roles.items()}
    _ends(town.actors["wim"], town.now - DAY)
    town.actors["faye"] = member(town.schools["eik"], Role.PRIVACY_OFFICER, "faye")


def _ends(actor: Membership, at: datetime) -> None:
    actor.until_at = at
    actor.save()


def _families(town: Town) -> None:
    """els is guardian of Noor with authority and of Lot without; ed, divorced from her, of Noor; the others of one pupil each."""
    cast, beuk, baken = town.cast, town.cast.beuk, town.cast.baken
    els = Guardian.objects.get(person=town.actors["els"].person)
    Guardianship.objects.create(school=beuk, guardian=els, pupil=town.pupils["lot"], has_authority=False, from_at=cast.anna.from_at)
    ed = town.actors["ed"] = member(beuk, Role.GUARDIAN, "ed")
    guardian(town.pupils["noor"], ed, has_authority=True)
    ended = town.actors["ewan"] = member(beuk, Role.GUARDIAN, "ewan")  # authority taken from him yesterday
    guardian(town.pupils["noor"], ended, has_authority=True)
    Guardianship.objects.filter(guardian__person=ended.person).update(until_at=town.now - DAY)
    for name, child in {"gea": "pelle", "gust": "peer", "hans": "rens", "ida": "quin"}.items():
        actor = town.actors[name] = member(baken, Role.GUARDIAN, name)
        guardian(town.pupils[child], actor, has_authority=True)
    leave = Guardianship.objects.get(guardian__person=town.actors["gust"].person)
    GuardianAccess.objects.create(school=baken, guardianship=leave, from_at=town.now - DAY)
    also = town.actors["twan_as_guardian"] = Membership.objects.create(
        school=beuk, person=town.actors["twan"].person, role=Role.GUARDIAN.value, from_at=cast.anna.from_at
    )
    guardian(town.pupils["sem"], also, has_authority=True)


def _partners(town: Town) -> None:
    """On the case of Noor, but mo, whose case is closed: whether they see it hangs on the consent for their organisation."""
    beuk, now = town.cast.beuk, town.now
    _cases(town)
    people = {
        "pia": (Role.SUPPORT_ADVISER, "agreed"),
        "sanne": (Role.SOCIAL_WORKER, "agreed_too"),
        "sven": (Role.SOCIAL_WORKER, "agreed_too"),
        "berk": (Role.BOARD_SUPPORT_TEAM, "never_asked"),
        "ilse": (Role.ITINERANT_SUPPORT, "withdrawn"),
        "otto": (Role.EDUCATIONAL_PSYCHOLOGIST, "refused"),
        "mo": (Role.MUNICIPAL_LIAISON, "agreed"),
        "yara": (Role.YOUTH_HEALTH, "agreed"),
        "luuk": (Role.ATTENDANCE_OFFICER, "by_law"),
        "lise": (Role.ATTENDANCE_OFFICER, "by_law_of_one"),
    }
    for kind in sorted({kind for _role, kind in people.values()}):
        town.organisations[kind] = Organisation.objects.create(school=beuk, name=f"Buro {kind}", kind=Organisation.Kind.OTHER)
    for name, (role, kind) in people.items():
        actor = town.actors[name] = member(beuk, role, name)
        Partner.objects.create(school=beuk, membership=actor, organisation=town.organisations[kind])
        _seat(town, "closed" if name == "mo" else "noor", actor, until_at=now - DAY if name == "yara" else None)


def _cases(town: Town) -> None:
    beuk, bram, now = town.cast.beuk, town.actors["bram"], town.now
    opened = {"school": beuk, "opened_by": bram, "from_at": now - 30 * DAY}
    town.cases["noor"] = Case.objects.create(
        pupil=town.pupils["noor"], purpose=f"Doel{SECRET} van Noor", until_at=now + 100 * DAY, **opened
    )
    town.cases["closed"] = Case.objects.create(pupil=town.pupils["noor"], purpose=f"Voorbij{SECRET}", until_at=now - DAY, **opened)
    town.cases["lot"] = Case.objects.create(pupil=town.pupils["lot"], purpose=f"Andere{SECRET}", until_at=now + 100 * DAY, **opened)
    for name in ("gabi", "remi", "anna"):
        _seat(town, "noor", town.actors[name])
    _seat(town, "noor", town.actors["ria"], until_at=now - DAY)


def _seat(town: Town, case: str, actor: Membership, *, until_at: datetime | None = None) -> None:
    CaseMember.objects.create(
        school=town.cast.beuk, case=town.cases[case], membership=actor, from_at=town.now - 20 * DAY, until_at=until_at
    )


def _glasses(town: Town) -> None:
    """emil broke the glass for Noor just now, glen and ria yesterday, gwen just now for Sem."""
    for name, (child, begins) in {
        "emil": ("noor", -HOUR / 4),
        "glen": ("noor", -DAY),
        "gwen": ("sem", -HOUR / 4),
        "ria": ("noor", -DAY),
    }.items():
        begun = town.now + begins
        town.glasses[name] = BreakGlass.objects.create(
            school=town.cast.beuk,
            membership=town.actors[name],
            pupil=town.pupils[child],
            reason=f"Reden{SECRET} van {name}, lang genoeg",
            from_at=begun,
            until_at=begun + HOUR,
        )


def _odd_ones(town: Town) -> None:
    """nina can log in and has no role; her address bar holds the hat of anna."""
    nina = Person.objects.create(username="nina", given_name="Nina", family_name="van de Test")
    town.actors["nina"] = Membership(pk=town.actors["anna"].pk, person=nina, school=town.cast.beuk, role=Role.TEACHER.value)
