"""A deepened cycle: it grows from the first, needs talks and more than the pupil, and does not close unseen."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kring.core.decisions import Outcome
from kring.core.deepening import ClosedWithoutTransfer, Setting
from kring.web.models import Gathering, Goal, Guardian, Membership, Plan, PlanAgreement, TransferCheck
from kring.web.plans.deepened import actions as deep
from kring.web.plans.trials import actions
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.web.plans.trial_steps import ALL_STEPS, FORM, MONDAY, carried_out, decided, judged, new_trial, running

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=48)
WHY = "Thuis en in de klas loopt het nu al goed"
DAYS = {"starts_on": "2026-03-09", "ends_on": "2026-05-01"}
DOCUMENT = {
    "title": "Durven meedoen",
    "overview": "Zij helpt graag. Voordoen hielp een beetje.",
    "insight": "Zij kent de spelregels niet.",
    "outlook": "Zij wil meedoen met voetbal.",
    "others": "",
    "outside": "no",
    "outside_because": "Wij willen eerst zelf verder kijken",
    "transfer": "Op het plein, de pleinwacht helpt.",
    **DAYS,
}


@pytest.fixture(autouse=True)
def that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def post(actor: Membership, route: str, *keys: object, **sent: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), sent)


def opened(cast: Cast) -> Plan:
    days = {"starts_on": date(2026, 3, 9), "ends_on": date(2026, 5, 1)}
    return deep.open_deepened(cast.anna, cast.pupil_noor, title="Durven meedoen", because=WHY, **days, steps=ALL_STEPS, at=NOW)


def with_goals(cast: Cast, *levels: str) -> Plan:
    plan = opened(cast)
    for level in levels:
        new = new_trial(level=level)
        deep.add_goal(cast.anna, plan, new.goal, new.step, at=NOW)
    return plan


def talked(cast: Cast, kind: str) -> None:
    when = NOW - timedelta(days=3)
    about: dict[str, Any] = {"school": cast.beuk, "pupil": cast.pupil_noor, "group": None, "kind": kind, "purpose": "Samen kijken"}
    Gathering.objects.create(**about, planned_at=when, held_at=when, made_by=cast.anna, made_at=when, edited_at=when)


def written(cast: Cast, plan: Plan, **other: str) -> Any:
    plan.refresh_from_db()
    return post(cast.anna, "deepened_edit", plan.pk, **{**DOCUMENT, **other, "read": plan.edited_at.isoformat()})


def test_it_opens_from_the_first_cycle(cast: Cast) -> None:
    first = running(cast.anna, cast.pupil_noor)
    carried_out(cast.anna, first, weeks=6, from_at=MONDAY + timedelta(days=7))
    actions.evaluate(cast.anna, first, judged(first, level=-1, danger=True), decided(Outcome.DEEPEN, date(2026, 3, 9)), at=NOW)
    assert "Verdiepte cyclus beginnen" in text_of(cast.anna, "trial", first.pk)
    assert post(cast.anna, "deepened_new", cast.pupil_noor.pk, title="Durven meedoen", **DAYS).status_code == 302
    plan = Plan.objects.get(kind="deepened")
    assert (plan.previous, plan.seen_as, plan.stage) == (first, "plandraft", "deepened")
    assert first.title in text_of(cast.anna, "deepened", plan.pk)


def test_without_a_first_cycle_it_asks_why(cast: Cast) -> None:
    answer = post(cast.anna, "deepened_new", cast.pupil_noor.pk, title="Durven meedoen", because="", first_steps=ALL_STEPS.steps, **DAYS)
    assert answer.status_code == 409
    assert not Plan.objects.exists()
    assert (
        post(
            cast.anna, "deepened_new", cast.pupil_noor.pk, title="Durven meedoen", because=WHY, first_steps=ALL_STEPS.steps, **DAYS
        ).status_code
        == 302
    )


def test_it_is_agreed_upon_after_talks_with_more_than_the_pupil_in_it(cast: Cast) -> None:
    plan = with_goals(cast, "pupil")
    said = post(cast.anna, "deepened_agree", plan.pk)
    assert (said.status_code, "Alle doelen gaan over de leerling" in said.content.decode()) == (409, True)
    assert written(cast, plan, others=WHY).status_code == 302
    assert "Praat eerst met de leerling" in post(cast.anna, "deepened_agree", plan.pk).content.decode()
    talked(cast, "pupil_talk")
    assert "Praat eerst met de ouders" in post(cast.anna, "deepened_agree", plan.pk).content.decode()
    talked(cast, "guardian_talk")
    assert post(cast.anna, "deepened_agree", plan.pk).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.seen_as, plan.versions.count()) == ("agreed", "plan", 1)
    assert may_look(cast, "deepened", plan.pk) == {"anna", "bram", "rik", "els", "noor"}


def test_a_family_gets_nothing_to_do_without_its_yes_and_outside_help_is_weighed(cast: Cast) -> None:
    plan = with_goals(cast, "pupil", "family")
    talked(cast, "three_way_talk")
    assert "het gezin gaat doen" in post(cast.anna, "deepened_agree", plan.pk).content.decode()
    els = {"guardian": str(Guardian.objects.get(person=cast.els.person).pk), "method": "talk", "note": "Elke avond lezen"}
    assert post(cast.anna, "deepened_family", plan.pk, **els, answer="no").status_code == 302
    assert "het gezin gaat doen" in post(cast.anna, "deepened_agree", plan.pk).content.decode()
    assert post(cast.anna, "deepened_family", plan.pk, **els, answer="yes").status_code == 302
    assert PlanAgreement.objects.get().answer == "yes"
    assert "Elke avond lezen" in text_of(cast.anna, "deepened", plan.pk)
    written(cast, plan, outside="")
    assert "hulp van buiten" in post(cast.anna, "deepened_agree", plan.pk).content.decode()
    written(cast, plan)
    assert post(cast.anna, "deepened_agree", plan.pk).status_code == 302


def test_what_is_settled_weighs_no_longer(cast: Cast) -> None:
    plan = with_goals(cast, "pupil", "group")
    goal = Goal.objects.filter(plan=plan, level="group").get()
    assert post(cast.anna, "deepened_settle", plan.pk, goal.pk).status_code == 302
    assert post(cast.anna, "deepened_settle", plan.pk, plan.pk).status_code == 404
    assert "1 doel is bereikt" in text_of(cast.anna, "deepened", plan.pk)


def test_a_goal_comes_by_the_form(cast: Cast) -> None:
    plan = opened(cast)
    assert post(cast.anna, "deepened_goal", plan.pk, **{**FORM, "level": "group"}).status_code == 302
    refused = post(cast.anna, "deepened_goal", plan.pk, **{**FORM, "text": "Noor gedraagt zich beter in de klas"})
    assert (refused.status_code, Goal.objects.get().level) == (409, "group")


def test_it_does_not_fade_out_before_it_is_seen_in_class_outside_or_at_home(cast: Cast) -> None:
    plan = with_goals(cast, "pupil")
    goal = Goal.objects.get()
    for number in range(3):
        at = NOW + timedelta(days=number)
        actions.measure(cast.bram, plan, goal.pk, 2, on=timezone.localdate(at), at=at)
    written(cast, plan, others=WHY)
    talked(cast, "three_way_talk")
    deep.agree(cast.anna, plan, at=NOW)
    actions.start(cast.bram, plan, at=NOW + timedelta(days=7))
    begun = NOW + timedelta(days=7)
    carried_out(cast.bram, plan, weeks=8, from_at=begun)
    for number in range(8):
        at = begun + timedelta(days=5 * number)
        actions.measure(cast.bram, plan, goal.pk, 8, on=timezone.localdate(at), at=at)
    end = begun + timedelta(weeks=8)
    fade = decided(Outcome.FADE_OUT, (end + timedelta(weeks=10)).date())
    with pytest.raises(ClosedWithoutTransfer):
        actions.evaluate(cast.bram, plan, judged(plan), fade, at=end)
    with time_machine.travel(end, tick=False):
        assert "Deze week nog niet gekeken" in text_of(cast.anna, "deepened", plan.pk)
        sent = {"setting": "playground", "used": "yes", "told_by": "de pleinwacht", "on": end.date().isoformat()}
        half = post(cast.anna, "deepened_transfer", plan.pk, **{**sent, "used": ""})
        assert (half.status_code, 'value="de pleinwacht"' in half.content.decode()) == (200, True)
        assert post(cast.anna, "deepened_transfer", plan.pk, **sent).status_code == 302
    assert TransferCheck.objects.get().setting == Setting.PLAYGROUND
    actions.evaluate(cast.bram, plan, judged(plan), fade, at=end)


def test_who_saves_second_sees_both_texts(cast: Cast) -> None:
    plan = opened(cast)
    read = plan.edited_at.isoformat()
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert post(cast.bram, "deepened_edit", plan.pk, **{**DOCUMENT, "insight": "Wat Bram dacht", "read": read}).status_code == 302
        answer = post(cast.anna, "deepened_edit", plan.pk, **{**DOCUMENT, "insight": "Wat Anna dacht", "read": read})
    assert answer.status_code == 409
    assert all(words in answer.content.decode() for words in ("Wat Bram dacht", "Wat Anna dacht"))


def test_others_do_not_find_it_and_three_goals_ask_as_much_as_one(cast: Cast) -> None:
    plan = with_goals(cast, "pupil")
    one = queries_for(cast.anna, "deepened", [plan.pk])
    assert may_look(cast, "deepened", plan.pk) == {"anna", "bram"}
    assert may_look(cast, "deepened_new", cast.pupil_noor.pk) == {"anna", "bram"}
    for level in ("group", "family"):
        new = new_trial(level=level)
        deep.add_goal(cast.anna, plan, new.goal, new.step, at=NOW)
    assert queries_for(cast.anna, "deepened", [plan.pk]) == one


def test_a_pupil_reads_it_without_buttons_of_the_school(cast: Cast) -> None:
    plan = with_goals(cast, "group")
    Plan.objects.filter(pk=plan.pk).update(state="running", seen_as="plan", agreed_at=NOW)
    page = text_of(cast.noor, "deepened", plan.pk)
    routes = ("deepened_edit", "deepened_goal", "pupil_behaviour", "check_in_cards")
    addresses = [
        reverse(route, args=[cast.noor.pk, cast.pupil_noor.pk if "pupil" in route or "check" in route else plan.pk]) for route in routes
    ]
    assert [one for one in addresses if one in page] == []


def test_an_agreed_cycle_gets_nothing_of_the_family_behind_its_back(cast: Cast) -> None:
    plan = with_goals(cast, "group")
    Plan.objects.filter(pk=plan.pk).update(state="agreed", seen_as="plan", agreed_at=NOW)
    sent = {**FORM, "level": "family", "text": "Elke avond tien minuten samen lezen"}
    refused = post(cast.bram, "deepened_goal", plan.pk, **sent)
    assert (refused.status_code, "het gezin gaat doen" in refused.content.decode()) == (409, True)
    assert reverse("deepened_family", args=[cast.bram.pk, plan.pk]) in text_of(cast.bram, "deepened", plan.pk)
    els = {"guardian": str(Guardian.objects.get(person=cast.els.person).pk), "method": "talk", "note": "", "answer": "yes"}
    assert post(cast.bram, "deepened_family", plan.pk, **els).status_code == 302
    assert post(cast.bram, "deepened_goal", plan.pk, **sent).status_code == 302


def test_what_was_evaluated_is_not_written_anew(cast: Cast) -> None:
    plan = with_goals(cast, "group")
    assert written(cast, plan).status_code == 302
    Plan.objects.filter(pk=plan.pk).update(state="evaluated", seen_as="plan", evaluated_at=NOW)
    plan.refresh_from_db()
    goal = Goal.objects.get(plan=plan)
    tries = (
        post(cast.bram, "deepened_edit", plan.pk, **{**DOCUMENT, "overview": "Het was anders.", "read": plan.edited_at.isoformat()}),
        post(cast.bram, "deepened_settle", plan.pk, goal.pk),
        post(cast.bram, "deepened_goal", plan.pk, **{**FORM, "level": "group", "text": "Samen naar buiten gaan zonder duwen"}),
    )
    assert [one.status_code for one in tries] == [409, 409, 409]
    plan.refresh_from_db()
    goal.refresh_from_db()
    assert (plan.parts["overview"], goal.met_at, plan.goals.count()) == (DOCUMENT["overview"], None, 1)
