"""Rounds with how far they are, and the results of the groups one may see; as many questions to the database for three as for one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from kring.core.access import Verb
from kring.core.instruments import Instrument
from kring.core.reliability import MeasurementError, Origin
from kring.web.access import may
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.schools.naming import listed_names
from kring.web.surveys.answers import Stored
from kring.web.surveys.models import Invitation, Round, ScalePrecision, Submission
from kring.web.surveys.results import Errors, GroupRound, group_round


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
        return bool(self.instrument.questions)


def rounds(actor: Membership) -> list[RoundLine]:
    """The rounds that may be seen, the newest first; what was closed without one's own groups is left out."""
    of_groups = may(actor, Round, Verb.READ).filter(asks=Round.Asks.GROUPS)
    lines = round_lines(actor, of_groups.select_related("year").order_by("-opens_on", "title"))
    return [line for line in lines if line.groups or line.round.closed_at is None]


def round_lines(actor: Membership, found: Iterable[Round]) -> list[RoundLine]:
    """These rounds with their progress, group by group."""
    listed = list(found)
    progress = _progress(actor, may(actor, Invitation, Verb.COUNT).filter(round__in=listed))
    return [RoundLine(one, one.offered, tuple(progress.get(one.pk, ()))) for one in listed]


def rounds_of_group(actor: Membership, group: Group) -> list[RoundLine]:
    """The rounds that asked something of this group, the newest first, with its own progress."""
    progress = _progress(actor, may(actor, Invitation, Verb.COUNT).filter(group=group))
    found = may(actor, Round, Verb.READ).filter(pk__in=progress).order_by("-opens_on", "title")
    return [RoundLine(one, one.offered, tuple(progress[one.pk])) for one in found]


def newest_rounds(actor: Membership, groups: Iterable[Group]) -> dict[UUID, RoundLine]:
    """Of each group the round that opened last, by the key of the group."""
    progress = _progress(actor, may(actor, Invitation, Verb.COUNT).filter(group__in=list(groups)))
    newest: dict[UUID, RoundLine] = {}
    for one in may(actor, Round, Verb.READ).filter(pk__in=progress).order_by("opens_on", "title"):
        for part in progress[one.pk]:
            newest[part.group.pk] = RoundLine(one, one.offered, (part,))
    return newest


def _progress(actor: Membership, invitations: QuerySet[Invitation]) -> dict[UUID, list[Progress]]:
    """Per round the groups that one may see, in the order of their names; counted, not read."""
    counts = list(invitations.order_by().values_list("round_id", "group_id").annotate(asked=Count("pk"), done=Count("submission")))
    groups = may(actor, Group, Verb.READ).in_bulk({row[1] for row in counts})
    found: dict[UUID, list[Progress]] = {}
    for round_id, group_id, asked, done in counts:
        if group_id in groups:
            found.setdefault(round_id, []).append(Progress(groups[group_id], asked, done))
    return {key: sorted(parts, key=lambda part: part.group.name) for key, parts in found.items()}


def group_rounds(actor: Membership, **where: Any) -> tuple[GroupRound, ...]:
    """The lists that may be read, per round and group, the newest first; `where` narrows the invitations (`group=…`, `round=…`)."""
    in_order = may(actor, Invitation, Verb.READ).filter(**where).order_by("pupil__sort_name", "pupil_id")
    asked = list(in_order.values_list("pk", "round_id", "group_id", "pupil_id"))
    found = may(actor, Round, Verb.READ).filter(pk__in={row[1] for row in asked}).order_by("-opens_on", "title")
    pupils = [row[3] for row in asked]
    names = {one.key: one.name for one in listed_names(pupils, may(actor, Pupil, Verb.READ).filter(pk__in=pupils)).values()}
    answers = may(actor, Submission, Verb.READ).filter(invitation__in=[row[0] for row in asked]).values_list("invitation_id", "answers")
    given, errors = dict(answers), _errors(actor)
    parts: dict[tuple[UUID, UUID], dict[str, Stored]] = {}
    for invitation, round_id, group_id, pupil in asked:
        parts.setdefault((round_id, group_id), {})[str(pupil)] = given.get(invitation, {})
    return tuple(
        group_round(one, group_id, part, names, errors)
        for one in found
        if one.offered.scales
        for (round_id, group_id), part in parts.items()
        if round_id == one.pk
    )


def rounds_of_pupil(actor: Membership, pupil: Pupil) -> tuple[GroupRound, ...]:
    """Every list about this pupil and of nobody else: a score is the same as on the group page, and nothing is said about a group."""
    return group_rounds(actor, pupil=pupil)


def _errors(actor: Membership) -> Errors:
    """The measurement errors of the school by instrument, version and scale."""
    errors: Errors = {}
    for row in may(actor, ScalePrecision, Verb.READ):
        error = MeasurementError(row.sem, row.reliability, row.sd, row.n, Origin(row.origin))
        errors.setdefault((row.instrument, row.version), {})[row.scale] = error
    return errors
