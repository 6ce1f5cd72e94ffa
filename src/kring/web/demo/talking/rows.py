"""Talks at the school of Anna, through the actions: one about Noor that was shown at home, one to come without an interpreter yet, and a
review of 6A."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from kring.core.gatherings import Point
from kring.web.gatherings.actions import NewAgreement, Planned, Told, agree, hold, plan_talk, prepare, show_report
from kring.web.gatherings.models import Gathering
from kring.web.gatherings.queries import guardians_for
from kring.web.gatherings.reviews.actions import make_review
from kring.web.gatherings.trusted.actions import answer, ask_adult
from kring.web.schools.models import Contact, Group, Membership, Pupil, School

DAY = timedelta(days=1)
REPORT = (
    "Noor helpt anderen uit zichzelf en tekent graag. Bij rekenen begint zij laat. Thuis vertelt zij veel over school. "
    "Wij denken alle drie dat het helpt als de eerste som samen gaat."
)
SHE_SAYS = "Ik wil vooraan zitten, en dat juf Anna even langskomt bij de eerste som."


def talk_in_6a(school: School, members: Mapping[str, Membership], *, now: datetime) -> None:
    """At the school of Anna alone."""
    anna = members.get("anna")
    if anna is None or anna.school_id != school.pk:
        return
    pupils = {one.given_name: one for one in Pupil.objects.filter(school=school, given_name__in=["Noor", "Sem"], person__isnull=False)}
    _held(anna, pupils["Noor"], now=now)
    _to_come(anna, pupils["Sem"], now=now)
    _trusted(members, pupils["Noor"], now=now)
    group = Group.objects.filter(assignments__membership=anna, enrolments__pupil=pupils["Noor"]).order_by("-year__starts_on").first()
    if group:
        chosen = {pupils["Noor"].pk: ["top", "internalising"], pupils["Sem"].pk: ["undiscussed"]}
        make_review(anna, group, chosen, planned_at=_at(now + 6 * DAY), colleagues=[anna, members["bram"]], at=now)


def _at(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(hour=15, minute=30)


def _held(anna: Membership, noor: Pupil, *, now: datetime) -> None:
    asked, when = now - 14 * DAY, _at(now - 9 * DAY)
    parents = guardians_for(anna, noor, at=now)
    wanted = Planned(
        kind=Gathering.Kind.THREE_WAY_TALK,
        purpose="Hoe het gaat bij rekenen en in de kring",
        planned_at=when,
        with_pupil=True,
        guardians=parents,
        colleagues=[anna],
        first_with="together",
        first_why="Noor wilde haar moeder er meteen bij hebben.",
    )
    row = plan_talk(anna, noor, wanted, at=asked)
    report = hold(anna, row, Told({seat.pk for seat in row.seats.all()}, REPORT, SHE_SAYS, ""), at=when + DAY)
    agree(anna, row, NewAgreement("Noor zit vooraan bij rekenen", timezone.localdate(now + 5 * DAY), anna, ""), at=when + DAY)
    agree(anna, row, NewAgreement("Thuis elke week één rekenspel", timezone.localdate(now + 12 * DAY), None, "moeder"), at=when + DAY)
    show_report(anna, report, to_pupil=True, to_guardians=True, at=when + 2 * DAY)


def _to_come(anna: Membership, sem: Pupil, *, now: datetime) -> None:
    parents = guardians_for(anna, sem, at=now)
    for parent in parents[:1]:
        Contact.objects.update_or_create(school_id=sem.school_id, guardian=parent, defaults={"language": Contact.Language.PORTUGUESE})
    asked = Planned(
        kind=Gathering.Kind.GUARDIAN_TALK if parents else Gathering.Kind.PUPIL_TALK,
        purpose="Hoe Sem zelf kan beginnen aan een taak",
        planned_at=_at(now + 4 * DAY),
        guardians=parents,
        colleagues=[anna],
        with_pupil=not parents,
        first_with="pupil" if parents else "",
        first_why="Sem wil het eerst zelf uitleggen." if parents else "",
    )
    row = plan_talk(anna, sem, asked, at=now - DAY)
    thought = {Point.STRENGTHS.value: (True, "Sem helpt bij gym met klaarzetten."), Point.LANGUAGE.value: (False, "Tolk bellen.")}
    prepare(anna, row, thought, read_at=row.edited_at, at=now)


def _trusted(members: Mapping[str, Membership], noor: Pupil, *, now: datetime) -> None:
    asked = ask_adult(members["noor"], noor, str(members["bram"].pk), at=now - 2 * DAY)
    answer(members["bram"], asked, says_yes=True, at=now - DAY)
