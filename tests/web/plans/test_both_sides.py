"""Before a small trial begins somebody looked at the pupil and at what is around it; what is known is not asked again (R089)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.both_sides import BothSidesNotConsidered
from kring.web.models import Factor, Membership, Plan, Understanding
from kring.web.plans.trials import actions
from kring.web.plans.trials.printing import paper_of
from kring.web.plans.trials.queries import sheet_of
from tests.asking import queries_for, text_of
from tests.cast import Cast, client_of
from tests.web.plans.trial_steps import FORM, MONDAY, SIDES, measured, thought_out

pytestmark = pytest.mark.django_db
NONE = dict.fromkeys(SIDES, "")
ASKED = ("Wat speelt mee bij de leerling?", "Wat speelt mee in de klas, de school of thuis?")


@pytest.fixture(autouse=True)
def on_monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def post(actor: Membership, route: str, *keys: object, **sent: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), sent)


def without_sides(cast: Cast) -> Plan:
    plan = thought_out(cast.anna, cast.pupil_noor, parts={})
    measured(cast.anna, plan, 2, 3, 2, first=MONDAY)
    return plan


def factor(cast: Cast, side: str, text: str, **more: Any) -> Factor:
    about = {"school": cast.beuk, "pupil": cast.pupil_noor, "source": "van moeder", "author": cast.anna, "made_at": MONDAY}
    return Factor.objects.create(**about, side=side, protects=True, text=text, review_on=(MONDAY + timedelta(days=90)).date(), **more)


def understood(cast: Cast, *, days_ago: int = 0) -> Understanding:
    at = MONDAY - timedelta(days=days_ago)
    by = {"made_by": cast.anna, "made_at": at, "edited_by": cast.anna, "edited_at": at}
    sides = {"in_pupil": "Zij wacht af", "in_surroundings": "De vaste vriendin verhuisde"}
    return Understanding.objects.create(school=cast.beuk, pupil=cast.pupil_noor, **sides, **by)


def test_an_intervention_is_not_started_before_both_sides_were_considered(cast: Cast) -> None:
    """Bad input of R089: refused with a sentence, also when one side is there; the draft itself may wait for it."""
    plan = without_sides(cast)
    page = text_of(cast.anna, "trial", plan.pk)
    assert reverse("trial_edit", args=[cast.anna.pk, plan.pk]) + "#deel-kanten" in page
    assert "Vandaag beginnen" not in page
    refused = post(cast.anna, "trial_start", plan.pk)
    assert (refused.status_code, "Kijk eerst naar twee kanten" in refused.content.decode()) == (409, True)
    factor(cast, "pupil", "Zij tekent graag")
    with pytest.raises(BothSidesNotConsidered):
        actions.start(cast.anna, plan, at=MONDAY + timedelta(days=7))


def test_two_lines_in_the_form_are_enough_and_stand_on_the_page(cast: Cast) -> None:
    assert post(cast.anna, "trial_new", cast.pupil_noor.pk, **{**FORM, **NONE}).status_code == 302
    plan = Plan.objects.get()
    measured(cast.anna, plan, 2, 3, 2, first=MONDAY)
    read = plan.edited_at.isoformat()
    assert post(cast.anna, "trial_edit", plan.pk, **{**FORM, "read": read}).status_code == 302
    page = text_of(cast.anna, "trial", plan.pk)
    assert all(line in page for line in SIDES.values())
    assert post(cast.anna, "trial_start", plan.pk).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.parts) == ("running", SIDES)


@pytest.mark.parametrize("source", ["factors", "understanding"])
def test_what_is_known_is_shown_and_not_asked_again(cast: Cast, source: str) -> None:
    plan = without_sides(cast)
    if source == "understanding":
        understood(cast)
    else:
        factor(cast, "pupil", "Zij wacht af")
        factor(cast, "surroundings", "De vaste vriendin verhuisde")
    for route, key in (("trial_new", cast.pupil_noor.pk), ("trial_edit", plan.pk)):
        form = text_of(cast.bram, route, key)
        assert "De vaste vriendin verhuisde" in form
        assert not any(question in form for question in ASKED), route
    assert post(cast.anna, "trial_start", plan.pk).status_code == 302


def test_one_side_that_is_known_leaves_the_other_to_ask(cast: Cast) -> None:
    factor(cast, "surroundings", "Oma woont om de hoek")
    form = text_of(cast.anna, "trial_new", cast.pupil_noor.pk)
    assert [question in form for question in ASKED] == [True, False]
    assert post(cast.anna, "trial_new", cast.pupil_noor.pk, **FORM).status_code == 302
    assert Plan.objects.get().parts == {"in_pupil": SIDES["in_pupil"]}


def test_what_went_or_is_older_than_a_year_counts_no_more(cast: Cast) -> None:
    plan = without_sides(cast)
    understood(cast, days_ago=400)
    for side in ("pupil", "surroundings"):
        factor(cast, side, "Dit was zo", gone_at=MONDAY)
    assert "Dit was zo" not in text_of(cast.anna, "trial_edit", plan.pk)
    assert post(cast.anna, "trial_start", plan.pk).status_code == 409


def test_who_saves_second_keeps_both_lines_in_sight(cast: Cast) -> None:
    plan = thought_out(cast.anna, cast.pupil_noor)
    factor(cast, "pupil", "Zij tekent graag")
    read = (plan.edited_at - timedelta(minutes=1)).isoformat()
    both = post(cast.anna, "trial_edit", plan.pk, **{**FORM, "in_pupil": "Zij is nu vrolijker", "read": read})
    assert both.status_code == 409
    assert all(line in both.content.decode() for line in ("Zij is nu vrolijker", SIDES["in_pupil"]))


def test_three_factors_ask_the_database_as_much_as_one(cast: Cast) -> None:
    plan = thought_out(cast.anna, cast.pupil_noor, parts={})
    counts = []
    for number in (1, 2):
        for one in range(number):
            factor(cast, "pupil", f"Helpt graag {one}")
        counts.append((queries_for(cast.anna, "trial_edit", [plan.pk]), queries_for(cast.anna, "trial", [plan.pk])))
    assert counts[0] == counts[1]


def test_at_home_nobody_reads_the_lines(cast: Cast) -> None:
    plan = thought_out(cast.anna, cast.pupil_noor)
    actions.show(cast.anna, plan, to_pupil=True, to_guardians=True, at=MONDAY)
    assert SIDES["in_surroundings"] not in text_of(cast.els, "trial", plan.pk)


def test_on_paper_both_sides_stand_above_the_goal(cast: Cast) -> None:
    plan = thought_out(cast.anna, cast.pupil_noor)
    paper = paper_of(sheet_of(cast.anna, plan, at=MONDAY), plan.school, on=MONDAY.date())
    first = paper.parts[0]
    assert [text for _name, text in first.pairs] == [*SIDES.values()]
    Plan.objects.update(parts={})
    assert first not in paper_of(sheet_of(cast.anna, Plan.objects.get(), at=MONDAY), plan.school, on=MONDAY.date()).parts
