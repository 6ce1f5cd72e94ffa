"""Mensen en rollen: who has which hat, propose one, approve one, end one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, Record, Role, Verb, rule_of
from kring.core.errors import BrokenRule
from kring.web.guard import SchoolRequest, find, guard
from kring.web.people.colleagues import actions, queries
from kring.web.people.colleagues.forms import EndForm, RoleForm
from kring.web.people.dates import ends_after
from kring.web.people.models import Appointment
from kring.web.schools.models import Membership
from kring.web.wording import sentence

OVERSEERS = frozenset({Role.ADMINISTRATOR, Role.LEADER, Role.COORDINATOR, Role.BOARD, Role.PRIVACY_OFFICER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


@require_safe
@guard(Record.MEMBERSHIP, Verb.READ, roles=OVERSEERS)
def people(request: SchoolRequest) -> HttpResponse:
    """Everybody with a hat, and what waits for a second person."""
    return _people(request)


def _people(request: SchoolRequest, broken: BrokenRule | None = None) -> HttpResponse:
    now = timezone.now()
    found = queries.colleagues(request.actor, at=now)
    role = Role(request.actor.role)
    page = {
        "here": [one for one in found if one.hats],
        "gone": [one for one in found if not one.hats],
        "family": queries.family_accounts(request.actor, at=now),
        "proposals": queries.proposals(request.actor, at=now),
        "recoveries": queries.waiting_recoveries(request.actor, at=now),
        "may_confirm_recovery": may_confirm_recovery(request),
        "may_propose": role is Role.ADMINISTRATOR,
        "may_approve": role in {Role.LEADER, Role.BOARD},
        "may_invite": role in {Role.LEADER, Role.COORDINATOR},
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "people/people.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.APPOINTMENT, Verb.WRITE, roles=ADMINISTRATOR)
def propose_role(request: SchoolRequest) -> HttpResponse:
    """A role for somebody; for the whole school it waits for a leader."""
    persons, today = queries.known_persons(request.actor), timezone.localdate()
    if request.method != "POST":
        return _propose(request, RoleForm(persons=persons, today=today, initial={"person": request.GET.get("person", "")}))
    form = RoleForm(request.POST, persons=persons, today=today)
    if not form.is_valid():
        return _propose(request, form)
    try:
        made = actions.propose_role(request.actor, request.actor.school, form.wanted(), at=timezone.now())
    except BrokenRule as broken:
        return _propose(request, form, broken)
    if made.membership_id is None:
        messages.success(request, _("Voorgesteld. De rol geldt zodra de schoolleider akkoord is."))
        return redirect("people", request.actor.pk)
    messages.success(request, _("De rol is gegeven."))
    return redirect("person", request.actor.pk, made.membership_id)


def _propose(request: SchoolRequest, form: RoleForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "people/propose.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.APPOINTMENT, Verb.APPROVE)
def approve_role(request: SchoolRequest, appointment: UUID) -> HttpResponse:
    """Say yes as the second person."""
    found = find(request, Appointment, appointment, Verb.APPROVE)
    try:
        actions.approve_role(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _people(request, broken)
    messages.success(request, _("Akkoord gegeven. De rol geldt."))
    return redirect("people", request.actor.pk)


@require_POST
@guard(Record.APPOINTMENT, Verb.APPROVE)
def decline_role(request: SchoolRequest, appointment: UUID) -> HttpResponse:
    """Say no as the second person."""
    found = find(request, Appointment, appointment, Verb.APPROVE)
    try:
        actions.decline_role(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _people(request, broken)
    messages.success(request, _("Het voorstel is afgewezen. Wie het deed, krijgt daar bericht van."))
    return redirect("people", request.actor.pk)


@require_safe
@guard(Record.MEMBERSHIP, Verb.READ, roles=OVERSEERS)
def person(request: SchoolRequest, membership: UUID) -> HttpResponse:
    """One colleague: all hats here, the groups, and how they log in."""
    return person_page(request, membership)


def person_page(request: SchoolRequest, membership: UUID, broken: BrokenRule | None = None, **more: object) -> HttpResponse:
    """The page of a colleague, also with a refusal on it."""
    hat = staff_hat(request, membership)
    now, role = timezone.now(), Role(request.actor.role)
    page = {
        "colleague": queries.colleagues(request.actor, at=now, only=hat.person_id)[0],
        "hat": hat,
        "may_propose": role is Role.ADMINISTRATOR and hat.person_id != request.actor.person_id,
        "may_end": role is Role.ADMINISTRATOR,
        "may_recover": role in {Role.ADMINISTRATOR, Role.LEADER, Role.COORDINATOR} and hat.person_id != request.actor.person_id,
        "may_confirm_recovery": may_confirm_recovery(request),
        "may_invite": role in {Role.LEADER, Role.COORDINATOR},
        "recoveries": [one for one in queries.waiting_recoveries(request.actor, at=now) if one.person_id == hat.person_id],
        "refusal": sentence(broken) if broken else "",
        **more,
    }
    return render(request, "people/person.html", page, status=409 if broken else 200)


def may_confirm_recovery(request: SchoolRequest) -> bool:
    """Whether this hat may be the second of the two; never the one that also gives roles."""
    return rule_of(Role(request.actor.role), Record.RECOVERY, Verb.APPROVE) is not None


def staff_hat(request: SchoolRequest, membership: UUID, verb: Verb = Verb.READ) -> Membership:
    """A hat of staff or a partner: those of pupils and guardians do not exist here."""
    found = find(request, Membership, membership, verb)
    if Role(found.role) in FAMILY:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.MEMBERSHIP, Verb.WRITE, roles=ADMINISTRATOR)
def end_role(request: SchoolRequest, membership: UUID) -> HttpResponse:
    """The end of a role, now or on a day."""
    hat, now = staff_hat(request, membership, Verb.WRITE), timezone.now()
    form = EndForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if request.method != "POST" or not form.is_valid():
        return _end(request, hat, form)
    try:
        actions.end_role(request.actor, hat, ends_at=ends_after(form.cleaned_data["until_on"]) or now, at=now)
    except BrokenRule as broken:
        return _end(request, hat, form, broken)
    later = form.cleaned_data["until_on"]
    messages.success(request, _("De einddatum is vastgelegd.") if later else _("De rol is beëindigd. Wat erbij hoorde, is meteen dicht."))
    return redirect("people", request.actor.pk)


def _end(request: SchoolRequest, hat: Membership, form: EndForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"hat": hat, "form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "people/end.html", page, status=409 if broken else 200)
