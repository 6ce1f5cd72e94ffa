"""A named list is handed in: what was kept and what comes with it become what the round keeps. Once; a second time says the same.

How precise the scales are is not worked out here: closing the round does that.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.core.answering import ASIDE, PLACES, Fate, Given, Kept, NotAnAnswer, Stands, Value, latest, new_to, together
from kring.core.choosing import NotAClassmate
from kring.core.instruments import Instrument, QuestionKind
from kring.web.answering import rows
from kring.web.answering.aside.intake import kept, set_aside
from kring.web.answering.models import Filling
from kring.web.answering.queries import possible_readers
from kring.web.answering.saving.intake import SOURCES
from kring.web.answering.saving.queries import is_refused, may_write, turns_of
from kring.web.answering.tickets import For, Ticket
from kring.web.people.intake import tell_each
from kring.web.sociograms.bullying.intake import ask_for_talk, hear_late
from kring.web.sociograms.collecting.intake import keep_choices
from kring.web.surveys.models import GuardianInvitation, GuardianList, Invitation, OpenAnswer, OpenAnswerReader, Submission
from kring.web.wall import schools_open
from kring.web.writer import write

Readers = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of it. KEPT: it is in, from now on or since before."""

    fate: Fate
    is_aside: bool = False


def hand_in(ticket: Ticket, key: UUID, given: Sequence[Given], *, at: datetime, readers: Readers | None = None) -> Handed:
    """Hand in one list with what was kept of it and what comes along; back when it is on disk. Raises NotWritten."""

    def work() -> Handed:
        with schools_open([ticket.school]), transaction.atomic():
            return _handed_in(ticket, key, [one for one in given if UUID(one.of) == key], readers or {}, at)

    return write(work, of=ticket.school.hex)


def _handed_in(ticket: Ticket, key: UUID, given: Sequence[Given], readers: Readers, at: datetime) -> Handed:
    source, closed = SOURCES[ticket.what], rows.hold_rounds([ticket.round])
    row = rows.hold_lists(source, [key]).get(key)
    is_theirs = row is not None and row.round == ticket.round and ticket.seat not in row.called_back
    if row is None or not is_theirs or key not in may_write(ticket, [key], at=at):
        return Handed(Fate.REFUSED)
    fate = Stands(
        is_in=row.is_in,
        is_closed=closed[row.round],
        is_withdrawn=row.withdrawn_at is not None,
        is_refused=is_refused(source, row, is_closed=closed[row.round], at=at),
        is_live=ticket.is_live(at),
    ).fate
    if fate is Fate.KEPT:
        keep_list(ticket, row, given, readers, at=at)
        return Handed(Fate.KEPT)
    new = new_to(given, turns_of(source, row))
    if fate not in ASIDE or (fate is Fate.HANDED_IN and not new):
        return Handed(Fate.KEPT if fate is Fate.HANDED_IN else fate)
    aside = set_aside(source, row, ticket, new, at=at, handed_in=True, readers=readers)
    if ticket.what is For.OWN and fate is not Fate.WITHDRAWN:
        _hear_late(row, kept(aside.answers), at)
    return Handed(fate, is_aside=True)


def _hear_late(row: rows.ListRow, late: Mapping[str, Kept], at: datetime) -> None:
    """A child who says to be bullied does not wait until somebody opens a round again."""
    asked = Invitation.objects.select_related("round__school").get(pk=row.key)
    often = next((one.key for one in asked.round.offered.questions if one.kind is QuestionKind.FREQUENCY), None)
    if often is not None:
        answers = together(rows.kept_in([row.filling])[row.filling] if row.filling else {}, late)
        hear_late(asked, _value(answers, often), at=at)


def keep_list(ticket: Ticket, row: rows.ListRow, given: Sequence[Given], readers: Readers, *, at: datetime) -> None:
    """The list becomes what the round keeps, and is on its way no more. It is held, its round too."""
    sent = {one.item: Kept(one.value, one.turn) for one in latest(given)}
    before = rows.kept_in([row.filling])[row.filling] if row.filling else {}
    answers = together(before, sent)
    if ticket.what is For.GUARDIAN:
        take_guardian_list(GuardianInvitation.objects.select_related("round").get(pk=row.key), answers, at=at)
    else:
        take_list(Invitation.objects.select_related("round").get(pk=row.key), answers, readers, at=at)
    if row.filling is not None:
        Filling.objects.filter(pk=row.filling).delete()


