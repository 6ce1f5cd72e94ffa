"""The door of a class: codes that can be read aloud, keys, wrong tries, and when a seat is over."""

from datetime import UTC, datetime, timedelta
from itertools import cycle
from math import log

import pytest

from kring.core.classroom import (
    FINISHING,
    PICTURES,
    PICTURES_IN_A_KEY,
    PIN_DIGITS,
    SEAT_LEAVES,
    SIGNS,
    TRIES,
    Name,
    Seated,
    WindowOver,
    WindowTooLong,
    check_length,
    code_from,
    extended,
    is_locked,
    must_wait,
    new_pictures,
    new_pin,
    next_sitting,
    read_aloud,
    seat_state,
    taps_pictures,
    tidied,
    tidied_pin,
    told_apart,
    window_open,
)

NOON = datetime(2025, 11, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_code_is_found_by_chance_as_seldom_as_was_worked_out() -> None:
    """300 tries a minute for 90 minutes, against 400 codes that are open: at most 0.003 %."""
    assert len(set(SIGNS)) == 28
    assert 300 * 90 * 400 / len(SIGNS) ** 8 < 0.00003
    assert len(code_from(2**255)) == 8
    assert code_from(28**8) == code_from(0)  # what is beyond falls off
    assert log(len(PICTURES) ** PICTURES_IN_A_KEY, 12) == pytest.approx(3)
    assert TRIES / len(PICTURES) ** PICTURES_IN_A_KEY == pytest.approx(0.0029, abs=0.0001)
    assert TRIES / 10**PIN_DIGITS < 0.00001


@pytest.mark.parametrize("sign", sorted(SIGNS))
def test_every_sign_comes_back_as_it_was_made(sign: str) -> None:
    assert tidied(sign.lower() * 4 + " " + sign * 4) == sign * 8
    assert tidied(read_aloud(sign * 8)) == sign * 8


def test_a_pin_is_none_that_a_child_tries_first() -> None:
    digits = iter([*"123456", *"777777", *"739154"])
    assert new_pin(lambda _: next(digits)) == "739154"
    drawn = cycle(PICTURES)
    assert new_pictures(lambda _: next(drawn)) == "bal bloem boom"
    assert tidied_pin("") is None


def test_young_children_tap_pictures() -> None:
    assert [taps_pictures(years, primary=True) for years in ([1], [4, 5], [5], [])] == [True, True, False, False]


def test_what_others_do_keeps_no_device_of_the_class_waiting() -> None:
    assert not must_wait(on_device=4, from_address=9999, everywhere=9999, known=True, types_code=False)
    assert not must_wait(on_device=4, from_address=9999, everywhere=299, known=True, types_code=True)
    assert must_wait(on_device=0, from_address=0, everywhere=300, known=False, types_code=True)
    assert must_wait(on_device=0, from_address=0, everywhere=300, known=True, types_code=True)
    assert must_wait(on_device=5, from_address=5, everywhere=5, known=True, types_code=False)
    assert not must_wait(on_device=0, from_address=119, everywhere=299, known=False, types_code=True)


def test_the_fifth_wrong_key_locks() -> None:
    assert [is_locked(wrong) for wrong in (0, TRIES - 1, TRIES, TRIES + 1)] == [False, False, True, True]


def test_a_sitting_comes_after_all_that_were() -> None:
    assert [next_sitting(were) for were in ([], [1], [3, 7, 2])] == [1, 2, 8]


def test_a_window_holds_from_its_moment_to_its_end() -> None:
    of = {"opened_at": NOON, "closes_at": NOON + 60 * MINUTE}
    assert [window_open(**of, closed_at=None, at=NOON + minutes * MINUTE) for minutes in (-1, 0, 59, 60)] == [False, True, True, False]
    assert not window_open(**of, closed_at=NOON + MINUTE, at=NOON + MINUTE)
    check_length(90)
    for minutes in (0, 91):
        with pytest.raises(WindowTooLong):
            check_length(minutes)
    assert extended(closes_at=NOON + 80 * MINUTE, closed_at=None, minutes=30, at=NOON) == NOON + 90 * MINUTE
    assert extended(closes_at=NOON + 10 * MINUTE, closed_at=None, minutes=30, at=NOON) == NOON + 40 * MINUTE
    for closed_at, at in ((NOON, NOON), (None, NOON + 60 * MINUTE)):
        with pytest.raises(WindowOver):
            extended(closes_at=NOON + 60 * MINUTE, closed_at=closed_at, minutes=30, at=at)


def state(**changed: object) -> Seated:
    of: dict[str, object] = {"left_at": None, "seen_at": NOON, "closes_at": NOON + 60 * MINUTE, "closed_at": None, "at": NOON}
    return seat_state(**(of | changed))  # type: ignore[arg-type]


def test_a_seat_ends_with_its_pupil_its_lesson_or_its_silence() -> None:
    assert state() is Seated.HERE
    assert state(left_at=NOON) is Seated.LEFT
    assert state(left_at=NOON, later=True) is Seated.ELSEWHERE
    assert state(at=NOON + SEAT_LEAVES) is Seated.AWAY
    assert state(at=NOON - 2 * MINUTE) is Seated.AWAY  # the clock jumped
    assert state(closed_at=NOON) is Seated.OVER
    last = NOON + 60 * MINUTE + FINISHING
    assert state(seen_at=last - MINUTE, at=last - timedelta(seconds=1)) is Seated.HERE
    assert state(seen_at=last, at=last) is Seated.OVER


def test_names_are_told_apart_with_as_little_as_it_takes() -> None:
    assert told_apart([Name("Li", "X"), Name("Li", "Xu"), Name("Aya")]) == ["Li X", "Li Xu", "Aya"]
    assert told_apart([Name("Sem", "Jansen"), Name("Sem", "Janssen")]) == ["Sem Jansen", "Sem Janss."]


def test_who_bear_the_very_same_name_get_a_number() -> None:
    assert told_apart([Name("Sem", "Bos"), Name("Sem", "Bos"), Name("Sem", "Bosch")]) == ["Sem Bos 1", "Sem Bos 2", "Sem Bosch"]
