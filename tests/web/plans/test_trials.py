"""A small trial: thought out, measured first, ticked off, judged, decided upon, faded out and back, and shown."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.decisions import Outcome
from kring.core.errors import BrokenRule
from kring.core.small_trials import (
    BaselineTooShort,
    DeviationWithoutReason,
    EffectCannotBeJudged,
    FadingTooEarlyToClose,
    NotToBeDecidedYet,
    RenewedBefore,
)
from kring.web.models import Evaluation, Goal, Mark, Membership, Plan, PlanVersion, Point, Step
from kring.web.plans.trials import actions
from kring.web.plans.trials.queries import sheet_of, week_lines
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.web.plans.trial_steps import FORM, MONDAY, carried_out, decided, judged, measured, running, thought_out

pytestmark = pytest.mark.django_db
STARTED = MONDAY + timedelta(days=7)
END = MONDAY + timedelta(days=48)  # six weeks after the start


@pytest.fixture(autouse=True)
def on_monday() -> Any:
    with time_machine.travel(END, tick=False):
        yield


def post(actor: Membership, route: str, *keys: object, **sent: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), sent)


def think(actor: Membership, cast: Cast, **other: Any) -> Any:
    with time_machine.travel(MONDAY, tick=False):
        return post(actor, "trial_new", cast.pupil_noor.pk, **{**FORM, **other})


def helped(cast: Cast) -> Plan:
    """Six weeks, carried out well, with a clear rise to the target."""
    plan = running(cast.anna, cast.pupil_noor)
    carried_out(cast.anna, plan, weeks=6, from_at=STARTED)
    measured(cast.anna, plan, 4, 5, 6, 7, 7, 8, 7, 8, first=STARTED, apart=5)
    return plan


def test_it_is_thought_out_with_goal_levels_and_steps(cast: Cast) -> None:
    answer = think(cast.anna, cast)
    plan, goal, step = Plan.objects.get(), Goal.objects.get(), Step.objects.get()
    assert answer.headers["Location"] == reverse("trial", args=[cast.anna.pk, plan.pk])
    assert (plan.kind, plan.state, plan.seen_as, plan.stage) == ("trial", "draft", "intervention", "small_trial")
    assert (goal.levels["0"], goal.own_words_by_text, goal.target) == ("vraagt drie keer", "", 6)
    assert step.core_steps == ["voordoen", "oefenen", "terugkijken"]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"text": "Noor gedraagt zich beter in de klas"}, "nog niet te zien of te tellen"),
        ({"ends_on": ""}, "Dit veld is verplicht"),
        ({"ends_on": "2026-05-29"}, "duurt 4 tot 8 weken"),
        ({"starts_on": "2026-01-09", "ends_on": "2026-02-27"}, "eerste dag vanaf vandaag"),
        ({"where": "apart"}, "Hulp buiten de klas als eerste stap"),
        ({"level_3": "vraagt drie keer"}, "Twee niveaus zeggen hetzelfde"),
        ({"by_pupil": "", "own_words_by": ""}, "wie de woorden van de leerling opschreef"),
        ({"target": "11"}, "0 tot en met 10"),
    ],
)
def test_what_is_vague_endless_or_apart_is_refused_and_nothing_typed_is_lost(cast: Cast, other: dict[str, str], said: str) -> None:
    answer = think(cast.anna, cast, **other)
    page = answer.content.decode()
    assert answer.status_code in (200, 409)
    assert said in page
    assert "Voordoen en samen oefenen" in page
    assert not Plan.objects.exists()


def test_a_goal_is_worked_on_in_one_plan_at_a_time(cast: Cast) -> None:
    """R107: a second cycle on the same goal is refused, also while the first is only thought out; of another pupil it is another goal."""
    thought_out(cast.anna, cast.pupil_noor)
    answer = think(cast.anna, cast)
    assert (answer.status_code, "Aan dit doel wordt al gewerkt" in answer.content.decode()) == (409, True)
    thought_out(cast.anna, cast.pupil_sem)
    assert Plan.objects.count() == 2


def test_it_starts_after_three_measurements(cast: Cast) -> None:
    plan = thought_out(cast.anna, cast.pupil_noor)
    measured(cast.anna, plan, 2, 3, first=MONDAY)
    with pytest.raises(BaselineTooShort):
        actions.start(cast.anna, plan, at=STARTED)
    assert post(cast.anna, "trial_start", plan.pk).status_code == 409
    measured(cast.anna, plan, 2, first=MONDAY + timedelta(days=4))
    assert post(cast.anna, "trial_start", plan.pk).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.starts_on, plan.ends_on) == ("running", END.date(), END.date() + timedelta(days=39))


def test_one_tap_a_day_counts_and_the_last_one_wins(cast: Cast) -> None:
    plan = running(cast.anna, cast.pupil_noor)
    step = Step.objects.get()
    for done in ("no", "yes"):
        answer = post(cast.anna, "trial_tick", plan.pk, step=step.pk, done=done, core_steps_done="1", back="home")
        assert answer.headers["Location"] == reverse("home", args=[cast.anna.pk])
    mark = Mark.objects.get()
    assert (mark.is_done, mark.core_steps_done, mark.on) == (True, 1, END.date())
    assert post(cast.anna, "trial_tick", plan.pk, step=step.pk, done="yes", core_steps_done="5").status_code == 409
    assert post(cast.anna, "trial_tick", plan.pk, step=step.pk, done="yes", on="2026-01-12").status_code == 409
    assert post(cast.anna, "trial_tick", plan.pk, step=plan.pk, done="yes").status_code == 404


def test_a_value_takes_one_number_and_knows_its_phase(cast: Cast) -> None:
    plan = running(cast.anna, cast.pupil_noor)
    goal = Goal.objects.get()
    assert post(cast.anna, "trial_measure", plan.pk, goal.pk, value="7", on="2026-02-02", observer="Anna").status_code == 302
    assert Point.objects.get(on=date(2026, 2, 2)).phase == "support"
    assert Point.objects.filter(phase="baseline").count() == 3
    assert post(cast.anna, "trial_measure", plan.pk, goal.pk, value="11", on="2026-02-03").status_code == 409
    assert post(cast.anna, "trial_measure", plan.pk, goal.pk, value="x", on="2026-02-03").status_code == 200
    assert post(cast.anna, "trial_measure", plan.pk, plan.pk, value="1", on="2026-02-03").status_code == 404


def test_the_graph_the_six_questions_and_the_table_stand_beside_each_other(cast: Cast) -> None:
    plan = helped(cast)
    page = text_of(cast.anna, "trial", plan.pk)
    assert "<svg" in page
    assert "tijdens: 8 metingen, midden 7" in page
    assert "18 keer gedaan van de 18 keer" in page
    asked = text_of(cast.anna, "trial_evaluate", plan.pk)
    assert asked.count(">overslaan<") == 6
    assert "Het voorstel van Kring" not in asked


def test_the_proposal_shows_what_it_rests_on_and_people_decide(cast: Cast) -> None:
    plan = helped(cast)
    sent = {"carried_out": "Bijna elke dag gedaan", "effect": "Noor vraagt nu vaker", "reached_0": "0", "pupil_view": "agrees"}
    sent |= {"guardians_view": "agrees", "level": "better", "pupil_words": "Het lukt!", "by_pupil": "on"}
    page = post(cast.anna, "trial_evaluate", plan.pk, **sent).content.decode()
    assert "Het voorstel van Kring" in page
    assert "Afbouwen" in page
    assert "3 vooraf, 8 tijdens" in page
    assert "Wat dit niet zegt" in page
    assert not Evaluation.objects.exists()
    half = post(cast.anna, "trial_evaluate", plan.pk, **sent, decision="adapt").content.decode()
    assert "Er is nog niets bewaard" in half
    other = post(cast.anna, "trial_evaluate", plan.pk, **sent, decision="adapt", next_on="2026-03-30")
    assert (other.status_code, "Schrijf op waarom" in other.content.decode()) == (409, True)
    assert post(cast.anna, "trial_evaluate", plan.pk, **sent, decision="fade-out", next_on="2026-05-11").status_code == 302
    made = Evaluation.objects.get()
    assert (made.decision, made.proposal["rule"], made.proposal["fidelity"], made.pupil_words_by) == ("fade-out", "goal-reached", 1.0, "")
    assert made.checks == {"level": "better"}
    plan.refresh_from_db()
    assert (plan.state, plan.ends_on) == ("running", date(2026, 5, 11))
    assert "50 procent" in text_of(cast.anna, "trial", plan.pk)


def test_what_was_hardly_done_says_nothing_about_effect(cast: Cast) -> None:
    plan = running(cast.anna, cast.pupil_noor)
    carried_out(cast.anna, plan, weeks=2, from_at=STARTED)
    measured(cast.anna, plan, 7, 8, 8, 8, 9, 9, first=STARTED, apart=3)
    look = decided(Outcome.CONTINUE_WORKABLE, date(2026, 3, 30))
    with pytest.raises(EffectCannotBeJudged):
        actions.evaluate(cast.anna, plan, judged(plan), look, at=END)
    actions.evaluate(cast.anna, plan, judged(plan, effect=""), look, at=END)
    assert Evaluation.objects.get().proposal["rule"] == "not-carried-out"
    sheet = sheet_of(cast.anna, Plan.objects.get(), at=END + timedelta(days=14))
    assert (sheet.execution.n, sheet.execution.n_valid) == (6, 0)  # a repaired plan begins with a clean log


def test_with_an_empty_log_nothing_is_decided(cast: Cast) -> None:
    plan = running(cast.anna, cast.pupil_noor)
    with pytest.raises((EffectCannotBeJudged, NotToBeDecidedYet)):
        actions.evaluate(cast.anna, plan, judged(plan), decided(Outcome.FADE_OUT, date(2026, 3, 30), "Het gaat heel goed"), at=END)


def test_without_the_pupils_view_nothing_is_decided(cast: Cast) -> None:
    plan = helped(cast)
    with pytest.raises(NotToBeDecidedYet):
        actions.evaluate(
            cast.anna, plan, judged(plan, pupil_view=""), decided(Outcome.CONTINUE, date(2026, 3, 30), "Wij gaan door"), at=END
        )


@pytest.mark.parametrize(("outcome", "broken"), [(Outcome.CONTINUE, RenewedBefore), (Outcome.DEEPEN, DeviationWithoutReason)])
def test_going_on_unchanged_is_for_once(cast: Cast, outcome: Outcome, broken: type[BrokenRule]) -> None:
    plan = helped(cast)
    actions.evaluate(cast.anna, plan, judged(plan, level=-1), decided(Outcome.CONTINUE, date(2026, 4, 10)), at=END)
    carried_out(cast.anna, plan, weeks=5, from_at=END + timedelta(days=1))
    with pytest.raises(broken):
        actions.evaluate(cast.anna, plan, judged(plan, level=-1), decided(outcome, date(2026, 5, 22)), at=END + timedelta(weeks=6))


def test_it_stays_overdue_until_somebody_decides(cast: Cast) -> None:
    plan = running(cast.anna, cast.pupil_noor)
    with time_machine.travel(END + timedelta(weeks=4), tick=False):
        assert "Er is nog niets besloten" in text_of(cast.anna, "trial", plan.pk)
        assert "wacht nog" in text_of(cast.anna, "home")


def test_it_is_faded_out_and_back_and_closed_after_the_probe(cast: Cast) -> None:
    plan = helped(cast)
    actions.evaluate(cast.anna, plan, judged(plan), decided(Outcome.FADE_OUT, date(2026, 5, 11)), at=END)
    measured(cast.anna, plan, 3, 3, first=END + timedelta(weeks=4))
    later = END + timedelta(weeks=5)
    sheet = sheet_of(cast.anna, Plan.objects.get(), at=later)
    assert sheet.fading is not None
    assert (sheet.fading.goes_back, sheet.fading.now.dose) == (True, 25)
    actions.step_back(cast.anna, plan, at=later)
    sheet = sheet_of(cast.anna, Plan.objects.get(), at=later)
    assert sheet.fading is not None
    assert (sheet.fading.now.dose, sheet.fading.probes) == (50, 0)
    with pytest.raises(FadingTooEarlyToClose):
        actions.close(cast.anna, plan, at=later)
    assert [len(week_lines(cast.anna, at=later + timedelta(weeks=weeks))[0].steps) for weeks in (0, 8)] == [1, 0]  # stopped: no tick
    measured(cast.anna, plan, 7, 8, first=later + timedelta(weeks=8))
    actions.close(cast.anna, plan, at=later + timedelta(weeks=10, days=1))
    assert Plan.objects.get().state == "evaluated"


def test_while_it_runs_only_what_is_done_changes_and_the_version_is_kept(cast: Cast) -> None:
    plan = running(cast.anna, cast.pupil_noor)
    read = plan.edited_at.isoformat()
    answer = post(
        cast.anna, "trial_edit", plan.pk, **{**FORM, "text": "Iets heel anders dan dit doel", "what": "Samen spelen", "read": read}
    )
    assert answer.status_code == 302
    assert (Goal.objects.get().text, Step.objects.get().text) == (FORM["text"], "Samen spelen")
    assert PlanVersion.objects.get().body["steps"][0]["text"] == FORM["what"]


def test_who_saves_second_sees_both_texts(cast: Cast) -> None:
    plan = thought_out(cast.anna, cast.pupil_noor)
    with time_machine.travel(MONDAY + timedelta(minutes=5), tick=False):
        read = plan.edited_at.isoformat()
        assert post(cast.bram, "trial_edit", plan.pk, **{**FORM, "what": "Wat Bram schreef", "read": read}).status_code == 302
        answer = post(cast.anna, "trial_edit", plan.pk, **{**FORM, "what": "Wat Anna schreef", "read": read})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Wat Bram schreef" in page
    assert "Wat Anna schreef" in page


def test_family_reads_it_after_a_talk_and_not_before(cast: Cast) -> None:
    plan = helped(cast)
    assert may_look(cast, "trial", plan.pk) == {"anna", "bram"}
    assert post(cast.anna, "trial_show", plan.pk).status_code == 409  # nobody was chosen, so nobody “kan het nu lezen”
    assert post(cast.anna, "trial_show", plan.pk, to_pupil="on", to_guardians="on").status_code == 302
    assert may_look(cast, "trial", plan.pk) == {"anna", "bram", "els", "noor"}
    page = text_of(cast.els, "trial", plan.pk)
    assert "Waar wij naartoe werken" in page
    assert "Aanpassen" not in page
    assert post(cast.els, "trial_start", plan.pk).status_code == 404


def test_a_pupil_without_a_plan_is_spoken_to_as_you_and_a_coordinator_can_begin_with_an_opp(cast: Cast) -> None:
    """A pupil may come from another school with a support plan: then no small trial comes first."""
    key = cast.pupil_noor.pk
    assert "Mijn plannen" in text_of(cast.noor, "home")
    assert "ze met jou besprak" in text_of(cast.noor, "pupil_plans", key)
    assert "ze met u besprak" in text_of(cast.els, "pupil_plans", key)
    assert reverse("pupil_plans", args=[cast.els.pk, key]) in client_of(cast.els).get(reverse("home", args=[cast.els.pk])).content.decode()
    page = client_of(cast.bram).get(reverse("pupil_plans", args=[cast.bram.pk, key])).content.decode()
    assert reverse("development_plan_new", args=[cast.bram.pk, key]) in page


def test_what_one_saw_is_one_tap_away_in_the_own_week(cast: Cast) -> None:
    page = client_of(cast.anna).get(reverse("home", args=[cast.anna.pk])).content.decode()
    assert reverse("group_signal_new", args=[cast.anna.pk, cast.group_6a.pk]) in page


def test_others_do_not_find_it(cast: Cast) -> None:
    plan = thought_out(cast.anna, cast.pupil_noor)
    assert may_look(cast, "pupil_plans", cast.pupil_noor.pk) == {"anna", "bram", "els", "noor"}
    assert may_look(cast, "trial_edit", plan.pk) == {"anna", "bram"}
    assert may_look(cast, "trial_new", cast.pupil_noor.pk) == {"anna", "bram"}
    assert "Noor vraagt" not in text_of(cast.els, "pupil_plans", cast.pupil_noor.pk)
    assert post(cast.carla, "trial_start", plan.pk).status_code == 404


def test_three_plans_ask_the_database_as_much_as_one(cast: Cast) -> None:
    plan = helped(cast)
    one = (
        queries_for(cast.anna, "trial", [plan.pk]),
        queries_for(cast.anna, "home"),
        queries_for(cast.anna, "pupil_plans", [cast.pupil_noor.pk]),
    )
    running(cast.anna, cast.pupil_sem)
    running(cast.anna, cast.pupil_noor, text="Noor begint elke dag zelf aan haar taak")
    three = (
        queries_for(cast.anna, "trial", [plan.pk]),
        queries_for(cast.anna, "home"),
        queries_for(cast.anna, "pupil_plans", [cast.pupil_noor.pk]),
    )
    assert one == three


def test_a_decision_that_is_due_is_a_task_until_somebody_decides(cast: Cast) -> None:
    from kring.web.home.intake import make_due_tasks
    from kring.web.models import Task

    plan = helped(cast)
    make_due_tasks(at=STARTED)
    assert not Task.objects.filter(kind="trial.decide").exists()
    make_due_tasks(at=END)
    task = Task.objects.get(kind="trial.decide")
    assert (task.owner, task.done_at) == (cast.anna, None)
    assert "Kijk samen of het plan van Noor" in text_of(cast.anna, "home")
    actions.evaluate(cast.anna, plan, judged(plan), decided(Outcome.FADE_OUT, date(2026, 5, 11)), at=END)
    make_due_tasks(at=END)
    assert Task.objects.get(kind="trial.decide").done_at == END


def test_an_idea_of_the_catalogue_fills_the_form(cast: Cast) -> None:
    page = text_of(cast.anna, "trial_ideas", cast.pupil_noor.pk, type="motivation", level="group")
    assert "Een spel met teams" in page
    assert "Groeten bij de deur" not in page
    filled = text_of(cast.anna, "trial_new", cast.pupil_noor.pk, entry="goed-gedrag-spel")
    assert "Een spel met teams" in filled
    assert may_look(cast, "trial_ideas", cast.pupil_noor.pk) == {"anna", "bram"}
    think(cast.anna, cast, entry="goed-gedrag-spel")
    assert Step.objects.get().entry == "goed-gedrag-spel"


def test_a_group_shows_carried_out_and_measured_and_no_average(cast: Cast) -> None:
    helped(cast)
    one = queries_for(cast.anna, "group_progress", [cast.group_6a.pk])
    running(cast.anna, cast.pupil_sem)
    page = text_of(cast.anna, "group_progress", cast.group_6a.pk)
    assert "groot verschil met vooraf" in page
    assert "te weinig uitgevoerd om iets te zeggen" in page
    assert "te weinig voor een aandeel" in page
    assert queries_for(cast.anna, "group_progress", [cast.group_6a.pk]) == one
    assert may_look(cast, "group_progress", cast.group_6a.pk) == {"anna", "bram"}
