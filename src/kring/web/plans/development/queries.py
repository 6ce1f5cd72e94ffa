"""A support plan as it stands: its parts, what it rests on, who was heard, who agreed, its versions and its clocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.core.access import FAMILY, Record, Role, Verb
from kring.core.development_plans import (
    TEXTS,
    Clock,
    HearingMissing,
    Moment,
    NothingDoneWithIt,
    Part,
    Standing,
    adopt_clock,
    changed_parts,
    review_clock,
    standing,
    who_agree,
)
from kring.core.plans import Kind, State
from kring.web.access import may
from kring.web.plans.deepened.queries import with_authority
from kring.web.plans.models import Evaluation, Goal, Hearing, Plan, PlanAgreement, PlanVersion, Step
from kring.web.schools.models import Guardian, Membership, Pupil
from kring.web.templatetags.opp import kept_help
from kring.web.understanding.models import Understanding

NAMES = tuple(name for names in TEXTS.values() for name in names)
CHECKS, PIECES, CHECKED, ASKED_FOR, SAVED = "checks", "pieces", "checked", "asked_for", "saved"
CLOSED_BECAUSE = "closed_because"
"""Parts of a plan beside its texts; the last says by part when it was saved."""


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal with the help for it."""

    row: Goal
    help: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Say:
    """Somebody with a say, and what they answered; nobody was asked as long as there is no row."""

    who: str
    guardian: Guardian | None
    row: PlanAgreement | None
    has_account: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that the picture rests on: linked, never copied."""

    key: str
    words: str
    route: str
    row: Any
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything of one plan, as this person may see it at a moment."""

    plan: Plan
    goals: tuple[GoalCard, ...]
    hearings: tuple[Hearing, ...]
    versions: tuple[PlanVersion, ...]
    evaluations: tuple[Evaluation, ...]
    says: tuple[Say, ...]
    pieces: tuple[Piece, ...]
    on: date

    @property
    def texts(self) -> dict[str, str]:
        return {name: str(self.plan.parts.get(name, "")) for name in NAMES}

    @property
    def checks(self) -> list[date]:
        return [date.fromisoformat(day) for day in self.plan.parts.get(CHECKS, [])]

    @property
    def newest(self) -> PlanVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def changed(self) -> list[str]:
        """What was written since the last version."""
        return changed_parts(self.newest.body, body_of(self)) if self.newest else []

    @property
    def standing(self) -> Standing:
        return standing(*sides(self.says))

    @property
    def is_agreed(self) -> bool:
        return self.standing is Standing.AGREED

    @property
    def is_refused(self) -> bool:
        return self.standing is Standing.REFUSED

    @property
    def holds(self) -> PlanVersion | None:
        """The version whose action part runs: the newest to which everybody said yes."""
        if self.plan.state != State.RUNNING or self.newest is None:
            return None
        number = self.newest.number if self.is_agreed else self.plan.parts.get("runs_as", self.newest.number)
        return next((one for one in self.versions if one.number == number), self.newest)

    @property
    def adopt_by(self) -> Clock | None:
        """Six weeks; only until the plan was adopted once."""
        from_on = self.plan.clock_from_on
        return adopt_clock(from_on, on=self.on) if from_on and not self.versions else None

    @property
    def review_by(self) -> Clock | None:
        return review_of(self.plan, self.evaluations, on=self.on)

    @property
    def next_check(self) -> date | None:
        """The first day in between on which nobody looked yet."""
        return next_check(self.plan)

    @property
    def pupil_talk_waits(self) -> bool:
        """Something the pupil wrote, without a word about what was done with it."""
        return any(one.said and not one.done_with for one in self.hearings)


def next_check(plan: Plan) -> date | None:
    """Of a running plan."""
    done = plan.parts.get(CHECKED, {})
    return next((date.fromisoformat(day) for day in sorted(plan.parts.get(CHECKS, [])) if day not in done), None)


