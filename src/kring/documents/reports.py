"""The reports and what they are made from. What the input lacks is left out of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language

from kring.documents.group import group_sections
from kring.documents.parts import Layouts, Measurement, NameMissing, Said, SociogramPart, refuse_unnamed
from kring.documents.pupil import pupil_sections, scores_title, waves_of
from kring.documents.sections import Section
from kring.documents.tables import Row, Table

__all__ = ["GroupReport", "Layouts", "Measurement", "NameMissing", "PupilReport", "Said", "SociogramPart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReport:
    """Everything about one group: lists, sociograms, and by pupil id the names and, on a web page, the address of the pupil's own page."""

    group: str
    made_on: date
    names: Mapping[str, str] = field(hash=False)
    addresses: Mapping[str, str] = field(default_factory=dict, hash=False)
    school: str | None = None
    period: str = ""
    measurements: tuple[Measurement, ...] = ()
    sociograms: tuple[SociogramPart, ...] = ()
    more: tuple[Section, ...] = ()  # after those, made elsewhere

    def __post_init__(self) -> None:
        refuse_unnamed(self.measurements, self.sociograms, self.names)

    @property
    def title(self) -> str:
        return self.group

    @property
    def sections(self) -> tuple[Section, ...]:
        return (*_kept(replace(self, more=()), get_language()), *map(self._linked, self.more))

    def made(self) -> tuple[Section, ...]:
        """Its own sections, made anew."""
        return tuple(map(self._linked, group_sections(self.measurements, self.sociograms, self.names)))

    def _linked(self, section: Section) -> Section:
        return replace(section, tables=tuple(replace(table, rows=self._linked_rows(table)) for table in section.tables))

    def _linked_rows(self, table: Table) -> tuple[Row, ...]:
        return tuple(replace(row, address=self.addresses.get(row.pupil, "")) for row in table.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilReport:
    """Everything about one pupil, taken from the results of the group.

    With `newest_only` of each the newest, and `older` says what is left out.
    """

    pupil: str
    group: str
    made_on: date
    names: Mapping[str, str] = field(hash=False)
    school: str | None = None
    period: str = ""
    measurements: tuple[Measurement, ...] = ()
    sociograms: tuple[SociogramPart, ...] = ()
    said: tuple[Said, ...] = ()
    newest_only: bool = False

    def __post_init__(self) -> None:
        if not self.names.get(self.pupil, "").strip():
            raise NameMissing(pupil=self.pupil)

    @property
    def title(self) -> str:
        return self.names[self.pupil]

    @property
    def sections(self) -> tuple[Section, ...]:
        return _kept(self, get_language())

    def made(self) -> tuple[Section, ...]:
        """Its sections, made anew."""
        return pupil_sections(self.pupil, self.measurements, self.sociograms, self.names, self.said, newest_only=self.newest_only)

    @property
    def older(self) -> tuple[str, ...]:
        """What the scores of before the newest are called."""
        return tuple(scores_title(wave) for wave in waves_of(self.pupil, self.measurements)[1:])


@lru_cache(maxsize=64)
def _kept(report: GroupReport | PupilReport, _language: str | None) -> tuple[Section, ...]:
    """Drawing a class takes longer than all the rest of its page: the very same results under the very same names are drawn once."""
    return report.made()
