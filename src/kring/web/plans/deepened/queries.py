"""A deepened cycle with what it grew from, who was spoken with, and where a skill is used."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from kring.core.access import Verb
from kring.core.deepening import RECENT, Level, Setting, settings_to_ask
from kring.core.plans import Kind, State
from kring.web.access import may
from kring.web.gatherings.models import Gathering, GatheringSeat
from kring.web.plans.models import Evaluation, Goal, Plan, PlanAgreement, TransferCheck
from kring.web.plans.trials.queries import Sheet, sheet_of
from kring.web.schools.models import Guardian, Guardianship, Membership, Pupil, live

WITH_PUPIL = (Gathering.Kind.PUPIL_TALK, Gathering.Kind.THREE_WAY_TALK)
WITH_GUARDIANS = (Gathering.Kind.GUARDIAN_TALK, Gathering.Kind.THREE_WAY_TALK)


@dataclass(frozen=True, slots=True)
class Talks:
    """With whom there was a talk lately, and the last days."""

    with_pupil: date | None
    with_guardians: date | None


@dataclass(frozen=True, slots=True)
class Document:
    """The growing document of a deepened cycle; what is settled lies apart."""

    sheet: Sheet
    open_goals: tuple[Goal, ...]
    settled_goals: tuple[Goal, ...]
    talks: Talks
    before: Plan | None
    decided_before: Evaluation | None
    transfer: tuple[TransferCheck, ...]
    to_ask: tuple[Setting, ...]
    family: tuple[PlanAgreement, ...] = ()

    @property
    def asks_family(self) -> bool:
        """Whether there is something that the family does."""
        return any(goal.level == Level.FAMILY for goal in (*self.open_goals, *self.settled_goals))

    @property
    def levels_missing(self) -> list[str]:
        """On which levels nobody thought of anything yet."""
        here = {goal.level for goal in (*self.open_goals, *self.settled_goals)}
        return [str(label) for value, label in Goal.Level.choices if value not in here]


def document_of(actor: Membership, plan: Plan, *, at: datetime) -> Document:
    """As many questions for three goals as for one."""
    sheet = sheet_of(actor, plan, at=at)
    goals = [one.goal for one in sheet.goals]
    checks = tuple(may(actor, TransferCheck, Verb.READ).filter(plan=plan).order_by("-on", "-entered_at"))
    before = may(actor, Plan, Verb.READ).filter(pk=plan.previous_id).first() if plan.previous_id else None
    decided = may(actor, Evaluation, Verb.READ).filter(plan=before).first() if before else None
    asked = [(one.setting, one.on) for one in checks]
    return Document(
        sheet=sheet,
        open_goals=tuple(one for one in goals if one.met_at is None),
        settled_goals=tuple(one for one in goals if one.met_at is not None),
        talks=talks_with(actor, plan.pupil, at=at),
        before=before,
        decided_before=decided,
        transfer=checks,
        family=tuple(may(actor, PlanAgreement, Verb.READ).filter(plan=plan).select_related("guardian").order_by("asked_at")),
        to_ask=tuple(settings_to_ask(asked, on=timezone.localdate(at))) if plan.state == State.RUNNING else (),
    )


def family_agreed(plan: Plan) -> bool:
    """Somebody of the family said yes to what the family does, and nobody said no."""
    answers = set(PlanAgreement.objects.filter(plan=plan, version=plan.version).values_list("answer", flat=True))
    return PlanAgreement.Answer.YES in answers and PlanAgreement.Answer.NO not in answers


def with_authority(plan: Plan, *, at: datetime) -> list[Guardian]:
    """Whose yes is asked: who has parental authority over the pupil at this moment, by name."""
    ties = Guardianship.objects.filter(live(at), pupil=plan.pupil_id, has_authority=True).select_related("guardian")
    return sorted({one.guardian for one in ties}, key=lambda one: (str(one), str(one.pk)))


def talks_with(actor: Membership, pupil: Pupil | None, *, at: datetime) -> Talks:
    """By the kind of talk, or by who really came."""
    held = may(actor, Gathering, Verb.READ).filter(pupil=pupil, held_at__gte=at - RECENT, held_at__lte=at)
    rows = list(held.order_by("held_at"))
    came = may(actor, GatheringSeat, Verb.READ).filter(gathering__in=rows, came=True)
    seats = list(came.values_list("gathering_id", "pupil_id", "guardian_id"))
    of_pupil = {key for key, who, _guardian in seats if who} | {row.pk for row in rows if row.kind in WITH_PUPIL}
    of_guardians = {key for key, _who, guardian in seats if guardian} | {row.pk for row in rows if row.kind in WITH_GUARDIANS}
    days = {row.pk: timezone.localdate(row.held_at) for row in rows if row.held_at}
    return Talks(
        with_pupil=max((days[key] for key in of_pupil if key in days), default=None),
        with_guardians=max((days[key] for key in of_guardians if key in days), default=None),
    )


def first_cycle(actor: Membership, pupil: Pupil) -> Plan | None:
    """The newest small trial that was evaluated: what a deepened cycle grows from."""
    tried = may(actor, Plan, Verb.READ).filter(pupil=pupil, kind=Kind.TRIAL, state=State.EVALUATED)
    return tried.order_by("-evaluated_at").first()


def usual_days(today: date) -> dict[str, date]:
    """From next Monday, for eight weeks."""
    monday = today + timedelta(days=7 - today.weekday())
    return {"starts_on": monday, "ends_on": monday + timedelta(weeks=8, days=-3)}
