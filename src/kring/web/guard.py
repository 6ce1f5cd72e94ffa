"""What stands before every view: who asks, in which hat, behind which school's wall; and the reading that is written down."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme, urlencode

from kring.core.access import FAMILY, Mark, Record, Role, Scope, Verb, rule_of
from kring.core.signing_in import FORM_LASTS, STEP_UP_LASTS, needs_second_factor
from kring.web.access import WAYS, may
from kring.web.accounts.models import Person
from kring.web.accounts.sessions import make_strict, recently_proved, second_factor_given
from kring.web.schools.models import Membership, live
from kring.web.trace import ABSENT, REFUSED, Seen, bind, origin_of, record_readings, record_refusal
from kring.web.wall import schools_open
from kring.web.writer import NotWritten, is_full

Row = TypeVar("Row", bound=Model)
View = Callable[..., HttpResponse]


NAMED_IN_ADDRESS: Mapping[str, type[Model]] = {record._meta.model_name or "": record for record in WAYS}
"""An address calls a key by the name of its record: groups/<uuid:group>/."""
ABOUT_PUPILS = {record._meta.model_name for record, ways in WAYS.items() if ways.pupil or ways.group or ways.guardian}


class SchoolRequest(HttpRequest):
    """A request in a hat."""

    user: Person | AnonymousUser
    actor: Membership
    readings: list[Model | Seen]


class PersonalRequest(HttpRequest):
    """A request of somebody who is logged in, in no hat."""

    user: Person


def public(view: View) -> View:
    """A view for everybody, logged in or not: it shows nothing of a school."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def personal(view: View) -> View:
    """A view for whoever is logged in, about oneself and nothing of a school."""

    @wraps(view)
    def guarded(request: Any, **named: Any) -> HttpResponse:
        if isinstance(request.user, AnonymousUser):
            return redirect_to_login(page_of(request))
        return view(request, **named)

    guarded.guard = "personal"  # type: ignore[attr-defined]
    return guarded


def guard(record: Record, verb: Verb, *, roles: frozenset[Role] = frozenset(Role)) -> Callable[[View], View]:
    """A view under /as/<hat>/: the hat must be mine and hold now; to others the page does not exist.

    `record` and `verb` say what the view is about; `roles` narrows a page that is made for some hats only.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: SchoolRequest, hat: UUID, **kwargs: Any) -> HttpResponse:
            if isinstance(request.user, AnonymousUser):
                return redirect_to_login(page_of(request))
            try:
                return second_step_first(request) or _answer(view, request, _hat(request, hat, roles), kwargs, about=(record, verb))
            except NotWritten as broken:  # what cannot be written down is not shown
                return shut(request, broken)
            except Http404 as missing:
                missing.other_hats = _other_hats(request, hat, roles, kwargs)  # type: ignore[attr-defined]
                raise

        guarded.guard = (record, verb)  # type: ignore[attr-defined]
        return guarded

    return decorate


def shut(request: HttpRequest, broken: BaseException | None) -> HttpResponse:
    """The page for a database that takes nothing: away for a while, or full. Then what somebody wrote stands on it, to be copied."""
    if is_full(broken):
        return HttpResponse(render_to_string("507.html", {"typed": _typed(request)}), status=507)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "60"})


def _typed(request: HttpRequest) -> list[str]:
    """Whole sentences alone: no token, no password."""
    try:
        sent = dict(request.POST.lists()) if request.method == "POST" else {}
    except (OSError, SuspiciousOperation):  # it did not come in whole
        return []
    return [text for name, texts in sent.items() if "password" not in name for text in texts if len(text.split()) > 2]


def second_step_first(request: HttpRequest) -> HttpResponse | None:
    """Who needs a second factor and did not show it, gets no page of any school, in no hat; otherwise nothing stands in the way."""
    if not needs_second_factor(Role(hat.role) for hat in hats_of(request)):
        return None
    make_strict(request)
    # A form cannot be carried through the pages on which a factor is set up: drafts/presence.py keeps it, as when somebody must log in.
    return None if second_factor_given(request) else HttpResponseRedirect(_asking("second_step", page_of(request)))


def second_factor_needed(person: Person) -> bool:
    """Whether this person holds a role now that sees more than oneself and one's own children."""
    return needs_second_factor(Role(role) for role in hats(person).values_list("role", flat=True))


def sent_on(request: HttpRequest, route: str) -> HttpResponse:
    """To a page that asks for proof, and back here afterwards; a form that is on its way goes along in the browser (307)."""
    sent = HttpResponseRedirect(_asking(route, request.get_full_path()))
    sent.status_code = 302 if request.method in {"GET", "HEAD"} else 307
    return sent


def _asking(route: str, onward: str) -> str:
    return f"{reverse(route)}?{urlencode({'next': onward})}"


