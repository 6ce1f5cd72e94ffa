"""Asking for reports, and sharing one as it is now."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from kring.core.access import Record, Verb
from kring.core.cases import NoScoresYet
from kring.documents import paper
from kring.web.action import action
from kring.web.cases.intake import hold_open, keep_share
from kring.web.cases.models import SHEET, Case, Share
from kring.web.files import intake as files
from kring.web.files.attachments import KEPT_FOR
from kring.web.jobs import intake as jobs
from kring.web.jobs.models import Job
from kring.web.reports import queries
from kring.web.reports.batch import KIND, group_reports
from kring.web.schools.models import Membership, School


@action("reports.asked", needs=Verb.READ)
def ask_group_reports(actor: Membership, school: School, *, at: datetime) -> Job:  # noqa: ARG001
    """Set the reports of all one's groups going; the one that still runs, when there is one."""
    return jobs.running(actor, KIND, at=at) or jobs.start(actor, KIND, group_reports, at=at, repeatable=True)


@action("profile.shared", needs=Verb.WRITE, of=Record.SHARE)
def share_profile(actor: Membership, case: Case, *, to_pupil: bool, to_guardians: bool, at: datetime) -> Share:
    """Lay the scores on the scales, as they are at this moment, on the table of a case: without group and choices of classmates.

    What is kept is what stands on the paper; it is printed anew for each reader. Raises CaseAlreadyClosed, NoScoresYet.
    """
    held = hold_open(case, at=at)
    whole = queries.pupil_report(actor, held.pupil, (), on=timezone.localdate(at))
    of_school = tuple(one for one in whole.measurements if not one.by)  # what a parent filled in is the parent's
    report = replace(whole, measurements=of_school, sociograms=(), said=())
    if not report.measurements:
        raise NoScoresYet
    promise = _("Gedeeld voor: %(purpose)s. Niet doorgeven, niet langer bewaren dan daarvoor nodig is.") % {"purpose": held.purpose}
    sheet = paper.pupil_sheet(report, promise=promise)
    made = Share(school_id=held.school_id, case=held, record=Record.SCALE_PROFILE.value, shared_by=actor, shared_at=at)
    made.title = _("Profiel")
    made.file = files.keep(actor, "profiel.json", sheet, content_type=SHEET, at=at, kept_for=KEPT_FOR)
    made.shown_to_pupil_at = at if to_pupil else None
    made.shown_to_guardians_at = at if to_guardians else None
    return keep_share(actor, made, at=at)
