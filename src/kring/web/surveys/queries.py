"""Rounds with how far they are, and the results of the groups one may see; as many questions to the database for three as for one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from kring.core.access import Verb
from kring.core.instruments import Instrument
from kring.core.reliability import MeasurementError, Origin
from kring.library import instrument
from kring.web.access import may
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.surveys.models import Invitation, Round, ScalePrecision, Submission
from kring.web.surveys.results import GroupRound


@dataclass(frozen=True, slots=True)
class Progress:
    """How many lists of a round were asked of a group, and how many came in."""

    group: Group
    asked: int
    done: int


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round and how far it is in the groups that one may see."""

    round: Round
    instrument: Instrument
    groups: tuple[Progress, ...] = ()
    asked: int = field(init=False)
    done: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", sum(one.asked for one in self.groups))
        object.__setattr__(self, "done", sum(one.done for one in self.groups))

    @property
    def is_sociogram(self) -> bool:
        """Whether the round asks who chooses whom, and not for a list."""
        return not self.instrument.scales


def rounds(actor: Membership) -> list[RoundLine]:
    """Every round that the actor may see, the newest first."""
    return round_lines(actor, may(actor, Round, Verb.READ).select_related("year").order_by("-opens_on", "title"))


def round_lines(actor: Membership, found: Iterable[Round]) -> list[RoundLine]:
    """These rounds with their progress, group by group."""
    listed = list(found)
    progress = _progress(actor, may(actor, Invitation, Verb.COUNT).filter(round__in=listed))
    return [RoundLine(one, instrument(one.instrument, one.version), tuple(progress.get(one.pk, ()))) for one in listed]


def rounds_of_group(actor: Membership, group: Group) -> list[RoundLine]:
    """The rounds that asked something of this group, the newest first, with its own progress."""
    progress = _progress(actor, may(actor, Invitation, Verb.COUNT).filter(group=group))
    found = may(actor, Round, Verb.READ).filter(pk__in=progress).order_by("-opens_on", "title")
    return [RoundLine(one, instrument(one.instrument, one.version), tuple(progress[one.pk])) for one in found]


def newest_rounds(actor: Membership, groups: Iterable[Group]) -> dict[UUID, RoundLine]:
    """Of each group the round that opened last, by the key of the group."""
    progress = _progress(actor, may(actor, Invitation, Verb.COUNT).filter(group__in=list(groups)))
    newest: dict[UUID, RoundLine] = {}
    for one in may(actor, Round, Verb.READ).filter(pk__in=progress).order_by("opens_on", "title"):
        for part in progress[one.pk]:
            newest[part.group.pk] = RoundLine(one, instrument(one.instrument, one.version), (part,))
    return newest


def _progress(actor: Membership, invitations: QuerySet[Invitation]) -> dict[UUID, list[Progress]]:
    """Per round the groups that one may see, in the order of their names; counted, not read."""
    counts: Mapping[tuple[UUID, UUID], dict[str, Any]] = {
        (row["round_id"], row["group_id"]): row
        for row in invitations.order_by().values("round_id", "group_id").annotate(asked=Count("pk"), done=Count("submission"))
    }
    groups = may(actor, Group, Verb.READ).select_related("year").in_bulk({group for _, group in counts})
    found: dict[UUID, list[Progress]] = {}
    for (round_id, group_id), row in counts.items():
        if group_id in groups:
            found.setdefault(round_id, []).append(Progress(groups[group_id], row["asked"], row["done"]))
    return {key: sorted(parts, key=lambda part: part.group.name) for key, parts in found.items()}


def group_rounds(actor: Membership, **where: Any) -> tuple[GroupRound, ...]:
    """The lists that may be read, per round and group, the newest first; `where` narrows the invitations (`group=…`, `round=…`)."""
    invitations = list(
        may(actor, Invitation, Verb.READ)
        .filter(**where)
        .select_related("round", "group", "pupil")
        .order_by("-round__opens_on", "round__title", "group__name", "pupil__sort_name", "pupil_id")
    )
    found = dict(may(actor, Submission, Verb.READ).filter(invitation__in=[one.pk for one in invitations]).values_list("invitation_id", "answers"))
    errors = _errors(actor)
    parts: dict[tuple[UUID, UUID], list[Invitation]] = {}
    for one in invitations:
        parts.setdefault((one.round_id, one.group_id), []).append(one)
    return tuple(GroupRound.of(part, found, errors) for part in parts.values() if instrument(part[0].round.instrument, part[0].round.version).scales)


def rounds_of_pupil(actor: Membership, pupil: Pupil) -> tuple[GroupRound, ...]:
    """Every list about this pupil, with the classmates of that time, so that the numbers are those of the group page."""
    own = may(actor, Invitation, Verb.READ).filter(pupil=pupil).values_list("round_id", "group_id")
    asked = set(own)
    found = group_rounds(actor, round__in=[key for key, _ in asked], group__in=[key for _, key in asked])
    return tuple(one for one in found if (one.round.pk, one.group.pk) in asked)


def _errors(actor: Membership) -> dict[tuple[str, int], dict[str, MeasurementError | None]]:
    """The measurement errors of the school by instrument, version and scale."""
    errors: dict[tuple[str, int], dict[str, MeasurementError | None]] = {}
    for row in may(actor, ScalePrecision, Verb.READ):
        error = MeasurementError(row.sem, row.reliability, row.sd, row.n, Origin(row.origin))
        errors.setdefault((row.instrument, row.version), {})[row.scale] = error
    return errors
