"""The groups, and a page and a PDF for each group and each pupil."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, Record, Role, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.documents import paper
from kring.web.access import may_do
from kring.web.attention.queries import class_shares
from kring.web.care_overview.queries import due_of_pupil
from kring.web.cases.models import Case
from kring.web.consents.queries import yes_or_no
from kring.web.drafts.once import made_once
from kring.web.external_results.queries import results_of
from kring.web.files.attachments import attachment
from kring.web.gatherings.queries import own_words
from kring.web.guard import SchoolRequest, find, guard
from kring.web.reports import actions, queries
from kring.web.reports.arranging import arranged
from kring.web.reports.forms import ShareForm
from kring.web.results.queries import class_first, panel, reads_groups, to_read
from kring.web.safety.queries import card_of
from kring.web.schools.models import Group, Pupil
from kring.web.signals.queries import panel as signals_panel
from kring.web.sociograms.understanding.queries import about_pupil_in
from kring.web.surveys.queries import group_rounds
from kring.web.wording import sentence

STAFF = roles_that(Record.GROUP, Verb.READ) - FAMILY
TEAM = roles_that(Record.GROUP, Verb.MEASURE)
PUPIL_PAGE = roles_that(Record.OWN_LIST, Verb.READ) - FAMILY
"""Who may read lists of pupils: of the own groups, of the school, or of an open case. What the page shows is what they may read."""
SEES_GROUPS = frozenset(role for role in PUPIL_PAGE if reads_groups(role))


@require_safe
@guard(Record.GROUP, Verb.READ, roles=STAFF)
def groups(request: SchoolRequest) -> HttpResponse:
    """My groups, or those of the school."""
    context = {"years": queries.groups_by_year(request.actor, at=timezone.now()), "today": timezone.localdate()}
    context["may_report"] = Role(request.actor.role) in TEAM
    return render(request, "reports/groups.html", context)


@require_POST
@guard(Record.SCHOOL, Verb.READ, roles=TEAM)
@made_once
def group_reports(request: SchoolRequest) -> HttpResponse:
    """All my groups of this year as PDF, in the background."""
    job = actions.ask_group_reports(request.actor, request.actor.school, at=timezone.now())
    return redirect("job", request.actor.pk, job.pk)


@require_safe
@guard(Record.GROUP, Verb.READ, roles=STAFF)
def group(request: SchoolRequest, group: UUID) -> HttpResponse:
    """One group: its pupils, its rounds and, for its team, everything that came out."""
    found = find(request, Group, group)
    sociograms = queries.group_sociograms(request.actor, found)
    sees_results = Role(request.actor.role) in SEES_GROUPS
    taken = group_rounds(request.actor, group=found) if sees_results else ()
    sitting = queries.pupils_of(request.actor, found, at=timezone.now())
    named = queries.names_on_page(request.actor, taken, sociograms, sitting)
    report = queries.group_report(request.actor, found, sociograms, on=timezone.localdate(), taken=taken, named=named)
    pupils = queries.by_name(sitting, named)
    context = {
        "group": found,
        "pupils": pupils,
        "quiet": queries.quiet_of(report, pupils) if sees_results else None,
        "lines": queries.group_lines(request.actor, found, sociograms),
        "sociograms": sociograms,
        "report": report,
        "has_results": bool(report.measurements or report.sociograms),
        "sees_results": sees_results,
        "opens_rounds": Role(request.actor.role) in TEAM,
        "opens_pupils": Role(request.actor.role) in PUPIL_PAGE,
        "to_read": to_read(request.actor, taken),
        "class_first": class_first(request.actor, taken),
        "may_measure": may_do(request.actor, found, Verb.MEASURE),
        "reads_plans": may_do(request.actor, found, Verb.READ, of=Record.GROUP_PLAN),
        "attention": class_shares(request.actor, at=timezone.now(), among=[found.pk]).get(found.pk) if sees_results else None,
    }
    return render(request, "reports/group.html", context)


@require_safe
@guard(Record.GROUP, Verb.READ, roles=SEES_GROUPS)
def group_pdf(request: SchoolRequest, group: UUID) -> HttpResponse:
    """The same as a tagged PDF; its file name tells nothing."""
    found = find(request, Group, group)
    sociograms = queries.group_sociograms(request.actor, found)
    report = queries.group_report(request.actor, found, sociograms, on=timezone.localdate())
    return attachment(paper.group_pdf(report), _("groepsrapport.pdf"), "application/pdf")


@require_safe
@guard(Record.PUPIL, Verb.READ, roles=PUPIL_PAGE)
def pupil(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """One pupil: first what goes well and what asks for something, then the newest round; older ones when asked."""
    found = find(request, Pupil, pupil)
    groups = queries.groups_of(request.actor, found, at=timezone.now())
    shown = arranged(request.actor, found, groups, on=timezone.localdate(), older="older" in request.GET)
    card = card_of(request.actor, found)
    request.readings.extend([card] if card else [])
    results = panel(request.actor, found, shown.of.taken)
    signals, notes_signals = signals_panel(request.actor, found, at=timezone.now())
    page = {
        "pupil": found,
        "groups": groups,
        "leaf": "pupil",
        "shown": shown,
        "due": due_of_pupil(request.actor, found, signals or (), at=timezone.now()),
        "results": results,
        "outcomes": [one for one in results.outcomes if one.has_list and (shown.has_older_open or not one.is_long_ago)],
        "home_said": any(one.guardian_id for one in shown.of.said),
        "from_home": [one.guardian_invitation for one in shown.of.home],
        "card": card,
        "own_words": own_words(request.actor, found, at=timezone.now()),
        "external": results_of(request.actor, found),
        "chosen": about_pupil_in(request.actor, found, shown.sociogram) if shown.sociogram else None,
        "signals": signals,
        "notes_signals": notes_signals,
    }
    return render(request, "reports/pupil.html", page)


@require_safe
@guard(Record.PUPIL, Verb.READ, roles=PUPIL_PAGE)
def pupil_pdf(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """The same as a tagged PDF; its file name tells nothing. What a parent said goes along by choice: the other parent may not read it."""
    found = find(request, Pupil, pupil)
    groups = queries.groups_of(request.actor, found, at=timezone.now())
    with_home = request.GET.get("home") == "yes"
    report = queries.pupil_report(request.actor, found, groups, on=timezone.localdate(), with_home=with_home)
    return attachment(paper.pupil_pdf(report), _("leerlingrapport.pdf"), "application/pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SHARE, Verb.WRITE)
@made_once
def share_new(request: SchoolRequest, case: UUID) -> HttpResponse:
    """Share the profile of a pupil as it is now with a case."""
    found = find(request, Case, case, Verb.WRITE, of=Record.SHARE)
    form = ShareForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if form.is_valid():
        try:
            actions.share_profile(request.actor, found, **form.cleaned_data, at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Gedeeld zoals het nu is. Wat er later verandert, gaat niet vanzelf mee."))
            return redirect("case", request.actor.pk, found.pk)
    agreed = [line for line in yes_or_no(request.actor, found.pupil, at=timezone.now()) or () if line.holds]
    page = {"case": found, "form": form, "refusal": refusal, "agreed": agreed}
    return render(request, "reports/share.html", page, status=409 if refusal else 200)
