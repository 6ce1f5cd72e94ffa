"""Three questions, in the words of who answers: to a child, to a parent, or to a colleague who writes down."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.edited import ReadField
from kring.web.understanding.models import Voice
from kring.web.understanding.voices.actions import Words

LONGEST = 3000
TO_CHILD: Mapping[str, tuple[Any, Any]] = {
    "overview": (_("Hoe gaat het met je op school?"), _("Wat vind je leuk? Wat gaat goed? Wat is lastig?")),
    "insight": (_("Hoe komt dat, denk je?"), _("Je hoeft het niet zeker te weten.")),
    "outlook": (_("Wat zou jij graag willen?"), _("Wat helpt jou? Wie mag jou helpen?")),
}
TO_GUARDIAN: Mapping[str, tuple[Any, Any]] = {
    "overview": (_("Hoe gaat het met uw kind, volgens u?"), _("Wat gaat goed, wat is lastig? Thuis, op school en daarbuiten.")),
    "insight": (_("Hoe verklaart u dat?"), _("Wat speelt er volgens u mee? Wat weet u dat de school misschien niet weet?")),
    "outlook": (_("Wat wenst u voor uw kind?"), _("Wat zou helpen, en wat kunt u of iemand uit uw omgeving daarin doen?")),
}
TO_COLLEAGUE: Mapping[str, tuple[Any, Any]] = {
    "overview": (_("Overzicht: wat gebeurt er?"), _("Feiten, eerst wat goed gaat. Schrijf op wat er gezegd of gezien is.")),
    "insight": (_("Inzicht: hoe is dat te verklaren?"), _("Vul eerst het overzicht in.")),
    "outlook": (_("Uitzicht: wat is de wens of het doel?"), _("Wat willen wij over een half jaar zien?")),
}


class VoiceForm(forms.Form):
    """Overview, insight and outlook."""

    overview = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    insight = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    outlook = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, asked: Mapping[str, tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (question, hint) in asked.items():
            self.fields[name].label, self.fields[name].help_text = question, hint

    def words(self) -> Words:
        return Words(**self.cleaned_data)


class WriteDownForm(VoiceForm):
    """Carries when it was read: two colleagues may write down one talk."""

    read = ReadField()

    def words(self) -> Words:
        return Words(*(self.cleaned_data[name] for name in TO_COLLEAGUE))


def told(voice: Voice) -> dict[str, str]:
    """What stands there now."""
    return {"overview": voice.overview, "insight": voice.insight, "outlook": voice.outlook}


class AskForm(forms.Form):
    """Whose words are asked."""

    whose = forms.ChoiceField(label=_("Wie vraagt u om eigen woorden?"))

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [("", _("Kies wie")), *people]  # type: ignore[attr-defined]
