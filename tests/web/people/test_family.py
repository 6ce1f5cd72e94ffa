"""Ouders en gezag: who cares for whom, where they are reached, and what turns at 16."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from kring.core.access import Role, Verb
from kring.core.appointing import RoleForOneself
from kring.core.authority import NotSixteenYet
from kring.web.access import NotPermitted, may
from kring.web.models import Contact, Entry, Guardian, GuardianAccess, Guardianship, Membership, Pupil
from kring.web.people.dates import begins
from kring.web.people.family.actions import NewTie, end_guardianship, let_read_along, register_guardian
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, guardian, member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TIE = NewTie("Ed", "", "Bos", has_authority=True, court_note="", from_at=datetime(2026, 3, 3, tzinfo=ZoneInfo("Europe/Amsterdam")))
NOW = datetime(2026, 3, 3, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(autouse=True)
def in_march() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def post(actor: Membership, route: str, *keys: object, **data: object) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def tie_of(hat: Membership) -> Guardianship:
    return Guardianship.objects.get(guardian__person=hat.person_id, until_at=None)


def new(**more: object) -> dict[str, object]:
    return {"given_name": "Ed", "family_name": "Bos", "has_authority": "yes", "from_on": "2026-03-03", **more}


# ---- the pages


def test_the_team_sees_the_guardians_of_a_pupil_and_nobody_else(cast: Cast) -> None:
    assert may_look(cast, "family", cast.pupil_noor.pk) == {"anna", "bram", "rik"}
    page = text_of(cast.anna, "family", cast.pupil_noor.pk)
    assert ("Els Test" in page, "Pim Test" in page, "Gezag veranderen" in page) == (True, True, False)
    assert "Els Test" in text_of(cast.anna, "pupil_around", cast.pupil_noor.pk)


def test_only_coordinator_and_leader_change_what_stands_there(cast: Cast) -> None:
    tie = tie_of(cast.els)
    for route, key in (
        ("register_guardian", cast.pupil_noor),
        ("change_authority", tie),
        ("end_guardianship", tie),
        ("contact", tie),
        ("families", None),
    ):
        who = may_look(cast, route, *([key.pk] if key else []))
        assert who - {"frans", "gijs"} == {"bram", "rik"}, route
    assert may_look(cast, "birth_date", cast.pupil_noor.pk) == {"bram"}
    for actor in (cast.anna, cast.els, cast.olga, cast.frans):
        assert post(actor, "guardian_letter", tie.pk).status_code == 404


def test_as_many_questions_for_four_guardians_as_for_two(cast: Cast) -> None:
    before = queries_for(cast.bram, "family", [cast.pupil_noor.pk]), queries_for(cast.bram, "families")
    for name in ("g1", "g2"):
        guardian(cast.pupil_noor, member(cast.beuk, Role.GUARDIAN, name), has_authority=True)
    assert (queries_for(cast.bram, "family", [cast.pupil_noor.pk]), queries_for(cast.bram, "families")) == before


def test_what_is_missing_is_listed_and_goes_when_it_is_filled_in(cast: Cast) -> None:
    page = text_of(cast.bram, "families")
    assert "ontbreekt de geboortedatum" in page
    assert post(cast.bram, "birth_date", cast.pupil_noor.pk, born_on="2016-05-04").status_code == 302
    assert Pupil.objects.get(pk=cast.pupil_noor.pk).birth_date == date(2016, 5, 4)
    wrong = post(cast.bram, "birth_date", cast.pupil_noor.pk, born_on="1956-05-04")
    assert (wrong.status_code, "tussen de 3 en 25 jaar" in wrong.content.decode()) == (409, True)
    page = text_of(cast.bram, "families", group=str(cast.group_6a.pk))
    assert "Els Test" in page
    for group in ("x", str(cast.group_eik.pk)):
        assert look(cast.bram, "families", group=group).status_code == 404


# ---- registering, authority, ending


def test_a_guardian_with_authority_comes_in_with_a_letter_and_sees_the_child(cast: Cast) -> None:
    assert post(cast.bram, "register_guardian", cast.pupil_sem.pk, **new()).status_code == 302
    tie = Guardianship.objects.get(pupil=cast.pupil_sem)
    assert (str(tie.guardian), tie.has_authority, tie.guardian.person) == ("Ed Bos", True, None)
    letter = post(cast.rik, "guardian_letter", tie.pk)
    assert (letter.status_code, letter.content[:5]) == (200, b"%PDF-")
    hat = Membership.objects.get(person=Guardian.objects.get(pk=tie.guardian_id).person)
    assert hat.role == "guardian"
    assert list(may(hat, Pupil, Verb.READ)) == [cast.pupil_sem]


def test_somebody_of_the_same_name_is_asked_about(cast: Cast) -> None:
    post(cast.bram, "register_guardian", cast.pupil_sem.pk, **new())
    known = Guardian.objects.get(family_name="Bos")
    asked = post(cast.bram, "register_guardian", cast.pupil_lot.pk, **new())
    page = asked.content.decode()
    assert (asked.status_code, "Sem Test" in page, 'value="Ed"' in page) == (409, True, True)
    post(cast.bram, "register_guardian", cast.pupil_lot.pk, **new(same_as=known.pk))
    assert set(known.guardianships.values_list("pupil__given_name", flat=True)) == {"Sem", "Lot"}
    again = post(cast.bram, "register_guardian", cast.pupil_lot.pk, **new(same_as=known.pk))
    assert again.status_code == 409
    post(cast.bram, "register_guardian", cast.pupil_noor.pk, **new(same_as="another"))
    assert Guardian.objects.filter(family_name="Bos").count() == 2


def test_a_colleague_who_is_a_parent_too_is_one_person(cast: Cast) -> None:
    post(cast.bram, "register_guardian", cast.pupil_sem.pk, **new(given_name="", family_name="", colleague=cast.carla.person_id))
    as_guardian = Membership.objects.get(person=cast.carla.person, role="guardian")
    assert list(may(as_guardian, Pupil, Verb.READ)) == [cast.pupil_sem]
    with pytest.raises(RoleForOneself):
        register_guardian(cast.bram, cast.pupil_sem, replace(TIE, colleague=cast.bram.person), at=NOW)


def test_a_guardian_of_another_school_is_never_taken(cast: Cast) -> None:
    foreign = Guardian.objects.create(school=cast.eik, given_name="Ed", family_name="Bos")
    with pytest.raises(NotPermitted):
        register_guardian(cast.bram, cast.pupil_sem, replace(TIE, same_as=foreign), at=NOW)


def test_authority_that_ends_closes_the_child_in_the_same_request_and_stays_on_record(cast: Cast) -> None:
    tie = tie_of(cast.els)
    answer = post(cast.bram, "change_authority", tie.pk, has_authority="no", from_on="2026-03-03", court_note="Omgang om het weekend")
    assert answer.status_code == 302
    assert not may(cast.els, Pupil, Verb.READ).exists()
    rows = Guardianship.objects.filter(guardian=tie.guardian).order_by("from_at").values_list("has_authority", "until_at")
    assert list(rows) == [(True, begins(date(2026, 3, 3))), (False, None)]
    assert "Omgang om het weekend" in text_of(cast.bram, "family", cast.pupil_noor.pk)
    assert "authority.changed" in set(Entry.objects.values_list("name", flat=True))


def test_authority_that_begins_on_a_day_opens_at_that_minute(cast: Cast) -> None:
    post(cast.bram, "change_authority", tie_of(cast.pim).pk, has_authority="yes", from_on="2026-03-10", court_note="")
    start = begins(date(2026, 3, 10))
    for moment, sees in ((start - timedelta(seconds=1), False), (start, True)):
        assert may(cast.pim, Pupil, Verb.READ, at=moment).exists() is sees


def test_a_note_alone_changes_no_right(cast: Cast) -> None:
    tie = tie_of(cast.els)
    post(cast.bram, "change_authority", tie.pk, has_authority="yes", from_on="2026-03-03", court_note="gezien")
    assert Guardianship.objects.get(guardian=tie.guardian).court_note == "gezien"


def test_with_the_last_child_the_hat_goes_too(cast: Cast) -> None:
    assert post(cast.bram, "end_guardianship", tie_of(cast.els).pk).status_code == 302
    assert Membership.objects.get(pk=cast.els.pk).until_at == NOW
    assert look(cast.els, "home").status_code == 404
    ended = Guardianship.objects.get(guardian__person=cast.els.person)
    assert post(cast.bram, "end_guardianship", ended.pk).status_code == 409


def test_with_another_child_the_hat_stays(cast: Cast) -> None:
    lot = Guardianship.objects.create(
        school=cast.beuk, guardian=tie_of(cast.els).guardian, pupil=cast.pupil_lot, has_authority=True, from_at=START
    )
    end_guardianship(cast.bram, Guardianship.objects.get(guardian=lot.guardian, pupil=cast.pupil_noor), ends_at=NOW, at=NOW)
    assert Membership.objects.get(pk=cast.els.pk).until_at is None
    assert list(may(cast.els, Pupil, Verb.READ)) == [cast.pupil_lot]


# ---- where somebody is reached

REACHED = {"address": "Geheimlaan 7", "phone": "06 123", "email": "els@school.example", "is_secret": "on"}


def test_one_guardian_learns_nothing_of_the_other(cast: Cast) -> None:
    Guardianship.objects.filter(guardian__person=cast.pim.person).update(has_authority=True)
    assert post(cast.bram, "contact", tie_of(cast.els).pk, read=0, **REACHED).status_code == 302
    assert "Geheimlaan" in text_of(cast.anna, "family", cast.pupil_noor.pk)
    assert "Geheim:" in text_of(cast.anna, "family", cast.pupil_noor.pk)
    for page in (text_of(cast.pim, "home"), text_of(cast.pim, "my_contact")):
        assert not [word for word in ("Geheimlaan", "06 123", "els@", "Els Test") if word in page]
    assert list(may(cast.pim, Contact, Verb.READ)) == []
    assert [one.person_id for one in may(cast.pim, Guardian, Verb.READ)] == [cast.pim.person_id]


def test_a_guardian_keeps_the_own_entry(cast: Cast) -> None:
    assert may_look(cast, "my_contact") == {"els", "pim"}
    assert post(cast.els, "my_contact", read=0, **REACHED).status_code == 302
    assert "Geheimlaan 7" in text_of(cast.els, "my_contact")
    assert Contact.objects.get().guardian.person == cast.els.person


def test_the_second_writer_sees_both_texts_and_loses_nothing(cast: Cast) -> None:
    post(cast.els, "my_contact", read=0, **REACHED)
    clash = post(cast.bram, "contact", tie_of(cast.els).pk, read=0, address="Nieuwestraat 1")
    page = clash.content.decode()
    assert (clash.status_code, "Geheimlaan 7" in page, 'value="Nieuwestraat 1"' in page) == (409, True, True)
    assert 'name="read" value="1"' in page
    assert post(cast.bram, "contact", tie_of(cast.els).pk, read=1, address="Nieuwestraat 1").status_code == 302
    assert Contact.objects.get().address == "Nieuwestraat 1"


@pytest.mark.parametrize("wrong", [{"email": "x"}, {"phone": "bel me"}, {"address": "x" * 201}, {"read": "x"}, {"read": ""}])
def test_what_is_wrong_comes_back_and_nothing_is_kept(cast: Cast, wrong: dict[str, str]) -> None:
    assert post(cast.els, "my_contact", **{"read": 0, **REACHED, **wrong}).status_code == 200
    assert not Contact.objects.exists()


# ---- sixteen


def sixteen(cast: Cast, born_on: date = date(2010, 3, 10)) -> None:
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=born_on)


def test_on_the_sixteenth_birthday_the_guardian_is_out_until_the_pupil_says_otherwise(cast: Cast) -> None:
    sixteen(cast)
    birthday = begins(date(2026, 3, 10))
    assert may(cast.els, Pupil, Verb.READ, at=birthday - timedelta(seconds=1)).exists()
    with time_machine.travel(birthday, tick=False):
        assert not may(cast.els, Pupil, Verb.READ).exists()
        assert post(cast.noor, "let_read_along", tie_of(cast.els).pk).status_code == 302
        assert may(cast.els, Pupil, Verb.READ).exists()
    with time_machine.travel(birthday + DAY, tick=False):
        access = GuardianAccess.objects.get()
        assert post(cast.noor, "stop_reading_along", access.pk).status_code == 302
        assert not may(cast.els, Pupil, Verb.READ).exists()


def test_before_sixteen_the_page_says_so_and_nothing_can_be_given(cast: Cast) -> None:
    sixteen(cast)
    assert "Vanaf je zestiende verjaardag beslis jij" in text_of(cast.noor, "reading_along")
    assert post(cast.noor, "let_read_along", tie_of(cast.els).pk).status_code == 409
    with pytest.raises(NotSixteenYet):
        let_read_along(cast.noor, cast.pupil_noor, tie_of(cast.els), at=NOW)
    assert may_look(cast, "reading_along") == {"noor", "sem"}


def test_another_pupil_can_neither_give_nor_take(cast: Cast) -> None:
    sixteen(cast, date(2009, 1, 1))
    tie = tie_of(cast.els)
    access = let_read_along(cast.noor, cast.pupil_noor, tie, at=NOW)
    for actor in (cast.sem, cast.els, cast.bram):
        assert post(actor, "let_read_along", tie.pk).status_code == 404
        assert post(actor, "stop_reading_along", access.pk).status_code == 404


def test_the_teacher_is_warned_a_month_before(cast: Cast) -> None:
    sixteen(cast)
    assert "wordt 16 op di 10 maart" in text_of(cast.anna, "home")
    assert "wordt 16" not in text_of(cast.carla, "home")
    assert "wordt 16 op di 10 maart" in text_of(cast.bram, "families")
    sixteen(cast, date(2008, 4, 3))
    assert "wordt 18 op" in text_of(cast.anna, "home")
    sixteen(cast, date(2010, 4, 4))
    assert "wordt 16" not in text_of(cast.anna, "home")
