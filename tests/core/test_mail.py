"""Addresses, codes, hours and pauses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.access import Role
from kring.core.errors import BrokenRule
from kring.core.mail import (
    CODE_TRIES,
    FOR_GOOD,
    GIVES_UP,
    OF_SERVER,
    PAUSES,
    AddressWithAccents,
    HowOften,
    MailCodeOver,
    MailCodeWrong,
    MoreThanOneAddress,
    NoAddress,
    Trouble,
    Waiting,
    check_code,
    code_from,
    gets_mail,
    may_ring,
    message_due,
    next_call,
    next_try,
    tidy_address,
    tidy_code,
)

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("anna@school.nl", "anna@school.nl"),
        ("  Anna.de-Wit+kring@Mail.School.NL\t", "Anna.de-Wit+kring@mail.school.nl"),
        ("o'brien@xn--bcher-kva.nl", "o'brien@xn--bcher-kva.nl"),
        (f"{'a' * 64}@school.nl", f"{'a' * 64}@school.nl"),
    ],
)
def test_an_address_is_tidied(typed: str, tidied: str) -> None:
    assert tidy_address(typed) == tidied


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("anna@school.nl\nBcc: bram@school.nl", MoreThanOneAddress),
        ("anna@school.nl\r\n", MoreThanOneAddress),
        ("anna@school.nl\u2028bram", MoreThanOneAddress),
        ("anna@school.nl\x00", MoreThanOneAddress),
        ("anna@school.nl, bram@school.nl", MoreThanOneAddress),
        ("anna@school.nl;bram@school.nl", MoreThanOneAddress),
        ("anna@school.nl bram@school.nl", MoreThanOneAddress),
        ("anna@bram@school.nl", MoreThanOneAddress),
        ("Anna <anna@school.nl>", MoreThanOneAddress),
        ("anna(juf)@school.nl", MoreThanOneAddress),
        ("annä@school.nl", AddressWithAccents),
        ("anna@schöol.nl", AddressWithAccents),
        ("anna@school．nl", AddressWithAccents),
        ("", NoAddress),
        ("anna", NoAddress),
        ("anna@", NoAddress),
        ("@school.nl", NoAddress),
        ("anna@school", NoAddress),
        ("anna@localhost", NoAddress),
        ("anna@127.0.0.1", NoAddress),
        ("anna@[127.0.0.1]", NoAddress),
        ("anna@school..nl", NoAddress),
        ("anna@-school.nl", NoAddress),
        ("anna@school-.nl", NoAddress),
        ("anna@sch_ool.nl", NoAddress),
        (f"anna@{'s' * 64}.nl", NoAddress),
        (".anna@school.nl", NoAddress),
        ("anna.@school.nl", NoAddress),
        ("an..na@school.nl", NoAddress),
        ('"anna"@school.nl', NoAddress),
        ("anna\\@school.nl", NoAddress),
        (f"{'a' * 65}@school.nl", NoAddress),
        (f"anna@{'s.' * 130}nl", NoAddress),
    ],
)
def test_what_is_no_address_is_named(typed: str, rule: type[BrokenRule]) -> None:
    with pytest.raises(rule):
        tidy_address(typed)


@given(st.text(max_size=300))
def test_what_passes_can_stand_in_a_header(typed: str) -> None:
    try:
        address = tidy_address(typed)
    except (NoAddress, MoreThanOneAddress, AddressWithAccents):
        return
    assert address.isascii()
    assert address.isprintable()
    assert address.count("@") == 1
    assert not {*" ,;<>()\r\n"} & {*address}


def test_everybody_but_who_is_a_pupil_alone_gets_mail() -> None:
    assert gets_mail([Role.TEACHER])
    assert gets_mail([Role.PUPIL, Role.GUARDIAN])
    assert not gets_mail([Role.PUPIL])
    assert not gets_mail([])


@given(st.integers(min_value=0))
def test_a_code_is_read_back_however_it_was_typed(number: int) -> None:
    code = code_from(number)
    assert len(code) == 9
    assert {tidy_code(typed) for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')}\n")} == {code}


def test_a_code_ends_after_a_day_and_after_five_tries() -> None:
    check_code(is_right=True, expires_at=NOW + HOUR, tries=CODE_TRIES, at=NOW)
    with pytest.raises(MailCodeWrong) as wrong:
        check_code(is_right=False, expires_at=NOW + HOUR, tries=2, at=NOW)
    assert wrong.value.left == 3
    for expires_at, tries in ((NOW, 1), (None, 1), (NOW + HOUR, CODE_TRIES + 1)):
        with pytest.raises(MailCodeOver):
            check_code(is_right=True, expires_at=expires_at, tries=tries, at=NOW)


def test_pauses_grow_from_a_minute_to_six_hours_and_end_after_three_days() -> None:
    at, pauses = NOW, []
    for tries in range(1, 100):
        again = next_try(tries=tries, written_at=NOW, at=at)
        if again is None:
            break
        pauses.append(again - at)
        at = again
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (MINUTE, 6 * HOUR)
    assert GIVES_UP - 6 * HOUR <= at - NOW < GIVES_UP


def test_a_server_in_trouble_is_called_again_within_half_an_hour() -> None:
    assert [next_call(tries=tries, at=NOW) - NOW for tries in (1, 3, 4, 50)] == [MINUTE, 15 * MINUTE, 30 * MINUTE, 30 * MINUTE]
    assert next_call(tries=len(PAUSES) + 1, at=NOW) == NOW + 30 * MINUTE


def test_a_trouble_is_of_the_server_or_of_one_address() -> None:
    assert FOR_GOOD.isdisjoint(OF_SERVER)
    assert {*Trouble} - OF_SERVER - FOR_GOOD == {Trouble.LATER, Trouble.MAILBOX_FULL, Trouble.REFUSED}


@pytest.mark.parametrize(("hour", "rings"), [(0, False), (6, False), (7, True), (17, True), (18, False), (23, False)])
def test_nobody_is_rung_in_the_evening(hour: int, *, rings: bool) -> None:
    assert may_ring(hour, is_school_day=True) is rings
    assert not may_ring(hour, is_school_day=False)


def due(how_often: HowOften, waiting: Waiting, *, told_today: bool = False, hour: int = 10) -> bool:
    return message_due(how_often, waiting, told_today=told_today, hour=hour, at=NOW)


def test_a_notice_waits_an_hour_and_then_goes_once_a_day() -> None:
    assert not due(HowOften.DAILY, Waiting())
    assert not due(HowOften.DAILY, Waiting(NOW - 59 * MINUTE))
    assert due(HowOften.DAILY, Waiting(NOW - HOUR))
    assert not due(HowOften.DAILY, Waiting(NOW - HOUR), told_today=True)
    assert not due(HowOften.DAILY, Waiting(NOW - HOUR), hour=19)
    assert not due(HowOften.DAILY, Waiting(NOW - HOUR, is_school_day=False))


def test_a_task_of_today_is_told_in_the_morning_once() -> None:
    assert due(HowOften.DAILY, Waiting(tasks_due=True), hour=7)
    assert due(HowOften.AT_ONCE, Waiting(tasks_due=True), hour=7)
    assert not due(HowOften.DAILY, Waiting(tasks_due=True), hour=6)
    assert not due(HowOften.AT_ONCE, Waiting(tasks_due=True), told_today=True)


def test_at_once_is_after_five_minutes_and_more_than_once_a_day() -> None:
    assert not due(HowOften.AT_ONCE, Waiting(NOW - 4 * MINUTE))
    assert due(HowOften.AT_ONCE, Waiting(NOW - 5 * MINUTE), told_today=True)
    assert not due(HowOften.AT_ONCE, Waiting(NOW - 5 * MINUTE), hour=3)


def test_what_is_urgent_waits_for_no_hour_and_no_day() -> None:
    urgent = Waiting(NOW, urgent=True, is_school_day=False)
    assert due(HowOften.DAILY, urgent, told_today=True, hour=3)
    assert not due(HowOften.NEVER, urgent)
    assert not due(HowOften.NEVER, Waiting(NOW - HOUR, tasks_due=True))
