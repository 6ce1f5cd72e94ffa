"""What Kring itself asks, as things stand: once, on a school day, of who must do it; over when it happened."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from kring.core.access import Role
from kring.web.home import intake
from kring.web.home.intake import make_due_tasks, pass_on_tasks
from kring.web.models import (
    Appointment,
    Assignment,
    Case,
    Consent,
    ConsentItem,
    ConsentRequest,
    Draft,
    Guardian,
    Membership,
    Notice,
    Organisation,
    Pupil,
    Round,
    School,
    Task,
)
from kring.web.people.intake import take_hat
from kring.web.surveys.actions import close_round
from kring.web.tasks.actions import Typed, drop, make_task, tick_off
from tests.asking import text_of
from tests.cast import START, Cast, group, member
from tests.measurements import list_round

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 24, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def a_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def tasks_of(hat: Membership) -> list[tuple[str, date]]:
    return list(Task.objects.filter(owner=hat, done_at=None, dropped_at=None).order_by("kind").values_list("kind", "due_on"))


def november(cast: Cast, *, silent: int = 1) -> Round:
    """Open until Friday the 28th; of Noor it is in, of Sem not."""
    return list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaarslijst", silent=silent)


# ---- rounds -----------------------------------------------------------------------------------------------------


def test_from_the_opening_on_the_teacher_is_asked_for_the_lists_of_the_group(cast: Cast) -> None:
    made = november(cast)
    for _ in range(2):
        make_due_tasks(at=datetime(2025, 10, 20, 9, tzinfo=UTC))  # it was opened, and begins in November
    assert tasks_of(cast.anna) == [("round.lists_missing", date(2025, 11, 28))]
    assert Task.objects.count() == 1  # nobody else, and once
    made.invitations.filter(submission=None).update(absent=True)
    make_due_tasks(at=MONDAY)
    assert not tasks_of(cast.anna)  # what is left was absent


def test_when_the_time_is_over_or_all_is_in_the_coordinator_closes(cast: Cast) -> None:
    made = november(cast, silent=0)
    other = list_round(cast.group_6b, [cast.pupil_lot], "Nog een", silent=1)
    make_due_tasks(at=MONDAY)
    assert tasks_of(cast.bram) == [("round.close_due", date(2025, 11, 28))]
    make_due_tasks(at=MONDAY + 7 * DAY)
    assert {task.record_id for task in Task.objects.filter(owner=cast.bram)} == {made.pk, other.pk}
    close_round(cast.bram, other, at=MONDAY + 7 * DAY)
    assert {task.record_id for task in Task.objects.filter(owner=cast.bram, done_at=None)} == {made.pk}
    assert not Task.objects.filter(owner=cast.carla, done_at=None).exists()


def test_what_is_wanted_no_longer_counts_as_done_and_comes_back_when_it_is(cast: Cast) -> None:
    made = november(cast)
    late = MONDAY + 3 * DAY
    make_due_tasks(at=late)
    made.invitations.filter(submission=None).delete()
    make_due_tasks(at=late)
    assert Task.objects.filter(owner=cast.anna).values_list("kind", "is_settled").get() == ("round.lists_missing", True)
    november_again = made.invitations.create(school=cast.beuk, group=cast.group_6a, pupil=cast.pupil_sem)
    make_due_tasks(at=late)
    assert tasks_of(cast.anna) == [("round.lists_missing", date(2025, 11, 28))]
    assert november_again.pk


def test_the_second_entry_of_a_pupil_is_missed_by_nobody(cast: Cast) -> None:
    november(cast)
    Pupil.objects.filter(pk=cast.pupil_sem.pk).update(merged_into=cast.pupil_noor, merged_at=MONDAY)
    make_due_tasks(at=MONDAY + 3 * DAY)
    assert not tasks_of(cast.anna)
    assert tasks_of(cast.bram) == [("round.close_due", date(2025, 11, 28))]  # all that can come in is in


@pytest.mark.parametrize("how", ["done", "dropped"])
def test_what_was_ticked_off_or_dropped_by_hand_does_not_come_back(cast: Cast, how: str) -> None:
    november(cast)
    late = MONDAY + 3 * DAY
    make_due_tasks(at=late)
    task = Task.objects.get(owner=cast.anna)
    if how == "done":
        tick_off(cast.anna, task, at=late)
    else:
        drop(cast.anna, task, "De laatste is ziek tot januari", at=late)
    make_due_tasks(at=late + DAY)
    assert not tasks_of(cast.anna)


# ---- the other next steps ---------------------------------------------------------------------------------------


def test_a_draft_that_fades_is_asked_to_be_finished_and_lapses_when_it_went(cast: Cast) -> None:
    for author, fields in ((cast.anna, {"text": ["x"]}), (cast.els, {"text": ["x"]})):
        Draft.objects.create(
            school=cast.beuk, author=author, place=f"/{author.pk}", fields=fields, saved_at=START, expires_at=MONDAY + 2 * DAY
        )
    make_due_tasks(at=MONDAY)
    assert tasks_of(cast.anna) == [("draft.fading", date(2025, 11, 26))]
    assert not tasks_of(cast.els)
    make_due_tasks(at=MONDAY + 3 * DAY)
    gone = Task.objects.get(owner=cast.anna)
    assert (gone.done_at, gone.is_settled) == (None, True)
    assert gone.dropped_at == MONDAY + 3 * DAY


def test_what_is_asked_again_is_asked_by_the_day_of_now(cast: Cast) -> None:
    """Somebody typed on, and weeks later it fades once more: that is not late at once."""
    draft = Draft.objects.create(
        school=cast.beuk, author=cast.anna, place="/x", fields={"text": ["x"]}, saved_at=START, expires_at=MONDAY + 2 * DAY
    )
    make_due_tasks(at=MONDAY)
    Draft.objects.filter(pk=draft.pk).update(expires_at=MONDAY + 16 * DAY)
    make_due_tasks(at=MONDAY + DAY)
    assert not tasks_of(cast.anna)
    make_due_tasks(at=MONDAY + 14 * DAY)
    assert tasks_of(cast.anna) == [("draft.fading", date(2025, 12, 10))]
    assert Task.objects.get().first_due_on == date(2025, 12, 10)


def test_consent_that_ends_and_a_case_that_closes_are_for_the_coordinator(cast: Cast) -> None:
    partner = Organisation.objects.create(school=cast.beuk, name="Jeugdhulp", kind="other")
    asked = ConsentRequest.objects.create(
        school=cast.beuk,
        pupil=cast.pupil_noor,
        recipient=partner,
        purpose="Samen kijken",
        asked_by=cast.bram,
        from_at=START,
        until_at=datetime(2025, 12, 20, 23, tzinfo=UTC),
    )
    ConsentItem.objects.create(school=cast.beuk, request=asked, record="scaleprofile")
    for guardian in Guardian.objects.filter(guardianships__has_authority=True):
        Consent.objects.create(school=cast.beuk, request=asked, guardian=guardian, answer="given", answered_at=START, recorded_by=cast.bram)
    Case.objects.create(
        school=cast.beuk, pupil=cast.pupil_noor, purpose="x", opened_by=cast.bram, from_at=START, until_at=MONDAY + 10 * DAY
    )
    make_due_tasks(at=MONDAY)
    assert tasks_of(cast.bram) == [("case.close_due", date(2025, 12, 4)), ("consent.expiring", date(2025, 12, 19))]
    shown = text_of(cast.bram, "tasks")
    assert "De casus van Noor Test sluit bijna" in shown
    assert "De toestemming over Noor Test loopt bijna af" in shown
    assert Task.objects.count() == 2


def test_a_birthday_that_turns_rights_is_told_by_the_teacher(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=date(2009, 12, 13))
    assert "Bijna 16 of 18" in text_of(cast.anna, "home")
    make_due_tasks(at=MONDAY)
    assert tasks_of(cast.anna) == [("pupil.turning_16", date(2025, 12, 12))]  # the Friday before that Saturday
    assert Task.objects.count() == 1
    assert "Bijna 16 of 18" not in text_of(cast.anna, "home")  # her task says so


def test_a_proposal_that_waits_for_a_week_is_for_another_leader(cast: Cast) -> None:
    emma = member(cast.beuk, Role.TEACHER, "emma")
    Appointment.objects.create(
        school=cast.beuk, person=emma.person, role="coordinator", from_at=START, proposed_by=cast.olga, proposed_at=MONDAY - 7 * DAY
    )
    Appointment.objects.create(
        school=cast.beuk, person=emma.person, role="coordinator", from_at=START, proposed_by=cast.rik, proposed_at=MONDAY - 7 * DAY
    )
    make_due_tasks(at=MONDAY - 3 * DAY)
    assert not Task.objects.exists()
    make_due_tasks(at=MONDAY)
    assert tasks_of(cast.rik) == [("role.proposal_waits", date(2025, 11, 24))]  # not what he proposed himself
    Appointment.objects.update(decided_at=MONDAY, decided_by=cast.rik)
    make_due_tasks(at=MONDAY)
    assert not tasks_of(cast.rik)


def test_another_school_hears_nothing_of_it(cast: Cast) -> None:
    november(cast, silent=0)
    make_due_tasks(at=MONDAY + 7 * DAY)
    assert set(Task.objects.values_list("school_id", flat=True)) == {cast.beuk.pk}


# ---- passing on -------------------------------------------------------------------------------------------------


def take_6a_from_anna(cast: Cast, at: datetime) -> None:
    Assignment.objects.filter(membership=cast.anna, group=cast.group_6a).update(until_at=at)


def own(hat: Membership, line: str, of: "object | None" = None) -> Task:
    return make_task(hat, hat, Typed(line, None, of), at=MONDAY)  # type: ignore[arg-type]


def test_with_the_group_its_open_tasks_go_to_whoever_has_it_next(cast: Cast) -> None:
    november(cast)
    late = MONDAY + 3 * DAY
    make_due_tasks(at=late)
    mine, done, alone = own(cast.anna, "map van 6A", cast.group_6a), own(cast.anna, "klaar", cast.group_6a), own(cast.anna, "iets anders")
    tick_off(cast.anna, done, at=MONDAY)
    Assignment.objects.create(school=cast.beuk, membership=cast.carla, group=cast.group_6a, from_at=late)
    take_6a_from_anna(cast, late)
    pass_on_tasks(at=late - DAY)
    assert not tasks_of(cast.carla)
    pass_on_tasks(at=late)
    pass_on_tasks(at=late)
    assert [kind for kind, _ in tasks_of(cast.carla)] == ["round.lists_missing", "task.own"]
    for task, owner in ((mine, cast.carla), (done, cast.anna), (alone, cast.anna)):
        task.refresh_from_db()
        assert task.owner == owner
    assert (mine.passed_on_by, mine.passed_on_at) == (cast.anna, late)
    assert Notice.objects.filter(event="task.passed_on").values_list("receiver", flat=True).get() == cast.carla.pk
    make_due_tasks(at=late)
    assert [kind for kind, _ in tasks_of(cast.carla)] == ["round.lists_missing", "task.own"]
    assert "overgenomen van Anna van de Test" in text_of(cast.carla, "tasks")


def test_without_a_successor_they_go_to_the_coordinator_or_the_leader(cast: Cast) -> None:
    mine = own(cast.anna, "map van 6A", cast.group_6a)
    take_6a_from_anna(cast, MONDAY)
    pass_on_tasks(at=MONDAY)
    mine.refresh_from_db()
    assert mine.owner == cast.bram
    take_hat(cast.bram, ends_at=MONDAY, at=MONDAY)
    pass_on_tasks(at=MONDAY)
    mine.refresh_from_db()
    assert mine.owner == cast.rik


def test_of_two_who_have_the_group_now_whoever_came_last_gets_it(cast: Cast) -> None:
    mine = own(cast.anna, "map van 6A", cast.group_6a)
    emma = member(cast.beuk, Role.TEACHER, "emma")
    for hat, day in ((emma, MONDAY), (cast.carla, MONDAY - 30 * DAY)):
        Assignment.objects.create(school=cast.beuk, membership=hat, group=cast.group_6a, from_at=day)
    take_6a_from_anna(cast, MONDAY)
    pass_on_tasks(at=MONDAY)
    mine.refresh_from_db()
    assert mine.owner == emma


def test_nobody_hears_of_a_case_by_coming_after(cast: Cast) -> None:
    """The only coordinator leaves: for the leader there is no case, and so no task. A next coordinator is asked anew."""
    Case.objects.create(
        school=cast.beuk, pupil=cast.pupil_noor, purpose="x", opened_by=cast.bram, from_at=START, until_at=MONDAY + 10 * DAY
    )
    make_due_tasks(at=MONDAY)
    asked = Task.objects.get(owner=cast.bram)
    take_hat(cast.bram, ends_at=MONDAY, at=MONDAY)
    make_due_tasks(at=MONDAY)
    assert not Task.objects.filter(owner=cast.rik).exists()
    Task.objects.filter(pk=asked.pk).update(owner=cast.rik, dropped_at=None, is_settled=False)
    shown = text_of(cast.rik, "tasks")
    assert "De casus van een leerling sluit bijna" in shown
    assert "Noor" not in shown
    emma = member(cast.beuk, Role.COORDINATOR, "emma")
    make_due_tasks(at=MONDAY)
    assert tasks_of(emma) == [("case.close_due", date(2025, 12, 4))]


def test_one_s_own_words_stay_one_s_own(cast: Cast) -> None:
    """A teacher becomes coordinator: what hangs on nothing goes along; when she leaves the school altogether, nobody reads it."""
    mine = own(cast.anna, "iets voor mij alleen")
    new_hat = Membership.objects.create(school=cast.beuk, person=cast.anna.person, role=Role.COORDINATOR.value, from_at=MONDAY)
    take_hat(cast.anna, ends_at=MONDAY, at=MONDAY)
    pass_on_tasks(at=MONDAY)
    mine.refresh_from_db()
    assert mine.owner == new_hat
    assert not Notice.objects.filter(event="task.passed_on").exists()  # she knows
    take_hat(new_hat, ends_at=MONDAY + DAY, at=MONDAY + DAY)
    pass_on_tasks(at=MONDAY + DAY)
    mine.refresh_from_db()
    assert (mine.owner, mine.dropped_at, mine.is_settled) == (new_hat, MONDAY + DAY, True)


def test_a_colleague_with_the_same_task_has_it_once(cast: Cast) -> None:
    emma = member(cast.beuk, Role.COORDINATOR, "emma")
    november(cast, silent=0)
    make_due_tasks(at=MONDAY)
    assert tasks_of(emma) == tasks_of(cast.bram) == [("round.close_due", date(2025, 11, 28))]
    take_hat(cast.bram, ends_at=MONDAY, at=MONDAY)
    make_due_tasks(at=MONDAY)
    assert tasks_of(emma) == [("round.close_due", date(2025, 11, 28))]
    assert not tasks_of(cast.bram)


def test_a_new_teacher_of_the_group_takes_over_what_kring_asked(cast: Cast) -> None:
    """Also when nobody looked in between."""
    november(cast)
    late = MONDAY + 3 * DAY
    make_due_tasks(at=late)
    asked = Task.objects.get(owner=cast.anna)
    Assignment.objects.filter(membership=cast.anna, group=cast.group_6a).update(membership=cast.carla)
    make_due_tasks(at=late)
    asked.refresh_from_db()
    assert (asked.owner, asked.passed_on_by) == (cast.carla, cast.anna)
    assert Task.objects.filter(done_at=None, dropped_at=None).count() == 1


def test_three_groups_ask_no_more_of_the_database_than_one(cast: Cast) -> None:
    november(cast)
    late = MONDAY + 3 * DAY
    first = questions(late)
    for name in ("6C", "6D"):
        other = group(cast.beuk, name, [6])
        Assignment.objects.create(school=cast.beuk, membership=cast.anna, group=other, from_at=START)
        list_round(other, [cast.pupil_noor], f"Lijst {name}", silent=1)
    assert questions(late + DAY) == first


def questions(at: datetime) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        make_due_tasks(at=at)
    return len(asked)


def test_a_school_where_it_breaks_stops_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[UUID] = []

    def breaks_first(school: School, *, at: datetime) -> None:
        seen.append(school.pk)
        if len(seen) == 1:
            raise ValueError

    monkeypatch.setattr(intake, "pass_tasks_on", breaks_first)
    with pytest.raises(ValueError):
        pass_on_tasks(at=timezone.now())
    assert len(seen) == School.objects.count()
