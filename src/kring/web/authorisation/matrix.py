"""The access table as a school reads it: in sentences for one role, and whole, as the authorisation matrix for an auditor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kring.core.access import FAMILY, PARTNERS, STAFF, TABLE, TO_COME, Record, Role, Rule, Verb
from kring.documents.spreadsheets import Table
from kring.web.access_words import MARKS, RECORDS, ROLES, SCOPES, VERBS, WITHOUT_ACCOUNT


@dataclass(frozen=True, slots=True)
class Right:
    """What a role may do with a record: these things, on these rows, with this asked on top."""

    verbs: str
    rows: str
    asked: str


@dataclass(frozen=True, slots=True)
class Line:
    """Everything one role may do with one record."""

    record: str
    rights: tuple[Right, ...]
    is_to_come: bool


def lines_of(role: Role) -> list[Line]:
    """What this role may do, in the order of the records."""
    return [Line(str(RECORDS[record]), rights, record in TO_COME) for record in Record if (rights := _rights(role, record))]


def _rights(role: Role, record: Record) -> tuple[Right, ...]:
    """What is allowed on the same rows, with the same asked on top, said once."""
    verbs: dict[Rule, list[Verb]] = {}
    for verb in Verb:
        if rule := TABLE.get((role, record, verb)):
            verbs.setdefault(rule, []).append(verb)
    return tuple(Right(", ".join(str(VERBS[verb]) for verb in allowed), _rows(rule), _asked(rule)) for rule, allowed in verbs.items())


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
            [(str(ROLES[role]), *cells) for role in Role for line in lines_of(role) for cells in _cells(line)],
        ),
        Table(_("Matrix"), (_("Gegeven"), *(str(ROLES[role]) for role in Role)), list(_matrix_rows())),
        Table(_("Zonder account"), (_("Wie"), _("Hoe dan wel")), without_account()),
    ]


def _cells(line: Line) -> Iterator[Sequence[str]]:
    for right in line.rights:
        yield (line.record, right.verbs, right.rows, right.asked, _("nog niet") if line.is_to_come else _("ja"))


def _matrix_rows() -> Iterator[Sequence[str]]:
    for record in Record:
        yield (str(RECORDS[record]), *(_cell(role, record) for role in Role))


def _cell(role: Role, record: Record) -> str:
    return "; ".join(f"{one.verbs}: {one.rows}" + (f" ({one.asked})" if one.asked else "") for one in _rights(role, record))
