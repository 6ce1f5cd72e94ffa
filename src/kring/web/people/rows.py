"""The rows behind paper: codes of which only a keyed hash is kept, and ways in. They belong to a person, not to a school."""

import hmac
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from secrets import choice
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from kring.core.paper_codes import new_code, tidied
from kring.web.accounts.models import PaperCode, Person

OPENS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)


def make_code(person: Person, *, at: datetime, lasts: timedelta) -> tuple[PaperCode, str]:
    """A new code and how it reads on paper; it withdraws every older one of this person."""
    open_codes(person).update(withdrawn_at=at)
    text = new_code(choice)
    return PaperCode.objects.create(person=person, code_hash=_hash(text), expires_at=at + lasts), text


def open_codes(person: Person):  # type: ignore[no-untyped-def]  # a QuerySet
    """Codes of this person that are neither used nor withdrawn."""
    return PaperCode.objects.filter(person=person, used_at=None, withdrawn_at=None)


def code_typed(typed: str, *, at: datetime) -> PaperCode | None:
    """The code that this is; None for one that is wrong, used, withdrawn or too old alike, in the same time."""
    return _working(code_hash=_hash(tidied(typed) or ""), at=at)


def code_kept(key: UUID, *, at: datetime) -> PaperCode | None:
    """The code that was typed a page ago, if it still works."""
    return _working(pk=key, at=at)


def _working(*, at: datetime, **which: object) -> PaperCode | None:
    found = PaperCode.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=at, person__is_active=True)
    return found.filter(**which).select_related("person").first()


def use_code(code: PaperCode, *, at: datetime) -> bool:
    """Once: of two who come at the same moment, one."""
    return bool(PaperCode.objects.filter(pk=code.pk, used_at=None, withdrawn_at=None, expires_at__gt=at).update(used_at=at))


def _hash(code: str) -> str:
    return hmac.digest(f"paper {settings.SECRET_KEY}".encode(), code.encode(), "sha256").hex()


def with_second_factor(persons: Iterable[UUID]) -> set[UUID]:
    """Who of these has a passkey or an authenticator app."""
    found = Authenticator.objects.filter(user__in=list(persons), type__in=OPENS)
    return {UUID(str(key)) for key in found.values_list("user_id", flat=True)}


def with_way_in(persons: Collection[UUID]) -> set[UUID]:
    """Who of these can log in at all: by password, passkey or another service."""
    by_password = Person.objects.filter(pk__in=persons).exclude(password="").exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    by_key = Authenticator.objects.filter(user__in=persons, type=Authenticator.Type.WEBAUTHN).values_list("user_id", flat=True)
    elsewhere = SocialAccount.objects.filter(user__in=persons).values_list("user_id", flat=True)
    return {*by_password.values_list("pk", flat=True), *by_key, *elsewhere}


def forget_ways_in(person: Person) -> None:
    """Every factor, every tie to another service, and the password."""
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    Person.objects.filter(pk=person.pk).update(password=f"{UNUSABLE_PASSWORD_PREFIX}")


def name_is_free(username: str, *, person: Person) -> bool:
    """Whether nobody else bears this user name, in any case of letters."""
    return not Person.objects.filter(username__iexact=username).exclude(pk=person.pk).exists()


def set_way_in(person: Person, username: str, password: str) -> None:
    """A user name and a password, chosen by their owner."""
    person.username = username
    person.set_password(password)
    person.save(update_fields=["username", "password"])
