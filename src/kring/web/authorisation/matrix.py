"""The access table as a school reads it: in sentences for one role, and whole, as the authorisation matrix for an auditor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kring.core.access import FAMILY, PARTNERS, STAFF, TABLE, TO_COME, Record, Role, Rule, Verb
from kring.documents.spreadsheets import Table
from kring.web.access_words import MARKS, RECORDS, ROLES, SCOPES, VERBS, WITHOUT_ACCOUNT


@dataclass(frozen=True, slots=True)
class Line:
    """What one role may do with one record."""

    record: str
    verb: str
    rows: str
    asked: str
    is_to_come: bool


def lines_of(role: Role) -> list[Line]:
    """What this role may do, in the order of the records."""
    found = ((record, verb, TABLE.get((role, record, verb))) for record in Record for verb in Verb)
    return [_line(record, verb, rule) for record, verb, rule in found if rule]


def _line(record: Record, verb: Verb, rule: Rule) -> Line:
    return Line(str(RECORDS[record]), str(VERBS[verb]), _rows(rule), _asked(rule), record in TO_COME)


def _rows(rule: Rule) -> str:
    return _(" of ").join(str(SCOPES[scope]) for scope in rule.scopes)


def _asked(rule: Rule) -> str:
    return "; ".join(str(MARKS[mark]) for mark in sorted(rule.marks))


def roles_to_choose() -> list[tuple[str, list[tuple[str, str]]]]:
    """The roles in three kinds, each with its word."""
    kinds = ((_("Medewerkers"), STAFF), (_("Partners van buiten"), PARTNERS), (_("Leerlingen en ouders"), FAMILY))
    return [(title, [(role.value, str(ROLES[role])) for role in Role if role in roles]) for title, roles in kinds]


def without_account() -> list[tuple[str, str]]:
    """Who works with the school and has no account, and what there is instead."""
    return [(str(who), str(why)) for who, why in WITHOUT_ACCOUNT]


def matrix_tables() -> list[Table]:
    """Every rule on a row of its own, and the same as a matrix of records by roles."""
    return [
        Table(
            _("Regels"),
            (_("Rol"), _("Gegeven"), _("Mag"), _("Van wie of wat"), _("Wat er nog voor nodig is"), _("In deze versie")),
            [(str(ROLES[role]), *_cells(line)) for role in Role for line in lines_of(role)],
        ),
        Table(_("Matrix"), (_("Gegeven"), *(str(ROLES[role]) for role in Role)), list(_matrix_rows())),
        Table(_("Zonder account"), (_("Wie"), _("Hoe dan wel")), without_account()),
    ]


def _cells(line: Line) -> Sequence[str]:
    return (line.record, line.verb, line.rows, line.asked, _("nog niet") if line.is_to_come else _("ja"))


def _matrix_rows() -> Iterator[Sequence[str]]:
    for record in Record:
        yield (str(RECORDS[record]), *(_cell(role, record) for role in Role))


def _cell(role: Role, record: Record) -> str:
    rules = ((verb, TABLE.get((role, record, verb))) for verb in Verb)
    return "; ".join(f"{VERBS[verb]}: {_rows(rule)}" + (f" ({_asked(rule)})" if rule.marks else "") for verb, rule in rules if rule)
