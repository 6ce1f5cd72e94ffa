"""Sociograms as values of the core, in a constant number of questions to the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kring.core.access import Verb
from kring.web.access import may
from kring.web.schools.models import Membership, Pupil
from kring.web.schools.naming import ListedName, listed_names
from kring.web.sociograms.models import ListedPupil, Nomination, Sociogram
from kring.web.sociograms.pictures import Picture, picture


@dataclass(frozen=True, slots=True)
class GroupSociogram:
    """The sociogram of one group in one round, with everybody on its list by the key of the pupil; `readable` have a page."""

    row: Sociogram
    picture: Picture
    names: Mapping[str, str]
    readable: frozenset[str]


def sociograms(actor: Membership, **where: Any) -> tuple[GroupSociogram, ...]:
    """The sociograms that may be read, the newest first; `where` narrows them (`group=…`, `pk=…`, `listed__pupil=…`)."""
    rows = list(may(actor, Sociogram, Verb.READ).filter(**where).select_related("round", "group").order_by("-round__opens_on", "pk"))
    listed = _by_sociogram(
        may(actor, ListedPupil, Verb.READ)
        .filter(sociogram__in=rows)
        .order_by("pupil__sort_name", "pupil_id")
        .values_list("sociogram_id", "pupil_id", "participation")
    )
    choices = _by_sociogram(
        may(actor, Nomination, Verb.READ).filter(sociogram__in=rows).values_list("sociogram_id", "chooser_id", "chosen_id", "polarity")
    )
    shown = [pupil for row in rows for pupil, _status in listed.get(row.pk, [])]
    named = listed_names(shown, may(actor, Pupil, Verb.READ).filter(pk__in=shown))
    return tuple(_group_sociogram(row, listed.get(row.pk, []), choices.get(row.pk, []), named) for row in rows)


def _by_sociogram(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, list[tuple[Any, ...]]]:
    found: dict[UUID, list[tuple[Any, ...]]] = {}
    for key, *rest in rows:
        found.setdefault(key, []).append(tuple(rest))
    return found


def _group_sociogram(
    row: Sociogram, listed: list[tuple[Any, ...]], choices: list[tuple[Any, ...]], named: Mapping[str, ListedName]
) -> GroupSociogram:
    shown = [(str(pupil), str(status)) for pupil, status in listed]
    chosen = [(str(chooser), str(chosen), int(polarity)) for chooser, chosen, polarity in choices]
    found = picture(shown, chosen)
    here = [named[pupil] for pupil, _status in shown]
    return GroupSociogram(row, found, {one.key: one.name for one in here}, frozenset(one.key for one in here if one.readable))
