"""Tell a worry about a friend with one's name, write on, answer, round off. Without a name: intake.py."""

from datetime import datetime

from django.db.models.functions import Coalesce

from kring.core.access import Record, Verb
from kring.core.worries import refuse_ended
from kring.web.action import action
from kring.web.concerns.intake import TO_ANSWER, Told, add_turn, put_down
from kring.web.concerns.models import PeerConcern
from kring.web.people.intake import pupil_hat, tell
from kring.web.schools.models import Membership, Pupil
from kring.web.tasks.intake import settle_about


@action("worry.told", needs=Verb.WRITE, of=Record.PEER_CONCERN)
def tell_worry(actor: Membership, pupil: Pupil, told: Told, *, at: datetime) -> PeerConcern:  # noqa: ARG001
    """To that one person, and to nobody else."""
    return put_down(pupil, told, key="", at=at)


@action("worry.went_on", needs=Verb.WRITE)
def write_on(actor: Membership, concern: PeerConcern, text: str, *, at: datetime) -> None:  # noqa: ARG001
    """The pupil adds something."""
    add_turn(concern, text, at=at)
    tell([concern.receiver], "worry.went_on", concern, at=at)


@action("worry.answered", needs=Verb.ANSWER)
def answer(actor: Membership, concern: PeerConcern, text: str, *, at: datetime) -> None:
    """The pupil reads it; who gave no name with the three words."""
    add_turn(concern, text, is_of_pupil=False, by=actor, at=at)
    PeerConcern.objects.filter(pk=concern.pk).update(answered_at=Coalesce("answered_at", at), seen_at=Coalesce("seen_at", at))
    settle_about(concern, TO_ANSWER, at=at)
    if concern.pupil:
        tell([pupil_hat(concern.pupil, at=at)], "worry.answered", concern, at=at)


@action("worry.ended", needs=Verb.ANSWER)
def round_off(actor: Membership, concern: PeerConcern, *, at: datetime) -> None:  # noqa: ARG001
    """Nothing more is written in it."""
    row = PeerConcern.objects.select_for_update().get(pk=concern.pk)
    refuse_ended(row.ended_at)
    PeerConcern.objects.filter(pk=row.pk).update(ended_at=at)
    settle_about(row, TO_ANSWER, at=at)
