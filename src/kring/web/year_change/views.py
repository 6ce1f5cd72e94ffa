"""The change of the school year: a proposal, corrected in a few pages, set for a minute, taken back before it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.core.versions import ChangedMeanwhile
from kring.core.year_change import by_number, destinations, spread
from kring.web.compositions.models import Composition
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group, SchoolYear
from kring.web.wording import sentence
from kring.web.year_change import actions, queries
from kring.web.year_change.forms import GroupsForm, ListForm, PupilsForm, SetForm, SpreadForm, WaysForm, way_of
from kring.web.year_change.models import YearChange
from kring.web.year_change.stored import plan_of

KEEPERS = frozenset({Role.COORDINATOR, Role.LEADER})
COMPOSES = frozenset({Role.COORDINATOR})  # who may see choices and wishes of a whole year level


@require_safe
@guard(Record.YEAR_CHANGE, Verb.READ, roles=KEEPERS)
def year_changes(request: SchoolRequest) -> HttpResponse:
    """Which year runs, which one comes, and how far the change is."""
    return _years(request)


def _years(request: SchoolRequest, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"years": queries.years(request.actor, at=timezone.now()), "now": timezone.now(), **_refused(broken)}
    page["composes"] = Role(request.actor.role) in COMPOSES
    return render(request, "year_change/years.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.YEAR_CHANGE, Verb.WRITE, roles=KEEPERS)
def year_change_begin(request: SchoolRequest, schoolyear: UUID) -> HttpResponse:
    """Make the first proposal."""
    running = find(request, SchoolYear, schoolyear, Verb.WRITE, of=Record.YEAR_CHANGE)
    found = queries.years(request.actor, at=timezone.now())
    if found.coming is None or found.running != running:
        return redirect("year_changes", request.actor.pk)
    try:
        made = actions.begin_year_change(request.actor, running, found.coming, at=timezone.now())
    except BrokenRule as broken:
        return _years(request, broken)
    messages.success(request, _("Het voorstel staat klaar. Er is nog niets veranderd: kijk het rustig na."))
    return redirect("year_change", request.actor.pk, made.pk)


@require_safe
@guard(Record.YEAR_CHANGE, Verb.READ, roles=KEEPERS)
def year_change(request: SchoolRequest, yearchange: UUID) -> HttpResponse:
    """The whole of it on one page."""
    return _overview(request, find(request, YearChange, yearchange))


def _overview(request: SchoolRequest, change: YearChange, form: SetForm | None = None, broken: BrokenRule | None = None) -> HttpResponse:
    now = timezone.now()
    page: dict[str, Any] = {"change": change, "now": now, **_refused(broken)}
    if change.set_at:
        page |= {"counts": change.changed.get("counts", {}), "groups": queries.after(request.actor, change)}
        page["left_over"] = queries.left_over(request.actor, change)
        page["may_take_back"] = change.minute is not None and now < change.minute
        return render(request, "year_change/set.html", page, status=409 if broken else 200)
    found = queries.preview(request.actor, change, at=now)
    page |= {"composes": Role(request.actor.role) in COMPOSES, "proposals": queries.proposals(request.actor, change)}
    page |= {"preview": found, "others": queries.going(request.actor, change, found.others), "form": form or _set_form(change, found)}
    return render(request, "year_change/overview.html", page, status=409 if broken else 200)


def _set_form(change: YearChange, found: queries.Preview, data: Any = None) -> SetForm:
    starts_at = queries.first_minute(change)
    return SetForm(data, starts_at=starts_at, with_rounds=bool(found.complete), initial={"read": change.version})


@require_POST
@guard(Record.YEAR_CHANGE, Verb.WRITE, roles=KEEPERS)
def year_change_again(request: SchoolRequest, yearchange: UUID) -> HttpResponse:
    """Throw the choices away and propose anew."""
    change = find(request, YearChange, yearchange, Verb.WRITE)
    try:
        actions.propose_again(request.actor, change, read=_read(request), at=timezone.now())
    except BrokenRule as broken:
        return _overview(request, find(request, YearChange, yearchange), broken=broken)
    messages.success(request, _("Er staat een nieuw voorstel, met de groepen en leerlingen van nu."))
    return redirect("year_change", request.actor.pk, change.pk)


def _read(request: SchoolRequest) -> int:
    text = request.POST.get("read", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


@require_POST
@guard(Record.YEAR_CHANGE, Verb.WRITE, roles=COMPOSES)
def year_change_classes(request: SchoolRequest, yearchange: UUID, composition: UUID) -> HttpResponse:
    """Take over the classes of a proposal."""
    change = find(request, YearChange, yearchange, Verb.WRITE)
    row = find(request, Composition, composition)
    if row.kind != Composition.Kind.CLASSES:
        raise Http404
    try:
        actions.take_classes(request.actor, change, row, read=_read(request), at=timezone.now())
    except BrokenRule as broken:
        return _overview(request, find(request, YearChange, yearchange), broken=broken)
    messages.success(request, _("De klassen zijn overgenomen. Kijk hieronder wie waarheen gaat, en kies de leerkrachten."))
    return redirect("year_change", request.actor.pk, change.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.YEAR_CHANGE, Verb.WRITE, roles=KEEPERS)
def year_change_groups(request: SchoolRequest, yearchange: UUID) -> HttpResponse:
    """The groups of the new year and who teaches them."""
    change = find(request, YearChange, yearchange, Verb.WRITE)
    form = _groups_form(request, change)
    if not form.is_bound or not form.is_valid():
        return _form_page(request, "groups", change, form)
    try:
        actions.change_groups(request.actor, change, form.groups(), read=form.cleaned_data["read"], at=timezone.now())
    except BrokenRule as broken:
        change.refresh_from_db()
        return _form_page(request, "groups", change, _groups_form(request, change), broken=broken)
    messages.success(request, _("De nieuwe groepen zijn bewaard."))
    return redirect("year_change", request.actor.pk, change.pk)


def _groups_form(request: SchoolRequest, change: YearChange) -> GroupsForm:
    teachers = queries.teachers(request.actor, at=timezone.now())
    return GroupsForm(request.POST or None, plan=plan_of(change.plan), teachers=teachers, initial={"read": change.version})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.YEAR_CHANGE, Verb.WRITE, roles=KEEPERS)
def year_change_ways(request: SchoolRequest, yearchange: UUID) -> HttpResponse:
    """Where each group goes, year level by year level."""
    change = find(request, YearChange, yearchange, Verb.WRITE)
    form = _ways_form(request, change)
    if not form.is_bound or not form.is_valid():
        return _form_page(request, "ways", change, form)
    try:
        actions.change_ways(request.actor, change, form.ways(), read=form.cleaned_data["read"], at=timezone.now())
    except BrokenRule as broken:
        change.refresh_from_db()
        return _form_page(request, "ways", change, _ways_form(request, change), broken=broken)
    messages.success(request, _("Bewaard. Hieronder ziet u wat het betekent."))
    return redirect("year_change", request.actor.pk, change.pk)


def _ways_form(request: SchoolRequest, change: YearChange) -> WaysForm:
    found = queries.preview(request.actor, change, at=timezone.now())
    return WaysForm(request.POST or None, plan=found.plan, streams=found.streams, initial={"read": change.version})


def _form_page(
    request: SchoolRequest, name: str, change: YearChange, form: Any, *, broken: BrokenRule | None = None, **more: Any
) -> HttpResponse:
    """The form again; after somebody else was first, with what stands there now, and sent once more it holds."""
    page = {"change": change, "form": form, "version": change.version, **_refused(broken), **more}
    if isinstance(broken, ChangedMeanwhile):
        page["differences"] = form.differences()
    return render(request, f"year_change/{name}.html", page, status=409 if broken else 200)


def _refused(broken: BrokenRule | None) -> dict[str, str]:
    return {"refusal": sentence(broken) if broken else ""}


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.YEAR_CHANGE, Verb.WRITE, roles=KEEPERS)
def year_change_group(request: SchoolRequest, yearchange: UUID, group: UUID) -> HttpResponse:
    """One old group, pupil by pupil: by hand, by list, or dealt evenly."""
    change = find(request, YearChange, yearchange, Verb.WRITE)
    old = find(request, Group, group)
    if old.year_id != change.from_year_id:
        raise Http404
    try:
        done = _chosen(request, change, old)
    except BrokenRule as broken:
        change.refresh_from_db()
        return _pupils_page(request, change, old, broken)
    return done or _pupils_page(request, change, old)


def _chosen(request: SchoolRequest, change: YearChange, old: Group) -> HttpResponse | None:
    """What was asked by the one of three forms that was sent; nothing when none was, or it is not right."""
    forms = _pupil_forms(request, change, old)
    tool = request.POST.get("tool", "")
    form = forms.get(tool)
    if request.method != "POST" or form is None or not form.is_valid():
        return None
    plan, sits = plan_of(change.plan), queries.in_group(change, old, at=timezone.now())
    if isinstance(form, PupilsForm):
        chosen = form.chosen()
    elif tool == "spread":
        chosen = {**spread(plan, sits, form.cleaned_data["groups"])}
    else:
        listed = queries.numbers(queries.going(request.actor, change, destinations(plan, sits)))
        wanted = set(by_number(form.cleaned_data["numbers"], listed))
        chosen = {one.pupil: way_of(f"{form.cleaned_data['to']}:{one.level + 1}") for one in sits if one.pupil in wanted}
    actions.change_pupils(request.actor, change, old, chosen, read=form.cleaned_data["read"], at=timezone.now())
    messages.success(request, _("Bewaard voor deze groep."))
    return redirect("year_change_group", request.actor.pk, change.pk, old.pk)


def _pupil_forms(request: SchoolRequest, change: YearChange, old: Group) -> dict[str, PupilsForm | SpreadForm | ListForm]:
    """The three ways to say it; the one that was sent is bound."""
    plan, tool = plan_of(change.plan), request.POST.get("tool", "")
    sits = queries.in_group(change, old, at=timezone.now())
    listed = queries.going(request.actor, change, destinations(plan, sits))
    levels, initial = {one.level for one in sits}, {"read": change.version}

    def sent(name: str) -> Any:
        return request.POST if tool == name else None

    return {
        "pupils": PupilsForm(sent("pupils"), plan=plan, listed=listed, initial=initial),
        "spread": SpreadForm(sent("spread"), plan=plan, levels=levels, initial=initial, auto_id="spread_%s"),
        "list": ListForm(sent("list"), plan=plan, levels=levels, initial=initial, auto_id="list_%s"),
    }


def _pupils_page(request: SchoolRequest, change: YearChange, old: Group, broken: BrokenRule | None = None) -> HttpResponse:
    forms = _pupil_forms(request, change, old)
    more = {"group": old, "spread": forms["spread"], "list": forms["list"]}
    return _form_page(request, "group", change, forms["pupils"], broken=broken, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.YEAR_CHANGE, Verb.APPLY, roles=KEEPERS)
def year_change_set(request: SchoolRequest, yearchange: UUID) -> HttpResponse:
    """The last look, with a fresh second factor; then everything at once."""
    change = find(request, YearChange, yearchange, Verb.APPLY)
    now = timezone.now()
    if change.set_at:
        return _overview(request, change)
    form = _set_form(change, queries.preview(request.actor, change, at=now), request.POST or None)
    if not form.is_bound or not form.is_valid():
        return _overview(request, change, form)
    try:
        actions.set_year_change(request.actor, change, form.wanted(at=now), at=now)
    except BrokenRule as broken:
        return _overview(request, find(request, YearChange, yearchange), form, broken)
    messages.success(request, _("Het nieuwe schooljaar staat klaar."))
    return redirect("year_change", request.actor.pk, change.pk)


@require_POST
@guard(Record.YEAR_CHANGE, Verb.APPLY, roles=KEEPERS)
def year_change_take_back(request: SchoolRequest, yearchange: UUID) -> HttpResponse:
    """As if it had not been set."""
    change = find(request, YearChange, yearchange, Verb.APPLY)
    try:
        actions.take_back(request.actor, change, at=timezone.now())
    except BrokenRule as broken:
        return _overview(request, find(request, YearChange, yearchange), broken=broken)
    messages.success(request, _("Teruggedraaid. Alles is weer zoals het was; uw voorstel staat er nog."))
    return redirect("year_change", request.actor.pk, change.pk)
