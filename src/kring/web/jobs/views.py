"""What runs in the background for me, and how far it is."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.web.access import may
from kring.web.drafts.once import made_once
from kring.web.files import intake as files
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.jobs import actions, queries
from kring.web.jobs.models import Job
from kring.web.wording import sentence

STAFF = roles_that(Record.GROUP, Verb.MEASURE)


@require_safe
@guard(Record.JOB, Verb.READ, roles=STAFF)
def jobs(request: SchoolRequest) -> HttpResponse:
    """My work, newest first."""
    mine = may(request.actor, Job, Verb.READ).select_related("result").order_by("-created_at")[:50]
    return render(request, "jobs/jobs.html", {"jobs": mine, "now": timezone.now()})


@require_safe
@guard(Record.JOB, Verb.READ, roles=STAFF)
def job(request: SchoolRequest, job: UUID) -> HttpResponse:
    """One piece of work; the page asks again by itself while it runs."""
    return render(request, "jobs/job.html", {"job": find(request, Job, job), "now": timezone.now()})


@require_POST
@guard(Record.JOB, Verb.READ, roles=STAFF)
@made_once
def job_again(request: SchoolRequest, job: UUID) -> HttpResponse:
    """What failed is asked for again, by its author."""
    found = find(request, Job, job)
    try:
        made = actions.ask_again(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        page = {"job": found, "now": timezone.now(), "refusal": sentence(broken)}
        return render(request, "jobs/job.html", page, status=409)
    return redirect("job", request.actor.pk, made.pk)


@require_POST
@guard(Record.JOB, Verb.READ, roles=STAFF)
def job_stop(request: SchoolRequest, job: UUID) -> HttpResponse:
    """What is no longer needed."""
    found = find(request, Job, job)
    try:
        actions.stop(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        page = {"job": found, "now": timezone.now(), "refusal": sentence(broken)}
        return render(request, "jobs/job.html", page, status=409)
    return redirect("job", request.actor.pk, found.pk)


@require_safe
@guard(Record.JOB, Verb.READ, roles=STAFF)
def job_result(request: SchoolRequest, job: UUID) -> HttpResponse:
    """What the work made, as an attachment in a sandbox, for as long as was said."""
    found = find(request, Job, job)
    made = found.result
    if made is None or made.expires_at <= timezone.now():
        raise Http404
    try:
        data = files.read(made)
    except FileNotFoundError:  # a database that was put back without its files
        raise Http404 from None
    request.readings.extend(queries.shown_in(request.actor, found))
    return attachment(data, made.name, made.content_type)
