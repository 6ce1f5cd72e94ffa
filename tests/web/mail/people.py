"""Somebody with an address, something to tell, and the moment of it."""

from datetime import UTC, datetime, timedelta

from kring.core.mail import HowOften
from kring.web.mail.models import MailAddress, OutgoingMail
from kring.web.models import Membership
from kring.web.people.intake import tell

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)  # a Tuesday in school, ten o'clock
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def with_address(hat: Membership, address: str = "", *, how_often: HowOften = HowOften.DAILY, at: datetime = NOW) -> MailAddress:
    given = {"address": address or f"{hat.person.username}@school.example", "how_often": how_often.value}
    return MailAddress.objects.create(person=hat.person, confirmed_at=at - 10 * DAY, expires_at=at + 300 * DAY, **given)


def told(hat: Membership, event: str = "case.joined", *, at: datetime = NOW - 2 * HOUR) -> None:
    tell([hat], event, hat.school, at=at)


def written(hat: Membership, *, at: datetime = NOW) -> OutgoingMail:
    return OutgoingMail.objects.create(person=hat.person, kind=OutgoingMail.Kind.WAITING, written_at=at, next_try_at=at)
