"""The proposal after a cycle: every rule, their order, and what is missing."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.decisions import (
    Earlier,
    Evidence,
    ImpossibleEvidence,
    Lacking,
    Outcome,
    Rule,
    View,
    group_progress,
    proposal,
)
from kring.core.fading import FadeMove, FadeStep, ProbesMissed, fade_out, probe_reading, refuse_missed
from kring.core.fidelity import fidelity
from kring.core.goals import goal_attainment
from kring.core.trials import Effect, WithinTarget, nonoverlap

REACHED = Evidence(
    fidelity=0.9,
    goal_t=56.0,
    start_t=38.0,
    lowest_goal=0,
    effect=Effect.MODERATE,
    tau=0.6,
    baseline_points=5,
    support_points=8,
    weeks=6,
    at_target=True,
    rci=(0.4,),
    pupil_view=View.AGREES,
    parents_view=View.AGREES,
)
STUCK = replace(REACHED, goal_t=44.0, start_t=40.0, lowest_goal=-1, effect=Effect.NONE, tau=0.1, at_target=False)


def earlier(outcome: Outcome, rule: Rule) -> tuple[Earlier, ...]:
    return (Earlier(outcome, rule),)


def said(evidence: Evidence) -> tuple[Outcome, Rule]:
    found = proposal(evidence)
    return found.outcome, found.rule


@pytest.mark.parametrize("worse", [{"danger": True}, {"rci": (2.0, -1.96)}, {"tau": -0.40, "baseline_points": 3, "support_points": 5}])
@pytest.mark.parametrize("start", [REACHED, STUCK, Evidence(), Evidence(fidelity=0.1)])
def test_danger_and_clear_deterioration_go_before_everything(worse: dict[str, object], start: Evidence) -> None:
    found = proposal(replace(start, **worse))  # type: ignore[arg-type]
    assert (found.outcome, found.rule, found.n_valid, found.may_be_decided) == (Outcome.DEEPEN, Rule.DANGER, 1, True)


@pytest.mark.parametrize(
    "not_worse", [{"rci": (-1.9,)}, {"tau": -0.39}, {"tau": -1.0, "support_points": 4}, {"tau": -1.0, "baseline_points": 2}]
)
def test_what_is_no_clear_deterioration(not_worse: dict[str, object]) -> None:
    assert proposal(replace(STUCK, **not_worse)).rule is not Rule.DANGER  # type: ignore[arg-type]


def test_what_was_not_carried_out_is_first_made_workable_and_then_adapted() -> None:
    poor = replace(REACHED, fidelity=0.59)
    assert said(poor) == (Outcome.CONTINUE_WORKABLE, Rule.NOT_CARRIED_OUT)
    again = replace(poor, earlier=earlier(Outcome.CONTINUE_WORKABLE, Rule.NOT_CARRIED_OUT))
    assert said(again) == (Outcome.ADAPT, Rule.NOT_CARRIED_OUT)
    assert proposal(replace(REACHED, fidelity=0.60)).rule is Rule.GOAL_REACHED


def test_poor_execution_asks_for_no_effect_but_for_the_pupil() -> None:
    found = proposal(Evidence(fidelity=0.3))
    assert (found.rule, found.lacking, found.may_be_decided) == (Rule.NOT_CARRIED_OUT, (Lacking.PUPIL_VIEW, Lacking.PARENTS_VIEW), False)


@pytest.mark.parametrize(
    ("without", "lacking"),
    [
        ({"fidelity": None}, Lacking.EXECUTION),
        ({"goal_t": None, "start_t": None, "effect": Effect.UNKNOWN, "rci": ()}, Lacking.EFFECT),
        ({"pupil_view": None}, Lacking.PUPIL_VIEW),
    ],
)
def test_execution_effect_and_the_pupils_own_view_are_needed(without: dict[str, object], lacking: Lacking) -> None:
    found = proposal(replace(REACHED, **without))  # type: ignore[arg-type]
    assert (found.outcome, found.rule, found.lacking, found.may_be_decided) == (Outcome.NOT_YET, Rule.TOO_LITTLE_KNOWN, (lacking,), False)


def test_a_goal_that_is_reached_is_faded_out() -> None:
    found = proposal(REACHED)
    assert (found.outcome, found.rule, found.lacking, found.n, found.n_valid) == (Outcome.FADE_OUT, Rule.GOAL_REACHED, (), 6, 3)
    assert (found.more_points, found.more_weeks, found.may_be_decided) == (0, 0, True)
    assert said(replace(REACHED, parents_view=View.NOT_APPLICABLE)) == (Outcome.FADE_OUT, Rule.GOAL_REACHED)
    assert said(replace(REACHED, goal_t=50.0, start_t=None, rci=())) == (Outcome.FADE_OUT, Rule.GOAL_REACHED)


@pytest.mark.parametrize(
    "short",
    [
        {"goal_t": 49.9},
        {"lowest_goal": -1},
        {"at_target": False},
        {"at_target": None},
        {"pupil_view": View.OBJECTS},
        {"parents_view": View.OBJECTS},
        {"parents_view": None},
        {"goal_t": None},
        {"lowest_goal": None},
    ],
)
def test_everything_must_hold_before_fading_out(short: dict[str, object]) -> None:
    found = proposal(replace(REACHED, **short))  # type: ignore[arg-type]
    assert (found.outcome, found.rule) == (Outcome.CONTINUE, Rule.PROGRESS)
    assert found.lacking == ((Lacking.PARENTS_VIEW,) if short == {"parents_view": None} else ())


@pytest.mark.parametrize(
    "progress", [{"effect": Effect.MODERATE}, {"effect": Effect.LARGE}, {"rci": (-0.5, 1.29)}, {"goal_t": 50.0, "start_t": 40.0}]
)
def test_progress_continues_and_after_one_renewal_adapts(progress: dict[str, object]) -> None:
    better = replace(STUCK, **progress)  # type: ignore[arg-type]
    assert said(better) == (Outcome.CONTINUE, Rule.PROGRESS)
    assert said(replace(better, earlier=earlier(Outcome.CONTINUE, Rule.PROGRESS))) == (Outcome.ADAPT, Rule.PROGRESS)
    adapted = earlier(Outcome.CONTINUE, Rule.PROGRESS) + earlier(Outcome.ADAPT, Rule.PROGRESS)
    waited = earlier(Outcome.CONTINUE, Rule.PROGRESS) + earlier(Outcome.NOT_YET, Rule.TOO_LITTLE_KNOWN)
    assert said(replace(better, earlier=waited)) == (Outcome.ADAPT, Rule.PROGRESS)
    assert said(replace(better, earlier=adapted)) == (Outcome.CONTINUE, Rule.PROGRESS)


def test_no_progress_is_adapted_and_the_second_time_deepened() -> None:
    assert said(STUCK) == (Outcome.ADAPT, Rule.NO_PROGRESS)
    assert said(replace(STUCK, earlier=earlier(Outcome.ADAPT, Rule.NO_PROGRESS))) == (Outcome.DEEPEN, Rule.NO_PROGRESS)
    assert said(replace(STUCK, earlier=earlier(Outcome.ADAPT, Rule.NOT_CARRIED_OUT))) == (Outcome.ADAPT, Rule.NO_PROGRESS)


@pytest.mark.parametrize(
    ("short", "lacking", "more"),
    [
        ({"weeks": 4}, (Lacking.WEEKS,), (0, 2)),
        ({"support_points": 5}, (Lacking.POINTS,), (3, 0)),
        ({"fidelity": 0.79}, (Lacking.BETTER_EXECUTION,), (0, 0)),
        ({"weeks": 0, "support_points": 0, "baseline_points": 2}, (Lacking.BASELINE, Lacking.POINTS, Lacking.WEEKS), (8, 6)),
    ],
)
def test_what_is_not_yet_known_says_how_much_more(short: dict[str, object], lacking: tuple[Lacking, ...], more: tuple[int, int]) -> None:
    found = proposal(replace(STUCK, **short))  # type: ignore[arg-type]
    assert (found.outcome, found.rule, found.lacking, (found.more_points, found.more_weeks)) == (
        Outcome.NOT_YET,
        Rule.TOO_LITTLE_KNOWN,
        lacking,
        more,
    )
    assert found.may_be_decided


def test_a_goal_score_without_a_start_is_no_progress_and_no_standstill() -> None:
    evidence = replace(STUCK, start_t=None, effect=Effect.UNKNOWN, rci=())
    assert (evidence.progress, evidence.effect_known) == (None, True)
    assert said(evidence) == (Outcome.NOT_YET, Rule.TOO_LITTLE_KNOWN)
    assert proposal(evidence).lacking == (Lacking.START,)


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"fidelity": 1.2}, "fidelity"),
        ({"fidelity": float("nan")}, "fidelity"),
        ({"goal_t": float("inf")}, "goal_t"),
        ({"lowest_goal": 3}, "lowest_goal"),
        ({"weeks": -1}, "weeks"),
        ({"rci": (0.1, float("nan"))}, "rci"),
        ({"goal_t": 10**400}, "goal_t"),
        ({"fidelity": np.float32("nan")}, "fidelity"),
        ({"support_points": np.int64(-1)}, "support_points"),
        ({"pupil_view": View.NOT_APPLICABLE}, "pupil_view"),
    ],
)
def test_evidence_that_cannot_be_is_refused(wrong: dict[str, object], part: str) -> None:
    with pytest.raises(ImpossibleEvidence) as caught:
        Evidence(**wrong)  # type: ignore[arg-type]
    assert caught.value.part == part


def maybe(values: st.SearchStrategy[float]) -> st.SearchStrategy[float | None]:
    return st.none() | values


anything = st.builds(
    Evidence,
    fidelity=maybe(st.floats(0, 1)),
    goal_t=maybe(st.floats(20, 80)),
    start_t=maybe(st.floats(20, 80)),
    lowest_goal=st.none() | st.integers(-2, 2),
    effect=st.sampled_from(Effect),
    tau=maybe(st.floats(-1, 1)),
    baseline_points=st.integers(0, 8),
    support_points=st.integers(0, 12),
    weeks=st.integers(0, 10),
    at_target=st.none() | st.booleans(),
    rci=st.lists(st.floats(-3, 3), max_size=3).map(tuple),
    danger=st.booleans(),
    pupil_view=st.sampled_from([None, View.AGREES, View.OBJECTS]),
    parents_view=st.none() | st.sampled_from(View),
)


@given(anything)
def test_fading_out_is_never_proposed_against_anybody_or_without_execution(evidence: Evidence) -> None:
    found = proposal(evidence)
    if found.outcome is Outcome.FADE_OUT:
        assert evidence.fidelity is not None
        assert evidence.fidelity >= 0.6 - 1e-9
        assert View.OBJECTS not in (evidence.pupil_view, evidence.parents_view)
        assert None not in (evidence.pupil_view, evidence.parents_view)
        assert not evidence.danger


@given(anything)
def test_not_yet_always_says_what_is_lacking(evidence: Evidence) -> None:
    found = proposal(evidence)
    assert found.rule is not Rule.TOO_LITTLE_KNOWN or set(found.lacking) - {Lacking.PARENTS_VIEW}
    assert found.may_be_decided is (found.rule is Rule.DANGER or not {*found.lacking} & {*tuple(Lacking)[:3]})


def test_the_order_of_the_scales_means_nothing() -> None:
    one, other = (proposal(replace(STUCK, rci=rci)) for rci in ((0.1, -0.4), (np.float64(-0.4), 0.1)))
    assert (one, one.provenance) == (other, other.provenance)


# ---- gathering ----------------------------------------------------------------------------------------------------

RISE = nonoverlap(np.array([2.0, 3, 3, 4, 3]), np.array([4.0, 5, 6, 5, 6, 7]))
FALL = nonoverlap(np.array([6.0, 5, 6]), np.array([4.0, 3, 2, 3, 2, 1, 2]))
SHORT = nonoverlap(np.array([6.0, 5]), np.array([4.0]))


def test_nothing_found_is_nothing_known() -> None:
    assert Evidence.gathered() == Evidence()
    assert Evidence.gathered(targets=[None]).at_target is None


def test_what_the_methods_found_becomes_evidence() -> None:
    found = Evidence.gathered(
        execution=fidelity(held=9, planned=10, steps_done=9, steps=9),
        goals=goal_attainment(np.array([1.0, 0.0]), starts=np.array([-1.0, -2.0])),
        overlaps=[RISE],
        targets=[WithinTarget(reached=4, of=6, last_three=True)],
        rci=(None, 1.5, float("nan"), -0.2),
        weeks=7,
        pupil_view=View.AGREES,
        parents_view=View.AGREES,
        earlier=earlier(Outcome.CONTINUE, Rule.PROGRESS),
    )
    assert found == Evidence(
        fidelity=0.9,
        goal_t=goal_attainment(np.array([1.0, 0.0])).t,
        start_t=goal_attainment(np.array([-1.0, -2.0])).t,
        lowest_goal=0,
        effect=Effect.LARGE,
        tau=RISE.tau,
        baseline_points=5,
        support_points=6,
        weeks=7,
        at_target=True,
        rci=(-0.2, 1.5),
        pupil_view=View.AGREES,
        parents_view=View.AGREES,
        earlier=earlier(Outcome.CONTINUE, Rule.PROGRESS),
    )
    assert said(found) == (Outcome.FADE_OUT, Rule.GOAL_REACHED)


def test_a_fall_in_one_of_several_series_is_not_hidden_by_the_others() -> None:
    for overlaps in ([RISE, FALL, SHORT], [SHORT, FALL, RISE]):
        found = Evidence.gathered(overlaps=overlaps)
        assert (found.effect, found.tau, found.baseline_points, found.support_points) == (Effect.LARGE, FALL.tau, 3, 6)
        assert proposal(found).rule is Rule.DANGER
    few = Evidence.gathered(overlaps=[SHORT])
    assert (few.effect, few.tau, few.baseline_points, few.support_points) == (Effect.UNKNOWN, None, 2, 1)


def test_a_goal_that_was_not_scored_keeps_the_support_going() -> None:
    found = Evidence.gathered(goals=goal_attainment(np.array([2.0, np.nan])))
    assert (found.goal_t, found.lowest_goal) == (70, None)


@pytest.mark.parametrize(
    ("last_three", "at_target"),
    [([True, True], True), ([True, False], False), ([None, False], False), ([True, None], None), ([], None)],
)
def test_the_target_is_reached_when_it_is_in_every_series(last_three: list[bool | None], at_target: bool | None) -> None:
    found = Evidence.gathered(targets=[WithinTarget(3, 5, each) for each in last_three])
    assert found.at_target is at_target


@given(anything)
def test_danger_always_deepens(evidence: Evidence) -> None:
    assert said(replace(evidence, danger=True)) == (Outcome.DEEPEN, Rule.DANGER)


# ---- fading out ---------------------------------------------------------------------------------------------------


def test_the_steps_of_fading_out() -> None:
    found = fade_out(date(2026, 3, 2))
    assert found.steps == (FadeStep(date(2026, 3, 2), date(2026, 3, 22), 50), FadeStep(date(2026, 3, 23), date(2026, 4, 12), 25))
    assert (found.stop, found.probe, found.n, found.n_valid) == (date(2026, 4, 13), date(2026, 5, 11), 2, 2)


@pytest.mark.parametrize(
    ("probes", "move"),
    [
        ([], FadeMove.WAIT),
        ([True], FadeMove.WAIT),
        ([True, True], FadeMove.ON),
        ([True, False], FadeMove.WAIT),
        ([False, False], FadeMove.BACK),
        ([True, False, True], FadeMove.ON),
        ([True, False, False], FadeMove.BACK),
        ([False, False, True, True], FadeMove.ON),
        ([None, True, None], FadeMove.WAIT),
        ([False, None, False], FadeMove.BACK),
    ],
)
def test_two_of_three_probes_decide(probes: list[bool | None], move: FadeMove) -> None:
    found = probe_reading(probes)
    assert (found.move, found.n, found.n_valid) == (move, 3, min(3, len(probes) - probes.count(None)))


@given(probes=st.lists(st.sampled_from([True, False, None]), max_size=6))
def test_what_was_missed_twice_is_never_closed(probes: list[bool | None]) -> None:
    missed = [one for one in probes if one is not None][-3:].count(False)
    if missed >= 2:
        with pytest.raises(ProbesMissed):
            refuse_missed(probe_reading(probes).move)
    else:
        refuse_missed(probe_reading(probes).move)


# ---- groups -------------------------------------------------------------------------------------------------------


def test_a_plan_for_nobody() -> None:
    found = group_progress([])
    assert (found.progressed, found.share, found.interval, found.not_judged, found.n, found.n_valid) == (0, None, None, 0, 0, 0)


def test_below_five_pupils_there_is_no_share_and_only_what_can_be_judged_counts() -> None:
    pupils = [REACHED] * 3 + [STUCK, replace(REACHED, fidelity=0.2), replace(REACHED, fidelity=None), Evidence(fidelity=0.9)]
    found = group_progress(pupils)
    assert (found.progressed, found.share, found.interval, found.not_judged, found.n, found.n_valid) == (3, None, None, 3, 7, 4)
    more = group_progress([*pupils, STUCK])
    assert (more.progressed, more.share, more.n_valid) == (3, 0.6, 5)
    assert more.interval is not None
    assert (more.interval.low, more.interval.high) == pytest.approx((0.230724, 0.882379), abs=1e-6)
    assert group_progress([STUCK, *pupils]).provenance == more.provenance
