"""One screen: what was seen; whatever else is known stands below it and may be left out."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.core.signs import SIGNS
from kring.web.day_fields import day_field
from kring.web.signals.models import Signal
from kring.web.signals.noting.seen import Seen
from kring.web.signals.words import FAMILIES, PLACES, SIGN_WORDS, WORRIES

PLACE_CHOICES = [("", _("maakt niet uit")), *((place.value, word) for place, word in PLACES.items())]
FACT = _("Wat zag of hoorde u?")
LONGEST = 2000


def fact_field(*, required: bool = False) -> forms.CharField:
    """The one field that counts."""
    return forms.CharField(
        label=FACT,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3, "data-mirror": ""}),
        help_text=_("Alleen wat er gebeurde, zoals een camera het zag. Geen namen van andere kinderen."),
    )


def signs_field(label: Any) -> forms.MultipleChoiceField:
    """The neutral list; nobody has to pick from it."""
    choices = [(key, SIGN_WORDS[key]) for key in SIGNS]
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class SeenForm(forms.Form):
    """What every screen asks."""

    fact = fact_field()
    place = forms.ChoiceField(label=_("Waar?"), choices=PLACE_CHOICES, required=False)
    day = day_field(_("Welke dag?"))
    clock = forms.TimeField(label=_("Hoe laat?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = timezone.localtime(at)
        self.initial = {"day": timezone.localdate(at), "clock": time(here.hour, here.minute), "worry": 1, "heard": "seen"}

    def seen(self) -> Seen:
        """As the actions take it."""
        said = self.cleaned_data
        moment = timezone.make_aware(datetime.combine(said["day"], said["clock"]))
        return Seen(said["fact"], moment, said["place"], tuple(said.get("signs", ())), **self._more())

    def _more(self) -> dict[str, Any]:
        return {}


class NoteForm(SeenForm):
    """Of a teacher, about an own pupil."""

    signs = signs_field(_("Wat herkent u? Tik aan wat u zag"))
    heard = forms.ChoiceField(label=_("Hoe weet u dit?"), choices=Signal.Heard.choices, widget=forms.RadioSelect)
    worry = forms.TypedChoiceField(label=_("Hoe groot is uw zorg?"), choices=[*WORRIES.items()], coerce=int, widget=forms.RadioSelect)
    interpretation = forms.CharField(
        label=_("Wat denkt u erbij?"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-mirror": ""}),
        help_text=_("Uw eigen gedachte. Die staat straks apart van wat u zag."),
    )
    families = forms.MultipleChoiceField(
        label=_("Waar past het bij?"),
        choices=[(family.value, word) for family, word in FAMILIES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kies dit alleen bij iets wat u hierboven opschreef of aantikte."),
    )
    started_on = day_field(_("Sinds wanneer ziet u dit?"), required=False)

    def _more(self) -> dict[str, Any]:
        said = self.cleaned_data
        kept = {name: said[name] for name in ("heard", "worry", "interpretation", "started_on")}
        return kept | {"families": tuple(said["families"])}


class ClassNoteForm(NoteForm):
    """About pupils of one class, or the class itself."""

    CLASS = "class"

    whom = forms.MultipleChoiceField(
        label=_("Over wie?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kiest u er meer dan één, dan krijgt elk kind een eigen notitie."),
    )
    field_order = ("whom", "fact")

    def __init__(self, *args: Any, pupils: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["whom"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(self.CLASS, _("de hele groep")), *pupils]


class HandInForm(SeenForm):
    """Of whoever works here, about any pupil, in words: nobody is looked up."""

    about = forms.CharField(
        label=_("Over wie gaat het?"),
        max_length=200,
        help_text=_("Een naam, een klas, of hoe het kind eruitziet. U hoeft niets op te zoeken."),
    )
    fact = fact_field(required=True)
    worry = forms.TypedChoiceField(label=_("Hoe groot is uw zorg?"), choices=[*WORRIES.items()], coerce=int, widget=forms.RadioSelect)
    field_order = ("about", "fact")

    def _more(self) -> dict[str, Any]:
        return {"worry": self.cleaned_data["worry"]}
