"""A plan is one growing object: of a class, a small trial, a deepened cycle or extra support. It is never copied from form to form."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.core.access import Record
from kring.core.decisions import Outcome
from kring.core.retention import Holding, Retention
from kring.web.columns import values
from kring.web.schools.models import Group, Guardian, Membership, OfSchool, Pupil
from kring.web.signals.models import Signal
from kring.web.understanding.models import Understanding

_PLAN = Holding("to help a pupil or a class, and to see whether it helped", Retention.PUPIL_FILE, Record.PLAN)
_HEARD = Holding("to hear the pupil when a plan is made, changed and evaluated", Retention.PUPIL_FILE, Record.HEARING)
_AGREED = Holding("to know who of the guardians agreed to what will be done", Retention.PUPIL_FILE, Record.PLAN_AGREEMENT)


class Plan(OfSchool):
    """Of one pupil or of a class; `seen_as` is the record of the access table that it is by its kind and state."""

    class Kind(models.TextChoices):
        GROUP = "group", _("groepsplan gedrag")
        ACTIVITY = "activity", _("activiteitenplan van de klas")
        TRIAL = "trial", _("korte interventie")
        DEEPENED = "deepened", _("verdiepte cyclus")
        DEVELOPMENT = "development", _("ontwikkelingsperspectief")

    class State(models.TextChoices):
        DRAFT = "draft", _("concept")
        AGREED = "agreed", _("vastgesteld")
        RUNNING = "running", _("loopt")
        EVALUATED = "evaluated", _("geëvalueerd")

    class Stage(models.TextChoices):
        GROUP_APPROACH = "group_approach", _("in de groepsaanpak")
        SMALL_TRIAL = "small_trial", _("korte interventie")
        DEEPENED = "deepened", _("verdiepte cyclus")
        EXTRA_SUPPORT = "extra_support", _("extra ondersteuning")
        OTHER_SETTING = "other_setting", _("andere plek")

    class Layer(models.TextChoices):
        BASIC = "basic", _("basisondersteuning")
        BASIC_PLUS = "basic_plus", _("basisplus")
        EXTRA = "extra", _("extra ondersteuning")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("pupil", "group", "kind", "seen_as", "state", "stage", "support_layer", "has_legal_label", "title", "starts_on", "ends_on"),
            *("understanding", "previous", "because", "parts", "version", "made_by", "made_at", "edited_at", "agreed_at", "evaluated_at"),
            *("clock_from_on", "shown_to_pupil_at", "shown_to_guardians_at", "signal", "first_steps", "first_steps_because"),
            *("signed_version", "signed_by", "signed_at"),
        ),
        _PLAN,
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, related_name="plans")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="plans")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    seen_as = models.CharField(max_length=12)  # groupplan, intervention, plandraft or plan
    state = models.CharField(max_length=10, choices=State.choices)
    stage = models.CharField(max_length=16, choices=Stage.choices)
    support_layer = models.CharField(max_length=10, choices=Layer.choices)
    has_legal_label = models.BooleanField(default=False)  # whether the law calls it extra support; never follows from the layer
    title = models.CharField(max_length=120)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    understanding = models.ForeignKey(Understanding, on_delete=models.PROTECT, null=True, related_name="plans")
    signal = models.ForeignKey(Signal, on_delete=models.SET_NULL, null=True, related_name="plans")  # what it began with
    first_steps = models.JSONField(default=list)  # keys of core.signals.FirstStep, said when nobody had said them of this pupil before
    first_steps_because = models.CharField(max_length=300, blank=True)  # why they were passed over
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="next_plans")
    because = models.CharField(max_length=300, blank=True)  # why a step in the line was passed over
    parts = models.JSONField(default=dict)  # part of core.plans -> text
    version = models.PositiveSmallIntegerField(default=1)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    evaluated_at = models.DateTimeField(null=True)
    clock_from_on = models.DateField(null=True)  # the day on which the six weeks of the law begin
    shown_to_pupil_at = models.DateTimeField(null=True)
    shown_to_guardians_at = models.DateTimeField(null=True)
    signed_version = models.PositiveSmallIntegerField(null=True)  # the version that the leader looked through
    signed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pupil=None) ^ Q(group=None), name="plan_of_a_pupil_or_a_group"),
            models.UniqueConstraint("school", "group", condition=Q(kind="group", state="running"), name="one_group_plan_runs"),
        ]


class PlanVersion(OfSchool):
    """A plan as it was when it was agreed upon; never changed."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("plan", "number", "body", "reason", "made_by", "made_at"), _PLAN)

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    body = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "plan", "number", name="plan_version_once")]


