"""One's own address and the code with which one confirms it. They belong to a person, not to a school."""

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from kring.core.access import Role
from kring.core.mail import (
    ADDRESS_HOLDS,
    CODE_LASTS,
    CODES_A_DAY,
    HowOften,
    NoAddressForPupils,
    NoMailHere,
    TooManyMailCodes,
    check_code,
    code_from,
    gets_mail,
    tidy_code,
)
from kring.web.accounts.models import Person
from kring.web.guard import hats
from kring.web.mail.models import MailAddress, MailCode, OutgoingMail
from kring.web.signing_in.rows import count_within

A_DAY = timedelta(days=1)


def mail_works() -> bool:
    """Whether this installation sends anything at all; a demo shows its messages in the window in which it runs."""
    return settings.MAIL is not None or settings.DEMO


def address_of(person: Person) -> MailAddress | None:
    """The address of this person, also when it works no more: the page says so."""
    return MailAddress.objects.filter(person=person).first()


def code_on_its_way(person: Person, *, at: datetime) -> MailCode | None:
    """A code that still works."""
    return MailCode.objects.filter(person=person, expires_at__gt=at).first()


def ask_address(person: Person, address: str, *, at: datetime) -> None:
    """A code goes to this address; until it is typed here, what was in use stays in use. A new code withdraws the old."""
    if not mail_works():
        raise NoMailHere
    if not gets_mail(Role(hat.role) for hat in hats(person)):
        raise NoAddressForPupils
    if count_within(f"mail code {person.pk}", A_DAY, at=at) > CODES_A_DAY:
        raise TooManyMailCodes
    with transaction.atomic():
        MailCode.objects.filter(person=person).delete()
        code = MailCode.objects.create(person=person, address=address, expires_at=at + CODE_LASTS)
        OutgoingMail.objects.create(person=person, kind=OutgoingMail.Kind.CODE, code=code, written_at=at, next_try_at=at)


def confirm_address(person: Person, typed: str, *, at: datetime) -> MailAddress:
    """The code was read at that address: for a year messages go there. Raises MailCodeWrong or MailCodeOver, and counts the try first."""
    MailCode.objects.filter(person=person).update(tries=F("tries") + 1)
    code = MailCode.objects.filter(person=person).first()
    is_right = code is not None and hmac.compare_digest(code_text(code), tidy_code(typed))
    check_code(is_right=is_right, expires_at=code.expires_at if code else None, tries=code.tries if code else 0, at=at)
    assert code is not None
    with transaction.atomic():
        new = {"address": code.address, "confirmed_at": at, "expires_at": at + ADDRESS_HOLDS, "refused_at": None}
        address, _made = MailAddress.objects.update_or_create(person=person, defaults=new)
        code.delete()
    return address


def code_text(code: MailCode) -> str:
    """The code of this row: known to the server's own key alone, and nowhere written."""
    return code_from(int.from_bytes(hmac.digest(f"mail code {settings.SECRET_KEY}".encode(), code.pk.bytes, "sha256")))


def choose_how_often(person: Person, how_often: HowOften) -> bool:
    """Daily, at once or never; False for who has no address."""
    return bool(MailAddress.objects.filter(person=person).update(how_often=how_often.value))


def remove_address(person: Person) -> bool:
    """With whatever is on its way. False when there was nothing."""
    with transaction.atomic():
        OutgoingMail.objects.filter(person=person, ended_at=None).delete()
        codes, _of_each = MailCode.objects.filter(person=person).delete()
        addresses, _of_each = MailAddress.objects.filter(person=person).delete()
    return bool(codes + addresses)
