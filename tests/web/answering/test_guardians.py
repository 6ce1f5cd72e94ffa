"""A guardian fills in one list: with an account or with a letter, only while there is a say, and nobody else's."""

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.core.guardian_lists import HasNoSayAnyMore, NothingToRemindOf
from kring.core.objections import NotTakingPart
from kring.core.rounds import Window
from kring.library import instrument
from kring.web.models import (
    Answer,
    Entry,
    Filling,
    Guardian,
    GuardianInvitation,
    GuardianList,
    Guardianship,
    ListLetter,
    Membership,
    Objection,
    SetAside,
    Task,
)
from kring.web.surveys.family.actions import object_to, take_back
from kring.web.surveys.guardian_lists.actions import ForGuardians, ask_guardians, withdraw_guardian_list, write_letter
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, guardian, member

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 11, 10, 12, 0, tzinfo=timezone.get_default_timezone())
A_DAY = timedelta(days=1)
WHY = "Wij willen graag horen hoe het thuis gaat."


@pytest.fixture(autouse=True)
def _autumn() -> Any:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def asked(cast: Cast) -> GuardianInvitation:
    return ask(cast, cast.els)


def ask(cast: Cast, who: Membership) -> GuardianInvitation:
    window = Window(date(2025, 11, 10), date(2025, 11, 24))
    of = Guardian.objects.get(person=who.person)
    [made] = ask_guardians(cast.anna, cast.pupil_noor, ForGuardians(instrument("kring-ouder", 1), (of.pk,), WHY, window), at=NOW)
    return GuardianInvitation.objects.select_related("round").get(pk=made.pk)


def hand_in(asked: GuardianInvitation, *, text: str = "") -> None:
    """As the door of answers does it."""
    GuardianInvitation.objects.filter(pk=asked.pk).update(answered_at=NOW)
    of_list = {"school_id": asked.school_id, "guardian_invitation": asked, "submitted_at": NOW}
    GuardianList.objects.create(**of_list, answers={"hw1": 4, "hw2": "dont_know"}, texts={"x": text} if text else {})


# ---- with an account --------------------------------------------------------------------------------------------


def test_els_reads_why_and_fills_in(cast: Cast, asked: GuardianInvitation) -> None:
    to_fill_in = reverse("guardian_answer", args=[cast.els.pk, asked.pk])
    assert to_fill_in in text_of(cast.els, "pupil_lists", cast.pupil_noor.pk)
    assert to_fill_in in text_of(cast.els, "home")
    page = text_of(cast.els, "guardian_answer", asked.pk)
    assert WHY in page
    assert '"ticket"' in page
    assert "Noor" not in page.split("<title>")[1].split("</title>")[0]  # nor in the address
    assert may_look(cast, "guardian_answer", asked.pk) == {"els"}
    assert Entry.objects.filter(name="page.read", record="guardianinvitation", record_id=asked.pk, actor_id=cast.els.pk).exists()


def test_a_list_has_the_language_that_the_reader_asks_for(cast: Cast, asked: GuardianInvitation) -> None:
    assert 'lang="en"' in text_of(cast.els, "guardian_answer", asked.pk, language="en")
    assert 'lang="nl"' in text_of(cast.els, "guardian_answer", asked.pk, language="xx")


def test_the_other_parent_never_sees_it(cast: Cast, asked: GuardianInvitation) -> None:
    ed = member(cast.beuk, Role.GUARDIAN, "ed")
    guardian(cast.pupil_noor, ed, has_authority=True)
    hand_in(asked)
    for route in ("guardian_answer", "guardian_sent"):
        answer = look(ed, route, asked.pk)
        assert answer.status_code == 404
        assert WHY not in answer.content.decode()
    assert reverse("guardian_sent", args=[ed.pk, asked.pk]) not in text_of(ed, "pupil_lists", cast.pupil_noor.pk)