class Cluster(OfSchool):
    """Pupils with one educational need, on a level of prevention, and how they are helped."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("plan", "prevention_level", "need", "goal", "approach", "until_on", "partner", "escalation", "place", "edited_at"), _PLAN
    )

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="clusters")
    prevention_level = models.PositiveSmallIntegerField()  # 1 all, 2 some, 3 a few
    need = models.CharField(max_length=200)
    goal = models.CharField(max_length=300, blank=True)
    approach = models.TextField(blank=True)
    until_on = models.DateField(null=True)
    partner = models.CharField(max_length=200, blank=True)  # from outside, or why none: asked on level 3
    escalation = models.TextField(blank=True)  # what is done when it gets worse
    place = models.PositiveSmallIntegerField(default=0)
    edited_at = models.DateTimeField()

    class Meta:
        ordering = ("prevention_level", "place", "id")


class ClusteredPupil(OfSchool):
    """A pupil in a cluster; in several perhaps, once in each."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("cluster", "pupil"), _PLAN)

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="clustered")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="clustered")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "cluster", "pupil", name="clustered_pupil_once")]


class Goal(OfSchool):
    """What will be seen when it worked, on five levels written before the start."""

    class Level(models.TextChoices):
        PUPIL = "pupil", _("leerling")
        GROUP = "group", _("groep")
        STAFF_SCHOOL = "staff_school", _("leerkracht en school")
        FAMILY = "family", _("gezin")

    class Unit(models.TextChoices):
        RATING = "rating", _("een cijfer van 0 tot en met 10")
        COUNT = "count", _("hoe vaak het gebeurt")

    class Type(models.TextChoices):
        SKILL = "skill", _("een vaardigheid leren")
        MOTIVATION = "motivation", _("motivatie")
        RELATION = "relation", _("de band tussen leerkracht en leerling")
        SURROUNDINGS = "surroundings", _("een (tijdelijke) verandering in de omgeving")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *(
                "plan",
                "level",
                "type",
                "text",
                "own_words",
                "own_words_by_text",
                "levels",
                "start_level",
                "measure",
                "unit",
                "higher_is_better",
                "target",
            ),
            *("by_on", "owner", "met_at", "place"),
        ),
        _PLAN,
    )

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    level = models.CharField(max_length=14, choices=Level.choices)
    type = models.CharField(max_length=14, choices=Type.choices)
    text = models.CharField(max_length=300)
    own_words = models.TextField(blank=True)  # of the pupil
    own_words_by_text = models.CharField(max_length=120, blank=True)  # who wrote them down, when not the pupil
    levels = models.JSONField(default=dict)  # -2 to 2 -> text
    start_level = models.SmallIntegerField(default=-1)
    measure = models.CharField(max_length=120, blank=True)  # what is counted or rated, by whom, when
    unit = models.CharField(max_length=6, choices=Unit.choices, default=Unit.RATING)
    higher_is_better = models.BooleanField(default=True)
    target = models.FloatField(null=True)
    by_on = models.DateField(null=True)
    owner = models.CharField(max_length=120, blank=True)
    met_at = models.DateTimeField(null=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("place", "id")


class Step(OfSchool):
    """What is done: by whom, where, how often; of a colleague it is a task."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *(
                "plan",
                "goal",
                "text",
                "entry",
                "core_steps",
                "owner",
                "executor",
                "executor_kind",
                "where",
                "times_a_week",
                "hours",
                "level",
            ),
            *("starts_on", "ends_on", "done_at", "place"),
        ),
        _PLAN,
    )

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, related_name="steps")
    text = models.CharField(max_length=300)
    entry = models.CharField(max_length=80, blank=True)  # of content/catalogue
    core_steps = models.JSONField(default=list)
    owner = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")  # a colleague, who gets a task
    executor = models.CharField(max_length=120)
    executor_kind = models.CharField(max_length=20, blank=True)
    where = models.CharField(max_length=120, blank=True)
    times_a_week = models.PositiveSmallIntegerField(null=True)
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    level = models.CharField(max_length=14, choices=Goal.Level.choices, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("place", "id")


class Mark(OfSchool):
    """One tap: done today, or not; with how many of the core steps."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("plan", "step", "on", "is_done", "core_steps_done", "marked_by", "marked_at"), _PLAN
    )

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="marks")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, null=True, related_name="marks")
    on = models.DateField()
    is_done = models.BooleanField()
    core_steps_done = models.PositiveSmallIntegerField(null=True)
    marked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()


