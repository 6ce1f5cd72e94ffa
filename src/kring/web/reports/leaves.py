"""The other leaves of the page of a pupil: the plans and the help, and what stands around the pupil."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Verb, rule_of
from kring.web.access import may_do
from kring.web.cases.queries import cases_of
from kring.web.consents.queries import yes_or_no
from kring.web.gatherings.queries import panel as talks_panel
from kring.web.guard import SchoolRequest, find, guard
from kring.web.people.family.queries import ties
from kring.web.plans.groups.queries import clusters_of
from kring.web.plans.trials.queries import plans_on_page
from kring.web.reports import queries
from kring.web.reports.pupil_blocks import helping
from kring.web.reports.views import PUPIL_PAGE
from kring.web.safety.queries import card_of
from kring.web.schools.models import Pupil
from kring.web.surveys.family.queries import may_keep, not_taking_part
from kring.web.surveys.guardian_lists.queries import panel as guardian_panel


@require_safe
@guard(Record.PUPIL, Verb.READ, roles=PUPIL_PAGE)
def pupil_help(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """What is done for this pupil: plans, understanding, talks, cases."""
    found, actor, now = find(request, Pupil, pupil), request.actor, timezone.now()
    page = {
        "pupil": found,
        "groups": queries.groups_of(actor, found, at=now),
        "leaf": "help",
        "plans": plans_on_page(actor, found),
        "clusters": clusters_of(actor, found),
        "helping": list(helping(actor, found, at=now)),
        "may_understand": _knows(actor.role, Record.UNDERSTANDING),
        "talks": talks_panel(actor, found, at=now),
        "cases": cases_of(actor, found, at=now),
        "may_open_case": may_do(actor, found, Verb.WRITE, of=Record.CASE),
    }
    return render(request, "reports/help.html", page)


@require_safe
@guard(Record.PUPIL, Verb.READ, roles=PUPIL_PAGE)
def pupil_around(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Who cares for this pupil, what was agreed about sharing and lists, and putting something right. A card stands on the first leaf."""
    found, actor, now = find(request, Pupil, pupil), request.actor, timezone.now()
    shown = {
        "family": ties(actor, found, at=now) if _knows(actor.role, Record.GUARDIANSHIP) else None,
        "lacks_card": may_do(actor, found, Verb.READ, of=Record.SAFETY_CARD) and card_of(actor, found) is None,
        "consents": yes_or_no(actor, found, at=now),
        "keeps_consents": may_do(actor, found, Verb.WRITE, of=Record.CONSENT_REQUEST),
        "not_taking_part": not_taking_part(actor, found, at=now),
        "keeps_objections": may_keep(actor, found),
        "guardian_lists": guardian_panel(actor, found, at=now),
        "moves": _knows(actor.role, Record.MOVED_LIST),
        "moved": queries.moved_lists(actor, found),
    }
    has_any = shown["family"] is not None or shown["consents"] is not None or any(shown.values())
    page = {"pupil": found, "groups": queries.groups_of(actor, found, at=now), "leaf": "around", "has_any": has_any, **shown}
    return render(request, "reports/around.html", page)


def _knows(role: str, record: Record) -> bool:
    return rule_of(Role(role), record, Verb.READ) is not None
