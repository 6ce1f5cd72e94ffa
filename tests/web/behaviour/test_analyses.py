"""Why behaviour happens: several people each add what they saw, four questions, a guess that is not asked too soon, and a plan."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.access import Role
from kring.web.behaviour.actions import add_record
from kring.web.behaviour.models import BehaviourRecord, FunctionAnalysis
from kring.web.models import Case, CaseMember, Evaluation, Membership
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, member
from tests.web.behaviour.behaviour_steps import ANSWERS, BEHAVIOUR, begun, seen, watched
from tests.web.plans.trial_steps import running

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
RECORD = {"before_kind": "task", "before": "", "behaviour": BEHAVIOUR, "after_kind": "away", "after": "", "place": "classroom"}
THEN = {"day": "2026-03-04", "clock": "09:30"}


@pytest.fixture(autouse=True)
def that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def post(actor: Membership, route: str, *keys: object, **sent: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), sent)


def filled(analysis: FunctionAnalysis, **other: str) -> dict[str, str]:
    analysis.refresh_from_db()
    return {**ANSWERS, "function": "", "hypothesis": "", **other, "read": analysis.edited_at.isoformat()}


def on_case(cast: Cast, role: Role, name: str) -> Membership:
    """Somebody who helps on a case of Noor."""
    made = member(cast.beuk, role, name)
    opened = {"purpose": "Samen kijken", "opened_by": cast.bram}
    case, _new = Case.objects.get_or_create(school=cast.beuk, pupil=cast.pupil_noor, defaults={**opened, "from_at": START})
    CaseMember.objects.create(school=cast.beuk, case=case, membership=made, from_at=START)
    return made


def test_it_begins_from_the_page_of_the_pupil_and_three_taps_make_a_record(cast: Cast) -> None:
    assert reverse("pupil_behaviour", args=[cast.anna.pk, cast.pupil_noor.pk]) in text_of(cast.anna, "pupil_help", cast.pupil_noor.pk)
    assert "Nog geen analyse" in text_of(cast.anna, "pupil_behaviour", cast.pupil_noor.pk)
    assert post(cast.anna, "function_analysis_new", cast.pupil_noor.pk, behaviour=BEHAVIOUR).status_code == 302
    analysis = FunctionAnalysis.objects.get()
    assert BEHAVIOUR in text_of(cast.anna, "behaviour_record_new", analysis.pk)
    assert post(cast.anna, "behaviour_record_new", analysis.pk, **RECORD, **THEN).status_code == 302
    assert BehaviourRecord.objects.get().observer == cast.anna
    shown = text_of(cast.anna, "function_analysis", analysis.pk)
    assert all(words in shown for words in ("kreeg een opdracht", "1 notitie", "Nog 5 notities", "Nog geen vermoeden"))


def test_a_record_that_breaks_a_rule_comes_back_with_what_was_typed(cast: Cast) -> None:
    analysis = begun(cast.anna, cast.pupil_noor, at=NOW)
    sent = {**RECORD, **THEN, "behaviour": "Riep door de klas", "before_kind": "other"}
    answer = post(cast.anna, "behaviour_record_new", analysis.pk, **sent)
    assert (answer.status_code, "iets anders" in answer.content.decode(), "Riep door de klas" in answer.content.decode()) == (
        409,
        True,
        True,
    )
    assert post(cast.anna, "behaviour_record_new", analysis.pk, **RECORD, day="2026-03-05", clock="09:00").status_code == 409
    assert post(cast.anna, "behaviour_record_new", analysis.pk, behaviour="").status_code == 200
    assert not BehaviourRecord.objects.exists()


def test_who_helps_on_the_case_adds_what_was_seen(cast: Cast) -> None:
    """A remedial teacher knows what to watch, and reads no answers and no guess; a specialist reads all of it."""
    analysis = begun(cast.anna, cast.pupil_noor, at=NOW)
    remi, gabi = on_case(cast, Role.REMEDIAL_TEACHER, "remi"), on_case(cast, Role.BEHAVIOUR_SPECIALIST, "gabi")
    assert post(remi, "behaviour_record_new", analysis.pk, **RECORD, **THEN).status_code == 302
    assert "1 keer opgeschreven" in text_of(remi, "pupil_behaviour", cast.pupil_noor.pk)
    assert look(remi, "function_analysis", analysis.pk).status_code == 404
    assert look(gabi, "function_analysis", analysis.pk).status_code == 200


def test_bad_input_of_r146_no_guess_of_one_observer_nor_on_few_records(cast: Cast) -> None:
    analysis = begun(cast.anna, cast.pupil_noor, at=NOW)
    guess = {"function": "avoid_task", "hypothesis": "Zij loopt weg als de taak lang is."}
    few = post(cast.anna, "function_analysis_edit", analysis.pk, **filled(analysis, **guess))
    assert (few.status_code, "te weinig notities" in few.content.decode(), "De taken zijn lang" in few.content.decode()) == (
        409,
        True,
        True,
    )
    watched(analysis, [cast.anna], times=6, at=NOW - timedelta(days=1))
    alone = post(cast.anna, "function_analysis_edit", analysis.pk, **filled(analysis, **guess))
    assert (alone.status_code, "Eén persoon zag dit" in alone.content.decode()) == (409, True)
    assert "door één persoon gezien" in text_of(cast.anna, "function_analysis", analysis.pk)
    add_record(cast.bram, analysis, seen(NOW), at=NOW)
    assert post(cast.anna, "function_analysis_edit", analysis.pk, **filled(analysis, **guess)).status_code == 302
    shown = text_of(cast.anna, "function_analysis", analysis.pk)
    assert "Misschien om een taak uit te stellen" in shown
    assert "Dit is een vermoeden" in shown


def test_a_label_in_it_is_held_up_to_who_writes(cast: Cast) -> None:
    analysis = begun(cast.anna, cast.pupil_noor, at=NOW)
    assert "Kijk nog eens naar deze woorden" not in text_of(cast.anna, "function_analysis", analysis.pk)
    post(cast.anna, "function_analysis_edit", analysis.pk, **filled(analysis, known="Zij is lui bij rekenen."))
    assert "<q>lui</q> (een etiket)" in text_of(cast.anna, "function_analysis", analysis.pk)


def test_four_answers_settle_it_and_it_leads_to_a_plan(cast: Cast) -> None:
    analysis = begun(cast.anna, cast.pupil_noor, at=NOW)
    watched(analysis, [cast.anna, cast.bram], times=6, at=NOW - timedelta(days=1))
    post(cast.anna, "function_analysis_edit", analysis.pk, **filled(analysis, learned=""))
    open_still = post(cast.anna, "function_analysis_settle", analysis.pk)
    assert (open_still.status_code, "Er ontbreken er nog 1" in open_still.content.decode()) == (409, True)
    post(cast.anna, "function_analysis_edit", analysis.pk, **filled(analysis))
    assert post(cast.anna, "function_analysis_settle", analysis.pk).status_code == 302
    shown = text_of(cast.anna, "function_analysis", analysis.pk)
    assert reverse("trial_new", args=[cast.anna.pk, cast.pupil_noor.pk]) in shown
    assert reverse("deepened_new", args=[cast.anna.pk, cast.pupil_noor.pk]) in shown
    for route, sent in (("function_analysis_edit", filled(analysis)), ("behaviour_record_new", {**RECORD, **THEN})):
        assert post(cast.anna, route, analysis.pk, **sent).status_code == 409, route


def test_what_earlier_plans_taught_stands_beside_the_third_question(cast: Cast) -> None:
    analysis, plan = begun(cast.anna, cast.pupil_noor, at=NOW), running(cast.anna, cast.pupil_noor)
    ended = {"evaluated_by": cast.anna, "evaluated_at": NOW, "carried_out": "Elke dag", "effect": "De kaart hielp op maandag"}
    Evaluation.objects.create(school=cast.beuk, plan=plan, decision="adapt", **ended)
    for route in ("function_analysis", "function_analysis_edit"):
        assert "De kaart hielp op maandag" in text_of(cast.anna, route, analysis.pk), route


def test_who_saves_second_sees_both_texts(cast: Cast) -> None:
    analysis = begun(cast.anna, cast.pupil_noor, at=NOW)
    first, second = filled(analysis, known="Wat Bram weet van dit gedrag"), filled(analysis, known="Wat Anna weet van dit gedrag")
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert post(cast.bram, "function_analysis_edit", analysis.pk, **first).status_code == 302
        answer = post(cast.anna, "function_analysis_edit", analysis.pk, **second)
    assert answer.status_code == 409
    assert all(words in answer.content.decode() for words in ("Wat Bram weet", "Wat Anna weet"))


def test_others_do_not_find_it_and_three_records_ask_as_much_as_one(cast: Cast) -> None:
    analysis = begun(cast.anna, cast.pupil_noor, at=NOW)
    watched(analysis, [cast.anna], times=1, at=NOW - timedelta(days=2))
    one = {route: queries_for(cast.anna, route, [key]) for route, key in pages(cast, analysis)}
    watched(analysis, [cast.anna, cast.bram, cast.anna], times=3, at=NOW - timedelta(days=1))
    begun(cast.bram, cast.pupil_noor, at=NOW)
    begun(cast.bram, cast.pupil_noor, at=NOW)
    for route, key in pages(cast, analysis):
        assert queries_for(cast.anna, route, [key]) == one[route], route
        assert may_look(cast, route, key) == {"anna", "bram"}, route


def pages(cast: Cast, analysis: FunctionAnalysis) -> list[tuple[str, object]]:
    return [("function_analysis", analysis.pk), ("pupil_behaviour", cast.pupil_noor.pk)]
