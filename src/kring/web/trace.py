"""Write down who did, saw and tried what: ids and codes only. Actions, the guard, logging in and work in the background call this.

An event joins the transaction of its change. A reading goes through the writer, and its page is sent when it is on disk.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from kring.core.access import Role
from kring.core.purposes import Purpose, purpose_of
from kring.web.accounts.models import Person
from kring.web.audit.intake import append, take_turn
from kring.web.audit.models import Entry
from kring.web.schools.models import Membership, live
from kring.web.wall import schools_open
from kring.web.writer import write

DONE, REFUSED, ABSENT = "done", "refused", "absent"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an act came from: the route, and keyed hashes of the session and the address, that tell the same from another and no more."""

    route: str = ""
    session: str = ""
    from_where: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A record that was shown, when there is no row at hand to say it."""

    record: str
    record_id: UUID | None = None
    pupil_id: UUID | None = None
    group_id: UUID | None = None


def origin_of(request: HttpRequest) -> Origin:
    """Where this request comes from."""
    match = request.resolver_match
    session = getattr(request, "session", None)
    return Origin(
        route=(match.url_name or "")[:80] if match else "",
        session=imprint("session", session.session_key or "") if session is not None else "",
        from_where=imprint("from where", get_client_ip(request) or ""),
    )


def imprint(kind: str, value: str) -> str:
    """A keyed hash, too short to search and long enough to tell two apart."""
    return hmac.digest(f"log {settings.SECRET_KEY}".encode(), f"{kind} {value}".encode(), "sha256").hex()[:16] if value else ""


def bind(actor: Membership, origin: Origin) -> None:
    """What this actor does from now on comes from here. The actor is made anew for every request."""
    vars(actor)["origin"] = origin


def begin_event(actor: Membership) -> None:
    """First in the transaction of a change, before it holds anything that somebody else may wait for."""
    take_turn(actor.school_id)


def record_event(actor: Membership, subject: Model, event: str) -> None:
    """Something was done to this record."""
    _append(actor.school_id, [_entry(actor, _seen(subject), event)])


def record_readings(actor: Membership, rows: Iterable[Model | Seen], *, name: str = "page.read") -> None:
    """These records were shown. Raises NotWritten: then they may not be."""
    entries = [_entry(actor, row if isinstance(row, Seen) else _seen(row), name) for row in rows]
    if entries:
        write(lambda: _append(actor.school_id, entries), of=str(actor.school_id))


def record_refusal(actor: Membership, seen: Seen, *, outcome: str) -> None:
    """Somebody asked for this and did not get it: may not (refused), or does not exist for this hat (absent)."""
    entry = _entry(actor, seen, "page.refused", outcome=outcome)
    write(lambda: _append(actor.school_id, [entry]), of=str(actor.school_id))


def record_work(author: Membership, rows: Iterable[Model], *, job: Model, name: str = "report.made") -> None:
    """Work in the background showed these to its author: beside the job, so that who fetches it is known to have them."""
    shown = [_seen(row) for row in rows]
    of_job = [Seen(job._meta.model_name or "", job.pk, one.pupil_id, one.group_id) for one in shown]
    entries = [_entry(author, one, name, on_behalf_of=author.pk) for one in of_job]
    write(lambda: _append(author.school_id, entries), of=str(author.school_id))


def record_sign_in(person: Person, name: str, *, request: HttpRequest | None = None, outcome: str = DONE) -> None:
    """Logging in and out, a factor, a lock: in the chain of every school where this person holds a role now."""
    origin = origin_of(request) if request else Origin()
    held = Membership.objects.filter(live(timezone.now()), person=person)
    for school in sorted(set(held.values_list("school_id", flat=True))):
        entry = Entry(at=timezone.now(), person_id=person.pk, name=name, outcome=outcome, purpose=Purpose.TECHNICAL.value, **_from(origin))
        write(lambda school=school, entry=entry: _append(school, [entry]), of=str(school))  # type: ignore[misc]


def _append(school: UUID, entries: list[Entry]) -> None:
    with schools_open([school]):
        append(school, entries)


def _entry(actor: Membership, seen: Seen, name: str, *, outcome: str = DONE, on_behalf_of: UUID | None = None) -> Entry:
    origin: Origin = vars(actor).get("origin", Origin())
    return Entry(
        at=timezone.now(),
        person_id=actor.person_id,
        actor_id=actor.pk,
        role=actor.role,
        on_behalf_of=on_behalf_of,
        name=name,
        outcome=outcome,
        record=seen.record,
        record_id=seen.record_id,
        pupil_id=seen.pupil_id,
        group_id=seen.group_id,
        **_from(origin, purpose=purpose_of(Role(actor.role)).value),
    )


def _from(origin: Origin, **more: str) -> dict[str, Any]:
    return {"route": origin.route, "session": origin.session, "from_where": origin.from_where, **more}


HANGS_ON = {
    "guardianaccess": "guardianship",
    "consent": "request",
    "consentitem": "request",
    "casemember": "case",
    "share": "case",
    "submission": "invitation",
    "guardianlist": "guardian_invitation",
    "listletter": "guardian_invitation",
    "openanswer": "invitation",
    "openanswerreader": "open_answer",
    "filling": "invitation",
    "answer": "filling",
    "seat": "window",
    "criticalreading": "invitation",
    "resultresponse": "profile",
    "listedpupil": "sociogram",
    "nomination": "sociogram",
    "rating": "sociogram",
    "bullyingreport": "sociogram",
    "bullyingname": "sociogram",
    "predictedpupil": "prediction",
    "composedpupil": "composition",
    "placewish": "composition",
    "buddies": "sociogram",
    "uploadedfile": "upload",
    "handoveranswer": "handover",
    "signalanswer": "signal",
    "concernmessage": "concern",
    "reportingcodeseat": "file",
    "reportingcodenote": "file",
    "gatheringseat": "gathering",
    "discussedpupil": "gathering",
    "talkreport": "gathering",
    "agreement": "gathering",
    "talkresponse": "report",
    "understandingsource": "understanding",
    "planversion": "plan",
    "cluster": "plan",
    "clusteredpupil": "cluster",
    "goal": "plan",
    "step": "plan",
    "mark": "plan",
    "point": "goal",
    "evaluation": "plan",
    "transfercheck": "plan",
    "behaviourrecord": "analysis",
    "checkinday": "card",
    "reportingcodestep": "file",
    "absencestep": "prompt",
    "trainingattendance": "place",
    "expertreader": "request",
    "expertreport": "request",
}
"""Records whose pupil or group is that of another record."""


def _seen(row: Model) -> Seen:
    """The record, with the pupil or else the group that it is about: an entry about one pupil is none about the class."""
    kind = row._meta.model_name or ""
    pupil = row.pk if kind == "pupil" else _tied(row, "pupil_id")
    group = row.pk if kind == "group" else _tied(row, "group_id")
    return Seen(kind, row.pk, pupil, None if pupil else group)


def _tied(row: Model | None, key: str) -> UUID | None:
    """The pupil or group of a row, or else of what it hangs on."""
    own: UUID | None = getattr(row, key, None)
    kind = row._meta.model_name or "" if row else ""
    return own or (_tied(getattr(row, HANGS_ON[kind]), key) if kind in HANGS_ON else None)
