"""Ouders en gezag, for who keeps it: register, change, end, reach, invite; and birth dates."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb
from kring.core.authority import GuardianKnown
from kring.core.errors import BrokenRule
from kring.core.school_types import SchoolType
from kring.core.versions import ChangedMeanwhile
from kring.documents.letters import Kind
from kring.web.guard import SchoolRequest, find, guard
from kring.web.people.colleagues.forms import EndForm
from kring.web.people.dates import begins, ends_after
from kring.web.people.family import actions, queries
from kring.web.people.family.forms import AuthorityForm, BirthDateForm, ContactForm, GuardianForm, HomeForm
from kring.web.people.paper.actions import invite_guardian
from kring.web.people.paper.views import letters
from kring.web.school_years.queries import home_of
from kring.web.school_years.region.queries import packs_at
from kring.web.schools.models import Group, Guardian, Guardianship, Pupil
from kring.web.trace import Seen
from kring.web.wording import sentence

KEEPERS = frozenset({Role.COORDINATOR, Role.LEADER})
TEAM = frozenset({Role.TEACHER, Role.MENTOR, *KEEPERS})


@require_safe
@guard(Record.GUARDIANSHIP, Verb.WRITE, roles=KEEPERS)
def families(request: SchoolRequest) -> HttpResponse:
    """What is missing in the school; and, for one group, who cares for whom."""
    now = timezone.now()
    group = _group(request, request.GET.get("group", ""))
    pupils = queries.pupils_in(request.actor, group, at=now) if group else []
    guardians = queries.guardians_of(request.actor, pupils, at=now)
    missing, turning = queries.missing(request.actor, at=now), queries.turning(request.actor, on=timezone.localdate(), at=now)
    named = missing.pupils | {one.pupil for one in turning}
    request.readings.extend(Seen(Record.GUARDIANSHIP.value, pupil_id=pupil.pk) for pupil in named)
    page = {
        "groups": queries.groups_now(request.actor, at=now),
        "group": group,
        "lines": [(pupil, guardians.get(pupil.pk, [])) for pupil in pupils],
        "missing": missing,
        "turning": turning,
        "may_date": Role(request.actor.role) is Role.COORDINATOR,
    }
    return render(request, "people/families.html", page)


def _group(request: SchoolRequest, key: str) -> Group | None:
    if not key:
        return None
    try:
        return find(request, Group, UUID(key))
    except ValueError:
        raise Http404 from None


@require_safe
@guard(Record.GUARDIANSHIP, Verb.READ, roles=TEAM)
def family(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """The guardians of one pupil."""
    return _family(request, find(request, Pupil, pupil))


def _family(request: SchoolRequest, pupil: Pupil, broken: BrokenRule | None = None) -> HttpResponse:
    role = Role(request.actor.role)
    page = {
        "pupil": pupil,
        "ties": queries.ties(request.actor, pupil, at=timezone.now()),
        "may_write": role in KEEPERS,
        "may_date": role is Role.COORDINATOR,
        "home": home_of(pupil.home_municipality, request.actor.school),
        "help": _help_where_they_live(request, pupil),
        "may_open_pupil": role is not Role.LEADER,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "people/family.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GUARDIANSHIP, Verb.WRITE, roles=KEEPERS)
def register_guardian(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Somebody who cares for this pupil."""
    found, now = find(request, Pupil, pupil, Verb.WRITE, of=Record.GUARDIANSHIP), timezone.now()
    new_form = partial(GuardianForm, colleagues=queries.colleagues(request.actor, at=now), today=timezone.localdate())
    if request.method != "POST":
        return _register(request, found, new_form())
    form = new_form(request.POST, known=_of_that_name(request) if "same_as" in request.POST else ())
    if not form.is_valid():
        return _register(request, found, form)
    try:
        actions.register_guardian(request.actor, found, form.new_tie(), at=now)
    except GuardianKnown as known:
        return _register(request, found, new_form(request.POST, known=_of_that_name(request)), known)
    except BrokenRule as broken:
        return _register(request, found, form, broken)
    messages.success(request, _("Vastgelegd."))
    return redirect("family", request.actor.pk, found.pk)


def _of_that_name(request: SchoolRequest) -> list[Guardian]:
    name = [str(request.POST.get(part, ""))[:80].strip() for part in ("given_name", "name_prefix", "family_name")]
    return queries.called(request.actor.school_id, *name)


def _register(request: SchoolRequest, pupil: Pupil, form: GuardianForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"pupil": pupil, "form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "people/register_guardian.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GUARDIANSHIP, Verb.WRITE, roles=KEEPERS)
def change_authority(request: SchoolRequest, guardianship: UUID) -> HttpResponse:
    """Authority, from a day; and what a judge decided."""
    tie, now = _tie(request, guardianship), timezone.now()
    kept = {"has_authority": "yes" if tie.has_authority else "no", "court_note": tie.court_note}
    form = AuthorityForm(request.POST if request.method == "POST" else None, initial=kept, today=timezone.localdate())
    if request.method != "POST" or not form.is_valid():
        return _change(request, tie, form)
    given = form.cleaned_data
    try:
        actions.change_authority(
            request.actor,
            tie,
            has_authority=given["has_authority"],
            court_note=given["court_note"],
            from_at=begins(given["from_on"]),
            at=now,
        )
    except BrokenRule as broken:
        return _change(request, tie, form, broken)
    messages.success(request, _("Vastgelegd."))
    return redirect("family", request.actor.pk, tie.pupil_id)


