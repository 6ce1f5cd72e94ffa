"""Asking for the reports of many pupils."""

from datetime import datetime

from kring.core.access import Verb
from kring.web.action import action
from kring.web.jobs import intake as jobs
from kring.web.jobs.models import Job
from kring.web.reports.taking.batch import kind_of, pupil_reports
from kring.web.schools.models import Group, Membership, School


@action("pupil_reports.asked", needs=Verb.READ)
def ask_pupil_reports(actor: Membership, school: School, *, at: datetime) -> Job:  # noqa: ARG001
    """Of all one's groups of this year; the work that still runs, when there is some."""
    return _asked(actor, None, at=at)


@action("group_pupil_reports.asked", needs=Verb.READ)
def ask_reports_of_group(actor: Membership, group: Group, *, at: datetime) -> Job:
    """Of the pupils who sit in this group now."""
    return _asked(actor, group, at=at)


def _asked(actor: Membership, group: Group | None, *, at: datetime) -> Job:
    kind = kind_of(group)
    return jobs.running(actor, kind, at=at) or jobs.start(actor, kind, pupil_reports, at=at, repeatable=True)
