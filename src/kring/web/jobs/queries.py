"""What a piece of work showed to its author."""

from kring.web.audit.models import Entry
from kring.web.jobs.models import Job
from kring.web.schools.models import Membership
from kring.web.trace import Seen


def shown_in(actor: Membership, job: Job) -> list[Seen]:
    """The pupils and groups in what the work made, as it wrote them down itself: who fetches it has them all."""
    made = Entry.objects.filter(school_id=actor.school_id, record="job", record_id=job.pk, name="report.made")
    return [Seen("job", job.pk, pupil, group) for pupil, group in made.values_list("pupil_id", "group_id")]
