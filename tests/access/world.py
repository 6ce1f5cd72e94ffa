"""A world for the matrix: the cast, people whose rights ended or have not begun, and something of everything."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from kring.core.access import Role
from kring.web.exchange.actions import Brought, check_upload
from kring.web.files.intake import keep
from kring.web.models import Assignment, Job, Membership, Pupil, Upload
from kring.web.schools.models import OfSchool
from tests.cast import Cast, member, move, pupil
from tests.measurements import list_round, sociogram_round


@dataclass(frozen=True, slots=True)
class World:
    """Who asks, and for what."""

    actors: dict[str, Membership]
    objects: dict[str, OfSchool]


def make_world(cast: Cast) -> World:
    out_of_time = _people_out_of_time(cast)
    of_vera = Upload.objects.create(
        school=cast.beuk, group=cast.group_6a, author=out_of_time["vera"], held_on=date(2025, 10, 6), created_at=timezone.now()
    )
    return World(actors=cast.actors() | out_of_time, objects=_objects(cast) | {"upload_of_vera": of_vera})


def _people_out_of_time(cast: Cast) -> dict[str, Membership]:
    now = timezone.now()
    vera, tom = member(cast.beuk, Role.TEACHER, "vera"), member(cast.beuk, Role.TEACHER, "tom")
    wim = member(cast.beuk, Role.COORDINATOR, "wim")
    wim.until_at = now - timedelta(days=1)
    wim.save()
    taught = {"school": cast.beuk, "group": cast.group_6a}
    Assignment.objects.create(membership=vera, from_at=vera.from_at, until_at=now - timedelta(days=1), **taught)
    Assignment.objects.create(membership=tom, from_at=now + timedelta(days=1), **taught)
    return {"vera": vera, "tom": tom, "wim": wim}


def _moved(cast: Cast) -> Pupil:
    mees = pupil(cast.group_6a, "Mees", 6)
    move(mees, cast.group_6b, timezone.now() - timedelta(days=1))
    return mees


def _objects(cast: Cast) -> dict[str, OfSchool]:
    now = timezone.now()
    pupils, mees = [cast.pupil_noor, cast.pupil_sem], _moved(cast)
    closed = list_round(cast.group_6a, [*pupils, mees], "Vorige lijst")
    closed.closed_at = now
    closed.save()
    names = b"leerling;naam\nnoor;Noor Test\nsem;Sem Test\n"
    contents = {"pupils": names, "nominations": b"vraag;van;naar\ntogether;noor;sem\n"}
    upload = check_upload(cast.anna, cast.group_6a, Brought(contents, None, "herfst", date(2025, 10, 6)), at=now)
    applied = check_upload(cast.anna, cast.group_6a, Brought(contents, None, "herfst", date(2025, 10, 6)), at=now)
    applied.applied_at = now
    applied.save()
    made = keep(cast.anna, "groepsrapporten.zip", b"Noor", content_type="application/zip", at=now)
    return {
        "group_6a": cast.group_6a,
        "group_6b": cast.group_6b,
        "group_eik": cast.group_eik,
        "pupil_noor": cast.pupil_noor,
        "pupil_sem": cast.pupil_sem,
        "pupil_lot": cast.pupil_lot,
        "pupil_fien": cast.pupil_fien,
        "pupil_mees": mees,
        "round_6a": list_round(cast.group_6a, [*pupils, mees]),
        "closed_round": closed,
        "sociogram_6a": sociogram_round(cast.group_6a, pupils),
        "upload": upload,
        "no_provider": Upload(),  # of single sign-on: there is none, and what is never saved has a key that nothing has
        "job": Job.objects.create(school=cast.beuk, author=cast.anna, kind="group_reports", created_at=now, result=made),
    }
