"""For pupil and guardian: what was said in a talk about me or my child, and whether it is right."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.core.access import FAMILY, Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.web.drafts.once import made_once
from kring.web.gatherings.at_home import actions, queries
from kring.web.gatherings.at_home.forms import ResponseForm
from kring.web.gatherings.models import TalkReport
from kring.web.guard import SchoolRequest, find, guard
from kring.web.wording import sentence


@require_safe
@guard(Record.TALK_REPORT, Verb.READ, roles=FAMILY)
def my_reports(request: SchoolRequest) -> HttpResponse:
    """What was shown to me."""
    found = queries.shown(request.actor)
    request.readings.extend(one.row for one in found)
    return render(request, "gatherings/my_reports.html", {"shown": found, "is_pupil": Role(request.actor.role) is Role.PUPIL})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.TALK_REPORT, Verb.READ, roles=FAMILY)
@made_once
def my_report(request: SchoolRequest, talkreport: UUID) -> HttpResponse:
    """One report; and saying whether it is right."""
    found = find(request, TalkReport, talkreport)
    form, refusal = ResponseForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        try:
            actions.say(request.actor, found, form.cleaned_data["text"], is_right=request.POST.get("says") == "right", at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard. De school leest het."))
            return redirect("my_report", request.actor.pk, found.pk)
    page = {
        "one": queries.shown(request.actor, only=found.pk)[0],
        "form": form,
        "refusal": refusal,
        "is_pupil": Role(request.actor.role) is Role.PUPIL,
    }
    return render(request, "gatherings/my_report.html", page, status=409 if refusal else 200)
