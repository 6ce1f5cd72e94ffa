"""What protects first; what weighs beside it, only as far as the help needs it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.web.understanding.factors.actions import Known
from kring.web.understanding.models import Factor

HALF_A_YEAR = timedelta(days=182)


def _day(label: Any, hint: Any) -> forms.DateField:
    return forms.DateField(label=label, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class FactorForm(forms.Form):
    """A pair. What protects is asked first."""

    protects = forms.CharField(
        label=_("Wat beschermt of helpt?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Een vriend, een hobby, een oma om de hoek, een juf bij wie het kind zich veilig voelt."),
    )
    protects_side = forms.ChoiceField(label=_("Waar zit wat beschermt?"), choices=Factor.Side.choices, widget=forms.RadioSelect)
    weighs = forms.CharField(
        label=_("Wat maakt het kind kwetsbaar?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Alleen wat u nodig hebt om te helpen. Geen vermoeden van mishandeling of verwaarlozing: dat hoort in de meldcode."),
    )
    weighs_side = forms.ChoiceField(
        label=_("Waar zit wat kwetsbaar maakt?"), choices=Factor.Side.choices, required=False, widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=_("Van wie weet u dit?"), max_length=120, help_text=_("Bijvoorbeeld: van moeder, in het gesprek van 3 maart.")
    )
    review_on = _day(
        _("Wanneer kijkt u of dit nog klopt?"), _("Hooguit een jaar. Op die dag gaat het weg, als niemand zegt dat het nog klopt.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].initial = timezone.localdate() + HALF_A_YEAR

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("weighs", "").strip() and not given.get("weighs_side"):
            self.add_error("weighs_side", _("Kies of dit in de leerling of in de omgeving zit."))
        return given

    def known(self) -> Known:
        return Known(**self.cleaned_data)


class KeepForm(forms.Form):
    """Until when it is kept."""

    review_on = _day(_("Wanneer kijkt u weer?"), _("Hooguit een jaar vooruit."))
