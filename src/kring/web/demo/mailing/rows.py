"""Addresses of the demo: one that works, one from which a message came back, and one that is to be confirmed anew."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from kring.core.mail import ADDRESS_HOLDS, HowOften
from kring.web.accounts.models import Person
from kring.web.mail.models import MailAddress

DAY = timedelta(days=1)
ADDRESSES = (
    # who, how often, confirmed so many days ago, refused so many days ago
    ("bram", HowOften.DAILY, 40, None),
    ("carla", HowOften.AT_ONCE, 200, 2),
    ("rik", HowOften.DAILY, 345, None),
)


def give_addresses(people: Mapping[str, Person], *, key: Callable[..., UUID], now: datetime) -> None:
    """The domain can never be anybody's (RFC 2606)."""
    MailAddress.objects.bulk_create(
        MailAddress(
            id=key("mail", who),
            person=people[who],
            address=f"{who}@debeuk.example",
            how_often=how_often.value,
            confirmed_at=now - days * DAY,
            expires_at=now - days * DAY + ADDRESS_HOLDS,
            refused_at=None if refused is None else now - refused * DAY,
        )
        for who, how_often, days, refused in ADDRESSES
        if who in people
    )