def review_of(plan: Plan, evaluations: Sequence[Evaluation], *, on: date) -> Clock | None:
    """A year after it was adopted or last looked at."""
    if plan.state not in (State.AGREED, State.RUNNING) or plan.agreed_at is None:
        return None
    since = max([plan.agreed_at, *(one.evaluated_at for one in evaluations)])
    return review_clock(timezone.localdate(since), on=on)


def sheet_of(actor: Membership, plan: Plan, *, at: datetime) -> Sheet:
    """As many questions for three goals as for one."""
    steps: dict[UUID | None, list[Step]] = {}
    for step in may(actor, Step, Verb.READ, at=at).filter(plan=plan):
        steps.setdefault(step.goal_id, []).append(step)
    goals = may(actor, Goal, Verb.READ, at=at).filter(plan=plan)
    versions = tuple(may(actor, PlanVersion, Verb.READ, at=at).filter(plan=plan).select_related("made_by__person").order_by("-number"))
    return Sheet(
        plan=plan,
        goals=tuple(GoalCard(goal, tuple(steps.get(goal.pk, ()))) for goal in goals),
        hearings=tuple(may(actor, Hearing, Verb.READ, at=at).filter(plan=plan).select_related("heard_by__person").order_by("-heard_at")),
        versions=versions,
        evaluations=tuple(may(actor, Evaluation, Verb.READ, at=at).filter(plan=plan)),
        says=() if Role(actor.role) in FAMILY else says_of(plan, versions[0] if versions else None, at=at),
        pieces=pieces_of(actor, plan),
        on=timezone.localdate(at),
    )


def says_of(plan: Plan, version: PlanVersion | None, *, at: datetime) -> tuple[Say, ...]:
    """Everybody with a say now, with their answer to this version; only for who runs the plan, never for one of them."""
    found = {one.guardian_id: one for one in asked_of(plan, version)}
    guardians = {str(one.pk): one for one in with_authority(plan, at=at)}
    born_on = plan.pupil.birth_date if plan.pupil else None
    who = who_agree(list(guardians), born_on=born_on, on=timezone.localdate(at))
    if who == {None}:
        return (Say(str(plan.pupil), None, found.get(None), has_account=bool(plan.pupil and plan.pupil.person_id)),)
    people = sorted((guardians[one] for one in who if one), key=str)
    return tuple(Say(str(one), one, found.get(one.pk), has_account=one.person_id is not None) for one in people)


def asked_of(plan: Plan, version: PlanVersion | None) -> QuerySet[PlanAgreement]:
    """The answers that hold for a version."""
    return PlanAgreement.objects.filter(plan=plan, version=version.body.get("agreed_as", version.number) if version else 0)


def sides(says: Sequence[Say]) -> tuple[list[str | None], Mapping[str | None, bool | None]]:
    """Who has a say, and who answered what, as the core takes it."""
    answers = {"yes": True, "no": False}
    keys = [str(one.guardian.pk) if one.guardian else None for one in says]
    return keys, {key: answers.get(one.row.answer) for key, one in zip(keys, says, strict=True) if one.row}


def body_of(sheet: Sheet) -> dict[str, Any]:
    """As a version keeps it."""
    plan = sheet.plan
    days = [plan.starts_on, plan.ends_on, *sheet.checks]
    return {
        "title": plan.title,
        "texts": sheet.texts,
        "goals": [_kept(one) for one in sheet.goals],
        "days": [day.isoformat() for day in days if day],
        "layer": plan.support_layer,
        "legal": plan.has_legal_label,
    }


def _kept(card: GoalCard) -> dict[str, Any]:
    goal = card.row
    said = {"text": goal.text, "level": goal.level, "measure": goal.measure, "owner": goal.owner, "own_words": goal.own_words}
    by_on = goal.by_on.isoformat() if goal.by_on else ""
    return {**said, "by_on": by_on, "help": [kept_help(one) for one in card.help]}


def plans_of(actor: Membership, pupil: Pupil) -> QuerySet[Plan]:
    """The support plans of a pupil that this person may read, the newest first."""
    return may(actor, Plan, Verb.READ).filter(pupil=pupil, kind=Kind.DEVELOPMENT).order_by("-made_at")


