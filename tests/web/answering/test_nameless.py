"""Anonymous means anonymous: nothing that the database or the log holds says which list is whose (security.md 3.5 and 6.6).

The attack knows who handed in when: it stood beside them. It has the whole database.
"""

import json
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from kring.web.answering.door import SAVE
from kring.web.answering.pages import asked
from kring.web.models import (
    AnonymousSubmission,
    AnonymousText,
    Answer,
    Entry,
    Filling,
    Group,
    Invitation,
    Objection,
    Round,
    SetAside,
    StaffInvitation,
    Task,
)
from kring.web.people.intake import take_hat
from kring.web.surveys.queries import rounds
from kring.web.tasks.intake import give_task
from tests.cast import Cast
from tests.measurements import classmates, round_of
from tests.web.answering.test_save import LESSON, NOW, hand_in, send

NAMELESS, TEAM_LIST, VISIT = "kring-veiligheid", "kring-team-veiligheid", "kring-groepsbezoek"


def invite(group: Group, pupils: Sequence[Any], opened: Round) -> list[Invitation]:
    return [Invitation.objects.create(school=group.school, round=opened, group=group, pupil=one) for one in pupils]


def ticket(one: Invitation | StaffInvitation, at: datetime = NOW) -> str:
    return asked(one, at=at, until=LESSON).ticket


def number_as_answers(number: int, opened: Round) -> dict[str, int]:
    """So that each list can be told from every other, as real ones can."""
    items = [item for item in opened.offered.coded if {1, 2} <= item.codes][:9]
    return {item.key: 1 + (number >> place & 1) for place, item in enumerate(items)}


@pytest.mark.django_db
def test_a_list_is_handed_in_whole_and_stands_nowhere_before(cast: Cast) -> None:
    opened = round_of(cast.group_6a, NAMELESS, "Veiligheid")
    (one,) = invite(cast.group_6a, [cast.pupil_noor], opened)
    given = number_as_answers(5, opened)
    answers = [[place, item, value] for place, (item, value) in enumerate(given.items(), 1)]
    assert send(SAVE, {"ticket": ticket(one), "answers": answers})[0] == 400
    assert not Answer.objects.exists()
    before = Entry.objects.count()
    for _twice in range(2):
        assert hand_in(ticket(one), *reversed(answers)) == (200, {"handed_in": True})
    kept = AnonymousSubmission.objects.get()
    assert kept.answers == given
    if connection.vendor == "sqlite":  # which keeps the order of the keys: that of the list, whoever answered
        assert list(kept.answers) == list(given)
    one.refresh_from_db()
    assert (one.answered, Filling.objects.count(), Entry.objects.count()) == (True, 0, before)


@pytest.mark.django_db
def test_what_comes_too_late_waits_without_a_name(cast: Cast) -> None:
    opened = round_of(cast.group_6a, NAMELESS, "Veiligheid")
    of_noor, of_sem = invite(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], opened)
    tickets = [ticket(of_noor), ticket(of_sem)]
    Objection.objects.create(school=cast.beuk, pupil=cast.pupil_sem, instrument=NAMELESS, from_at=NOW)
    Invitation.objects.filter(pk=of_sem.pk).update(withdrawn_at=NOW)
    Round.objects.update(closed_at=NOW)
    told = [hand_in(text, [1, item, value]) for text in tickets for item, value in list(number_as_answers(1, opened).items())[:1]]
    assert told == [(410, {"why": "closed", "set_aside": True}), (410, {"why": "withdrawn", "set_aside": False})]
    aside = SetAside.objects.get()
    assert (aside.invitation, aside.came_at, aside.group) == (None, NOW, cast.group_6a)
    assert not AnonymousSubmission.objects.exists()


@pytest.mark.django_db
def test_who_is_done_is_seen_and_when_is_not(cast: Cast) -> None:
    opened = round_of(cast.group_6a, VISIT, "Groepsbezoek")
    asked_of = StaffInvitation.objects.create(school=cast.beuk, round=opened, membership=cast.anna, group=cast.group_6a)
    week_ago = NOW - timedelta(days=7)
    give_task(cast.anna, "staff_list.fill_in", due_on=NOW.date(), at=week_ago, about=asked_of)
    words = next(item.key for item in opened.offered.items if item.is_open)
    item = opened.offered.coded[0]
    assert hand_in(ticket(asked_of), [1, item.key, min(item.codes)], [2, words, {"text": "Rustig."}])[0] == 200
    asked_of.refresh_from_db()
    assert asked_of.answered
    assert Task.objects.get().done_at == week_ago  # the day on which it was asked
    assert AnonymousText.objects.get().text == "Rustig."
    assert words not in AnonymousSubmission.objects.get().answers
    assert rounds(cast.bram) is not None


@pytest.mark.django_db
def test_of_a_colleague_who_left_meanwhile_it_does_not_count_and_is_not_lost(cast: Cast) -> None:
    opened = round_of(cast.group_6a, VISIT, "Groepsbezoek")
    asked_of = StaffInvitation.objects.create(school=cast.beuk, round=opened, membership=cast.anna, group=cast.group_6a)
    text = ticket(asked_of)
    take_hat(cast.anna, ends_at=NOW, at=NOW)
    assert hand_in(text) == (410, {"why": "ended", "set_aside": True})
    assert not AnonymousSubmission.objects.exists()
    assert SetAside.objects.get().group == cast.group_6a


