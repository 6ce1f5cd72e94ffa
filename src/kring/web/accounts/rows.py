"""Sessions that nobody uses any more."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def forget_old_sessions(*, at: datetime) -> None:
    """A chore. With a session goes what was listed of it: from where, and with which browser."""
    Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
