"""Who presses twice makes one thing: a form bears a number, and the second time it leads to what the first time made.

It works without a script, and when both presses are on their way at the same moment: the database lets the second one wait.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kring.web.drafts.models import MadeOnce
from kring.web.guard import SchoolRequest

FIELD: Final = "once"
"""In every form that keeps drafts (drafts/tags.py); a view without `made_once` does not look at it."""
REMEMBERED: Final = timedelta(days=1)
ELSEWHERE = 302


def made_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Below the guard of a view that makes something new and then leads on to another page. What leads nowhere has made nothing."""

    @wraps(view)
    def only_once(request: SchoolRequest, **named: Any) -> HttpResponse:
        if request.method != "POST" or not request.POST.get(FIELD):
            return view(request, **named)
        with transaction.atomic():
            mine = {"school_id": request.actor.school_id, "author": request.actor, "mark": _mark(request)}
            made, is_first = MadeOnce.objects.get_or_create(**mine, defaults={"made_at": timezone.now()})
            if not is_first:
                return redirect(made.led_to)
            response = view(request, **named)
            if response.status_code == ELSEWHERE:
                MadeOnce.objects.filter(pk=made.pk).update(led_to=response.headers["Location"])
            else:
                transaction.set_rollback(True)  # noqa: FBT003 (Django takes it so)
        return response

    only_once.is_made_once = True  # type: ignore[attr-defined]
    return only_once


def _mark(request: SchoolRequest) -> str:
    """Of the number with all that was sent: who goes back in the browser and writes something else, makes something else."""
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return salted_hmac("kring.once", repr((request.path, sent)), algorithm="sha256").hexdigest()
