"""The table of the code equals the one that was signed: a rule that changes in one place alone fails here."""

from kring.core import access
from kring.core.access import TABLE, Record, Role, Rule, Scope, Verb
from tests.access.table import FILE, Rules, read

SIGNED = read(FILE.read_text("utf-8"))


def differences(signed: Rules, coded: "access.Table") -> list[str]:
    """In words that say where to look."""
    return [
        f"{role} {verb} {record}: signed {signed.get((role, record, verb))}, coded {coded.get((role, record, verb))}"
        for role, record, verb in sorted({*signed, *coded})
        if signed.get((role, record, verb)) != coded.get((role, record, verb))
    ]


def test_what_was_signed_is_what_the_code_does() -> None:
    assert differences(SIGNED, TABLE) == []


def test_a_rule_that_grants_more_is_found() -> None:
    more = {**TABLE, (Role.ADMINISTRATOR, Record.PUPIL, Verb.READ): Rule((Scope.SCHOOL,))}
    assert len(differences(SIGNED, more)) == 1


def test_a_rule_that_went_is_found() -> None:
    key = (Role.TEACHER, Record.PUPIL, Verb.READ)
    assert len(differences(SIGNED, {other: rule for other, rule in TABLE.items() if other != key})) == 1


def test_a_mark_that_went_is_found() -> None:
    key = (Role.ADMINISTRATOR, Record.APPOINTMENT, Verb.WRITE)
    assert len(differences(SIGNED, {**TABLE, key: Rule(TABLE[key].scopes)})) == 1


def test_the_administrator_reads_nothing_of_a_pupil() -> None:
    """Said once more by itself, for it is what schools ask first."""
    about_pupils = {
        Record.PUPIL,
        Record.SAFETY_CARD,
        Record.OWN_LIST,
        Record.TEACHER_LIST,
        Record.SOCIOGRAM,
        Record.NOMINATION,
        Record.CASE,
        Record.SHARE,
    }
    assert {record for role, record, verb in SIGNED if role is Role.ADMINISTRATOR and verb is Verb.READ} & about_pupils == set()
