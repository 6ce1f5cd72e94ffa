"""Who presses twice makes one thing: a form bears a number, and the second time it leads to what the first time made.

It works without a script, and when both presses are on their way at the same moment: the database lets the second one wait.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import file_digest
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kring.web.drafts import intake
from kring.web.guard import SchoolRequest

FIELD: Final = "once"
"""In every form that keeps drafts or says `{% once %}` (drafts/tags.py); a view without `made_once` does not look at it."""
ELSEWHERE = 302
REFUSED = 400


def made_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Below the guard of a view that makes something new and then leads elsewhere. What is refused has made nothing, also not half."""

    @wraps(view)
    def only_once(request: SchoolRequest, **named: Any) -> HttpResponse:
        if request.method != "POST" or not request.POST.get(FIELD):
            return view(request, **named)
        with transaction.atomic():
            sent, is_first = intake.send(request.actor, _mark(request), at=timezone.now())
            if not is_first:
                return redirect(sent.led_to)
            response = view(request, **named)
            if response.status_code == ELSEWHERE:
                intake.lead_to(sent, response.headers["Location"])
            elif response.status_code >= REFUSED:
                transaction.set_rollback(True)  # noqa: FBT003 (Django takes it so)
            else:
                intake.take_back(sent)
        return response

    only_once.is_made_once = True  # type: ignore[attr-defined]
    return only_once


def _mark(request: SchoolRequest) -> str:
    """Of the number with all that was sent: who goes back in the browser and sends something else, makes something else."""
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, [_digest(one) for one in many]) for name, many in request.FILES.lists())
    return salted_hmac("kring.once", repr((request.path, sent, files)), algorithm="sha256").hexdigest()


def _digest(file: "UploadedFile[bytes]") -> str:
    found = file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return found
