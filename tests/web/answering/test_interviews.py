"""Choosing in a talk: a teacher asks one child at a time; the same rules, and nothing of one child's answers on the page of the next."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.http import QueryDict
from django.urls import reverse

from kring.library import instrument
from kring.web.answering.interviewing.forms import InterviewForm
from kring.web.models import Group, Invitation, ListedPupil, Membership, Nomination, Pupil, Round, Submission
from kring.web.sociograms.collecting.queries import Classmate
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of, pupil
from tests.measurements import classmates, close, round_of

pytestmark = pytest.mark.django_db
YOUNG, NOT = "kring-sociogram-jong", "kring-sociogram-niet"
NOW = datetime(2025, 11, 18, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_tuesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def asked(group: Group, pupils: list[Pupil], key: str = YOUNG) -> Round:
    made = round_of(group, key, "Kiezen")
    Invitation.objects.bulk_create(Invitation(school=group.school, round=made, group=group, pupil=one) for one in pupils)
    return made


@pytest.fixture
def opened(cast: Cast) -> Round:
    return asked(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 2)])


def own(of: Pupil) -> Invitation:
    return Invitation.objects.get(pupil=of)


def send(actor: Membership, of: Pupil, **data: Any) -> Any:
    return client_of(actor).post(reverse("interview", args=[actor.pk, own(of).pk]), data)


def test_what_a_child_says_is_handed_in_and_marked_as_a_talk(cast: Cast, opened: Round) -> None:
    noor, sem = cast.pupil_noor, cast.pupil_sem
    assert send(cast.anna, noor, **{"who-1": [str(sem.pk)]}).status_code == 302
    assert Nomination.objects.get(chooser=noor).chosen_id == sem.pk
    kept = Submission.objects.get()
    assert (kept.in_talk, kept.answers) == (True, {})
    assert "klaar, afgenomen als gesprek" in text_of(cast.anna, "interviews", opened.pk, cast.group_6a.pk)
    assert f'value="{noor.pk}" autocomplete="off" checked' not in text_of(cast.anna, "interview", own(sem).pk)  # nothing of Noor's
    again = send(cast.anna, noor, **{"who-1": []})
    assert again.status_code == 409
    assert Submission.objects.count() == 1


def test_nobody_is_an_answer_nothing_is_none_and_a_child_may_say_no(cast: Cast, opened: Round) -> None:
    assert send(cast.anna, cast.pupil_noor).status_code == 409
    assert not Submission.objects.exists()
    send(cast.anna, cast.pupil_noor, **{"who-1-nobody": "on"})
    send(cast.anna, cast.pupil_sem, decline="1")
    took_part = dict(ListedPupil.objects.values_list("pupil__given_name", "participation"))
    assert took_part == {"Noor": "empty", "Sem": "refused"}


def test_only_classmates_are_chosen_and_not_together_with_nobody(cast: Cast, opened: Round) -> None:
    noor = cast.pupil_noor
    for wrong in (str(noor.pk), str(cast.pupil_lot.pk), "x"):
        assert send(cast.anna, noor, **{"who-1": [wrong]}).status_code == 200  # the form with what is wrong
    both = send(cast.anna, noor, **{"who-1": [str(cast.pupil_sem.pk)], "who-1-nobody": "on"}).content.decode()
    assert "Niet allebei" in both
    assert not Submission.objects.exists()


def test_what_nobody_may_read_is_not_asked_aloud(cast: Cast) -> None:
    made = asked(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], NOT)
    page = text_of(cast.anna, "interview", own(cast.pupil_noor).pk)
    assert [one.text in page for one in made.offered.questions] == [not one.is_negative for one in made.offered.questions]
    assert "alleen zelf op een scherm" in text_of(cast.anna, "interviews", made.pk, cast.group_6a.pk)


def test_the_limit_of_a_question_holds() -> None:
    offered = instrument(YOUNG, 1)
    limited = replace(offered, questions=(replace(offered.questions[0], limit=1),))
    names = [Classmate("a", "Sem"), Classmate("b", "Lot")]
    form = InterviewForm(QueryDict("who-1=a&who-1=b"), limited, names)
    assert form.errors == {"who-1": ["Kies hooguit 1 naam."]}
    assert InterviewForm(QueryDict("who-1=a"), limited, names).is_valid()


def test_closed_is_closed(cast: Cast, opened: Round) -> None:
    close(opened)
    assert send(cast.anna, cast.pupil_noor, **{"who-1-nobody": "on"}).status_code == 409
    assert not Submission.objects.exists()


def test_who_gets_the_pages(cast: Cast, opened: Round) -> None:
    assert may_look(cast, "interviews", opened.pk, cast.group_6a.pk) == {"anna", "bram"}
    assert may_look(cast, "interview", own(cast.pupil_noor).pk) == {"anna", "bram"}
    points = asked(cast.group_6b, [cast.pupil_lot], "kring-sociogram-punten")
    assert may_look(cast, "interviews", points.pk, cast.group_6b.pk) == set()


def test_more_children_ask_no_more_of_the_database(cast: Cast, opened: Round) -> None:
    pages = {"interviews": [opened.pk, cast.group_6a.pk], "interview": [own(cast.pupil_noor).pk]}
    few = {route: queries_for(cast.anna, route, keys) for route, keys in pages.items()}
    for name in ("Mees", "Kick"):
        Invitation.objects.create(school=cast.beuk, round=opened, group=cast.group_6a, pupil=pupil(cast.group_6a, name, 6))
    assert {route: queries_for(cast.anna, route, keys) for route, keys in pages.items()} == few
