"""What pupils said of bullying, for who follows it up with names, and for who teaches them as numbers only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from kring.core.access import Verb
from kring.core.sociometry import BullyingNetwork, Frequency, Participation
from kring.core.sociometry.bullying import OFTEN
from kring.core.sociometry.nominations import TOOK_PART
from kring.web.access import may
from kring.web.schools.models import Membership, Pupil
from kring.web.schools.naming import listed_names
from kring.web.sociograms.bullying.counting import network_of, numbers_of
from kring.web.sociograms.bullying.intake import TO_TALK
from kring.web.sociograms.bullying.words import OFTEN_WORDS
from kring.web.sociograms.models import BullyingName, BullyingReport, ListedPupil, Sociogram
from kring.web.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Talk:
    """A pupil to talk with: how often it happens, and how it stands with the talk when it is one's own to have."""

    key: UUID
    name: str
    often: Frequency
    task: Task | None

    @property
    def word(self) -> Promise:
        return OFTEN_WORDS[self.often]


@dataclass(frozen=True, slots=True)
class NamedLine:
    """Somebody who is named, by whom; `is_pattern`: by at least two. `names_too`: names a classmate as well."""

    name: str
    by: tuple[str, ...]
    is_pattern: bool
    names_too: bool


@dataclass(frozen=True, slots=True)
class Network:
    """With names: for who follows it up alone."""

    talks: Sequence[Talk]
    named: Sequence[NamedLine]
    shared: Sequence[tuple[str, str, int]]
    helping: Sequence[tuple[str, tuple[str, ...]]]
    numbers: Mapping[str, Any]


def network(actor: Membership, row: Sociogram, *, at: datetime) -> Network:
    """Everything, by name."""
    listed = _listed(actor, row)
    said = may(actor, BullyingName, Verb.READ, at=at).filter(sociogram=row).values_list("part", "victim_id", "named_id")
    rows = list(may(actor, BullyingReport, Verb.READ, at=at).filter(sociogram=row))
    reports, found = {str(one.pupil_id): Frequency(one.frequency) for one in rows}, _network(listed, said)
    pupils = [UUID(one) for one in listed]
    names = {key: one.name for key, one in listed_names(pupils, may(actor, Pupil, Verb.READ, at=at).filter(pk__in=pupils)).items()}
    return Network(
        talks=_talks(actor, rows, names, at),
        named=[
            NamedLine(names[one.pupil], tuple(names[by] for by in one.by), one.pattern, one.both_roles)
            for one in sorted(found.named, key=lambda line: (-len(line.by), names[line.pupil]))
        ],
        shared=[(names[one.pupils[0]], names[one.pupils[1]], one.victims) for one in found.shared],
        helping=[(names[one.pupil], tuple(names[key] for key in one.defends)) for one in found.defenders],
        numbers=numbers_of(found, reports),
    )


def numbers(actor: Membership, row: Sociogram, *, at: datetime) -> Mapping[str, Any]:
    """Counted, without a name: also after the names are gone."""
    kept = row.figures.get("bullying")
    if kept is not None:
        return dict(kept)
    said = may(actor, BullyingName, Verb.COUNT, at=at).filter(sociogram=row).values_list("part", "victim_id", "named_id")
    reports = may(actor, BullyingReport, Verb.COUNT, at=at).filter(sociogram=row).values_list("pupil_id", "frequency")
    told = {str(pupil): Frequency(frequency) for pupil, frequency in reports}
    return numbers_of(_network(_listed(actor, row), said), told)


def _listed(actor: Membership, row: Sociogram) -> dict[str, Participation]:
    rows = may(actor, ListedPupil, Verb.READ).filter(sociogram=row).order_by("pupil__sort_name", "pupil_id")
    return {str(pupil): Participation(status) for pupil, status in rows.values_list("pupil_id", "participation")}


def _network(listed: Mapping[str, Participation], said: Iterable[tuple[Any, ...]]) -> BullyingNetwork:
    answered = [pupil for pupil, status in listed.items() if status in TOOK_PART]
    return network_of(listed, answered, ((str(part), str(victim), str(named)) for part, victim, named in said))


def _talks(actor: Membership, rows: Sequence[BullyingReport], names: Mapping[str, str], at: datetime) -> list[Talk]:
    often = [row for row in rows if row.frequency in OFTEN]
    mine = may(actor, Task, Verb.READ, at=at).filter(kind=TO_TALK, record_id__in=[row.pk for row in often])
    tasks = {task.record_id: task for task in mine}
    talks = [Talk(row.pk, names[str(row.pupil_id)], Frequency(row.frequency), tasks.get(row.pk)) for row in often]
    return sorted(talks, key=lambda one: (-list(Frequency).index(one.often), one.name))


def report(actor: Membership, key: UUID, *, at: datetime) -> BullyingReport | None:
    """What one pupil says, also while the round is open: a child who is bullied does not wait for its end."""
    rows = may(actor, BullyingReport, Verb.READ, at=at).select_related("sociogram__round", "sociogram__group")
    return rows.filter(pk=key).first()