def page_of(request: HttpRequest) -> str:
    """The page to come back to: of a button that was pressed, the page on which it stands."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    if request.method in {"GET", "HEAD"} or not ours:
        return request.get_full_path()
    page = urlsplit(came_from)
    return escape_leading_slashes(urlunsplit(("", "", page.path or "/", page.query, "")))


def _step_up_first(request: HttpRequest, actor: Membership, record: Record, verb: Verb) -> HttpResponse | None:
    """What the table marks asks for a fresh second factor before the form is shown, and once more when it is sent."""
    rule = rule_of(Role(actor.role), record, verb)
    if rule is None or Mark.STEP_UP not in rule.marks:
        return None
    within = STEP_UP_LASTS if request.method in {"GET", "HEAD"} else FORM_LASTS
    fresh = recently_proved(request, within=within, password_will_do=Role(actor.role) in FAMILY)
    return None if fresh else sent_on(request, "step_up")


def proof_before_taking(request: SchoolRequest, record: Record) -> HttpResponse | None:
    """Who looks beyond the own groups shows a fresh second factor before pupils are taken along (security 6.2)."""
    rule = rule_of(Role(request.actor.role), record, Verb.READ)
    if rule is None or Scope.SCHOOL not in rule.scopes:
        return None
    within = STEP_UP_LASTS if request.method in {"GET", "HEAD"} else FORM_LASTS
    return None if recently_proved(request, within=within) else sent_on(request, "step_up")


def _answer(view: View, request: SchoolRequest, actor: Membership, named: Mapping[str, Any], *, about: tuple[Record, Verb]) -> HttpResponse:
    """The page, sent after its readings are written down; a refusal is written down as well."""
    asked_for_proof = _step_up_first(request, actor, *about)
    if asked_for_proof:
        return asked_for_proof
    request.actor = actor
    request.readings = []
    bind(actor, origin_of(request))
    try:
        with schools_open([actor.school_id], person=actor.person_id):
            response = view(request, **named)
    except (PermissionDenied, Http404) as refusal:
        record_refusal(actor, _asked(named), outcome=ABSENT if isinstance(refusal, Http404) else REFUSED)
        raise
    if not 300 <= response.status_code < 400:  # who is sent on has seen nothing yet
        record_readings(actor, request.readings or _whole_list(about[0]), name=_way_out(response))
    return response


def _asked(named: Mapping[str, Any]) -> Seen:
    """The last record in the address."""
    kind, key = next(reversed(rows_in_address(named).items()), ("", None))
    return Seen(kind, key, pupil_id=key if kind == "pupil" else None, group_id=key if kind == "group" else None)


def _whole_list(about: Record) -> list[Seen]:
    """A page about pupils that found no single record showed a list of them, also beside a refusal (409)."""
    return [Seen(about.value)] if about.value in ABOUT_PUPILS else []


def _way_out(response: HttpResponse) -> str:
    if not response.headers.get("Content-Disposition", "").startswith("attachment"):
        return "page.read"
    return "page.printed" if response.headers["Content-Type"] == "application/pdf" else "file.exported"


def rows_in_address(named: Mapping[str, Any]) -> dict[str, UUID]:
    """What an address names by key: the mark of a list of the library is no row, though a plan has marks."""
    return {name: key for name, key in named.items() if name in NAMED_IN_ADDRESS and isinstance(key, UUID)}


def _other_hats(request: SchoolRequest, hat: UUID, roles: frozenset[Role], named: Mapping[str, Any]) -> list[Membership]:
    """My other memberships that may see everything this address names: none for what is foreign, as for what is absent."""
    records = {NAMED_IN_ADDRESS[name]: key for name, key in rows_in_address(named).items()}
    if not records or request.method not in {"GET", "HEAD"}:
        return []
    return [other for other in hats_of(request) if other.pk != hat and Role(other.role) in roles and _sees_all(other, records)]


def _sees_all(actor: Membership, records: Mapping[type[Model], UUID]) -> bool:
    with schools_open([actor.school_id]):
        return all(may(actor, record, Verb.READ).filter(pk=key).exists() for record, key in records.items())


def _hat(request: SchoolRequest, hat: UUID, roles: frozenset[Role]) -> Membership:
    mine = next((one for one in hats_of(request) if one.pk == hat), None)
    if mine is None:
        raise Http404
    if Role(mine.role) not in roles:
        bind(mine, origin_of(request))
        record_refusal(mine, Seen(""), outcome=ABSENT)
        raise Http404
    return mine


def hats(person: Person | AnonymousUser) -> QuerySet[Membership]:
    """The memberships of a person that hold now; nobody has none."""
    if isinstance(person, AnonymousUser):
        return Membership.objects.none()
    return (
        Membership.objects.filter(live(timezone.now()), person=person).select_related("school", "person").order_by("school__name", "role")
    )


def hats_of(request: HttpRequest) -> list[Membership]:
    """Those of who asks, asked once for each request: whoever logs in or out meanwhile is another person to it."""
    person = getattr(request, "user", AnonymousUser())
    asked: tuple[object, list[Membership]] | None = getattr(request, "hats_asked", None)
    if asked is None or asked[0] != person.pk:
        asked = person.pk, list(hats(person))
        request.hats_asked = asked  # type: ignore[attr-defined]
    return asked[1]


def find(request: SchoolRequest, record: type[Row], key: UUID, verb: Verb = Verb.READ, *, of: Record | None = None) -> Row:
    """The row, or: it does not exist for those who may not look (404), it refuses those who may look but not do (403).

    `of` is the record that is to be made under it, as in `may`.
    """
    row = may(request.actor, record, Verb.READ).filter(pk=key).first()
    if row is None:
        raise Http404
    if verb is not Verb.READ and not may(request.actor, record, verb, of=of).filter(pk=key).exists():
        raise PermissionDenied
    request.readings.append(row)
    return row
