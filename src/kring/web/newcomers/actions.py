"""The first weeks of a new pupil: a buddy who said yes, colleagues who look, a word with home, a talk; and the end."""

from datetime import date, datetime

from django.utils import timezone

from kring.core.access import Verb
from kring.core.newcomers import Step, check_buddy, check_end, check_step, refuse_over
from kring.web.action import action
from kring.web.newcomers import queries
from kring.web.newcomers.intake import TASKS
from kring.web.newcomers.models import NewcomerWatch
from kring.web.schools.models import Membership, Pupil
from kring.web.tasks.intake import lapse_about, settle_about


@action("newcomer.buddy", needs=Verb.WRITE)
def choose_buddy(actor: Membership, watch: NewcomerWatch, buddy: Pupil, *, both_said_yes: bool, at: datetime) -> None:
    """Both were asked, and both said yes. Raises BuddyNotInGroup and BuddyNotAsked."""
    row = _held(watch)
    mates = set(queries.classmates(actor, row, at=at).values_list("pk", flat=True))
    check_buddy(buddy.pk, mates, both_said_yes=both_said_yes)
    row.buddy, row.buddy_asked_at = buddy, at
    row.save(update_fields=["buddy", "buddy_asked_at"])
    settle_about(row, TASKS[Step.BUDDY], at=at)


@action("newcomer.step_done", needs=Verb.WRITE)
def say_done(actor: Membership, watch: NewcomerWatch, step: Step, *, done_on: date, at: datetime) -> None:  # noqa: ARG001
    """Colleagues were asked to look, home was spoken with, or the talk was held."""
    row = _held(watch)
    check_step(done_on, on=timezone.localdate(at))
    if step is Step.COLLEAGUES:
        row.colleagues_asked_at = at
    elif step is Step.GUARDIANS:
        row.guardians_spoken_on = done_on
    elif step is Step.TALK:
        row.talk_held_on = done_on
    row.save(update_fields=["colleagues_asked_at", "guardians_spoken_on", "talk_held_on"])
    settle_about(row, TASKS[step], at=at)


@action("newcomer.ended", needs=Verb.WRITE)
def end_watch(actor: Membership, watch: NewcomerWatch, words: str, *, at: datetime) -> None:
    """The pupil has a place, or something else came of it. Raises EndedBeforeTalk."""
    row = _held(watch)
    check_end(row.talk_held_on, words)
    row.ended_at, row.ended_by, row.ended_with = at, actor, " ".join(words.split())
    row.save(update_fields=["ended_at", "ended_by", "ended_with"])
    lapse_about(row, at=at)


def _held(watch: NewcomerWatch) -> NewcomerWatch:
    row = NewcomerWatch.objects.select_for_update().get(pk=watch.pk)
    refuse_over(row.ended_at)
    return row
