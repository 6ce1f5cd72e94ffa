"""Rounds with how far they are, and the results of the groups one may see; as many questions to the database for three as for one."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from kring.core.access import Record, Role, Verb, rule_of
from kring.core.instruments import Instrument
from kring.core.reliability import MeasurementError, Origin
from kring.web.access import LISTS, may
from kring.web.schools.models import Enrolment, Group, Membership, Pupil
from kring.web.schools.naming import listed_names
from kring.web.surveys.answers import Stored
from kring.web.surveys.models import AnonymousSubmission, Invitation, Round, ScalePrecision, Submission
from kring.web.surveys.results import Errors, GroupRound, group_round


@dataclass(frozen=True, slots=True)
class Progress:
    """How many lists of a round were asked of a group, and how many came in."""

    group: Group
    asked: int  # also of who was absent; not of who takes no part or left the school
    done: int
    absent: int = 0
    withdrawn: int = 0
    left: int = 0

    @property
    def missing(self) -> int:
        """What may still come and is waited for."""
        return self.asked - self.done - self.absent


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round and how far it is in the groups that one may see."""

    round: Round
    instrument: Instrument
    groups: tuple[Progress, ...] = ()
    uncounted: bool = False  # a list without names, for who may not count what came in
    asked: int = field(init=False)
    done: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", sum(one.asked for one in self.groups))
        object.__setattr__(self, "done", sum(one.done for one in self.groups))

    @property
    def missing(self) -> int:
        return sum(one.missing for one in self.groups)

    @property
    def waiting(self) -> tuple[Progress, ...]:
        """The groups of which something is still waited for."""
        return tuple(one for one in self.groups if one.missing)

    @property
    def is_complete(self) -> bool:
        """Whether something was asked and nothing is waited for."""
        return bool(self.asked) and not self.missing

    @property
    def is_sociogram(self) -> bool:
        """Whether the round asks who chooses whom, and not for a list."""
        return bool(self.instrument.questions)


def rounds(actor: Membership) -> list[RoundLine]:
    """The rounds that may be seen, the newest first; what was closed without one's own groups is left out."""
    of_groups = may(actor, Round, Verb.READ).filter(asks__in=Round.OF_GROUPS)
    lines = round_lines(actor, of_groups.select_related("year").order_by("-opens_on", "title"))
    return [line for line in lines if line.groups or line.round.closed_at is None]


def round_lines(actor: Membership, found: Iterable[Round]) -> list[RoundLine]:
    """These rounds with their progress, group by group."""
    listed = list(found)
    progress = _progress(actor, may(actor, Invitation, Verb.COUNT).filter(round__in=listed)) if listed else {}
    return [_line(actor, one, progress.get(one.pk, ())) for one in listed]


def _line(actor: Membership, found: Round, groups: Iterable[Progress]) -> RoundLine:
    unseen = rule_of(Role(actor.role), Record.ANONYMOUS_SUBMISSION, Verb.COUNT) is None
    return RoundLine(found, found.offered, tuple(groups), uncounted=unseen and found.offered.anonymous)


def rounds_of_group(actor: Membership, group: Group) -> list[RoundLine]:
    """The rounds that asked something of this group, the newest first, with its own progress."""
    progress = _progress(actor, may(actor, Invitation, Verb.COUNT).filter(group=group), {group.pk: group})
    found = may(actor, Round, Verb.READ).filter(pk__in=progress).order_by("-opens_on", "title")
    return [_line(actor, one, progress[one.pk]) for one in found]


def rounds_of_groups(actor: Membership, groups: Iterable[Group]) -> list[RoundLine]:
    """The same of several groups, what opened first first."""
    progress = _progress(actor, may(actor, Invitation, Verb.COUNT).filter(group__in=list(groups)))
    found = may(actor, Round, Verb.READ).filter(pk__in=progress).order_by("opens_on", "title")
    return [_line(actor, one, progress[one.pk]) for one in found]


def newest_rounds(actor: Membership, groups: Iterable[Group]) -> dict[UUID, RoundLine]:
    """Of each group the round that opened last, by the key of the group; one that is still to begin only when there is no other."""
    return newest_of(rounds_of_groups(actor, groups))


def newest_of(lines: Iterable[RoundLine]) -> dict[UUID, RoundLine]:
    """The same of what `rounds_of_groups` found."""
    newest: dict[UUID, RoundLine] = {}
    today = timezone.localdate()
    for line in lines:
        for part in line.groups:
            if line.round.opens_on <= today or part.group.pk not in newest:
                newest[part.group.pk] = replace(line, groups=(part,))
    return newest


def _progress(
    actor: Membership, invitations: QuerySet[Invitation], groups: Mapping[UUID, Group] | None = None
) -> dict[UUID, list[Progress]]:
    """Per round the groups that one may see, in the order of their names; counted, not read. `groups`: those, where they were found."""
    counts = list(invitations.order_by().values_list("round_id", "group_id").annotate(**_counted(timezone.now())))
    groups = may(actor, Group, Verb.READ).in_bulk({row[1] for row in counts}) if groups is None else groups
    unnamed = _unnamed(actor, {row[0] for row in counts})
    found: dict[UUID, list[Progress]] = {}
    for round_id, group_id, all_of_them, done, absent, withdrawn, left in counts:
        if group_id in groups:
            came_in = done + unnamed.get((round_id, group_id), 0)
            one = Progress(groups[group_id], all_of_them - withdrawn - left, came_in, absent, withdrawn, left)
            found.setdefault(round_id, []).append(one)
    return {key: sorted(parts, key=lambda part: part.group.name) for key, parts in found.items()}


