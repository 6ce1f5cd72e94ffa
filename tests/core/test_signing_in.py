"""Who needs a second factor, how fresh it is, and when tries are refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.access import FAMILY, Role
from kring.core.signing_in import (
    FIRST_LOCK,
    FLOOD,
    LONGEST_LOCK,
    SECOND,
    TRIES_FREE,
    Factor,
    LastSecondFactor,
    Proof,
    check_factor_may_go,
    has_second_factor,
    is_fresh,
    lock_after,
    locked_until,
    needs_second_factor,
    session_holds,
    tries_forgotten,
)

NOW = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)  # the night in which the clock goes an hour ahead
MINUTE, HOUR, SECOND_OF_TIME = timedelta(minutes=1), timedelta(hours=1), timedelta(seconds=1)


@pytest.mark.parametrize("role", Role)
def test_everybody_but_pupils_and_guardians_needs_a_second_factor(role: Role) -> None:
    assert needs_second_factor([role]) == (role not in FAMILY)
    assert needs_second_factor([Role.PUPIL, role]) == (role not in FAMILY)


@pytest.mark.parametrize(
    ("shown", "enough"),
    [
        ([], False),
        ([Factor.PASSWORD], False),
        ([Factor.PROVIDER], False),
        ([Factor.PROVIDER, Factor.PASSWORD], False),
        ([Factor.PASSKEY], True),
        ([Factor.PASSWORD, Factor.APP_CODE], True),
        ([Factor.PASSWORD, Factor.RECOVERY_CODE], True),
        ([Factor.PROVIDER_TWO_FACTORS], True),
        ([Factor.DEMO], True),
    ],
)
def test_what_makes_two_factors(shown: list[Factor], enough: bool) -> None:
    assert has_second_factor(Proof(factor, NOW) for factor in shown) == enough


@pytest.mark.parametrize(
    ("age", "fresh"),
    [(timedelta(0), True), (10 * MINUTE - SECOND_OF_TIME, True), (10 * MINUTE, False), (-MINUTE, True), (-2 * MINUTE, False)],
)
def test_a_second_factor_is_fresh_for_ten_minutes_and_never_from_the_future(age: timedelta, fresh: bool) -> None:
    assert is_fresh([Proof(Factor.PASSKEY, NOW - age)], at=NOW) == fresh


def test_a_fresh_password_does_for_who_has_nothing_better() -> None:
    password = [Proof(Factor.PASSWORD, NOW)]
    assert not is_fresh(password, at=NOW)
    assert is_fresh(password, at=NOW, password_will_do=True)
    assert not is_fresh([Proof(Factor.PROVIDER, NOW)], at=NOW, password_will_do=True)


def test_an_old_second_factor_is_not_made_fresh_by_a_new_password() -> None:
    assert not is_fresh([Proof(Factor.APP_CODE, NOW - HOUR), Proof(Factor.PASSWORD, NOW)], at=NOW)


@pytest.mark.parametrize(
    ("age", "holds"),
    [
        (timedelta(0), True),
        (10 * HOUR - SECOND_OF_TIME, True),
        (10 * HOUR, False),
        (timedelta(days=30), False),
        (-timedelta(days=30), False),
    ],
)
def test_a_session_lasts_ten_hours_and_one_from_the_future_none(age: timedelta, holds: bool) -> None:
    assert session_holds(NOW - age, at=NOW) == holds


def test_a_lock_begins_at_five_minutes_doubles_and_stays_at_an_hour() -> None:
    assert [lock_after(failures) for failures in range(TRIES_FREE)] == [timedelta(0)] * TRIES_FREE
    assert lock_after(TRIES_FREE) == FIRST_LOCK
    assert lock_after(TRIES_FREE + 1) == 2 * FIRST_LOCK
    assert lock_after(10**9) == LONGEST_LOCK
    assert locked_until(TRIES_FREE, NOW) == NOW + FIRST_LOCK


@given(st.integers(0, 10**12))
def test_more_wrong_tries_never_shorten_a_lock(failures: int) -> None:
    assert lock_after(failures) <= lock_after(failures + 1) <= LONGEST_LOCK


def test_guessing_a_code_takes_years() -> None:
    """Three of a million codes are right at any moment; the tries that are taken in a year."""
    taken = TRIES_FREE + timedelta(days=365) / LONGEST_LOCK
    assert taken * 3 / 1_000_000 < 0.03


@pytest.mark.parametrize(("age", "gone"), [(timedelta(0), False), (23 * HOUR, False), (24 * HOUR, True), (-timedelta(days=3), True)])
def test_wrong_tries_are_forgotten_after_a_day(age: timedelta, gone: bool) -> None:
    assert tries_forgotten(NOW - age, at=NOW) == gone


def test_a_whole_school_with_typing_errors_is_no_flood() -> None:
    assert FLOOD > 800 * 10 // 100


def test_what_is_no_second_factor_alone() -> None:
    assert set(Factor) - SECOND == {Factor.PASSWORD, Factor.PROVIDER}


def test_the_last_second_factor_stays_with_who_needs_one() -> None:
    with pytest.raises(LastSecondFactor):
        check_factor_may_go([Role.GUARDIAN, Role.TEACHER], left=0)
    check_factor_may_go([Role.TEACHER], left=1)
    check_factor_may_go([Role.GUARDIAN], left=0)
