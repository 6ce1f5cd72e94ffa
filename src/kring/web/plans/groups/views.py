"""The group plans of a group: the list, a new one, its page with clusters, what one writes in it, and how it ends."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import TABLE, Mark, Record, Verb, roles_that
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.core.group_plans import PlanChangedSinceRead
from kring.core.plans import Kind, State
from kring.documents.plan import plan_pdf
from kring.web.access import may, may_do
from kring.web.days import spoken_full_day
from kring.web.drafts.once import made_once
from kring.web.edited import both_texts, sent_again
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.plans.groups import actions, forms, queries, showing
from kring.web.plans.groups.printing import paper_of
from kring.web.plans.groups.suggesting import proposals
from kring.web.plans.models import Cluster, Plan, PlanVersion
from kring.web.schools.models import Group, Pupil, School
from kring.web.wording import sentence

READERS = roles_that(Record.GROUP_PLAN, Verb.READ)
WRITERS = roles_that(Record.GROUP_PLAN, Verb.WRITE)
DOERS = roles_that(Record.GROUP_PLAN, Verb.MEASURE)
NAMED = frozenset(role for role in READERS if Mark.WITHOUT_NAMES not in TABLE[role, Record.GROUP_PLAN, Verb.READ].marks)
SETTERS = roles_that(Record.SCHOOL, Verb.WRITE) & READERS


@require_safe
@guard(Record.GROUP_PLAN, Verb.READ, roles=READERS)
def group_plans(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Of one group: what runs, what is in the making, and what was."""
    found = find(request, Group, group)
    if not may_do(request.actor, found, Verb.READ, of=Record.GROUP_PLAN):  # who stands in gets the desk view alone
        raise Http404
    rows = queries.listed(request.actor, found)
    page = {
        "group": found,
        "rows": [one for one in rows if one.kind == Kind.GROUP],
        "activities": [one for one in rows if one.kind == Kind.ACTIVITY],
        "running": next((one for one in rows if one.kind == Kind.GROUP and one.state == State.RUNNING), None),
        "being_written": any(one.kind == Kind.GROUP and one.state in {State.DRAFT, State.AGREED} for one in rows),
        "may_write": may_do(request.actor, found, Verb.WRITE, of=Record.GROUP_PLAN),
        "sets_layers": may_do(request.actor, request.actor.school, Verb.WRITE),
    }
    return render(request, "plans/groups/plans.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def group_plan_new(request: SchoolRequest, group: UUID) -> HttpResponse:
    """For which period; everything else grows on its page."""
    found, now = find(request, Group, group, Verb.WRITE, of=Record.GROUP_PLAN), timezone.now()
    earlier = queries.earlier_of(request.actor, found)
    form = forms.BeginForm(request.POST if request.method == "POST" else None, group=found, earlier=earlier, today=timezone.localdate())
    page: dict[str, Any] = {"group": found, "form": form, "earlier": earlier}
    if not form.is_valid():
        return render(request, "plans/groups/new.html", page)
    title = _("Groepsplan vanaf %(day)s") % {"day": spoken_full_day(form.cleaned_data["starts_on"])}
    try:
        made = actions.make_group_plan(request.actor, found, form.begin(title=title), at=now)
    except BrokenRule as broken:
        return render(request, "plans/groups/new.html", {**page, "refusal": sentence(broken)}, status=409)
    return redirect("group_plan" if form.cleaned_data.get("goes_on") else "group_plan_proposals", request.actor.pk, made.pk)


@require_safe
@guard(Record.GROUP_PLAN, Verb.READ, roles=READERS)
def group_plan(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The whole plan; `pupil` picks somebody to move, also without a script."""
    return _page(request, *_found(request, plan))


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def group_plan_class(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The part for the whole group. Who is second gets both texts."""
    row, group = _found(request, plan, Verb.WRITE)
    form = forms.ClassPartForm(request.POST if request.method == "POST" else None, plan=row, group=group)
    page: dict[str, Any] = {"plan": row, "group": group, "form": form}
    if not form.is_valid():
        return render(request, "plans/groups/class_part.html", page)
    try:
        actions.write_class_part(
            request.actor, row, texts=form.texts(), period=form.period(), read_at=form.cleaned_data["read"], at=timezone.now()
        )
    except EditedMeanwhile:
        row.refresh_from_db()
        again = forms.ClassPartForm(sent_again(request.POST, row.edited_at), plan=row, group=group)
        both = both_texts(form, forms.said_of_class(row))
        return render(request, "plans/groups/class_part.html", {**page, "form": again, "both": both, "is_second": True}, status=409)
    except BrokenRule as broken:
        return render(request, "plans/groups/class_part.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Bewaard."))
    return redirect("group_plan", request.actor.pk, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def group_plan_proposals(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """What the data propose; people choose."""
    row, group = _found(request, plan, Verb.WRITE)
    proposed = proposals(request.actor, group, queries.needs_of(request.actor, row), at=timezone.now())
    form = forms.ProposalForm(request.POST if request.method == "POST" else None, proposed=proposed)
    page = {"plan": row, "group": group, "form": form, "proposed": proposed}
    if not form.is_valid():
        return render(request, "plans/groups/proposals.html", page)
    try:
        actions.take_proposals(request.actor, row, form.chosen(), at=timezone.now())
    except BrokenRule as broken:
        return render(request, "plans/groups/proposals.html", {**page, "refusal": sentence(broken)}, status=409)
    return redirect("group_plan", request.actor.pk, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
@made_once
def cluster_new(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """One more need, with or without pupils."""
    row, group = _found(request, plan, Verb.WRITE)
    people = queries.people_of(request.actor, group, at=timezone.now())
    form = forms.ClusterForm(request.POST if request.method == "POST" else None, people=people)
    page: dict[str, Any] = {"plan": row, "group": group, "form": form}
    if not form.is_valid():
        return render(request, "plans/groups/cluster.html", page)
    try:
        actions.add_cluster(request.actor, row, form.text(), _pupils(request, form.cleaned_data["pupils"]), at=timezone.now())
    except BrokenRule as broken:
        return render(request, "plans/groups/cluster.html", {**page, "refusal": sentence(broken)}, status=409)
    return redirect("group_plan", request.actor.pk, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def cluster(request: SchoolRequest, cluster: UUID) -> HttpResponse:
    """What stands in it and who is in it. Who is second gets both texts."""
    row = find(request, Cluster, cluster, Verb.WRITE)
    plan, group = _found(request, row.plan_id, Verb.WRITE)
    form = _cluster_form(request, row, plan, group, request.POST if request.method == "POST" else None)
    page: dict[str, Any] = {"plan": plan, "group": group, "form": form, "row": row}
    if not form.is_valid():
        return render(request, "plans/groups/cluster.html", page)
    given = form.cleaned_data
    try:
        pupils = _pupils(request, given["pupils"])
        actions.change_cluster(request.actor, row, form.text(), pupils, read_at=given["read"], at=timezone.now())
    except EditedMeanwhile:
        row.refresh_from_db()
        again = _cluster_form(request, row, plan, group, sent_again(request.POST, row.edited_at))
        both = both_texts(form, _said(request, row, plan, group))
        return render(request, "plans/groups/cluster.html", {**page, "form": again, "both": both, "is_second": True}, status=409)
    except BrokenRule as broken:
        return render(request, "plans/groups/cluster.html", {**page, "refusal": sentence(broken)}, status=409)
    return redirect("group_plan", request.actor.pk, plan.pk)


@require_POST
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def cluster_remove(request: SchoolRequest, cluster: UUID) -> HttpResponse:
    """Take a cluster away."""
    row = find(request, Cluster, cluster, Verb.WRITE)
    try:
        actions.remove_cluster(request.actor, row, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, *_found(request, row.plan_id), broken)
    messages.success(request, _("Het cluster is weggehaald. Kijk wie er nu in geen cluster staat."))
    return redirect("group_plan", request.actor.pk, row.plan_id)


@require_POST
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def cluster_move(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """One pupil to a cluster, to another as well, or to none."""
    row, group = _found(request, plan, Verb.WRITE)
    clusters = {str(one.pk): one for one in may(request.actor, Cluster, Verb.WRITE).filter(plan=row)}
    here = [one.key for one in queries.people_of(request.actor, group, at=timezone.now())]
    form = forms.MoveForm(request.POST, clusters=clusters, pupils={str(one.pk): one for one in _pupils(request, here)})
    if not form.is_valid():
        return _page(request, row, group)
    try:
        actions.move_pupil(request.actor, row, form.move(), at=timezone.now())
    except BrokenRule as broken:
        return _page(request, row, group, broken)
    return redirect("group_plan", request.actor.pk, row.pk)


@require_POST
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def group_plan_agree(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """It is what we will do."""
    row, group = _found(request, plan, Verb.WRITE)
    form = forms.AgreeForm(request.POST)
    if not form.is_valid():
        return _page(request, row, group, because_form=form)
    try:
        given = form.cleaned_data
        actions.agree(request.actor, row, because=given["because"], read_at=given["read"], at=timezone.now())
    except BrokenRule as broken:
        row.refresh_from_db()
        return _page(request, row, group, broken, because_form=form)
    messages.success(request, _("Vastgesteld. Deze versie blijft bewaard zoals ze nu is."))
    return redirect("group_plan", request.actor.pk, row.pk)


@require_POST
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def group_plan_start(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """From now on it runs."""
    row, group = _found(request, plan, Verb.WRITE)
    try:
        actions.start(request.actor, row, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, row, group, broken)
    messages.success(request, _("Het plan loopt. Een invaller vindt het bureaublad op de bladzijde van de groep."))
    return redirect("group_plan", request.actor.pk, row.pk)


@require_POST
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def group_plan_take_back(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """To write on."""
    row, group = _found(request, plan, Verb.WRITE)
    try:
        actions.take_back(request.actor, row, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, row, group, broken)
    return redirect("group_plan", request.actor.pk, row.pk)


@require_POST
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
@made_once
def group_plan_adjust(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Keep what was changed as a version."""
    row, group = _found(request, plan, Verb.WRITE)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, row, group, reason_form=form)
    try:
        actions.adjust(request.actor, row, reason=form.cleaned_data["reason"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, row, group, broken, reason_form=form)
    messages.success(request, _("Bewaard als nieuwe versie."))
    return redirect("group_plan", request.actor.pk, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def group_plan_evaluate(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """What was done, whether it helped, and what now."""
    row, group = _found(request, plan, Verb.WRITE)
    form = forms.EvaluationForm(request.POST if request.method == "POST" else None)
    page: dict[str, Any] = {"plan": row, "group": group, "form": form}
    if not form.is_valid():
        return render(request, "plans/groups/evaluate.html", page)
    try:
        actions.evaluate(request.actor, row, form.judged(), at=timezone.now())
    except BrokenRule as broken:
        return render(request, "plans/groups/evaluate.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Geëvalueerd. U kunt nu een volgend groepsplan maken, met wat u leerde."))
    return redirect("group_plan", request.actor.pk, row.pk)


@require_safe
@guard(Record.GROUP_PLAN, Verb.READ, roles=READERS)
def group_plan_version(request: SchoolRequest, planversion: UUID) -> HttpResponse:
    """As it was; nobody changes it."""
    version = find(request, PlanVersion, planversion)
    plan, group = _found(request, version.plan_id)
    page = {"plan": plan, "group": group, "version": version, "sections": showing.version_lines(request.actor, version)}
    return render(request, "plans/groups/version.html", page)


@require_safe
@guard(Record.GROUP_PLAN, Verb.READ, roles=NAMED)
def group_plan_pdf(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The same on paper, with names: for the team."""
    row, group = _found(request, plan)
    sheet = queries.sheet_of(request.actor, row, group, at=timezone.now())
    made = plan_pdf(paper_of(sheet, request.actor.school, on=timezone.localdate()))
    return attachment(made, _("groepsplan.pdf"), "application/pdf")


@require_safe
@guard(Record.GROUP_PLAN, Verb.MEASURE, roles=DOERS)
def desk_view(request: SchoolRequest, group: UUID) -> HttpResponse:
    """For whoever stands in today: who needs what, and what helps. No levels, no scores, no history; the plan itself is not theirs."""
    found = find(request, Group, group, Verb.MEASURE, of=Record.GROUP_PLAN)
    plan = queries.running_plan(request.actor, found)
    sheet = queries.sheet_of(request.actor, plan, found, verb=Verb.MEASURE, at=timezone.now()) if plan else None
    request.readings.extend([plan] if plan else [])
    page: dict[str, Any] = {"group": found, "sheet": sheet, "lines": showing.desk_lines(sheet) if sheet else []}
    page["reads_plan"] = may_do(request.actor, found, Verb.READ, of=Record.GROUP_PLAN)
    return render(request, "plans/groups/desk.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SCHOOL, Verb.WRITE, roles=SETTERS)
def plan_layers(request: SchoolRequest) -> HttpResponse:
    """Which level belongs to which support layer here."""
    school: School = request.actor.school
    form = forms.LayersForm(request.POST if request.method == "POST" else None, school=school)
    if not form.is_valid():
        return render(request, "plans/groups/layers.html", {"form": form})
    try:
        actions.set_habits(request.actor, school, form.habits())
    except BrokenRule as broken:
        return render(request, "plans/groups/layers.html", {"form": form, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Bewaard. Het geldt voor plannen die vanaf nu worden vastgesteld."))
    return redirect("plan_layers", request.actor.pk)


def _found(request: SchoolRequest, key: UUID, verb: Verb = Verb.READ) -> tuple[Plan, Group]:
    """A group plan with its group; another kind of plan has pages of its own."""
    row = find(request, Plan, key, verb)
    if row.kind != Kind.GROUP or row.group is None:
        raise Http404
    return row, row.group


def _pupils(request: SchoolRequest, keys: list[str]) -> list[Pupil]:
    return list(may(request.actor, Pupil, Verb.READ).filter(pk__in=keys))


def _cluster_form(request: SchoolRequest, row: Cluster, plan: Plan, group: Group, data: Any) -> forms.ClusterForm:
    people = queries.people_of(request.actor, group, at=timezone.now())
    return forms.ClusterForm(data, people=people, row=row, inside=_inside(request, row, plan, people))


def _said(request: SchoolRequest, row: Cluster, plan: Plan, group: Group) -> dict[str, Any]:
    people = queries.people_of(request.actor, group, at=timezone.now())
    return forms.said_of_cluster(row, _inside(request, row, plan, people))


def _inside(request: SchoolRequest, row: Cluster, plan: Plan, people: tuple[queries.Person, ...]) -> list[str]:
    cards = queries.cards_of(request.actor, plan, people)
    return [one.key for card in cards if card.row.pk == row.pk for one in card.people]


def _page(
    request: SchoolRequest,
    row: Plan,
    group: Group,
    broken: BrokenRule | None = None,
    *,
    because_form: forms.BecauseForm | None = None,
    reason_form: forms.ReasonForm | None = None,
) -> HttpResponse:
    """As it is now: after a refusal too."""
    now = timezone.now()
    sheet = queries.sheet_of(request.actor, row, group, at=now)
    page = {
        "plan": row,
        "read": now.isoformat(),
        "changed": _changed(sheet, because_form) if isinstance(broken, PlanChangedSinceRead) else [],
        "group": group,
        "sheet": sheet,
        "programme": showing.programme(row),
        "picked": showing.picked(sheet, request.GET.get("pupil", "")),
        "versions": queries.versions_of(request.actor, row),
        "evaluation": queries.evaluation_of(request.actor, row),
        "with_group": queries.goals_with_group(request.actor, row),
        "because_form": because_form or forms.BecauseForm(initial={"because": row.because}),
        "reason_form": reason_form or forms.ReasonForm(),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "plans/groups/plan.html", page, status=409 if broken else 200)


def _changed(sheet: queries.Sheet, form: forms.BecauseForm | None) -> list[tuple[str, str]]:
    """What a colleague changed since this person read the plan, as it says now."""
    read_at = form.cleaned_data.get("read") if form else None
    return [(name, text) for name, moment, text in queries.parts_edited(sheet) if read_at and moment > read_at]
