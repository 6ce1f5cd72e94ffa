"""The section of a sociogram: the two pictures and the same facts in a table, without who did not choose whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from kring.core.sociometry import Chosen, Sociogram, Status, StatusResults, Sufficiency
from kring.documents.charts.groupings import letters
from kring.documents.charts.sociogram import Shown, sociogram_target, sociogram_web
from kring.documents.explanations import sociogram_notes
from kring.documents.figures import percent
from kring.documents.parts import SociogramPart
from kring.documents.scales import name_order
from kring.documents.sections import Picture, Section
from kring.documents.tables import Cell, Column, Row, Table


def sociogram_section(key: str, part: SociogramPart, names: Mapping[str, str]) -> Section:
    sociogram = part.sociogram
    lead = (participation(part),)
    if sociogram.sufficiency is Sufficiency.TOO_FEW:
        return Section(key, part.title, lead=lead, notice=_("Te weinig deelname: te weinig om iets te zeggen."), notes=sociogram_notes())
    fewer = _("Er deed minder dan 80 % mee. Daarom staan hier alleen aantallen en geen beeld of groepjes.")
    return Section(
        key,
        part.title,
        lead=(*lead, *_class_facts(sociogram)),
        notice=fewer if sociogram.sufficiency is Sufficiency.COUNTS else "",
        pictures=tuple(_pictures(part, names)),
        tables=(_facts_table(part, names),),
        notes=sociogram_notes(),
    )


def participation(part: SociogramPart) -> str:
    nominators, pupils = int(part.sociogram.nominations.nominators.sum()), len(part.sociogram.nominations.pupils)
    share = percent(nominators / pupils) if pupils else percent(0)
    values = {"n": nominators, "all": pupils, "share": share, "wave": part.wave}
    line = _("Er deden %(n)d van de %(all)d leerlingen mee (%(share)s).") % values
    return line + _(" Meetmoment: %(wave)s.") % values if part.wave else line


def _class_facts(sociogram: Sociogram) -> Iterator[str]:
    """Whole sentences about the class; the names stand in the table."""
    structure = sociogram.structure
    unchosen, alone = int(sociogram.never_chosen.sum()), int(sociogram.no_mutual.sum())
    if structure is not None and structure.coverage is not None:
        values = {"share": percent(structure.coverage), "pairs": structure.mutual_pairs}
        yield (
            _("%(share)s van de leerlingen die meededen heeft minstens één keuze over en weer; er zijn %(pairs)d paren die elkaar kiezen.")
            % values
        )
    if unchosen or alone:
        values = {"unchosen": unchosen, "alone": alone}
        yield (
            _("Niet gekozen: %(unchosen)d. Deed mee en heeft geen keuze over en weer: %(alone)d. In de tabel staat om wie het gaat.")
            % values
        )


def drawings(part: SociogramPart, names: Mapping[str, str]) -> Section:
    """The two pictures alone, beside facts that stand elsewhere."""
    return Section("tekening", _("De tekening"), pictures=tuple(_pictures(part, names)))


def _pictures(part: SociogramPart, names: Mapping[str, str]) -> Iterator[Picture]:
    if part.layouts.target is not None:
        said = _("Dichter bij het midden is vaker gekozen. Op de rand staat wie niet of weinig gekozen is.")
        yield Picture(_("Wie staat waar?"), sociogram_target(part.sociogram, part.layouts.target, names), said)
    if part.layouts.web is not None:
        yield Picture(
            _("Wie hoort bij wie?"), sociogram_web(part.sociogram, part.layouts.web, names, Shown(sure=part.sure)), _of_groups(part)
        )


def _of_groups(part: SociogramPart) -> str:
    if part.sure is False:
        return _("Alle keuzes. De groepjes zijn onzeker: ze veranderen al als een paar leerlingen niet meedoen. Daarom staan ze er niet.")
    said = _("Alle keuzes. De letter is het groepje dat uit de keuzes blijkt. Zonder letter zeggen de keuzes niets over een groepje.")
    return f"{said} {from_one_question()}" if part.questions == 1 else said


def from_one_question() -> str:
    """What to keep in mind beside groups that follow from the answers to one question."""
    return _("Dit komt uit één vraag. Zie het als een vermoeden: bij een andere vraag, of buiten, kan het anders zijn.")


def _facts_table(part: SociogramPart, names: Mapping[str, str]) -> Table:
    sociogram, pupils = part.sociogram, part.sociogram.nominations.pupils
    group_of, status = {} if part.sure is False else letters(sociogram), sociogram.status
    columns = [
        Column(_("Leerling")),
        Column(_("Gekozen door"), numeric=True),
        Column(_("Over en weer"), numeric=True),
        Column(_("Kiest zelf"), numeric=True),
        *([Column(_("Groepje"))] if group_of else []),
        *([Column(_("Beeld"))] if status else []),
        Column(_("Let op")),
    ]
    order = sorted(range(len(pupils)), key=lambda i: name_order(names[pupils[i]]))
    rows = (Row(names[pupils[i]], tuple(_facts(sociogram, i, group_of, status)), pupils[i]) for i in order)
    return Table(_("De keuzes in getallen, op naam"), tuple(columns), tuple(rows))


def _facts(sociogram: Sociogram, i: int, group_of: Mapping[int, str], status: StatusResults | None) -> Iterator[Cell]:
    received = sociogram.received
    yield Cell(_("%(n)d van %(m)d") % {"n": int(received.count[i]), "m": int(received.possible[i])})
    took_part = bool(sociogram.nominations.nominators[i])
    yield Cell(str(int(sociogram.mutual[i].sum())) if took_part else "–")
    yield Cell(str(int(sociogram.given[i])) if took_part else "–")
    if group_of:
        yield Cell(group_of.get(i, "–"))
    if status:
        yield Cell(status_word(status, i))
    yield Cell(", ".join(remarks(sociogram, i)))


def remarks(sociogram: Sociogram, i: int) -> Iterator[str]:
    """Facts to look at, not labels."""
    if not sociogram.nominations.nominators[i]:
        yield _("deed niet mee")
    if sociogram.never_chosen[i]:
        yield _("niet gekozen")
    if sociogram.chooses_nobody[i]:
        yield _("koos niemand")
    elif sociogram.no_mutual[i] and not sociogram.never_chosen[i]:
        yield _("geen keuze over en weer")


def status_word(status: StatusResults, i: int) -> str:
    """The status in the words of the screen; never a fact by itself, so it says whether the methods agree."""
    chosen, probably = status.positive_only[i], status.nb_pb[i] if status.nb_pb else None
    if chosen is None:
        return "–"
    if probably is None or status.agree is None:
        return {Chosen.ORDINARY: _("gewoon"), Chosen.OFTEN: _("vaak gekozen"), Chosen.SELDOM: _("weinig gekozen")}[chosen]
    if not status.agree[i]:
        return _("rekenwijzen verschillen")
    return {
        Status.AVERAGE: _("gewoon"),
        Status.POPULAR: _("veel gekozen"),
        Status.REJECTED: _("vaker afgewezen"),
        Status.CONTROVERSIAL: _("wisselend beeld"),
        Status.NEGLECTED: _("weinig gezien"),
    }[probably]
