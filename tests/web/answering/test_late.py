"""What came too late waits: the coordinator sees how many, lets them count when the round is open again, or throws them away."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from kring.core.answering import Kept, ThrowingReasonMissing
from kring.core.rounds import RoundAlreadyClosed
from kring.web.answering.handing_in.intake import take_list
from kring.web.answering.late.actions import take_in_late, throw_away_late
from kring.web.answering.tickets import issue
from kring.web.home.intake import make_due_tasks
from kring.web.models import Answer, Entry, Filling, Invitation, Objection, OpenAnswer, Round, SetAside, Submission, Task
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.measurements import PUPIL_LIST
from tests.web.answering.test_save import LESSON, NOW, hand_in, invited, save, ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(cast: Cast) -> Invitation:
    """Noor handed in after the round was closed."""
    one = invited(cast, PUPIL_LIST)
    text = ticket(one)
    save(text, [1, "w1", 3])
    Round.objects.update(closed_at=NOW)
    hand_in(text, [2, "w2", 4], at=NOW)
    return one


def open_again() -> Round:
    Round.objects.update(closed_at=None)
    return Round.objects.get()


def test_the_coordinator_alone_sees_that_something_waits_and_never_what(cast: Cast, late: Invitation) -> None:
    assert may_look(cast, "round_late", late.round_id) == {"bram"}
    page = text_of(cast.bram, "round_late", late.round_id)
    assert "Noor" not in page
    assert "6A" in page
    assert reverse("round_late", args=[cast.bram.pk, late.round_id]) in text_of(cast.bram, "round", late.round_id)
    assert "Niets te laat" in text_of(cast.bram, "round_late", invited(cast, "kring-check-in").round_id)


def test_the_page_asks_the_database_as_much_for_three_lists_as_for_one(cast: Cast, late: Invitation) -> None:
    before = queries_for(cast.bram, "round_late", [late.round_id])
    for pupil in (cast.pupil_sem, cast.pupil_lot):
        more = Invitation.objects.create(school=cast.beuk, round=late.round, group=cast.group_6a, pupil=pupil)
        SetAside.objects.create(school=cast.beuk, round=late.round, invitation=more, answers={}, came_at=NOW)
    assert queries_for(cast.bram, "round_late", [late.round_id]) == before


def test_what_was_whole_counts_once_the_round_is_open_again(cast: Cast, late: Invitation) -> None:
    with pytest.raises(RoundAlreadyClosed):
        take_in_late(cast.bram, late.round, at=NOW)
    assert take_in_late(cast.bram, open_again(), at=NOW) == 1
    assert Submission.objects.get().answers == {"w1": 3, "w2": 4}
    assert not SetAside.objects.exists()
    assert not Filling.objects.exists()
    assert Entry.objects.filter(name="late_answers.taken_in").exists()


def test_of_what_was_not_whole_somebody_goes_on(cast: Cast, late: Invitation) -> None:
    SetAside.objects.update(handed_in=False)
    take_in_late(cast.bram, open_again(), at=NOW)
    assert dict(Answer.objects.values_list("item", "value")) == {"w1": 3, "w2": 4}
    assert not Submission.objects.exists()


def test_in_a_list_that_is_in_what_was_given_later_counts(cast: Cast, late: Invitation) -> None:
    found = open_again()
    turn = SetAside.objects.get().answers["w2"]["turn"]
    earlier = {"w1": Kept(1, turn + 1), "w2": Kept(1, turn - 1)}
    take_list(Invitation.objects.get(), earlier, {}, at=NOW - timedelta(days=1))
    assert take_in_late(cast.bram, found, at=NOW) == 1
    assert Submission.objects.get().answers == {"w1": 1, "w2": 4}


def test_words_that_came_later_are_for_whom_was_chosen_then_and_what_was_taken_back_is_gone(cast: Cast) -> None:
    one = invited(cast, "kring-gesprek")
    Round.objects.update(asks=Round.Asks.PUPILS)
    first, second = [item.key for item in one.round.offered.items if item.is_open][:2]
    text, chosen = ticket(one), [str(cast.anna.pk)]
    hand_in(text, [1, first, {"text": "Moe."}], [2, second, {"text": "Ruzie."}])
    late = [[3, first, {"text": "Heel moe."}], [4, second, None]]
    assert hand_in(text, *late, readers={first: chosen}) == (409, {"why": "handed_in", "set_aside": True})
    assert take_in_late(cast.bram, Round.objects.get(), at=NOW) == 1
    found = OpenAnswer.objects.get()
    assert (found.item, found.text, [str(reader.membership_id) for reader in found.readers.all()]) == (first, "Heel moe.", chosen)


def test_of_who_takes_no_part_it_goes_and_of_who_is_withdrawn_it_waits(cast: Cast, late: Invitation) -> None:
    found = open_again()
    Invitation.objects.update(withdrawn_at=NOW)
    assert take_in_late(cast.bram, found, at=NOW) == 0
    assert SetAside.objects.exists()
    Objection.objects.create(school=cast.beuk, pupil=cast.pupil_noor, instrument=PUPIL_LIST, from_at=NOW)
    assert take_in_late(cast.bram, found, at=NOW) == 0
    assert not SetAside.objects.exists()


def test_what_is_thrown_away_is_gone_and_why_stays(cast: Cast, late: Invitation) -> None:
    with pytest.raises(ThrowingReasonMissing):
        throw_away_late(cast.bram, late.round, "zomaar", at=NOW)
    address = reverse("round_late_throw_away", args=[cast.bram.pk, late.round_id])
    answers: list[Any] = [client_of(cast.bram).post(address, {"reason": reason}) for reason in ("zomaar", "Op papier al ingevuld")]
    assert [one.status_code for one in answers] == [409, 302]
    gone = SetAside.objects.get()
    assert (gone.answers, gone.reason, gone.thrown_by) == ({}, "Op papier al ingevuld", cast.bram)
    assert take_in_late(cast.bram, open_again(), at=NOW) == 0


def test_a_refusal_brings_the_page_back(cast: Cast, late: Invitation) -> None:
    address = reverse("round_late_take_in", args=[cast.bram.pk, late.round_id])
    assert client_of(cast.bram).post(address).status_code == 409
    assert client_of(cast.anna).post(address).status_code == 404
    open_again()
    assert client_of(cast.bram).post(address).status_code == 302


def test_the_coordinator_has_a_task_in_time_until_something_is_decided(cast: Cast, late: Invitation) -> None:
    make_due_tasks(at=NOW + timedelta(hours=1))
    task = Task.objects.get(kind="late_answers.waiting")
    assert (task.owner, task.due_on <= (NOW + timedelta(days=7)).date()) == (cast.bram, True)
    address = reverse("round_late", args=[cast.bram.pk, late.round_id])
    assert address in client_of(cast.bram).get(reverse("tasks", args=[cast.bram.pk])).content.decode()
    throw_away_late(cast.bram, late.round, "Dubbel ingevuld", at=NOW + timedelta(hours=2))
    make_due_tasks(at=NOW + timedelta(hours=3))
    task.refresh_from_db()
    assert (Task.objects.filter(kind="late_answers.waiting").count(), task.done_at) == (1, NOW + timedelta(hours=2))
    hand_in(ticket_before(late), [9, "w3", 1], at=NOW + timedelta(hours=4))  # again something that comes too late
    make_due_tasks(at=NOW + timedelta(hours=5))
    task.refresh_from_db()
    assert task.done_at is None
    take_in_late(cast.bram, open_again(), at=NOW + timedelta(hours=6))
    task.refresh_from_db()
    assert task.done_at == NOW + timedelta(hours=6)


def ticket_before(late: Invitation) -> str:
    """Of the lesson in which the round was still open."""
    return issue(Invitation.objects.select_related("round").get(pk=late.pk), at=NOW, until=LESSON).text