class Point(OfSchool):
    """One measured value of a goal, before, during or after."""

    class Phase(models.TextChoices):
        BASELINE = "baseline", _("vooraf")
        SUPPORT = "support", _("tijdens")
        FADING = "fading", _("afbouw")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("goal", "on", "phase", "value", "observer", "entered_by", "entered_at"), _PLAN
    )

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="points")
    on = models.DateField()
    phase = models.CharField(max_length=10, choices=Phase.choices)
    value = models.FloatField()
    observer = models.CharField(max_length=120, blank=True)
    entered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("on", "entered_at")


class Evaluation(OfSchool):
    """Of the execution and of the effect, apart; with the pupil's view, what Kring proposed and what people decided."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *(
                "plan",
                "carried_out",
                "quality",
                "effect",
                "levels",
                "checks",
                "pupil_view",
                "pupil_words",
                "pupil_words_by",
                "guardians_view",
                "guardians_words",
            ),
            *("partner_words", "proposal", "decision", "reason", "next_on", "evaluated_by", "evaluated_at"),
        ),
        _PLAN,
    )

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="evaluations")
    carried_out = models.TextField()
    quality = models.PositiveSmallIntegerField(null=True)  # 1 to 4
    effect = models.TextField(blank=True)
    levels = models.JSONField(default=dict)  # goal -> level reached
    checks = models.JSONField(default=dict)  # of core.trials.VisualCheck -> what a person saw in the graph
    pupil_view = models.CharField(max_length=10, blank=True)
    pupil_words = models.TextField(blank=True)
    pupil_words_by = models.CharField(max_length=120, blank=True)  # who wrote them down, when not the pupil
    guardians_view = models.CharField(max_length=10, blank=True)
    guardians_words = models.TextField(blank=True)
    partner_words = models.TextField(blank=True)
    proposal = models.JSONField(default=dict)  # what core.decisions proposed, and on what
    decision = models.CharField(max_length=20, choices=values(Outcome))
    reason = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    evaluated_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    evaluated_at = models.DateTimeField()

    class Meta:
        ordering = ("-evaluated_at",)


class TransferCheck(OfSchool):
    """Whether a skill was used in class, on the playground, at home."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("plan", "setting", "on", "was_used", "told_by", "entered_by", "entered_at"), _PLAN
    )

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="transfer_checks")
    setting = models.CharField(max_length=20)
    on = models.DateField()
    was_used = models.BooleanField()
    told_by = models.CharField(max_length=120, blank=True)
    entered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()


class Hearing(OfSchool):
    """What the pupil said when the plan was drafted, changed or evaluated, and what was done with it."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("plan", "pupil", "moment", "form", "said", "done_with", "not_because", "heard_by", "heard_at"), _HEARD
    )

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="hearings")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="hearings")
    moment = models.CharField(max_length=10)  # draft, change, evaluation
    form = models.CharField(max_length=20)
    said = models.TextField(blank=True)
    done_with = models.TextField(blank=True)
    not_because = models.CharField(max_length=300, blank=True)
    heard_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")  # none: the pupil wrote it
    heard_at = models.DateTimeField()


class PlanAgreement(OfSchool):
    """The yes or no of one guardian (or of the pupil, of age) to what will be done, of one version."""

    class Answer(models.TextChoices):
        ASKED = "asked", _("nog geen antwoord")
        YES = "yes", _("akkoord")
        NO = "no", _("niet akkoord")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("plan", "pupil", "guardian", "version", "answer", "asked_at", "asked_by", "method", "answered_at", "note"), _AGREED
    )

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="agreements")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="plan_agreements")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=6, choices=Answer.choices, default=Answer.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