def grown_from(actor: Membership, pupil: Pupil) -> Plan | None:
    """The newest deepened cycle that was carried out."""
    ran = may(actor, Plan, Verb.READ).filter(pupil=pupil, kind=Kind.DEEPENED, state__in=(State.RUNNING, State.EVALUATED))
    return ran.order_by("-made_at").first()


def pieces_of(actor: Membership, plan: Plan) -> tuple[Piece, ...]:
    """What this person may read of what the picture may rest on: thinking, function analysis and the deepened cycle."""
    found: list[Piece] = []
    for row in may(actor, Understanding, Verb.READ).filter(pupil=plan.pupil_id):
        text = "\n".join((row.goes_well, row.can_be_better, row.not_yet, row.in_pupil, row.in_surroundings, row.needs))
        found.append(Piece(f"understanding:{row.pk}", "understanding", "understanding", row, text))
    analyses: Any = apps.get_model("kring", "functionanalysis")  # by its name, as it stands on plans
    for analysis in may(actor, analyses, Verb.READ).filter(pupil=plan.pupil_id).order_by("-made_at"):
        text = "\n".join((analysis.known, analysis.factors, analysis.learned, analysis.hypothesis))
        found.append(Piece(f"functionanalysis:{analysis.pk}", "functionanalysis", "function_analysis", analysis, text))
    for before in may(actor, Plan, Verb.READ).filter(pupil=plan.pupil_id, kind=Kind.DEEPENED).order_by("-made_at"):
        text = "\n".join(str(before.parts.get(name, "")) for name in ("overview", "insight", "outlook"))
        found.append(Piece(f"plan:{before.pk}", "deepened", "deepened", before, text))
    return tuple(found)


def chosen(sheet: Sheet) -> list[Piece]:
    """The pieces that the picture of this plan rests on."""
    keys = sheet.plan.parts.get(PIECES, [])
    return [one for one in sheet.pieces if one.key in keys]


def my_agreement(actor: Membership, plan: Plan) -> PlanAgreement | None:
    """What I was asked about the version that stands now; never what somebody else answered."""
    newest = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    mine = may(actor, PlanAgreement, Verb.READ) & asked_of(plan, newest)
    return mine.first()


@dataclass(frozen=True, slots=True)
class Line:
    """A support plan of the school with its clocks, for whoever keeps an eye on them."""

    plan: Plan
    adopt_by: Clock | None
    review_by: Clock | None
    next_check: date | None
    waits_for: int
    has_no: bool
    on: date

    @property
    def day(self) -> date | None:
        """The first day on which something is due."""
        days = [clock.due_on for clock in (self.adopt_by, self.review_by) if clock] + ([self.next_check] if self.next_check else [])
        return min(days, default=None)

    @property
    def is_late(self) -> bool:
        return self.day is not None and self.day < self.on

    @property
    def words(self) -> str:
        """How it stands, in a few words."""
        if self.adopt_by:
            return str(_("nog vast te stellen"))
        if self.has_no:
            return str(_("iemand is niet akkoord"))
        if self.waits_for:
            return str(_("wacht op een akkoord"))
        if self.plan.state == State.DRAFT:
            return str(_("wordt aangepast"))
        if self.plan.state == State.AGREED:
            return str(_("kan beginnen"))
        return str(_("loopt"))


