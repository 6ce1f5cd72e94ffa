"""Which directions fit a scale that asks attention, and what was chosen of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kring.core.access import Verb
from kring.core.instruments import Level
from kring.core.school_types import SchoolType, year_of_school
from kring.library import DirectionText, direction, newest
from kring.web.access import may
from kring.web.results.models import Direction
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.surveys.models import Round


@dataclass(frozen=True, slots=True)
class Proposal:
    """One entry of the catalogue under one scale, with what was said about it."""

    entry: DirectionText
    chosen: Direction | None


@dataclass(frozen=True, slots=True)
class ScaleProposals:
    """A scale that asks attention, with everything that fits."""

    key: str
    title: str
    proposals: tuple[Proposal, ...]


def years_of(group: Group) -> tuple[int, ...]:
    """The years of school of a group, counted from groep 1 on."""
    kind = SchoolType(group.school.type)
    return tuple(year_of_school(kind, level) for level in group.year_levels)


def fitting(scale: str, level: Level, group: Group) -> list[DirectionText]:
    """By title."""
    return [one for one in newest() if one.fits(scale, level, years_of(group))]


def proposals(
    actor: Membership, round: Round, group: Group, pupil: Pupil | None, scales: Iterable[tuple[str, str]]
) -> tuple[ScaleProposals, ...]:
    """For every scale (key, title) what fits; and what was chosen before, also when it does not stand in the catalogue any more."""
    said = {(one.scale, one.entry): one for one in chosen(actor, round, group, pupil)}
    level = Level.GROUP if pupil is None else Level.PUPIL
    return tuple(
        ScaleProposals(key, title, tuple(Proposal(one, said.get((key, one.key))) for one in fitting(key, level, group)))
        for key, title in scales
    )


def chosen(actor: Membership, round: Round, group: Group, pupil: Pupil | None) -> Sequence[Direction]:
    """What was said about this round, of the pupil or of the group."""
    return list(may(actor, Direction, Verb.READ).filter(round=round, group=group, pupil=pupil).select_related("chosen_by__person"))


def title_of(row: Direction) -> str:
    """What the entry was called when it was chosen."""
    found = direction(row.entry, row.entry_version)
    return found.title if found else row.entry
