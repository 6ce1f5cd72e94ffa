"""What stands on the page of a pupil beside the scores: how a list seems to be filled in, single questions, and what the family says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kring.core.answers import Missing
from kring.core.careless import careless_of
from kring.core.instruments import Item
from kring.documents.figures import day
from kring.documents.parts import Measurement, Said
from kring.documents.sections import Section
from kring.documents.tables import Cell, Column, Row, Table
from kring.documents.words import informant_word, missing_word


@dataclass(frozen=True, slots=True)
class Extras:
    """Of one wave."""

    marks: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


def extras(measurements: Sequence[Measurement], pupil: str) -> Extras:
    """How each list of this wave seems to be filled in, and the answers to questions that belong to no scale."""
    rows = tuple(row for one in measurements for row in _singles(one, pupil))
    columns = (Column(_("Vraag")), Column(_("Ingevuld door")), Column(_("Antwoord")))
    tables = (Table(_("Losse vragen, die bij geen gebied horen"), columns, rows),) if rows else ()
    return Extras(tuple(mark for one in measurements for mark in _marks(one, pupil)), tables)


def _marks(one: Measurement, pupil: str) -> Iterator[str]:
    """A question to who reads it, never a judgement; the answers stay."""
    found = careless_of(one.results.instrument, one.answers) if one.answers is not None else None
    if found is None:
        return
    place, words = one.results.pupils.index(pupil), {"who": informant_word(one.informant), "title": one.title}
    if found.long_run[place]:
        yield (
            _(
                "In “%(title)s” (%(who)s) kreeg meer dan de helft van de vragen achter elkaar hetzelfde antwoord. Misschien klopt het zo, "
                "misschien ging het te snel. Loop de lijst samen nog eens door."
            )
            % words
        )
    elif found.pattern[place]:
        yield (
            _(
                "In “%(title)s” (%(who)s) komt steeds hetzelfde rijtje antwoorden terug. Misschien ging het te snel. "
                "Loop de lijst samen nog eens door."
            )
            % words
        )


def _singles(one: Measurement, pupil: str) -> Iterator[Row]:
    if one.answers is None:
        return
    place, asked = one.results.pupils.index(pupil), one.results.instrument
    scored = {scaled.item for scale in asked.scales for scaled in scale.items}
    for item in asked.coded:
        if item.key not in scored:
            column = one.answers.items.index(item.key)
            reason = Missing(int(one.answers.reasons[place, column]))
            words = _words(item, int(one.answers.codes[place, column])) if reason is Missing.ANSWERED else missing_word(reason)
            yield Row(item.text, (Cell(informant_word(one.informant)), Cell(words)))


def _words(item: Item, code: int) -> str:
    return next(option.label for option in item.options if option.code == code)


def careless_line(one: Measurement) -> str:
    """Of a group: how many lists ask for a second look; nothing when none does."""
    found = careless_of(one.results.instrument, one.answers) if one.answers is not None else None
    marked = int(found.strong.sum()) if found is not None else 0
    if not marked:
        return ""
    return _(
        "Zo is de lijst ingevuld: %(marked)d van de %(n)d lijsten hebben lang achter elkaar hetzelfde antwoord, of een rijtje dat "
        "terugkomt. Kijk daar nog eens naar voordat u er iets uit leest."
    ) % {"marked": marked, "n": one.results.answered}


def responses(said: Sequence[Said]) -> tuple[Section, ...]:
    """In their own words, beside the results for ever."""
    if not said:
        return ()
    columns = (Column(_("Wie")), Column(_("Waarover")), Column(_("Wanneer")), Column(_("Wat zij ervan vinden")))
    rows = tuple(Row(one.who, (Cell(one.about), Cell(day(one.on)), Cell(one.text))) for one in said)
    lead = _("Dit zeggen de leerling en de ouders zelf over een uitslag. Niemand op school kan het veranderen.")
    return (Section("reacties", _("Wat leerling en ouders zeggen"), lead=(lead,), tables=(Table(_("Hun reacties"), columns, rows),)),)