# ---- the linking attack


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite does not mark a row with its transaction")
def test_the_mark_of_a_task_does_not_tell_who_wrote_the_only_text(cast: Cast) -> None:
    """The task of a colleague is done in the transaction of the list; the text may not bear the mark of that one any more when others
    follow. A savepoint bears a mark of its own: each hand-in stands for one transaction here."""
    opened = round_of(cast.group_6a, VISIT, "Groepsbezoek")
    words = next(item.key for item in opened.offered.items if item.is_open)
    item = opened.offered.coded[0]
    for place, hat in enumerate((cast.anna, cast.carla, cast.bram)):
        asked_of = StaffInvitation.objects.create(school=cast.beuk, round=opened, membership=hat, group=cast.group_6a)
        give_task(hat, "staff_list.fill_in", due_on=NOW.date(), at=NOW - timedelta(days=7), about=asked_of)
        wrote = [[2, words, {"text": "Rustig."}]] if place == 0 else []
        assert hand_in(ticket(asked_of), [1, item.key, min(item.codes)], *wrote)[0] == 200
    with connection.cursor() as cursor:
        cursor.execute("select xmin::text from kring_anonymoustext")
        of_texts = {row[0] for row in cursor.fetchall()}
        cursor.execute("select xmin::text from kring_task where owner_id = %s", [cast.anna.pk])
        assert of_texts.isdisjoint(row[0] for row in cursor.fetchall())


@pytest.mark.django_db
def test_no_key_row_time_transaction_or_line_ties_a_list_to_a_child(cast: Cast, long: bool) -> None:
    """60 children (300 with --long) in groups of 30 hand in one after the other; the attack pairs them with the lists by every order
    that there is. By chance it finds one per group and order; it may find four times that."""
    n = 300 if long else 60
    group_of: dict[UUID, UUID] = {}
    opened = round_of(cast.group_6a, NAMELESS, "Veiligheid")
    asked_of = []
    for place in range(0, n, 30):
        group = Group.objects.create(school=cast.beuk, year=cast.group_6a.year, name=f"G{place}", year_levels=[6])
        asked_of += invite(group, classmates(group, 30), opened)
    said = _lines_of_the_log()
    client = Client()
    for number, one in enumerate(asked_of):
        group_of[one.pk] = one.group_id
        answers = [[place, item, value] for place, (item, value) in enumerate(number_as_answers(number, opened).items(), 1)]
        text = asked(one, at=datetime.now(NOW.tzinfo), until=datetime.now(NOW.tzinfo)).ticket
        body = json.dumps({"ticket": text, "answers": answers})
        assert client.post("/answers/hand-in/", body, content_type="application/json").status_code == 200
    rows = list(_box(opened))
    assert len(rows) == n
    for order in range(len(rows[0]) - 2):
        in_order = sorted(rows, key=lambda row: row[order])
        assert _found(in_order, asked_of, opened) <= 4 * n / 30, order
    assert len({row[2] for row in rows}) <= n / 30  # of each box one transaction wrote every row
    assert all(str(one.pk) not in said.getvalue() and str(one.pupil_id) not in said.getvalue() for one in asked_of)
    assert not Entry.objects.filter(record="invitation").exists()
    assert {one.answered for one in Invitation.objects.filter(round=opened)} == {True}


def _lines_of_the_log() -> StringIO:
    said = StringIO()
    logging.getLogger("kring").addHandler(logging.StreamHandler(said))
    return said


def _box(opened: Round) -> Iterator[tuple[Any, ...]]:
    """Of each row every order in which the database holds it, then its group and its answers."""
    hidden = "ctid::text, xmin::text, id::text" if connection.vendor == "postgresql" else "1, 1, id"
    with connection.cursor() as cursor:
        cursor.execute(f"select {hidden}, group_id, answers from kring_anonymoussubmission")  # noqa: S608  # as the disk has it
        for number, row in enumerate(cursor.fetchall()):
            yield (number, _place(row[0]), row[1], row[2], *row[3:])


def _place(ctid: Any) -> Any:
    return tuple(map(int, ctid.strip("()").split(","))) if isinstance(ctid, str) else ctid


def _found(rows: Sequence[tuple[Any, ...]], asked_of: Sequence[Invitation], opened: Round) -> int:
    """How many children the attack names: of each group the first who handed in gets the first list, and so on."""
    right = 0
    for group in {one.group_id for one in asked_of}:
        came = [number for number, one in enumerate(asked_of) if one.group_id == group]
        lists = [json.loads(row[-1]) if isinstance(row[-1], str) else row[-1] for row in rows if UUID(str(row[-2])) == group]
        right += sum(number_as_answers(number, opened) == found for number, found in zip(came, lists))
    return right


@pytest.mark.django_db
def test_anonymity_cannot_be_switched_off_after_the_first_answer(cast: Cast) -> None:
    """What a round asks is a version that never changes; and no round becomes one of another list."""
    opened = round_of(cast.group_6a, NAMELESS, "Veiligheid")
    (one,) = invite(cast.group_6a, [cast.pupil_noor], opened)
    hand_in(ticket(one))
    for changed in ({"instrument": "kring-leerling"}, {"version": 2}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Round.objects.filter(pk=opened.pk).update(**changed)
