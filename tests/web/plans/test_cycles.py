"""What counts for a decision: the support as it is now, carried out in full; fading out is no poor execution, and goals are read apart."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kring.core.decisions import Outcome
from kring.core.fading import FadeMove
from kring.core.fidelity import CarriedOut
from kring.core.small_trials import FadingTooEarlyToClose
from kring.web.models import Goal, Plan, Point
from kring.web.plans.trials import actions
from kring.web.plans.trials.around import NOTHING_AROUND
from kring.web.plans.trials.progress import progress_of
from kring.web.plans.trials.queries import Sheet, sheet_of
from kring.web.plans.trials.weighing import weigh
from tests.cast import Cast, client_of
from tests.web.plans.test_trials import END, STARTED, helped
from tests.web.plans.trial_steps import carried_out, decided, judged, measured, running

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(weeks=1)
PROBE = date(2026, 5, 11)


@pytest.fixture(autouse=True)
def on_monday() -> Any:
    with time_machine.travel(END, tick=False):
        yield


def fading(cast: Cast) -> Plan:
    plan = helped(cast)
    actions.evaluate(cast.anna, plan, judged(plan), decided(Outcome.FADE_OUT, PROBE), at=END)
    return plan


def sheet_after(cast: Cast, weeks: int) -> Sheet:
    return sheet_of(cast.anna, Plan.objects.get(), at=END + weeks * A_WEEK)


@pytest.mark.parametrize("weeks", [1, 5, 9])
def test_who_fades_out_still_counts_among_those_who_progressed(cast: Cast, weeks: int) -> None:
    """Half of the sessions is what was agreed upon, and not a plan that was hardly carried out."""
    fading(cast)
    sheet = sheet_after(cast, weeks)
    found = progress_of([sheet], {}).found
    assert (sheet.execution.carried_out, found.progressed, found.not_judged) == (CarriedOut.WELL, 1, 0)


def test_who_faded_out_for_good_too(cast: Cast) -> None:
    plan = fading(cast)
    measured(cast.anna, plan, 7, 8, first=END + 9 * A_WEEK)
    actions.close(cast.anna, plan, at=END + 11 * A_WEEK)
    found = progress_of([sheet_after(cast, 12)], {})
    assert (found.found.progressed, found.lines[0].evidence.fidelity) == (1, 1.0)


def test_a_hand_made_request_closes_nothing_that_was_missed_twice(cast: Cast) -> None:
    """The page has no button then; the rule is that of the core."""
    plan = fading(cast)
    measured(cast.anna, plan, 3, 3, first=END + 9 * A_WEEK)
    with time_machine.travel(END + 11 * A_WEEK, tick=False):
        answer = client_of(cast.anna).post(reverse("trial_close", args=[cast.anna.pk, plan.pk]))
    assert (answer.status_code, "Ga eerst een stap terug" in answer.content.decode()) == (409, True)
    assert Plan.objects.get().state == "running"


def test_a_pupil_with_two_plans_counts_once(cast: Cast) -> None:
    """The newest says nothing yet, so the one before it speaks; both stay in the table."""
    before = helped(cast)
    now = running(cast.anna, cast.pupil_noor, text="Noor vertelt elke week iets in de kring")
    found = progress_of([sheet_of(cast.anna, plan, at=END) for plan in (now, before)], {})
    assert (len(found.lines), found.found.n, found.found.progressed, found.found.not_judged) == (2, 1, 1, 0)


def test_after_the_last_day_nothing_was_planned_any_more(cast: Cast) -> None:
    """Two weeks too late to decide: the weeks in between are nobody's poor execution, before the decision or after it."""
    plan = helped(cast)
    before = sheet_after(cast, 2).execution
    actions.evaluate(cast.anna, plan, judged(plan), decided(Outcome.FADE_OUT, PROBE), at=END + 2 * A_WEEK)
    assert sheet_after(cast, 3).execution == before


def test_back_to_the_full_support_begins_with_a_clean_log(cast: Cast) -> None:
    plan = fading(cast)
    actions.step_back(cast.anna, plan, at=END + 2 * A_WEEK)
    sheet = sheet_after(cast, 2)
    assert (sheet.fading, sheet.since) == (None, (END + 2 * A_WEEK).date())


