"""Searching, and help. What somebody looks for stands in no address and no log: it waits in the session, under a number."""

import secrets

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb
from kring.core.errors import BrokenRule
from kring.core.finding import LONGEST_QUESTION, asked
from kring.web.finding.hits import Results, results
from kring.web.finding.pages import help_for
from kring.web.guard import SchoolRequest, guard
from kring.web.trace import Seen
from kring.web.wording import sentence

KEPT = "searches"
KEPT_SEARCHES = 8
"""So that Back leads to what was found before, in more than one window."""
ON_PAGE, SUGGESTED = 25, 5


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SCHOOL, Verb.READ)
def find(request: SchoolRequest) -> HttpResponse:
    """Everything that goes by these words, as far as lists show it to this hat."""
    if request.method == "POST":
        return _ask(request)
    text = request.session.get(KEPT, {}).get(request.GET.get("n", ""), "")
    question = asked(text)
    found = _found(request, text, most=ON_PAGE) if question else None
    return render(request, "finding/find.html", {"question": text, "found": found, "is_asked": bool(text)})


def _ask(request: SchoolRequest) -> HttpResponse:
    text = request.POST.get("q", "").strip()
    try:
        asked(text)
    except BrokenRule as broken:
        page = {"question": text[:LONGEST_QUESTION], "refusal": sentence(broken)}
        return render(request, "finding/find.html", page, status=409)
    number = secrets.token_urlsafe(6)
    earlier = list(request.session.get(KEPT, {}).items())[1 - KEPT_SEARCHES :]
    request.session[KEPT] = dict([*earlier, (number, text)])
    return HttpResponseRedirect(f"{reverse('find', args=[request.actor.pk])}?n={number}")


@require_POST
@guard(Record.SCHOOL, Verb.READ)
def suggestions(request: SchoolRequest) -> HttpResponse:
    """The first few of each kind, while somebody types."""
    try:
        found = _found(request, request.POST.get("q", ""), most=SUGGESTED)
    except BrokenRule as broken:
        return JsonResponse({"said": sentence(broken), "sections": []})
    sections = [
        {"title": one.title, "hits": [{"title": hit.title, "more": hit.more, "url": hit.url} for hit in one.hits if hit.url]}
        for one in found.sections
    ]
    return JsonResponse({"said": "", "sections": [one for one in sections if one["hits"]]})


def _found(request: SchoolRequest, text: str, *, most: int) -> Results:
    """What was found; that a list with names was shown is written down, and never what was looked for."""
    found = results(request.actor, asked(text), at=timezone.now(), most=most)
    request.readings.extend(Seen(record) for record in found.shown)
    return found


@require_safe
@guard(Record.SCHOOL, Verb.READ)
def show_help(request: SchoolRequest) -> HttpResponse:
    """How Kring works, for this hat."""
    return render(request, "finding/help.html", {"pages": help_for(request.actor)})
