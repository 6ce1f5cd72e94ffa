"""Codes on paper, and who may make them."""

import math
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from kring.core.access import Role
from kring.core.paper_codes import (
    GROUP,
    GROUPS,
    SIGNS,
    HasWayIn,
    LetterByAnother,
    LetterForOneself,
    NoRoleHere,
    RecoveryByOthers,
    RecoveryTooLate,
    WorksElsewhereToo,
    check_invitation,
    check_recovery,
    check_still_asked,
    new_code,
    tidied,
)


def test_a_code_has_at_least_eighty_bits_and_no_signs_that_look_alike() -> None:
    assert GROUPS * GROUP * math.log2(len(SIGNS)) >= 80
    assert not {*"0O1IL"} & {*SIGNS}
    assert len({*SIGNS}) == len(SIGNS)


def test_a_code_is_read_back_however_it_was_typed() -> None:
    code = new_code(Random(1).choice)
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), f"  {code}\n", code.replace("-", "–")):
        assert tidied(typed) == code


@pytest.mark.parametrize("typed", ["", "x", "0" * 20, "2" * 19, "2" * 21, "2" * 10_000, "\x00" * 20, "é" * 20, "' or 1=1 --"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert tidied(typed) is None


def invite(
    *roles: Role, to: str = "jan", by: str = "rik", proposed_by: tuple[str, ...] = (), has_way_in: bool = False, elsewhere: bool = False
) -> None:
    check_invitation(roles, to=to, by=by, proposed_by=proposed_by, has_way_in=has_way_in, elsewhere=elsewhere)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.COORDINATOR])
def test_a_new_colleague_gets_paper_from_somebody_who_did_not_propose_the_role(role: Role) -> None:
    invite(role, proposed_by=("olga",))
    with pytest.raises(LetterByAnother):
        invite(role, proposed_by=("rik",))
    with pytest.raises(LetterForOneself):
        invite(role, to="rik")


def test_a_colleague_who_can_log_in_gets_no_paper_and_a_guardian_does() -> None:
    with pytest.raises(HasWayIn):
        invite(Role.TEACHER, has_way_in=True)
    with pytest.raises(HasWayIn):
        invite(Role.GUARDIAN, Role.TEACHER, has_way_in=True)
    invite(Role.GUARDIAN, has_way_in=True)


@pytest.mark.parametrize("has_way_in", [False, True])
def test_paper_opens_no_account_of_who_left_or_of_who_works_elsewhere(has_way_in: bool) -> None:
    with pytest.raises(NoRoleHere):
        invite(has_way_in=has_way_in)
    for role in (Role.GUARDIAN, Role.TEACHER):
        with pytest.raises(WorksElsewhereToo):
            invite(role, has_way_in=has_way_in, elsewhere=True)


def test_two_colleagues_recover_an_account_and_neither_is_its_owner() -> None:
    check_recovery(of="jan", asked_by="olga")
    check_recovery(of="jan", asked_by="olga", confirmed_by="rik")
    for asked_by, confirmed_by in (("jan", None), ("jan", "rik"), ("olga", "jan"), ("olga", "olga")):
        with pytest.raises(RecoveryByOthers):
            check_recovery(of="jan", asked_by=asked_by, confirmed_by=confirmed_by)


def test_an_account_that_opens_another_school_is_not_recovered_here() -> None:
    with pytest.raises(WorksElsewhereToo):
        check_recovery(of="jan", asked_by="olga", elsewhere=True)


def test_what_one_asked_another_confirms_in_time_and_once() -> None:
    until = datetime(2026, 3, 4, 12, tzinfo=UTC)
    check_still_asked(asked_until=until, confirmed_at=None, at=until - timedelta(seconds=1))
    for confirmed_at, at in ((None, until), (until - timedelta(hours=2), until - timedelta(hours=1))):
        with pytest.raises(RecoveryTooLate):
            check_still_asked(asked_until=until, confirmed_at=confirmed_at, at=at)
