"""The steps of moving in: each can be done by somebody, and waits for what must come first."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.access import Role
from kring.core.set_up import DOERS, NEEDS, PAUSE, Moment, State, Step, guide, minutes_by_step

NINE = datetime(2026, 8, 24, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SETTERS = (Role.ADMINISTRATOR, Role.LEADER, Role.COORDINATOR)


def states(done: set[Step], role: Role) -> dict[Step, State]:
    return {line.step: line.state for line in guide(done, role)}


def test_every_step_is_somebodys() -> None:
    assert set(DOERS) == set(NEEDS) == set(Step)
    assert all(DOERS[step] & set(SETTERS) for step in Step)


def test_nothing_waits_for_what_comes_after_it() -> None:
    order = list(Step)
    assert all(order.index(need) < order.index(step) for step, needs in NEEDS.items() for need in needs)


def test_an_empty_school_begins_with_itself() -> None:
    found = states(set(), Role.ADMINISTRATOR)
    assert found[Step.SCHOOL] is State.NOW
    assert found[Step.YEAR] is State.OPEN
    assert found[Step.PUPILS] is State.BLOCKED


def test_a_step_of_another_role_says_whose_it_is() -> None:
    done = set(Step) - {Step.FIRST_ROUND}
    line = guide(done, Role.ADMINISTRATOR)[-1]
    assert (line.state, line.doers) == (State.ELSEWHERE, frozenset({Role.COORDINATOR}))
    assert states(done, Role.COORDINATOR)[Step.FIRST_ROUND] is State.NOW


def test_what_must_come_first_is_named() -> None:
    line = guide({Step.YEAR}, Role.COORDINATOR)[-1]
    assert (line.state, line.first) == (State.BLOCKED, (Step.HOLIDAYS, Step.PUPILS))


@given(st.sets(st.sampled_from(Step)), st.sampled_from(SETTERS))
def test_at_most_one_step_is_now_and_what_is_done_is_done(done: set[Step], role: Role) -> None:
    found = states(done, role)
    assert {step for step, state in found.items() if state is State.DONE} == done
    assert sum(state is State.NOW for state in found.values()) <= 1
    assert (State.OPEN in found.values()) <= (State.NOW in found.values())


def test_whoever_follows_the_guide_gets_to_the_end() -> None:
    done: set[Step] = set()
    for _ in Step:
        now = next(line.step for role in SETTERS for line in guide(done, role) if line.state is State.NOW)
        done.add(now)
    assert done == set(Step)


def test_minutes_are_those_of_the_one_who_did_it() -> None:
    moments = [
        Moment(NINE, "olga", None),
        Moment(NINE + MINUTE, "rik", None),
        Moment(NINE + 4 * MINUTE, "olga", Step.SCHOOL),
        Moment(NINE + 5 * MINUTE, "rik", Step.YEAR),
        Moment(NINE + 6 * MINUTE, "olga", Step.SCHOOL),
    ]
    assert minutes_by_step(moments) == {Step.SCHOOL: 6, Step.YEAR: 4}


@pytest.mark.parametrize(("away", "counted"), [(PAUSE, 20), (PAUSE + MINUTE, 1)])
def test_a_pause_is_no_work(away: timedelta, counted: int) -> None:
    assert minutes_by_step([Moment(NINE, "olga", None), Moment(NINE + away, "olga", Step.YEAR)]) == {Step.YEAR: counted}


def test_the_very_first_thing_took_at_least_a_minute() -> None:
    assert minutes_by_step([Moment(NINE, "olga", Step.YEAR)]) == {Step.YEAR: 1}
