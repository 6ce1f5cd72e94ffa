"""For whom something waits, and how the mail of this installation is doing. Never what it is, and never to whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from kring.core.mail import ASKED_AGAIN, OF_SERVER, URGENT, HowOften, Trouble, Waiting, message_due
from kring.web.mail.models import MailAddress, MailCode, OutgoingMail
from kring.web.people.models import Notice
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Membership, School, live
from kring.web.tasks.intake import open_tasks
from kring.web.tasks.models import Task
from kring.web.wall import schools_open


def in_use(at: datetime) -> QuerySet[MailAddress]:
    """Addresses that are confirmed and that nobody refused."""
    return MailAddress.objects.filter(expires_at__gt=at, refused_at=None)


# ---- for whom something waits


def people_to_tell(*, at: datetime) -> list[MailAddress]:
    """The addresses to which a message goes now."""
    addresses = {one.person_id: one for one in _to_look_after(at)}
    waits = _waiting(at) if addresses else {}
    hour = timezone.localtime(at).hour
    return [
        address
        for person, address in addresses.items()
        if person in waits
        and message_due(HowOften(address.how_often), waits[person], told_today=_told_today(address, at), hour=hour, at=at)
    ]


def _to_look_after(at: datetime) -> QuerySet[MailAddress]:
    """Who wants messages, and has none on its way."""
    on_its_way = OutgoingMail.objects.filter(kind=OutgoingMail.Kind.WAITING, ended_at=None)
    return in_use(at).exclude(how_often=HowOften.NEVER.value).exclude(person__in=on_its_way.values("person"))


def _told_today(address: MailAddress, at: datetime) -> bool:
    return address.told_at is not None and timezone.localdate(address.told_at) == timezone.localdate(at)


def _waiting(at: datetime) -> dict[UUID, Waiting]:
    """By person, over all schools: each is looked at behind its own wall."""
    found: dict[UUID, Waiting] = {}
    for school in School.objects.order_by("pk"):
        with schools_open([school.pk]):
            here = _waiting_at(school, at)
        for person, waits in here.items():
            found[person] = _both(found[person], waits) if person in found else waits
    return found


def _waiting_at(school: School, at: datetime) -> dict[UUID, Waiting]:
    notices = list(_unseen(school, at))
    with_task = set(_with_task(school, at))
    if not notices and not with_task:
        return {}
    is_school_day = calendar_of(school).is_school_day(timezone.localdate(at))
    persons = {person for person, _event, _at in notices} | with_task
    return {person: _of(person, notices, with_task, is_school_day=is_school_day) for person in persons}


def _of(person: UUID, notices: list[tuple[UUID, str, datetime]], with_task: set[UUID], *, is_school_day: bool) -> Waiting:
    mine = [(event, at) for one, event, at in notices if one == person]
    oldest = min((at for _event, at in mine), default=None)
    return Waiting(oldest, any(event in URGENT for event, _at in mine), person in with_task, is_school_day)


def _unseen(school: School, at: datetime) -> Iterator[tuple[UUID, str, datetime]]:
    """Notices that nobody was told of since they came."""
    told_at = "receiver__person__mail_address__told_at"
    news = Q(**{told_at: None}) | Q(at__gt=F(told_at))
    found = Notice.objects.filter(news, live(at, "receiver__"), school=school, seen_at=None, at__lte=at)
    yield from found.filter(receiver__person__mail_address__isnull=False).values_list("receiver__person_id", "event", "at")


def _with_task(school: School, at: datetime) -> QuerySet[Task, UUID]:
    due = open_tasks().filter(live(at, "owner__"), school=school, due_on=timezone.localdate(at))
    return due.filter(owner__person__mail_address__isnull=False).values_list("owner__person_id", flat=True)


def _both(one: Waiting, other: Waiting) -> Waiting:
    oldest = min((at for at in (one.oldest_at, other.oldest_at) if at), default=None)
    return Waiting(oldest, one.urgent or other.urgent, one.tasks_due or other.tasks_due, one.is_school_day or other.is_school_day)


ENDS_SOON = "mail_address.ends_soon"


def hats_to_ask(school: School, *, at: datetime) -> QuerySet[Membership]:
    """Of people whose address ends within a month, and who were not told so since they confirmed it."""
    address = "person__mail_address"
    soon = {f"{address}__expires_at__gt": at, f"{address}__expires_at__lte": at + ASKED_AGAIN, f"{address}__refused_at": None}
    confirmed_at = OuterRef(f"{address}__confirmed_at")
    told = Notice.objects.filter(school=school, receiver=OuterRef("pk"), event=ENDS_SOON, at__gt=confirmed_at)
    mine = Membership.objects.filter(live(at), school=school, person__is_active=True, person__mail_address__isnull=False, **soon)
    return mine.exclude(Exists(told)).select_related("person__mail_address")


# ---- for its owner, and for the administrator


def trouble_with_code(code: MailCode) -> str:
    """Why the code did not arrive, as far as is known."""
    return OutgoingMail.objects.filter(code=code).values_list("trouble", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class MailState:
    """How the mail is doing, in numbers. `trouble` is what stands in the way of everything that waits."""

    server: str  # host and port; empty without mail
    is_demo: bool
    waiting: int
    oldest_at: datetime | None
    last_sent_at: datetime | None
    trouble: Trouble | None
    addresses: int
    set_aside: int


def mail_state(*, at: datetime) -> MailState:
    """Of the whole installation: a mail server is not a school's. Six questions to the database, however much there is."""
    waits = OutgoingMail.objects.filter(ended_at=None)
    oldest = waits.order_by("written_at").first()
    stuck = waits.filter(trouble__in=[one.value for one in OF_SERVER]).order_by("-next_try_at").first()
    last = OutgoingMail.objects.filter(sent_at__isnull=False).order_by("-sent_at").first()
    return MailState(
        server=f"{settings.MAIL.host}:{settings.MAIL.port}" if settings.MAIL else "",
        is_demo=settings.MAIL is None and settings.DEMO,
        waiting=waits.count(),
        oldest_at=oldest.written_at if oldest else None,
        last_sent_at=last.sent_at if last else None,
        trouble=Trouble(stuck.trouble) if stuck else None,
        addresses=in_use(at).count(),
        set_aside=MailAddress.objects.filter(refused_at__isnull=False).count(),
    )
