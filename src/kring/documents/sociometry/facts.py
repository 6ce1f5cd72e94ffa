"""The facts per pupil: counts with what was possible, and in careful words what a teacher may want to look at again."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.core.sociometry import Chosen, NoStatus, Remark, Status, StatusResults, Sufficiency
from kring.documents.explanations import sociogram_notes
from kring.documents.figures import percent
from kring.documents.sections import Note, Section
from kring.documents.sociometry.helpers import helper_sections, rated_sections
from kring.documents.sociometry.parts import Understood
from kring.documents.tables import Cell, Column, Row, Table


def facts_sections(found: Understood) -> tuple[Section, ...]:
    """Everything about the pupils of one sociogram; who took no part is said as such."""
    if found.sociogram.sufficiency is Sufficiency.TOO_FEW:
        notice = _("Minder dan 60 % van de groep deed mee. Dan zegt een sociogram te weinig over leerlingen.")
        return (Section("feiten", _("De feiten per leerling"), lead=(took_part(found),), notice=notice),)
    return (*([_facts(found)] if found.questions else []), *helper_sections(found), *rated_sections(found))


def took_part(found: Understood) -> str:
    sociogram = found.sociogram
    values = {"n": sociogram.n_valid, "all": sociogram.n, "share": percent(sociogram.n_valid / sociogram.n if sociogram.n else 0)}
    return _("Er deden %(n)d van de %(all)d leerlingen mee (%(share)s).") % values


def _facts(found: Understood) -> Section:
    return Section(
        "feiten",
        _("De feiten per leerling"),
        lead=(took_part(found), *_first_of_all(found)),
        notice=_why_no_status(found.no_status),
        tables=(_table(found),),
        notes=(*_own_notes(found), *sociogram_notes()),
    )


def _first_of_all(found: Understood) -> Iterator[str]:
    """How much one should make of it, before any child is named."""
    if found.says_little:
        yield _("Eén keer kiezen zegt weinig over één kind: de ene helft van de groep koos anders dan de andere. Kijk eerst zelf.")
    else:
        yield _("Een feit is een reden om te kijken, geen oordeel. Kijk eerst zelf, en praat met het kind.")
    remarks = found.remarks
    if remarks is None:
        return
    never, hangs = remarks.count(Remark.NEVER_CHOSEN), remarks.count(Remark.HANGS_ON_ABSENT)
    if never:
        said = ngettext("%(n)d leerling werd door niemand gekozen.", "%(n)d leerlingen werden door niemand gekozen.", never)
        yield said % {"n": never}
    if hangs:
        yield _("Bij wie “hangt af van afwezigen” staat, kan het beeld anders zijn als iedereen had meegedaan.")


def _why_no_status(why: NoStatus | None) -> str:
    if why is None:
        return ""
    return {
        NoStatus.TOO_FEW_TOOK_PART: _("Er deed minder dan 80 % mee. Daarom staan hier alleen aantallen, en geen beeld per leerling."),
        NoStatus.SMALL_CLASS: _("In een kleine groep maakt één keuze al een ander beeld. Daarom staan hier alleen aantallen."),
        NoStatus.NO_CHOICES: _("Niemand koos iemand. Daarom staan hier alleen aantallen. Vraag de klas hoe zij de vraag begrepen."),
        NoStatus.ALL_CHOICES: _(
            "Iedereen koos iedereen. Dat is fijn, en het zegt niets over één leerling. Daarom staan hier alleen aantallen."
        ),
    }[why]


def _table(found: Understood) -> Table:
    columns = [
        Column(_("Leerling")),
        Column(_("Gekozen door"), numeric=True),
        Column(_("Over en weer"), numeric=True),
        Column(_("Kiest zelf"), numeric=True),
        *([Column(_("Genoemd bij “liever niet”"), numeric=True)] if found.unfavourable else []),
        *([Column(_("Beeld"))] if found.status else []),
        Column(_("Om naar te kijken")),
    ]
    rows = (Row(found.name(i), tuple(_cells(found, i)), found.sociogram.nominations.pupils[i]) for i in found.order)
    return Table(_("De keuzes in getallen, op naam"), tuple(columns), tuple(rows))


def _cells(found: Understood, i: int) -> Iterator[Cell]:
    sociogram = found.sociogram
    yield Cell(received_words(found, i))
    took_part = bool(sociogram.nominations.nominators[i])
    yield Cell(str(int(sociogram.mutual[i].sum())) if took_part else "–")
    yield Cell(str(int(sociogram.given[i])) if took_part else "–")
    if found.unfavourable:
        yield Cell(str(found.unfavourable[i]))
    if found.status:
        yield Cell(status_words(found.status, i))
    yield Cell("; ".join(remark_words(found, i)))


def received_words(found: Understood, i: int) -> str:
    """With what was possible, and what blind choosing gives in nine of ten classes."""
    counted = found.sociogram.received
    line = _("%(n)d van %(m)d") % {"n": int(counted.count[i]), "m": int(counted.possible[i])}
    if found.status is None:
        return line
    chance = found.status.chance
    return f"{line} " + _("(toeval: %(low)d tot %(high)d)") % {"low": int(chance.low[i]), "high": int(chance.high[i])}


def remark_words(found: Understood, i: int) -> Iterator[str]:
    """The facts about one pupil in whole words; of other pupils no name stands in them."""
    if not found.sociogram.nominations.nominators[i]:
        yield _("deed niet mee")
    for remark in found.remarks.of[i] if found.remarks else ():
        yield _fragile(int(found.sociogram.mutual[i].sum())) if remark is Remark.FRAGILE else _remark(remark)


def _fragile(mutual: int) -> str:
    if mutual == 1:
        return _("één wederzijdse keuze, en die leerling gaat weg")
    return _("alle wederzijdse keuzes zijn met leerlingen die weggaan")


def _remark(remark: Remark) -> str:
    return {
        Remark.UNAWARE: _("wordt gekozen, maar weet het niet"),
        Remark.NEVER_CHOSEN: _("wordt door niemand gekozen"),
        Remark.NO_MUTUAL: _("geen wederzijdse keuze"),
        Remark.CHOOSES_NOBODY: _("koos niemand"),
        Remark.BRIDGE: _("staat tussen groepjes in"),
        Remark.FROM_OUTSIDE: _("wordt ook buiten het eigen groepje vaak gekozen"),
        Remark.EXPECTS_MORE: _("verwacht meer keuzes dan er waren"),
        Remark.HANGS_ON_ABSENT: _("hangt af van afwezigen"),
    }[remark]


def status_words(status: StatusResults, i: int) -> str:
    """Never a fact by itself: with how many of the ways to work it out say the same."""
    said = status.agreement
    if said is None:
        chosen = status.positive_only[i]
        return "–" if chosen is None else _chosen(chosen)
    word = said.status[i]
    if word is None:
        return _("rekenwijzen verschillen")
    return _("%(word)s (%(agree)d van %(all)d rekenwijzen)") % {"word": _status(word), "agree": said.agree[i], "all": said.methods}


def _chosen(chosen: Chosen) -> str:
    return {Chosen.ORDINARY: _("gewoon"), Chosen.OFTEN: _("vaak gekozen"), Chosen.SELDOM: _("weinig gekozen")}[chosen]


def _status(word: Status) -> str:
    return {
        Status.AVERAGE: _("gewoon"),
        Status.POPULAR: _("veel gekozen"),
        Status.REJECTED: _("vaker afgewezen"),
        Status.CONTROVERSIAL: _("wisselend beeld"),
        Status.NEGLECTED: _("weinig gezien"),
        Status.OTHER: _("rekenwijzen verschillen"),
    }[word]


def _own_notes(found: Understood) -> tuple[Note, ...]:
    words = (
        _("“Wordt gekozen, maar weet het niet”: zeg hooguit dat er klasgenoten zijn die graag met dit kind omgaan. Zeg nooit wie."),
        _("“Verwacht meer keuzes dan er waren”: dat is alleen voor u. Zeg het niet tegen het kind of thuis."),
        _("“Gaat weg” komt uit de inschrijvingen: die leerling heeft een laatste dag, of is al vertrokken."),
        _("“Hangt af van afwezigen”: Kring rekent ook uit hoe het zou zijn als wie er niet was, iedereen terugkoos of niemand koos."),
    )
    chance = _("“Toeval: 0 tot 5” betekent: als iedereen blind koos, zijn er in negen van de tien klassen 0 tot 5 keuzes.")
    return (Note(_("Wat betekenen deze woorden?"), (*([chance] if found.status else []), *words)),)
