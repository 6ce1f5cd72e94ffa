"""Overview, insight and outlook: asked of the pupil, the guardians and the school, each in their own words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kring.core import understanding as rules
from kring.core.access import Record, Verb
from kring.core.edited import refuse_edited
from kring.web.access import NotPermitted
from kring.web.action import action
from kring.web.people.intake import tell
from kring.web.schools.models import Guardian, Membership
from kring.web.understanding.models import Understanding, Voice
from kring.web.understanding.voices import queries


@dataclass(frozen=True, slots=True)
class Words:
    """What I see, how I explain it, what I wish."""

    overview: str
    insight: str
    outlook: str


@action("voice.asked", needs=Verb.WRITE, of=Record.VOICE)
def ask(actor: Membership, found: Understanding, whose: str, *, at: datetime) -> Voice:
    """Whose: one of `queries.to_ask`. Raises UnderstandingSettled, VoiceAskedAlready."""
    held = Understanding.objects.select_for_update(of=("self",)).select_related("pupil").get(pk=found.pk)
    rules.refuse_settled(held.settled_at)
    if held.pupil is None:
        raise NotPermitted
    guardian = _guardian(actor, held, whose, at)
    kind = Voice.Whose.GUARDIAN if guardian else Voice.Whose(whose)
    rules.refuse_asked(is_asked=Voice.objects.filter(understanding=held, whose=kind, guardian=guardian).exists())
    made = Voice.objects.create(
        school_id=held.school_id, pupil=held.pupil, understanding=held, whose=kind, guardian=guardian, asked_by=actor, asked_at=at
    )
    _tell(made, at)
    return made


def _guardian(actor: Membership, held: Understanding, whose: str, at: datetime) -> Guardian | None:
    if whose in {Voice.Whose.PUPIL, Voice.Whose.SCHOOL} or held.pupil is None:
        return None
    found = next((one for one in queries.guardians_of(actor, held.pupil, at=at) if str(one.pk) == whose), None)
    if found is None:
        raise NotPermitted
    return found


def _tell(voice: Voice, at: datetime) -> None:
    """Who can log in hears that something is asked; with others one talks."""
    if voice.whose == Voice.Whose.SCHOOL:
        return
    hat = queries.hat_of(voice, at=at)
    if hat:
        tell([hat], "voice.asked", voice, at=at)


@action("voice.written", needs=Verb.WRITE)
def write(actor: Membership, voice: Voice, words: Words, *, at: datetime) -> None:
    """My own words. Raises UnderstandingSettled, VoiceEmpty, InsightWithoutOverview."""
    if not queries.may_write(actor, voice):
        raise NotPermitted
    _keep(_held(voice.pk), words, by=None, at=at)


@action("voice.written_down", needs=Verb.WRITE)
def write_down(actor: Membership, voice: Voice, words: Words, *, read_at: datetime, at: datetime) -> None:
    """Those of the school itself, or what pupil or guardian said, with that marked. Raises WordsOfAnother, EditedMeanwhile besides."""
    held = _held(voice.pk)
    rules.refuse_words_of_another(is_theirs=queries.is_theirs(held))
    refuse_edited(queries.last_written(held), read_at=read_at)
    _keep(held, words, by=actor, at=at)


def _held(key: UUID) -> Voice:
    return Voice.objects.select_for_update(of=("self",)).select_related("understanding").get(pk=key)


def _keep(held: Voice, words: Words, *, by: Membership | None, at: datetime) -> None:
    rules.refuse_settled(held.understanding.settled_at)
    rules.refuse_voice(words.overview, words.insight, words.outlook)
    held.overview, held.insight, held.outlook = words.overview, words.insight, words.outlook
    held.written_down_by, held.written_at = by, at
    held.save(update_fields=["overview", "insight", "outlook", "written_down_by", "written_at"])
