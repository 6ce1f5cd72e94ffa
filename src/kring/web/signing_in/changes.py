"""What follows when a person changes how they come in: other sessions end at once, this one gets a new key, and it is written down."""

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator

from kring.web.guard import PersonalRequest
from kring.web.signing_in import rows
from kring.web.trace import record_sign_in


def factor_added(request: PersonalRequest, factor: Authenticator) -> None:
    """It was just used to set it up: this session has shown it."""
    factor.user = request.user
    post_authentication(request, factor, reauthenticated=True)
    changed(request, "factor.added")


def factor_removed(request: PersonalRequest, factor: Authenticator) -> None:
    """Raises LastSecondFactor."""
    rows.remove_factor(request, factor)
    changed(request, "factor.removed")


def changed(request: PersonalRequest, event: str) -> None:
    """Whoever sits in another session must come in again, in the new way."""
    rows.end_sessions(request.user, but=request.session.session_key)
    rows.new_key(request)
    record_sign_in(request.user, event, request=request)
