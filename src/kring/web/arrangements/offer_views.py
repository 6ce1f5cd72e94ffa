"""What this school is good at and can do for others: the page, a new offer, changing and ending one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb, roles_that
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.documents.spreadsheets import csv_for_machines
from kring.web.arrangements import actions, queries
from kring.web.arrangements.forms import OfferForm, offer_as_filled
from kring.web.arrangements.models import SupportOffer
from kring.web.arrangements.words import CLUSTERS
from kring.web.drafts.once import made_once
from kring.web.edited import both_texts, sent_again
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.wording import sentence

READERS = roles_that(Record.SUPPORT_OFFER, Verb.READ)
WRITERS = roles_that(Record.SUPPORT_OFFER, Verb.WRITE)


@require_safe
@guard(Record.SUPPORT_OFFER, Verb.READ, roles=READERS)
def support_offers(request: SchoolRequest) -> HttpResponse:
    """What holds now; by choice one subject, help desks alone, or also what is over."""
    asked, found = _listed(request)
    page = {
        "offers": found,
        "asked": asked,
        "clusters": CLUSTERS,
        "query": request.GET.urlencode(),
        "may_write": Role(request.actor.role) in WRITERS,
    }
    return render(request, "arrangements/offers.html", page)


def _listed(request: SchoolRequest) -> tuple[dict[str, Any], list[queries.Offer]]:
    cluster, help_desk, over = request.GET.get("cluster", ""), "help_desk" in request.GET, "over" in request.GET
    found = queries.offers(request.actor, at=timezone.now(), cluster=cluster, help_desk=help_desk, over=over)
    return {"cluster": cluster, "help_desk": help_desk, "over": over}, found


@require_safe
@guard(Record.SUPPORT_OFFER, Verb.READ, roles=READERS)
def support_offers_csv(request: SchoolRequest) -> HttpResponse:
    """The same for machines, to pass on to other schools."""
    made = csv_for_machines(queries.offer_table(_listed(request)[1]))
    return attachment(made, _("aanbod.csv"), "text/csv; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SUPPORT_OFFER, Verb.WRITE, roles=WRITERS)
@made_once
def support_offer_new(request: SchoolRequest) -> HttpResponse:
    """Something that the school can do for others."""
    at, refusal = timezone.now(), ""
    form = OfferForm(request.POST or None, contacts=queries.contacts(request.actor, at=at), is_new=True)
    if form.is_valid():
        try:
            actions.make_offer(request.actor, request.actor.school, form.offered(), at=at)
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Het aanbod staat erbij."))
            return redirect("support_offers", request.actor.pk)
    return render(request, "arrangements/offer.html", {"form": form, "refusal": refusal}, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SUPPORT_OFFER, Verb.WRITE, roles=WRITERS)
def support_offer_edit(request: SchoolRequest, supportoffer: UUID) -> HttpResponse:
    """Change it, or let it hold longer; who saves second sees both texts."""
    found, at = find(request, SupportOffer, supportoffer, Verb.WRITE), timezone.now()
    now, contacts = offer_as_filled(found), queries.contacts(request.actor, at=at)
    form = OfferForm(request.POST or None, contacts=contacts, initial=now)
    page: dict[str, Any] = {"offer": queries.one_offer(found, at=at), "form": form}
    if not form.is_valid():
        return render(request, "arrangements/offer.html", page)
    try:
        actions.change_offer(request.actor, found, form.offered(), read_at=form.cleaned_data["read"], at=at)
    except EditedMeanwhile:
        theirs = {name: value for name, value in now.items() if name != "read"}
        again = OfferForm(sent_again(request.POST, found.edited_at), contacts=contacts)
        return render(
            request, "arrangements/offer.html", {**page, "both": both_texts(form, theirs), "is_both": True, "form": again}, status=409
        )
    except BrokenRule as broken:
        return render(request, "arrangements/offer.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Bewaard."))
    return redirect("support_offers", request.actor.pk)


@require_POST
@guard(Record.SUPPORT_OFFER, Verb.WRITE, roles=WRITERS)
def support_offer_end(request: SchoolRequest, supportoffer: UUID) -> HttpResponse:
    """The school does not do it any more."""
    found = find(request, SupportOffer, supportoffer, Verb.WRITE)
    actions.end_offer(request.actor, found, at=timezone.now())
    messages.success(request, _("Dit aanbod is beëindigd."))
    return redirect("support_offers", request.actor.pk)