def test_who_lost_authority_finds_nothing(cast: Cast, asked: GuardianInvitation) -> None:
    Guardianship.objects.filter(guardian=asked.guardian).update(has_authority=False)
    assert look(cast.els, "guardian_answer", asked.pk).status_code == 404
    assert "/answer/" not in text_of(cast.els, "home")


def test_what_is_done_withdrawn_or_over_says_so(cast: Cast, asked: GuardianInvitation) -> None:
    withdraw_guardian_list(cast.anna, asked, at=NOW)
    assert "hoeft niet meer" in look(cast.els, "guardian_answer", asked.pk).content.decode()
    GuardianInvitation.objects.filter(pk=asked.pk).update(withdrawn_at=None)
    with time_machine.travel(NOW + 15 * A_DAY):
        answer = look(cast.els, "guardian_answer", asked.pk)
        assert (answer.status_code, "24 november" in answer.content.decode()) == (409, True)
    hand_in(asked)
    answer = look(cast.els, "guardian_answer", asked.pk)
    assert "al ingeleverd" in answer.content.decode()
    assert reverse("guardian_sent", args=[cast.els.pk, asked.pk]) in answer.content.decode()


def test_els_reads_back_what_she_sent_and_how_often_it_was_opened(cast: Cast, asked: GuardianInvitation) -> None:
    assert look(cast.els, "guardian_sent", asked.pk).status_code == 404  # nothing yet
    hand_in(asked)
    page = text_of(cast.els, "guardian_sent", asked.pk)
    for part in ("altijd", "weet ik niet", "overgeslagen", WHY, "Nog niemand"):
        assert part in page
    assert may_look(cast, "guardian_sent", asked.pk) == {"els"}
    assert look(cast.anna, "guardian_answers", asked.pk).status_code == 404  # not before the last day is over
    with time_machine.travel(NOW + 15 * A_DAY):
        for route in ("guardian_lists", "pupil"):  # neither shows an answer
            look(cast.anna, route, cast.pupil_noor.pk)
        assert "Nog niemand" in text_of(cast.els, "guardian_sent", asked.pk)
        look(cast.anna, "guardian_answers", asked.pk)
        assert "1 keer geopend" in text_of(cast.els, "guardian_sent", asked.pk)
    assert queries_for(cast.els, "guardian_sent", [asked.pk]) < 40


def test_of_a_list_that_was_in_when_she_said_no_bram_is_asked_to_talk_as_she_reads(cast: Cast, asked: GuardianInvitation) -> None:
    hand_in(asked)
    with time_machine.travel(NOW + A_DAY):
        made = object_to(cast.els, cast.pupil_noor, "kring-ouder", at=timezone.now())
        assert "De school praat daarover met u" in text_of(cast.els, "pupil_lists", cast.pupil_noor.pk)
        assert Task.objects.filter(owner=cast.bram, kind="objection.answers_there", record_id=made.pk).exists()
        assert "Er was nog niets ingevuld" not in text_of(cast.bram, "objection", made.pk)


def test_who_has_no_say_any_more_reads_back_the_own_list_and_no_log(cast: Cast, asked: GuardianInvitation) -> None:
    hand_in(asked)
    Guardianship.objects.filter(guardian=asked.guardian).update(has_authority=False)
    page = text_of(cast.els, "guardian_sent", asked.pk)
    assert "altijd" in page
    assert "geopend" not in page


# ---- with a letter ----------------------------------------------------------------------------------------------


def typed(client: Client, code: str) -> Any:
    return client.post(reverse("list_by_letter"), {"code": code})


