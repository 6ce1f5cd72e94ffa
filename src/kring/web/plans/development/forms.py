"""What people fill in about a support plan."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.development_plans import TEXTS, Course, HearingForm, Moment, Part, destinations
from kring.core.plans import Layer
from kring.core.school_types import SchoolType
from kring.web.day_fields import day_field
from kring.web.edited import ReadField
from kring.web.plans.development.actions import GoalSaid, Heard, HelpSaid, Opened, PartSaid
from kring.web.plans.development.agreeing.actions import Answered
from kring.web.plans.development.evaluating.actions import Evaluated
from kring.web.plans.development.queries import PIECES, Sheet, saved_at
from kring.web.plans.first_steps import StepsForm
from kring.web.plans.models import Goal, Plan, Step
from kring.web.templatetags.opp import COURSES, DESTINATIONS, EXECUTORS, FORMS, HINTS, METHODS, MOMENTS, kept_help
from kring.web.templatetags.opp import TEXTS as WORDS
from kring.web.templatetags.plans import WHERE

YES_NO = (("yes", _("ja")), ("no", _("nee")))
LAYERS = (
    (Layer.BASIC.value, _("basisondersteuning")),
    (Layer.BASIC_PLUS.value, _("basisplus")),
    (Layer.EXTRA.value, _("extra ondersteuning")),
)
MOST_CHECKS = 3


def long_text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), **more)


def _layer() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Welke laag van uw samenwerkingsverband is dit?"),
        choices=LAYERS,
        widget=forms.RadioSelect,
        help_text=_("De laag zegt hoe zwaar de hulp is en wie die betaalt."),
    )


def _legal() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Is dit extra ondersteuning volgens de wet?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=_(
            "Dan is een OPP verplicht, en stemmen de ouders in met het handelingsdeel. Dit volgt niet vanzelf uit de laag: u kiest het."
        ),
    )


class OpenForm(StepsForm):
    """Begin: what it is about, from which day the six weeks count, and two things that are not the same."""

    always_asked = ("because",)  # the rule itself says so, in its own words
    title = forms.CharField(label=_("Waar gaat het om, in een paar woorden?"), max_length=120)
    because = forms.CharField(
        label=_("Waarom zonder verdiepte cyclus vooraf?"),
        max_length=300,
        required=False,
        help_text=_("Een OPP begint nooit vanzelf, ook niet na een signaal of op niveau 3. Sla u een stap over, schrijf dan op waarom."),
    )
    layer = _layer()
    legal = _legal()
    clock_from_on = day_field(
        _("Vanaf welke dag tellen de zes weken?"), help_text=_("De dag van inschrijving, of de dag waarop de extra hulp begint.")
    )
    starts_on = day_field(_("Eerste dag van het plan"))
    ends_on = day_field(_("Laatste dag van het plan"))

    def __init__(self, *args: Any, has_before: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_before:
            del self.fields["because"]

    def opened(self) -> Opened:
        given = self.cleaned_data
        days = {name: given[name] for name in ("clock_from_on", "starts_on", "ends_on")}
        label = given["legal"] == "yes"
        why: dict[str, Any] = {"because": given.get("because", ""), "steps": self.said_steps()}
        return Opened(title=given["title"], layer=Layer(given["layer"]), has_legal_label=label, **why, **days)


class PartForm(forms.Form):
    """One part of the plan; what may stay open for now may stay open."""

    read = ReadField()

    def __init__(self, *args: Any, part: Part, sheet: Sheet, kind: SchoolType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part, self.pieces = part, sheet.pieces
        for name in TEXTS[part]:
            self.fields[name] = long_text(WORDS[name], required=False, help_text=HINTS.get(name, ""))
        if part is Part.DESTINATION:
            choices = [("", _("nog niet gekozen")), *((one.value, DESTINATIONS[one]) for one in destinations(kind))]
            self.fields["destination"] = forms.ChoiceField(label=str(WORDS["destination"]), choices=choices, required=False)
        if part is Part.PICTURE and self.pieces:
            self.fields["pieces"] = forms.MultipleChoiceField(
                label=_("Waar rust dit beeld op?"),
                choices=[(one.key, piece_words(one)) for one in self.pieces],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        if part is Part.PERIOD:
            self._days()
        self.order_fields(["title", "layer", "legal", "clock_from_on", "starts_on", "ends_on"])

    def _days(self) -> None:
        self.fields["title"] = forms.CharField(label=_("Waar gaat het om?"), max_length=120)
        self.fields["layer"], self.fields["legal"] = _layer(), _legal()
        self.fields["clock_from_on"] = day_field(_("Vanaf welke dag tellen de zes weken?"))
        self.fields["starts_on"] = day_field(_("Eerste dag van het plan"))
        self.fields["ends_on"] = day_field(_("Laatste dag van het plan"))
        for number in range(1, MOST_CHECKS + 1):
            hint = _("Een plan van meer dan twaalf weken bekijkt u ook tussendoor.") if number == 1 else ""
            label = _("Tussendoor kijken, dag %(number)s") % {"number": number}
            self.fields[f"check_{number}"] = day_field(label, required=False, help_text=hint)

    def said(self) -> PartSaid:
        given, fields = self.cleaned_data, {}
        if self.part is Part.PERIOD:
            fields = {name: given[name] for name in ("title", "clock_from_on", "starts_on", "ends_on")}
            fields |= {"support_layer": given["layer"], "has_legal_label": given["legal"] == "yes"}
        return PartSaid(
            part=self.part,
            texts={name: given[name] for name in TEXTS[self.part]},
            pieces=tuple(given.get("pieces", ())),
            checks=tuple({given[name] for name in given if name.startswith("check_") and given[name]}),
            fields=fields,
        )


def piece_words(piece: Any) -> Any:
    """What a piece is, and of when."""
    words = {
        "understanding": _("Begrijpen"),
        "functionanalysis": _("Gedragsanalyse: %(what)s"),
        "deepened": _("Verdiepte cyclus: %(what)s"),
    }
    what = getattr(piece.row, "behaviour", "") or getattr(piece.row, "title", "")
    return words[piece.words] % {"what": what} if what else words[piece.words]


def filled(plan: Plan, part: Part, sheet: Sheet) -> dict[str, Any]:
    """A part as it stands."""
    said: dict[str, Any] = {name: sheet.texts[name] for name in TEXTS[part]}
    if part is Part.PICTURE and sheet.pieces:
        said["pieces"] = [one.key for one in sheet.pieces if one.key in plan.parts.get(PIECES, [])]
    if part is Part.PERIOD:
        said |= {"title": plan.title, "layer": plan.support_layer, "legal": "yes" if plan.has_legal_label else "no"}
        said |= {"clock_from_on": plan.clock_from_on, "starts_on": plan.starts_on, "ends_on": plan.ends_on}
        said |= {f"check_{number}": day for number, day in enumerate(sheet.checks, start=1)}
    return {**said, "read": saved_at(plan, part)}


class GoalForm(forms.Form):
    """A goal that is tied to no subject."""

    level = forms.ChoiceField(label=_("Bij wie begint de verandering?"), choices=Goal.Level.choices, widget=forms.RadioSelect)
    type = forms.ChoiceField(label=_("Wat voor doel is het?"), choices=Goal.Type.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Wat is het doel?"),
        max_length=300,
        help_text=_(
            "Iets wat u kunt zien of tellen, en dat niet bij één vak hoort. Bijvoorbeeld: “Sem vraagt om hulp voordat hij opstaat.”"
        ),
    )
    measure = forms.CharField(label=_("Hoe ziet u straks of het gelukt is?"), max_length=120)
    own_words = forms.CharField(
        label=_("Hoe zegt de leerling het zelf?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    by_on = day_field(_("Op welke dag moet het zover zijn?"))
    owner = forms.CharField(label=_("Wie houdt dit doel in de gaten?"), max_length=120)

    def goal(self) -> GoalSaid:
        names = ("level", "type", "text", "measure", "own_words", "by_on", "owner")
        return GoalSaid(**{name: self.cleaned_data[name] for name in names})


def filled_goal(goal: Goal) -> dict[str, Any]:
    return {name: getattr(goal, name) for name in ("level", "type", "text", "measure", "own_words", "by_on", "owner")}


class HelpForm(forms.Form):
    """Who does what, where, and for how many hours."""

    what = forms.CharField(label=_("Welke hulp?"), max_length=300)
    executor = forms.CharField(label=_("Wie doet het?"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Wat is die persoon?"), choices=[(one.value, words) for one, words in EXECUTORS.items()], widget=forms.RadioSelect
    )
    where = forms.ChoiceField(label=_("Waar?"), choices=WHERE, widget=forms.RadioSelect)
    hours = forms.DecimalField(
        label=_("Hoeveel uur per week?"),
        min_value=0.1,
        max_value=40,
        max_digits=3,
        decimal_places=1,
        localize=True,
        help_text=_("Een half uur is 0,5."),
    )

    def help(self) -> HelpSaid:
        given = self.cleaned_data
        same = {name: given[name] for name in ("executor", "kind", "where", "hours")}
        return HelpSaid(text=given["what"], **same)


def filled_help(step: Step) -> dict[str, Any]:
    said = kept_help(step)
    return {"what": said["text"], "executor": said["executor"], "kind": said["kind"], "where": said["where"], "hours": step.hours}


class GoalWithHelpForm(HelpForm, GoalForm):
    """A new goal, with the first help for it."""

    @property
    def goal_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in GoalForm.base_fields]

    @property
    def help_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in HelpForm.base_fields]


class HeardForm(forms.Form):
    """The pupil was heard, or could not be."""

    always_asked = ("said",)  # or else why not
    moment = forms.ChoiceField(
        label=_("Bij welk moment?"), choices=[(one.value, words) for one, words in MOMENTS.items()], widget=forms.RadioSelect
    )
    form = forms.ChoiceField(
        label=_("Hoe hoorde u de leerling?"), choices=[(one.value, words) for one, words in FORMS.items()], widget=forms.RadioSelect
    )
    said = long_text(_("Wat zei of liet de leerling zien?"), required=False, help_text=_("Zo veel mogelijk in eigen woorden."))
    done_with = long_text(_("Wat is daarmee gedaan, of waarom niet?"), required=False)
    not_because = forms.CharField(label=_("Kon het niet? Waarom niet?"), max_length=300, required=False)

    def heard(self) -> Heard:
        given = self.cleaned_data
        same = {name: given[name] for name in ("said", "done_with", "not_because")}
        return Heard(moment=Moment(given["moment"]), form=HearingForm(given["form"]), **same)


class DoneWithForm(forms.Form):
    """What was done with what the pupil wrote."""

    done_with = long_text(_("Wat is daarmee gedaan, of waarom niet?"))
    moment = forms.ChoiceField(label=_("Bij welk moment hoort het?"), choices=[(one.value, words) for one, words in MOMENTS.items()])


class MyViewForm(forms.Form):
    """The pupil, in own words."""

    said = long_text(_("Wat vind jij? Wat helpt jou, en wat wil je liever niet?"))


class AnswerForm(forms.Form):
    """Yes or no."""

    answer = forms.ChoiceField(
        label=_("Bent u het eens met deze hulp?"),
        choices=(("yes", _("Ja, ik ben akkoord")), ("no", _("Nee, ik ben niet akkoord"))),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Wilt u er iets bij zeggen?"), max_length=300, required=False)

    def answered(self) -> Answered:
        given = self.cleaned_data
        return Answered(is_yes=given["answer"] == "yes", method=given.get("method", "account"), note=given["note"])


class PaperForm(AnswerForm):
    """The same, given on paper or in a talk."""

    method = forms.ChoiceField(
        label=_("Hoe is dit gezegd?"),
        choices=[(key, words) for key, words in METHODS.items() if key != "account"],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = _("Wat was het antwoord?")
        self.fields["answer"].choices = (("yes", _("akkoord")), ("no", _("niet akkoord")))  # type: ignore[attr-defined]
        self.fields["note"].label = _("Wat zei deze persoon erbij?")


class ReasonForm(forms.Form):
    """Why something changes or ends."""

    reason = forms.CharField(label=_("Waarom?"), max_length=300)


class CheckForm(forms.Form):
    """What was seen on a day in between."""

    day = day_field(_("Dag"))
    words = forms.CharField(label=_("Wat ziet u, en gaat het zo verder?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


CheckForm.base_fields["day"].widget = forms.HiddenInput()


class EvaluationForm(forms.Form):
    """Execution and effect apart; then what others say, and what is decided."""

    carried_out = long_text(_("Hoe is het uitgevoerd?"), help_text=_("Wat lukte, wat niet, en waardoor?"))
    quality = forms.TypedChoiceField(
        label=_("Hoe goed lukte het om het te doen zoals bedoeld?"),
        choices=((1, _("niet")), (2, _("soms")), (3, _("meestal")), (4, _("steeds"))),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    effect = long_text(_("Wat ziet u bij de leerling?"), help_text=_("Kijk naar de doelen. Dit staat los van hoe het is uitgevoerd."))
    partner_words = long_text(_("Wat zegt de deskundige van buiten?"), required=False, help_text=_("In eigen woorden, met de naam erbij."))
    guardians_words = long_text(_("Wat zeggen de ouders?"), required=False)
    course = forms.ChoiceField(
        label=_("Wat besluit u samen?"), choices=[(one.value, words) for one, words in COURSES.items()], widget=forms.RadioSelect
    )
    reason = long_text(_("Waarom?"))
    asked_for = long_text(
        _("Wat vraagt u dan, en waarom kan het hier niet?"),
        required=False,
        help_text=_("Alleen bij een andere plek. Zo kan een aanvraag ermee beginnen."),
    )
    next_on = day_field(_("Wanneer kijkt u opnieuw?"), help_text=_("Uiterlijk over een jaar."))

    def evaluated(self) -> Evaluated:
        given = self.cleaned_data
        return Evaluated(**{**given, "course": Course(given["course"])})


def usual_days(today: date) -> dict[str, date]:
    """From today; the plan ends a year later."""
    return {"clock_from_on": today, "starts_on": today, "ends_on": today + timedelta(weeks=40)}
