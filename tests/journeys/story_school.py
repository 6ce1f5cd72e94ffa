"""Small schools in which a story of months is told in a minute. A program that stays: a line “begin gamer” makes the school of a story and
answers with its keys, a line “pass gamer 7” lets seven days go by there, a line “bullied newcomer 3” has the class answer that list."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import connection, models, transaction
from django.utils import timezone

from kring.core.access import Role
from kring.core.answering import Kept
from kring.core.choice_policies import PolicyKind
from kring.library import instrument
from kring.web.accounts.models import Person
from kring.web.answering.handing_in.intake import take_list
from kring.web.attention.intake import work_out_school
from kring.web.choice_policies.actions import Decision, decide
from kring.web.demo.cast import PASSWORD
from kring.web.models import (
    Assignment,
    Board,
    Contact,
    Enrolment,
    Group,
    Guardian,
    Guardianship,
    Invitation,
    Membership,
    Pupil,
    Round,
    School,
    SchoolYear,
)
from kring.web.newcomers.intake import begin_watch
from kring.web.school_years.queries import calendar_of
from kring.web.sociograms.collecting.intake import freeze
from kring.web.surveys.models import asks_of

STARTED = datetime(2020, 8, 1, tzinfo=UTC)
STAND_STILL = frozenset({"kring_schoolyear", "kring_entry", "kring_segment", "kring_pupil", "kring_membership"})
"""The year lies around today whatever goes by, the log only grows, and nobody grows older or comes to work earlier."""
A_DAY_IN_JSON = re.compile(r'"(\d{4}-\d\d-\d\d)')


@dataclass(frozen=True, slots=True)
class Told:
    """Who is in a story; the first of the class is whom it is about."""

    school: str
    type: str
    group: str
    year_level: int
    teacher: str
    coordinator: str
    family_name: str
    pupils: tuple[str, ...]
    guardian: str
    with_account: tuple[str, ...] = ()
    language: str = ""
    also: tuple[tuple[str, Role], ...] = ()
    is_new: bool = False


STORIES = {
    "gamer": Told(
        *("Het Tij", "vo", "2A", 2, "Maud", "Ilja", "Vroom", ("Jesper", "Loek", "Puck", "Rinus", "Tamar", "Wende"), "Petra"),
        with_account=("Jesper",),
    ),
    "girl": Told(
        *("De Vaart", "vo", "2B", 2, "Koen", "Nel", "Kaya", ("Elif", "Bente", "Cas", "Dirk", "Femke", "Guus"), "Hatice"), language="tr"
    ),
    "newcomer": Told(
        *("De Vlieger", "po", "6", 6, "Bas", "Tirza", "Roos", ("Meike", "Sofie", "Jip", "Abel", "Donna", "Hein"), "Marleen"),
        with_account=("Meike", "Sofie"),
        also=(("Vera", Role.SAFETY_COORDINATOR),),
        is_new=True,
    ),
    "class": Told("De Kade", "po", "7", 7, "Job", "Saar", "Prins", ("Owen", "Lieke", "Mats", "Nina", "Pepijn", "Quinten"), "Ellen"),
}


def main() -> None:
    """Until the line breaks."""
    for line in sys.stdin:
        word, story, *more = line.split()
        with transaction.atomic():
            print(json.dumps(WORDS[word](story, *more)), flush=True)


# ---- a school ---------------------------------------------------------------------------------------------------


def begin(story: str) -> dict[str, str]:
    """A year around today, one class with its teacher, a coordinator, a family."""
    told, today = STORIES[story], timezone.localdate()
    school = School.objects.create(board=Board.objects.create(name=f"Stichting {told.school}"), name=told.school, type=told.type)
    days = {"starts_on": today - timedelta(days=200), "ends_on": today + timedelta(days=160)}
    year = SchoolYear.objects.create(school=school, label="nu", **days)
    group = Group.objects.create(school=school, year=year, name=told.group, year_levels=[told.year_level])
    leads = Role.TEACHER if told.type == "po" else Role.MENTOR
    Assignment.objects.create(school=school, membership=_member(school, story, told.teacher, leads), group=group, from_at=STARTED)
    for name, role in ((told.coordinator, Role.COORDINATOR), *told.also):
        _member(school, story, name, role)
    pupils = [_pupil(story, told, group, name) for name in told.pupils]
    _family(story, told, pupils[0])
    if told.is_new:
        for one in Enrolment.objects.filter(pupil=pupils[0]).select_related("group__year"):
            begin_watch(one, calendar_of(school), at=timezone.now())
    work_out_school(school, at=timezone.now())
    return {"group": str(group.pk), **{one.given_name: str(one.pk) for one in pupils}}


def _member(school: School, story: str, name: str, role: Role, family_name: str = "de Wit") -> Membership:
    person = Person.objects.create(
        username=f"{name.lower()}.{story}", password=_PASSWORD(), is_demo=True, given_name=name, family_name=family_name
    )
    return Membership.objects.create(school=school, person=person, role=role.value, from_at=STARTED)


def _password() -> Callable[[], str]:
    made: list[str] = []

    def once() -> str:
        made.extend([] if made else [make_password(PASSWORD)])
        return made[0]

    return once


_PASSWORD = _password()


def _pupil(story: str, told: Told, group: Group, name: str) -> Pupil:
    is_first = name == told.pupils[0]
    family_name = told.family_name if is_first else "van Loon"
    person = _member(group.school, story, name, Role.PUPIL, family_name).person if name in told.with_account else None
    names = {"given_name": name, "family_name": family_name, "sort_name": f"{family_name} {name}".lower()}
    born = timezone.localdate() - timedelta(days=366 * (told.year_level + (11 if told.type == "vo" else 4)))
    made = Pupil.objects.create(school=group.school, admin_key=name, birth_date=born, person=person, **names)
    came = timezone.now() - timedelta(minutes=5) if told.is_new and is_first else STARTED
    Enrolment.objects.create(school=group.school, pupil=made, group=group, year_level=told.year_level, from_at=came)
    return made


def _family(story: str, told: Told, pupil: Pupil) -> None:
    person = _member(pupil.school, story, told.guardian, Role.GUARDIAN, told.family_name).person
    guardian = Guardian.objects.create(school=pupil.school, person=person, given_name=told.guardian, family_name=told.family_name)
    Guardianship.objects.create(school=pupil.school, guardian=guardian, pupil=pupil, has_authority=True, from_at=STARTED)
    if told.language:
        Contact.objects.create(school=pupil.school, guardian=guardian, language=told.language)


# ---- time -------------------------------------------------------------------------------------------------------


def passes(story: str, days: str) -> None:
    """Everything of this school happened so many days earlier: no clock of a server moves. Then what is worked out at night."""
    school = School.objects.get(name=STORIES[story].school)
    with connection.cursor() as cursor:
        connection.connection.create_function("earlier_in_json", 2, _earlier_in_json)
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = cursor.fetchall()
        for name, _sql in kept:
            cursor.execute(f"DROP TRIGGER {name}")
        for table, set_to in _moved():
            # far away first: a row may not stand for a moment where its neighbour still stands
            for by in (100_000, -100_000 - int(days)):
                cursor.execute(f"UPDATE {table} SET {set_to} WHERE school_id = %(school)s", {"by": by, "school": school.pk.hex})
        for _name, sql in kept:
            cursor.execute(sql)
    work_out_school(school, at=timezone.now())


def _moved() -> Iterable[tuple[str, str]]:
    for model in apps.get_app_config("kring").get_models():
        fields = {field.column: field for field in model._meta.fields}
        if "school_id" in fields and model._meta.db_table not in STAND_STILL:
            moved = [f'"{name}" = {sql.format(f"{chr(34)}{name}{chr(34)}")}' for name, field in fields.items() if (sql := _sql(field))]
            if moved:
                yield model._meta.db_table, ", ".join(moved)


def _sql(field: "models.Field[Any, Any]") -> str:
    if isinstance(field, models.DateTimeField):
        return "datetime({0}, %(by)s || ' days') || substr({0}, 20)"
    if isinstance(field, models.DateField):
        return "date({0}, %(by)s || ' days')"
    return "earlier_in_json({0}, %(by)s)" if isinstance(field, models.JSONField) else ""


def _earlier_in_json(text: str | None, by: int) -> str | None:
    def moved(found: re.Match[str]) -> str:
        return f'"{date.fromisoformat(found.group(1)) + timedelta(days=by)}'

    return A_DAY_IN_JSON.sub(moved, text) if text else text


# ---- a list about bullying --------------------------------------------------------------------------------------


def bullied(story: str, often: str) -> dict[str, str]:
    """The school decided, the class answered, and the round closed: the first pupil said how often."""
    school, now = School.objects.get(name=STORIES[story].school), timezone.now()
    leads, follows = (Membership.objects.get(school=school, role=role.value) for role in (Role.COORDINATOR, Role.SAFETY_COORDINATOR))
    decide(leads, school, Decision(PolicyKind.BULLYING, "Weten wie hulp nodig heeft.", timezone.localdate(), follows, 180), at=now)
    group, asked = Group.objects.get(school=school), instrument("kring-sociogram-pesten", 1)
    days = {"opens_on": timezone.localdate() - timedelta(days=1), "closes_on": timezone.localdate()}
    made = Round.objects.create(
        school=school, year=group.year, instrument=asked.key, version=1, title="Vragen over pesten", asks=asks_of(asked), **days
    )
    for pupil in Pupil.objects.filter(school=school):
        own = Invitation.objects.create(school=school, round=made, group=group, pupil=pupil)
        is_first = pupil.given_name == STORIES[story].pupils[0]
        take_list(own, {"often": Kept(int(often) if is_first else 1, 1)}, {}, at=now)
    Round.objects.filter(pk=made.pk).update(closed_at=now, closed_by=leads)
    freeze(made, at=now)
    return {"round": str(made.pk)}


WORDS: Mapping[str, Callable[..., object]] = {"begin": begin, "pass": passes, "bullied": bullied}
