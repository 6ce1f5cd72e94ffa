"""The parts a report is made from: lists that were filled in, sociogram rounds, and the names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kring.core.answers import Answers
from kring.core.errors import CallerMistake
from kring.core.groups import GroupResults
from kring.core.instruments import Informant
from kring.core.sociometry import Layout, Sociogram


@dataclass(eq=False, kw_only=True)
class NameMissing(CallerMistake):
    """A report names every pupil it shows."""

    pupil: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """One list filled in for a group in one wave."""

    title: str
    informant: Informant
    wave: str
    results: GroupResults
    answers: Answers | None = None  # row by row those of `results.pupils`
    by: str = ""  # who of several filled it in; two parents are never taken together


@dataclass(frozen=True, slots=True)
class Said:
    """What the pupil or a guardian said about a result: it stands beside the result for ever."""

    who: str
    about: str
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Layouts:
    """Where the pupils stand in the two pictures; None where that picture is not drawn (a web of more than 35 pupils)."""

    target: Layout | None = None
    web: Layout | None = None


@dataclass(frozen=True, slots=True)
class SociogramPart:
    """One sociogram round with its places; with too little participation there are none."""

    title: str
    wave: str
    sociogram: Sociogram
    layouts: Layouts = field(default_factory=Layouts)
    sure: bool | None = None  # whether its groups are; None when that was not worked out
    questions: int = 0  # how many asked whom one chooses; 0 when nobody told


def refuse_unnamed(measurements: tuple[Measurement, ...], sociograms: tuple[SociogramPart, ...], names: Mapping[str, str]) -> None:
    shown = [pupil for one in measurements for pupil in one.results.pupils]
    shown += [pupil for one in sociograms for pupil in one.sociogram.nominations.pupils]
    for pupil in shown:
        if not names.get(pupil, "").strip():
            raise NameMissing(pupil=pupil)
