"""The groups of a school: make them, change one, and put parallel ones beside each other."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.web.access import may, may_do
from kring.web.guard import SchoolRequest, find, guard
from kring.web.people.finding import find_among
from kring.web.roster.forming import actions, queries
from kring.web.roster.forming.forms import BundleForm, GroupForm, GroupsForm
from kring.web.schools.models import Bundle, Group, SchoolYear
from kring.web.wording import sentence

KEEPERS = frozenset({Role.ADMINISTRATOR, Role.LEADER, Role.COORDINATOR})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP, Verb.WRITE, roles=KEEPERS)
def school_groups(request: SchoolRequest) -> HttpResponse:
    """Every group of the years that run or are to come, and a form for more."""
    years = queries.years(request.actor, at=timezone.now())
    known = queries.levels_of(request.actor.school)
    form = GroupsForm(request.POST if request.method == "POST" else None, years=years, known=known)
    if request.method != "POST" or not form.is_valid():
        return _groups(request, years, form)
    try:
        actions.make_groups(request.actor, form.wanted_year(), form.cleaned_data["names"])
    except BrokenRule as broken:
        return _groups(request, years, form, broken)
    messages.success(request, _("De groepen staan erbij."))
    return redirect("school_groups", request.actor.pk)


def _groups(request: SchoolRequest, years: list[SchoolYear], form: GroupsForm, broken: BrokenRule | None = None) -> HttpResponse:
    now = timezone.now()
    page = {
        "form": form,
        "refusal": sentence(broken) if broken else "",
        "parts": [(year, queries.groups(request.actor, year, at=now)) for year in years],
        "bundles": queries.bundles(request.actor, years),
    }
    return render(request, "roster/groups.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP, Verb.WRITE, roles=KEEPERS)
def school_group(request: SchoolRequest, group: UUID) -> HttpResponse:
    """One group: its name and year levels."""
    found = find_among(request, may(request.actor, Group, Verb.WRITE).select_related("year", "bundle", "school"), group)
    form = GroupForm(request.POST if request.method == "POST" else None, group=found, known=queries.levels_of(found.school))
    if request.method != "POST" or not form.is_valid():
        return _group(request, found, form)
    try:
        actions.change_group(request.actor, found, form.wanted(), at=timezone.now())
    except BrokenRule as broken:
        return _group(request, found, form, broken)
    messages.success(request, _("De groep is aangepast."))
    return redirect("school_groups", request.actor.pk)


def _group(request: SchoolRequest, group: Group, form: GroupForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"group": group, "form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "roster/group.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.GROUP, Verb.WRITE, roles=KEEPERS)
def end_group(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Nobody sits in it any more: it is over, or gone when it was never used."""
    found = find_among(request, may(request.actor, Group, Verb.WRITE).select_related("year", "bundle", "school"), group)
    try:
        actions.end_group(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _group(request, found, GroupForm(group=found, known=queries.levels_of(found.school)), broken)
    messages.success(request, _("De groep is beëindigd."))
    return redirect("school_groups", request.actor.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.BUNDLE, Verb.WRITE, roles=KEEPERS)
def bundle_new(request: SchoolRequest, schoolyear: UUID) -> HttpResponse:
    """Call groups of one year parallel."""
    year = find_among(request, may(request.actor, SchoolYear, Verb.WRITE, of=Record.BUNDLE), schoolyear)
    groups = [one.group for one in queries.groups(request.actor, year, at=timezone.now()) if not one.is_over and one.group.bundle is None]
    form = BundleForm(request.POST if request.method == "POST" else None, groups=groups)
    if request.method != "POST" or not form.is_valid():
        return _new(request, year, form)
    try:
        made = actions.make_bundle(request.actor, year, form.cleaned_data["name"], form.chosen())
    except BrokenRule as broken:
        return _new(request, year, form, broken)
    return redirect("bundle", request.actor.pk, made.pk)


def _new(request: SchoolRequest, year: SchoolYear, form: BundleForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"year": year, "form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "roster/bundle_new.html", page, status=409 if broken else 200)


@require_safe
@guard(Record.BUNDLE, Verb.READ)
def bundle(request: SchoolRequest, bundle: UUID) -> HttpResponse:
    """Parallel groups side by side."""
    found = find(request, Bundle, bundle)
    groups = queries.side_by_side(request.actor, found, at=timezone.now())
    request.readings.extend(one.group for one in groups if one.is_open)
    page = {"bundle": found, "groups": groups, "may_end": may_do(request.actor, found, Verb.WRITE)}
    return render(request, "roster/bundle.html", page)


@require_POST
@guard(Record.BUNDLE, Verb.WRITE)
def bundle_end(request: SchoolRequest, bundle: UUID) -> HttpResponse:
    """The groups are no longer looked at side by side."""
    actions.end_bundle(request.actor, find(request, Bundle, bundle, Verb.WRITE))
    messages.success(request, _("De groepen staan weer los van elkaar."))
    return redirect("school_groups", request.actor.pk)
