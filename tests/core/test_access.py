"""What the table must never hold, whoever adds to it."""

import pytest

from kring.core.access import FAMILY, PARTNERS, TABLE, Mark, Record, Role, RuledTwice, Scope, Verb, _Rules

PICTURES = {Record.SOCIOGRAM, Record.LISTED_PUPIL, Record.NOMINATION}
LISTS = {Record.OWN_LIST, Record.TEACHER_LIST, Record.GUARDIAN_LIST, Record.SCALE_PROFILE, Record.RESULT_RESPONSE}


def test_nobody_reads_anonymous_answers_one_by_one() -> None:
    assert {verb for _, record, verb in TABLE if record is Record.ANONYMOUS_SUBMISSION} == {Verb.COUNT}
    counted = (Record.ANONYMOUS_SUBMISSION, Record.STAFF_INVITATION)
    assert {role for role, record, verb in TABLE if record in counted and verb is Verb.COUNT} == {Role.COORDINATOR, Role.LEADER}


def test_only_the_team_reads_what_one_pupil_or_a_teacher_answered() -> None:
    team = {Role.TEACHER, Role.MENTOR, Role.COORDINATOR}
    by_case = {Role.BEHAVIOUR_SPECIALIST}
    read = {(role, record) for role, record, verb in TABLE if verb is Verb.READ}
    assert {role for role, record in read if record is Record.TEACHER_LIST} == team | by_case | {Role.GUARDIAN}  # when it was shown
    assert {role for role, record in read if record is Record.OWN_LIST} == team | by_case | {Role.SAFETY_COORDINATOR, Role.PUPIL}
    assert {role for role, record in read if record is Record.GUARDIAN_LIST} == team | by_case | {Role.GUARDIAN}
    assert {role for role, record in read if record in PICTURES} == team | {Role.SAFETY_COORDINATOR}


def test_what_is_not_handed_in_nobody_reads() -> None:
    assert {verb for _, record, verb in TABLE if record in {Record.FILLING, Record.ANSWER}} == {Verb.COUNT}


def test_a_response_is_written_by_the_family_alone() -> None:
    assert {role for role, record, verb in TABLE if record is Record.RESULT_RESPONSE and verb is not Verb.READ} == FAMILY


def test_the_administrator_reads_nothing_of_a_pupil() -> None:
    read = {record for role, record, verb in TABLE if role is Role.ADMINISTRATOR and verb is Verb.READ}
    assert read == {
        *(Record.SCHOOL, Record.SCHOOL_YEAR, Record.MEMBERSHIP, Record.APPOINTMENT, Record.ACCOUNT_INVITATION, Record.RECOVERY),
        *(Record.PARTNER, Record.NOTICE, Record.DRAFT, Record.TASK, Record.OWN_INSTRUMENT, Record.STAFF_INVITATION),
        *(Record.HOLIDAY, Record.REGIONAL_TERMS, Record.BUNDLE, Record.ROSTER_FILE),
    }


def test_partners_see_of_a_pupil_only_what_is_consented() -> None:
    without = {record for role, record, _ in TABLE if role in PARTNERS and Mark.CONSENT not in TABLE[role, record, _].marks}
    own = {Record.SIGNAL, Record.NOTICE, Record.DRAFT, Record.TASK}
    assert without == {Record.SCHOOL, Record.CONSULTATION, Record.CONSULTATION_SEAT, Record.CONSULTATION_REPLY, *own}


def test_nobody_from_outside_or_of_the_family_reads_the_whole_school() -> None:
    wide = {record for (role, record, _), rule in TABLE.items() if role in PARTNERS | FAMILY and Scope.SCHOOL in rule.scopes}
    assert wide == {Record.SCHOOL, Record.WALK_IN_HOUR}  # when somebody from outside is there: published, and about no pupil


def test_the_notes_of_the_confidential_contact_are_the_authors_alone() -> None:
    found = {(role, rule.scopes, rule.marks) for (role, record, _), rule in TABLE.items() if record is Record.CONFIDENTIAL_NOTE}
    assert found == {(Role.CONFIDENTIAL_CONTACT, (Scope.AUTHOR,), frozenset({Mark.SEALED}))}


def test_board_and_leader_read_no_results() -> None:
    read = {record for role, record, verb in TABLE if role in {Role.BOARD, Role.LEADER, Role.PRIVACY_OFFICER} and verb is Verb.READ}
    assert not read & (PICTURES | LISTS)


def test_no_rule_without_rows_and_no_role_without_rules() -> None:
    assert all(rule.scopes for rule in TABLE.values())
    assert {role for role, _, _ in TABLE} == set(Role)


def test_nothing_is_granted_twice() -> None:
    rules = _Rules()
    rules.grant(Role.TEACHER, Record.PUPIL, Verb.READ, Scope.GROUP)
    with pytest.raises(RuledTwice):
        rules.grant(Role.TEACHER, Record.PUPIL, Verb.READ, Scope.SCHOOL)
