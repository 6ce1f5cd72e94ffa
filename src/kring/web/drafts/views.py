"""Keep what is being typed, throw it away, and say that one is still there."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kring.core.access import Record, Verb
from kring.core.errors import BrokenRule
from kring.web.drafts import intake
from kring.web.drafts.form_key import KEY, FormKey, read
from kring.web.drafts.presence import seconds_left
from kring.web.drafts.seal import NoHalfOfTheKey, half_of
from kring.web.guard import SchoolRequest, guard

OF_EVERY_FORM = {KEY, "csrfmiddlewaretoken"}


@require_POST
@guard(Record.DRAFT, Verb.WRITE)
def draft_save(request: SchoolRequest) -> HttpResponse:
    """Take the fields of a form that was really shown to this author; nothing else fits in."""
    key, typed = _own_key(request), {name: values for name, values in request.POST.lists() if name not in OF_EVERY_FORM}
    if not typed.keys() <= {*key.names}:
        raise BadRequest
    try:
        intake.keep(request.actor, key, typed, half=half_of(request), at=timezone.now())
    except NoHalfOfTheKey:
        return HttpResponse(status=409)
    except BrokenRule:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


@require_POST
@guard(Record.DRAFT, Verb.WRITE)
def draft_throw_away(request: SchoolRequest) -> HttpResponse:
    """Forget it, and show the form as it would have been."""
    key = _own_key(request)
    intake.forget(request.actor, key)
    return redirect(key.page)


def _own_key(request: SchoolRequest) -> FormKey:
    key = read(request.POST.get(KEY, ""))
    if key is None or key.author != request.actor.pk:
        raise BadRequest
    return key


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SCHOOL, Verb.READ)
def here(request: SchoolRequest) -> HttpResponse:
    """How many seconds are left; being asked by a person, by a press on the button, is being there."""
    return JsonResponse({"seconds": seconds_left(request, at=timezone.now())})