def lines(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> list[Line]:
    """Of everybody whose plan this person may read, by the name of the pupil; a fixed number of questions."""
    on = timezone.localdate(at)
    rows = may(actor, Plan, Verb.READ, at=at).filter(kind=Kind.DEVELOPMENT).exclude(state=State.EVALUATED)
    rows = rows.filter(pupil=pupil) if pupil else rows
    plans = list(rows.select_related("pupil").order_by("pupil__sort_name", "pk"))
    looked: dict[UUID, list[Evaluation]] = {}
    for one in may(actor, Evaluation, Verb.READ, at=at).filter(plan__in=plans).only("plan_id", "evaluated_at"):
        looked.setdefault(one.plan_id, []).append(one)
    versions = may(actor, PlanVersion, Verb.READ, at=at).filter(plan__in=plans).order_by("number")
    newest = {plan: agreed_as or number for plan, number, agreed_as in versions.values_list("plan_id", "number", "body__agreed_as")}
    answers = list(may(actor, PlanAgreement, Verb.READ, at=at).filter(plan__in=plans).values_list("plan_id", "version", "answer"))
    made = []
    for plan in plans:
        mine = [answer for of, version, answer in answers if of == plan.pk and version == newest.get(plan.pk)]
        adopt_by = adopt_clock(plan.clock_from_on, on=on) if plan.clock_from_on and plan.pk not in newest else None
        check = next_check(plan) if plan.state == State.RUNNING else None
        made.append(Line(plan, adopt_by, review_of(plan, looked.get(plan.pk, []), on=on), check, mine.count("asked"), "no" in mine, on))
    return made


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of support plans waits for this pupil or guardian."""

    asked: tuple[PlanAgreement, ...]
    heard: tuple[Plan, ...]


def waiting_for_me(actor: Membership) -> Waiting:
    """A yes or no that was asked, and a plan about which the pupil may say something."""
    asked = may(actor, PlanAgreement, Verb.ANSWER).filter(answer=PlanAgreement.Answer.ASKED, plan__kind=Kind.DEVELOPMENT)
    asked = asked.filter(plan__in=may(actor, Plan, Verb.READ), plan__state__in=(State.AGREED, State.RUNNING)).select_related(
        "pupil", "plan"
    )
    return Waiting(tuple(asked.order_by("asked_at")), tuple(to_be_heard(actor)))


def to_be_heard(actor: Membership) -> QuerySet[Plan]:
    """The plans about which the school asked this pupil in Kring; also one that is still being written, of which nothing is shown."""
    if Role(actor.role) is not Role.PUPIL:
        return Plan.objects.none()
    mine = may(actor, Plan, Verb.WRITE, of=Record.HEARING).filter(kind=Kind.DEVELOPMENT, shown_to_pupil_at__isnull=False)
    return mine.exclude(state=State.EVALUATED).order_by("made_at")


def my_words(actor: Membership, plan: Plan) -> list[Hearing]:
    """What I wrote myself, with what was done with it."""
    return list(may(actor, Hearing, Verb.READ).filter(plan=plan, heard_by=None).order_by("-heard_at"))


def version_asked(actor: Membership, asked: PlanAgreement) -> PlanVersion | None:
    """The newest version to which this answer belongs."""
    versions = may(actor, PlanVersion, Verb.READ).filter(plan=asked.plan_id).order_by("-number")
    return next((one for one in versions if one.body.get("agreed_as") == asked.version), None)


def versions_of(actor: Membership, plan: Plan) -> list[PlanVersion]:
    """The newest first."""
    return list(may(actor, PlanVersion, Verb.READ).filter(plan=plan).select_related("made_by__person").order_by("-number"))


def saved_at(plan: Plan, part: Part) -> datetime:
    """When this part was last saved; of a part that never was, when the plan was made."""
    said = plan.parts.get(SAVED, {}).get(part.value)
    return datetime.fromisoformat(said) if said else plan.made_at


def check_heard(sheet: Sheet, moment: Moment) -> None:
    """Since the last version, or since the last evaluation. Raises HearingMissing, NothingDoneWithIt."""
    since = [one.made_at for one in sheet.versions[:1]] if moment is not Moment.EVALUATION else []
    since += [one.evaluated_at for one in sheet.evaluations[:1]] if moment is Moment.EVALUATION else []
    lately = [one for one in sheet.hearings if one.moment == moment and (not since or one.heard_at > since[0])]
    if not lately:
        raise HearingMissing
    if any(one.said and not one.done_with for one in lately):
        raise NothingDoneWithIt
