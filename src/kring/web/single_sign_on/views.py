"""There and back: to a provider of the school, and in by what it proves. And which identities are mine."""

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, cast

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kring.core.errors import BrokenRule
from kring.core.single_sign_on import SignOnRefused
from kring.identity_providers import IdentityProvider, Protocol
from kring.web.accounts.models import Person
from kring.web.accounts.sessions import recently_proved
from kring.web.guard import PersonalRequest, personal, public, second_factor_needed, sent_on
from kring.web.signing_in.changes import changed
from kring.web.single_sign_on import openid, saml
from kring.web.single_sign_on.adapter import app_of
from kring.web.single_sign_on.providers import Identity
from kring.web.single_sign_on.rows import identities_of, link, unlink
from kring.web.wording import sentence

LOGIN, LINK = "login", "link"
View = Callable[..., HttpResponse]
log = logging.getLogger(__name__)


def told(view: View) -> View:
    """A refusal becomes a page with one sentence; why exactly is for the log alone."""

    @wraps(view)
    def telling(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except BrokenRule as broken:
            log.warning("single sign-on by %s refused: %s", kwargs["key"], broken)
            return render(request, "single_sign_on/refused.html", {"sentence": sentence(broken)}, status=409)

    return telling


def known(key: str, *, protocol: Protocol | None = None) -> IdentityProvider:
    """The provider of this address, or: it does not exist."""
    for provider in settings.SSO:
        if provider.key == key and protocol in (None, provider.protocol):
            return provider
    raise Http404


@public
@require_POST
@told
def sign_on(request: HttpRequest, key: str) -> HttpResponse:
    """To the provider, to log in."""
    return _leave(request, known(key), process=LOGIN, next_url=get_next_redirect_url(request))


@personal
@require_POST
@told
def link_identity(request: PersonalRequest, key: str) -> HttpResponse:
    """To the provider, to log in that way from now on."""
    provider = known(key)
    return _proof_first(request) or _leave(request, provider, process=LINK, person=str(request.user.pk))


def _proof_first(request: PersonalRequest) -> HttpResponse | None:
    """How somebody comes in is changed with a fresh factor; a password will do for who needs no second one."""
    fresh = recently_proved(request, password_will_do=not second_factor_needed(request.user))
    return None if fresh else sent_on(request, "step_up")


def _leave(request: HttpRequest, provider: IdentityProvider, **state: Any) -> HttpResponse:
    ours = app_of(provider).get_provider(request)
    if provider.protocol is Protocol.SAML:
        address, question = saml.way_there(request, provider)
        ours.stash_redirect_state(request, state_id=question, **state)
        return redirect(address)
    tried = openid.secrets_of_one_try()
    number = ours.stash_redirect_state(request, tried=tried, **state)
    return redirect(openid.way_there(request, provider, state=number, tried=tried))


@public
@require_safe
@told
def openid_return(request: HttpRequest, key: str) -> HttpResponse:
    """Back from a provider that speaks OpenID Connect."""
    provider = known(key, protocol=Protocol.OPENID)
    state = _state(request, provider, request.GET.get("state", ""))
    if request.GET.get("iss", provider.issuer) != provider.issuer:
        raise SignOnRefused(why="other_issuer_in_answer")
    return _arrive(request, provider, state, openid.identity_from(request, provider, state["tried"], request.GET.get("code", "")))


@public
@csrf_exempt
@require_POST
def saml_answer(request: HttpRequest, key: str) -> HttpResponse:
    """The answer comes by a form of another site, without our cookie: one step on our own site brings it along."""
    provider = known(key, protocol=Protocol.SAML)
    return render(request, "single_sign_on/arrival.html", {"provider": provider, "answer": request.POST.get("SAMLResponse", "")})


@public
@csrf_exempt
@require_POST
@told
def saml_arrival(request: HttpRequest, key: str) -> HttpResponse:
    """Back from a provider that speaks SAML. What stands in for the form's token: the number of a question asked in this very session."""
    provider = known(key, protocol=Protocol.SAML)
    answer = saml.Answer(request, provider, request.POST.get("SAMLResponse", ""))
    state = _state(request, provider, answer.answers)
    return _arrive(request, provider, state, answer.identity())


def _state(request: HttpRequest, provider: IdentityProvider, number: str) -> Mapping[str, Any]:
    """What was asked in this session under this number: once, and within ten minutes."""
    try:
        state: Mapping[str, Any] = app_of(provider).get_provider(request).unstash_redirect_state(request, number)
    except PermissionDenied:
        raise SignOnRefused(why="not_asked_here") from None
    return state


def _arrive(request: HttpRequest, provider: IdentityProvider, state: Mapping[str, Any], identity: Identity) -> HttpResponse:
    came = app_of(provider).get_provider(request).sociallogin_from_response(request, identity)
    came.state, came.identity = dict(state), identity
    if state["process"] == LINK:
        return _link(request, came, str(state["person"]))
    if request.user.is_authenticated:
        logout(request)  # whoever was in here before: what they showed is not shown by who comes now
    response: HttpResponse = complete_social_login(request, came)
    return response


def _link(request: HttpRequest, came: SocialLogin, asked_by: str) -> HttpResponse:
    if not isinstance(request.user, Person) or str(request.user.pk) != asked_by:
        raise SignOnRefused(why="somebody_else_logged_in_meanwhile")
    if link(request, came, request.user):
        changed(cast(PersonalRequest, request), "identity.linked")
    messages.success(request, _("Gelukt. U kunt voortaan ook inloggen via %(name)s.") % {"name": came.provider.name})
    return redirect("identities")


@public
@require_safe
def saml_metadata(request: HttpRequest, key: str) -> HttpResponse:
    """What the administrator hands to the provider."""
    return HttpResponse(saml.metadata(request, known(key, protocol=Protocol.SAML)), content_type="application/samlmetadata+xml")


@personal
@require_safe
def identities(request: PersonalRequest) -> HttpResponse:
    """By which providers I log in, and by which I could."""
    mine = {identity.provider: identity for identity in identities_of(request.user)}
    lines = [{"provider": provider, "identity": mine.get(provider.key)} for provider in settings.SSO]
    return render(request, "single_sign_on/identities.html", {"lines": lines})


@personal
@require_POST
@told
def unlink_identity(request: PersonalRequest, key: str) -> HttpResponse:
    """No more by this provider."""
    provider = known(key)
    asked_for_proof = _proof_first(request)
    if asked_for_proof:
        return asked_for_proof
    if unlink(request.user, key, known=[other.key for other in settings.SSO]):
        changed(request, "identity.unlinked")
    messages.success(request, _("U logt niet meer in via %(name)s.") % {"name": provider.name})
    return redirect("identities")
