"""The words of the region: what holds now, the editions before it, and a new one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.core.region import edition_on
from kring.web.access import may_do
from kring.web.guard import SchoolRequest, find, guard
from kring.web.school_years.models import RegionalTerms
from kring.web.school_years.region import queries
from kring.web.school_years.region.actions import make_edition
from kring.web.school_years.region.forms import WORDS, EditionForm
from kring.web.wording import sentence

KEEPERS = roles_that(Record.REGIONAL_TERMS, Verb.WRITE)
READERS = roles_that(Record.REGIONAL_TERMS, Verb.READ) & roles_that(Record.SCHOOL_YEAR, Verb.READ)


@require_safe
@guard(Record.REGIONAL_TERMS, Verb.READ, roles=READERS)
def region(request: SchoolRequest) -> HttpResponse:
    """What holds today."""
    today, made = timezone.localdate(), queries.editions(request.actor)
    return _edition(request, edition_on(made, today), made, today)


@require_safe
@guard(Record.REGIONAL_TERMS, Verb.READ, roles=READERS)
def region_edition(request: SchoolRequest, regionalterms: UUID) -> HttpResponse:
    """What held before, or will hold."""
    found = find(request, RegionalTerms, regionalterms)
    return _edition(request, found, queries.editions(request.actor), timezone.localdate())


def _edition(request: SchoolRequest, shown: RegionalTerms | None, made: list[RegionalTerms], today: date) -> HttpResponse:
    school = request.actor.school
    terms = queries.as_terms(shown.terms) if shown else queries.terms_of(school, on=today)
    page = {
        "edition": shown,
        "holds": edition_on(made, today),
        "terms": terms,
        "words": [(label, terms.words[word]) for word, label in WORDS.items() if word in terms.words],
        "editions": list(reversed(made)),
        "packs": queries.packs_for(school, on=today),
        "school": school,
        "may_write": may_do(request.actor, school, Verb.WRITE, of=Record.REGIONAL_TERMS),
    }
    return render(request, "school_years/region.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.REGIONAL_TERMS, Verb.WRITE, roles=KEEPERS)
def region_new(request: SchoolRequest) -> HttpResponse:
    """A new edition, begun from a pack or from what holds now."""
    form = EditionForm(request.POST) if request.method == "POST" else EditionForm(initial=_beginning(request))
    if not form.is_bound or not form.is_valid():
        return render(request, "school_years/region_new.html", {"form": form})
    try:
        make_edition(request.actor, request.actor.school, form.new_edition(), at=timezone.now())
    except BrokenRule as broken:
        return render(request, "school_years/region_new.html", {"form": form, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("De nieuwe woorden zijn bewaard. Wat eerder gold, blijft te lezen."))
    return redirect("region", request.actor.pk)


def _beginning(request: SchoolRequest) -> dict[str, Any]:
    """What the form begins with: a pack that was chosen, otherwise what holds today."""
    today, school = timezone.localdate(), request.actor.school
    chosen = next((pack for pack in queries.packs_for(school, on=today) if pack.mark == request.GET.get("pack")), None)
    usual = EditionForm.known(queries.terms_of(school, on=today), from_on=today, partnership=school.partnership, pack="")
    if chosen is None:
        return usual
    return {**usual, **EditionForm.known(chosen.terms, from_on=today, partnership=chosen.name, pack=chosen.mark)}
