"""The lists about a class: who fills them in, handing them in with a second look, opening one again."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.web.answering.models import Answer, Filling
from kring.web.models import Entry, Invitation, Membership, Objection, Round, Submission
from kring.web.surveys.actions import close_round
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.measurements import TEACHER_LIST, answers, classmates, list_round

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = list(answers(TEACHER_LIST, 0))[:3]
NOW = datetime(2025, 11, 18, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_tuesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def opened(cast: Cast) -> Round:
    """About Noor and Sem; nothing is filled in yet."""
    return list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaar", key=TEACHER_LIST, silent=2)


def list_about(found: Round, who: str) -> Invitation:
    return Invitation.objects.get(round=found, pupil__admin_key=who)


def fill(found: Round, who: str, given: dict[str, Any], by: Membership) -> Invitation:
    """As the door of the answers leaves it."""
    asked = list_about(found, who)
    filling = Filling.objects.create(school=asked.school, invitation=asked, begun_at=NOW)
    Answer.objects.bulk_create(
        Answer(school=asked.school, filling=filling, item=item, value=value, turn=1, given_by=by) for item, value in given.items()
    )
    return asked


def hand_in(actor: Membership, cast: Cast, found: Round, *chosen: Invitation) -> Any:
    address = reverse("teacher_lists_hand_in", args=[actor.pk, found.pk, cast.group_6a.pk])
    return client_of(actor).post(address, {"lists": [str(one.pk) for one in chosen]})


def again(actor: Membership, asked: Invitation) -> Any:
    return client_of(actor).post(reverse("teacher_list_open_again", args=[actor.pk, asked.pk]))


def test_the_teacher_of_the_group_fills_in_and_nobody_else(cast: Cast, opened: Round) -> None:
    keys = [opened.pk, cast.group_6a.pk]
    for route in ("teacher_lists", "teacher_lists_news", "teacher_lists_hand_in"):
        assert may_look(cast, route, *keys) == {"anna"}
        assert look(cast.carla, route, opened.pk, cast.group_6b.pk).status_code == 404
    page = text_of(cast.anna, "teacher_lists", *keys)
    for shown in ("Noor Test", "lists-sheet", "Wie ziet deze antwoorden?", "Lijsten inleveren"):
        assert shown in page


def test_a_round_that_asks_pupils_has_no_such_page(cast: Cast) -> None:
    of_pupils = list_round(cast.group_6a, [cast.pupil_noor], silent=1)
    assert look(cast.anna, "teacher_lists", of_pupils.pk, cast.group_6a.pk).status_code == 404


def test_the_page_asks_as_much_for_six_pupils_as_for_one(cast: Cast) -> None:
    asked = {}
    for n in (1, 6):
        found = list_round(cast.group_6a, [cast.pupil_noor, *classmates(cast.group_6a, n - 1)], f"Met {n}", key=TEACHER_LIST, silent=n)
        for one in Invitation.objects.filter(round=found):
            fill(found, one.pupil.admin_key, {FIRST: 1}, cast.anna)
        keys = [found.pk, cast.group_6a.pk]
        asked[n] = [queries_for(cast.anna, route, keys) for route in ("teacher_lists", "teacher_lists_news", "teacher_lists_hand_in")]
    assert asked[1] == asked[6]


def test_a_duo_partner_sees_what_the_other_filled_in(cast: Cast, opened: Round) -> None:
    noor = fill(opened, "noor", {FIRST: 2, SECOND: None}, cast.anna)
    news = look(cast.anna, "teacher_lists_news", opened.pk, cast.group_6a.pk).json()
    assert news["cells"][str(noor.pk)] == {FIRST: [2, "1", str(cast.anna.pk)]}
    assert news["people"][str(cast.anna.pk)] == str(cast.anna.person)
    assert set(news["states"].values()) == {"open"}


def test_handing_in_names_who_is_missing_and_keeps_what_was_skipped_empty(cast: Cast, opened: Round) -> None:
    noor = fill(opened, "noor", {FIRST: 2, SECOND: "dont_know", "x": {"text": "Lacht veel"}, THIRD: None}, cast.anna)
    page = text_of(cast.anna, "teacher_lists_hand_in", opened.pk, cast.group_6a.pk)
    assert "Van 1 leerling is nog niets ingevuld:" in page
    assert "Kijk nog één keer" not in page
    assert "minder dan de helft" in page
    assert hand_in(cast.anna, cast, opened, noor).status_code == 302
    made = Submission.objects.get(invitation=noor)
    assert (made.answers, made.texts, made.on_paper) == ({FIRST: 2, SECOND: "dont_know"}, {"x": "Lacht veel"}, False)
    assert not Filling.objects.exists()
    assert [entry.group_id for entry in Entry.objects.filter(name="teacher_lists.handed_in")] == [cast.group_6a.pk]
    assert "1 lijst ingeleverd" in text_of(cast.anna, "teacher_lists", opened.pk, cast.group_6a.pk)


def test_a_class_with_the_same_answer_everywhere_is_asked_about_and_not_stopped(cast: Cast, opened: Round) -> None:
    same = dict.fromkeys(answers(TEACHER_LIST, 0), 3)
    both = [fill(opened, who, same, cast.anna) for who in ("noor", "sem")]
    assert "2 leerlingen hebben bij alle zinnen hetzelfde antwoord. Klopt dat?" in text_of(
        cast.anna, "teacher_lists_hand_in", opened.pk, cast.group_6a.pk
    )
    assert hand_in(cast.anna, cast, opened, *both).status_code == 302
    assert Submission.objects.count() == 2


def test_nothing_and_nobody_are_refused(cast: Cast, opened: Round) -> None:
    noor = fill(opened, "noor", {FIRST: 2}, cast.anna)
    assert "Kies van wie" in (answer := hand_in(cast.anna, cast, opened)).content.decode()
    assert answer.status_code == 409
    for actor in (cast.carla, cast.bram, cast.rik, cast.els, cast.frans):
        assert hand_in(actor, cast, opened, noor).status_code == 404
    assert not Submission.objects.exists()


def test_of_who_does_not_take_part_nothing_is_handed_in(cast: Cast, opened: Round) -> None:
    noor = fill(opened, "noor", {FIRST: 2}, cast.anna)
    Invitation.objects.filter(pk=noor.pk).update(withdrawn_at=NOW)
    Objection.objects.create(school=cast.beuk, pupil=cast.pupil_noor, instrument=TEACHER_LIST, from_at=NOW)
    page = text_of(cast.anna, "teacher_lists", opened.pk, cast.group_6a.pk)
    assert "doet niet mee" in page
    assert str(noor.pk) not in text_of(cast.anna, "teacher_lists_hand_in", opened.pk, cast.group_6a.pk)
    hand_in(cast.anna, cast, opened, noor)
    assert not Submission.objects.exists()


def test_a_list_is_opened_again_until_the_round_is_closed(cast: Cast, opened: Round) -> None:
    given = {FIRST: 2, "x": {"text": "Lacht veel"}}
    noor = fill(opened, "noor", given, cast.anna)
    hand_in(cast.anna, cast, opened, noor)
    assert [again(actor, noor).status_code for actor in (cast.carla, cast.bram, cast.els)] == [404, 404, 404]
    assert again(cast.anna, noor).status_code == 302
    assert dict(Answer.objects.values_list("item", "value")) == given
    assert not Submission.objects.exists()
    assert Entry.objects.filter(name="teacher_list.opened_again", record_id=noor.pk).count() == 1
    assert "niet ingeleverd" in (answer := again(cast.anna, noor)).content.decode()
    assert answer.status_code == 409
    hand_in(cast.anna, cast, opened, noor)
    close_round(cast.bram, opened, at=NOW)
    assert (answer := again(cast.anna, noor)).status_code == 409
    assert "Er kan niets meer bij" in answer.content.decode()
    assert hand_in(cast.anna, cast, opened, noor).status_code == 409
