"""School years and the days off in them: a list, a year as a list or by month, and what can be changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.library import holiday_calendars
from kring.web.access import may_do
from kring.web.guard import SchoolRequest, find, guard
from kring.web.school_years import actions, queries
from kring.web.school_years.forms import HolidayForm, YearForm
from kring.web.school_years.models import Holiday
from kring.web.schools.models import SchoolYear
from kring.web.wording import sentence

KEEPERS = roles_that(Record.SCHOOL_YEAR, Verb.WRITE)
READERS = roles_that(Record.SCHOOL_YEAR, Verb.READ)


@require_safe
@guard(Record.SCHOOL_YEAR, Verb.READ, roles=READERS)
def school_years(request: SchoolRequest) -> HttpResponse:
    """The years, the newest first."""
    lines = queries.year_lines(request.actor, on=timezone.localdate())
    may_write = may_do(request.actor, request.actor.school, Verb.WRITE, of=Record.SCHOOL_YEAR)
    return render(request, "school_years/years.html", {"lines": lines, "may_write": may_write})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SCHOOL_YEAR, Verb.WRITE, roles=KEEPERS)
def school_year_new(request: SchoolRequest) -> HttpResponse:
    """The next year, with the holidays of the region."""
    proposed = queries.next_year(request.actor, on=timezone.localdate())
    form = YearForm(request.POST) if request.method == "POST" else YearForm.of(proposed)
    page = {"form": form, "proposed": proposed, "school": request.actor.school, "published": list(holiday_calendars())}
    if not form.is_bound or not form.is_valid():
        return render(request, "school_years/year_new.html", page)
    try:
        made = actions.make_year(request.actor, request.actor.school, form.year())
    except BrokenRule as broken:
        return render(request, "school_years/year_new.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Schooljaar %(label)s staat klaar. Kijk nu de vakanties na.") % {"label": made.label})
    return redirect("school_year", request.actor.pk, made.pk)


@require_safe
@guard(Record.HOLIDAY, Verb.READ, roles=READERS)
def school_year(request: SchoolRequest, schoolyear: UUID) -> HttpResponse:
    """One year: its days off as a list, or month by month."""
    return _year(request, find(request, SchoolYear, schoolyear))


def _year(request: SchoolRequest, row: SchoolYear, broken: BrokenRule | None = None) -> HttpResponse:
    today = timezone.localdate()
    lines = queries.holiday_lines(request.actor, row, on=today)
    by_month = request.GET.get("view") == "months"
    page = {
        "year": row,
        "lines": lines,
        "by_month": by_month,
        "months": queries.months(row, [line.row for line in lines], on=today) if by_month else [],
        "calendar": holiday_calendars().get(row.label),
        "school": request.actor.school,
        "may_write": may_do(request.actor, row, Verb.WRITE, of=Record.HOLIDAY),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "school_years/year.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SCHOOL_YEAR, Verb.WRITE, roles=KEEPERS)
def school_year_edit(request: SchoolRequest, schoolyear: UUID) -> HttpResponse:
    """Other days for a year."""
    row = find(request, SchoolYear, schoolyear, Verb.WRITE)
    form = YearForm(request.POST) if request.method == "POST" else YearForm.of(queries.as_year(row))
    page: dict[str, Any] = {"form": form, "year": row}
    if not form.is_bound or not form.is_valid():
        return render(request, "school_years/year_edit.html", page)
    try:
        actions.change_year(request.actor, row, form.year())
    except BrokenRule as broken:
        return render(request, "school_years/year_edit.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("De dagen van het schooljaar zijn bewaard."))
    return redirect("school_year", request.actor.pk, row.pk)


@require_POST
@guard(Record.SCHOOL_YEAR, Verb.WRITE, roles=KEEPERS)
def school_year_remove(request: SchoolRequest, schoolyear: UUID) -> HttpResponse:
    """A year that was made by mistake."""
    row = find(request, SchoolYear, schoolyear, Verb.WRITE)
    try:
        actions.remove_year(request.actor, row)
    except BrokenRule as broken:
        return _year(request, row, broken)
    messages.success(request, _("Schooljaar %(label)s is weggehaald.") % {"label": row.label})
    return redirect("school_years", request.actor.pk)


@require_POST
@guard(Record.HOLIDAY, Verb.WRITE, roles=KEEPERS)
def holidays_copy(request: SchoolRequest, schoolyear: UUID) -> HttpResponse:
    """The holidays of the region that are not there yet."""
    row = find(request, SchoolYear, schoolyear, Verb.WRITE, of=Record.HOLIDAY)
    try:
        added = actions.copy_published(request.actor, row)
    except BrokenRule as broken:
        return _year(request, row, broken)
    said = ngettext("Er is %(n)s vakantie of vrije dag bij gekomen.", "Er zijn %(n)s vakanties en vrije dagen bij gekomen.", added)
    messages.success(request, said % {"n": added} if added else _("Alles stond er al."))
    return redirect("school_year", request.actor.pk, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.HOLIDAY, Verb.WRITE, roles=KEEPERS)
def holiday_new(request: SchoolRequest, schoolyear: UUID) -> HttpResponse:
    """A study day, or a holiday that is not there yet."""
    row = find(request, SchoolYear, schoolyear, Verb.WRITE, of=Record.HOLIDAY)
    form = _form(request, row, initial={"kind": Holiday.Kind.STUDY})
    page: dict[str, Any] = {"form": form, "year": row}
    if not form.is_bound or not form.is_valid():
        return render(request, "school_years/holiday.html", page)
    try:
        actions.add_holiday(request.actor, row, form.new_days())
    except BrokenRule as broken:
        return render(request, "school_years/holiday.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("De vrije dagen staan in de kalender."))
    return redirect("school_year", request.actor.pk, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.HOLIDAY, Verb.WRITE, roles=KEEPERS)
def holiday_edit(request: SchoolRequest, holiday: UUID) -> HttpResponse:
    """Other days, or another name."""
    found = find(request, Holiday, holiday, Verb.WRITE)
    form = _form(request, found.year, initial=HolidayForm.known(found))
    page: dict[str, Any] = {"form": form, "year": found.year, "holiday": found}
    if not form.is_bound or not form.is_valid():
        return render(request, "school_years/holiday.html", page)
    try:
        actions.change_holiday(request.actor, found, form.new_days())
    except BrokenRule as broken:
        return render(request, "school_years/holiday.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("De vrije dagen zijn veranderd."))
    return redirect("school_year", request.actor.pk, found.year_id)


def _form(request: SchoolRequest, row: SchoolYear, *, initial: dict[str, Any]) -> HolidayForm:
    groups = queries.groups_to_free(request.actor, row)
    data = request.POST if request.method == "POST" else None
    return HolidayForm(data, initial=initial, groups=groups, school=request.actor.school)


@require_POST
@guard(Record.HOLIDAY, Verb.WRITE, roles=KEEPERS)
def holiday_remove(request: SchoolRequest, holiday: UUID) -> HttpResponse:
    """There is school after all."""
    found = find(request, Holiday, holiday, Verb.WRITE)
    actions.remove_holiday(request.actor, found)
    messages.success(request, _("“%(name)s” staat niet meer in de kalender.") % {"name": found.name})
    return redirect("school_year", request.actor.pk, found.year_id)
