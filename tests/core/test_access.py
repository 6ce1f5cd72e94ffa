"""What the table must never hold, whoever adds to it."""

from kring.core.access import TABLE, Record, Role, Verb

RESULTS = {Record.SUBMISSION, Record.SOCIOGRAM, Record.LISTED_PUPIL, Record.NOMINATION}


def test_nobody_reads_anonymous_answers_one_by_one() -> None:
    assert {verb for _, record, verb in TABLE if record is Record.ANONYMOUS_SUBMISSION} == {Verb.COUNT}


def test_only_the_team_reads_what_one_pupil_or_a_teacher_answered() -> None:
    assert {role for role, record, _ in TABLE if record in RESULTS} == {Role.TEACHER, Role.COORDINATOR}


def test_the_administrator_sees_nothing_of_a_pupil() -> None:
    seen = {record for role, record, _ in TABLE if role is Role.ADMINISTRATOR}
    assert seen == {Record.SCHOOL, Record.SCHOOL_YEAR, Record.MEMBERSHIP}
