"""The three routes of answers as Django sees them. A server answers them before Django does (lean.py), in the same words."""

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kring.web.answering.door import HAND_IN, LARGEST, SAVE, SEALED, Reply, answer, refused_elsewhere, too_large, written
from kring.web.guard import public


@csrf_exempt
@require_POST
@public
def answers_save(request: HttpRequest) -> HttpResponse:
    """Answers of one screen, as they are given: the ticket says what for, and stands in the place of a cookie."""
    return _answered(SAVE, request)


@csrf_exempt
@require_POST
@public
def answers_hand_in(request: HttpRequest) -> HttpResponse:
    """A list is done."""
    return _answered(HAND_IN, request)


@csrf_exempt
@require_POST
@public
def answers_sealed(request: HttpRequest) -> HttpResponse:
    """What a device could not send before, sealed so that only the server can read it."""
    return _answered(SEALED, request)


def _answered(route: str, request: HttpRequest) -> HttpResponse:
    return _shown(_reply(route, request))


def _reply(route: str, request: HttpRequest) -> Reply:
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdecimal() or int(size[:20]) > LARGEST[route]:
        return too_large()
    return refused_elsewhere(request.headers.get("Sec-Fetch-Site")) or answer(
        route, request.read(), at=timezone.now(), address=get_client_ip(request) or ""
    )


def _shown(reply: Reply) -> HttpResponse:
    return HttpResponse(written(reply), status=reply.status, content_type="application/json", headers=dict(reply.headers))
