"""The safety card, and emergency access."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.glass import SHORTEST_REASON, Remark, Wanted
from kring.web.safety.models import SafetyCard

REMARKS = {
    Remark.NEEDED: _("Terecht: het was nodig"),
    Remark.OTHER_WAY: _("Niet terecht: het had anders gekund"),
    Remark.WRONG_PUPIL: _("Niet terecht: het was de verkeerde leerling"),
    Remark.NO_REASON: _("Niet terecht: er was geen goede reden"),
}


class CardForm(forms.Form):
    """The whole text, and the version that was read."""

    text = forms.CharField(
        label=_("Wat moet een helper meteen weten?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Wat te doen en wat juist niet: bij paniek, een aanval, een allergie. Hooguit 1000 tekens. Leeg: de kaart verdwijnt."),
    )
    read = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    @classmethod
    def of(cls, card: SafetyCard | None, typed: str | None = None) -> "CardForm":
        """The card as it is now; or what somebody typed, to lay over it."""
        newest = {"text": card.text if card else "", "read": card.version if card else 0}
        return cls(initial=newest) if typed is None else cls({**newest, "text": typed})


class GlassForm(forms.Form):
    """Exactly which pupil, and why."""

    given_name = forms.CharField(label=_("Voornaam"), max_length=60, required=False)
    family_name = forms.CharField(label=_("Achternaam"), max_length=80, required=False)
    group = forms.CharField(label=_("Groep of klas"), max_length=30, required=False, help_text=_("Als u de achternaam niet weet."))
    number = forms.CharField(label=_("Of: leerlingnummer"), max_length=60, required=False)
    reason = forms.CharField(
        label=_("Wat is er aan de hand?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Minstens %(least)d tekens. De intern begeleider en de schoolleider lezen dit, "
            "en de functionaris gegevensbescherming beoordeelt het achteraf."
        )
        % {"least": SHORTEST_REASON},
    )

    def wanted(self) -> Wanted:
        """Raises SearchTooWide."""
        return Wanted(**{name: self.cleaned_data[name] for name in ("number", "given_name", "family_name", "group")})


class ReviewForm(forms.Form):
    """One judgement with its reason as a code."""

    remark = forms.ChoiceField(
        label=_("Was dit terecht?"), choices=[(one.value, word) for one, word in REMARKS.items()], widget=forms.RadioSelect
    )

    def judgement(self) -> dict[str, Any]:
        remark = Remark(self.cleaned_data["remark"])
        return {"was_right": remark is Remark.NEEDED, "remark": remark}
