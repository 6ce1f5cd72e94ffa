"""The card of a class: five numbers beside the last round, what the absent could change, and the groups with how sure they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from kring.core.sociometry import (
    CardIndex,
    CardLine,
    ClassCourse,
    IndexUnderExtremes,
    Judgement,
    NoStatus,
)
from kring.documents.figures import decimal, percent
from kring.documents.sections import Note, Section
from kring.documents.sociometry.groups import groups_section
from kring.documents.sociometry.parts import CardPart
from kring.documents.tables import Cell, Column, Row, Table


def card_sections(part: CardPart) -> tuple[Section, ...]:
    """Read before the pupils: the class as a whole, then its groups."""
    return _numbers(part), groups_section(part)


def _numbers(part: CardPart) -> Section:
    return Section(
        "getallen",
        _("De klas in vijf getallen"),
        lead=tuple(_lead(part)),
        notice="" if part.sociogram.structure else _("Er deed minder dan 80 % mee. Daarom staat hier niet alles, en vergelijken we niet."),
        tables=(_table(part),),
        notes=(_explained(),),
    )


def _lead(part: CardPart) -> Iterator[str]:
    if part.no_status is NoStatus.SMALL_CLASS:
        yield _("Dit is een kleine groep. Eén keuze meer of minder verandert dan veel: lees er weinig in.")
    yield _("Er is niet één cijfer voor de sfeer in een klas. Deze vijf getallen zeggen elk iets anders.")
    if not part.last_wave:
        yield _("Na een volgende keer staat de vorige keer ernaast.")
    elif part.course is None:
        yield _("De vorige keer was in %(wave)s. Een verschil zegt pas iets na drie keer: dan weet u wat bij deze klas gewoon is.") % {
            "wave": part.last_wave
        }
    else:
        yield _("De vorige keer was in %(wave)s. “Gewoon voor deze klas” is wat de twee keren hiervoor lieten zien.") % {
            "wave": part.last_wave
        }


def _table(part: CardPart) -> Table:
    absent = part.sociogram.n_valid < part.sociogram.n and part.sociogram.structure is not None
    columns = [
        Column(_("Getal")),
        Column(_("Nu"), numeric=True),
        *([Column(_("Vorige keer"), numeric=True)] if part.last_wave else []),
        *([Column(_("Gewoon voor deze klas"))] if part.course else []),
        *([Column(_("Als iedereen er was geweest"))] if absent else []),
        Column(_("Wat het zegt")),
    ]
    extremes = {one.index: one for one in part.absent.indices} if absent else {}
    rows = (Row(_name(line.index), tuple(_cells(part, line, extremes))) for line in part.card.lines)
    return Table(_("Vijf getallen over de keuzes"), tuple(columns), tuple(rows))


def _cells(part: CardPart, line: CardLine, extremes: Mapping[CardIndex, IndexUnderExtremes]) -> Iterator[Cell]:
    yield Cell(_value(line.index, line.now))
    if part.last_wave:
        yield Cell(_value(line.index, line.last))
    if part.course:
        yield Cell(_usual(part.course, line.index))
    if extremes:
        yield Cell(_between(line.index, extremes[line.index]))
    yield Cell(_meaning(line))


def _value(index: CardIndex, value: float | None) -> str:
    if value is None:
        return "–"
    return decimal(value, 2) if index is CardIndex.CENTRALISATION else percent(value)


def _usual(course: ClassCourse, index: CardIndex) -> str:
    line = next((one for one in course.lines if one.index is index), None)
    if line is None or line.judgement is None or line.low is None or line.high is None:
        return "–"
    said = {Judgement.BELOW: _("lager dan gewoon"), Judgement.WITHIN: _("gewoon"), Judgement.ABOVE: _("hoger dan gewoon")}
    span = _("%(low)s tot %(high)s") % {"low": _value(index, line.low), "high": _value(index, line.high)}
    return f"{span}: {said[line.judgement]}"


def _between(index: CardIndex, one: IndexUnderExtremes) -> str:
    """What the absent could make of it: they would have chosen back everybody who chose them, or nobody."""
    known = [value for value in (one.observed, one.returned, one.nobody) if value is not None]
    if one.observed is None or not known:
        return "–"
    low, high = _value(index, min(known)), _value(index, max(known))
    return low if low == high else _("%(low)s tot %(high)s") % {"low": low, "high": high}


def _name(index: CardIndex) -> str:
    return {
        CardIndex.COVERAGE: _("Leerlingen met een wederzijdse keuze"),
        CardIndex.RECIPROCITY: _("Keuzes die wederzijds zijn"),
        CardIndex.NEVER_CHOSEN: _("Leerlingen die door niemand zijn gekozen"),
        CardIndex.CENTRALISATION: _("Hoe sterk het om enkelen draait"),
        CardIndex.CROSS_GENDER: _("Keuzes tussen jongens en meisjes"),
    }[index]


def _meaning(line: CardLine) -> str:
    if line.index is CardIndex.CROSS_GENDER and line.now is None:
        return _("Kring weet niet wie een jongen of een meisje is, en rekent dit dus niet uit.")
    if line.index is CardIndex.CROSS_GENDER and line.now_by_chance is not None:
        return _("Bij blind kiezen zou dit %(chance)s zijn.") % {"chance": percent(line.now_by_chance)}
    return {
        CardIndex.COVERAGE: _("Wie iemand heeft die ook hem of haar koos. Hoe hoger, hoe minder kinderen alleen staan."),
        CardIndex.RECIPROCITY: _("Hoe vaak een keuze wordt beantwoord."),
        CardIndex.NEVER_CHOSEN: _("Een reden om bij die kinderen te kijken, niet om iets te vinden."),
        CardIndex.CENTRALISATION: _("0: iedereen wordt even vaak gekozen. 1: alle keuzes gaan naar één kind."),
        CardIndex.CROSS_GENDER: "",
    }[line.index]


def _explained() -> Note:
    return Note(
        _("Hoe leest u deze getallen?"),
        (
            _("Kijk eerst naar de klas, en dan pas naar een kind. Een klas kan in een paar weken veranderen."),
            _("Deze getallen zijn er niet om klassen of leerkrachten te vergelijken: andere kinderen, andere keuzes."),
            _("“Als iedereen er was geweest” rekent met twee uitersten: wie er niet was, kiest iedereen terug, of kiest niemand."),
        ),
    )
