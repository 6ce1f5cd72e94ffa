"""The door through which answers come in, many at once; with them comes how precise the scales are.

Answers are checked whole before anything is written. No event is recorded here: the action that brings them in does that.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kring.core import rounds
from kring.core.answers import answers_from
from kring.core.baselines import becomes_baseline
from kring.core.instruments import Instrument
from kring.core.objections import refuse_not_taking_part
from kring.core.reliability import measurement_error
from kring.core.rounds import AnsweredTwice
from kring.web.schools.models import Group, School
from kring.web.surveys.answers import Given, Stored, given, stored
from kring.web.surveys.family.intake import objecting
from kring.web.surveys.models import AnonymousSubmission, AnonymousText, Invitation, Round, ScalePrecision, Submission


@dataclass(frozen=True, slots=True)
class Incoming:
    """One list about one pupil. Without `submitted_at` it was asked, and nothing came in (yet)."""

    pupil_id: UUID
    group_id: UUID
    answers: Given
    submitted_at: datetime | None


def take_submissions(round: Round, rows: Sequence[Incoming]) -> None:
    """Invite the pupils who were not yet invited, keep their answers, and refresh how precise the scales are.

    Raises RoundAlreadyClosed, AnsweredTwice, NotTakingPart, and what `answers_from` refuses; then nothing is kept.
    """
    asked = round.offered
    answered = [(row, row.submitted_at) for row in rows if row.submitted_at is not None]
    answers_from(asked, [row.answers for row, _ in answered])
    with transaction.atomic():
        refuse_closed(round)
        _refuse_not_taking_part(round, rows)
        invitations = _invitations(round, rows)
        _refuse_answered_twice(invitations, [row for row, _ in answered])
        Submission.objects.bulk_create(_submission(invitations[row.pupil_id], row.answers, at) for row, at in answered)
        keep_precision(round.school_id, asked)


def take_anonymous(round: Round, group: Group | None, answers: Iterable[Given]) -> None:
    """Keep answers that belong to nobody; about the school without a group.

    Raises RoundAlreadyClosed and what `answers_from` refuses.
    """
    asked, taken = round.offered, list(answers)
    answers_from(asked, taken)
    with transaction.atomic():
        refuse_closed(round)
        put_in_box(round, group.pk if group else None, [stored(row) for row in taken])
        keep_precision(round.school_id, asked)


def put_in_box(round: Round, group_id: UUID | None, lists: Iterable[Stored], words: Iterable[tuple[str, str]] = ()) -> None:
    """Put lists without names, and apart from them what somebody wrote, among those of this round and group. The round is held.

    All of them are taken out and written again in the order of new random keys: neither a key nor the place of a row, nor which
    transaction wrote it, says which was the last. The texts too when no text comes along: else they would bear the mark of the transaction
    in which the last of them came, which the task of a colleague bears as well.
    """
    of_box = {"school_id": round.school_id, "round": round, "group_id": group_id}
    box, texts = AnonymousSubmission.objects.filter(**of_box), AnonymousText.objects.filter(**of_box)
    made = [AnonymousSubmission(**of_box, answers=in_order(round.offered, one)) for one in (*box.values_list("answers", flat=True), *lists)]
    box.delete()
    AnonymousSubmission.objects.bulk_create(sorted(made, key=lambda row: row.pk))
    written = [AnonymousText(**of_box, item=item, text=text) for item, text in (*texts.values_list("item", "text"), *words)]
    texts.delete()
    AnonymousText.objects.bulk_create(sorted(written, key=lambda row: row.pk))


def in_order(asked: Instrument, answers: Stored) -> Stored:
    """In the order of the list, for everybody the same: the order in which somebody answered may be told apart."""
    return {item.key: answers[item.key] for item in asked.coded if item.key in answers}


def refuse_closed(round: Round) -> None:
    """Hold the round as it is until the transaction ends, so that nobody closes it meanwhile. Raises RoundAlreadyClosed."""
    rounds.refuse_closed(Round.objects.select_for_update().get(pk=round.pk).closed_at)


def _refuse_not_taking_part(round: Round, rows: Sequence[Incoming]) -> None:
    """One after the other with whoever says just now that a pupil does not take part."""
    school = School.objects.select_for_update().get(pk=round.school_id)
    refuse_not_taking_part(len(objecting(school, round.instrument, [row.pupil_id for row in rows], timezone.now())))


def keep_precision(school_id: UUID, asked: Instrument) -> None:
    """How precise each scale is in this school, from everything that came in with this version; one at a time per school."""
    School.objects.select_for_update().get(pk=school_id)
    rows = [given(answers) for answers in _all_answers(school_id, asked)]
    answers = answers_from(asked, rows)
    found = {scale.key: measurement_error(answers, scale, asked).error for scale in asked.scales}
    of_version = {"school_id": school_id, "instrument": asked.key, "version": asked.version}
    ScalePrecision.objects.filter(**of_version).delete()
    ScalePrecision.objects.bulk_create(
        ScalePrecision(**of_version, scale=key, sem=e.sem, reliability=e.reliability, sd=e.sd, n=e.n, origin=e.origin.value)
        for key, e in found.items()
        if e is not None
    )


def make_baseline_if_first(round: Round) -> None:
    """The first filling of a team list that is closed is its baseline. Called in the transaction that closes the round."""
    if round.asks != Round.Asks.STAFF:
        return
    lists = AnonymousSubmission.objects.filter(round=round).count()
    before = Round.objects.filter(school=round.school_id, instrument=round.instrument, is_baseline=True).exists()
    if becomes_baseline(lists=lists, has_baseline=before):
        round.is_baseline = True
        round.save(update_fields=["is_baseline"])


def _invitations(round: Round, rows: Sequence[Incoming]) -> dict[UUID, Invitation]:
    """The invitation of every pupil in the rows, those that were there and those that are new."""
    pupils = {row.pupil_id for row in rows}
    found = {one.pupil_id: one for one in Invitation.objects.filter(round=round, pupil__in=pupils)}
    new = {row.pupil_id: row for row in rows if row.pupil_id not in found}
    made = Invitation.objects.bulk_create(
        Invitation(school_id=round.school_id, round=round, group_id=row.group_id, pupil_id=pupil) for pupil, row in new.items()
    )
    return found | {one.pupil_id: one for one in made}


def _refuse_answered_twice(invitations: Mapping[UUID, Invitation], answered: Collection[Incoming]) -> None:
    before = set(Submission.objects.filter(invitation__in=invitations.values()).values_list("invitation__pupil_id", flat=True))
    for row in answered:
        if row.pupil_id in before:
            raise AnsweredTwice(pupil=str(row.pupil_id))
        before.add(row.pupil_id)


def _submission(invitation: Invitation, answers: Given, at: datetime) -> Submission:
    return Submission(school_id=invitation.school_id, invitation=invitation, answers=stored(answers), submitted_at=at)


def _all_answers(school_id: UUID, asked: Instrument) -> Iterable[Mapping[str, int | str]]:
    of_version = {"invitation__round__instrument": asked.key, "invitation__round__version": asked.version}
    named = Submission.objects.filter(school_id=school_id, invitation__pupil__merged_at=None, **of_version)  # not one pupil twice
    unnamed = AnonymousSubmission.objects.filter(school_id=school_id, round__instrument=asked.key, round__version=asked.version)
    yield from named.values_list("answers", flat=True)
    yield from unnamed.values_list("answers", flat=True)
