"""The reports and what they are made from. What the input lacks is left out of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kring.core.errors import BrokenRule
from kring.core.groups import GroupResults
from kring.core.instruments import Informant
from kring.core.sociometry import Layout, Sociogram
from kring.documents.sections import Section


@dataclass(eq=False, kw_only=True)
class NameMissing(BrokenRule):
    """A report names every pupil it shows."""

    pupil: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """One list filled in for a group in one wave."""

    title: str
    informant: Informant
    wave: str
    results: GroupResults


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


def _refuse_unnamed(measurements: tuple[Measurement, ...], sociograms: tuple[SociogramPart, ...], names: Mapping[str, str]) -> None:
    shown = [pupil for one in measurements for pupil in one.results.pupils]
    shown += [pupil for one in sociograms for pupil in one.sociogram.nominations.pupils]
    for pupil in shown:
        if not names.get(pupil, "").strip():
            raise NameMissing(pupil=pupil)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReport:
    """Everything about one group: lists, sociograms, and the names by pupil id."""

    group: str
    made_on: date
    names: Mapping[str, str] = field(hash=False)
    school: str | None = None
    period: str = ""
    measurements: tuple[Measurement, ...] = ()
    sociograms: tuple[SociogramPart, ...] = ()

    def __post_init__(self) -> None:
        _refuse_unnamed(self.measurements, self.sociograms, self.names)

    @property
    def title(self) -> str:
        return self.group

    @property
    def sections(self) -> tuple[Section, ...]:
        from kring.documents.group import group_sections  # the sections are made from this report

        return group_sections(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilReport:
    """Everything about one pupil, taken from the results of the group."""

    pupil: str
    group: str
    made_on: date
    names: Mapping[str, str] = field(hash=False)
    school: str | None = None
    period: str = ""
    measurements: tuple[Measurement, ...] = ()
    sociograms: tuple[SociogramPart, ...] = ()

    def __post_init__(self) -> None:
        if not self.names.get(self.pupil, "").strip():
            raise NameMissing(pupil=self.pupil)

    @property
    def title(self) -> str:
        return self.names[self.pupil]

    @property
    def sections(self) -> tuple[Section, ...]:
        from kring.documents.pupil import pupil_sections  # the sections are made from this report

        return pupil_sections(self)