def test_what_was_missed_before_a_step_back_asks_for_no_second_one(cast: Cast) -> None:
    plan = fading(cast)
    stopped = END + 7 * A_WEEK
    measured(cast.anna, plan, 3, 3, first=stopped - timedelta(days=4))
    actions.step_back(cast.anna, plan, at=stopped)
    found = sheet_after(cast, 7).fading
    assert found is not None
    assert (found.now.dose, found.goes_back, found.probes) == (25, False, 0)


def test_a_goal_that_falls_back_is_seen_beside_one_that_stays(cast: Cast) -> None:
    plan = fading(cast)
    falls = Goal.objects.get()
    stays = Goal.objects.create(school=plan.school, plan=plan, text="Sem begint zelf", target=6, by_on=PROBE, type="skill", level="pupil")
    for goal, value in ((falls, 3), (stays, 8)):
        for days in (1, 3, 5):
            on = (END + timedelta(days=days)).date()
            actions.measure(cast.anna, plan, goal.pk, value, on=on, at=END + A_WEEK)
    found = sheet_after(cast, 1).fading
    assert found is not None
    assert (found.move, found.probes) == (FadeMove.BACK, 3)


def test_a_goal_that_nobody_looked_at_keeps_the_plan_open(cast: Cast) -> None:
    """What stayed at one goal says nothing of the other."""
    plan = fading(cast)
    looked_at = Goal.objects.get()
    other = Goal.objects.create(school=plan.school, plan=plan, text="Sem begint zelf", target=6, by_on=PROBE, type="skill", level="pupil")
    for goal, on in [(looked_at, 9), (looked_at, 10)]:
        at = END + on * A_WEEK
        actions.measure(cast.anna, plan, goal.pk, 8, on=timezone.localdate(at), at=at)
    found = sheet_after(cast, 11).fading
    assert found is not None
    assert (found.move, found.probes) == (FadeMove.WAIT, 0)
    with pytest.raises(FadingTooEarlyToClose):
        actions.close(cast.anna, plan, at=END + 11 * A_WEEK)
    for days in (0, 1):
        at = END + 11 * A_WEEK + timedelta(days=days)
        actions.measure(cast.anna, plan, other.pk, 8, on=timezone.localdate(at), at=at)
    actions.close(cast.anna, plan, at=END + 12 * A_WEEK)
    assert Plan.objects.get().state == "evaluated"


def test_a_goal_without_a_target_can_be_closed_too(cast: Cast) -> None:
    plan = helped(cast)
    Goal.objects.update(target=None)
    fade = decided(Outcome.FADE_OUT, PROBE, "Iedereen ziet dat het lukt")
    actions.evaluate(cast.anna, plan, judged(plan), fade, at=END)
    measured(cast.anna, plan, 7, 8, first=END + 9 * A_WEEK)
    actions.close(cast.anna, plan, at=END + 11 * A_WEEK)
    assert Plan.objects.get().state == "evaluated"


def test_support_that_was_changed_gets_its_own_weeks_and_measurements(cast: Cast) -> None:
    """Six weeks without progress: it is adapted; a week later nobody can say that the adapted support does not help either."""
    plan = running(cast.anna, cast.pupil_noor)
    carried_out(cast.anna, plan, weeks=6, from_at=STARTED)
    measured(cast.anna, plan, 2, 3, 2, 2, 3, 2, 3, 2, first=STARTED, apart=5)
    stood = judged(plan, level=-1)
    first = weigh(sheet_after(cast, 1), stood, NOTHING_AROUND)
    assert (first.proposal.outcome, first.proposal.rule.value) == (Outcome.ADAPT, "no-progress")
    actions.evaluate(cast.anna, plan, stood, decided(Outcome.ADAPT, (END + 6 * A_WEEK).date()), at=END + A_WEEK)
    carried_out(cast.anna, plan, weeks=1, from_at=END + timedelta(days=8))
    again = weigh(sheet_after(cast, 2), stood, NOTHING_AROUND)
    assert (again.proposal.outcome, again.evidence.weeks, again.evidence.support_points) == (Outcome.NOT_YET, 1, 0)
    assert Point.objects.filter(phase="support").count() == 8
