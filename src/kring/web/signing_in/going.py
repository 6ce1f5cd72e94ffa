"""Where somebody was going before something had to be proved first."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

ONWARD = "onward"
OWN = "step-"
"""Fields of the page that asks for proof; all others belong to the form that it carries."""
NEVER_CARRIED = frozenset({"csrfmiddlewaretoken"})


def safe_next(request: HttpRequest) -> str:
    """The page that the address names, if it is one of ours; otherwise the front page."""
    return safe(request, request.GET.get("next", ""))


def safe(request: HttpRequest, address: str) -> str:
    """This address, if it is one of ours."""
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if ours and address.startswith("/") else reverse("front")


def remember(request: HttpRequest, address: str) -> None:
    """For after a page or two of setting up."""
    request.session[ONWARD] = address


def remembered(request: HttpRequest) -> str:
    """Once; then the front page."""
    return safe(request, request.session.pop(ONWARD, ""))


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything that was typed in the form that was stopped, to be sent along."""
    return [(name, value) for name, values in request.POST.lists() if _belongs(name) for value in values]


def _belongs(name: str) -> bool:
    return not name.startswith(OWN) and name not in NEVER_CARRIED


class SendAgain(HttpResponseRedirect):
    """The browser sends the same form once more, elsewhere: nothing that was typed is kept on the server meanwhile."""

    status_code = 307


def go_on(request: HttpRequest, address: str) -> HttpResponse:
    """To the page; with the form, when one was carried."""
    return SendAgain(address) if f"{OWN}again" in request.POST else HttpResponseRedirect(address)
