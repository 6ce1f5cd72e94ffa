"""A support plan of Noor that waits for the yes of her mother, and one of a classmate that runs: through the same actions as real ones."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from kring.core.development_plans import HearingForm, Moment, Part
from kring.core.plans import Layer
from kring.core.signals import FirstStep
from kring.web.gatherings.models import Gathering
from kring.web.plans.development.actions import (
    GoalSaid,
    Heard,
    HelpSaid,
    Opened,
    PartSaid,
    add_goal,
    adjust,
    adopt,
    ask_pupil,
    hear,
    open_plan,
    say_myself,
    start,
    write_part,
)
from kring.web.plans.development.agreeing.actions import Answered, record
from kring.web.plans.development.queries import saved_at
from kring.web.plans.first_steps import StepsSaid
from kring.web.plans.models import Plan, PlanAgreement
from kring.web.schools.models import Guardian, Guardianship, Membership, Pupil, School

WEEKS = timedelta(weeks=1)
STEPS = StepsSaid(tuple(step.value for step in FirstStep), "Wij kennen dit kind al lang, en thuis vraagt om hulp.")
WHY = "De hulp in de klas alleen was niet genoeg; dat besloten wij samen met thuis."
TEXTS: Mapping[Part, Mapping[str, str]] = {
    Part.NEEDS: {
        "pupil_needs": "Vooraf weten wat er komt, en een vaste plek om tot rust te komen.",
        "teacher_needs": "Iemand die twee keer per week meekijkt, en tijd om de dag voor te bereiden.",
        "school_needs": "Een rustige ruimte naast de klas en een vaste begeleider.",
    },
    Part.PICTURE: {"picture": "Werkt graag met anderen en helpt graag. Raakt de draad kwijt als het druk is of als de dag anders loopt."},
    Part.DESTINATION: {"destination": "havo", "destination_because": "Leert vlot als de opdracht kort is; dat laat elk vak zien."},
    Part.FACTORS: {
        "promoting": "Houdt van tekenen en heeft een goede vriend.",
        "hindering": "Wisselingen en lawaai kosten veel kracht.",
    },
    Part.GUIDANCE: {"guidance": "Elke dag beginnen met een dagplaat, en twee keer per week samen oefenen."},
    Part.DEVIATIONS: {"deviations": "Het programma is dat van de klas. Toetsen maakt dit kind in een rustige ruimte."},
    Part.HOME: {"guardians_said": "Thuis werkt een dagplaat ook. Daarom gebruiken school en thuis dezelfde plaatjes."},
}


def support_plans(school: School, members: Mapping[str, Membership], *, now: datetime) -> None:
    """At the school of Anna alone."""
    bram = members.get("bram")
    if bram is None or "anna" not in members or bram.school_id != school.pk:
        return
    noor = Pupil.objects.filter(school=school, given_name="Noor", person__username="noor").first()
    other = Pupil.objects.filter(school=school, enrolments__group__name="6A", enrolments__until_at=None, person=None).order_by("pk").first()
    if noor is not None:
        _tells(bram, members, _adopted(bram, noor, now - 2 * WEEKS), now - WEEKS)
    if other is not None:
        _has_a_father(other, now - 40 * WEEKS)
        _running(bram, other, now - 12 * WEEKS)


def _has_a_father(pupil: Pupil, since: datetime) -> None:
    """Somebody with a say, without an account: asked on paper."""
    if not Guardianship.objects.filter(pupil=pupil, has_authority=True).exists():
        father = Guardian.objects.create(school=pupil.school, given_name="Karim", family_name=pupil.family_name)
        Guardianship.objects.create(school=pupil.school, guardian=father, pupil=pupil, has_authority=True, from_at=since)


def _adopted(bram: Membership, pupil: Pupil, begun: datetime) -> Plan:
    plan = open_plan(bram, pupil, _opened(begun.date()), at=begun)
    for part, texts in TEXTS.items():
        write_part(bram, plan, PartSaid(part=part, texts=texts), read_at=saved_at(plan, part), at=begun)
    days = {"starts_on": begun.date(), "ends_on": begun.date() + 30 * WEEKS}
    checks = PartSaid(part=Part.PERIOD, checks=(begun.date() + 15 * WEEKS,), fields=days)
    write_part(bram, plan, checks, read_at=saved_at(plan, Part.PERIOD), at=begun)
    add_goal(bram, plan, _goal(begun.date()), _help(), at=begun)
    said = Heard(moment=Moment.DRAFT, form=HearingForm.TALK, said="Ik wil niet steeds de klas uit.", done_with="Wij oefenen in de klas.")
    hear(bram, plan, said, at=begun)
    about = {"school": pupil.school, "pupil": pupil, "kind": Gathering.Kind.GUARDIAN_TALK, "purpose": "Samen het plan bespreken"}
    talked = begun - timedelta(days=2)
    Gathering.objects.create(**about, planned_at=talked, held_at=talked, made_by=bram, made_at=talked, edited_at=talked)
    adopt(bram, plan, at=begun)
    plan.refresh_from_db()
    return plan


def _running(bram: Membership, pupil: Pupil, begun: datetime) -> None:
    """With the yes of everybody who has a say, on paper."""
    plan = _adopted(bram, pupil, begun)
    asked = list(PlanAgreement.objects.filter(plan=plan))
    for one in asked:
        record(bram, one, Answered(is_yes=True, method="paper"), at=begun + timedelta(days=2))
    if asked:
        start(bram, plan, at=begun + timedelta(days=3))
        _changed(bram, plan, begun + 6 * WEEKS)


def _changed(bram: Membership, plan: Plan, at: datetime) -> None:
    """A second version; what is done stays the same, so the yes of everybody holds."""
    plan.refresh_from_db()
    factors = {**TEXTS[Part.FACTORS], "promoting": "Houdt van tekenen, en werkt graag met een maatje."}
    write_part(bram, plan, PartSaid(part=Part.FACTORS, texts=factors), read_at=saved_at(plan, Part.FACTORS), at=at)
    said = Heard(
        moment=Moment.CHANGE, form=HearingForm.TALK, said="Met mijn maatje gaat het beter.", done_with="Zij zitten nu naast elkaar."
    )
    hear(bram, plan, said, at=at)
    adjust(bram, plan, reason="Een maatje bleek te helpen.", at=at)


def _tells(bram: Membership, members: Mapping[str, Membership], plan: Plan, at: datetime) -> None:
    """Asked in Kring, the pupil wrote something that still waits for a word of the school."""
    ask_pupil(bram, plan, at=at)
    plan.refresh_from_db()
    if "noor" in members:
        say_myself(members["noor"], plan, "Ik wil de dagplaat zelf tekenen.", at=at)


def _opened(on: date) -> Opened:
    days = {"clock_from_on": on - WEEKS, "starts_on": on, "ends_on": on + 30 * WEEKS}
    return Opened(title="Rust en overzicht op een dag", layer=Layer.EXTRA, has_legal_label=True, because=WHY, steps=STEPS, **days)


def _goal(on: date) -> GoalSaid:
    text = "Zegt het zelf als het te druk is, voor de opdracht stopt"
    said = {"text": text, "level": "pupil", "type": "skill", "measure": "hoe vaak het lukt, elke ochtend"}
    return GoalSaid(**said, by_on=on + 15 * WEEKS, owner="Bram", own_words="Ik wil het zelf kunnen zeggen.")


def _help() -> HelpSaid:
    text = "Samen oefenen met de dagplaat"
    return HelpSaid(text=text, executor="Remi", kind="expert-in-school", where="class", hours=Decimal("1.5"))
