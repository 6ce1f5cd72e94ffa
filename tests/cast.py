"""The cast: the people, groups and schools that every test knows.

De Beuk (primary) and De Eik (primary, other board) and Het Baken (secondary, board of De Beuk). Anna teaches 6A, Carla 6B,
Bram coordinates, Dien assists (no role in Kring yet), Nora is confidential counsellor (no role yet), Rik leads, Olga administers.
Els is guardian of Noor, Pim her father without authority; Noor and Sem are pupils of 6A, Lot of 6B. Frans coordinates at De Eik,
where Fien is a pupil of 5; Gijs coordinates at Het Baken, where Bas is a pupil of 1A.
Noor is there to leak: no page for those who may not see her may hold her name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from kring.core.access import Role
from kring.web.models import (
    Assignment,
    Board,
    Enrolment,
    Group,
    Guardian,
    Guardianship,
    Membership,
    Person,
    Pupil,
    School,
    SchoolYear,
)

START = datetime(2025, 8, 1, tzinfo=UTC)
YEAR: dict[str, Any] = {"label": "2025-2026", "starts_on": date(2025, 8, 1), "ends_on": date(2026, 7, 31)}
PASSWORD = "een-lang-wachtwoord"


@dataclass(slots=True)
class Cast:
    """Everybody by name; the memberships are the actors."""

    beuk: School
    eik: School
    baken: School
    year: SchoolYear
    group_6a: Group
    group_6b: Group
    group_eik: Group
    group_baken: Group
    anna: Membership
    carla: Membership
    bram: Membership
    rik: Membership
    olga: Membership
    els: Membership
    pim: Membership
    noor: Membership
    sem: Membership
    frans: Membership
    gijs: Membership
    pupil_noor: Pupil
    pupil_sem: Pupil
    pupil_lot: Pupil
    pupil_fien: Pupil
    pupil_bas: Pupil

    def actors(self) -> dict[str, Membership]:
        """Everybody who can log in, by name."""
        return {name: value for name in self.__slots__ if isinstance(value := getattr(self, name), Membership)}


def client_of(actor: Membership, *, shown: str = "passkey") -> Client:
    """A browser in which this person is logged in: with a passkey, or with a password only. Written down at once: logging in
    by the client of Django asks the database nineteen things, and tests do it ten thousand times."""
    client, session, person = Client(), import_module(settings.SESSION_ENGINE).SessionStore(), actor.person
    session[SESSION_KEY] = person._meta.pk.value_to_string(person)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    sign_in(session, person, shown=shown)
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def sign_in(session: SessionBase, person: Person, *, shown: str) -> None:
    """Write in the session what logging in would have written."""
    now = timezone.now().timestamp()
    ways: dict[str, dict[str, object]] = {
        "passkey": {"method": "mfa", "type": "webauthn", "passwordless": True},
        "password": {"method": "password"},
    }
    session["signed_in_at"] = now
    session["account_authentication_methods"] = [{**ways[shown], "at": now}]
    session["account_authentication_methods_user"] = user_id_to_str(person)
    session.save()


def open_all_schools(schools: Iterable[School]) -> None:
    """On PostgreSQL the test itself looks over every wall; the pages it asks for do not."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select set_config('app.schools', %s, true)", [",".join(str(school.pk) for school in schools)])


def member(school: School, role: Role, username: str) -> Membership:
    made = a_member(school, role, username)
    made.person.save(force_insert=True)
    made.save(force_insert=True)
    return made


def a_member(school: School, role: Role, username: str) -> Membership:
    """Not yet in the database."""
    person = Person(username=username, given_name=username.capitalize(), family_name="van de Test")
    return Membership(school=school, person=person, role=role.value, from_at=START)


def pupil(group: Group, given_name: str, level: int, actor: Membership | None = None) -> Pupil:
    made, enrolment = a_pupil(group, given_name, level, actor)
    made.save(force_insert=True)
    enrolment.save(force_insert=True)
    return made


def a_pupil(group: Group, given_name: str, level: int, actor: Membership | None = None) -> tuple[Pupil, Enrolment]:
    """Not yet in the database."""
    made = Pupil(
        school=group.school,
        given_name=given_name,
        family_name="Test",
        sort_name=f"test {given_name.lower()}",
        admin_key=given_name.lower(),
        person=actor.person if actor else None,
    )
    return made, Enrolment(school=group.school, pupil=made, group=group, year_level=level, from_at=START)


