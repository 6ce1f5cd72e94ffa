"""States and stages of plans: what may follow on what, and which record of the access table a plan is."""

from datetime import date

import pytest

from kring.core.access import Record
from kring.core.plans import (
    FIRST_STAGE,
    STEPS,
    TRANSITIONS,
    Change,
    Kind,
    PlanEndsTooSoon,
    PlanNotInState,
    Stage,
    StageWithoutReason,
    State,
    after,
    check_period,
    check_stage,
    may_change,
    seen_as,
)

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


@pytest.mark.parametrize("kind", Kind)
def test_every_plan_can_come_from_draft_to_evaluated(kind: Kind) -> None:
    state = State.DRAFT
    for change in (Change.AGREE, Change.START, Change.EVALUATE):
        state = after(kind, state, change)
    assert state is State.EVALUATED


def test_only_a_small_trial_starts_from_a_draft_and_only_plans_of_a_pupil_go_on() -> None:
    assert [kind for kind in Kind if Change.START in may_change(kind, State.DRAFT)] == [Kind.TRIAL]
    assert [kind for kind in Kind if may_change(kind, State.EVALUATED) == [Change.GO_ON]] == [Kind.TRIAL, Kind.DEEPENED, Kind.DEVELOPMENT]


def test_what_is_not_in_the_table_is_refused() -> None:
    allowed = {(kind, one.start, one.change) for one in TRANSITIONS for kind in one.kinds}
    for asked in [(kind, state, change) for kind in Kind for state in State for change in Change]:
        if asked not in allowed:
            with pytest.raises(PlanNotInState):
                after(*asked)
    assert len({(kind, one.start, one.change) for one in TRANSITIONS for kind in one.kinds}) == sum(len(one.kinds) for one in TRANSITIONS)


def test_who_may_see_a_plan_hangs_on_kind_and_state() -> None:
    assert {seen_as(kind, state) for kind in (Kind.GROUP, Kind.ACTIVITY) for state in State} == {Record.GROUP_PLAN}
    assert {seen_as(Kind.TRIAL, state) for state in State} == {Record.INTERVENTION}
    assert [seen_as(Kind.DEVELOPMENT, state) for state in State] == [Record.PLAN_DRAFT, Record.PLAN, Record.PLAN, Record.PLAN]


def test_a_heavier_stage_passes_over_none_without_a_reason() -> None:
    with pytest.raises(StageWithoutReason):
        check_stage(Stage.SMALL_TRIAL, Stage.EXTRA_SUPPORT, "spoed")
    check_stage(Stage.SMALL_TRIAL, Stage.EXTRA_SUPPORT, "de leerling kwam met een ontwikkelingsperspectief binnen")
    check_stage(Stage.SMALL_TRIAL, Stage.DEEPENED)
    check_stage(Stage.SMALL_TRIAL, Stage.SMALL_TRIAL)
    check_stage(Stage.EXTRA_SUPPORT, Stage.GROUP_APPROACH)
    assert len(STEPS) == len(Stage) * (len(Stage) - 1)
    assert set(FIRST_STAGE) == set(Kind)


def test_a_period_ends_after_it_began() -> None:
    for chosen in ((FRIDAY, MONDAY), (MONDAY, MONDAY)):
        with pytest.raises(PlanEndsTooSoon):
            check_period(*chosen)
    check_period(MONDAY, FRIDAY)
    check_period(None, MONDAY)
