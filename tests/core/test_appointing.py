"""Who may get which role, and by whose word."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from kring.core.access import FAMILY, PARTNERS, STAFF, Role
from kring.core.appointing import (
    MOST_WIDE_ROLES,
    REFUSED_TOGETHER,
    AlreadyBegun,
    EndsBeforeItBegins,
    Held,
    LastHolder,
    NotLonger,
    OwnProposal,
    ProposalDecided,
    RoleForOneself,
    RoleHeldAlready,
    RoleNotGivenHere,
    RolesDoNotGoTogether,
    TwoPeopleNeeded,
    asks_a_second_look,
    check_dates,
    check_decision,
    check_end,
    check_first,
    check_proposal,
    waits_for_second,
    would_see_more,
)

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PAIRS = sorted(sorted(pair) for pair in REFUSED_TOGETHER)
OLGA, RIK, BRAM = uuid4(), uuid4(), uuid4()


def propose(role: Role, *held: Held, to: object = BRAM, from_at: datetime = NOW, until_at: datetime | None = None) -> None:
    check_proposal(role, to=to, by=OLGA, held=held, from_at=from_at, until_at=until_at)


def of(role: Role, from_at: datetime = NOW - DAY, until_at: datetime | None = None) -> Held:
    return Held(role, from_at, until_at)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_every_role_of_staff_can_be_proposed(role: Role) -> None:
    propose(role)


@pytest.mark.parametrize("role", sorted(PARTNERS | FAMILY))
def test_pupils_guardians_and_partners_come_in_another_way(role: Role) -> None:
    with pytest.raises(RoleNotGivenHere):
        propose(role)


def test_nobody_proposes_for_oneself() -> None:
    with pytest.raises(RoleForOneself):
        propose(Role.TEACHER, to=OLGA)


def test_a_role_is_held_once_at_a_time() -> None:
    with pytest.raises(RoleHeldAlready):
        propose(Role.TEACHER, of(Role.TEACHER))
    propose(Role.TEACHER, of(Role.TEACHER, until_at=NOW))
    propose(Role.TEACHER, of(Role.TEACHER, from_at=NOW + DAY), until_at=NOW + DAY)
    with pytest.raises(RoleHeldAlready):
        propose(Role.TEACHER, of(Role.TEACHER, from_at=NOW + DAY))


@pytest.mark.parametrize("pair", PAIRS, ids="+".join)
def test_what_does_not_go_together_is_refused_both_ways(pair: list[Role]) -> None:
    one, other = pair
    for new, held in ((one, other), (other, one)):
        with pytest.raises(RolesDoNotGoTogether) as refused:
            propose(new, of(held))
        assert (refused.value.role, refused.value.beside) == (new, held)
        propose(new, of(held, until_at=NOW))
        with pytest.raises(RolesDoNotGoTogether):
            propose(new, of(Role.TEACHER, until_at=NOW), of(held))


@pytest.mark.parametrize("role", sorted(STAFF))
def test_what_may_stand_beside_each_other_is_given_one_after_the_other(role: Role) -> None:
    beside = [other for other in sorted(STAFF - {role}) if frozenset({role, other}) not in REFUSED_TOGETHER]
    propose(role, *map(of, beside))


def test_an_administrator_with_a_care_role_is_seen() -> None:
    assert would_see_more(Role.COORDINATOR, [Role.ADMINISTRATOR])
    assert would_see_more(Role.ADMINISTRATOR, [Role.LEADER])
    assert not would_see_more(Role.COORDINATOR, [Role.TEACHER])
    assert not would_see_more(Role.TEACHER, [Role.ADMINISTRATOR])


def test_every_role_with_which_an_administrator_would_see_more_waits_for_a_leader() -> None:
    assert all(waits_for_second(role) for role in STAFF if would_see_more(role, [Role.ADMINISTRATOR]))


def decide(by: object, decided_at: datetime | None = None) -> None:
    check_decision(to=BRAM, proposed_by=OLGA, by=by, decided_at=decided_at)


def test_a_second_person_decides_once() -> None:
    decide(RIK)
    for by, rule in ((OLGA, OwnProposal), (BRAM, RoleForOneself)):
        with pytest.raises(rule):
            decide(by)
    with pytest.raises(ProposalDecided):
        decide(RIK, NOW)


def test_no_tie_ends_before_it_begins_or_in_the_past() -> None:
    check_dates(NOW, None, at=NOW)
    check_dates(NOW - DAY, NOW, at=NOW)
    for until_at, at in ((NOW, NOW), (NOW - DAY, NOW), (NOW + DAY, NOW + 2 * DAY)):
        with pytest.raises(EndsBeforeItBegins):
            check_dates(NOW, until_at, at=at)


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMINISTRATOR])
def test_the_last_leader_and_the_last_administrator_stay(role: Role) -> None:
    for others in ([], [of(Role.TEACHER)], [of(role, until_at=NOW)], [of(role, from_at=NOW + DAY)]):
        with pytest.raises(LastHolder):
            check_end(role, others, ends_at=NOW)
    check_end(role, [of(role)], ends_at=NOW)
    check_end(role, [of(role, until_at=NOW + DAY)], ends_at=NOW)


def test_the_last_teacher_may_leave() -> None:
    check_end(Role.TEACHER, [], ends_at=NOW)


def test_a_role_that_ends_on_a_day_ends_earlier_and_never_later() -> None:
    check_end(Role.TEACHER, [], until_at=NOW, ends_at=NOW)
    check_end(Role.TEACHER, [], until_at=NOW + DAY, ends_at=NOW)
    with pytest.raises(NotLonger):
        check_end(Role.COORDINATOR, [], until_at=NOW, ends_at=NOW + DAY)


def test_every_role_waits_for_an_account_that_was_not_made_here() -> None:
    assert all(waits_for_second(role, has_account_from_outside=True) for role in STAFF)


def test_many_roles_for_the_whole_school_ask_a_second_look() -> None:
    assert not asks_a_second_look([Role.TEACHER] * 80 + [Role.COORDINATOR] * MOST_WIDE_ROLES)
    assert asks_a_second_look([Role.COORDINATOR] * (MOST_WIDE_ROLES + 1))


def test_the_first_two_are_two_and_begin_once() -> None:
    check_first(has_schools=False, leader="Rik", administrator="Olga")
    with pytest.raises(AlreadyBegun):
        check_first(has_schools=True, leader="Rik", administrator="Olga")
    with pytest.raises(TwoPeopleNeeded):
        check_first(has_schools=False, leader="Rik", administrator="Rik")
