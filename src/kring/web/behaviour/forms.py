"""What people fill in: a record in three taps, and the four answers."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.core.function_analysis import Question
from kring.web.behaviour import words
from kring.web.behaviour.actions import Seen, Written
from kring.web.behaviour.models import FunctionAnalysis
from kring.web.day_fields import day_field
from kring.web.edited import ReadField


class BeginForm(forms.Form):
    """Which behaviour."""

    behaviour = forms.CharField(
        label=_("Om welk gedrag gaat het?"),
        max_length=200,
        help_text=_(
            "Zo dat iedereen hetzelfde ziet: wat de leerling doet of zegt, zonder te zeggen hoe de leerling is. "
            "Bijvoorbeeld: “loopt van zijn plaats tijdens zelfstandig werken”."
        ),
    )


class RecordForm(forms.Form):
    """One time that it was seen."""

    before_kind = forms.ChoiceField(label=_("Wat gebeurde er vlak ervoor?"), choices=[*words.BEFORES.items()], widget=forms.RadioSelect)
    before = forms.CharField(label=_("In uw woorden, wat ging eraan vooraf?"), max_length=300, required=False)
    behaviour = forms.CharField(
        label=_("Wat deed de leerling?"), max_length=300, help_text=_("Wat u zag of hoorde. Geen namen van andere kinderen.")
    )
    after_kind = forms.ChoiceField(label=_("Wat gebeurde er daarna?"), choices=[*words.AFTERS.items()], widget=forms.RadioSelect)
    after = forms.CharField(label=_("In uw woorden, wat volgde erop?"), max_length=300, required=False)
    place = forms.ChoiceField(label=_("Waar?"), choices=[*words.WHERE.items()])
    day = day_field(_("Welke dag?"))
    clock = forms.TimeField(label=_("Hoe laat?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, data: Any = None, *, behaviour: str, at: datetime) -> None:
        here = timezone.localtime(at)
        now = {"day": timezone.localdate(at), "clock": time(here.hour, here.minute)}
        super().__init__(data, initial={"behaviour": behaviour, "place": "classroom", **now})

    def seen(self) -> Seen:
        """As the actions take it."""
        said = dict(self.cleaned_data)
        moment = timezone.make_aware(datetime.combine(said.pop("day"), said.pop("clock")))
        return Seen(seen_at=moment, **said)


class AnalysisForm(forms.Form):
    """The four answers, and what it may be for; nothing is asked at once."""

    function = forms.ChoiceField(
        label=_("Waar gaat het misschien om?"),
        choices=[("", _("nog geen vermoeden")), *words.FUNCTIONS.items()],
        required=False,
        help_text=_("Een vermoeden, geen uitkomst. Het zegt iets over situaties, niet over hoe de leerling is."),
    )
    hypothesis = forms.CharField(
        label=_("Waar ziet u dat aan, en wat spreekt het tegen?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    read = ReadField()

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        for name, asked in words.QUESTIONS.items():
            self.fields[str(name)] = forms.CharField(
                label=str(asked), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=HINTS[str(name)]
            )

    @property
    def question_fields(self) -> list[forms.BoundField]:
        return [self[one.value] for one in Question]

    @property
    def guess_fields(self) -> list[forms.BoundField]:
        return [self["function"], self["hypothesis"]]

    def written(self) -> Written:
        given = self.cleaned_data
        answers = {one.value: given[one.value] for one in Question}
        return Written(answers=answers, function=given["function"], hypothesis=given["hypothesis"])


HINTS = {
    Question.KNOWN.value: _("Ook wat goed gaat, en wanneer het juist níet gebeurt."),
    Question.FACTORS.value: _("Denk aan de taak, de plek, het moment, de groep en wat wij zelf doen."),
    Question.LEARNED.value: _("Hieronder staat hoe eerdere plannen afliepen."),
    Question.FURTHER.value: _("Wat veranderen wij in de situatie, wat leren wij aan, en hoe reageren wij?"),
}


def as_filled(analysis: FunctionAnalysis) -> dict[str, Any]:
    """The analysis as it stands."""
    names = (*(one.value for one in Question), "function", "hypothesis")
    return {**{name: getattr(analysis, name) for name in names}, "read": analysis.edited_at}
