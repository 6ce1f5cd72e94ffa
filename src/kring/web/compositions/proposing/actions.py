"""Asking for a proposal."""

from datetime import datetime

from kring.core.access import Verb
from kring.core.places import GroupPlan, enough, read_places, sizes_for
from kring.core.work import JobUnderWay
from kring.web.action import action
from kring.web.compositions import queries
from kring.web.compositions.models import Composition
from kring.web.compositions.proposing.work import kind_of, propose_places
from kring.web.jobs import intake as jobs
from kring.web.jobs.models import Job
from kring.web.schools.models import Membership


@action("composition.proposal_asked", needs=Verb.WRITE)
def ask_proposal(actor: Membership, row: Composition, *, at: datetime) -> Job:
    """Set the search going. Raises PlacesDoNotFit and JobUnderWay."""
    held = Composition.objects.select_for_update().get(pk=row.pk)
    plan, pupils = read_places(held.places), len(queries.people_of(actor, held, at=at))
    enough(plan, pupils)
    if isinstance(plan, GroupPlan):
        sizes_for(plan, pupils)
    jobs.running(actor, kind_of(held), at=at)
    if held.work_id and Job.objects.filter(pk=held.work_id, state__in=jobs.UNFINISHED).exists():
        raise JobUnderWay
    Composition.objects.filter(pk=held.pk).update(outcome={})
    made = jobs.start(actor, kind_of(held), propose_places, at=at, repeatable=True)
    Composition.objects.filter(pk=held.pk).update(work=made)
    return made