def move(of: Pupil, to: Group, at: datetime) -> None:
    """From this moment the pupil sits in another group."""
    of.enrolments.filter(until_at=None).update(until_at=at)
    Enrolment.objects.create(school=of.school, pupil=of, group=to, year_level=to.year_levels[0], from_at=at)


def group(school: School, name: str, levels: list[int]) -> Group:
    year, _ = SchoolYear.objects.get_or_create(school=school, label=YEAR["label"], defaults=YEAR)
    return Group.objects.create(school=school, year=year, name=name, year_levels=levels)


def guardian(of: Pupil, actor: Membership, *, has_authority: bool) -> None:
    for row in a_guardian(of, actor, has_authority=has_authority):
        row.save(force_insert=True)


def a_guardian(of: Pupil, actor: Membership, *, has_authority: bool) -> tuple[Guardian, Guardianship]:
    """Not yet in the database."""
    made = Guardian(school=of.school, person=actor.person, given_name=actor.person.given_name, family_name="Test")
    return made, Guardianship(school=of.school, guardian=made, pupil=of, has_authority=has_authority, from_at=START)


def make_cast() -> Cast:
    """Put everybody in the database: of each kind all at once, for three thousand tests begin like this."""
    tweeluik, woud = Board(name="Stichting Tweeluik"), Board(name="Stichting Woud")
    beuk = School(board=tweeluik, name="De Beuk", type=School.Type.PRIMARY)
    baken = School(board=tweeluik, name="Het Baken", type=School.Type.SECONDARY)
    eik = School(board=woud, name="De Eik", type=School.Type.PRIMARY)
    years = [SchoolYear(school=school, **YEAR) for school in (beuk, eik, baken)]
    group_6a, group_6b, group_eik, group_baken = groups = [
        Group(school=year.school, year=year, name=name, year_levels=[level])
        for year, name, level in ((years[0], "6A", 6), (years[0], "6B", 6), (years[1], "5", 5), (years[2], "1A", 1))
    ]
    actors = {name: a_member(school, role, name) for school, roles in _hats(beuk, eik, baken) for name, role in roles.items()}
    enrolled = [
        a_pupil(group_6a, "Noor", 6, actors["noor"]),
        a_pupil(group_6a, "Sem", 6, actors["sem"]),
        a_pupil(group_6b, "Lot", 6),
        a_pupil(group_eik, "Fien", 5),
        a_pupil(group_baken, "Bas", 1),
    ]
    noor, sem, lot, fien, bas = pupils = [made for made, _ in enrolled]
    taught = [
        Assignment(school=beuk, membership=actors[who], group=group, from_at=START)
        for who, group in (("anna", group_6a), ("carla", group_6b))
    ]
    els = a_guardian(noor, actors["els"], has_authority=True)
    pim = a_guardian(noor, actors["pim"], has_authority=False)
    _keep([tweeluik, woud], [beuk, baken, eik])
    open_all_schools([beuk, baken, eik])
    people = [actor.person for actor in actors.values()]
    _keep(years, groups, people, [*actors.values()], taught, pupils, [enrolment for _, enrolment in enrolled])
    _keep([els[0], pim[0]], [els[1], pim[1]])
    return Cast(
        beuk=beuk,
        eik=eik,
        baken=baken,
        year=years[0],
        group_6a=group_6a,
        group_6b=group_6b,
        group_eik=group_eik,
        group_baken=group_baken,
        **actors,
        pupil_noor=noor,
        pupil_sem=sem,
        pupil_lot=lot,
        pupil_fien=fien,
        pupil_bas=bas,
    )


def _hats(beuk: School, eik: School, baken: School) -> Iterator[tuple[School, dict[str, Role]]]:
    yield (
        beuk,
        {"noor": Role.PUPIL, "sem": Role.PUPIL, "anna": Role.TEACHER, "carla": Role.TEACHER, "els": Role.GUARDIAN, "pim": Role.GUARDIAN},
    )
    yield beuk, {"bram": Role.COORDINATOR, "rik": Role.LEADER, "olga": Role.ADMINISTRATOR}
    yield eik, {"frans": Role.COORDINATOR}
    yield baken, {"gijs": Role.COORDINATOR}


def _keep(*kinds: Sequence[Model]) -> None:
    for rows in kinds:
        type(rows[0])._default_manager.bulk_create(rows)
