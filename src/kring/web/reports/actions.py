"""Asking for reports."""

from datetime import datetime

from kring.core.access import Verb
from kring.web.action import action
from kring.web.jobs import intake as jobs
from kring.web.jobs.models import Job
from kring.web.reports.batch import KIND, group_reports
from kring.web.schools.models import Membership, School


@action("reports.asked", needs=Verb.READ)
def ask_group_reports(actor: Membership, school: School, *, at: datetime) -> Job:  # noqa: ARG001
    """Set the reports of all one's groups going; the one that still runs, when there is one."""
    return jobs.running(actor, KIND, at=at) or jobs.start(actor, KIND, group_reports, at=at)
