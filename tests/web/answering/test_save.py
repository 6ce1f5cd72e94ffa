"""Answers come in by a ticket alone: kept once and in order, refused whole when something is wrong, set aside when they come too late."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.core.access import Role
from kring.web.answering import tickets
from kring.web.answering.door import HAND_IN, SAVE, SEALED, answer
from kring.web.answering.pages import asked, asked_of_class
from kring.web.answering.sealing import public_key, seal
from kring.web.models import (
    Answer,
    Assignment,
    Entry,
    Filling,
    Invitation,
    Membership,
    Notice,
    Objection,
    OpenAnswer,
    Round,
    SetAside,
    Submission,
)
from kring.web.surveys.family.actions import object_to
from tests.asking import queries_for, text_of
from tests.cast import START, Cast, client_of, member
from tests.measurements import PUPIL_LIST, TEACHER_LIST, round_of

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 11, 5, 9, 0, tzinfo=UTC)
LESSON = NOW + timedelta(minutes=60)
NONSENSE = (
    *(b"", b"[]", b"{", b"[" * 50_000, b'{"ticket": 1}', b'{"a": 1e999}', b'{"a": NaN}', b"\xff\xfe"),
    *(b'{"ticket": "\\u0000"}', b'{"ticket": "x"}', b'{"a": ' + b"9" * 5_000 + b"}"),
)
OTHER_SHAPES = (
    *(1, [1], [[1, "w1"]], [["1", "w1", 1]], [[0, "w1", 1]], [[1 << 40, "w1", 1]], [[True, "w1", 1]], [[1, "w1", 1, None, None]]),
    [[1, "w1", 1]] * 2_001,
)


@pytest.fixture
def of_noor(cast: Cast) -> Invitation:
    return invited(cast, PUPIL_LIST)


def invited(cast: Cast, key: str) -> Invitation:
    opened = round_of(cast.group_6a, key, "Najaarslijst")
    return Invitation.objects.create(school=cast.beuk, round=opened, group=cast.group_6a, pupil=cast.pupil_noor)


def ticket(one: Invitation, *, at: datetime = NOW) -> str:
    return asked(Invitation.objects.select_related("round").get(pk=one.pk), at=at, until=LESSON).ticket


def send(route: str, told: dict[str, Any], *, at: datetime = NOW) -> tuple[int, dict[str, Any]]:
    reply = answer(route, json.dumps(told).encode(), at=at)
    return reply.status, dict(reply.told)


def save(text: str, *answers: list[Any], at: datetime = NOW) -> tuple[int, dict[str, Any]]:
    return send(SAVE, {"ticket": text, "answers": list(answers)}, at=at)


def hand_in(text: str, *answers: list[Any], at: datetime = NOW, **more: Any) -> tuple[int, dict[str, Any]]:
    return send(HAND_IN, {"ticket": text, "answers": list(answers), **more}, at=at)


def kept() -> dict[str, Any]:
    return dict(Answer.objects.order_by("item").values_list("item", "value"))


# ---- one list


def test_what_was_answered_is_kept_and_stands_there_when_one_goes_on(of_noor: Invitation) -> None:
    first = ticket(of_noor)
    assert save(first, [1, "w1", 3], [2, "w2", None]) == (200, {"kept": 2})
    assert save(first, [3, "w1", 2]) == (200, {"kept": 3})
    assert save(first, [1, "w1", 3]) == (200, {"kept": 1})  # the first once more
    again = Invitation.objects.select_related("round").get(pk=of_noor.pk)
    page = asked(again, at=NOW + timedelta(minutes=5), until=LESSON)
    assert page.answers == {"w1": 2}
    assert save(page.ticket, [1, "w1", 4], [2, "w2", None])[0] == 200
    assert save(first, [9, "w1", 1])[0] == 200  # the tablet of before delivers what it still had
    assert kept() == {"w1": 4, "w2": None}
    assert Filling.objects.get().sitting == tickets.read(page.ticket).sitting


@pytest.mark.parametrize("wrong", [[2, "w1", 9], [2, "onbekend", 1], [2, "w1", {"text": "ja"}], [2, "w1", True]])
def test_one_wrong_answer_keeps_nothing_of_the_request(of_noor: Invitation, wrong: list[Any]) -> None:
    status, told = save(ticket(of_noor), [1, "w2", 3], wrong)
    assert (status, told) == (400, {"why": "not_understood", "place": 2, "item": wrong[1]})
    assert not Answer.objects.exists()


@pytest.mark.parametrize("body", NONSENSE)
def test_what_is_not_understood_is_said_so(db: None, body: bytes) -> None:
    for route in (SAVE, HAND_IN):
        assert answer(route, body, at=NOW).status in {400, 403}


@pytest.mark.parametrize("answers", OTHER_SHAPES)
def test_answers_of_another_shape_are_refused(of_noor: Invitation, answers: Any) -> None:
    assert send(SAVE, {"ticket": ticket(of_noor), "answers": answers})[0] == 400


def test_a_ticket_holds_for_what_it_is_for_and_as_long_as_was_planned(of_noor: Invitation) -> None:
    text = ticket(of_noor)
    broken = text[:30] + ("A" if text[30] != "A" else "B") + text[31:]
    assert save(broken, [1, "w1", 3]) == (403, {"why": "ticket"})
    week = LESSON + timedelta(days=7)
    assert save(text, [1, "w1", 3], at=week - timedelta(seconds=1))[0] == 200
    assert save(text, [2, "w2", 3], at=week) == (410, {"why": "ended", "set_aside": True})
    ahead = ticket(of_noor, at=NOW + timedelta(days=30))  # some clock was wrong
    assert save(ahead, [1, "w3", 3]) == (410, {"why": "ended", "set_aside": True})
    assert kept() == {"w1": 3}
    assert SetAside.objects.get().answers.keys() == {"w2", "w3"}


def test_a_list_is_handed_in_once_and_a_second_time_says_the_same(of_noor: Invitation) -> None:
    text = ticket(of_noor)
    save(text, [1, "w2", 3], [2, "w1", 2], [3, "w3", 1], [4, "w3", None])
    for _twice in range(2):
        assert hand_in(text, [5, "w4", 2]) == (200, {"handed_in": True})
    made = Submission.objects.get()
    assert made.answers == {"w1": 2, "w2": 3, "w4": 2}
    assert not Filling.objects.exists()
    assert not Answer.objects.exists()
    assert save(text, [1, "w2", 3]) == (200, {"kept": 1})  # it was on its way still
    assert save(text, [6, "w5", 1]) == (409, {"why": "handed_in", "set_aside": True})
    assert hand_in(text, [6, "w5", 1]) == (409, {"why": "handed_in", "set_aside": True})
    assert SetAside.objects.get().answers.keys() == {"w5"}
    made.refresh_from_db()
    assert "w5" not in made.answers


def test_after_closing_nothing_is_thrown_away_and_nothing_counts(of_noor: Invitation) -> None:
    text = ticket(of_noor)
    save(text, [1, "w1", 3])
    Round.objects.update(closed_at=NOW)
    assert save(text, [1, "w1", 3]) == (200, {"kept": 1})  # that was there already
    assert save(text, [2, "w2", 3], [3, "w2", 4]) == (410, {"why": "closed", "set_aside": True})
    for _twice in range(2):
        assert hand_in(text, [4, "w3", 1]) == (410, {"why": "closed", "set_aside": True})
    aside = SetAside.objects.get()
    assert ({item: one["value"] for item, one in aside.answers.items()}, aside.handed_in) == ({"w2": 4, "w3": 1}, True)
    assert not Submission.objects.exists()


def test_of_who_does_not_take_part_nothing_is_kept(cast: Cast, of_noor: Invitation) -> None:
    text = ticket(of_noor)
    object_to(cast.els, cast.pupil_noor, PUPIL_LIST, at=NOW)
    assert Objection.objects.exists()
    assert save(text, [1, "w1", 3]) == (410, {"why": "withdrawn", "set_aside": False})
    assert hand_in(text, [1, "w1", 3]) == (410, {"why": "withdrawn", "set_aside": False})
    Objection.objects.all().delete()  # withdrawn for another reason
    assert save(text, [1, "w1", 3]) == (410, {"why": "withdrawn", "set_aside": True})
    assert (SetAside.objects.count(), Answer.objects.count(), Submission.objects.count()) == (1, 0, 0)


def test_a_no_to_a_list_of_a_closed_round_keeps_nothing_aside_either(cast: Cast, of_noor: Invitation) -> None:
    text = ticket(of_noor)
    Round.objects.update(closed_at=NOW)
    assert save(text, [1, "w1", 3]) == (410, {"why": "closed", "set_aside": True})
    object_to(cast.els, cast.pupil_noor, PUPIL_LIST, at=NOW)
    assert not SetAside.objects.exists()
    assert save(text, [1, "w1", 3]) == (410, {"why": "withdrawn", "set_aside": False})
    assert hand_in(text, [1, "w1", 3]) == (410, {"why": "withdrawn", "set_aside": False})
    assert not SetAside.objects.exists()


def test_who_has_no_ticket_for_this_list_reaches_nothing(cast: Cast, of_noor: Invitation) -> None:
    text = ticket(of_noor)
    of_noor.delete()
    assert save(text, [1, "w1", 3]) == (410, {"why": "withdrawn", "set_aside": False})
    assert hand_in(text) == (410, {"why": "withdrawn", "set_aside": False})


def test_saving_asks_the_database_as_much_for_three_answers_as_for_one(of_noor: Invitation) -> None:
    text = ticket(of_noor)
    save(text, [1, "w1", 1])
    counts = []
    for answers in ([[2, "w1", 2]], [[3, "w1", 3], [4, "w2", 3], [5, "w3", 3]]):
        with CaptureQueriesContext(connection) as asked_of_it:
            save(text, *answers)
        counts.append(len(asked_of_it))
    assert counts[0] == counts[1] <= (4 if connection.vendor == "postgresql" else 3)  # there, what was waited for is read anew


# ---- what a pupil wrote


def test_what_a_pupil_wrote_is_read_by_whom_the_pupil_chose_and_may_read_it(cast: Cast) -> None:
    one = invited(cast, "kring-gesprek")
    Round.objects.update(asks=Round.Asks.PUPILS)
    one.refresh_from_db()
    item = next(item.key for item in one.round.offered.items if item.is_open)
    chosen = [str(cast.anna.pk), str(cast.carla.pk), str(uuid4()), str(cast.frans.pk)]  # not her teacher, nobody, of another school
    assert hand_in(ticket(one), [1, item, {"text": "Ik ben vaak moe."}], readers={item: chosen})[0] == 200
    written = OpenAnswer.objects.get()
    assert (written.text, Submission.objects.get().texts) == ("Ik ben vaak moe.", {})
    assert {reader.membership for reader in written.readers.all()} == {cast.anna}


def test_whoever_was_chosen_hears_that_something_was_written_and_reads_it_at_once(cast: Cast) -> None:
    vera, one = member(cast.beuk, Role.CONFIDENTIAL_CONTACT, "vera"), invited(cast, "kring-gesprek")
    Round.objects.update(asks=Round.Asks.PUPILS)
    one.refresh_from_db()
    items = [item.key for item in one.round.offered.items if item.is_open][:2]
    words = [[n, item, {"text": f"Ik ben bang {n}."}] for n, item in enumerate(items, 1)]
    assert "Er is nog niets voor u geschreven" in text_of(vera, "written_to_me")
    assert hand_in(ticket(one), *words, readers={key: [str(vera.pk)] for key in items})[0] == 200
    notice = Notice.objects.get(receiver=vera)  # one, and it says nothing of what or of whom
    assert (notice.event, "Noor" in text_of(vera, "home")) == ("open_answer.written", False)
    assert reverse("written_to_me", args=[vera.pk]) in text_of(vera, "home")
    page = text_of(vera, "written_to_me")
    assert all(word in page for word in ("Noor", "Ik ben bang 1."))
    assert Entry.objects.filter(name="page.read", pupil_id=cast.pupil_noor.pk, actor_id=vera.pk).exists()
    assert "Ik ben bang" not in text_of(cast.anna, "written_to_me")
    for other in (cast.noor, cast.els):
        assert client_of(other).get(reverse("written_to_me", args=[other.pk])).status_code == 404
    before = queries_for(vera, "written_to_me")
    for pupil in (cast.pupil_sem, cast.pupil_lot):
        more = Invitation.objects.create(school=cast.beuk, round=one.round, group=cast.group_6a, pupil=pupil)
        text = OpenAnswer.objects.create(school=cast.beuk, invitation=more, item=items[0], text="Ik ook")
        text.readers.create(school=cast.beuk, membership=vera, from_at=START)
    assert queries_for(vera, "written_to_me") == before


# ---- a teacher, about a class


@pytest.fixture
def dora(cast: Cast) -> Membership:
    made = member(cast.beuk, Role.TEACHER, "dora")
    Assignment.objects.create(school=cast.beuk, membership=made, group=cast.group_6a, from_at=START)
    return made


def class_ticket(one: Invitation, actor: Membership, at: datetime = NOW) -> str:
    return asked_of_class(Round.objects.get(pk=one.round_id), one.group, actor, at=at, until=LESSON).ticket


def test_two_teachers_never_write_over_each_other_unseen(cast: Cast, dora: Membership) -> None:
    one = invited(cast, TEACHER_LIST)
    item, key = one.round.offered.coded[0].key, str(one.pk)
    of_anna, of_dora = class_ticket(one, cast.anna), class_ticket(one, dora, NOW + timedelta(seconds=9))
    status, told = save(of_anna, [1, item, 2, key, None])
    turn = told["turns"][f"{key}/{item}"]
    assert (status, told["conflicts"]) == (200, [])
    _, told = save(of_dora, [1, item, 3, key, None])
    assert told["conflicts"] == [{"invitation": key, "item": item, "value": 2, "by": str(cast.anna.pk), "turn": turn}]
    assert kept() == {item: 2}
    _, told = save(of_dora, [2, item, 3, key, turn])
    assert (told["conflicts"], kept()) == ([], {item: 3})
    seen = told["turns"][f"{key}/{item}"]
    assert save(of_anna, [1, item, 2, key, None])[1]["conflicts"] != []  # anna's first once more: dora's stays
    assert save(of_anna, [2, item, 4, key, seen])[1]["conflicts"] == []
    assert save(of_anna, [3, item, 1, key, seen])[1]["conflicts"] == []  # two keys in a row, before the answer came
    assert kept() == {item: 1}
    page = asked_of_class(one.round, one.group, dora, at=NOW, until=LESSON)
    assert page.cells[key][item].by == cast.anna.pk
    assert hand_in(of_dora, invitations=[key]) == (200, {"handed_in": True, "aside": []})
    assert asked_of_class(one.round, one.group, dora, at=NOW, until=LESSON).handed_in == {key: {item: 1}}


def test_an_answer_that_waited_and_meets_a_colleagues_is_not_told_kept(cast: Cast, dora: Membership) -> None:
    about_noor = invited(cast, TEACHER_LIST)
    item, key = next(iter(about_noor.round.offered.items)).key, str(about_noor.pk)
    of_anna, of_dora = (class_ticket(about_noor, one) for one in (cast.anna, dora))
    save(of_anna, [1, item, 2, key, None])

    def waited(text: str, *answers: list[Any]) -> Any:
        told = {"route": "save", "ticket": text, "answers": list(answers)}
        return send(SEALED, {"items": [seal(json.dumps(told).encode(), public_key())]})[1]["items"]

    assert waited(of_dora, [1, item, 3, key, None]) == ["conflict"]
    assert kept() == {item: 2}
    assert waited(of_anna, [2, item, 4, key, None]) == ["kept"]
    Round.objects.update(closed_at=NOW)
    assert waited(of_anna, [3, item, 1, key, None]) == ["set_aside"]
    Invitation.objects.filter(pk=about_noor.pk).update(round=round_of(cast.group_6a, TEACHER_LIST, "Andere"))
    assert waited(of_anna, [4, item, 1, key, None]) == ["refused"]


def test_a_teacher_writes_lists_of_the_own_class_alone_and_as_long_as_it_is(cast: Cast) -> None:
    one = invited(cast, TEACHER_LIST)
    other = Invitation.objects.create(school=cast.beuk, round=one.round, group=cast.group_6b, pupil=cast.pupil_lot)
    item, text = one.round.offered.coded[0].key, class_ticket(one, cast.anna)
    refused = {"invitation": str(other.pk), "why": "withdrawn", "set_aside": False}
    status, told = save(text, [1, item, 2, str(one.pk), None], [2, item, 2, str(other.pk), None])
    assert (status, told["aside"]) == (200, [refused])
    cast.anna.assignments.update(until_at=NOW)
    assert [part["why"] for part in save(text, [3, item, 1, str(one.pk), None])[1]["aside"]] == ["withdrawn"]
    assert kept() == {item: 2}
    assert hand_in(text, invitations=[str(one.pk)])[1]["aside"] != []
    assert not Submission.objects.exists()


# ---- the routes


def test_the_routes_answer_without_a_cookie_and_take_nothing_from_elsewhere(of_noor: Invitation) -> None:
    body = json.dumps({"ticket": asked(of_noor, at=datetime.now(UTC), until=LESSON.replace(year=2100)).ticket, "answers": [[1, "w1", 3]]})
    client = Client(enforce_csrf_checks=True)
    sent: dict[str, Any] = {"data": body, "content_type": "application/json"}
    assert client.post("/answers/", **sent, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get("/answers/").status_code == 405
    assert client.post("/answers/", data=b" " * 64_001, content_type="application/json").status_code == 413
    taken = client.post("/answers/", **sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert (taken.status_code, taken.json(), taken.headers["Cache-Control"]) == (200, {"kept": 1}, "no-store")
    assert "default-src 'none'" in taken.headers["Content-Security-Policy"]
    assert not taken.cookies
