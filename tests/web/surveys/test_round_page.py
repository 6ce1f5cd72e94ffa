"""One round, group by group; and closing it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from kring.web.access import NotPermitted
from kring.web.models import Entry, Membership, Round, ScalePrecision, Submission
from kring.web.surveys.actions import close_round
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.measurements import classmates, list_round, sociogram_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(cast: Cast) -> Round:
    return list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaarslijst", silent=1)


def close(actor: Membership, round: Round) -> int:
    return client_of(actor).post(reverse("close_round", args=[actor.pk, round.pk])).status_code


def test_it_shows_each_group_with_what_came_in_and_by_when(cast: Cast, opened: Round) -> None:
    page = text_of(cast.bram, "round", opened.pk)
    for shown in ("Najaarslijst", "6A", "1 van 2", "vr 28 november", "Nu afsluiten"):
        assert shown in page


def test_staff_of_the_school_may_look_and_nobody_else(cast: Cast, opened: Round) -> None:
    assert may_look(cast, "round", opened.pk) == {"anna", "carla", "bram", "rik"}


def test_only_who_may_close_sees_the_button(cast: Cast, opened: Round) -> None:
    for actor in (cast.anna, cast.rik):
        assert "Nu afsluiten" not in text_of(actor, "round", opened.pk)


def test_a_round_that_asked_nothing_says_where_to_begin(cast: Cast, opened: Round) -> None:
    assert "Nog niets gevraagd" in text_of(cast.carla, "round", opened.pk)


def test_the_coordinator_closes_and_it_is_written_down(cast: Cast, opened: Round) -> None:
    assert close(cast.bram, opened) == 302
    opened.refresh_from_db()
    assert opened.closed_at is not None
    event = Entry.objects.get(name="round.closed")
    assert (event.record, event.record_id, event.actor_id) == ("round", opened.pk, cast.bram.pk)
    page = text_of(cast.bram, "round", opened.pk)
    assert "afgesloten op" in page
    assert "Nu afsluiten" not in page


def test_closing_works_out_anew_how_precise_the_scales_are(cast: Cast) -> None:
    made = list_round(cast.group_6a, classmates(cast.group_6a, 32))
    ScalePrecision.objects.all().delete()
    assert close(cast.bram, made) == 302
    assert set(ScalePrecision.objects.values_list("instrument", "scale", "n")) == {
        (made.instrument, scale, 32) for scale in ("wellbeing", "confidence", "belonging", "teacher_support")
    }


def test_closing_a_sociogram_needs_no_precision(cast: Cast) -> None:
    made = sociogram_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem]).round
    Round.objects.update(closed_at=None)
    made.refresh_from_db()
    assert "hoe nauwkeurig" not in text_of(cast.bram, "round", made.pk)
    assert close(cast.bram, made) == 302
    assert not ScalePrecision.objects.exists()


def test_closing_twice_is_refused_with_the_reason(cast: Cast, opened: Round) -> None:
    close(cast.bram, opened)
    answer = client_of(cast.bram).post(reverse("close_round", args=[cast.bram.pk, opened.pk]))
    assert answer.status_code == 409
    assert "Deze afname is al afgesloten." in answer.content.decode()
    assert Entry.objects.filter(name="round.closed").count() == 1


def test_closing_is_refused_to_who_may_look_and_hidden_from_who_may_not(cast: Cast, opened: Round) -> None:
    found = {name: close(actor, opened) for name, actor in cast.actors().items() if name != "bram"}
    assert {name for name, status in found.items() if status == 403} == {"anna", "carla", "rik"}
    assert {status for name, status in found.items() if name not in {"anna", "carla", "rik"}} == {404}
    opened.refresh_from_db()
    assert opened.closed_at is None


def test_the_action_itself_refuses_too(cast: Cast, opened: Round) -> None:
    with pytest.raises(NotPermitted):
        close_round(cast.anna, opened, at=datetime(2025, 11, 28, tzinfo=UTC))


def test_closing_is_no_page(cast: Cast, opened: Round) -> None:
    assert look(cast.bram, "close_round", opened.pk).status_code == 405


def test_as_many_questions_for_two_groups_as_for_one(cast: Cast, opened: Round) -> None:
    one = queries_for(cast.bram, "round", [opened.pk])
    Submission.objects.all().delete()
    second = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, cast.pupil_lot], "Tweede lijst")
    second.invitations.exclude(pupil=cast.pupil_noor).update(group=cast.group_6b)
    assert queries_for(cast.bram, "round", [second.pk]) == one
