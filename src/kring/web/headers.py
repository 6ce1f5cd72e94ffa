"""Headers that Django and django-csp do not set, and the refusal of changes that another site asks for."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = ", ".join(f"{power}=()" for power in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb"))


def safe_headers(answer: Answer) -> Answer:
    """Nothing with pupils in it may stay in a cache; no page may use the device's senses."""

    def headed(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return headed


def same_origin_only(answer: Answer) -> Answer:
    """A browser says where a request comes from; a change from elsewhere is refused, whatever token it bears."""

    def checked(request: HttpRequest) -> HttpResponse:
        changes = request.method not in {"GET", "HEAD", "OPTIONS"}
        if changes and request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            return refused(request, exception=PermissionDenied())
        return answer(request)

    return checked


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a refusal, outside any view."""
    from django.views.defaults import permission_denied

    return permission_denied(request, exception)
