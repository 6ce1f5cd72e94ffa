"""What people fill in when they ask an expert, answer, and report."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kring.core.access import Role
from kring.core.expert_requests import Kind, Step
from kring.web.access_words import ROLES
from kring.web.cases.models import Case
from kring.web.catalogue.models import Organisation
from kring.web.day_fields import day_field
from kring.web.expert_requests.actions import Answered, Asked, Reported
from kring.web.expert_requests.words import KINDS
from kring.web.files.attachments import ACCEPT
from kring.web.plans.models import Plan
from kring.web.schools.models import Membership

YES_NO = (("yes", _("ja")), ("no", _("nee, zonder naam")))


class _CaseField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Case) -> str:
        return obj.purpose


class _PlanField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Plan) -> str:
        return obj.title


class AskForm(forms.Form):
    """A real question, to one organisation, by a day."""

    kind = forms.ChoiceField(label=_("Wat vraagt u?"), choices=[(one.value, word) for one, word in KINDS.items()], widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField[Organisation](
        label=_("Aan welke organisatie?"), queryset=None, empty_label=_("Kies een organisatie")
    )
    question = forms.CharField(
        label=_("Wat is uw vraag?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wat wilt u weten of leren, met een vraagteken. De ouders lezen deze vraag mee, en de leerling vanaf 12 jaar ook."),
    )
    tried = forms.CharField(
        label=_("Wat gaat goed, en wat probeerde u al?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    with_name = forms.ChoiceField(
        label=_("Hoort de organisatie om wie het gaat?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=_("Met naam kan alleen met toestemming. Meekijken, onderzoek en een andere plek kunnen alleen met naam."),
    )
    by_on = day_field(_("Voor welke dag wilt u antwoord?"))
    plan = _PlanField(label=_("Bij welk plan hoort het?"), queryset=None, required=False, empty_label=_("bij geen plan"))
    case = _CaseField(
        label=_("In welke casus leest de adviseur mee?"),
        queryset=None,
        required=False,
        empty_label=_("niet in Kring; ik bel of schrijf zelf"),
        help_text=_("Wie van deze organisatie meedoet aan de casus, leest de vraag en antwoordt hier. Dat stopt met de casus."),
    )

    def __init__(
        self, *args: Any, organisations: "QuerySet[Organisation]", plans: "QuerySet[Plan]", cases: "QuerySet[Case]", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        given = self.cleaned_data
        named = {name: given[name] for name in ("organisation", "question", "tried", "by_on", "plan", "case")}
        return Asked(kind=Kind(given["kind"]), with_name=given["with_name"] == "yes", **named)


class AnswerForm(forms.Form):
    """Yes or no, in a sentence."""

    step = forms.ChoiceField(
        label=_("Kan het?"), choices=((Step.ACCEPT.value, _("ja")), (Step.DECLINE.value, _("nee"))), widget=forms.RadioSelect
    )
    answer = forms.CharField(label=_("In een zin: hoe, of waarom niet?"), max_length=300, required=False)

    def answered(self) -> Answered:
        return Answered(step=Step(self.cleaned_data["step"]), answer=self.cleaned_data["answer"])


class DayForm(forms.Form):
    """The day that was agreed upon."""

    planned_on = day_field(_("Welke dag is afgesproken?"))

    def answered(self) -> Answered:
        return Answered(step=Step.PLAN, planned_on=self.cleaned_data["planned_on"])


class ReportForm(forms.Form):
    """What came of it."""

    text = forms.CharField(
        label=_("Wat zag of hoorde u, en wat raadt u aan?"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Begin met wat goed gaat. Schrijf zo dat de ouders het kunnen lezen."),
    )
    evaluation = forms.CharField(
        label=_("In een zin: hoe ging het samen, en hielp het?"), max_length=300, required=False, help_text=_("Dit is uw eigen oordeel.")
    )
    file = forms.FileField(
        label=_("Verslag als bestand"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text=_("PDF, Word of een foto. Alleen wie is genoemd kan het ophalen, en na twee jaar gaat het weg."),
    )

    def reported(self) -> Reported:
        return Reported(**self.cleaned_data)


class _ReaderField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.person}, {ROLES[Role(obj.role)]}"


class ReaderForm(forms.Form):
    """Who may read the report."""

    reader = _ReaderField(label=_("Wie mag het verslag lezen?"), queryset=None, empty_label=_("Kies een collega"))

    def __init__(self, *args: Any, candidates: "QuerySet[Membership]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].queryset = candidates  # type: ignore[attr-defined]
