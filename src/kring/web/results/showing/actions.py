"""Showing a result to the pupil and the guardians, and what they say about it."""

from datetime import datetime

from kring.core.access import Record, Role, Verb
from kring.core.acting import refuse_nothing, refuse_open, refuse_response, refuse_to_nobody
from kring.web.action import action
from kring.web.people.intake import tell
from kring.web.results.models import ResultResponse, ScaleProfile
from kring.web.results.queries import outcome_of
from kring.web.results.showing.queries import family_hats, frozen, guardian_of
from kring.web.schools.models import Membership, Pupil
from kring.web.surveys.models import Invitation


@action("result.shown", needs=Verb.WRITE, of=Record.SCALE_PROFILE)
def show_result(
    actor: Membership, pupil: Pupil, invitation: Invitation, *, to_pupil: bool, to_guardians: bool, at: datetime
) -> ScaleProfile:
    """Show what came out of one list to who was spoken with. What was shown once stays shown, with the scores of that first time.

    Raises RoundStillOpen, NothingToShow, ShownToNobody.
    """
    held = Invitation.objects.select_for_update(of=("self",)).select_related("round").get(pk=invitation.pk, pupil=pupil)
    refuse_open(held.round.closed_at)
    outcome = outcome_of(actor, held)
    refuse_nothing(has_scores=outcome is not None and any(one.mean is not None for one in outcome.scales))
    assert outcome is not None
    row = outcome.profile or ScaleProfile(school_id=held.school_id, pupil=pupil, round=held.round, lines=frozen(outcome))
    new_to_pupil, new_to_guardians = to_pupil and not row.shown_to_pupil_at, to_guardians and not row.shown_to_guardians_at
    refuse_to_nobody(newly_shown=new_to_pupil or new_to_guardians)
    row.shown_by = actor
    row.shown_to_pupil_at = at if new_to_pupil else row.shown_to_pupil_at
    row.shown_to_guardians_at = at if new_to_guardians else row.shown_to_guardians_at
    row.save()
    new = [role for role, is_new in ((Role.PUPIL, new_to_pupil), (Role.GUARDIAN, new_to_guardians)) if is_new]
    tell(family_hats(row, new, at=at), "result.shown", row, at=at)
    return row


@action("result.answered", needs=Verb.WRITE, of=Record.RESULT_RESPONSE)
def respond(actor: Membership, profile: ScaleProfile, text: str, *, at: datetime) -> ResultResponse:
    """Keep what the pupil or a guardian says, for ever and unchanged. Raises NothingSaid, ResponseTooLong."""
    refuse_response(text)
    guardian = guardian_of(actor) if Role(actor.role) is Role.GUARDIAN else None
    return ResultResponse.objects.create(school_id=profile.school_id, profile=profile, guardian=guardian, text=text.strip(), said_at=at)
