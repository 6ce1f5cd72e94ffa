"""What people fill in about a plan of one pupil."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kring.core.both_sides import Side
from kring.core.decisions import Outcome
from kring.core.deepening import Level
from kring.core.small_trials import HIGHEST_COUNT, USUAL_WEEKS, Seen, Unit, tidy
from kring.core.trials import VisualCheck
from kring.library import intervention
from kring.web.day_fields import day_field
from kring.web.edited import ReadField
from kring.web.plans.first_steps import StepsForm
from kring.web.plans.models import Goal
from kring.web.plans.trials.actions import GoalSaid, NewTrial, StepSaid
from kring.web.plans.trials.both_sides import NAMES
from kring.web.plans.trials.measured import GoalSheet
from kring.web.plans.trials.weighing import Decided, Judged
from kring.web.templatetags.plans import OUTCOMES, WHERE

LEVELS = (-2, -1, 0, 1, 2)
LEVEL_WORDS: Mapping[int, Any] = {
    -2: _("Minder goed dan nu, of nog helemaal niet"),
    -1: _("Zo is het nu"),
    0: _("Dit verwachten wij"),
    1: _("Beter dan verwacht"),
    2: _("Veel beter dan verwacht"),
}
SEEN = (
    (Seen.BETTER.value, _("beter")),
    (Seen.SAME.value, _("hetzelfde")),
    (Seen.WORSE.value, _("minder goed")),
    (Seen.UNCLEAR.value, _("niet te zien")),
)
CHECKS: Mapping[VisualCheck, Any] = {
    VisualCheck.LEVEL: _("Ligt het midden tijdens de hulp anders dan ervoor?"),
    VisualCheck.TREND: _("Gaat de lijn tijdens de hulp omhoog of omlaag?"),
    VisualCheck.VARIABILITY: _("Is het rustiger of wisselender geworden?"),
    VisualCheck.IMMEDIACY: _("Zag u al snel na de start verschil?"),
    VisualCheck.OVERLAP: _("Hoeveel metingen liggen nog net als vooraf?"),
    VisualCheck.FIDELITY: _("Ging het beter op dagen dat het wel gebeurde?"),
}
VIEWS = (("agrees", _("Ja, zo verder of afbouwen is goed")), ("objects", _("Nee, liever niet")))


def long_text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **more)


class _Hand(forms.Form):
    """Words of the pupil, and whose hand wrote them."""

    own_words = long_text(_("Hoe zegt de leerling het zelf?"), required=False)
    by_pupil = forms.BooleanField(label=_("De leerling schreef of typte dit zelf."), required=False)
    own_words_by = forms.CharField(label=_("Wie schreef het anders op?"), max_length=120, required=False)


class TrialForm(_Hand):
    """A small trial: what plays a part, the goal, how it is measured, five levels, and what is done."""

    in_pupil = forms.CharField(
        label=_("Wat speelt mee bij de leerling?"),
        max_length=300,
        required=False,
        help_text=_("Wat helpt, en wat het lastig maakt. Bijvoorbeeld: “houdt van bouwen, slaapt nu weinig”."),
    )
    in_surroundings = forms.CharField(
        label=_("Wat speelt mee in de klas, de school of thuis?"),
        max_length=300,
        required=False,
        help_text=_("Bijvoorbeeld: “de pauze is druk, en een vriendin verhuisde”."),
    )
    type = forms.ChoiceField(label=_("Wat voor doel is het?"), choices=Goal.Type.choices, widget=forms.RadioSelect)
    level = forms.ChoiceField(
        label=_("Bij wie begint de verandering?"),
        choices=Goal.Level.choices,
        widget=forms.RadioSelect,
        help_text=_("Denk ook aan de klas, de leerkracht en thuis. Vaak helpt daar iets kleins het meest."),
    )
    text = forms.CharField(
        label=_("Wat is het doel?"),
        max_length=300,
        help_text=_("Iets wat u kunt zien of tellen. Bijvoorbeeld: “Sem vraagt in de grote pauze een kind om mee te spelen.”"),
    )
    measure = forms.CharField(
        label=_("Wat meet u, en wanneer?"),
        max_length=120,
        help_text=_("Steeds dezelfde persoon en hetzelfde moment. Bijvoorbeeld: “hoe vaak Sem vraagt, in de grote pauze”."),
    )
    unit = forms.ChoiceField(label=_("Hoe schrijft u het op?"), choices=Goal.Unit.choices, widget=forms.RadioSelect)
    better = forms.ChoiceField(
        label=_("Wat is beter?"), choices=(("high", _("een hoger getal")), ("low", _("een lager getal"))), widget=forms.RadioSelect
    )
    target = forms.FloatField(label=_("Vanaf welk getal is het doel bereikt?"), min_value=0, max_value=HIGHEST_COUNT, required=False)
    start_level = forms.TypedChoiceField(
        label=_("Waar staat de leerling nu?"),
        choices=((-1, _("zo is het nu (gewoon)")), (-2, _("het laagste: het kan nauwelijks minder"))),
        coerce=int,
        widget=forms.RadioSelect,
    )
    entry = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    what = forms.CharField(label=_("Wat gaat u doen?"), max_length=300)
    core_steps = forms.CharField(
        label=_("Uit welke stappen bestaat het?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Eén stap per regel, hooguit zes. Later vinkt u af hoeveel stappen lukten."),
    )
    executor = forms.CharField(label=_("Wie doet het?"), max_length=120)
    where = forms.ChoiceField(label=_("Waar?"), choices=WHERE, widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("Waarom apart?"),
        max_length=300,
        required=False,
        help_text=_("Alleen nodig bij “apart”. Hulp in de klas gaat voor: daar moet het straks ook lukken."),
    )
    times_a_week = forms.TypedChoiceField(
        label=_("Hoe vaak per week?"), choices=[(number, number) for number in range(1, 6)], coerce=int, widget=forms.RadioSelect
    )
    starts_on = day_field(_("Wanneer begint u?"), help_text=_("Eerst meet u minstens drie keer hoe het nu gaat."))
    ends_on = day_field(_("Wanneer kijkt u of het hielp?"), help_text=_("Na een paar weken, niet langer dan uw school afspreekt."))
    read = ReadField()

    def __init__(self, *args: Any, is_running: bool = False, known: Collection[Side] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read"].required = False
        for side in known:  # written elsewhere: shown, and not asked again
            del self.fields[NAMES[side]]
        for level in LEVELS:
            field = forms.CharField(label=LEVEL_WORDS[level], max_length=200)
            self.fields[_name(level)] = field
        if is_running:  # the goal stands still once the support began
            for name in [*self.fields]:
                if name not in DONE:
                    self.fields[name].disabled = True

    def clean_core_steps(self) -> tuple[str, ...]:
        lines = tuple(line.strip() for line in self.cleaned_data["core_steps"].splitlines() if line.strip())
        if len(lines) > 6:
            raise ValidationError(_("Schrijf hooguit zes stappen op."))
        return lines

    def part(self, *names: str) -> list[forms.BoundField]:
        """Some of the fields, in the order of the page."""
        return [self[name] for name in names]

    @property
    def side_fields(self) -> list[forms.BoundField]:
        return self.part(*(name for name in NAMES.values() if name in self.fields))

    @property
    def goal_fields(self) -> list[forms.BoundField]:
        return self.part("type", "level", "text", "own_words", "by_pupil", "own_words_by")

    @property
    def measure_fields(self) -> list[forms.BoundField]:
        return self.part("measure", "unit", "better", "target")

    @property
    def level_fields(self) -> list[forms.BoundField]:
        return self.part(*map(_name, LEVELS), "start_level")

    @property
    def step_fields(self) -> list[forms.BoundField]:
        return self.part("what", "core_steps", "executor", "where", "because", "times_a_week")

    @property
    def day_fields(self) -> list[forms.BoundField]:
        return self.part("starts_on", "ends_on")

    def new(self) -> NewTrial:
        """What was filled in, as the actions take it."""
        given = self.cleaned_data
        return NewTrial(
            goal=self.goal(),
            step=self.step(),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            because=given["because"],
            parts={name: tidy(given[name]) for name in NAMES.values() if name in given},
        )

    def step(self) -> StepSaid:
        """What is done."""
        given = self.cleaned_data
        same = {name: given[name] for name in ("executor", "where", "times_a_week", "core_steps", "entry")}
        return StepSaid(text=given["what"], **same)

    def goal(self) -> GoalSaid:
        """What it is for."""
        given = self.cleaned_data
        return GoalSaid(
            text=given["text"],
            level=given["level"],
            type=given["type"],
            measure=given["measure"],
            unit=given["unit"],
            levels={level: given[_name(level)] for level in LEVELS},
            start_level=given["start_level"],
            higher_is_better=given["better"] == "high",
            target=given["target"],
            own_words=given["own_words"],
            by_pupil=given["by_pupil"],
            own_words_by_text=given["own_words_by"],
        )


class NewTrialForm(StepsForm, TrialForm):
    """The same, with what comes before a plan."""

    def new(self) -> NewTrial:
        return replace(super().new(), steps=self.said_steps())


DONE = frozenset({"what", "core_steps", "executor", "where", "because", "times_a_week", "entry", "read"})
"""What may still change while a plan runs."""


def _name(level: int) -> str:
    return f"level_{level + 2}"


class IdeasForm(forms.Form):
    """What one looks for in the catalogue; both may stay open."""

    type = forms.ChoiceField(label=_("Wat voor doel?"), choices=[("", _("alle doelen")), *Goal.Type.choices], required=False)
    level = forms.ChoiceField(label=_("Bij wie?"), choices=[("", _("alle niveaus")), *Goal.Level.choices], required=False)


def from_catalogue(key: str) -> dict[str, Any]:
    """An idea as it fills the form; nothing for a key that is not there."""
    found = intervention(key)
    if found is None:
        return {}
    said = {"entry": found.key, "what": found.title, "core_steps": "\n".join(found.core_steps), "times_a_week": found.times_a_week}
    return {**said, "level": found.level.value, "type": found.types[0].value, "where": "home" if found.level is Level.FAMILY else "class"}


class MarkForm(forms.Form):
    """One tap."""

    step = forms.UUIDField(widget=forms.HiddenInput)
    done = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], widget=forms.HiddenInput)
    core_steps_done = forms.IntegerField(min_value=0, max_value=6, required=False)
    on = day_field(_("Welke dag?"), required=False)
    back = forms.ChoiceField(choices=[("", ""), ("home", "home")], required=False, widget=forms.HiddenInput)


class ValueForm(forms.Form):
    """One value of one day, in half a minute."""

    value = forms.FloatField(label=_("Hoeveel?"), min_value=0, max_value=HIGHEST_COUNT)
    on = day_field(_("Op welke dag?"))
    observer = forms.CharField(label=_("Wie keek er?"), max_length=120, required=False)

    def __init__(self, data: Any = None, *, goal: Goal, today: date) -> None:
        super().__init__(data, initial={"on": today}, auto_id=f"id_{goal.pk}_%s")
        rating = goal.unit == Unit.RATING
        self.fields["value"].label = _("Welk cijfer, van 0 tot en met 10?") if rating else _("Hoe vaak?")
        self.fields["on"].widget.attrs["max"] = today.isoformat()


class EvaluationForm(forms.Form):
    """Execution and effect apart, with what pupil and guardians say; then what is decided."""

    always_asked = ("decision", "next_on")  # only after the proposal, and together
    carried_out = long_text(_("Hoe is het uitgevoerd?"), help_text=_("Wat lukte, wat niet, en waardoor?"))
    quality = forms.TypedChoiceField(
        label=_("Hoe goed lukte het om het te doen zoals bedoeld?"),
        choices=((1, _("niet")), (2, _("soms")), (3, _("meestal")), (4, _("steeds"))),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    effect = long_text(_("Wat ziet u bij de leerling?"), required=False, help_text=_("Alleen als het genoeg is uitgevoerd."))
    scored_by_other = forms.BooleanField(label=_("Iemand anders dan de uitvoerder koos het niveau."), required=False)
    pupil_view = forms.ChoiceField(label=_("Wil de leerling dit zo?"), choices=VIEWS, required=False, widget=forms.RadioSelect)
    pupil_words = long_text(_("Wat zegt de leerling zelf?"), required=False)
    by_pupil = forms.BooleanField(label=_("De leerling schreef of typte dit zelf."), required=False)
    pupil_words_by = forms.CharField(label=_("Wie schreef het anders op?"), max_length=120, required=False)
    guardians_view = forms.ChoiceField(
        label=_("Willen de ouders dit zo?"),
        choices=(*VIEWS, ("not-applicable", _("Niet van toepassing: de leerling is 18 of ouder"))),
        required=False,
        widget=forms.RadioSelect,
    )
    guardians_words = long_text(_("Wat zeggen de ouders?"), required=False)
    danger = forms.BooleanField(label=_("Sinds de start is er nieuw gevaar, of gaat het duidelijk slechter."), required=False)
    decision = forms.ChoiceField(
        label=_("Wat besluit u samen?"),
        choices=[(one.value, words) for one, words in OUTCOMES.items()],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = long_text(_("Waarom?"), required=False, help_text=_("Nodig als u iets anders besluit dan Kring voorstelt."))
    next_on = day_field(_("Wanneer kijkt u opnieuw?"), required=False)

    def __init__(self, *args: Any, goals: Sequence[GoalSheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        for number, one in enumerate(goals):
            choices = [("", _("nog niet te zeggen")), *((level, words) for level, words in one.levels)]
            self.fields[f"reached_{number}"] = forms.TypedChoiceField(
                label=_("Waar staat het nu? Doel: %(goal)s") % {"goal": one.goal.text},
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        for check, words in CHECKS.items():
            self.fields[check.value] = forms.ChoiceField(label=words, choices=[("", _("overslaan")), *SEEN], required=False)

    @property
    def execution_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("carried_out", "quality")]

    @property
    def effect_fields(self) -> list[forms.BoundField]:
        reached = [f"reached_{number}" for number in range(len(self.goals))]
        return [self[name] for name in (*(check.value for check in CHECKS), *reached, "scored_by_other", "effect", "danger")]

    @property
    def voice_fields(self) -> list[forms.BoundField]:
        names = ("pupil_view", "pupil_words", "by_pupil", "pupil_words_by", "guardians_view", "guardians_words")
        return [self[name] for name in names]

    @property
    def decision_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("decision", "reason", "next_on")]

    def judged(self) -> Judged:
        given = self.cleaned_data
        reached = {str(one.goal.pk): given[f"reached_{number}"] for number, one in enumerate(self.goals)}
        same = ("carried_out", "quality", "effect", "scored_by_other", "pupil_view", "pupil_words", "by_pupil", "pupil_words_by")
        return Judged(
            **{name: given[name] for name in (*same, "guardians_view", "guardians_words", "danger")},
            levels={key: level for key, level in reached.items() if level is not None},
            checks={check.value: given[check.value] for check in CHECKS if given[check.value]},
        )

    def decided(self) -> Decided | None:
        """None as long as only the proposal was asked for."""
        given = self.cleaned_data
        if not given["decision"] or not given["next_on"]:
            return None
        return Decided(outcome=Outcome(given["decision"]), reason=given["reason"], next_on=given["next_on"])


class ShowForm(forms.Form):
    """After a talk."""

    to_pupil = forms.BooleanField(label=_("Met de leerling besproken: de leerling mag het lezen"), required=False)
    to_guardians = forms.BooleanField(label=_("Met de ouders besproken: de ouders mogen het lezen"), required=False)


def usual_days(today: date, weeks: int = USUAL_WEEKS) -> dict[str, date]:
    """Measured first, then from next Monday for some weeks."""
    monday = today + timedelta(days=7 - today.weekday())
    return {"starts_on": monday, "ends_on": monday + timedelta(weeks=weeks, days=-3)}