def _counted(at: datetime) -> dict[str, Count]:
    """Of each list one thing: in, or else withdrawn, or else its pupil left, or else absent; as `core/running.py` has it."""
    to_come, takes_part, sits_here = Q(submission=None, answered=False), Q(withdrawn_at=None), at_school(at)
    return {
        "all_of_them": Count("pk"),
        "done": Count("submission"),
        "absent": Count("pk", filter=to_come & takes_part & Q(absent=True) & sits_here),
        "withdrawn": Count("pk", filter=to_come & ~takes_part),
        "left": Count("pk", filter=to_come & takes_part & ~sits_here),
    }


def _unnamed(actor: Membership, rounds: Collection[UUID]) -> dict[tuple[UUID, UUID | None], int]:
    """How many lists without names came in, by round and group."""
    rows = may(actor, AnonymousSubmission, Verb.COUNT).filter(round__in=rounds).order_by().values_list("round_id", "group_id")
    return {(round_id, group_id): n for round_id, group_id, n in rows.annotate(n=Count("pk"))}


def at_school(at: datetime) -> Q:
    """Invitations of pupils who are in some group of the school or will be; of a closed round: were when it was closed."""
    moment = Coalesce(OuterRef("round__closed_at"), Value(at, output_field=DateTimeField()))
    staying = Enrolment.objects.filter(until_at=None)  # asked once, and not of every row: nearly everybody is among them
    return Q(pupil__in=staying.values("pupil")) | Q(Exists(Enrolment.objects.filter(until_at__gt=moment, pupil=OuterRef("pupil"))))


def waited_for(at: datetime) -> Q:
    """Invitations of which a list may still come and is missed."""
    return Q(submission=None, withdrawn_at=None, absent=False, pupil__merged_at=None) & at_school(at)


def group_rounds(actor: Membership, **where: Any) -> tuple[GroupRound, ...]:
    """The lists that may be read, per round and group, the newest first; `where` narrows the invitations (`group=…`, `round=…`).

    Nobody sees what came out of a round before it is closed; and of whose list one may read nothing, one does not learn that it was asked.
    """
    return _in_order(*_taken(actor, **where))


Parts = dict[tuple[UUID, UUID], dict[str, Stored]]
"""Of each round and group the lists, by the key of the pupil."""
Score = Callable[[Round, UUID, Mapping[str, Stored]], GroupRound]


def _in_order(found: Iterable[Round], parts: Parts, score: Score) -> tuple[GroupRound, ...]:
    return tuple(score(one, group_id, part) for one in found for (round_id, group_id), part in parts.items() if round_id == one.pk)


def _taken(actor: Membership, names: Mapping[str, str] | None = None, **where: Any) -> tuple[list[Round], Parts, Score]:
    """`names` of the pupils, where they are known."""
    takes_part = Q(withdrawn_at=None) | Q(submission__isnull=False)
    shown = may(actor, Invitation, Verb.READ).filter(takes_part, round__closed_at__isnull=False, round__asks__in=_readable(actor))
    asked = list(shown.filter(**where).select_related("round").order_by("pupil__sort_name", "pupil_id"))
    found = sorted({one.round for one in asked}, key=lambda one: (-one.opens_on.toordinal(), one.title, one.pk))
    called = _names(actor, [one.pupil_id for one in asked]) if names is None else names
    answers = may(actor, Submission, Verb.READ).filter(invitation__in=asked).values_list("invitation_id", "answers")
    given, errors = dict(answers), _errors(actor)
    parts: Parts = {}
    for one in asked:
        parts.setdefault((one.round_id, one.group_id), {})[str(one.pupil_id)] = given.get(one.pk, {})
    scored = [one for one in found if one.offered.scales and not one.offered.anonymous]  # without names nothing stands with a pupil
    return scored, parts, lambda one, group_id, part: group_round(one, group_id, part, called, errors)


def _names(actor: Membership, pupils: Sequence[UUID]) -> dict[str, str]:
    return {one.key: one.name for one in listed_names(pupils, may(actor, Pupil, Verb.READ).filter(pk__in=pupils)).values()}


def _readable(actor: Membership) -> list[str]:
    """Whose lists this role may read on some row, by whom a round asks."""
    return [asks for asks, record in LISTS.items() if rule_of(Role(actor.role), record, Verb.READ)]


def was_asked(actor: Membership, round: Round, group: Group) -> bool:
    """Whether this round asks scales or classmates of this group, and one may read about it."""
    asks = bool(round.offered.scales or round.offered.questions)
    return asks and may(actor, Invitation, Verb.READ).filter(round=round, group=group).exists()


def rounds_of_pupil(actor: Membership, pupil: Pupil) -> tuple[GroupRound, ...]:
    """Every list about this pupil and of nobody else: a score is the same as on the group page, and nothing is said about a group."""
    return _in_order(*_taken(actor, {str(pupil.pk): str(pupil)}, pupil=pupil))


def rounds_of_pupils(actor: Membership, pupils: Collection[UUID]) -> dict[str, tuple[GroupRound, ...]]:
    """The same of many pupils, each by itself, with as many questions to the database as for one."""
    found, parts, score = _taken(actor, pupil__in=pupils)
    return {
        key: tuple(
            score(one, group_id, {key: part[key]})
            for one in found
            for (round_id, group_id), part in parts.items()
            if round_id == one.pk and key in part
        )
        for key in map(str, pupils)
    }


def _errors(actor: Membership) -> Errors:
    """The measurement errors of the school by instrument, version and scale."""
    errors: Errors = {}
    for row in may(actor, ScalePrecision, Verb.READ):
        error = MeasurementError(row.sem, row.reliability, row.sd, row.n, Origin(row.origin))
        errors.setdefault((row.instrument, row.version), {})[row.scale] = error
    return errors
