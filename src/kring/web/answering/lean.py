"""The lean way in: the routes of answers are answered before Django's middleware, which asks for a session, a token and a language that a
ticket does not need. The answers bear the headers that the middleware would give them: it is asked for them once.

Whatever is unusual (another method, another host, no https behind a proxy, no length) goes the ordinary way.
"""

import logging
from collections.abc import Iterable
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.http.request import split_domain_port, validate_host
from django.urls import reverse
from django.utils import timezone

from kring.web.answering.door import HAND_IN, LARGEST, SAVE, SEALED, Reply, answer, refused_elsewhere, too_large, written
from kring.web.logs import HEADER, OWN_QUESTION, noted_lean

log = logging.getLogger(__name__)
ROUTES: Final = {"answers_save": SAVE, "answers_hand_in": HAND_IN, "answers_sealed": SEALED}
OF_ONE_ANSWER: Final = {"Content-Type", "Content-Length", "Content-Language", "Vary", "Allow", "Date", "Set-Cookie", HEADER}
REASONS: Final = {
    200: "OK",
    400: "Bad Request",
    403: "Forbidden",
    409: "Conflict",
    410: "Gone",
    413: "Content Too Large",
    429: "Too Many Requests",
}


def lean(application: WSGIApplication) -> WSGIApplication:
    """This application, with a short cut for answers."""
    names = {reverse(name): name for name in ROUTES}

    def asked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        name = names.get(environ.get("PATH_INFO", ""))
        if name is None or not _is_usual(environ):
            return application(environ, start_response)
        with noted_lean(name) as line:
            reply = _reply(ROUTES[name], environ)
            line.status = reply.status
            body = written(reply)
            own = {"Content-Type": "application/json", "Content-Length": str(len(body)), HEADER: line.number}
            told = {**_headers(), **reply.headers, **own}
            start_response(f"{reply.status} {REASONS.get(reply.status, 'Unavailable')}", list(told.items()))
            return [body]

    return asked


def _is_usual(environ: WSGIEnvironment) -> bool:
    """What the middleware would let by as it is."""
    secure = not settings.SECURE or environ.get("HTTP_X_FORWARDED_PROTO" if settings.BEHIND_PROXY else "wsgi.url_scheme") == "https"
    return environ["REQUEST_METHOD"] == "POST" and secure and _is_ours(environ.get("HTTP_HOST", "")) and "CONTENT_LENGTH" in environ


@lru_cache(maxsize=64)  # whoever knocks under ever other names fills no memory
def _is_ours(host: str) -> bool:
    return len(host) < 300 and validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def _reply(route: str, environ: WSGIEnvironment) -> Reply:
    size = str(environ["CONTENT_LENGTH"] or "0")
    if not size.isdecimal() or int(size[:20]) > LARGEST[route]:
        return too_large()
    elsewhere = refused_elsewhere(environ.get("HTTP_SEC_FETCH_SITE"))
    if elsewhere is not None:
        return elsewhere
    try:
        return answer(route, environ["wsgi.input"].read(int(size)), at=timezone.now(), address=_address(environ))
    except Exception:
        log.exception("an answer was not taken")
        return Reply(500, {"why": "broken"})
    finally:
        if connection.errors_occurred:  # whatever it was: the next one begins with a new connection
            connection.close()


def _address(environ: WSGIEnvironment) -> str:
    """As the page of a class counts it: behind a proxy the one that the proxy wrote down."""
    told = environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2] if settings.BEHIND_PROXY else environ.get("REMOTE_ADDR", "")
    return str(told).strip()


@cache
def _headers() -> dict[str, str]:
    """Of an answer of ours, as every middleware has left it."""
    host = next((name.lstrip(".*") for name in settings.ALLOWED_HOSTS if name.lstrip(".*")), "localhost")
    said: dict[str, Any] = {"REQUEST_METHOD": "POST", "PATH_INFO": reverse("answers_save"), "HTTP_HOST": host, "SERVER_NAME": host}
    secure = {"SERVER_PORT": "443", "wsgi.url_scheme": "https", "HTTP_X_FORWARDED_PROTO": "https", OWN_QUESTION: True}
    answered = WSGIHandler().get_response(WSGIRequest(said | secure | {"wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}))
    return {name: value for name, value in answered.items() if name not in OF_ONE_ANSWER}
