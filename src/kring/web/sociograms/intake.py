"""The door through which a sociogram comes in: the list of names, who took part, who chose whom; checked whole before it is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.core.sociometry import Edge, Nominations, NominationTwice, Participation, nominations_from
from kring.core.sociometry.nominations import TOOK_PART, refuse_impossible_names
from kring.web.schools.models import Group
from kring.web.sociograms.models import ListedPupil, Nomination, Sociogram
from kring.web.surveys.intake import Incoming, take_submissions
from kring.web.surveys.models import Invitation, Round


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody chose somebody in answer to a question; `polarity` is that of the question."""

    question: str
    polarity: int
    chooser_id: UUID
    chosen_id: UUID


def take_sociogram(
    round: Round, group: Group, *, listed: Mapping[UUID, Participation | None], choices: Sequence[Choice], at: datetime
) -> Sociogram:
    """Keep the sociogram of one group: `listed` are all names that were shown, absent pupils too (None: not told how they took part).

    Everybody on the list is invited to the round; who took part has handed in. Raises RoundAlreadyClosed, AnsweredTwice, and what
    `nominations_from` refuses; then nothing is kept.
    """
    found = _checked(listed, choices)
    took_part = {UUID(pupil): status for pupil, status in zip(found.pupils, found.participation)}
    with transaction.atomic():
        take_submissions(round, [Incoming(pupil, group.pk, {}, at if status in TOOK_PART else None) for pupil, status in took_part.items()])
        away = [pupil for pupil, status in took_part.items() if status is Participation.ABSENT]
        Invitation.objects.filter(round=round, pupil__in=away).update(absent=True)  # nobody waits for them
        kept = Sociogram.objects.create(school_id=round.school_id, round=round, group=group)
        ListedPupil.objects.bulk_create(
            ListedPupil(school_id=round.school_id, sociogram=kept, pupil_id=pupil, participation=status.value)
            for pupil, status in took_part.items()
        )
        Nomination.objects.bulk_create(_nominations(kept, choices))
    return kept


def _checked(listed: Mapping[UUID, Participation | None], choices: Sequence[Choice]) -> Nominations:
    _refuse_chosen_twice(choices)
    _refuse_impossible_names(listed, choices)
    edges = {Edge(str(one.chooser_id), str(one.chosen_id), one.polarity) for one in choices if one.polarity}
    told = {str(pupil): status for pupil, status in listed.items() if status is not None}
    return nominations_from([str(pupil) for pupil in listed], edges, told)


def _refuse_impossible_names(listed: Mapping[UUID, Participation | None], choices: Sequence[Choice]) -> None:
    """Of questions that neither choose nor refuse: whom one expects, and who plays a part."""
    names: dict[str, set[str]] = {}
    for one in choices:
        if not one.polarity:
            names.setdefault(str(one.chooser_id), set()).add(str(one.chosen_id))
    refuse_impossible_names([str(pupil) for pupil in listed], names)


def _refuse_chosen_twice(choices: Sequence[Choice]) -> None:
    seen: set[Choice] = set()
    for one in choices:
        if one in seen:
            raise NominationTwice(from_pupil=str(one.chooser_id), to_pupil=str(one.chosen_id))
        seen.add(one)


def _nominations(kept: Sociogram, choices: Sequence[Choice]) -> Iterable[Nomination]:
    for one in choices:
        yield Nomination(
            school_id=kept.school_id,
            sociogram=kept,
            question=one.question,
            polarity=one.polarity,
            chooser_id=one.chooser_id,
            chosen_id=one.chosen_id,
        )
