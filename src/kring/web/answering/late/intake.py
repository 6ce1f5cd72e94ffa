"""Taking in what was set aside. A list that was whole is handed in; of one that was not, somebody goes on; of one that is in already, what
was given later counts. Of who takes no part (any more) it waits on, and of whose family said no it goes.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from kring.core.answering import PLACES, Fate, Given, Kept, NotAnAnswer, Stands, together
from kring.core.choosing import NotAClassmate
from kring.web.answering import rows
from kring.web.answering.aside.intake import kept
from kring.web.answering.handing_in.intake import choices, codes, let_read, take_guardian_list, take_list, texts
from kring.web.answering.models import Filling, SetAside
from kring.web.answering.saving.queries import is_refused
from kring.web.schools.models import School
from kring.web.sociograms.bullying.intake import ask_for_talk
from kring.web.sociograms.collecting.intake import keep_choices
from kring.web.surveys.intake import put_in_box
from kring.web.surveys.models import GuardianInvitation, GuardianList, Invitation, OpenAnswer, Round, Submission

TO_LOOK_AT = "late_answers.waiting"


def take_in_all(round: Round, *, at: datetime) -> int:
    """How many lists were taken in. The round is held, and open."""
    found = list(SetAside.objects.select_for_update().filter(round=round, thrown_at=None))
    named = [one for one in found if one.invitation_id or one.guardian_invitation_id]
    nameless = [one for one in found if one not in named]
    _into_boxes(round, nameless)
    taken = [one for one in named if _is_taken(one, at)]
    SetAside.objects.filter(pk__in=[one.pk for one in (*taken, *nameless)]).delete()
    return len(taken) + len(nameless)


def waiting_rounds(school: School) -> Iterable[tuple[UUID, datetime]]:
    """The rounds of which something waits aside, and since when."""
    waiting = SetAside.objects.filter(school=school, thrown_at=None).order_by().values_list("round_id")
    return list(waiting.annotate(since=Min("came_at")))


def _into_boxes(round: Round, found: list[SetAside]) -> None:
    for group in {one.group_id for one in found}:
        lists = [{item: Kept(value, 0) for item, value in one.answers.items()} for one in found if one.group_id == group]
        words = [pair for one in lists for pair in texts(round.offered, one).items()]
        put_in_box(round, group, [codes(round.offered, one) for one in lists], words)


def _is_taken(aside: SetAside, at: datetime) -> bool:
    source = rows.OF_GUARDIANS if aside.guardian_invitation_id else rows.OF_PUPILS
    key = aside.guardian_invitation_id or aside.invitation_id
    row = rows.hold_lists(source, [key])[key] if key else None
    if row is None:
        return False
    refused = is_refused(source, row, is_closed=False, at=at)
    fate = Stands(is_in=row.is_in, is_withdrawn=row.withdrawn_at is not None, is_refused=refused).fate
    if fate is Fate.REFUSED:
        aside.delete()
        return False
    if fate not in {Fate.HANDED_IN, Fate.KEPT}:
        return False
    return _counts(source, row, aside, at, is_in=fate is Fate.HANDED_IN)


def _counts(source: rows.Source, row: rows.ListRow, aside: SetAside, at: datetime, *, is_in: bool) -> bool:
    """Choices that cannot be kept (of somebody who never stood on the list) wait on, and stop none of the others."""
    try:
        with transaction.atomic():
            if is_in:
                _into_list(source, row.key, aside, at)
            else:
                _hand_in(source, row, aside, at) if aside.handed_in else _go_on(source, row, aside, at)
    except (NotAnAnswer, NotAClassmate):
        return False
    return True


def _hand_in(source: rows.Source, row: rows.ListRow, aside: SetAside, at: datetime) -> None:
    before = rows.kept_in([row.filling])[row.filling] if row.filling else {}
    answers = together(before, kept(aside.answers))
    if source is rows.OF_GUARDIANS:
        take_guardian_list(GuardianInvitation.objects.select_related("round").get(pk=row.key), answers, at=at)
    else:
        take_list(Invitation.objects.select_related("round").get(pk=row.key), answers, aside.readers, at=at)
    if row.filling is not None:
        Filling.objects.filter(pk=row.filling).delete()


def _go_on(source: rows.Source, row: rows.ListRow, aside: SetAside, at: datetime) -> None:
    answers = kept(aside.answers)
    sitting = max((one.turn // PLACES for one in answers.values()), default=1)
    filling = row.filling or rows.begin(source, aside.school_id, row.key, sitting=sitting, at=at)
    given = [Given(row.key.hex, item, one.value, one.turn) for item, one in answers.items()]
    rows.keep(rows.AnswerRow(aside.school_id, filling, one, None) for one in given)


def _into_list(source: rows.Source, key: UUID, aside: SetAside, at: datetime) -> None:
    """Of each item what was given last; what is there already has its own turn. What was taken back later is not there any more."""
    found: Any = (
        GuardianList.objects.select_related("guardian_invitation__round").get(guardian_invitation=key)
        if source is rows.OF_GUARDIANS
        else Submission.objects.select_related("invitation__round").get(invitation=key)
    )
    new = {item: one for item, one in kept(aside.answers).items() if one.turn > found.turns.get(item, 0)}
    asked = found.guardian_invitation if source is rows.OF_GUARDIANS else found.invitation
    if source is rows.OF_PUPILS and asked.round.offered.questions:
        keep_choices(asked, choices(asked.round.offered, new), {item: one.turn for item, one in new.items()})
        ask_for_talk(asked, at=at)
    words = texts(asked.round.offered, new)
    rest = {item: value for item, value in found.answers.items() if item not in new}
    found.answers, found.turns = {**rest, **codes(asked.round.offered, new)}, found.turns | {item: one.turn for item, one in new.items()}
    if asked.round.asks == Round.Asks.PUPILS:
        OpenAnswer.objects.filter(invitation=asked, item__in=list(new)).delete()
        let_read(asked, words, aside.readers, found.submitted_at)
    else:
        found.texts = {**{item: text for item, text in found.texts.items() if item not in new}, **words}
    found.save(update_fields=["answers", "texts", "turns"])
