"""What the page of a pupil with an account and that of a pupil at a tablet share: ask somebody, and see what was asked."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from kring.core.errors import BrokenRule
from kring.core.talks import NotToChoose
from kring.web.schools.models import Membership, Pupil
from kring.web.talk_requests.actions import ask_to_talk
from kring.web.talk_requests.queries import asked_by, listeners_for, promise_now, walk_ins
from kring.web.wording import sentence


def ask(actor: Membership, pupil: Pupil, chosen: str) -> str:
    """Ask whom was chosen; the sentence of the refusal, or nothing."""
    now = timezone.now()
    hats = {str(one.hat.pk): one.hat for one in listeners_for(pupil, at=now)}
    try:
        if chosen not in hats:
            raise NotToChoose
        ask_to_talk(actor, pupil, hats[chosen], at=now)
    except BrokenRule as broken:
        return sentence(broken)
    return ""


def talk_page(actor: Membership, pupil: Pupil, *, refusal: str = "") -> dict[str, Any]:
    """Whom one can choose, what is promised now, and what was asked."""
    now = timezone.now()
    asked = asked_by(actor, at=now)
    waiting: set[UUID] = {one.row.receiver_id for one in asked if one.row.answered_at is None}
    listeners = listeners_for(pupil, at=now)
    return {
        "listeners": [one for one in listeners if one.hat.pk not in waiting],
        "promise": promise_now(pupil, at=now),
        "walk_ins": walk_ins(actor, at=now),
        "asked": asked,
        "today": timezone.localdate(now),
        "refusal": refusal,
    }