def take_list(asked: Invitation, answers: Mapping[str, Kept], readers: Readers, *, at: datetime, on_paper: bool = False) -> Submission:
    """What was answered about a pupil. A pupil's own words are apart, for whom the pupil chose; a teacher's stand with the answers.

    Choices of classmates stand with no list at all: they are rows of the sociogram. Raises NotAnAnswer.
    """
    offered, own = asked.round.offered, asked.round.asks == asked.round.Asks.PUPILS
    if offered.questions:
        _keep_choices(asked, answers)
        ask_for_talk(asked, at=at)
    words = texts(offered, answers)
    made = Submission.objects.create(
        school_id=asked.school_id,
        invitation=asked,
        answers=codes(offered, answers),
        texts={} if own else words,
        turns={item: one.turn for item, one in answers.items()},
        on_paper=on_paper,
        submitted_at=at,
    )
    if own:
        let_read(asked, words, readers, at, is_told=not on_paper)
    return made


def _keep_choices(asked: Invitation, answers: Mapping[str, Kept]) -> None:
    """Raises NotAnAnswer, naming the place, for what a screen of ours never sends."""
    try:
        keep_choices(asked, choices(asked.round.offered, answers), {item: one.turn for item, one in answers.items()})
    except NotAClassmate as wrong:
        raise NotAnAnswer(place=answers[wrong.question].turn % PLACES, item=wrong.question) from wrong


def take_guardian_list(asked: GuardianInvitation, answers: Mapping[str, Kept], *, at: datetime, on_paper: bool = False) -> GuardianList:
    """What one guardian answered."""
    made = GuardianList.objects.create(
        school_id=asked.school_id,
        guardian_invitation=asked,
        answers=codes(asked.round.offered, answers),
        texts=texts(asked.round.offered, answers),
        turns={item: one.turn for item, one in answers.items()},
        on_paper=on_paper,
        submitted_at=at,
    )
    GuardianInvitation.objects.filter(pk=asked.pk).update(answered_at=at)
    return made


def let_read(asked: Invitation, words: Mapping[str, str], readers: Readers, at: datetime, *, is_told: bool = True) -> None:
    """Whoever was chosen and may not be a reader any more, is left out: then the words are for the others, or for nobody. Who typed them
    in from paper knows of them."""
    if not words:
        return
    may_be = {one.pk: one for one in possible_readers(asked, at=at)}
    made = OpenAnswer.objects.bulk_create(
        OpenAnswer(school_id=asked.school_id, invitation=asked, item=item, text=text) for item, text in words.items()
    )
    let = [(one, reader) for one in made for reader in sorted({UUID(key) for key in readers.get(one.item, ())} & may_be.keys())]
    OpenAnswerReader.objects.bulk_create(
        OpenAnswerReader(school_id=asked.school_id, open_answer=one, membership_id=reader, from_at=at) for one, reader in let
    )
    once = {reader: one for one, reader in reversed(let)}  # that something was written is said once, and never what
    if is_told:
        tell_each([(may_be[reader], "open_answer.written", one) for reader, one in once.items()], at=at)


def codes(offered: Instrument, answers: Mapping[str, Kept]) -> dict[str, Any]:
    """Codes and reasons, in the order of the list: the order in which somebody answered says nothing afterwards."""
    return {item.key: value for item in offered.coded if (value := _value(answers, item.key)) is not None}


def choices(offered: Instrument, answers: Mapping[str, Kept]) -> dict[str, Value]:
    """Whom somebody chose, by question; also what was taken back."""
    return {one.key: answers[one.key].value for one in offered.questions if one.key in answers}


def texts(offered: Instrument, answers: Mapping[str, Kept]) -> dict[str, str]:
    """What somebody wrote, by item."""
    found = {item.key: _value(answers, item.key) for item in offered.items if item.is_open}
    return {key: str(value["text"]) for key, value in found.items() if isinstance(value, Mapping)}


def _value(answers: Mapping[str, Kept], item: str) -> Value:
    return answers[item].value if item in answers else None
