"""A list that stood with the wrong pupil: moved, exchanged, traced, undone; and who may not."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.core.corrections import (
    ChangedSinceLooked,
    ListGone,
    MovesNowhere,
    NextStep,
    OtherClassOrRound,
    TooLateToUndo,
    UndoneAlready,
    WhyMissing,
)
from kring.core.rounds import RoundAlreadyClosed
from kring.web.access import NotPermitted
from kring.web.corrections import actions, queries
from kring.web.models import Enrolment, Entry, Invitation, Membership, MovedList, Pupil, Round, ScalePrecision, Submission
from kring.web.surveys.actions import close_round
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member
from tests.measurements import answers as measured
from tests.measurements import classmates, list_round, sociogram_round

pytestmark = pytest.mark.django_db
WHY = "Verwisseld bij het invullen"


@pytest.fixture
def filled(cast: Cast) -> Round:
    """Noor handed in, Sem did not."""
    return list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], silent=1)


def asked(round: Round, pupil: Pupil) -> Invitation:
    return Invitation.objects.get(round=round, pupil=pupil)


def answers(round: Round, pupil: Pupil) -> Any:
    found = Submission.objects.filter(invitation__round=round, invitation__pupil=pupil).first()
    return found.answers if found else None


def move(
    cast: Cast, round: Round, *, actor: Membership | None = None, to: Pupil | None = None, why: str = WHY, seen: str | None = None
) -> MovedList:
    here, there = asked(round, cast.pupil_noor), asked(round, to or cast.pupil_sem)
    lists = [Submission.objects.filter(invitation=one).first() for one in (here, there)]
    known = queries.seal(*lists) if seen is None else seen
    return actions.move_list(actor or cast.anna, here, there, why, seen=known, at=timezone.now())


def test_a_list_goes_to_the_pupil_it_is_about_and_the_scores_follow(cast: Cast, filled: Round) -> None:
    before, precise = answers(filled, cast.pupil_noor), list(ScalePrecision.objects.order_by("scale").values_list("scale", "sem", "n"))
    moved = move(cast, filled)
    assert (answers(filled, cast.pupil_noor), answers(filled, cast.pupil_sem)) == (None, before)
    assert (moved.pupil, moved.to_pupil, moved.swapped, moved.reason, moved.moved_by) == (
        cast.pupil_noor,
        cast.pupil_sem,
        False,
        WHY,
        cast.anna,
    )
    assert list(ScalePrecision.objects.order_by("scale").values_list("scale", "sem", "n")) == precise


def test_two_lists_change_places(cast: Cast) -> None:
    both = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    Submission.objects.filter(invitation__pupil=cast.pupil_sem).update(answers=measured("kring-leerling", 12))
    of_noor, of_sem = answers(both, cast.pupil_noor), answers(both, cast.pupil_sem)
    moved = move(cast, both)
    assert moved.swapped
    assert (answers(both, cast.pupil_noor), answers(both, cast.pupil_sem)) == (of_sem, of_noor) != (of_noor, of_sem)
    actions.undo_move(cast.bram, moved, at=timezone.now())
    assert (answers(both, cast.pupil_noor), answers(both, cast.pupil_sem)) == (of_noor, of_sem)


def test_the_log_of_both_tells_it(cast: Cast, filled: Round) -> None:
    moved = move(cast, filled)
    actions.undo_move(cast.anna, moved, at=timezone.now())
    said = Entry.objects.filter(name__startswith="list.").order_by("sequence").values_list("name", "pupil_id")
    assert set(said) == {
        ("list.moved", cast.pupil_noor.pk),
        ("list.received", cast.pupil_sem.pk),
        ("list.move_undone", cast.pupil_noor.pk),
        ("list.taken_back", cast.pupil_sem.pk),
    }


def test_undone_once_it_is_as_it_was_and_not_undone_again(cast: Cast, filled: Round) -> None:
    before = answers(filled, cast.pupil_noor)
    moved = move(cast, filled)
    actions.undo_move(cast.anna, moved, at=timezone.now())
    assert (answers(filled, cast.pupil_noor), answers(filled, cast.pupil_sem)) == (before, None)
    with pytest.raises(UndoneAlready):
        actions.undo_move(cast.anna, moved, at=timezone.now())


def test_what_was_built_on_it_stands_in_the_way(cast: Cast, filled: Round) -> None:
    moved = move(cast, filled)
    Submission.objects.filter(invitation__round=filled).update(answers={})
    assert late(cast, moved) is NextStep.ANSWERS_CHANGED
    close_round(cast.bram, filled, at=timezone.now())
    assert late(cast, MovedList.objects.get()) is NextStep.ROUND_CLOSED


def test_of_two_moves_the_last_is_undone_first(cast: Cast, filled: Round) -> None:
    first = move(cast, filled)
    here, there = asked(filled, cast.pupil_sem), asked(filled, cast.pupil_noor)
    seen = queries.seal(Submission.objects.get(invitation=here), None)
    second = actions.move_list(cast.anna, here, there, WHY, seen=seen, at=timezone.now())
    assert late(cast, first) is NextStep.MOVED_ON
    actions.undo_move(cast.anna, second, at=timezone.now())
    actions.undo_move(cast.anna, first, at=timezone.now())


def late(cast: Cast, moved: MovedList) -> NextStep:
    with pytest.raises(TooLateToUndo) as refused:
        actions.undo_move(cast.anna, moved, at=timezone.now())
    return refused.value.step


def test_what_cannot_be_is_refused_and_nothing_changes(cast: Cast, filled: Round) -> None:
    before = answers(filled, cast.pupil_noor)
    other = list_round(cast.group_6a, [cast.pupil_sem], "Andere lijst")
    elsewhere = list_round(cast.group_6b, [cast.pupil_lot], "Lijst van 6B")
    foreign = list_round(cast.group_eik, [cast.pupil_fien], "Lijst van De Eik")
    here, now = asked(filled, cast.pupil_noor), timezone.now()
    for to, rule in (
        (here, MovesNowhere),
        (asked(other, cast.pupil_sem), OtherClassOrRound),
        (asked(elsewhere, cast.pupil_lot), OtherClassOrRound),
        (asked(foreign, cast.pupil_fien), OtherClassOrRound),
    ):
        with pytest.raises(rule):
            actions.move_list(cast.anna, here, to, WHY, seen="", at=now)
    with pytest.raises(ListGone):
        actions.move_list(cast.anna, asked(filled, cast.pupil_sem), here, WHY, seen="", at=now)
    with pytest.raises(WhyMissing):
        move(cast, filled, why="zomaar")
    with pytest.raises(ChangedSinceLooked):
        move(cast, filled, seen="of what was")
    close_round(cast.bram, filled, at=now)
    with pytest.raises(RoundAlreadyClosed):
        move(cast, filled)
    assert answers(filled, cast.pupil_noor) == before
    assert not MovedList.objects.exists()


def test_who_closes_rounds_also_puts_right_what_is_found_afterwards(cast: Cast, filled: Round) -> None:
    before = answers(filled, cast.pupil_noor)
    close_round(cast.bram, filled, at=timezone.now())
    filled.refresh_from_db()
    moved = move(cast, filled, actor=cast.bram)
    assert answers(filled, cast.pupil_sem) == before
    actions.undo_move(cast.bram, moved, at=timezone.now())
    assert answers(filled, cast.pupil_noor) == before


def test_a_sociogram_has_no_list_to_move(cast: Cast) -> None:
    drawn = sociogram_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 2)])
    assert look(cast.anna, "move_list", asked(drawn.round, cast.pupil_noor).pk).status_code == 404


def test_who_does_not_teach_them_may_not(cast: Cast, filled: Round) -> None:
    for actor in (cast.carla, cast.rik, cast.els, cast.frans, cast.noor):
        with pytest.raises(NotPermitted):
            move(cast, filled, actor=actor)
    with pytest.raises(NotPermitted):
        actions.undo_move(cast.carla, move(cast, filled), at=timezone.now())


# ---- the pages ----------------------------------------------------------------------------------------------------


def test_the_page_shows_both_before_anything_moves(cast: Cast, filled: Round) -> None:
    client, here = client_of(cast.anna), asked(filled, cast.pupil_noor)
    address = reverse("move_list", args=[cast.anna.pk, here.pk])
    assert "Sem Test (heeft nog geen lijst)" in client.get(address).content.decode()
    form = {"to": str(asked(filled, cast.pupil_sem).pk), "reason": WHY}
    shown = client.post(address, form).content.decode()
    assert "De lijst van Noor Test gaat naar Sem Test" in shown
    assert not MovedList.objects.exists()
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen is not None
    done = client.post(address, form | {"seen": seen[1]}, follow=True).content.decode()
    assert "De lijst staat nu bij Sem Test" in done
    assert "Ongedaan maken" in done
    assert "Leerlinglijst is verplaatst" in text_of(cast.anna, "pupil_around", cast.pupil_sem.pk)
    assert client.post(reverse("undo_move", args=[cast.anna.pk, MovedList.objects.get().pk])).status_code == 302
    assert "Leerlinglijst is verplaatst" not in text_of(cast.anna, "pupil_around", cast.pupil_sem.pk)


def test_a_stale_page_comes_back_with_the_reason(cast: Cast, filled: Round) -> None:
    address = reverse("move_list", args=[cast.anna.pk, asked(filled, cast.pupil_noor).pk])
    form = {"to": str(asked(filled, cast.pupil_sem).pk), "reason": WHY, "seen": "old"}
    answer = client_of(cast.anna).post(address, form)
    assert (answer.status_code, "Er is iets veranderd sinds u keek" in answer.content.decode()) == (409, True)
    assert WHY in answer.content.decode()


def test_too_late_says_why(cast: Cast, filled: Round) -> None:
    moved = move(cast, filled)
    close_round(cast.bram, filled, at=timezone.now())
    answer = client_of(cast.anna).post(reverse("undo_move", args=[cast.anna.pk, moved.pk]))
    assert (answer.status_code, "de afname is afgesloten" in answer.content.decode()) == (409, True)
    assert "de afname is afgesloten; de intern begeleider kan dit nog" in text_of(cast.anna, "corrections", cast.pupil_sem.pk)


def test_the_pages_are_of_the_team_alone(cast: Cast, filled: Round) -> None:
    assert may_look(cast, "corrections", cast.pupil_noor.pk) == {"anna", "bram"}
    assert may_look(cast, "move_list", asked(filled, cast.pupil_noor).pk) == {"anna", "bram"}
    moved = move(cast, filled)
    for actor in (cast.carla, cast.frans, cast.els):
        assert client_of(actor).post(reverse("undo_move", args=[actor.pk, moved.pk])).status_code == 404


def test_an_old_colleague_undoes_nothing(cast: Cast, filled: Round) -> None:
    substitute = member(cast.beuk, Role.TEACHER, "invaller")
    moved = move(cast, filled)
    assert client_of(substitute).post(reverse("undo_move", args=[substitute.pk, moved.pk])).status_code == 404


def test_whoever_has_one_of_them_in_another_group_pulls_nothing_back(cast: Cast, filled: Round) -> None:
    """Noor went to 6B: her new teacher would get a list that was about Sem, and reads no words about him."""
    moved = move(cast, filled, why="Deze lijst ging over Sem")
    Enrolment.objects.filter(pupil=cast.pupil_noor).update(group=cast.group_6b)
    assert "Deze lijst ging over Sem" not in text_of(cast.carla, "corrections", cast.pupil_noor.pk)
    assert reverse("undo_move", args=[cast.carla.pk, moved.pk]) not in text_of(cast.carla, "corrections", cast.pupil_noor.pk)
    assert client_of(cast.carla).post(reverse("undo_move", args=[cast.carla.pk, moved.pk])).status_code == 403
    assert answers(filled, cast.pupil_noor) is None
    assert reverse("undo_move", args=[cast.bram.pk, moved.pk]) in text_of(cast.bram, "corrections", cast.pupil_noor.pk)


def test_three_lists_ask_the_database_as_often_as_one(cast: Cast, filled: Round) -> None:
    move(cast, filled)
    one = queries_for(cast.anna, "corrections", [cast.pupil_noor.pk])
    for title in ("Tweede", "Derde"):
        move(cast, list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], title, silent=1))
    assert queries_for(cast.anna, "corrections", [cast.pupil_noor.pk]) == one
