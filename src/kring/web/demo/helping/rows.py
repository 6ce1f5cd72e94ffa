"""Help from outside in the demo school: two questions to experts, two arrangements and an offer, through the same actions as real ones."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from kring.core.access import Record
from kring.core.arrangements import Cluster, GrantKind
from kring.core.expert_requests import Kind, Step
from kring.web.arrangements.actions import Granted, Offered, enter_arrangement, make_offer, write_result
from kring.web.arrangements.models import Arrangement
from kring.web.catalogue.models import Organisation
from kring.web.consents.models import ConsentItem, ConsentRequest, holding
from kring.web.expert_requests.actions import Answered, Asked, answer, ask
from kring.web.schools.models import Membership, Pupil, School

NOOR = "Hoe helpen wij Noor om in een groepje iets te durven zeggen?"
SEM = "Wat helpt een kind dat moeilijk aan een taak begint, behalve een stappenkaart?"


def bring_help(school: School, members: Mapping[str, Membership], *, now: datetime) -> None:
    """At the school of Bram alone."""
    bram = members.get("bram")
    if bram is None or bram.school_id != school.pk:
        return
    agreed = _agreed(school, now)
    if agreed:
        _ask(bram, agreed.pupil, agreed.recipient, now=now)
    sem = Pupil.objects.filter(school=school, given_name="Sem", person__isnull=False).first()
    if sem:
        _without_name(bram, sem, school, now=now)
        _grant(bram, sem, today=now.date(), now=now)
    _offer(bram, members.get("gabi", bram), school, now=now)


def _agreed(school: School, now: datetime) -> ConsentRequest | None:
    """The consent about Noor that holds; she may be seen in class with it."""
    holds = ConsentRequest.objects.filter(holding(now), school=school, pupil__given_name="Noor")
    found = holds.select_related("pupil", "recipient").first()
    if found:
        ConsentItem.objects.create(school=school, request=found, record=Record.EXPERT_REQUEST.value)
    return found


def _ask(bram: Membership, noor: Pupil, organisation: Organisation, *, now: datetime) -> None:
    asked_at = now - timedelta(days=9)
    tried = "Zij praat thuis graag en helpt kleuters. Een vast maatje hielp een beetje."
    by_on = (asked_at + timedelta(days=7)).date()
    what = {"kind": Kind.OBSERVATION, "organisation": organisation, "question": NOOR, "tried": tried, "with_name": True}
    said = Asked(**what, by_on=by_on, plan=None, case=None)  # type: ignore[arg-type]
    made = ask(bram, noor, said, at=asked_at)
    answer(bram, made, Answered(step=Step.ACCEPT, answer="Graag, in de kring op een rustige dag."), at=asked_at + timedelta(days=2))
    day = (now + timedelta(days=6)).date()
    answer(bram, made, Answered(step=Step.PLAN, planned_on=day), at=asked_at + timedelta(days=3))


def _without_name(bram: Membership, sem: Pupil, school: School, *, now: datetime) -> None:
    organisation = Organisation.objects.filter(school=school, kind="social_work").first()
    if organisation is None:
        return
    asked_at = now - timedelta(days=12)
    by_on = (now - timedelta(days=2)).date()
    said = Asked(kind=Kind.CONSULT, organisation=organisation, question=SEM, tried="", with_name=False, by_on=by_on, plan=None, case=None)
    ask(bram, sem, said, at=asked_at)


def _grant(bram: Membership, sem: Pupil, *, today: date, now: datetime) -> None:
    first = Granted(
        kind=GrantKind.ABOVE_SCHOOL,
        grantor=None,
        goals="Sem begint zelf aan een taak en vraagt om hulp als het niet lukt.",
        starts_on=today - timedelta(days=60),
        ends_on=today + timedelta(days=14),
        hours=Decimal(24),
        euros=None,
    )
    enter_arrangement(bram, sem, first, at=now - timedelta(days=58))
    before = Granted(
        kind=GrantKind.PARTNERSHIP,
        grantor=None,
        goals="Een rustige start van de dag.",
        starts_on=today - timedelta(days=420),
        ends_on=today - timedelta(days=200),
        hours=Decimal(30),
        euros=Decimal(1200),
    )
    made: Arrangement = enter_arrangement(bram, sem, before, at=now - timedelta(days=410))
    write_result(bram, made, "De dag begint nu rustig, met een vaste plek en een vast begin.", read_at=made.edited_at, at=now)


def _offer(bram: Membership, contact: Membership, school: School, *, now: datetime) -> None:
    offered = Offered(
        cluster=Cluster.INTERNALISING,
        title="Meekijken bij stille kinderen",
        text="Onze gedragsspecialist kijkt een dagdeel mee in de klas en denkt daarna met u mee.",
        places=4,
        is_help_desk=True,
        contact=contact,
        until=(now + timedelta(days=240)).date(),
    )
    make_offer(bram, school, offered, at=now)
