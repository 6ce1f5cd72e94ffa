"""Whom a pupil can choose. Whoever asks has found the pupil's own list by `may` before: a pupil may read no other pupil."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from kring.core.choosing import names_for
from kring.core.classroom import Name, told_apart
from kring.web.photos.queries import pictures
from kring.web.surveys.models import Invitation


@dataclass(frozen=True, slots=True)
class Classmate:
    """Somebody who can be chosen: by the key of the pupil. `name` tells apart who have the same first name; `photo` may be empty."""

    key: str
    name: str
    photo: str = ""


def on_list(round_id: UUID, group_id: UUID) -> QuerySet[Invitation]:
    """Everybody whose name the pupils of this group see: also who is absent, or came later; not who is withdrawn.

    Who handed in and was withdrawn after that took part: a list of choices would be broken without the one who chose.
    """
    listed = Q(withdrawn_at=None) | Q(submission__isnull=False)
    return Invitation.objects.filter(listed, round=round_id, group=group_id, pupil__merged_at=None)


def classmates(invitation: Invitation) -> list[Classmate]:
    """The others on the list of this pupil, each pupil in an order of one's own, which stays the same."""
    labels = names_on_list(invitation.round_id, invitation.group_id)
    photos = pictures(labels)
    found = {
        str(pupil): Classmate(str(pupil), label, photos.get(pupil, "")) for pupil, label in labels.items() if pupil != invitation.pupil_id
    }
    return [found[key] for key in names_for(str(invitation.pk), found)]


def names_on_list(round_id: UUID, group_id: UUID) -> dict[UUID, str]:
    """Everybody on the list as a child knows them: by the first name, and with more of the name where two are called the same.

    In the order of the class, so that “Lina Bos 1” is the same child here as on the screen of the class and on the cards.
    """
    in_class = ("pupil__given_name", "pupil__sort_name", "pupil_id")
    listed = [one.pupil for one in on_list(round_id, group_id).select_related("pupil").order_by(*in_class)]
    named = [Name(one.given_name, one.family_name) for one in listed]
    often = Counter(name.given for name in named)
    labels = [label if often[name.given] > 1 else name.given for name, label in zip(named, told_apart(named))]
    return {one.pk: label for one, label in zip(listed, labels)}
