"""A pupil left: what was measured in the group stays whole for everybody who may see it; the new teacher sees of it that pupil alone."""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from kring.core.access import Verb
from kring.web.access import may
from kring.web.models import Invitation, Membership, Pupil, Round, Submission
from kring.web.reports import queries
from kring.web.surveys.queries import group_rounds, rounds_of_pupil
from tests.asking import look, text_of
from tests.cast import Cast, move
from tests.measurements import classmates, list_round, result_round, sociogram_round

pytestmark = pytest.mark.django_db
VALUE = re.compile(r'<span class="value[^"]*">([^<]*)<')
COLOUR = re.compile(r'<span class="band band--[^>]*>[^<]*<')
SPOKEN = re.compile(r"Er is een lijst voor \d+ van de \d+ leerlingen")


@pytest.fixture
def asked(cast: Cast) -> Round:
    """Noor, who answered most favourably of all, left 6A for 6B after the list and the sociogram."""
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    made = result_round(cast.group_6a, pupils, "Najaarslijst", silent=1)
    sociogram_round(cast.group_6a, pupils, "Wie kiest wie", absent=1)
    move(cast.pupil_noor, cast.group_6b, timezone.now())
    return made


def figures(page: str) -> tuple[list[str], list[str], list[str]]:
    """Every number and colour of a page, whatever the names beside them."""
    return sorted(VALUE.findall(page)), sorted(COLOUR.findall(page)), SPOKEN.findall(page)


def outline(actor: Membership, cast: Cast) -> list[tuple[object, ...]]:
    """What the group's page, its PDF and the reports of all groups are made from, without the order of the names."""
    report = queries.group_report(actor, cast.group_6a, queries.group_sociograms(actor, cast.group_6a), on=date(2025, 12, 1))
    tables = [table for section in report.sections for table in section.tables]
    return [(table.caption, sorted((row.pupil, str(row.cells)) for row in table.rows)) for table in tables]


@pytest.mark.parametrize("route", ["group", "round_group"])
def test_a_page_shows_the_same_numbers_to_teacher_and_coordinator(cast: Cast, asked: Round, route: str) -> None:
    keys = [cast.group_6a.pk] if route == "group" else [asked.pk, cast.group_6a.pk]
    of_anna, of_bram = (figures(text_of(actor, route, *keys)) for actor in (cast.anna, cast.bram))
    assert of_anna == of_bram
    assert of_anna[2] == ["Er is een lijst voor 9 van de 10 leerlingen"]


def test_reports_say_the_same_to_teacher_and_coordinator(cast: Cast, asked: Round) -> None:
    assert outline(cast.anna, cast) == outline(cast.bram, cast)


def test_mean_and_response_do_not_depend_on_who_looks(cast: Cast, asked: Round) -> None:
    (of_anna,), (of_bram,) = (group_rounds(actor, group=cast.group_6a) for actor in (cast.anna, cast.bram))
    assert [scale.group for scale in of_anna.results.scales] == [scale.group for scale in of_bram.results.scales]
    assert of_anna.results.response == of_bram.results.response == 0.9
    assert of_anna.results.pupils == of_bram.results.pupils


@pytest.mark.parametrize("route", ["group", "round_group"])
def test_who_left_has_a_number_and_no_link(cast: Cast, asked: Round, route: str) -> None:
    keys = [cast.group_6a.pk] if route == "group" else [asked.pk, cast.group_6a.pk]
    page = text_of(cast.anna, route, *keys)
    assert '<th scope="row">Vertrokken 1</th>' in page
    assert "Noor" not in page
    assert f"/pupils/{cast.pupil_noor.pk}/" not in page
    assert look(cast.anna, "pupil", cast.pupil_noor.pk).status_code == 404
    assert "Noor Test" in text_of(cast.bram, route, *keys)


def test_one_pupil_has_one_number_on_a_page(cast: Cast, asked: Round) -> None:
    """Sem stands on the second list only: the first who left on the newest list is not the first on the older one."""
    result_round(cast.group_6a, [cast.pupil_sem, *classmates_of(cast)[:4]], "Tweede lijst", opens_on=date(2025, 12, 1))
    move(cast.pupil_sem, cast.group_6b, timezone.now())
    report = queries.group_report(cast.anna, cast.group_6a, queries.group_sociograms(cast.anna, cast.group_6a), on=date(2025, 12, 1))
    assert (report.names[str(cast.pupil_sem.pk)], report.names[str(cast.pupil_noor.pk)]) == ("Vertrokken 1", "Vertrokken 2")


