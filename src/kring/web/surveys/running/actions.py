"""What is done with a round while it runs: absent and later, newcomers, asking to close, opening again, taking back."""

from datetime import date, datetime

from django.utils import timezone

from kring.core import rounds, running
from kring.core.access import Record, Verb
from kring.core.baselines import refuse_baseline, refuse_shown
from kring.core.calendar import SchoolYear
from kring.core.rounds import ColleaguesAskedAlready, Window
from kring.web.action import action
from kring.web.jobs import intake as jobs
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Membership, School
from kring.web.surveys.family.intake import bring_objections_in_step, tell_families
from kring.web.surveys.intake import refuse_closed
from kring.web.surveys.models import Invitation, Reopening, Round
from kring.web.surveys.running import queries
from kring.web.surveys.running.work import KIND, close_rounds
from kring.web.tasks.intake import lapse_about

# ---- one list ---------------------------------------------------------------------------------------------------


@action("invitation.absent", needs=Verb.WRITE)
def mark_absent(actor: Membership, invitation: Invitation, *, at: datetime) -> None:  # noqa: ARG001
    """Was not there: nobody waits for this list, and it may still come. Raises RoundAlreadyClosed, ListInAlready, TakesNoPart."""
    _hold(invitation)
    invitation.absent, invitation.answer_until = True, None
    invitation.save(update_fields=["absent", "answer_until"])


@action("invitation.later", needs=Verb.WRITE)
def give_later_day(actor: Membership, invitation: Invitation, *, until: date, at: datetime) -> None:
    """Answers later than the others. Raises LaterDayNotLater, LaterDayOutsideYear, LaterDayFree and what absence raises."""
    _hold(invitation)
    found = invitation.round
    running.check_later_day(calendar_of(actor.school), _year(found), until, closes_on=found.closes_on, on=timezone.localdate(at))
    invitation.absent, invitation.answer_until = False, until
    invitation.save(update_fields=["absent", "answer_until"])


@action("invitation.asked_again", needs=Verb.WRITE)
def wait_again(actor: Membership, invitation: Invitation, *, at: datetime) -> None:  # noqa: ARG001
    """As the others after all: neither absent nor later."""
    _hold(invitation)
    invitation.absent, invitation.answer_until = False, None
    invitation.save(update_fields=["absent", "answer_until"])


def _hold(invitation: Invitation) -> None:
    """The round first, as when answers come in: it stays open until the transaction ends."""
    refuse_closed(invitation.round)
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
    running.refuse_settled(queries.asked(invitation, queries.done_at(invitation)), closed_at=None)


# ---- the round --------------------------------------------------------------------------------------------------


@action("round.newcomers_invited", needs=Verb.RUN)
def invite_newcomers(actor: Membership, round: Round, *, at: datetime) -> int:
    """Ask whoever came to an asked group since, or takes part again; how many. Raises RoundAlreadyClosed."""
    refuse_closed(round)
    found = queries.newcomers(actor, round, at=at)
    Invitation.objects.bulk_create(
        Invitation(school_id=round.school_id, round=round, group_id=one.group_id, pupil_id=one.pupil_id) for one in found
    )
    tell_families(round.school_id, [one.pupil_id for one in found], at=at)
    return len(found)


@action("round.close_asked", needs=Verb.RUN)
def ask_close(actor: Membership, round: Round, *, at: datetime) -> None:
    """Set closing going; the page tells how far it is. Raises RoundAlreadyClosed."""
    refuse_closed(round)
    job = jobs.running(actor, KIND, at=at)
    if job is None:  # what was asked before and failed is not closed unasked
        Round.objects.filter(school=actor.school_id, closed_at=None, closed_by=actor).update(closed_by=None, closing=None)
    Round.objects.filter(pk=round.pk).update(closed_by=actor)
    Round.objects.filter(pk=round.pk).update(closing=job or jobs.start(actor, KIND, close_rounds, at=at, repeatable=True))


@action("round.reopened", needs=Verb.WRITE, of=Record.REOPENING)
def reopen_round(actor: Membership, round: Round, reason: str, *, until: date, at: datetime) -> Reopening:
    """Take answers once more; who objected meanwhile takes no part. Raises RoundNotClosed, BaselineLocked, CountsShown, ReopeningTooLong,
    RoundInHoliday, RoundInWeekend, ReopeningReasonMissing and RoundsOverlap."""
    _hold_round(round)
    School.objects.select_for_update().get(pk=round.school_id)  # one at a time with who opens the same list
    refuse_baseline(is_baseline=round.is_baseline)
    refuse_shown(queries.lists_shown(round))
    on = timezone.localdate(at)
    running.check_reopening(_year(round), closed_at=round.closed_at, until=until, on=max(on, round.opens_on))
    rounds.check_has_school(calendar_of(actor.school), Window(min(on, until), until))
    words = running.reopening_reason(reason)
    _refuse_overlap(round, Window(min(on, until), until))
    made = _noted(actor, round, words, until, at)
    round.closed_at, round.closed_by, round.closing, round.closes_on = None, None, None, until
    round.save(update_fields=["closed_at", "closed_by", "closing", "closes_on"])
    bring_objections_in_step(round, at=at)
    return made


def _noted(actor: Membership, round: Round, reason: str, until: date, at: datetime) -> Reopening:
    return Reopening.objects.create(
        school_id=round.school_id,
        round=round,
        reason=reason,
        closed_at=round.closed_at or at,
        closed_by=round.closed_by,
        closes_on=round.closes_on,
        reopened_at=at,
        reopened_by=actor,
        until_on=until,
    )


def _refuse_overlap(round: Round, window: Window) -> None:
    others = queries.others_open(round)
    rounds.check_overlap(window, queries.groups_of(round), others)
    if round.asks == Round.Asks.STAFF and others:
        raise ColleaguesAskedAlready(title=others[0].title, opens_on=others[0].window.opens_on, closes_on=others[0].window.closes_on)


@action("round.withdrawn", needs=Verb.WRITE)
def withdraw_round(actor: Membership, round: Round, *, at: datetime) -> None:  # noqa: ARG001
    """It was opened by mistake: gone with its invitations, as long as nothing came in. Raises RoundAlreadyClosed, RoundNotEmpty."""
    _hold_round(round)
    running.refuse_not_empty([*queries.came_in(round).values()], closed_at=round.closed_at)
    for about in (round, *round.staff_invitations.all()):
        lapse_about(about, at=at)
    Round.objects.filter(pk=round.pk).delete()


def _hold_round(round: Round) -> None:
    round.refresh_from_db(from_queryset=Round.objects.select_for_update())


def _year(round: Round) -> SchoolYear:
    return SchoolYear(round.year.starts_on, round.year.ends_on)
