"""What the page with the drawing shows, from what its address asks: which drawing, of which question, of whom, and beside which round."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from kring.core.sociometry import FEWEST_FOR_STATUS, MOST_PUPILS, Layout, PupilFacts, Sociogram, Sufficiency, beside_layout, pupil_facts
from kring.documents.charts.canvas import Chart
from kring.documents.charts.sociogram import Shown, sociogram_target, sociogram_web
from kring.documents.relations import from_one_question, remarks
from kring.documents.scales import name_order
from kring.web.sociograms.queries import GroupSociogram
from kring.web.sociograms.understanding.counted import groups_are_sure


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as far as it is there."""

    view: str
    question: str
    mutual_only: bool
    beside: bool
    pupil: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing with what stands above it; beside another one it says of which round it is."""

    title: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class Line:
    """What may be said about one pupil; not everybody on the list of that day has a page for who looks now."""

    facts: PupilFacts
    name: str
    has_page: bool
    remarks: tuple[str, ...]
    both_ways: tuple[str, ...]
    one_way: tuple[str, ...]  # whom the pupil chooses without being chosen back
    by_others: tuple[str, ...]  # who chooses the pupil without being chosen back

    @property
    def took_part(self) -> bool:
        """Absent pupils have no choices of their own; that is not the same as choosing nobody."""
        return self.facts.given is not None


def can_stand_beside(now: GroupSociogram, before: GroupSociogram | None) -> bool:
    """A place that two rounds share is only there in a web, and a web only of a class that is not too large."""
    return before is not None and now.picture.layouts.web is not None and before.picture.layouts.web is not None


def drawings(now: GroupSociogram, before: GroupSociogram | None, asked: Asked) -> tuple[Drawing, ...]:
    """The drawing that is asked for; none when too few took part."""
    picked = asked.pupil or None
    if now.picture.layouts.target is None:
        return ()
    if asked.beside and before is not None:
        return tuple(_both(now, before, asked))
    if asked.view == "web" and now.picture.layouts.web is not None:
        shown = Shown(picked, mutual_only=asked.mutual_only, sure=groups_are_sure(now.picture.sociogram, now.row.sureness))
        return (Drawing("", sociogram_web(now.picture.sociogram, now.picture.layouts.web, now.names, shown)),)
    shown = Shown(picked, mutual_only=asked.mutual_only)
    return (Drawing("", sociogram_target(now.picture.sociogram, now.picture.layouts.target, now.names, shown)),)


def _both(now: GroupSociogram, before: GroupSociogram, asked: Asked) -> Iterator[Drawing]:
    shared = _shared(now.picture.sociogram, before.picture.sociogram)
    for one, newcomers in ((before, ()), (now, now.names.keys() - before.names.keys())):
        picked = asked.pupil if asked.pupil in one.names else None
        shown = Shown(picked, mutual_only=asked.mutual_only, sure=False, newcomers=newcomers, beside=True)
        found = one.picture.sociogram
        yield Drawing(one.row.round.title, sociogram_web(found, shared.only(found.nominations.pupils), one.names, shown))


@lru_cache(maxsize=64)
def _shared(now: Sociogram, before: Sociogram) -> Layout:
    return beside_layout(now, before)


def lines(found: GroupSociogram) -> tuple[Line, ...]:
    """Everybody on the list by name; nobody when too few took part."""
    sociogram = found.picture.sociogram
    if sociogram.sufficiency is Sufficiency.TOO_FEW:
        return ()
    made = (_line(found, i, facts) for i, facts in enumerate(pupil_facts(sociogram).pupils))
    return tuple(sorted(made, key=lambda line: name_order(line.name)))


def _line(found: GroupSociogram, i: int, facts: PupilFacts) -> Line:
    sociogram = found.picture.sociogram
    choices, mutual = sociogram.nominations.positive, sociogram.mutual
    rows = (mutual[i], choices[i] & ~mutual[i], choices[:, i] & ~mutual[i])
    both, one_way, by_others = (_names(found, row) for row in rows)
    has_page = facts.pupil in found.readable
    return Line(facts, found.names[facts.pupil], has_page, tuple(remarks(sociogram, i)), both, one_way, by_others)


def _names(found: GroupSociogram, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    pupils = found.picture.sociogram.nominations.pupils
    return tuple(sorted((found.names[pupils[j]] for j in chosen.nonzero()[0]), key=name_order))


def cautions(found: GroupSociogram, asked: Asked, questions: Mapping[str, str]) -> Iterator[str]:
    """What to know before reading this drawing."""
    sociogram = found.picture.sociogram
    choices, listed = sociogram.nominations.positive, len(found.names)
    if sociogram.sufficiency is Sufficiency.COUNTS:
        yield _("Er deed minder dan 80 % mee. Daarom staan hier aantallen, en geen groepjes of beeld per leerling.")
    if listed < FEWEST_FOR_STATUS:
        yield _("Dit is een kleine groep. Eén keuze meer of minder verandert dan veel: lees er weinig in.")
    if listed > MOST_PUPILS:
        yield _("Met meer dan 35 leerlingen wordt een web onleesbaar. Daarom tekenen we alleen wie waar staat.")
    if not choices.any():
        yield _("Niemand koos iemand. Dan staat iedereen op dezelfde ring, en zegt de plaats niets.")
    elif int(choices.sum()) == int(sociogram.nominations.nominators.sum()) * (listed - 1):
        yield _("Iedereen koos iedereen. Dan staat iedereen op dezelfde ring, en zegt de plaats niets.")
    elif asked.view == "web" and not asked.beside:
        yield from _about_groups(groups_are_sure(sociogram, found.row.sureness), 1 if asked.question else len(questions))
    if any(one.skipped.intersection([asked.question] if asked.question else questions) for one in found.took_part.values()):
        yield _("Niet iedereen gaf antwoord op elke vraag. Wie een vraag oversloeg, telt bij die vraag niet mee; “niemand” telt wel.")
    if asked.question:
        yield _("U ziet alleen de antwoorden op de vraag “%(question)s”. Ook de aantallen gaan daarover.") % {
            "question": questions[asked.question]
        }


def _about_groups(are_sure: bool | None, questions: int) -> Iterator[str]:  # noqa: FBT001
    if are_sure is False:
        yield _("De groepjes zijn onzeker: ze veranderen al als een paar leerlingen niet meedoen. Daarom tekenen we ze niet.")
    elif are_sure and questions == 1:
        yield from_one_question()