def _tie(request: SchoolRequest, key: UUID) -> Guardianship:
    return find(request, Guardianship, key, Verb.WRITE)


def _change(request: SchoolRequest, tie: Guardianship, form: AuthorityForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"tie": tie, "pupil": tie.pupil, "form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "people/authority.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GUARDIANSHIP, Verb.WRITE, roles=KEEPERS)
def end_guardianship(request: SchoolRequest, guardianship: UUID) -> HttpResponse:
    """This guardian is none of this pupil any more, from now or from a day."""
    tie, now = _tie(request, guardianship), timezone.now()
    form = EndForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/end_guardianship.html", {"tie": tie, "pupil": tie.pupil, "form": form})
    try:
        actions.end_guardianship(request.actor, tie, ends_at=ends_after(form.cleaned_data["until_on"]) or now, at=now)
    except BrokenRule as broken:
        return _family(request, tie.pupil, broken)
    messages.success(request, _("Vastgelegd."))
    return redirect("family", request.actor.pk, tie.pupil_id)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CONTACT, Verb.WRITE, roles=KEEPERS)
def contact(request: SchoolRequest, guardianship: UUID) -> HttpResponse:
    """Where this guardian is reached."""
    tie = find(request, Guardianship, guardianship)
    if request.method != "POST":
        return show_contact(request, tie.guardian, ContactForm.filled(queries.contact_of(request.actor, tie.guardian)), tie=tie)
    form = ContactForm(request.POST)
    if not form.is_valid():
        return show_contact(request, tie.guardian, form, tie=tie)
    return write_contact(request, tie.guardian, form, tie=tie) or redirect("family", request.actor.pk, tie.pupil_id)


def write_contact(request: SchoolRequest, guardian: Guardian, form: ContactForm, *, tie: Guardianship | None = None) -> HttpResponse | None:
    """Nothing when it is written; the page with both texts when somebody else was first."""
    try:
        actions.write_contact(request.actor, guardian, form.reached(), read=form.cleaned_data["read"])
    except ChangedMeanwhile as broken:
        return show_contact(request, guardian, form, broken, tie=tie)
    messages.success(request, _("Bewaard."))
    return None


def show_contact(
    request: SchoolRequest,
    guardian: Guardian,
    form: ContactForm,
    broken: BrokenRule | None = None,
    *,
    tie: Guardianship | None = None,
) -> HttpResponse:
    """The form; after a clash with what stands there now beside it, and ready to be sent over it."""
    now = queries.contact_of(request.actor, guardian) if broken else None
    if now is not None:
        form = ContactForm({**form.cleaned_data, "read": now.version})
    page = {"guardian": guardian, "tie": tie, "form": form, "now": now, "refusal": sentence(broken) if broken else ""}
    return render(request, "people/contact.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.ACCOUNT_INVITATION, Verb.WRITE, roles=KEEPERS)
def guardian_letter(request: SchoolRequest, guardianship: UUID) -> HttpResponse:
    """The letter with which this guardian comes in; a new one when the way in is lost."""
    tie, now = find(request, Guardianship, guardianship), timezone.now()
    try:
        paper = invite_guardian(request.actor, tie.guardian, at=now)
    except BrokenRule as broken:
        return _family(request, tie.pupil, broken)
    return letters(request, Kind.GUARDIAN, [paper], at=now)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PUPIL, Verb.WRITE, roles=frozenset({Role.COORDINATOR}))
def birth_date(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """The day on which rights turn."""
    found = find(request, Pupil, pupil, Verb.WRITE)
    form = BirthDateForm(request.POST if request.method == "POST" else None, initial={"born_on": found.birth_date})
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/birth_date.html", {"pupil": found, "form": form})
    try:
        actions.write_birth_date(request.actor, found, form.cleaned_data["born_on"], at=timezone.now())
    except BrokenRule as broken:
        page = {"pupil": found, "form": form, "refusal": sentence(broken)}
        return render(request, "people/birth_date.html", page, status=409)
    messages.success(request, _("Vastgelegd."))
    return redirect("family", request.actor.pk, found.pk)


def _help_where_they_live(request: SchoolRequest, pupil: Pupil) -> list[str]:
    """The partnerships of another municipality than that of the school, as far as Kring knows them."""
    if not pupil.home_municipality:
        return []
    kind = SchoolType(request.actor.school.type)
    return [pack.name for pack in packs_at(pupil.home_municipality, kind, on=timezone.localdate())]


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PUPIL, Verb.WRITE, roles=frozenset({Role.COORDINATOR}))
def pupil_home(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Where a pupil lives."""
    found = find(request, Pupil, pupil, Verb.WRITE)
    form = HomeForm(request.POST if request.method == "POST" else None, initial={"municipality": found.home_municipality})
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/pupil_home.html", {"pupil": found, "form": form})
    actions.write_home(request.actor, found, form.cleaned_data["municipality"])
    messages.success(request, _("Vastgelegd."))
    return redirect("family", request.actor.pk, found.pk)
