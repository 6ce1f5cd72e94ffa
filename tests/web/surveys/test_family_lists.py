"""Families read every question beforehand and say that a child takes no part; from that moment nobody asks."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kring.core.access import Role
from kring.core.errors import BrokenRule
from kring.core.objections import NotTakingPart, NotYoursToObject, NotYoursToTakeBack
from kring.library import instrument
from kring.web.access import NotPermitted
from kring.web.models import Entry, Guardian, GuardianInvitation, Invitation, Objection, Pupil, Round, Submission, Task
from kring.web.schools.models import live
from kring.web.surveys.family.actions import object_on_paper, object_to, take_back
from kring.web.surveys.family.intake import bring_objections_in_step, objecting
from kring.web.surveys.intake import Incoming, take_submissions
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, guardian, member, move
from tests.measurements import PUPIL_LIST, SOCIOGRAM, list_round, round_of

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 11, 10, 12, 0, tzinfo=timezone.get_default_timezone())
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _autumn() -> Any:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def asked(cast: Cast) -> Round:
    """The pupil list, open for Noor and Sem; nothing came in yet."""
    return list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], silent=2)


@pytest.fixture
def ed(cast: Cast) -> Any:
    """The other parent with authority."""
    return the_other(cast)


def press(actor: Any, route: str, key: object, **given: str) -> int:
    return client_of(actor).post(reverse(route, args=[actor.pk, key]), given).status_code


def is_asked(round: Round, pupil: Pupil) -> bool:
    return Invitation.objects.filter(round=round, pupil=pupil, withdrawn_at=None).exists()


def test_els_reads_every_question_beforehand_and_who_sees_the_answers(cast: Cast, asked: Round) -> None:
    page = text_of(cast.els, "pupil_lists", cast.pupil_noor.pk)
    for part in (
        "staat open",
        "uw kind zelf",
        "Hooguit twee jaar",
        "Eén ouder die nee zegt, is genoeg",
        "klasgenoten kunnen het dan niet kiezen",
    ):
        assert part in page
    for item in instrument(PUPIL_LIST, 1).items:
        assert item.text in page
    assert instrument(SOCIOGRAM, 1).questions[0].text in page
    assert "Mijn kind vertelt thuis iets leuks over school." in page  # a list for parents that may still come
    assert reverse("pupil_lists", args=[cast.els.pk, cast.pupil_noor.pk]) in text_of(cast.els, "home")
    assert look(cast.els, "my_lists").headers["Location"].endswith(f"/pupils/{cast.pupil_noor.pk}/lists/")


def test_only_who_may_speak_for_noor_sees_her_lists(cast: Cast, asked: Round) -> None:
    assert may_look(cast, "pupil_lists", cast.pupil_noor.pk) == {"els", "noor"}
    assert "Je ouders beslissen" not in text_of(cast.els, "pupil_lists", cast.pupil_noor.pk)
    assert "Tot je zestiende beslissen je ouders" in text_of(cast.noor, "pupil_lists", cast.pupil_noor.pk)


def test_a_no_withdraws_at_once_and_a_yes_brings_it_back(cast: Cast, asked: Round) -> None:
    assert press(cast.els, "object_to_list", cast.pupil_noor.pk, instrument=PUPIL_LIST) == 302
    assert not is_asked(asked, cast.pupil_noor)
    assert is_asked(asked, cast.pupil_sem)
    assert Invitation.objects.filter(round=asked).count() == 2  # nothing was deleted
    assert objecting(cast.beuk, PUPIL_LIST, [cast.pupil_noor.pk, cast.pupil_sem.pk], timezone.now()) == {cast.pupil_noor.pk}
    assert "Toch meedoen" in text_of(cast.els, "pupil_lists", cast.pupil_noor.pk)
    assert press(cast.els, "object_to_list", cast.pupil_noor.pk, instrument=PUPIL_LIST) == 409
    assert press(cast.els, "take_back_objection", Objection.objects.get().pk) == 302
    assert is_asked(asked, cast.pupil_noor)
    assert {"objection.made", "objection.taken_back"} <= set(Entry.objects.values_list("name", flat=True))
    assert press(cast.els, "object_to_list", cast.pupil_noor.pk, instrument="geen-lijst") == 200


def test_nothing_about_who_takes_no_part_comes_in_by_any_door(cast: Cast, asked: Round) -> None:
    object_to(cast.els, cast.pupil_noor, PUPIL_LIST, at=NOW)
    with pytest.raises(NotTakingPart):
        take_submissions(asked, [Incoming(cast.pupil_noor.pk, cast.group_6a.pk, {}, NOW)])
    assert not Submission.objects.exists()


def test_the_other_parent_sees_that_and_not_who_and_takes_back_only_the_own(cast: Cast, asked: Round, ed: Any) -> None:
    mine = object_to(cast.els, cast.pupil_noor, PUPIL_LIST, at=NOW)
    page = text_of(ed, "pupil_lists", cast.pupil_noor.pk)
    assert "Een andere ouder of verzorger heeft gezegd" in page
    assert "Els" not in page
    assert press(ed, "take_back_objection", mine.pk) == 409
    his = object_to(ed, cast.pupil_noor, PUPIL_LIST, at=NOW + A_DAY)
    take_back(cast.els, mine, at=NOW + 2 * A_DAY)
    assert not is_asked(asked, cast.pupil_noor)  # the no of the other stands
    take_back(ed, his, at=NOW + 3 * A_DAY)
    assert is_asked(asked, cast.pupil_noor)


def test_from_sixteen_it_is_the_pupils_own_word(cast: Cast, asked: Round) -> None:
    old = object_to(cast.els, cast.pupil_noor, PUPIL_LIST, at=NOW)
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=date(2009, 1, 1))
    noor = Pupil.objects.get(pk=cast.pupil_noor.pk)
    assert press(cast.els, "take_back_objection", old.pk) == 404  # she sees nothing of it any more
    assert "Toch meedoen" in text_of(cast.noor, "pupil_lists", noor.pk)
    take_back(cast.noor, old, at=NOW + A_DAY)
    object_to(cast.noor, noor, SOCIOGRAM, at=NOW + A_DAY)
    assert objecting(cast.beuk, SOCIOGRAM, [noor.pk], NOW + A_DAY) == {noor.pk}


@pytest.mark.parametrize("who", ["pim", "sem", "anna", "carla", "rik", "frans"])
def test_nobody_else_says_so(cast: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        object_to(cast.actors()[who], cast.pupil_noor, PUPIL_LIST, at=NOW)
    assert press(cast.actors()[who], "object_to_list", cast.pupil_noor.pk, instrument=PUPIL_LIST) == 404


def test_a_child_of_nine_and_a_parent_on_paper_are_refused(cast: Cast) -> None:
    with pytest.raises(NotYoursToObject):
        object_to(cast.noor, cast.pupil_noor, PUPIL_LIST, at=NOW)
    with pytest.raises(NotYoursToObject):
        object_to(cast.bram, cast.pupil_noor, PUPIL_LIST, at=NOW)  # a coordinator writes down what others said
    with pytest.raises(NotPermitted):
        object_on_paper(cast.els, cast.pupil_noor, Guardian.objects.get(person=cast.els.person), PUPIL_LIST, at=NOW)


def test_bram_writes_down_what_came_on_paper_and_anna_reads_only_that(cast: Cast, asked: Round) -> None:
    els = Guardian.objects.get(person=cast.els.person)
    assert press(cast.bram, "pupil_objections", cast.pupil_noor.pk, who=str(els.pk), instrument=PUPIL_LIST) == 302
    assert not is_asked(asked, cast.pupil_noor)
    page = text_of(cast.bram, "pupil_objections", cast.pupil_noor.pk)
    assert "Els" in page
    assert "op papier" in page
    assert "Pim" not in page  # without authority there is nothing to say
    page = text_of(cast.anna, "pupil_around", cast.pupil_noor.pk)
    assert "doet niet mee" in page
    assert "op papier" not in page
    assert may_look(cast, "pupil_objections", cast.pupil_noor.pk) == {"bram"}
    assert "op papier doorgegeven" in text_of(cast.els, "pupil_lists", cast.pupil_noor.pk)
    assert press(cast.bram, "end_objection", Objection.objects.get().pk) == 302
    assert press(cast.bram, "end_objection", Objection.objects.get().pk) == 409
    assert press(cast.bram, "pupil_objections", cast.pupil_noor.pk, who="pupil", instrument=PUPIL_LIST) == 200


def test_what_was_answered_stays_and_bram_is_asked_to_talk(cast: Cast) -> None:
    done = list_round(cast.group_6a, [cast.pupil_noor])
    made = object_to(cast.els, cast.pupil_noor, PUPIL_LIST, at=NOW)
    assert Submission.objects.count() == 1
    assert is_asked(done, cast.pupil_noor)  # it was answered; nothing is asked any more
    task = Task.objects.get(owner=cast.bram, kind="objection.answers_there")
    assert "Praat thuis over die antwoorden" in text_of(cast.bram, "tasks")
    assert "Leerlinglijst" in text_of(cast.bram, "objection", made.pk)
    take_back(cast.bram, made, at=NOW + A_DAY)
    task.refresh_from_db()
    assert task.done_at


def test_a_page_asks_as_much_for_three_rounds_as_for_one(cast: Cast, asked: Round) -> None:
    once = queries_for(cast.els, "pupil_lists", [cast.pupil_noor.pk])
    for title in ("Tweede", "Derde"):
        list_round(cast.group_6a, [cast.pupil_noor], title, key="kring-leerkracht", silent=1)
    assert queries_for(cast.els, "pupil_lists", [cast.pupil_noor.pk]) == once


STEPS = st.lists(st.sampled_from(["els", "ed", "back els", "back ed", "open", "move", "close", "bring"]), min_size=3, max_size=9)


@given(steps=STEPS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_live_objection_ever_has_a_live_invitation(cast: Cast, steps: list[str]) -> None:
    """In whatever order people say no and yes again, rounds open and close, lists come in and the pupil changes groups."""
    with transaction.atomic():
        both = {"els": cast.els, "ed": the_other(cast)}
        for number, step in enumerate(steps, start=1):
            at = NOW + number * A_DAY
            with time_machine.travel(at, tick=False), suppress(BrokenRule):
                do(cast, both, step, at)
            assert not (objects(cast, at) and is_waiting(cast)), steps[:number]
        transaction.set_rollback(True)


def objects(cast: Cast, at: datetime) -> bool:
    return Objection.objects.filter(live(at), pupil=cast.pupil_noor, instrument=PUPIL_LIST).exists()


def is_waiting(cast: Cast) -> bool:
    open_now = Q(withdrawn_at=None, submission=None, round__closed_at=None, round__instrument=PUPIL_LIST)
    return Invitation.objects.filter(open_now, pupil=cast.pupil_noor).exists()


def the_other(cast: Cast) -> Any:
    made = member(cast.beuk, Role.GUARDIAN, "ed")
    guardian(cast.pupil_noor, made, has_authority=True)
    return made


def do(cast: Cast, both: dict[str, Any], step: str, at: datetime) -> None:
    who = both.get(step.split()[-1])
    if step == "move":
        move(cast.pupil_noor, cast.group_6b, at)
    elif step == "close":
        Round.objects.update(closed_at=at)
    elif step in {"open", "bring"}:
        made = round_of(cast.group_6a, PUPIL_LIST, f"Lijst {at:%d}")
        answered_at = at if step == "bring" else None
        take_submissions(made, [Incoming(one.pk, cast.group_6a.pk, {}, answered_at) for one in (cast.pupil_noor, cast.pupil_sem)])
    elif step.startswith("back"):
        mine = Objection.objects.filter(live(at), guardian__person=who.person).first()  # type: ignore[union-attr]
        if mine:
            take_back(who, mine, at=at)  # type: ignore[arg-type]
    else:
        object_to(who, cast.pupil_noor, PUPIL_LIST, at=at)  # type: ignore[arg-type]


def test_who_takes_back_what_another_said_is_refused(cast: Cast, ed: Any) -> None:
    made = object_to(cast.els, cast.pupil_noor, PUPIL_LIST, at=NOW)
    with pytest.raises(NotYoursToTakeBack):
        take_back(ed, made, at=NOW + A_DAY)


def test_what_a_parent_said_never_becomes_the_word_of_the_pupil(cast: Cast, asked: Round) -> None:
    said = object_to(cast.els, cast.pupil_noor, PUPIL_LIST, at=NOW)
    with pytest.raises(ProtectedError):
        Guardian.objects.filter(person=cast.els.person).delete()
    said.refresh_from_db()
    assert said.guardian is not None
    Pupil.objects.get(pk=cast.pupil_noor.pk).delete()  # with the pupil it goes, and then the parent may
    Guardian.objects.filter(person=cast.els.person).delete()
    assert not Objection.objects.exists()


def test_forms_that_a_teacher_keeps_are_no_lists_of_the_family_until_one_is_opened(cast: Cast) -> None:
    title = instrument("kring-vier-vragen", 1).title
    for who in (cast.els, cast.noor):
        assert title not in text_of(who, "pupil_lists", cast.pupil_noor.pk)
    made = round_of(cast.group_6a, "kring-vier-vragen", "Vier vragen")
    Invitation.objects.create(school=cast.beuk, round=made, group=cast.group_6a, pupil=cast.pupil_noor)
    for who in (cast.els, cast.noor):
        assert title in text_of(who, "pupil_lists", cast.pupil_noor.pk)


def test_a_list_for_guardians_is_not_asked_again_of_who_objected_while_it_was_closed(cast: Cast) -> None:
    made = round_of(cast.group_6a, "kring-ouder", "Thuis")
    els = Guardian.objects.get(person=cast.els.person)
    about = {"school": cast.beuk, "round": made, "group": cast.group_6a, "pupil": cast.pupil_noor, "guardian": els, "reason": "Omdat"}
    mine = GuardianInvitation.objects.create(**about, asked_by=cast.anna, asked_at=NOW)
    Round.objects.filter(pk=made.pk).update(closed_at=NOW)
    said = object_to(cast.els, cast.pupil_noor, "kring-ouder", at=NOW + A_DAY)
    Round.objects.filter(pk=made.pk).update(closed_at=None)
    bring_objections_in_step(made, at=NOW + 2 * A_DAY)
    mine.refresh_from_db()
    assert mine.withdrawn_at == said.from_at
    take_back(cast.els, said, at=NOW + 3 * A_DAY)
    mine.refresh_from_db()
    assert mine.withdrawn_at is None
