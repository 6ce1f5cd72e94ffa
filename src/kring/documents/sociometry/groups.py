"""The groups that the choices show, with how sure they are: never from one question as a fact, and not at all when they are unsure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from kring.documents.charts.groupings import letters
from kring.documents.relations import from_one_question
from kring.documents.scales import listed, name_order
from kring.documents.sections import Section
from kring.documents.sociometry.parts import CardPart
from kring.documents.tables import Cell, Column, Row, Table


def groups_section(part: CardPart) -> Section:
    found = _members(part)
    lead = tuple(_sure(part, are_found=bool(found)))
    table = _table(found) if found and part.sureness and not part.sureness.unsure else None
    return Section("groepjes", _("Groepjes"), lead=lead, tables=(table,) if table else ())


def _members(part: CardPart) -> dict[str, list[str]]:
    """By letter."""
    of: dict[str, list[str]] = defaultdict(list)
    found = letters(part.sociogram) if part.no_status is None else {}
    for i, letter in found.items():
        of[letter].append(part.names[part.sociogram.nominations.pupils[i]])
    return {letter: sorted(of[letter], key=name_order) for letter in sorted(of)}


def _sure(part: CardPart, *, are_found: bool) -> Iterator[str]:
    if not are_found or part.sureness is None:
        yield _("Er zijn geen groepjes te zien, of er is te weinig om het te zeggen.")
        return
    if part.sureness.unsure:
        yield _("De groepjes zijn onzeker: laat Kring een paar leerlingen weg, dan zijn het andere groepjes. Daarom staan ze hier niet.")
        return
    yield _("Deze leerlingen kiezen elkaar vaker dan anderen. De groepjes blijven bijna gelijk als een paar leerlingen wegvallen.")
    if part.questions == 1:
        yield from_one_question()
    yield _("Een groepje is geen probleem. Kijk of er kinderen buiten vallen, en of groepjes ook met elkaar omgaan.")


def _table(found: Mapping[str, list[str]]) -> Table:
    named = {_("Groepje %(letter)s") % {"letter": letter}: names for letter, names in found.items()}
    rows = (Row(heading, (Cell(str(len(names))), Cell(listed(names)))) for heading, names in named.items())
    columns = (Column(_("Groepje")), Column(_("Leerlingen"), numeric=True), Column(_("Wie")))
    return Table(_("Wie elkaar vaak kiezen"), columns, tuple(rows))
