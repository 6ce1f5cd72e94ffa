"""Which photos there are, whose may come, and the pictures themselves for who may already show these names."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.functions import Coalesce

from kring.core.access import Record, Role, Verb
from kring.core.consents import PUPIL
from kring.web.access import may
from kring.web.photos.models import Photo
from kring.web.schools.models import Enrolment, Group, Guardian, Membership, Pupil, live


def pictures(pupils: Iterable[UUID]) -> dict[UUID, str]:
    """Of the pupils who have a photo: the picture as a data URI, to stand beside a name. No page has an address of a photo to guess."""
    asked = list(pupils)
    kept = Photo.objects.filter(pupil__in=asked).exclude(picture=b"").values_list("pupil_id", "picture")
    without = refused(asked)
    return {pupil: as_uri(bytes(picture)) for pupil, picture in kept if pupil not in without}


def refused(pupils: Iterable[UUID]) -> set[UUID]:
    """Those of whom somebody at home wants no photo; who was entered twice, and said so about the other entry, said it about the child."""
    said = Photo.objects.exclude(refused_by=[]).annotate(child=Coalesce("pupil__merged_into_id", "pupil_id"))
    return set(said.filter(child__in=list(pupils)).values_list("child", flat=True))


def as_uri(picture: bytes) -> str:
    """A photo as it stands in a page."""
    return f"data:image/jpeg;base64,{b64encode(picture).decode()}"


@dataclass(frozen=True, slots=True)
class PupilPhoto:
    """A pupil, the photo that there is, and whether somebody at home wants none."""

    pupil: Pupil
    picture: str
    is_refused: bool
    is_refused_by_me: bool = False


def group_photos(actor: Membership, group: Group, *, at: datetime) -> list[PupilPhoto]:
    """The pupils who sit in the group now."""
    here = may(actor, Enrolment, Verb.READ, at=at).filter(live(at), group=group).values_list("pupil_id", flat=True)
    return _photos(actor, list(may(actor, Pupil, Verb.WRITE, of=Record.PHOTO, at=at).filter(pk__in=list(here))), at)


def my_photos(actor: Membership, *, at: datetime) -> list[PupilPhoto]:
    """Of a pupil the own photo; of a guardian those of the children."""
    return _photos(actor, list(may(actor, Pupil, Verb.RUN, of=Record.PHOTO, at=at)), at, me=key_of(actor))


def _photos(actor: Membership, pupils: list[Pupil], at: datetime, me: str | None = "") -> list[PupilPhoto]:
    kept = {one.pupil_id: one for one in may(actor, Photo, Verb.READ, at=at).filter(pupil__in=pupils)}
    without = refused(pupil.pk for pupil in pupils)
    return [_of(pupil, kept.get(pupil.pk), me, is_refused=pupil.pk in without) for pupil in pupils]


def _of(pupil: Pupil, photo: Photo | None, me: str | None, *, is_refused: bool) -> PupilPhoto:
    picture = as_uri(bytes(photo.picture)) if photo and photo.picture and not is_refused else ""
    return PupilPhoto(pupil, picture, is_refused, photo is not None and me in photo.refused_by)


def key_of(actor: Membership) -> str | None:
    """As whom this person says so, as it stands in `refused_by`: the guardian that one is, or the pupil self."""
    if actor.role == Role.PUPIL.value:
        return PUPIL
    mine = Guardian.objects.filter(school_id=actor.school_id, person=actor.person_id).values_list("pk", flat=True).first()
    return str(mine)
