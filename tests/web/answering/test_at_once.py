"""Two at once with one list, each with a connection of its own: what one does while the other waits is seen when the waiting is over."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from kring.commands.postgres import ROLE
from kring.web.answering import rows
from kring.web.models import Board, Group, Invitation, Pupil, Round, School, SchoolYear, Submission
from kring.web.wall import schools_open
from tests.access.test_wall import logged_in_as
from tests.measurements import PUPIL_LIST

pytestmark = [
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="on SQLite one writes after the other"),
    pytest.mark.django_db,
]
NOW = datetime(2025, 11, 5, 9, 0, tzinfo=UTC)


def beside(work: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """This work on another connection, begun; and where its answer comes."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, found


def wait_until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("select count(*) from pg_locks where not granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError


@contextmanager
def one_list() -> Iterator[Invitation]:
    """A list that a pupil is asked for, committed; the test takes it away itself, for the log refuses to be emptied."""
    with logged_in_as(ROLE):
        board = Board.objects.create(name="Stichting Vijver")
        school = School.objects.create(board=board, name="De Vijver", type="po")
        of = {"school": school}
        try:
            with schools_open([school.pk]):
                year = SchoolYear.objects.create(**of, starts_on=date(2025, 8, 1), ends_on=date(2026, 7, 31))
                days = {"opens_on": date(2025, 11, 3), "closes_on": date(2025, 11, 14)}
                opened = Round.objects.create(**of, year=year, instrument=PUPIL_LIST, version=1, title="Najaarslijst", **days)
                group = Group.objects.create(**of, year=year, name="6A", year_levels=[6])
                pupil = Pupil.objects.create(**of, given_name="X", sort_name="x", admin_key="x")
                one = Invitation.objects.create(**of, round=opened, group=group, pupil=pupil)
            yield one
        finally:
            with schools_open([school.pk]):
                for kind in (Round, Pupil, Group, SchoolYear):
                    kind._default_manager.filter(**of).delete()
            school.delete()
            board.delete()


def test_who_waited_for_a_list_that_was_handed_in_meanwhile_sees_that_it_is() -> None:
    """Otherwise what is saved then would be acknowledged, and stand beside a list that is in, for nobody."""
    with one_list() as one:

        def hold() -> bool:
            with transaction.atomic(), schools_open([one.school_id]):
                return rows.hold_lists(rows.OF_PUPILS, [one.pk])[one.pk].is_in

        with transaction.atomic(), schools_open([one.school_id]):
            assert not rows.hold_lists(rows.OF_PUPILS, [one.pk])[one.pk].is_in
            thread, found = beside(hold)
            wait_until_somebody_waits()
            Submission.objects.create(school_id=one.school_id, invitation=one, answers={}, submitted_at=NOW)
        thread.join(10)
        assert found == [True]
