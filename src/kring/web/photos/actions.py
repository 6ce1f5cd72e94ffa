"""Put a photo with a pupil, take it away, want none, and allow one again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kring.core.access import Record, Verb
from kring.core.ages import RIGHTS_HOLDER
from kring.core.photos import check_takes_no_back, refuse_chosen
from kring.web.access import may
from kring.web.action import action
from kring.web.photos.models import Photo
from kring.web.photos.queries import key_of, refused
from kring.web.schools.models import Group, Membership, Pupil, live, younger_than


@action("photos.brought", needs=Verb.WRITE, of=Record.PHOTO)
def put_photos(actor: Membership, group: Group, chosen: Sequence[tuple[UUID, bytes]], *, at: datetime) -> None:
    """Put these photos with these pupils of the group, all of them or none; what was there makes way."""
    here = may(actor, Pupil, Verb.WRITE, of=Record.PHOTO, at=at).filter(live(at, "enrolments__"), enrolments__group=group)
    pupils = {pupil.pk: pupil for pupil in here.filter(pk__in=[key for key, _ in chosen]).select_for_update(of=("self",))}
    mine = [(key, picture) for key, picture in chosen if key in pupils]
    refuse_chosen([key for key, _ in mine], refused(pupils), {key: str(pupil) for key, pupil in pupils.items()})
    for key, picture in mine:
        put_photo(actor, pupils[key], picture, at=at)


@action("photo.put", needs=Verb.WRITE, of=Record.PHOTO)
def put_photo(actor: Membership, pupil: Pupil, picture: bytes, *, at: datetime) -> Photo:
    """Put this photo with this pupil, where nobody at home wants none."""
    kept, _ = Photo.objects.select_for_update().get_or_create(school_id=pupil.school_id, pupil=pupil)
    refuse_chosen([pupil.pk], refused([pupil.pk]), {pupil.pk: str(pupil)})
    kept.picture, kept.added_by, kept.added_at = picture, actor, at
    kept.save(update_fields=["picture", "added_by", "added_at"])
    return kept


@action("photo.taken_away", needs=Verb.WRITE, of=Record.PHOTO)
def take_photo_away(actor: Membership, pupil: Pupil) -> None:  # noqa: ARG001
    """Take away the photo of a pupil; a new one may come."""
    _empty(Photo.objects.filter(pupil=pupil))


@action("photo.refused", needs=Verb.RUN, of=Record.PHOTO)
def refuse_photo(actor: Membership, pupil: Pupil) -> Photo:
    """Say for oneself, or for one's child: no photo. What is there goes at once, and no new one comes."""
    kept, _ = Photo.objects.select_for_update().get_or_create(school_id=pupil.school_id, pupil=pupil)
    who = key_of(actor)
    if who not in kept.refused_by:
        kept.refused_by = [*kept.refused_by, who]
        kept.save(update_fields=["refused_by"])
    _empty(Photo.objects.filter(pk=kept.pk))
    return kept


@action("photo.allowed", needs=Verb.RUN, of=Record.PHOTO)
def allow_photo(actor: Membership, pupil: Pupil, *, at: datetime) -> Photo:
    """Take back what one said oneself: a photo may come again, unless somebody else wants none."""
    kept, _ = Photo.objects.select_for_update().get_or_create(school_id=pupil.school_id, pupil=pupil)
    alone = not Pupil.objects.filter(younger_than(RIGHTS_HOLDER, at), pk=pupil.pk).exists()
    over = check_takes_no_back(key_of(actor), kept.refused_by, decides_alone=alone)
    kept.refused_by = [who for who in kept.refused_by if who not in over]
    kept.save(update_fields=["refused_by"])
    return kept


def _empty(photos: "QuerySet[Photo]") -> None:
    photos.update(picture=b"", added_by=None, added_at=None)
