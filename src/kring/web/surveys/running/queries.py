"""A round while it runs, group by group and name by name: who is done and who is not, never what was answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from kring.core import running
from kring.core.access import Verb
from kring.core.baselines import are_shown
from kring.core.instruments import About
from kring.core.rounds import OpenRound, Window, is_for
from kring.core.running import Asked, Standing, State
from kring.core.school_types import SchoolType
from kring.core.sociometry import Sufficiency
from kring.core.sociometry.nominations import sufficiency_of
from kring.web.access import may
from kring.web.people.dates import begins
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live
from kring.web.schools.naming import ListedName, listed_names
from kring.web.surveys.family.intake import objecting
from kring.web.surveys.models import Invitation, Reopening, Round, Submission
from kring.web.surveys.queries import at_school


def asked_to_close(author: Membership) -> list[Round]:
    """The open rounds that this person asked to close."""
    return list(may(author, Round, Verb.RUN).filter(closed_at=None, closed_by=author).order_by("opens_on", "title"))


def state_of(round: Round, *, at: datetime) -> State:
    return running.state(Window(round.opens_on, round.closes_on), closed_at=round.closed_at, on=timezone.localdate(at))


def reopenings(actor: Membership, round: Round) -> list[Reopening]:
    """Why and until when it was opened again, the first time first."""
    return list(may(actor, Reopening, Verb.READ).filter(round=round).select_related("reopened_by__person", "closed_by__person"))


def lists_shown(round: Round) -> int:
    """Of how many lists at most the counts are shown, when one list more would tell what it says: of colleagues, and of a class in which
    nobody reads who said no to whom."""
    if round.asks == Round.Asks.STAFF:
        return round.anonymous_submissions.count()
    asked = round.offered.questions
    if not any(one.is_only_counted for one in asked):
        return 0
    always = any(one.is_of_bullying for one in asked)  # of the others, of too few nothing is shown
    listed = Invitation.objects.filter(Q(withdrawn_at=None) | Q(submission__isnull=False), round=round).order_by()
    groups = listed.values_list("group_id").annotate(asked=Count("pk"), came=Count("submission"))
    return max((came for _group, n, came in groups if always or sufficiency_of(came, n) is not Sufficiency.TOO_FEW), default=0)


def counts_shown(round: Round) -> bool:
    """Whether its counts were shown, so that it is never opened again."""
    return are_shown(lists_shown(round))


# ---- one group, name by name ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PupilLine:
    """One list that was asked: about whom, and where it stands; of a list without names nobody knows whether it is in."""

    invitation: Invitation
    pupil: ListedName
    standing: Standing
    sits_elsewhere: bool
    may_change: bool

    @property
    def is_done(self) -> bool:
        return self.standing in {Standing.DONE, Standing.DONE_LATE}

    @property
    def is_open(self) -> bool:
        """Whether something may still be said about it."""
        return self.may_change and self.standing in {Standing.MISSING, Standing.LATER, Standing.ABSENT, Standing.LEFT}


def pupil_lines(actor: Membership, round: Round, group: Group, *, at: datetime) -> list[PupilLine]:
    """The lists that this round asked of this group, in the order of the names."""
    here = Enrolment.objects.filter(live(at), pupil=OuterRef("pupil"), group=group)
    found = list(
        may(actor, Invitation, Verb.READ)
        .filter(round=round, group=group)
        .annotate(is_at_school=at_school(at), sits_here=Q(Exists(here)), done_at=F("submission__submitted_at"))
        .order_by("pupil__sort_name", "pupil_id")
    )
    pupils = [one.pupil_id for one in found]
    names = listed_names(pupils, may(actor, Pupil, Verb.READ).filter(pk__in=pupils))
    mine = set(may(actor, Invitation, Verb.WRITE).filter(round=round, group=group).values_list("pk", flat=True))
    may_change = round.closed_at is None
    return [
        PupilLine(one, names[str(one.pupil_id)], _standing(one, round, at), _sits_elsewhere(one), may_change and one.pk in mine)
        for one in found
    ]


def _sits_elsewhere(one: Invitation) -> bool:
    return bool(getattr(one, "is_at_school", True) and not getattr(one, "sits_here", True))


def _standing(one: Invitation, round: Round, at: datetime) -> Standing:
    on = timezone.localdate(min(at, round.closed_at) if round.closed_at else at)
    known = asked(one, getattr(one, "done_at", None), left=not getattr(one, "is_at_school", True))
    return running.standing(known, closes_on=round.closes_on, on=on)


def asked(one: Invitation, done_at: datetime | None, *, left: bool = False) -> Asked:
    """What is known of this list."""
    return Asked(timezone.localdate(done_at) if done_at else None, one.withdrawn_at is not None, left, one.absent, one.answer_until)


def done_at(one: Invitation) -> datetime | None:
    """When this list came in."""
    return Submission.objects.filter(invitation=one).values_list("submitted_at", flat=True).first()


def put_off(actor: Membership, round: Round, *, at: datetime) -> int:
    """How many lists have a later day that is still to come."""
    rows = may(actor, Invitation, Verb.COUNT).filter(round=round, submission=None, withdrawn_at=None, absent=False)
    return rows.filter(answer_until__gte=timezone.localdate(at)).count()


# ---- who came after it was opened -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Sits in a group that was asked, and was not."""

    pupil_id: UUID
    group_id: UUID