def test_anna_makes_a_letter_and_the_code_is_kept_nowhere(cast: Cast, asked: GuardianInvitation) -> None:
    page = text_of(cast.anna, "guardian_lists", cast.pupil_noor.pk)
    assert "Brief maken" in page
    answer = client_of(cast.anna).post(reverse("list_letter", args=[cast.anna.pk, asked.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "Brief gemaakt op" in text_of(cast.anna, "guardian_lists", cast.pupil_noor.pk)
    assert Entry.objects.filter(name="list_letter.made", actor_id=cast.anna.pk, pupil_id=cast.pupil_noor.pk).exists()
    for actor in (cast.carla, cast.els, cast.rik):
        answer = client_of(actor).post(reverse("list_letter", args=[actor.pk, asked.pk]))
        assert answer.status_code == 404
        assert b"Noor" not in answer.content


def test_a_letter_opens_one_list_and_nothing_else(cast: Cast, asked: GuardianInvitation) -> None:
    paper = write_letter(cast.anna, asked, at=NOW)
    row = ListLetter.objects.get()
    assert paper.code not in f"{row.front_hash}{row.code_hash}"
    visitor = Client()
    assert visitor.get(reverse("letter_answer"))["Location"] == reverse("list_by_letter")
    assert typed(visitor, paper.code.lower().replace("-", " ")).url == reverse("letter_answer")
    page = visitor.get(reverse("letter_answer")).content.decode()
    for part in (WHY, "Noor", '"ticket"'):
        assert part in page
    assert cast.pupil_noor.family_name not in page
    assert str(cast.els.pk) not in page  # no way into the rest of Kring
    assert visitor.get(reverse("pupil_lists", args=[cast.els.pk, cast.pupil_noor.pk])).status_code == 302  # to the login
    assert Entry.objects.filter(name="page.read", record_id=asked.pk, actor_id=cast.els.pk).exists()
    visitor.get(reverse("list_by_letter"))  # and that closes it
    assert visitor.get(reverse("letter_answer")).status_code == 302


def test_a_guardian_without_account_comes_in_by_letter_alone(cast: Cast) -> None:
    nobody = Guardian.objects.create(school=cast.beuk, given_name="Jo", family_name="Test")
    Guardianship.objects.create(school=cast.beuk, guardian=nobody, pupil=cast.pupil_noor, has_authority=True, from_at=NOW - A_DAY)
    window = Window(date(2025, 11, 10), date(2025, 11, 24))
    [made] = ask_guardians(cast.anna, cast.pupil_noor, ForGuardians(instrument("kring-ouder", 1), (nobody.pk,), WHY, window), at=NOW)
    paper = write_letter(cast.anna, made, at=NOW)
    visitor = Client()
    typed(visitor, paper.code)
    assert WHY in visitor.get(reverse("letter_answer")).content.decode()


def test_five_wrong_codes_lock_a_letter_and_a_new_one_opens(cast: Cast, asked: GuardianInvitation) -> None:
    paper = write_letter(cast.anna, asked, at=NOW)
    wrong = paper.code[:-4] + ("2222" if not paper.code.endswith("2222") else "3333")
    visitor = Client()
    for _ in range(4):
        assert b"werkt niet" in typed(visitor, wrong).content
    assert typed(visitor, paper.code).status_code == 302  # the right one after four wrong ones begins anew
    for _ in range(5):
        typed(visitor, wrong)
    assert b"werkt niet" in typed(visitor, paper.code).content
    assert "brief op slot" in text_of(cast.anna, "guardian_lists", cast.pupil_noor.pk)
    assert typed(visitor, write_letter(cast.anna, asked, at=NOW).code).status_code == 302
    assert b"werkt niet" in typed(visitor, paper.code).content  # the old one is worth nothing
    assert b"werkt niet" in typed(visitor, "2345-6789-ABCD-EFGH-JKMN").content


def test_a_letter_ends_with_the_say_and_with_the_list(cast: Cast, asked: GuardianInvitation) -> None:
    paper, visitor = write_letter(cast.anna, asked, at=NOW), Client()
    typed(visitor, paper.code)
    with time_machine.travel(NOW + 15 * A_DAY):
        typed(visitor, paper.code)
        assert "24 november" in visitor.get(reverse("letter_answer")).content.decode()
    typed(visitor, paper.code)
    hand_in(asked)
    page = visitor.get(reverse("letter_answer")).content.decode()
    assert "al ingeleverd" in page
    assert "altijd" not in page  # who finds the letter later reads nothing
    Guardianship.objects.filter(guardian=asked.guardian).update(until_at=NOW)
    answer = visitor.get(reverse("letter_answer"), follow=True)
    assert "niets meer worden ingevuld" in answer.content.decode()
    assert "Noor" not in answer.content.decode()
    with pytest.raises(HasNoSayAnyMore):
        write_letter(cast.anna, asked, at=NOW)
    Guardianship.objects.filter(guardian=asked.guardian).update(until_at=None)
    with pytest.raises(NothingToRemindOf):
        write_letter(cast.anna, asked, at=NOW)


def test_what_was_begun_goes_with_a_no_or_when_it_is_withdrawn(cast: Cast, asked: GuardianInvitation) -> None:
    for stop in (
        lambda: object_to(cast.els, cast.pupil_noor, "kring-ouder", at=NOW),
        lambda: withdraw_guardian_list(cast.anna, asked, at=NOW),
    ):
        GuardianInvitation.objects.filter(pk=asked.pk).update(withdrawn_at=None)
        filling = Filling.objects.create(school=cast.beuk, guardian_invitation=asked, begun_at=NOW)
        Answer.objects.create(school=cast.beuk, filling=filling, item="hw1", value=1, turn=1)
        assert "Verder gaan" in text_of(cast.els, "pupil_lists", cast.pupil_noor.pk)
        stop()
        assert not Answer.objects.exists()
        assert not Filling.objects.exists()
        Objection.objects.all().delete()


# ---- through the door of answers --------------------------------------------------------------------------------


def test_the_no_of_one_parent_is_not_the_others(cast: Cast, asked: GuardianInvitation) -> None:
    ed = member(cast.beuk, Role.GUARDIAN, "ed")
    guardian(cast.pupil_noor, ed, has_authority=True)
    of_ed = ask(cast, ed)
    no = object_to(ed, cast.pupil_noor, asked.round.instrument, at=NOW)
    withdrawn = {one.pk: one.withdrawn_at for one in GuardianInvitation.objects.all()}
    assert withdrawn == {asked.pk: None, of_ed.pk: NOW}
    hand_in(asked)
    assert GuardianList.objects.get().guardian_invitation == asked
    with pytest.raises(NotTakingPart):
        ask(cast, ed)
    take_back(ed, no, at=NOW + timedelta(hours=1))
    of_ed.refresh_from_db()
    assert of_ed.withdrawn_at is None


def ticket_on(page: str) -> str:
    found = re.search(r'id="answer-page"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    return str(json.loads(found[1])["ticket"])


def send(route: str, **body: Any) -> Any:
    return Client().post(reverse(route), json.dumps(body), content_type="application/json")


def test_els_stops_goes_on_with_her_letter_hands_in_and_reads_back(cast: Cast) -> None:
    one = ask(cast, cast.els)
    first = ticket_on(text_of(cast.els, "guardian_answer", one.pk))
    assert send("answers_save", ticket=first, answers=[[1, "hw1", 4]]).status_code == 200
    assert "Verder gaan" in text_of(cast.els, "pupil_lists", cast.pupil_noor.pk)
    phone = Client()
    typed(phone, write_letter(cast.anna, one, at=NOW).code)
    page = phone.get(reverse("letter_answer")).content.decode()
    assert '"hw1": 4' in page
    assert send("answers_hand_in", ticket=ticket_on(page), answers=[[1, "hw2", "dont_know"]]).json() == {"handed_in": True}
    page = text_of(cast.els, "guardian_sent", one.pk)
    assert "altijd" in page
    assert "weet ik niet" in page


def test_who_loses_authority_on_the_way_sends_nothing_any_more(cast: Cast) -> None:
    one = ask(cast, cast.els)
    ticket = ticket_on(text_of(cast.els, "guardian_answer", one.pk))
    Guardianship.objects.filter(guardian=one.guardian).update(has_authority=False)
    for route in ("answers_save", "answers_hand_in"):
        assert send(route, ticket=ticket, answers=[[1, "hw1", 4]]).status_code == 410
    assert not GuardianList.objects.exists()
    assert not SetAside.objects.exists()
