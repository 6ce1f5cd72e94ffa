"""Sessions that nobody uses any more, and how somebody wants to see Kring."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

from kring.web.accounts.models import Look, Person


def forget_old_sessions(*, at: datetime) -> None:
    """A chore. With a session goes what was listed of it: from where, and with which browser."""
    Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


# ---- how somebody wants to see Kring


def look_of(person: Person) -> str | None:
    """In the words of the cookie; None for who never chose."""
    return Look.objects.filter(person=person).values_list("chosen", flat=True).first()


def keep_look(person: Person, chosen: str) -> None:
    """From now on on every device."""
    Look.objects.update_or_create(person=person, defaults={"chosen": chosen})


def language_of(person: Person) -> str:
    """The language that somebody chose; Dutch for who did not. For what is read without a page: a message, a letter."""
    return language_chosen(person) or settings.LANGUAGE_CODE


def language_chosen(person: Person) -> str:
    """The same; nothing for who did not choose."""
    chosen = (look_of(person) or "").split("&")
    return next((code for code, _name in settings.LANGUAGES if f"language={code}" in chosen), "")
