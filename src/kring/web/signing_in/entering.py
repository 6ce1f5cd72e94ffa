"""Let somebody in who was recognised by something of Kring's own: the button of the demo, an invitation on paper."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest

from kring.web.accounts.models import Person
from kring.web.signing_in.rows import note_session


def enter(request: HttpRequest, person: Person, *, method: str) -> None:
    """A session under a new key that knows how it began; what that is worth, `accounts/sessions.py` says."""
    get_adapter(request).login(request, person)
    record_authentication(request, person, method)
    note_session(request)