def newcomers(actor: Membership, round: Round, *, at: datetime, group: Group | None = None) -> list[Newcomer]:
    """Who sits there now (or when it opens), for whose year the list is made, who takes part, and was not asked yet."""
    offered = round.offered
    if round.closed_at is not None or round.asks not in Round.OF_GROUPS or offered.about is not About.PUPIL:
        return []
    asked_groups = Invitation.objects.filter(round=round, **({"group": group} if group else {})).values("group")
    invited = Invitation.objects.filter(round=round, pupil=OuterRef("pupil"))
    moment = max(at, begins(round.opens_on))
    sitting = may(actor, Enrolment, Verb.READ).filter(~Exists(invited), live(moment), group__in=asked_groups)
    school_type = SchoolType(actor.school.type)
    found = {
        row.pupil_id: Newcomer(row.pupil_id, row.group_id)
        for row in sitting.order_by("group__name", "pupil__sort_name", "pupil_id")
        if is_for(offered.year_levels, row.year_level, school_type)
    }
    taking_no_part = objecting(actor.school, round.instrument, found, at)
    return [one for key, one in found.items() if key not in taking_no_part]


def named(actor: Membership, found: Iterable[Newcomer]) -> list[ListedName]:
    pupils = [one.pupil_id for one in found]
    return list(listed_names(pupils, may(actor, Pupil, Verb.READ).filter(pk__in=pupils)).values()) if pupils else []


# ---- may it? ----------------------------------------------------------------------------------------------------


def came_in(round: Round) -> Mapping[str, int]:
    """How much came in, kind by kind, whoever asks: what came in, is never thrown away."""
    guardians = round.guardian_invitations.filter(answered_at__isnull=False)
    return {
        "lists": Submission.objects.filter(invitation__round=round).count(),
        "unnamed": round.anonymous_submissions.count(),
        "sociograms": Round.objects.filter(pk=round.pk, sociograms__isnull=False).count(),
        "guardians": guardians.count(),
        "colleagues": round.staff_invitations.filter(answered=True).count(),
        "busy": Invitation.objects.filter(round=round, filling__isnull=False).count(),
        "guardians busy": round.guardian_invitations.filter(filling__isnull=False).count(),
        "late": late(round),
    }


def late(round: Round) -> int:
    """How many lists came when they could not count any more, and wait for somebody to choose (web/answering)."""
    return Round.objects.filter(pk=round.pk, set_aside__isnull=False, set_aside__thrown_at=None).count()


def groups_of(round: Round) -> dict[str, str]:
    """The names of the groups that it asked, by key."""
    return {str(group.pk): group.name for group in Group.objects.filter(invitations__round=round).distinct()}


def others_open(round: Round) -> list[OpenRound]:
    """The other open rounds of the same list."""
    found = _same_list(round).filter(closed_at=None).exclude(pk=round.pk)
    return [OpenRound(one.title, Window(one.opens_on, one.closes_on), frozenset(groups_of(one))) for one in found]


def _same_list(round: Round) -> QuerySet[Round]:
    return Round.objects.filter(school=round.school_id, instrument=round.instrument, asks=round.asks)
