"""What somebody types in a group plan: the period, the part for the class, a cluster, a move, why, and how it went."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.group_plans import DEFAULT_LAYERS, EVERY_LEVEL
from kring.core.phases import PhaseNames
from kring.core.plans import SHORTEST_REASON
from kring.core.small_trials import LONGEST_TRIAL, SHORTEST_TRIAL, TrialWeeks
from kring.library.directions import DirectionText, With, newest
from kring.web.day_fields import day_field
from kring.web.edited import ReadField
from kring.web.plans.groups.actions import Begin, ClusterText, Habits, Judged, Move
from kring.web.plans.groups.queries import Person
from kring.web.plans.groups.suggesting import Proposed
from kring.web.plans.models import Cluster, Plan
from kring.web.results.choosing.queries import years_of
from kring.web.schools.models import Group, Pupil, School
from kring.web.templatetags.plans import PHASES

WEEKS = 12  # a period, when nobody chooses another
DAY = {"type": "date"}
LEVELS = ((2, _("niveau 2: kort en gericht, met een einddatum")), (3, _("niveau 3: zwaarder, met een partner van buiten")))
DECISIONS = (
    ("continue", _("Doorgaan: het helpt, en het is nog nodig")),
    ("adapt", _("Aanpassen: het helpt nog niet genoeg")),
    ("stop", _("Stoppen: het doel is bereikt")),
)
QUALITY = ((4, _("helemaal zoals afgesproken")), (3, _("grotendeels")), (2, _("voor een deel")), (1, _("bijna niet")))


class BeginForm(forms.Form):
    """For which period, and whether the last plan is where one begins."""

    starts_on = day_field(_("Eerste dag"))
    ends_on = day_field(_("Laatste dag"))
    goes_on = forms.BooleanField(
        label=_("Begin met de tekst van het vorige plan"),
        required=False,
        help_text=_("U past aan wat u in die tijd leerde. Een plan dat woord voor woord hetzelfde zegt, kunt u niet vaststellen."),
    )

    def __init__(self, data: Any = None, *, group: Group, earlier: Plan | None, today: date) -> None:
        first = max(today, group.year.starts_on)
        last = max(first + timedelta(days=1), min(first + timedelta(weeks=WEEKS), group.year.ends_on))
        super().__init__(data, initial={"starts_on": first, "ends_on": last})
        if earlier is None:
            del self.fields["goes_on"]

    def begin(self, *, title: str) -> Begin:
        given = self.cleaned_data
        return Begin(title, given["starts_on"], given["ends_on"], given.get("goes_on", False))


class ClassPartForm(forms.Form):
    """Section 1: what is done with everybody, and what a substitute must know."""

    class_part = forms.CharField(
        label=_("Wat doen we met de hele groep?"),
        required=False,
        max_length=4000,
        help_text=_("Sfeer, regels, hoe leerlingen met elkaar leren omgaan. Dit is niveau 1, en het belangrijkste deel van het plan."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    works = forms.CharField(
        label=_("Wat werkt goed in deze groep?"),
        required=False,
        max_length=2000,
        help_text=_("In gewone woorden: een invaller leest dit op het bureaublad."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    programme = forms.MultipleChoiceField(
        label=_("Wat oefent de hele groep?"),
        required=False,
        help_text=_("Uit de lijst van Kring. Plannen, onthouden en volhouden oefent een groep vanaf groep 1."),
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = day_field(_("Eerste dag"))
    ends_on = day_field(_("Laatste dag"))
    read = ReadField()

    def __init__(self, data: Any = None, *, plan: Plan, group: Group) -> None:
        super().__init__(data, initial={**said_of_class(plan), "read": plan.edited_at})
        self.fields["programme"].choices = programme_choices(group)  # type: ignore[attr-defined]

    def texts(self) -> dict[str, object]:
        given = self.cleaned_data
        return {"class": given["class_part"], "works": given["works"], "programme": given["programme"]}

    def period(self) -> tuple[date, date]:
        return self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]


def said_of_class(plan: Plan) -> dict[str, Any]:
    """What the plan says now, by the fields of the form."""
    parts = plan.parts
    told = {"class_part": parts.get("class", ""), "works": parts.get("works", ""), "programme": list(parts.get("programme", ()))}
    return {**told, "starts_on": plan.starts_on, "ends_on": plan.ends_on}


def programme_choices(group: Group) -> list[Any]:
    """For a whole class of this age: first what exercises planning, remembering and keeping on."""
    fitting = [one for one in newest() if With.CLASS in one.levels and _of_age(one, years_of(group))]
    functions = [(one.key, one.title) for one in fitting if "task_approach" in one.scales]
    others = [(one.key, one.title) for one in fitting if "task_approach" not in one.scales]
    return [(_("Plannen, onthouden en volhouden (executieve functies)"), functions), (_("Samen leven en leren"), others)]


def _of_age(entry: DirectionText, years: Iterable[int]) -> bool:
    low, high = entry.year_levels
    return any(low <= year <= high for year in years)


class ClusterForm(forms.Form):
    """One need, how it is met, until when, and by whom from outside."""

    need = forms.CharField(
        label=_("Wat hebben deze leerlingen nodig?"),
        max_length=200,
        help_text=_("Bijvoorbeeld: “korte opdrachten, en vooraf weten wat er komt”. Dus niet wat er mis is."),
    )
    level = forms.TypedChoiceField(label=_("Op welk niveau?"), choices=LEVELS, coerce=int, widget=forms.RadioSelect, initial=2)
    pupils = forms.MultipleChoiceField(
        label=_("Welke leerlingen?"),
        required=False,
        help_text=_("Een leerling mag bij meer behoeften staan. Leeg mag ook."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-in-columns"}),
    )
    goal = forms.CharField(label=_("Wat ziet u aan het eind?"), required=False, max_length=300)
    approach = forms.CharField(
        label=_("Wat doen we, en hoe vaak?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    until_on = day_field(_("Tot en met"), required=False, help_text=_("Op niveau 2 altijd: die hulp is kort en gericht."))
    partner = forms.CharField(
        label=_("Welke partner van buiten denkt mee?"),
        required=False,
        max_length=200,
        help_text=_("Op niveau 3: wie, of waarom niemand nodig is."),
    )
    escalation = forms.CharField(
        label=_("Wat doet u als het erger wordt?"),
        required=False,
        max_length=2000,
        help_text=_("Op niveau 3: wie belt wie, en wat gebeurt er dezelfde dag."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    read = ReadField()

    def __init__(self, data: Any = None, *, people: Sequence[Person], row: Cluster | None = None, inside: Sequence[str] = ()) -> None:
        super().__init__(data, initial={**said_of_cluster(row, inside), "read": row.edited_at} if row else {})
        self.fields["pupils"].choices = [(one.key, one.name) for one in people]  # type: ignore[attr-defined]
        if row is None:
            del self.fields["read"]

    def text(self) -> ClusterText:
        return ClusterText(**{name: value for name, value in self.cleaned_data.items() if name not in {"pupils", "read"}})


def said_of_cluster(row: Cluster, inside: Sequence[str]) -> dict[str, Any]:
    """What the cluster says now, by the fields of the form."""
    told = {name: getattr(row, name) for name in ("need", "goal", "approach", "until_on", "partner", "escalation")}
    return {"need": told.pop("need"), "level": row.prevention_level, "pupils": list(inside), **told}


class MoveForm(forms.Form):
    """`pupil` is “cluster.pupil”, as it stands on the card: from which cluster, or from none; `to` is the cluster, or empty."""

    pupil = forms.CharField(max_length=80)
    to = forms.CharField(required=False, max_length=40)
    also = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, clusters: Mapping[str, Cluster], pupils: Mapping[str, Pupil]) -> None:
        super().__init__(data)
        self.clusters, self.pupils = clusters, pupils

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        start, _dot, pupil = given.get("pupil", "").rpartition(".")
        known = pupil in self.pupils and (not start or start in self.clusters)
        if not known or (given.get("to") and given["to"] not in self.clusters):
            raise forms.ValidationError(_("Deze leerling of dit cluster staat niet meer in het plan."))
        return {**given, "start": start, "key": pupil}

    def move(self) -> Move:
        given = self.cleaned_data
        return Move(self.pupils[given["key"]], self.clusters.get(given["start"]), self.clusters.get(given["to"]), given["also"])


class ProposalForm(forms.Form):
    """Which proposals are taken over; all of them, unless somebody unticks."""

    taken = forms.MultipleChoiceField(label=_("Wat neemt u over?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, proposed: Sequence[Proposed]) -> None:
        super().__init__(data)
        self.proposed = proposed
        self.fields["taken"].choices = [(one.key, one.need) for one in proposed]  # type: ignore[attr-defined]

    def chosen(self) -> list[Proposed]:
        return [one for one in self.proposed if one.key in self.cleaned_data["taken"]]


class BecauseForm(forms.Form):
    """Why a step is taken that asks a reason; without such a step it may stay empty."""

    because = forms.CharField(
        label=_("Waarom toch?"),
        required=False,
        max_length=300,
        help_text=_("Alleen nodig als Kring erom vraagt: het vorige plan is niet geëvalueerd, of veel leerlingen staan op niveau 3."),
    )


class AgreeForm(BecauseForm):
    """Carries when the plan was read."""

    read = ReadField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read"].required = False


class ReasonForm(forms.Form):
    """Why a running plan was changed."""

    reason = forms.CharField(label=_("Wat is er veranderd, en waarom?"), max_length=300, min_length=SHORTEST_REASON)


class EvaluationForm(forms.Form):
    """First what was done, then whether it helped."""

    carried_out = forms.CharField(label=_("Wat is er van het plan gedaan?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    quality = forms.TypedChoiceField(label=_("Zoals afgesproken?"), choices=QUALITY, coerce=int, widget=forms.RadioSelect)
    effect = forms.CharField(
        label=_("Wat is er veranderd, en waaraan ziet u dat?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    decision = forms.ChoiceField(label=_("Wat doen we nu?"), choices=DECISIONS, widget=forms.RadioSelect)

    def judged(self) -> Judged:
        return Judged(**self.cleaned_data)


class LayersForm(forms.Form):
    """Which level of prevention belongs to which support layer of the region."""

    def __init__(self, data: Any = None, *, school: School) -> None:
        super().__init__(data)
        for level in EVERY_LEVEL:
            chosen = school.layer_of_level.get(str(level), DEFAULT_LAYERS[level].value)
            self.fields[f"level_{level}"] = forms.ChoiceField(
                label=_("Niveau %(level)s") % {"level": level}, choices=Plan.Layer.choices, initial=chosen
            )

        self.fields["least_weeks"] = forms.IntegerField(
            label=_("Hoe kort mag een korte interventie zijn, in weken?"),
            initial=school.trial_least_weeks,
            min_value=SHORTEST_TRIAL,
            max_value=LONGEST_TRIAL,
        )
        self.fields["most_weeks"] = forms.IntegerField(
            label=_("Hoe lang mag een korte interventie zijn, in weken?"),
            initial=school.trial_most_weeks,
            min_value=SHORTEST_TRIAL,
            max_value=LONGEST_TRIAL,
        )
        self.fields["phase_names"] = forms.ChoiceField(
            label=_("Hoe noemt uw school de stappen?"),
            choices=[(key.value, ", ".join(map(str, words))) for key, words in PHASES.items()],
            initial=school.phase_names,
            widget=forms.RadioSelect,
        )

    def habits(self) -> Habits:
        """Raises TrialBoundsOutside."""
        given = self.cleaned_data
        return Habits(self.layers(), TrialWeeks(given["least_weeks"], given["most_weeks"]), PhaseNames(given["phase_names"]))

    def layers(self) -> dict[str, str]:
        return {str(level): self.cleaned_data[f"level_{level}"] for level in EVERY_LEVEL}
