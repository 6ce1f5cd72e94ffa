"""Sociograms as values of the core, in a constant number of questions to the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kring.core.access import Verb
from kring.web.access import may
from kring.web.schools.models import Membership, Pupil
from kring.web.sociograms.models import ListedPupil, Nomination, Sociogram
from kring.web.sociograms.pictures import Picture, picture


@dataclass(frozen=True, slots=True)
class GroupSociogram:
    """The sociogram of one group in one round, with the names that may be read by the key of the pupil."""

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
    shown = {pupil for lines in listed.values() for pupil, _status in lines}
    readable = {str(pupil.pk): str(pupil) for pupil in may(actor, Pupil, Verb.READ).filter(pk__in=shown)}
    return tuple(_group_sociogram(row, listed.get(row.pk, []), choices.get(row.pk, []), readable) for row in rows)


def _by_sociogram(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, list[tuple[Any, ...]]]:
    found: dict[UUID, list[tuple[Any, ...]]] = {}
    for key, *rest in rows:
        found.setdefault(key, []).append(tuple(rest))
    return found


def _group_sociogram(
    row: Sociogram, listed: list[tuple[Any, ...]], choices: list[tuple[Any, ...]], readable: Mapping[str, str]
) -> GroupSociogram:
    shown = [(str(pupil), str(status)) for pupil, status in listed]
    chosen = [(str(chooser), str(chosen), int(polarity)) for chooser, chosen, polarity in choices]
    found = picture(shown, chosen)
    keys = [pupil for pupil, _status in shown]
    return GroupSociogram(row, found, _names(keys, readable), frozenset(readable) & frozenset(keys))


def _names(pupils: list[str], readable: Mapping[str, str]) -> dict[str, str]:
    """The list keeps everybody who stood on it; who left the group keeps a place, without the name for whom it is no longer."""
    gone = (pupil for pupil in pupils if pupil not in readable)
    numbered = {pupil: _("Vertrokken %(number)d") % {"number": number} for number, pupil in enumerate(gone, 1)}
    return {pupil: readable.get(pupil) or numbered[pupil] for pupil in pupils}
