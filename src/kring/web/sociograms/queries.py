"""Sociograms as values of the core, in a constant number of questions to the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kring.core.access import Verb
from kring.core.instruments import QuestionKind
from kring.core.sociometry import Participation
from kring.core.sociometry.skipping import TookPart, answering
from kring.web.access import may
from kring.web.schools.models import Membership, Pupil
from kring.web.schools.naming import ListedName, listed_names
from kring.web.sociograms.models import ListedPupil, Nomination, Sociogram
from kring.web.sociograms.pictures import Picture, picture
from kring.web.surveys.models import Round

CHOSEN = 1  # the polarity of a choice; of a no, only numbers ever leave the database


@dataclass(frozen=True, slots=True)
class GroupSociogram:
    """The sociogram of one group in one round, with everybody on its list by the key of the pupil; `readable` have a page.

    `picture` has who answered the questions it is about; `took_part` says it of every question.
    """

    row: Sociogram
    picture: Picture
    names: Mapping[str, str]
    readable: frozenset[str]
    took_part: Mapping[str, TookPart]


def sociograms(actor: Membership, *, question: str | None = None, **where: Any) -> tuple[GroupSociogram, ...]:
    """The sociograms that may be read, the newest first; `where` narrows them (`group=…`, `pk=…`, `listed__pupil=…`).

    They count the classmates somebody chose, or those in answer to one `question`; whom pupils expect to be chosen by, and who plays
    which part, are other facts.
    """
    rows = may(actor, Sociogram, Verb.READ).filter(**where).select_related("round", "group").order_by("-round__opens_on", "pk")
    return pictures(actor, list(rows), question=question)


def pictures(actor: Membership, rows: Sequence[Sociogram], *, question: str | None = None) -> tuple[GroupSociogram, ...]:
    """The same of rows that were read with their rounds and groups."""
    listed = _by_sociogram(
        may(actor, ListedPupil, Verb.READ)
        .filter(sociogram__in=rows)
        .order_by("pupil__sort_name", "pupil_id")
        .values_list("sociogram_id", "pupil_id", "participation", "skipped")
    )
    choices = _by_sociogram(
        may(actor, Nomination, Verb.READ)
        .filter(sociogram__in=rows, polarity=CHOSEN)
        .values_list("sociogram_id", "chooser_id", "chosen_id", "question")
    )
    shown = [pupil for row in rows for pupil, *_rest in listed.get(row.pk, [])]
    named = listed_names(shown, may(actor, Pupil, Verb.READ).filter(pk__in=shown))
    return tuple(_group_sociogram(row, listed.get(row.pk, []), choices.get(row.pk, []), named, question) for row in rows)


def questions_of(round: Round) -> Mapping[str, str]:
    """The questions whom one chooses, by key, with their words."""
    return {one.key: one.text for one in round.offered.questions if one.kind is QuestionKind.NOMINATE and one.polarity == CHOSEN}


def _by_sociogram(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, list[tuple[Any, ...]]]:
    found: dict[UUID, list[tuple[Any, ...]]] = {}
    for key, *rest in rows:
        found.setdefault(key, []).append(tuple(rest))
    return found


def took_part_of(listed: Iterable[tuple[Any, ...]]) -> dict[str, TookPart]:
    """From rows of pupil, participation and what was skipped."""
    return {str(pupil): TookPart(Participation(status), frozenset(skipped)) for pupil, status, skipped in listed}


def _group_sociogram(
    row: Sociogram, listed: list[tuple[Any, ...]], choices: list[tuple[Any, ...]], named: Mapping[str, ListedName], question: str | None
) -> GroupSociogram:
    took_part, asked = took_part_of(listed), {question} if question else set(questions_of(row.round))
    there = [(pupil, status.value) for pupil, status in answering(took_part, asked).items()]
    found = picture(there, {(str(chooser), str(chosen), CHOSEN) for chooser, chosen, key in choices if key in asked})
    here = [named[pupil] for pupil in took_part]
    readable = frozenset(one.key for one in here if one.readable)
    return GroupSociogram(row, found, {one.key: one.name for one in here}, readable, took_part)
