"""A round while it runs: who is done, absent and later, newcomers, closing in the background, opening again, taking back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core import running
from kring.core.baselines import BaselineLocked
from kring.core.rounds import RoundAlreadyClosed, RoundInWeekend, RoundsOverlap
from kring.web.access import NotPermitted
from kring.web.home.intake import make_due_tasks
from kring.web.models import Entry, Invitation, Job, Membership, Notice, Objection, Reopening, Round, SchoolYear, StaffInvitation, Task
from kring.web.surveys.actions import close_round
from kring.web.surveys.intake import Incoming, take_anonymous, take_submissions
from kring.web.surveys.queries import rounds_of_group
from kring.web.surveys.running import actions, queries
from kring.web.surveys.running.intake import groups_missing, remind
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, pupil
from tests.measurements import HANDED_IN, PUPIL_LIST, answers, classmates, list_round, round_of, sociogram_round

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 11, 18, 9, tzinfo=UTC)
DAY = timedelta(days=1)
WORDS = "Zes leerlingen waren ziek"


@pytest.fixture(autouse=True)
def a_tuesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def opened(cast: Cast) -> Round:
    """From 3 up to 28 November in 6A: of Noor it is in, of Sem not."""
    return list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaarslijst", silent=1)


def list_of(found: Round, who: str = "sem") -> Invitation:
    return Invitation.objects.get(round=found, pupil__admin_key=who)


def send(actor: Membership, route: str, key: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, key]), data)


def lines(cast: Cast, found: Round) -> dict[str, str]:
    return {
        one.pupil.name.removesuffix(" Test"): one.standing.value for one in queries.pupil_lines(cast.anna, found, cast.group_6a, at=NOW)
    }


# ---- who is done ------------------------------------------------------------------------------------------------


def test_the_team_of_the_group_sees_who_is_done_and_nobody_else(cast: Cast, opened: Round) -> None:
    assert may_look(cast, "round_progress", opened.pk, cast.group_6a.pk) == {"anna", "bram"}
    page = text_of(cast.anna, "round_progress", opened.pk, cast.group_6a.pk)
    assert lines(cast, opened) == {"Noor": "done", "Sem": "missing"}
    assert "Was afwezig" in page
    assert look(cast.anna, "round_progress", opened.pk, cast.group_6b.pk).status_code == 404
    assert look(cast.bram, "round_progress", opened.pk, cast.group_6b.pk).status_code == 404  # nothing was asked there


def test_who_objected_left_or_was_absent_is_not_missing(cast: Cast) -> None:
    found = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, *(others := classmates(cast.group_6a, 3))], silent=4)
    list_of(found).delete()
    Invitation.objects.create(school=cast.beuk, round=found, group=cast.group_6a, pupil=cast.pupil_sem, withdrawn_at=NOW)
    Objection.objects.create(school=cast.beuk, pupil=cast.pupil_sem, instrument=PUPIL_LIST, from_at=NOW)
    others[0].enrolments.update(until_at=NOW - DAY)
    Invitation.objects.filter(pupil=others[1]).update(absent=True)
    assert sorted(lines(cast, found).values()) == ["absent", "done", "left", "missing", "withdrawn"]
    page = text_of(cast.rik, "round", found.pk)
    for shown in ("1 van 3", "1 afwezig, 1 doet niet mee, 1 van school"):
        assert shown in page
    assert "Sem" not in page
    assert "doet niet mee" in text_of(cast.anna, "round_progress", found.pk, cast.group_6a.pk)


def test_who_leaves_after_it_was_closed_was_missing(cast: Cast, opened: Round) -> None:
    close_round(cast.bram, opened, at=NOW)
    cast.pupil_sem.enrolments.update(until_at=NOW + DAY)
    assert {one.pupil.name: one.standing for one in queries.pupil_lines(cast.anna, opened, cast.group_6a, at=NOW + 2 * DAY)}[
        "Sem Test"
    ] is running.Standing.MISSING


def test_as_many_questions_for_three_pupils_as_for_one(cast: Cast) -> None:
    one = list_round(cast.group_6a, [cast.pupil_noor], "Eerste")
    asked = queries_for(cast.bram, "round_progress", [one.pk, cast.group_6a.pk]), queries_for(cast.bram, "round", [one.pk])
    more = list_round(cast.group_6a, [cast.pupil_sem, *classmates(cast.group_6a, 3)], "Tweede", silent=2)
    assert (queries_for(cast.bram, "round_progress", [more.pk, cast.group_6a.pk]), queries_for(cast.bram, "round", [more.pk])) == asked


# ---- absent, later ----------------------------------------------------------------------------------------------


def test_absent_later_and_as_the_others_again(cast: Cast, opened: Round) -> None:
    sem = list_of(opened)
    assert send(cast.anna, "invitation_absent", sem.pk).status_code == 302
    assert lines(cast, opened)["Sem"] == "absent"
    later = send(cast.anna, "invitation_later", sem.pk, until="2025-12-02")
    assert later.headers["Location"].endswith(f"{cast.group_6a.pk}/progress/")
    assert "mag nog tot en met di 2 december" in text_of(cast.anna, "round_progress", opened.pk, cast.group_6a.pk)
    assert "1 leerling mag later invullen" in text_of(cast.bram, "round", opened.pk)
    assert send(cast.bram, "invitation_wait", sem.pk).status_code == 302
    assert lines(cast, opened)["Sem"] == "missing"
    assert [entry.name for entry in Entry.objects.filter(record="invitation").exclude(name__startswith="page").order_by("sequence")] == [
        "invitation.absent",
        "invitation.later",
        "invitation.asked_again",
    ]


def test_absence_is_refused_with_the_reason_to_the_team_and_hidden_from_others(cast: Cast, opened: Round) -> None:
    answer = send(cast.anna, "invitation_absent", list_of(opened, "noor").pk)
    assert (answer.status_code, "Deze lijst is al binnen." in answer.content.decode()) == (409, True)
    answer = send(cast.anna, "invitation_later", list_of(opened).pk, until="2025-11-20")
    assert (answer.status_code, "Kies een dag na" in answer.content.decode()) == (409, True)
    assert "Later invullen" in look(cast.anna, "invitation_later", list_of(opened).pk).content.decode()
    for actor in (cast.carla, cast.rik, cast.els, cast.frans, cast.sem):
        for route in ("invitation_absent", "invitation_later", "invitation_wait"):
            assert send(actor, route, list_of(opened).pk).status_code == 404
    close_round(cast.bram, opened, at=NOW)
    with pytest.raises(RoundAlreadyClosed):
        actions.mark_absent(cast.anna, list_of(opened), at=NOW)
    assert send(cast.anna, "invitation_wait", list_of(opened).pk).status_code == 409


def test_the_next_teacher_of_who_moved_is_sent_to_the_round(cast: Cast, opened: Round) -> None:
    cast.pupil_sem.enrolments.update(group=cast.group_6b)
    answer = send(cast.carla, "invitation_absent", list_of(opened).pk)
    assert answer.headers["Location"] == reverse("round", args=[cast.carla.pk, opened.pk])
    assert "zit nu in een andere groep" in text_of(cast.bram, "round_progress", opened.pk, cast.group_6a.pk)
    Invitation.objects.filter(pk=list_of(opened).pk).update(withdrawn_at=NOW)
    refused = send(cast.carla, "invitation_absent", list_of(opened).pk)
    assert (refused.status_code, "doet niet mee aan deze lijst" in refused.content.decode()) == (409, True)


# ---- newcomers --------------------------------------------------------------------------------------------------


def test_who_came_since_is_shown_and_asked_with_one_press(cast: Cast, opened: Round) -> None:
    pupil(cast.group_6a, "Nieuwkomer", 6)
    too_young, objects = pupil(cast.group_6a, "Jong", 4), pupil(cast.group_6a, "Zonder", 6)
    Objection.objects.create(school=cast.beuk, pupil=objects, instrument=PUPIL_LIST, from_at=NOW)
    for actor, route, keys in ((cast.bram, "round", []), (cast.anna, "round_progress", [cast.group_6a.pk])):
        page = text_of(actor, route, opened.pk, *keys)
        assert "Nieuwkomer Test" in page
        assert str(too_young) not in page
        assert ("Vraag hen ook" in page) == (actor is cast.bram)
    assert "Nieuwkomer" not in text_of(cast.carla, "round", opened.pk)
    assert "Nieuwkomer" not in text_of(cast.rik, "round", opened.pk)
    assert send(cast.anna, "round_newcomers", opened.pk).status_code == 403
    assert send(cast.frans, "round_newcomers", opened.pk).status_code == 404
    for _ in range(2):
        assert send(cast.bram, "round_newcomers", opened.pk).status_code == 302
    assert set(opened.invitations.values_list("pupil__given_name", flat=True)) == {"Noor", "Sem", "Nieuwkomer"}
    close_round(cast.bram, opened, at=NOW)
    assert send(cast.bram, "round_newcomers", opened.pk).status_code == 409


# ---- closing ----------------------------------------------------------------------------------------------------


def test_closing_says_first_what_is_missing_and_afterwards_who_closed_it(cast: Cast, opened: Round) -> None:
    assert "Nog 1 lijst is niet binnen" in text_of(cast.bram, "round", opened.pk)
    assert send(cast.bram, "close_round", opened.pk).status_code == 302
    job = Job.objects.get()
    assert (job.kind, job.state, job.done, job.total, job.repeatable) == ("close_rounds", "done", 1, 1, True)
    for actor, route, keys in ((cast.anna, "round", []), (cast.anna, "round_group", [cast.group_6a.pk])):
        assert "Afgesloten door Bram van de Test op di 18 november 2025 om 10:00." in text_of(actor, route, opened.pk, *keys)


def test_while_it_is_being_closed_the_page_tells_how_far_it_is_and_that_it_failed(cast: Cast, opened: Round) -> None:
    job = Job.objects.create(school=cast.beuk, author=cast.bram, kind="close_rounds", state="running", created_at=NOW)
    Round.objects.filter(pk=opened.pk).update(closing=job, closed_by=cast.bram)
    page = text_of(cast.bram, "round", opened.pk)
    assert "<progress" in page
    assert "Nu afsluiten" not in page
    Job.objects.update(state="failed")
    page = text_of(cast.bram, "round", opened.pk)
    assert "Afsluiten is niet gelukt" in page
    assert "Nu afsluiten" in page


def test_what_could_not_be_closed_is_not_closed_along_with_another(cast: Cast, opened: Round) -> None:
    over = Job.objects.create(school=cast.beuk, author=cast.bram, kind="close_rounds", state="done", created_at=NOW)
    Round.objects.filter(pk=opened.pk).update(closing=over, closed_by=cast.bram)  # asked for when that work had just ended
    assert "Afsluiten is niet gelukt" in text_of(cast.bram, "round", opened.pk)
    other = list_round(cast.group_6b, [cast.pupil_lot], "Tweede")
    send(cast.bram, "close_round", other.pk)
    opened.refresh_from_db()
    other.refresh_from_db()
    assert (opened.closed_at, opened.closed_by, other.closed_by) == (None, None, cast.bram)


# ---- open again, take back --------------------------------------------------------------------------------------


def test_it_is_opened_again_with_a_reason_that_stands_beside_the_results(cast: Cast, opened: Round) -> None:
    close_round(cast.bram, opened, at=NOW - DAY)
    assert "Weer openen" in text_of(cast.bram, "round_reopen", opened.pk)
    assert send(cast.bram, "round_reopen", opened.pk, reason="ziek", until="2025-11-25").status_code == 409
    assert send(cast.bram, "round_reopen", opened.pk, reason=WORDS, until="2025-11-25").status_code == 302
    opened.refresh_from_db()
    assert (opened.closed_at, opened.closed_by, opened.closes_on) == (None, None, date(2025, 11, 25))
    made = Reopening.objects.get()
    assert (made.closed_at, made.closed_by, made.closes_on, made.reopened_by) == (NOW - DAY, cast.bram, date(2025, 11, 28), cast.bram)
    assert Entry.objects.get(name="round.reopened").record_id == made.pk
    take_submissions(opened, [Incoming(cast.pupil_sem.pk, cast.group_6a.pk, answers(PUPIL_LIST, 1), NOW)])
    for route, keys in (("round", []), ("round_group", [cast.group_6a.pk])):
        page = text_of(cast.anna, route, opened.pk, *keys)
        assert f"weer geopend door Bram van de Test tot en met di 25 november 2025, omdat: {WORDS}" in page


def test_who_objected_while_it_was_closed_is_not_asked_again(cast: Cast, opened: Round) -> None:
    since = NOW - timedelta(days=3)
    back = pupil(cast.group_6a, "Terug", 6)
    took_back = {"pupil": back, "instrument": PUPIL_LIST, "from_at": since, "until_at": NOW - DAY}
    Invitation.objects.create(school=cast.beuk, round=opened, group=cast.group_6a, pupil=back, withdrawn_at=since)
    close_round(cast.bram, opened, at=NOW - 2 * DAY)
    Objection.objects.create(school=cast.beuk, **took_back)
    objects = Objection.objects.create(school=cast.beuk, pupil=cast.pupil_sem, instrument=PUPIL_LIST, from_at=NOW - DAY)
    actions.reopen_round(cast.bram, opened, WORDS, until=date(2025, 11, 25), at=NOW)
    assert lines(cast, opened) == {"Noor": "done", "Sem": "withdrawn", "Terug": "missing"}
    assert list_of(opened).withdrawn_at == objects.from_at  # so that taking it back asks again


def test_it_is_opened_again_on_days_with_school(cast: Cast, opened: Round) -> None:
    close_round(cast.bram, opened, at=NOW)
    with pytest.raises(RoundInWeekend):
        actions.reopen_round(cast.bram, opened, WORDS, until=date(2025, 11, 23), at=NOW + 4 * DAY)


def test_opening_again_is_the_coordinators_and_follows_the_rules(cast: Cast, opened: Round) -> None:
    assert may_look(cast, "round_reopen", opened.pk) == {"bram"}
    with pytest.raises(running.RoundNotClosed):
        actions.reopen_round(cast.bram, opened, WORDS, until=date(2025, 11, 25), at=NOW)
    close_round(cast.bram, opened, at=NOW)
    with pytest.raises(NotPermitted):
        actions.reopen_round(cast.anna, opened, WORDS, until=date(2025, 11, 25), at=NOW)
    other = list_round(cast.group_6a, [cast.pupil_sem], "Tweede", silent=1)
    with pytest.raises(RoundsOverlap):
        actions.reopen_round(cast.bram, opened, WORDS, until=date(2025, 11, 25), at=NOW)
    close_round(cast.bram, other, at=NOW)
    Round.objects.filter(pk=opened.pk).update(is_baseline=True)
    with pytest.raises(BaselineLocked):
        actions.reopen_round(cast.bram, opened, WORDS, until=date(2025, 11, 25), at=NOW)
    assert "Weer openen" not in text_of(cast.bram, "round", opened.pk)


def test_what_was_opened_by_mistake_is_taken_back_while_nothing_came_in(cast: Cast, opened: Round) -> None:
    empty = round_of(cast.group_6a, PUPIL_LIST, "Vergissing")
    Invitation.objects.create(school=cast.beuk, round=empty, group=cast.group_6a, pupil=cast.pupil_sem)
    given = Task.objects.create(
        school=cast.beuk, owner=cast.anna, kind="round.lists_missing", record="round", record_id=empty.pk, group=cast.group_6a,
        made_at=NOW, first_due_on=NOW.date(), due_on=NOW.date(),
    )  # fmt: skip
    refused = send(cast.bram, "round_withdraw", opened.pk)
    assert (refused.status_code, "Er kwam al iets binnen (1)" in refused.content.decode()) == (409, True)
    assert send(cast.anna, "round_withdraw", empty.pk).status_code == 403
    assert send(cast.gijs, "round_withdraw", empty.pk).status_code == 404
    assert "Nu terugtrekken" in text_of(cast.bram, "round", empty.pk)
    assert send(cast.bram, "round_withdraw", empty.pk).status_code == 302
    assert not Round.objects.filter(pk=empty.pk).exists()
    assert Entry.objects.get(name="round.withdrawn").record_id == empty.pk
    given.refresh_from_db()
    assert given.dropped_at == NOW
    assert "een afname die er niet meer is" in text_of(cast.anna, "tasks", show="done")


def test_a_list_of_the_team_is_taken_back_with_the_tasks_of_colleagues(cast: Cast) -> None:
    found = round_of(cast.group_6a, "kring-kijkwijzer", "Kijkwijzer")
    Round.objects.filter(pk=found.pk).update(asks=Round.Asks.STAFF)
    asked = StaffInvitation.objects.create(school=cast.beuk, round=found, membership=cast.anna)
    make_due_tasks(at=NOW)
    page = text_of(cast.bram, "team_list", found.pk)
    assert "Nu terugtrekken" in page
    assert "gaat die nooit meer open" not in page  # nobody filled it in: no baseline
    assert "Nu terugtrekken" not in text_of(cast.rik, "team_list", found.pk)
    assert send(cast.bram, "round_withdraw", found.pk).status_code == 302
    assert Task.objects.get(record_id=asked.pk).dropped_at == NOW
    close_round(cast.bram, other := round_of(cast.group_6a, "kring-kijkwijzer", "Leeg"), at=NOW)
    Round.objects.filter(pk=other.pk).update(asks=Round.Asks.STAFF)
    assert "Weer openen" in text_of(cast.bram, "team_list", other.pk)


# ---- reminders --------------------------------------------------------------------------------------------------


def told(cast: Cast, at: datetime) -> list[str]:
    from kring.web.school_years.queries import calendar_of

    remind(cast.beuk, calendar_of(cast.beuk), {cast.group_6a.pk: [cast.anna.pk], cast.group_6b.pk: [cast.carla.pk]}, at=at)
    return list(Notice.objects.filter(receiver=cast.anna).order_by("at", "pk").values_list("event", flat=True))


def test_each_reminder_comes_once_on_a_school_day_to_who_is_waited_for(cast: Cast, opened: Round) -> None:
    SchoolYear.objects.get(school=cast.beuk).holidays.create(
        school=cast.beuk, kind="study", name="Studiedag", first_on=date(2025, 11, 26), last_on=date(2025, 11, 26)
    )
    monday = NOW - 8 * DAY
    assert told(cast, monday) == []
    for _ in range(2):
        assert told(cast, NOW) == ["round.halfway"]
    assert told(cast, NOW + 4 * DAY) == ["round.halfway"]  # a Saturday
    assert told(cast, NOW + 8 * DAY) == ["round.halfway"]  # a study day
    for _ in range(2):
        assert told(cast, NOW + 9 * DAY) == ["round.halfway", "round.ends_soon"]
    assert not Notice.objects.exclude(receiver=cast.anna).exists()
    assert "bijna om" in text_of(cast.anna, "home")


def test_nobody_is_reminded_of_what_is_in(cast: Cast, opened: Round) -> None:
    take_submissions(opened, [Incoming(cast.pupil_sem.pk, cast.group_6a.pk, answers(PUPIL_LIST, 1), HANDED_IN)])
    assert told(cast, NOW + 9 * DAY) == []


# ---- without names, and who chooses whom ------------------------------------------------------------------------


def test_lists_without_names_are_counted_by_the_coordinator_alone(cast: Cast) -> None:
    found = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Zonder namen", silent=2)
    assert groups_missing([found.pk], at=NOW) == [(found.pk, cast.group_6a.pk)]
    take_anonymous(found, cast.group_6a, [answers(PUPIL_LIST, 0)])
    assert "1 van 2" in text_of(cast.bram, "round", found.pk)
    assert "0 van 2" in text_of(cast.anna, "round", found.pk)
    take_anonymous(found, cast.group_6a, [answers(PUPIL_LIST, 1)])
    assert groups_missing([found.pk], at=NOW) == []
    assert send(cast.bram, "round_withdraw", found.pk).status_code == 409


@pytest.mark.parametrize("since", [{"absent": True}, {"withdrawn_at": NOW}])
def test_a_list_without_names_of_who_went_since_stands_for_no_other(cast: Cast, since: dict[str, object]) -> None:
    found = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Zonder namen", silent=2)
    Invitation.objects.filter(round=found, pupil=cast.pupil_noor).update(answered=True, **since)
    take_anonymous(found, cast.group_6a, [answers(PUPIL_LIST, 0)])
    assert groups_missing([found.pk], at=NOW) == [(found.pk, cast.group_6a.pk)]
    (line,) = rounds_of_group(cast.bram, cast.group_6a)
    assert (line.asked, line.done, line.missing) == (2, 1, 1)
    take_anonymous(found, cast.group_6a, [answers(PUPIL_LIST, 1)])
    assert groups_missing([found.pk], at=NOW) == []


def test_who_was_absent_from_a_sociogram_is_waited_for_by_nobody(cast: Cast) -> None:
    found = sociogram_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 3)], absent=2).round
    assert sorted(lines(cast, found).values()) == ["absent", "absent", "done", "done", "done"]
    assert groups_missing([found.pk], at=NOW) == []
