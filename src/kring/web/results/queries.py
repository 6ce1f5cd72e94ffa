"""What came out about a pupil round by round, with what was done with it: read, shown, answered, and followed by something or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from kring.core.access import Record, Role, Scope, Verb, rule_of
from kring.core.acting import attention, group_attention
from kring.core.groups import PupilScale, ScaleResult
from kring.web.access import may, may_do_too
from kring.web.results.models import CriticalReading, Direction, ResultResponse, ScaleProfile
from kring.web.schools.models import Membership, Pupil, SchoolYear
from kring.web.surveys.models import Invitation, Round
from kring.web.surveys.queries import group_rounds
from kring.web.surveys.results import GroupRound


@dataclass(frozen=True, slots=True)
class Outcome:
    """One closed round about one pupil, and what followed. Of what one may not read there is nothing."""

    invitation: Invitation
    taken: GroupRound
    has_list: bool
    reading: CriticalReading | None = None
    profile: ScaleProfile | None = None
    directions: tuple[Direction, ...] = ()
    is_long_ago: bool = False  # before this school year

    @property
    def round(self) -> Round:
        return self.taken.round

    @property
    def scales(self) -> tuple[PupilScale, ...]:
        return self.taken.results.pupil(str(self.invitation.pupil_id))

    @property
    def flagged(self) -> tuple[PupilScale, ...]:
        """The scales that ask attention."""
        return attention(self.taken.results, str(self.invitation.pupil_id))

    @property
    def is_to_be_read(self) -> bool:
        """Whether the four questions wait for an answer. Of a list of long ago nobody is asked to decide anything."""
        return bool(self.flagged) and self.reading is None and not self.is_long_ago


@dataclass(frozen=True, slots=True)
class Panel:
    """On the page of a pupil: every outcome, the newest first; and what one may do about them."""

    outcomes: tuple[Outcome, ...]
    may_act: bool
    open_rounds: tuple[Round, ...]


def panel(actor: Membership, pupil: Pupil, taken: Sequence[GroupRound]) -> Panel:
    """What was done with the results of this pupil, who was found."""
    may_act = may_do_too(actor, pupil, Verb.WRITE, of=Record.SCALE_PROFILE)
    return Panel(tuple(outcomes(actor, pupil, taken)), may_act, tuple(_still_open(actor, pupil)))


def outcomes(actor: Membership, pupil: Pupil, taken: Sequence[GroupRound]) -> list[Outcome]:
    """Round by round, of those whose list came in."""
    asked = {one.round_id: one for one in may(actor, Invitation, Verb.READ).filter(pupil=pupil, round__in=[one.round.pk for one in taken])}
    readings = _readings(actor, asked.values())
    profiles = {one.round_id: one for one in may(actor, ScaleProfile, Verb.READ).filter(pupil=pupil).select_related("shown_by__person")}
    chosen: dict[UUID, list[Direction]] = {}
    for one in may(actor, Direction, Verb.READ).filter(pupil=pupil).select_related("chosen_by__person").order_by("chosen_at"):
        chosen.setdefault(one.round_id, []).append(one)
    since = _this_year(actor)
    return [
        Outcome(
            asked[one.round.pk],
            one,
            bool(one.results.answered),
            readings.get(asked[one.round.pk].pk),
            profiles.get(one.round.pk),
            tuple(chosen.get(one.round.pk, ())),
            one.round.opens_on < since,
        )
        for one in taken
        if one.round.pk in asked
    ]


def _this_year(actor: Membership) -> date:
    """When this school year began; where nobody entered it, nothing is of long ago."""
    begun = may(actor, SchoolYear, Verb.READ).filter(starts_on__lte=timezone.localdate()).order_by("-starts_on")
    return begun.values_list("starts_on", flat=True).first() or date.min


def outcome_of(actor: Membership, invitation: Invitation) -> Outcome | None:
    """That of one list; nothing while its round is open, and nothing when none came in."""
    taken = group_rounds(actor, pk=invitation.pk)
    found = outcomes(actor, invitation.pupil, taken)
    return next((one for one in found if one.has_list), None)


def _readings(actor: Membership, asked: Iterable[Invitation]) -> dict[UUID, CriticalReading]:
    rows = may(actor, CriticalReading, Verb.READ).filter(invitation__in=[one.pk for one in asked]).select_related("read_by__person")
    return {one.invitation_id: one for one in rows}


def responses_of(actor: Membership, pupil: Pupil) -> list[ResultResponse]:
    """What pupil and guardians said, the newest first; they stay beside the results for ever."""
    rows = may(actor, ResultResponse, Verb.READ).filter(profile__pupil=pupil)
    return list(rows.select_related("profile__round", "guardian").order_by("-said_at", "pk"))


def _still_open(actor: Membership, pupil: Pupil) -> list[Round]:
    """Rounds that ask about this pupil and are not closed: their results come later."""
    asked = may(actor, Invitation, Verb.READ).filter(pupil=pupil, round__closed_at=None, withdrawn_at=None).select_related("round")
    return [one.round for one in asked.order_by("-round__opens_on") if one.round.offered.scales]


@dataclass(frozen=True, slots=True)
class ToRead:
    """A pupil of a group who asks attention in the newest round of a list, and whether somebody read that with care."""

    name: str
    invitation: UUID
    round: Round
    scales: tuple[PupilScale, ...]
    reading: CriticalReading | None


def to_read(actor: Membership, taken: Sequence[GroupRound]) -> tuple[ToRead, ...]:
    """Of the newest round of each list, by name; for who may read what was answered to the four questions."""
    if not rule_of(Role(actor.role), Record.CRITICAL_READING, Verb.READ):
        return ()
    since = _this_year(actor)
    newest = [one for one in _newest(taken) if one.round.opens_on >= since]
    flagged = [(one, pupil, scales) for one in newest for pupil in one.results.pupils if (scales := attention(one.results, pupil))]
    pupils = [UUID(pupil) for _one, pupil, _scales in flagged]
    asked = may(actor, Invitation, Verb.READ).filter(round__in=[one.round.pk for one in newest], pupil__in=pupils)
    by_list = {(one.round_id, str(one.pupil_id)): one for one in asked}
    readings = _readings(actor, by_list.values())
    found = [
        ToRead(one.names[pupil], row.pk, one.round, scales, readings.get(row.pk))
        for one, pupil, scales in flagged
        if (row := by_list.get((one.round.pk, pupil)))
    ]
    return tuple(sorted(found, key=lambda one: (one.reading is not None, one.name.casefold())))


def class_first(actor: Membership, taken: Sequence[GroupRound]) -> tuple[tuple[GroupRound, tuple[ScaleResult, ...]], ...]:
    """Of the newest round of each list the scales that ask something of the whole group; for who may choose directions."""
    if not rule_of(Role(actor.role), Record.DIRECTION, Verb.WRITE):
        return ()
    found = [(one, group_attention(one.results)) for one in _newest(taken)]
    return tuple((one, scales) for one, scales in found if scales)


def _newest(taken: Sequence[GroupRound]) -> list[GroupRound]:
    """Of each list the last round; they come newest first."""
    return list({one.results.instrument.key: one for one in reversed(taken)}.values())


def reads_groups(role: Role) -> bool:
    """Whether this role reads the lists of whole groups, and not only of the pupils in a case: of these nothing is said about a group."""
    rule = rule_of(role, Record.OWN_LIST, Verb.READ)
    return rule is not None and not {Scope.GROUP, Scope.SCHOOL}.isdisjoint(rule.scopes)