def test_the_roster_of_last_year_gives_them_the_same_numbers(cast: Cast) -> None:
    asked = classmates(cast.group_6a, 2)
    result_round(cast.group_6a, asked, "Lijst", opens_on=date(2025, 12, 1))
    for one in (*asked, cast.pupil_noor):
        move(one, cast.group_6b, at=datetime(2026, 8, 20, tzinfo=UTC))
    taken = group_rounds(cast.anna, group=cast.group_6a)
    sitting = queries.pupils_of(cast.anna, cast.group_6a, at=timezone.now())
    named = queries.names_on_page(cast.anna, taken, (), sitting)
    report = queries.group_report(cast.anna, cast.group_6a, (), on=date(2025, 12, 1), taken=taken, named=named)
    roster = {one.key: one.name for one in queries.by_name(sitting, named)}
    assert sorted(roster.values()) == ["Sem Test", "Vertrokken 1", "Vertrokken 2", "Vertrokken 3"]
    assert {**roster, **report.names} == roster


def classmates_of(cast: Cast) -> list[Pupil]:
    return list(Pupil.objects.filter(enrolments__group=cast.group_6a, given_name__startswith="6A Kind"))


@pytest.mark.parametrize("route", ["rounds", "groups", "home"])
def test_progress_does_not_depend_on_who_looks(cast: Cast, asked: Round, route: str) -> None:
    Round.objects.filter(title="Wie kiest wie").update(closed_at=None)  # the first page shows what runs
    for actor in (cast.anna, cast.bram, cast.rik):
        assert "9 van 10" in text_of(actor, route), actor.role
    assert "9 van 10" in text_of(cast.anna, "round", asked.pk)


def test_on_her_first_page_a_teacher_sees_that_the_list_of_somebody_who_left_is_missing(cast: Cast) -> None:
    list_round(cast.group_6a, [cast.pupil_sem, cast.pupil_noor], "Najaarslijst", silent=1)
    move(cast.pupil_noor, cast.group_6b, timezone.now())
    page = text_of(cast.anna, "home")
    assert "1 van 2 binnen" in page
    assert "<li>Vertrokken 1</li>" in page
    assert "Noor" not in page


def test_a_group_of_last_year_keeps_its_size_for_who_still_teaches_it(cast: Cast, asked: Round) -> None:
    """The roster is that of the last day of the year; since then all went on to another group."""
    for one in classmates_of(cast):
        move(one, cast.group_6b, at=datetime(2026, 8, 20, tzinfo=UTC))
    for actor in (cast.anna, cast.bram, cast.rik):
        assert "10 leerlingen · 2025-2026" in text_of(actor, "group", cast.group_6a.pk)


def test_the_new_teacher_sees_that_pupil_and_nobody_else_of_the_former_group(cast: Cast, asked: Round) -> None:
    assert [one.round for one in rounds_of_pupil(cast.carla, cast.pupil_noor)] == [asked]
    page = text_of(cast.carla, "pupil", cast.pupil_noor.pk)
    assert "Welbevinden op school" in page
    assert [name for name in ("Sem Test", "6A Kind", "Wie kiest wie") if name in page] == []
    for model, path in ((Invitation, "pupil"), (Submission, "invitation__pupil")):
        seen = may(cast.carla, model, Verb.READ).filter(**{path.removesuffix("pupil") + "round": asked})
        assert set(seen.values_list(path, flat=True)) == {cast.pupil_noor.pk}


def test_the_former_group_stays_closed_to_the_new_teacher(cast: Cast, asked: Round) -> None:
    assert look(cast.carla, "group", cast.group_6a.pk).status_code == 404
    assert look(cast.carla, "round_group", asked.pk, cast.group_6a.pk).status_code == 404
    for route, keys in (("rounds", ()), ("round", (asked.pk,)), ("home", ()), ("groups", ())):
        page = text_of(cast.carla, route, *keys)
        assert [shown for shown in (">6A<", "groep 6A", "9 van 10", "1 van 1") if shown in page] == []


def test_a_pupil_reads_alike_on_the_page_of_the_new_teacher_and_of_the_coordinator(cast: Cast, asked: Round) -> None:
    scores = [
        [one.results.pupil(str(cast.pupil_noor.pk)) for one in rounds_of_pupil(actor, cast.pupil_noor)] for actor in (cast.carla, cast.bram)
    ]
    assert scores[0] == scores[1]


def test_the_same_answers_are_scored_once_and_other_answers_anew(cast: Cast, asked: Round) -> None:
    (first,), (again,) = (group_rounds(actor, group=cast.group_6a) for actor in (cast.anna, cast.bram))
    assert again.results is first.results
    handed_in = Submission.objects.filter(invitation__round=asked).order_by("pk")[0]
    item = next(iter(handed_in.answers))
    Submission.objects.filter(pk=handed_in.pk).update(answers=handed_in.answers | {item: 1 if handed_in.answers[item] != 1 else 2})
    (anew,) = group_rounds(cast.anna, group=cast.group_6a)
    assert anew.results.scales[0].scores.mean.tolist() != first.results.scales[0].scores.mean.tolist()
