"""The page of a group: its scores, colours and sociogram, for its team; names and progress for the leader."""

import pytest

from kring.core.sociometry import Participation
from kring.web.models import Entry, Nomination, Sociogram
from kring.web.sociograms.intake import take_sociogram
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast
from tests.measurements import HANDED_IN, TEACHER_LIST, classmates, close, result_round, round_of, sociogram_round

pytestmark = pytest.mark.django_db


def measured(cast: Cast) -> None:
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    result_round(cast.group_6a, pupils, "Najaarslijst", silent=1)
    sociogram_round(cast.group_6a, pupils, "Wie kiest wie", absent=1)


def test_it_shows_scores_colours_and_the_sociogram(cast: Cast) -> None:
    measured(cast)
    page = text_of(cast.anna, "group", cast.group_6a.pk)
    for shown in (
        "Noor Test",
        "Najaarslijst",
        "Welbevinden op school",
        "band--green",
        "Wie kiest wie",
        "chart__picture--target",
        "9 van 10",
    ):
        assert shown in page
    assert "chart__picture--target" in page


def test_the_team_and_the_leader_may_look_and_nobody_else(cast: Cast) -> None:
    measured(cast)
    assert may_look(cast, "group", cast.group_6a.pk) == {"anna", "bram", "rik"}


def test_the_leader_sees_names_and_progress_and_no_result(cast: Cast) -> None:
    measured(cast)
    page = text_of(cast.rik, "group", cast.group_6a.pk)
    assert "Noor Test" in page
    assert "9 van 10" in page
    for hidden in ("Welbevinden op school", "band--", "chart__picture", f"/pupils/{cast.pupil_noor.pk}/", "/pdf/"):
        assert hidden not in page


def test_a_group_without_results_says_what_will_come(cast: Cast) -> None:
    page = text_of(cast.anna, "group", cast.group_6a.pk)
    assert "Nog geen uitkomsten" in page
    assert "Noor Test" in page


def test_as_many_questions_for_three_rounds_and_six_pupils_as_for_one(cast: Cast) -> None:
    pupils = [cast.pupil_noor, cast.pupil_sem]
    result_round(cast.group_6a, pupils)
    sociogram_round(cast.group_6a, pupils)
    one = queries_for(cast.anna, "group", [cast.group_6a.pk])
    pupils += classmates(cast.group_6a, 4)
    result_round(cast.group_6a, pupils, "Tweede lijst")
    result_round(cast.group_6a, pupils, "Leerkrachtlijst", key=TEACHER_LIST)
    sociogram_round(cast.group_6a, pupils, "Tweede sociogram")
    assert queries_for(cast.anna, "group", [cast.group_6a.pk]) == one


def test_looking_is_written_down(cast: Cast) -> None:
    look(cast.anna, "group", cast.group_6a.pk)
    reading = Entry.objects.get(record="group")
    assert (reading.record_id, reading.actor_id, reading.route) == (cast.group_6a.pk, cast.anna.pk, "group")


def test_a_pupil_who_left_for_another_group_goes_from_the_page_of_the_first(cast: Cast) -> None:
    measured(cast)
    moved = cast.pupil_noor.enrolments.get()
    moved.group = cast.group_6b
    moved.save()
    page = text_of(cast.anna, "group", cast.group_6a.pk)
    assert "Noor" not in page
    assert "Vertrokken 1" in page
    assert "Noor Test" in text_of(cast.bram, "group", cast.group_6a.pk)


@pytest.mark.parametrize("gone", [True, False])
def test_a_sociogram_without_choices_calls_nobody_unchosen(cast: Cast, gone: bool) -> None:  # noqa: FBT001
    """Its choices went on their day; or its list asks who helps, and not whom one chooses."""
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    if gone:
        found = sociogram_round(cast.group_6a, pupils)
        Nomination.objects.filter(sociogram=found).delete()
        Sociogram.objects.filter(pk=found.pk).update(choices_gone_at=HANDED_IN)
    else:
        made = round_of(cast.group_6a, "kring-sociogram-rollen", "Rollen")
        take_sociogram(made, cast.group_6a, listed={one.pk: Participation.DONE for one in pupils}, choices=[], at=HANDED_IN)
        close(made)
    assert "iet gekozen" not in text_of(cast.anna, "group", cast.group_6a.pk)
    assert "iet gekozen" not in text_of(cast.anna, "pupil", cast.pupil_noor.pk)
