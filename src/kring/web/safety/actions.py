"""Writing the safety card; breaking the glass, ending it, judging it."""

from datetime import datetime

from kring.core.access import Record, Role, Verb
from kring.core.glass import GlassAlreadyBroken, GlassOver, Remark, Wanted, check_reason, check_review, ends_at
from kring.core.versions import check_version
from kring.web.action import action
from kring.web.people.intake import holders, tell
from kring.web.safety import queries
from kring.web.safety.models import BreakGlass, SafetyCard
from kring.web.schools.models import Membership, Pupil, School, live

TOLD = (Role.COORDINATOR, Role.LEADER, Role.PRIVACY_OFFICER)


@action("safety_card.written", needs=Verb.WRITE, of=Record.SAFETY_CARD)
def write_card(actor: Membership, pupil: Pupil, text: str, *, read: int, at: datetime) -> SafetyCard:
    """Write the whole card anew over the version that was read; an empty text takes the card away. Raises ChangedMeanwhile."""
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    card = SafetyCard.objects.filter(pupil=pupil).first() or SafetyCard(school_id=pupil.school_id, pupil=pupil, version=0)
    card.version = check_version(read, now=card.version)
    card.text, card.updated_at, card.updated_by = text, at, actor
    card.save()
    return card


@action("glass.searched", needs=Verb.WRITE, of=Record.BREAK_GLASS)
def search_pupil(actor: Membership, school: School, wanted: Wanted, reason: str, *, at: datetime) -> Pupil | None:  # noqa: ARG001
    """The one pupil of the school who goes by exactly this; none when there is none, or more than one. Nobody searches without a reason.

    Nor while an hour runs: then a name would be tried out without opening anything, and without anybody being told.
    """
    check_reason(reason)
    if queries.live_glass(actor, at=at):
        raise GlassAlreadyBroken
    found = queries.wanted_pupils(actor, wanted, at=at)
    return found[0] if len(found) == 1 else None


@action("glass.broken", needs=Verb.WRITE, of=Record.BREAK_GLASS)
def break_glass(actor: Membership, pupil: Pupil, reason: str, *, at: datetime) -> BreakGlass:
    """Open one pupil for an hour, and tell those who must know at once."""
    said = check_reason(reason)
    list(Membership.objects.select_for_update().filter(school_id=actor.school_id, person=actor.person_id).order_by("pk"))
    if queries.live_glass(actor, at=at):
        raise GlassAlreadyBroken
    made = BreakGlass.objects.create(
        school_id=actor.school_id, membership=actor, pupil=pupil, reason=said, from_at=at, until_at=ends_at(at)
    )
    tell(holders(actor.school_id, *TOLD, at=at, but=[actor.person_id]), "glass.broken", made, at=at)
    return made


@action("glass.ended", needs=Verb.RUN)
def end_glass(actor: Membership, glass: BreakGlass, *, at: datetime) -> None:  # noqa: ARG001
    """Close it before the hour is over."""
    ended = BreakGlass.objects.filter(live(at), pk=glass.pk, from_at__lt=at).update(until_at=at)
    if not ended:
        raise GlassOver


@action("glass.reviewed", needs=Verb.SIGN)
def review_glass(actor: Membership, glass: BreakGlass, *, was_right: bool, remark: Remark, at: datetime) -> None:
    """Say afterwards whether it was right, once."""
    now = BreakGlass.objects.select_for_update().select_related("membership").get(pk=glass.pk)
    check_review(
        is_live=now.until_at is None or at < now.until_at,
        is_reviewed=now.reviewed_at is not None,
        is_own=now.membership.person_id == actor.person_id,
        was_right=was_right,
        remark=remark,
    )
    now.reviewed_by, now.reviewed_at, now.was_right, now.remark = actor, at, was_right, remark.value
    now.save(update_fields=["reviewed_by", "reviewed_at", "was_right", "remark"])
