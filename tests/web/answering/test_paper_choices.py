"""Choices of classmates on paper: printed with numbers, typed in by number, and what cannot be is said."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.paper_sheets import sheet_number
from kring.web.answering.paper.queries import numbers_of
from kring.web.models import Group, Invitation, ListedPupil, Membership, Nomination, Pupil, Round, Submission
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of, pupil
from tests.measurements import SOCIOGRAM, classmates, round_of

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 11, 18, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_tuesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def group(cast: Cast) -> Group:
    return cast.group_6a


@pytest.fixture
def opened(cast: Cast, group: Group) -> Round:
    return asked([cast.pupil_noor, cast.pupil_sem, *classmates(group, 3)], group)


def asked(pupils: list[Pupil], group: Group, key: str = SOCIOGRAM) -> Round:
    made = round_of(group, key, "Kiezen")
    Invitation.objects.bulk_create(Invitation(school=group.school, round=made, group=group, pupil=one) for one in pupils)
    return made


def own(of: Pupil) -> Invitation:
    return Invitation.objects.get(pupil=of)


def number(on: Pupil, whom: Pupil) -> str:
    """Of the name of `whom` on the sheet of `on`."""
    return next(str(number) for number, key in numbers_of(own(on)).keys.items() if key == str(whom.pk))


def send(actor: Membership, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def printed(actor: Membership, opened: Round, group: Group) -> None:
    answer = send(actor, "paper_print", opened.pk, group.pk)
    assert (answer.status_code, answer.headers["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_a_sheet_is_printed_found_by_its_number_and_typed_in(cast: Cast, group: Group, opened: Round) -> None:
    printed(cast.anna, opened, group)
    noor, sem = own(cast.pupil_noor), cast.pupil_sem
    found = send(cast.anna, "paper_lists", opened.pk, group.pk, number=sheet_number(noor.sheet or 0))
    assert found.headers["Location"] == reverse("paper_list", args=[cast.anna.pk, noor.pk])
    mine, third = number(cast.pupil_noor, sem), Pupil.objects.get(given_name="6A Kind 01")
    typed = f"{mine}{number(cast.pupil_noor, third)}"  # without a space
    assert send(cast.anna, "paper_list", noor.pk, **{"choice-1": typed}).status_code == 302
    assert set(Nomination.objects.filter(chooser=cast.pupil_noor).values_list("chosen_id", flat=True)) == {sem.pk, third.pk}
    kept = Submission.objects.get(invitation=noor)
    assert (kept.answers, kept.on_paper) == ({}, True)
    again = send(cast.anna, "paper_lists", opened.pk, group.pk, number=sheet_number(noor.sheet or 0))
    assert (again.status_code, "al binnen" in again.content.decode()) == (409, True)
    assert send(cast.anna, "paper_list", noor.pk, **{"choice-1": typed}).status_code == 409


def test_nobody_is_an_answer_and_an_empty_sheet_is_none(cast: Cast, group: Group, opened: Round) -> None:
    noor = own(cast.pupil_noor)
    answer = send(cast.anna, "paper_list", noor.pk)
    assert (answer.status_code, "nog geen antwoord" in answer.content.decode()) == (409, True)
    send(cast.anna, "paper_list", noor.pk, **{"choice-1": "0"})
    assert ListedPupil.objects.get(pupil=cast.pupil_noor).participation == "empty"


def test_a_number_that_cannot_be_comes_back_with_its_sentence(cast: Cast, opened: Round) -> None:
    noor = own(cast.pupil_noor)
    free = next(str(one) for one in range(10, 100) if one not in numbers_of(noor).keys)
    himself = number(cast.pupil_noor, cast.pupil_noor)
    for typed, said in ((free, "staat niet op dit blad"), (himself, "is de leerling zelf")):
        answer = send(cast.anna, "paper_list", noor.pk, **{"choice-1": typed})
        assert said in answer.content.decode()
        assert f'value="{typed}"' in answer.content.decode()  # as it was typed
    assert not Submission.objects.exists()


def test_a_sheet_of_another_class_is_unknown_here(cast: Cast, group: Group, opened: Round) -> None:
    Invitation.objects.create(school=cast.beuk, round=opened, group=cast.group_6b, pupil=cast.pupil_lot, sheet=77)
    answer = send(cast.anna, "paper_lists", opened.pk, group.pk, number=sheet_number(77))
    assert (answer.status_code, "in deze groep geen blad met nummer" in answer.content.decode()) == (409, True)


def test_who_came_later_or_left_changes_no_number_on_a_sheet_that_was_printed(cast: Cast, group: Group, opened: Round) -> None:
    printed(cast.anna, opened, group)
    before = numbers_of(own(cast.pupil_noor)).keys
    Invitation.objects.create(school=cast.beuk, round=opened, group=group, pupil=pupil(group, "Nieuw", 6))
    Invitation.objects.filter(pupil=cast.pupil_sem).update(withdrawn_at=NOW)
    printed(cast.anna, opened, group)
    after = numbers_of(own(cast.pupil_noor)).keys
    assert {number: after[number] for number in before} == before
    # Sem is left out without a word: whoever chose him did nothing wrong.
    assert (
        send(cast.anna, "paper_list", own(cast.pupil_noor).pk, **{"choice-1": number(cast.pupil_noor, cast.pupil_sem)}).status_code == 302
    )
    assert not Nomination.objects.exists()


def test_what_a_child_says_of_nobody_else_is_not_asked_on_paper(cast: Cast, group: Group) -> None:
    made = asked([cast.pupil_noor, cast.pupil_sem], group, "kring-sociogram-niet")
    page = text_of(cast.anna, "paper_list", own(cast.pupil_noor).pk)
    assert [question.text in page for question in made.offered.questions] == [not one.is_negative for one in made.offered.questions]
    points = asked([pupil(group, "Mees", 6), pupil(group, "Kick", 6)], group, "kring-sociogram-punten")
    assert may_look(cast, "paper_lists", points.pk, group.pk) == set()


def test_who_gets_the_sheet(cast: Cast, group: Group, opened: Round) -> None:
    assert may_look(cast, "paper_list", own(cast.pupil_noor).pk) == {"anna", "bram"}


def test_more_names_ask_no_more_of_the_database(cast: Cast, group: Group, opened: Round) -> None:
    few = queries_for(cast.anna, "paper_list", [own(cast.pupil_noor).pk])
    for one in ("Mees", "Kick"):
        Invitation.objects.create(school=cast.beuk, round=opened, group=group, pupil=pupil(group, one, 6))
    assert queries_for(cast.anna, "paper_list", [own(cast.pupil_noor).pk]) == few
