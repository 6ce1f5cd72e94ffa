"""What the page of a pupil with an account and that of a pupil at a tablet share."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from kring.core.access import Verb
from kring.core.errors import BrokenRule
from kring.core.talks import NotToChoose
from kring.core.worries import WordsOpenNothing
from kring.web.access import may
from kring.web.concerns import actions, intake
from kring.web.concerns.models import PeerConcern
from kring.web.concerns.queries import one_worry, told_by
from kring.web.drafts.once import FIELD
from kring.web.schools.models import Membership, Pupil
from kring.web.talk_requests.queries import listeners_for, promise_now
from kring.web.wording import sentence

NAMELESS = "nameless"


def worries_page(actor: Membership, pupil: Pupil, sent: Mapping[str, str] | None) -> tuple[dict[str, Any], int]:
    """The form and what was told before; after telling without a name the three words, and nothing else."""
    refusal, words = "", ""
    if sent is not None:
        try:
            words = _told(actor, pupil, sent)
        except BrokenRule as broken:
            refusal = sentence(broken)
    if words:
        return {"words": words, "told": []}, 200
    now = timezone.now()
    page = {
        "listeners": listeners_for(pupil, at=now),
        "promise": promise_now(pupil, at=now),
        "told": told_by(actor, at=now),
        "typed": sent if refusal else {},
        "refusal": refusal,
    }
    return page, 409 if refusal else 200


def _told(actor: Membership, pupil: Pupil, sent: Mapping[str, str]) -> str:
    """Tell it, or write on; the words of who gave no name."""
    now = timezone.now()
    if sent.get("worry"):
        actions.write_on(actor, _mine(actor, sent["worry"]), sent.get("text", ""), at=now)
        return ""
    hats = {str(one.hat.pk): one.hat for one in listeners_for(pupil, at=now)}
    if sent.get("listener") not in hats:
        raise NotToChoose
    told = intake.Told(hats[sent["listener"]], sent.get("about", ""), sent.get("text", ""))
    if sent.get("name") == NAMELESS:
        return intake.tell_without_name(pupil, told, number=sent.get(FIELD, ""), at=now)
    actions.tell_worry(actor, pupil, told, at=now)
    return ""


def _mine(actor: Membership, key: str) -> PeerConcern:
    try:
        found = may(actor, PeerConcern, Verb.WRITE).filter(pk=UUID(key)).first()
    except ValueError:
        found = None
    if found is None:
        raise WordsOpenNothing
    return found


def words_page(actor: Membership, sent: Mapping[str, str] | None) -> tuple[dict[str, Any], int]:
    """Three words open what was told without a name; they go along with every answer, for nothing else says whose it is."""
    if sent is None:
        return {}, 200
    now, words = timezone.now(), sent.get("words", "")
    try:
        found = intake.opened_by(actor, words, at=now)
    except BrokenRule as broken:
        return {"refusal": sentence(broken), "typed": sent}, 409
    refusal = ""
    if "text" in sent:
        try:
            intake.add_without_name(found, sent["text"], at=now)
        except BrokenRule as broken:
            refusal = sentence(broken)
    page = {"worry": one_worry(found, at=now), "words": words, "refusal": refusal, "typed": sent if refusal else {}}
    return page, 409 if refusal else 200
