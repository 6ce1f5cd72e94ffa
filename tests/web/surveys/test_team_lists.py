"""Lists of the team: counted and never by name; the first filling is the baseline, and stays."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role, Verb
from kring.core.baselines import BaselineLocked, CountsShown
from kring.core.rounds import RoundAlreadyClosed
from kring.web.access import may
from kring.web.home.intake import make_due_tasks
from kring.web.models import AnonymousSubmission, Membership, Round, StaffInvitation, Task
from kring.web.surveys.actions import close_round
from kring.web.surveys.intake import take_anonymous
from kring.web.surveys.running.actions import reopen_round, withdraw_round
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of, member

pytestmark = pytest.mark.django_db
KIJKWIJZER = "kring-kijkwijzer"
NOW = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)


@pytest.fixture
def team(cast: Cast) -> list[Membership]:
    """Anna, Carla, Bram, Rik and four more."""
    return [cast.anna, cast.carla, cast.bram, cast.rik, *(member(cast.beuk, Role.TEACHER, f"juf{number}") for number in range(4))]


def opened(cast: Cast, team: list[Membership], title: str, *, opens_on: date | None = None) -> Round:
    today = opens_on or timezone.localdate()
    made = Round.objects.create(
        school=cast.beuk, year=cast.year, instrument=KIJKWIJZER, version=1, title=title, opens_on=today, closes_on=today, asks="staff"
    )
    StaffInvitation.objects.bulk_create(StaffInvitation(school=cast.beuk, round=made, membership=hat) for hat in team)
    return made


def filled(cast: Cast, team: list[Membership], title: str, codes: list[int]) -> Round:
    """So many colleagues gave this answer to every item; then it was closed."""
    made = opened(cast, team, title)
    items = made.offered.coded
    take_anonymous(made, None, [{item.key: code for item in items} for code in codes])
    StaffInvitation.objects.filter(round=made, membership__in=[hat.pk for hat in team[: len(codes)]]).update(answered=True)
    close_round(cast.bram, made, at=NOW)
    made.refresh_from_db()
    return made


def press(actor: Any, route: str, key: object) -> int:
    return client_of(actor).post(reverse(route, args=[actor.pk, key])).status_code


def test_the_first_that_is_closed_is_the_baseline_and_the_next_stands_beside_it(cast: Cast, team: list[Membership]) -> None:
    codes = [option.code for option in opened(cast, team, "Lijst").offered.coded[0].options]
    Round.objects.all().delete()
    low, high = min(codes), max(codes)
    first = filled(cast, team, "Herfst", [low] * 4 + [high] * 2)
    later = filled(cast, team, "Lente", [low] + [high] * 6)
    assert (first.is_baseline, later.is_baseline) == (True, False)
    page = " ".join(text_of(cast.bram, "team_list", later.pk).split())
    assert " ".join(text_of(cast.rik, "team_list", later.pk).split()).count("Verschil") == page.count("Verschil") > 0
    for part in (
        "Toen vulden 6 collega's in, nu 7",
        'Nulmeting">4</td><td data-label="Nu">1</td><td data-label="Verschil">-3</td>',
        ">+4</td>",
    ):
        assert part.replace("'", "&#x27;") in page or part in page
    assert "Dit is de nulmeting" in text_of(cast.rik, "team_list", first.pk)
    listed = text_of(cast.bram, "team_lists")
    assert "nulmeting" in listed
    assert "6 van 8" in listed


def test_the_baseline_is_never_opened_changed_or_thrown_away(cast: Cast, team: list[Membership]) -> None:
    first = filled(cast, team, "Herfst", [1] * 6)
    with pytest.raises(BaselineLocked):
        reopen_round(cast.bram, first, "Er was nog iets vergeten", until=date(2026, 3, 20), at=NOW)
    for change in (
        lambda: Round.objects.filter(pk=first.pk).update(closed_at=None, is_baseline=False),
        lambda: Round.objects.filter(pk=first.pk).update(version=2),
        lambda: Round.objects.filter(pk=first.pk).delete(),
        lambda: AnonymousSubmission.objects.filter(round=first).update(answers={}),
        lambda: AnonymousSubmission.objects.filter(round=first)[0].delete(),
        lambda: AnonymousSubmission.objects.create(school=cast.beuk, round=first, answers={}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(RoundAlreadyClosed), transaction.atomic():
        withdraw_round(cast.bram, first, at=NOW)
    assert Round.objects.filter(pk=first.pk, is_baseline=True).exists()


def test_one_list_more_after_the_counts_were_shown_would_tell_what_it_says_and_is_refused(cast: Cast, team: list[Membership]) -> None:
    filled(cast, team, "Herfst", [1] * 6)
    shown, few = filled(cast, team, "Winter", [1, 1, 1, 1, 2]), filled(cast, team, "Lente", [1] * 4)
    with pytest.raises(CountsShown):
        reopen_round(cast.bram, shown, "Er was nog iets vergeten", until=date(2026, 3, 20), at=NOW)
    with time_machine.travel(NOW):
        pages = [text_of(cast.bram, "team_list", one.pk) for one in (shown, few)]
    ways = [reverse("round_reopen", args=[cast.bram.pk, one.pk]) in page for one, page in zip((shown, few), pages, strict=True)]
    assert ways == [False, True]


def test_no_word_to_the_database_itself_changes_the_baseline_either(cast: Cast, team: list[Membership]) -> None:
    first = filled(cast, team, "Herfst", [1] * 6)
    later = filled(cast, team, "Lente", [2] * 6)
    of_first = f"(SELECT id FROM kring_round WHERE is_baseline AND title = '{first.title}')"
    of_later = f"(SELECT id FROM kring_round WHERE title = '{later.title}')"
    for word in (
        f"UPDATE kring_anonymoussubmission SET round_id = {of_first} WHERE round_id = {of_later}",  # more of them
        f"UPDATE kring_anonymoussubmission SET round_id = {of_later} WHERE round_id = {of_first}",  # or fewer
        f"UPDATE kring_anonymoussubmission SET answers = '{{}}' WHERE round_id = {of_first}",
        f"DELETE FROM kring_anonymoussubmission WHERE round_id = {of_first}",
        "UPDATE kring_round SET is_baseline = NOT is_baseline WHERE is_baseline",
        "UPDATE kring_round SET closes_on = '2031-01-01' WHERE is_baseline",
        "DELETE FROM kring_round WHERE is_baseline",
        "TRUNCATE kring_anonymoussubmission",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(word)
    assert [AnonymousSubmission.objects.filter(round=one).count() for one in (first, later)] == [6, 6]


def test_what_too_few_filled_in_is_no_baseline_and_the_next_one_is(cast: Cast, team: list[Membership]) -> None:
    assert not filled(cast, team, "Leeg", []).is_baseline
    assert not filled(cast, team, "Weinig", [1] * 4).is_baseline
    assert filled(cast, team, "Genoeg", [1] * 5).is_baseline


def test_of_fewer_than_five_nothing_is_told(cast: Cast, team: list[Membership]) -> None:
    few = filled(cast, team, "Herfst", [1] * 4)
    page = text_of(cast.bram, "team_list", few.pk)
    assert "Minder dan vijf collega" in page
    assert few.offered.coded[0].text not in page


def test_only_who_follows_the_lists_sees_them_and_never_by_name(cast: Cast, team: list[Membership]) -> None:
    first = filled(cast, team, "Herfst", [1] * 6)
    running = opened(cast, team, "Lente")
    for key in (first.pk, running.pk):
        assert may_look(cast, "team_list", key) == {"bram", "rik"}
    assert may_look(cast, "team_lists") == {"bram", "rik", "frans", "gijs"}
    assert "Anna" not in text_of(cast.bram, "team_list", first.pk)
    assert not may(cast.bram, AnonymousSubmission, Verb.READ).exists()
    assert "De tellingen komen hier als de lijst is afgesloten" in text_of(cast.rik, "team_list", running.pk)
    assert press(cast.rik, "close_team_list", running.pk) == 404
    assert press(cast.bram, "close_team_list", running.pk) == 302
    assert press(cast.bram, "close_team_list", running.pk) == 409
    of_groups = Round.objects.create(
        school=cast.beuk, year=cast.year, instrument="kring-leerling", version=1, title="L", opens_on=NOW, closes_on=NOW
    )
    assert client_of(cast.bram).get(reverse("team_list", args=[cast.bram.pk, of_groups.pk])).status_code == 404


def test_each_colleague_has_it_as_a_task_until_it_is_closed(cast: Cast, team: list[Membership]) -> None:
    running = opened(cast, [cast.anna, cast.bram], "Lente")
    for _again in range(2):
        make_due_tasks(at=timezone.now())
    tasks = Task.objects.filter(kind="staff_list.fill_in")
    assert {task.owner_id for task in tasks} == {cast.anna.pk, cast.bram.pk}
    mine = StaffInvitation.objects.get(membership=cast.anna)
    assert reverse("staff_list", args=[cast.anna.pk, mine.pk]) in text_of(cast.anna, "home")
    assert may_look(cast, "staff_list", mine.pk) == {"anna"}
    assert running.offered.coded[0].text in text_of(cast.anna, "staff_list", mine.pk)
    close_round(cast.bram, running, at=timezone.now())
    assert not tasks.filter(done_at=None, dropped_at=None).exists()


def test_the_pages_ask_as_much_for_three_as_for_one(cast: Cast, team: list[Membership]) -> None:
    first = filled(cast, team, "Een", [1] * 6)
    once = [queries_for(cast.bram, "team_lists"), queries_for(cast.bram, "team_list", [first.pk])]
    filled(cast, team, "Twee", [1] * 6)
    last = filled(cast, team, "Drie", [1] * 6)
    assert [queries_for(cast.bram, "team_lists"), queries_for(cast.bram, "team_list", [first.pk])] == once
    assert queries_for(cast.bram, "team_list", [last.pk]) <= once[1] + 1
