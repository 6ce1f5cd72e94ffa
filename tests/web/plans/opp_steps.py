"""A support plan in a few calls, for tests: opened, written, heard, adopted, answered, running."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from kring.core.development_plans import TEXTS, HearingForm, Moment, Part
from kring.core.plans import Layer
from kring.web.models import Gathering, Membership, PlanAgreement, Pupil
from kring.web.plans.development import actions
from kring.web.plans.development.actions import GoalSaid, Heard, HelpSaid, Opened, PartSaid
from kring.web.plans.development.agreeing import actions as agreeing
from kring.web.plans.development.agreeing.actions import Answered
from kring.web.plans.development.queries import saved_at
from kring.web.plans.models import Plan
from tests.cast import Cast
from tests.web.plans.trial_steps import ALL_STEPS

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
WHY = "Vanaf de eerste dag is veel hulp nodig"
FIRST, LAST, CHECK = date(2026, 3, 9), date(2026, 7, 3), date(2026, 5, 11)
SAID = {name: f"Zo is het met {name}" for names in TEXTS.values() for name in names} | {"destination": "havo"}
GOAL = GoalSaid(
    text="Noor vraagt om hulp voordat zij opstaat",
    level="pupil",
    type="skill",
    measure="hoe vaak zij het vraagt, op een dag",
    by_on=LAST,
    owner="Bram",
    own_words="Ik wil niet opvallen",
)
HELP = HelpSaid(text="Samen oefenen", executor="Remi", kind="expert-in-school", where="apart", hours=Decimal("1.5"))
OPEN: dict[str, Any] = {"title": "Hulp vragen", "layer": "extra", "legal": "yes", "because": WHY, "clock_from_on": "2026-03-02"} | {
    "starts_on": FIRST.isoformat(),
    "ends_on": LAST.isoformat(),
    "first_steps": list(ALL_STEPS.steps),
}


def opened(actor: Membership, pupil: Pupil, *, at: datetime = NOW) -> Plan:
    days = {"clock_from_on": NOW.date(), "starts_on": FIRST, "ends_on": LAST}
    said = Opened(title="Hulp vragen", layer=Layer.EXTRA, has_legal_label=True, because=WHY, steps=ALL_STEPS, **days)
    return actions.open_plan(actor, pupil, said, at=at)


def part(actor: Membership, plan: Plan, of: Part, *, at: datetime = NOW, **other: str) -> None:
    """One part, read just before."""
    plan.refresh_from_db()
    texts = {name: other.get(name, plan.parts.get(name) or SAID[name]) for name in TEXTS[of]}
    period = {"starts_on": plan.starts_on, "ends_on": plan.ends_on} if of is Part.PERIOD else {}
    said = PartSaid(part=of, texts=texts, checks=(CHECK,) if of is Part.PERIOD else (), fields=period)
    actions.write_part(actor, plan, said, read_at=saved_at(plan, of), at=at)


def written(actor: Membership, plan: Plan, *, at: datetime = NOW) -> Plan:
    for one in Part:
        part(actor, plan, one, at=at)
    actions.add_goal(actor, plan, GOAL, HELP, at=at)
    plan.refresh_from_db()
    return plan


def heard(actor: Membership, plan: Plan, moment: Moment = Moment.DRAFT, *, at: datetime = NOW) -> None:
    said = Heard(moment=moment, form=HearingForm.TALK, said="Ik wil niet apart zitten", done_with="Wij oefenen nu in de klas")
    actions.hear(actor, plan, said, at=at)


def talked(cast: Cast, pupil: Pupil, *, at: datetime = NOW) -> None:
    when = at - timedelta(days=3)
    about: dict[str, Any] = {"school": pupil.school, "pupil": pupil, "kind": Gathering.Kind.GUARDIAN_TALK, "purpose": "Samen kijken"}
    Gathering.objects.create(**about, planned_at=when, held_at=when, made_by=cast.anna, made_at=when, edited_at=when)


def ready(cast: Cast) -> Plan:
    """Everything is there to adopt it."""
    plan = written(cast.bram, opened(cast.bram, cast.pupil_noor))
    heard(cast.anna, plan)
    talked(cast, cast.pupil_noor)
    return plan


def adopted(cast: Cast) -> Plan:
    plan = ready(cast)
    actions.adopt(cast.bram, plan, at=NOW)
    plan.refresh_from_db()
    return plan


def answered(actor: Membership, asked: PlanAgreement, *, yes: bool = True, at: datetime = NOW) -> None:
    agreeing.answer(actor, asked, Answered(is_yes=yes, method="account"), at=at)


def running(cast: Cast) -> Plan:
    plan = adopted(cast)
    answered(cast.els, PlanAgreement.objects.get(plan=plan))
    actions.start(cast.bram, plan, at=NOW)
    plan.refresh_from_db()
    return plan
