"""How a pupil's scores went over time: a line per scale and informant, with what may be said of each change.

Other lists and other versions never stand on one line; where a list changed, the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan
from typing import Protocol

import numpy as np
from django.utils.translation import gettext as _

from kring.core.change import Change, NoComparison, Occasion, changes_over_moments
from kring.core.groups import ScaleResult
from kring.core.instruments import Informant, Instrument, trend_of
from kring.documents.charts.trend import TrendLine, TrendPoint, trend
from kring.documents.figures import decimal
from kring.documents.sections import Picture, Section
from kring.documents.tables import Cell, Column, Row, Table
from kring.documents.words import change_word, informant_word


class Spoken(Protocol):
    """What one list says about the pupil on one scale."""

    @property
    def wave(self) -> str: ...
    @property
    def informant(self) -> Informant: ...
    @property
    def instrument(self) -> Instrument: ...
    @property
    def result(self) -> ScaleResult: ...
    @property
    def place(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Went:
    """One scale by one informant, from old to new; `changes` says of each score what the step from the one before it is."""

    voices: tuple[Spoken, ...]
    changes: tuple[Change, ...]
    breaks: frozenset[int]

    @property
    def title(self) -> str:
        return self.voices[-1].result.scale.title

    @property
    def verdict(self) -> str:
        """Of the last step."""
        return _("andere versie van de lijst") if len(self.voices) - 1 in self.breaks else change_word(self.changes[-1])

    @property
    def said(self) -> str:
        """All scores from old to new; a bar where two may not be compared."""
        parts = [_("%(when)s %(score)s") % {"when": one.wave, "score": decimal(_score(one), 2)} for one in self.voices]
        return parts[0] + "".join((" | " if number in self.breaks else "; ") + part for number, part in enumerate(parts[1:], 1))


def trend_sections(voices: Sequence[Spoken]) -> tuple[Section, ...]:
    """A section when something was asked more than once. Voices come newest first."""
    lines: dict[tuple[str, str, Informant], list[Spoken]] = {}
    for one in voices:
        if not isnan(_score(one)):
            lines.setdefault((one.instrument.key, one.result.scale.key, one.informant), []).append(one)
    went = [_went(line[::-1]) for line in lines.values() if len(line) > 1]
    shown = {one.wave for line in went for one in line.voices}
    return (_section(went, [wave for wave in dict.fromkeys(one.wave for one in reversed(voices)) if wave in shown]),) if went else ()


def _score(one: Spoken) -> float:
    return float(one.result.scores.mean[one.place])


def _went(line: Sequence[Spoken]) -> Went:
    versions = list({one.instrument.version: one.instrument for one in line}.values())
    scale = line[-1].result.scale
    occasions = [Occasion(trend_of(one.instrument, scale.key, versions), one.informant.value) for one in line]
    errors = [one.result.error for one in line]
    sem = max((error.sem for error in errors if error is not None), default=None) if all(errors) else None
    scores = np.array([[_score(one) for one in line]])
    found = changes_over_moments(scores, sem=sem, direction=scale.direction, occasions=occasions)
    hindered = {later for (first, later), why in found.no_comparison.items() if later == first + 1 and why is NoComparison.OTHER_VERSION}
    return Went(tuple(line), tuple(Change(code) for code in found.decision_previous[0].tolist()), frozenset(hindered))


def _section(went: Sequence[Went], moments: Sequence[str]) -> Section:
    who = dict.fromkeys(one.voices[-1].informant for one in went)
    return Section(
        "verloop",
        _("Verloop"),
        lead=tuple(dict.fromkeys(told for one in went for told in _told(one))),
        pictures=tuple(_picture(each, [one for one in went if one.voices[-1].informant is each], moments) for each in who),
        tables=(_table(went),),
    )


def _picture(who: Informant, went: Sequence[Went], moments: Sequence[str]) -> Picture:
    said = {"who": informant_word(who)}
    picture = trend(_("Verloop, ingevuld door: %(who)s") % said, [_line(one, moments) for one in went], moments)
    caption = _("Hoger in het plaatje is gunstiger. Een verandering heet pas duidelijk als toeval haar bijna nooit maakt.")
    return Picture(_("Van oud naar nieuw, ingevuld door: %(who)s") % said, picture, caption)


def _told(one: Went) -> list[str]:
    """Where a line breaks, and why."""
    steps = [(before, after) for number, (before, after) in enumerate(pairwise(one.voices), 1) if number in one.breaks]
    words = _(
        "“%(list)s” is na %(when)s veranderd. Daarom staan versie %(old)d en versie %(new)d niet in één lijn: hun uitslagen zijn niet "
        "zomaar te vergelijken."
    )
    return [
        words % {"list": after.instrument.title, "when": before.wave, "old": before.instrument.version, "new": after.instrument.version}
        for before, after in steps
    ]


def _line(one: Went, moments: Sequence[str]) -> TrendLine:
    last = one.voices[-1]
    low, high = last.instrument.range_of(last.result.scale)
    points = tuple(TrendPoint(moments.index(each.wave), _score(each), number not in one.breaks) for number, each in enumerate(one.voices))
    return TrendLine(one.title, last.informant, low, high, last.result.scale.direction, points, one.verdict, f"{one.said}: {one.verdict}")


def _table(went: Sequence[Went]) -> Table:
    columns = (Column(_("Gebied")), Column(_("Ingevuld door")), Column(_("Van oud naar nieuw")), Column(_("Laatste verandering")))
    rows = (Row(one.title, (Cell(informant_word(one.voices[-1].informant)), Cell(one.said), Cell(one.verdict))) for one in went)
    return Table(_("Het verloop in getallen"), columns, tuple(rows))
