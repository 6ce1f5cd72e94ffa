"""Who is often named for a part, as an invitation to ask that pupil; and how gladly classmates do things together, in numbers alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from kring.core.disclosure import K_STAFF
from kring.core.sociometry import Chosen, Status
from kring.documents.scales import listed, name_order
from kring.documents.sections import Note, Section
from kring.documents.sociometry.parts import RatedPart, RolePart, Understood
from kring.documents.tables import Cell, Column, Row, Table

NOT_ASKED = frozenset({Status.REJECTED, Status.CONTROVERSIAL})  # to carry a part on top of a difficult place is too much to ask


def helper_sections(found: Understood) -> Iterator[Section]:
    """Never a task, and never for whom. Without questions about parts, who is often chosen may be asked too."""
    for number, one in enumerate(found.roles, 1):
        yield _named(found, number, one)
    if not found.roles and found.questions and found.status:
        names = [found.name(i) for i in range(found.sociogram.n) if _may_be_asked(found, i)]
        notes = (_how_to_ask(),) if names else ()
        yield Section("meehelpen", _("Wie zou een ander kunnen meenemen?"), lead=tuple(_invitation(names)), notes=notes)


def _may_be_asked(found: Understood, i: int) -> bool:
    status = found.status
    if status is None or status.positive_only[i] is not Chosen.OFTEN:
        return False
    return status.agreement is None or status.agreement.status[i] not in NOT_ASKED


def _named(found: Understood, number: int, one: RolePart) -> Section:
    names = [found.names[pupil] for pupil in one.named.stands_out]
    return Section(f"rol-{number}", one.question, lead=tuple(_invitation(names)), notes=(_how_to_ask(),) if names else ())


def _invitation(names: Sequence[str]) -> Iterator[str]:
    if not names:
        yield _("Niemand wordt vaker genoemd dan bij toeval. Dat zegt niets over een leerling: misschien helpt iedereen wel eens.")
        return
    yield _("Klasgenoten noemen vaak: %(names)s.") % {"names": listed(sorted(names, key=name_order))}
    yield _("Denkt u aan een maatje? Vraag het deze leerling eerst, en pas daarna de ander. Het gaat door als beiden het willen.")


def _how_to_ask() -> Note:
    return Note(
        _("Hoe vraagt u het?"),
        (
            _("Vraag: “Ik zie dat anderen graag met jou werken. Wil je soms met iemand samen iets doen?” Nee is ook een goed antwoord."),
            _("Noem geen kind dat hulp nodig zou hebben. Laat beide leerlingen iets doen waar ze goed in zijn."),
            _("Kijk na twee weken met ieder apart hoe het gaat. Stop als een van de twee dat wil. Het is geen taak van een kind."),
        ),
    )


def rated_sections(found: Understood) -> Iterator[Section]:
    """How many gave more than the middle; of who gave what, nobody reads anything."""
    for number, one in enumerate(found.rated, 1):
        lead = (
            _("Zo veel klasgenoten gaven dit kind meer dan het midden. Wie hoeveel punten gaf, leest niemand; ook u niet."),
            _("Wie minder punten krijgt, is geen kind dat anders moet zijn. Kijk naar wat de groep kan doen."),
        )
        yield Section(f"punten-{number}", one.question, lead=lead, tables=(_points(found, one),))


def _points(found: Understood, one: RatedPart) -> Table:
    columns = (Column(_("Leerling")), Column(_("Meer dan het midden"), numeric=True))
    pupils = found.sociogram.nominations.pupils
    rows = (Row(found.name(i), (Cell(_of_raters(one, i)),), pupils[i]) for i in found.order)
    return Table(_("Hoe graag klasgenoten iets samen doen, op naam"), columns, tuple(rows))


def _of_raters(one: RatedPart, i: int) -> str:
    """Of a few, the number would say what each of them gave."""
    if one.raters[i] < K_STAFF:
        return _("te weinig om iets te zeggen")
    return _("%(n)d van %(m)d") % {"n": one.gladly[i], "m": one.raters[i]}
