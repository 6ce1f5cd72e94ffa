"""What every answer bears, whatever came before it, and what is refused before anything else looks at a request."""

from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import Resolver404, resolve

Answer = Callable[[HttpRequest], HttpResponse]

OFF = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture", "encrypted-media"),
    *("fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "keyboard-map", "local-fonts", "magnetometer"),
    *("microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb", "xr-spatial-tracking"),
)
OWN = ("publickey-credentials-create", "publickey-credentials-get")  # passkeys
POLICY = ", ".join((*(f"{power}=()" for power in OFF), *(f"{power}=(self)" for power in OWN)))


def safe_headers(answer: Answer) -> Answer:
    """Nothing with pupils in it may stay in a cache; no page may use the device's senses or be shown inside another site."""

    always = {
        "Permissions-Policy": POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "X-Content-Type-Options": "nosniff",
    }

    def headed(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in always.items():
            response.headers.setdefault(name, value)
        if not _is_file_of_ours(request, response) and "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "no-store"
        return response

    return headed


def _is_file_of_ours(request: HttpRequest, response: HttpResponse) -> bool:
    """A style sheet, a font: the same for everybody."""
    return request.path.startswith(settings.STATIC_URL) and response.status_code in {200, 206, 304}


def in_utf8(application: WSGIApplication) -> WSGIApplication:
    """Kring speaks UTF-8 alone. What a request says of its alphabet is left out before Django reads it: some of Python's codecs break
    while a request is made, when there is nobody yet to answer.
    """

    def asked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = without_alphabet(environ.get("CONTENT_TYPE", ""))
        return application(environ, start_response)

    return asked


def few_at_once(application: WSGIApplication, most: int) -> WSGIApplication:
    """This application for so many requests at a time; the others wait at the door."""
    door = BoundedSemaphore(most)

    def asked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with door:
            return application(environ, start_response)

    return asked


def without_alphabet(content_type: str) -> str:
    """The kind of content without its charset, in whichever way that is written.

    >>> without_alphabet("text/plain; charset=idna; boundary=x")
    'text/plain; boundary=x'
    """
    kind, *told = content_type.split(";")
    return ";".join([kind, *(part for part in told if not part.strip().lower().startswith("charset"))])


def not_too_large(answer: Answer) -> Answer:
    """What is larger than all files together may be is refused before a byte of it is read or put on the disk."""

    def measured(request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdecimal() or int(size[:20]) > settings.BODY_LIMIT:
            return HttpResponse(get_template("413.html").render(), status=413)
        return answer(request)

    return measured


def same_origin_only(answer: Answer) -> Answer:
    """A browser says where a request comes from; a change from elsewhere is refused, whatever token it bears."""

    def checked(request: HttpRequest) -> HttpResponse:
        changes = request.method not in {"GET", "HEAD", "OPTIONS"}
        elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
        if changes and elsewhere and not _meant_for_others(request.path_info):
            return refused(request, exception=PermissionDenied())
        return answer(request)

    return checked


def _meant_for_others(path: str) -> bool:
    """A view that asks no token of a form has another proof of where it comes from: the signature of an identity provider."""
    try:
        return bool(getattr(resolve(path).func, "csrf_exempt", False))
    except Resolver404:
        return False


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a refusal, outside any view."""
    from django.views.defaults import permission_denied

    return permission_denied(request, exception)
