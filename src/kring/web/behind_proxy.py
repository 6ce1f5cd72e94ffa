"""What only a proxy that was set up wrongly sends: told in words, where Django would send a browser round in circles or say nothing."""

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

Answer = Callable[[HttpRequest], HttpResponse]
WITHOUT_PROXY = "A request came without X-Forwarded-Proto: the proxy does not send it, or somebody came in beside the proxy."


def rightly_asked(answer: Answer) -> Answer:
    """Behind a proxy every request says by which name and by what it came in."""
    if not settings.BEHIND_PROXY:
        raise MiddlewareNotUsed

    def checked(request: HttpRequest) -> HttpResponse:
        if _may_come_plain(request.path):
            return answer(request)
        if "X-Forwarded-Proto" not in request.headers:
            logging.getLogger("kring").warning(WITHOUT_PROXY)
            return _told("proxy.html")
        return answer(request) if _is_known(request) else _told("host.html")

    return checked


def _may_come_plain(path: str) -> bool:
    return any(re.search(pattern, path.lstrip("/")) for pattern in settings.SECURE_REDIRECT_EXEMPT)


def _is_known(request: HttpRequest) -> bool:
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False


def _told(template: str) -> HttpResponse:
    return HttpResponse(get_template(template).render(), status=400)
