"""What the pupil or a guardian says of a report."""

from datetime import datetime

from kring.core.access import Role, Verb
from kring.core.acting import refuse_response
from kring.web.action import action
from kring.web.gatherings.at_home.queries import guardian_of
from kring.web.gatherings.models import TalkReport, TalkResponse
from kring.web.people.intake import tell
from kring.web.schools.models import Membership


@action("talk_report.answered", needs=Verb.ANSWER)
def say(actor: Membership, report: TalkReport, text: str, *, is_right: bool, at: datetime) -> TalkResponse:
    """It is right, or something is to be added; kept for ever and unchanged. Raises NothingSaid, ResponseTooLong."""
    if not is_right or text.strip():
        refuse_response(text)
    guardian = guardian_of(actor) if Role(actor.role) is Role.GUARDIAN else None
    tell([report.author], "talk_report.answered", report, at=at)
    return TalkResponse.objects.create(
        school_id=report.school_id, report=report, guardian=guardian, is_right=is_right, text=text.strip(), said_at=at
    )
