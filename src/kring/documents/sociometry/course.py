"""What changed between two rounds of one class, with what chance alone would do beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isnan

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.core.sociometry import RoundChange, Sociogram, Sufficiency, why_no_status
from kring.documents.figures import percent
from kring.documents.scales import listed, name_order
from kring.documents.sections import Note, Section
from kring.documents.tables import Cell, Column, Row, Table

SAME_GROUPS = 0.6  # the adjusted Rand index from which a class says that its groups are mostly the same: as for sureness


@dataclass(frozen=True, slots=True)
class ChangePart:
    """Two rounds: `before` and `now`, with their months."""

    before: Sociogram
    now: Sociogram
    change: RoundChange
    names: Mapping[str, str] = field(hash=False)
    before_wave: str
    now_wave: str


def change_sections(part: ChangePart) -> tuple[Section, ...]:
    """The class first, then the pupils who were there both times."""
    if Sufficiency.TOO_FEW in (part.before.sufficiency, part.now.sufficiency):
        notice = _("Bij een van de twee keren deed minder dan 60 % mee. Dan is er niets te vergelijken.")
        return (Section("verandering", _("Wat veranderde er?"), notice=notice),)
    return _class(part), _pupils(part)


def _class(part: ChangePart) -> Section:
    lead = (*_who(part), *_kept(part), *_ties(part), *_same_groups(part))
    return Section("verandering", _("Wat veranderde er in de klas?"), lead=lead, notes=(_explained(),))


def _who(part: ChangePart) -> Iterator[str]:
    values = {"before": part.before_wave, "now": part.now_wave, "n": part.change.n_valid}
    yield _("We vergelijken %(before)s met %(now)s. %(n)d leerlingen deden beide keren mee; alleen zij tellen hier.") % values
    came = [part.names[one] for one in part.change.entered]
    if came:
        yield _("Nieuw op de lijst: %(names)s.") % {"names": listed(sorted(came, key=name_order))}
    left = len(part.change.left)
    if left:
        yield ngettext("%(n)d leerling staat niet meer op de lijst.", "%(n)d leerlingen staan niet meer op de lijst.", left) % {"n": left}


def _kept(part: ChangePart) -> Iterator[str]:
    found = part.change
    if found.jaccard is None or found.jaccard_by_chance is None:
        yield _("Er is te weinig gekozen om de keuzes te vergelijken.")
        return
    values = {"same": percent(found.jaccard), "chance": percent(found.jaccard_by_chance)}
    yield _("Van alle keuzes van beide keren samen is %(same)s twee keer gemaakt. Bij blind kiezen zou dat %(chance)s zijn.") % values


def _ties(part: ChangePart) -> Iterator[str]:
    found = part.change
    if found.mutual_before is None:
        return
    values = {"before": found.mutual_before, "now": found.mutual_after}
    yield _("Paren die elkaar kozen: toen %(before)d, nu %(now)d.") % values
    kept = found.mutual_kept or 0
    yield ngettext("%(n)d paar koos elkaar beide keren.", "%(n)d paren kozen elkaar beide keren.", kept) % {"n": kept}


def _same_groups(part: ChangePart) -> Iterator[str]:
    """Of a class of which groups may be said at all, both times."""
    if part.change.groups_ari is None or any(why_no_status(one.nominations) for one in (part.before, part.now)):
        return
    if part.change.groups_ari >= SAME_GROUPS:
        yield _("De groepjes zijn grotendeels dezelfde.")
    else:
        yield _("De groepjes zijn anders dan toen, of ze waren toen al onzeker.")


def _pupils(part: ChangePart) -> Section:
    columns = (
        Column(_("Leerling")),
        Column(_("Gekozen door, %(wave)s") % {"wave": part.before_wave}, numeric=True),
        Column(_("Gekozen door, %(wave)s") % {"wave": part.now_wave}, numeric=True),
        Column(_("Koos dezelfden"), numeric=True),
    )
    order = sorted(range(len(part.change.pupils)), key=lambda i: name_order(part.names[part.change.pupils[i]]))
    rows = (Row(part.names[part.change.pupils[i]], tuple(_cells(part, i)), part.change.pupils[i]) for i in order)
    table = Table(_("Toen en nu, op naam"), columns, tuple(rows))
    lead = (_("Een paar keuzes meer of minder is gewoon: kinderen kiezen niet elke keer hetzelfde. Valt u iets op? Praat met dat kind."),)
    return Section("leerlingen-toen-nu", _("De leerlingen, toen en nu"), lead=lead, tables=(table,))


def _cells(part: ChangePart, i: int) -> Iterator[Cell]:
    pupil = part.change.pupils[i]
    yield Cell(_received(part.before, pupil))
    yield Cell(_received(part.now, pupil))
    same, chance = float(part.change.jaccard_of[i]), float(part.change.jaccard_by_chance_of[i])
    yield Cell("–" if isnan(same) else _("%(same)s (toeval: %(chance)s)") % {"same": percent(same), "chance": percent(chance)})


def _received(sociogram: Sociogram, pupil: str) -> str:
    i = sociogram.nominations.pupils.index(pupil)
    return _("%(n)d van %(m)d") % {"n": int(sociogram.received.count[i]), "m": int(sociogram.received.possible[i])}


def _explained() -> Note:
    return Note(
        _("Wat zegt een verandering, en wat niet?"),
        (
            _("Na een ruzie of een feestje kiezen kinderen anders. Kijk of u de verandering ook in de klas ziet."),
            _("Deed u iets met de hele klas? Kijk dan op de klassenkaart of die buiten het gewone van deze klas komt."),
            _("Verschilde het aantal kinderen dat meedeed, dan verschillen ook de aantallen. Kijk daarom naar “van hoeveel”."),
        ),
    )
