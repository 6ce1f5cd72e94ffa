"""What a school writes down before pupils are asked what may hurt."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.choice_policies import LEAST_PURPOSE, PolicyKind
from kring.core.sociometry.negatives import LONGEST
from kring.web.choice_policies.actions import Decision
from kring.web.choice_policies.models import ChoicePolicy
from kring.web.page import hat_label
from kring.web.schools.models import Membership


class KindForm(forms.Form):
    """Which questions, as the address says."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in PolicyKind])

    @property
    def asked(self) -> PolicyKind | None:
        """None when the address names none."""
        return PolicyKind(self.cleaned_data["kind"]) if self.is_valid() else None


class DecisionForm(forms.Form):
    """In the order in which a school does it."""

    purpose = forms.CharField(
        label=_("Waarvoor hebt u deze vragen nodig?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In een hele zin, minstens %(least)d letters. Collega's lezen dit. Noem geen namen van leerlingen."),
    )
    guardians_informed_on = forms.DateField(
        label=_("Wanneer hebt u het thuis verteld?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Vóór de eerste dag dat leerlingen de vragen krijgen. Zo kunnen ouders nog zeggen dat hun kind niet meedoet."),
    )
    follow_up = forms.ChoiceField(
        label=_("Wie pakt op wat leerlingen vertellen?"),
        help_text=_("Deze collega kijkt na de afname wie er een gesprek of hulp nodig heeft."),
    )
    kept_days = forms.IntegerField(
        label=_("Hoeveel dagen blijven de losse antwoorden bewaard?"),
        min_value=1,
        max_value=LONGEST,
        initial=LONGEST,
        help_text=_(
            "Hooguit %(most)d dagen na het sluiten. Daarna gooit Kring ze weg; de getelde cijfers blijven. Korter kan altijd, langer niet."
        ),
    )

    def __init__(self, *args: Any, kind: PolicyKind, colleagues: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.colleagues = kind, {str(one.pk): one for one in colleagues}
        named = [(key, f"{one.person}, {hat_label(one)}") for key, one in self.colleagues.items()]
        self.fields["follow_up"].choices = named  # type: ignore[attr-defined]
        for name, facts in (("purpose", {"least": LEAST_PURPOSE}), ("kept_days", {"most": LONGEST})):
            self.fields[name].help_text = self.fields[name].help_text % facts  # in the language of now

    @staticmethod
    def as_decided(row: ChoicePolicy) -> dict[str, Any]:
        """What stands now, to begin with."""
        return {
            "purpose": row.purpose,
            "guardians_informed_on": row.guardians_informed_on,
            "follow_up": str(row.follow_up_id),
            "kept_days": row.kept_days,
        }

    def decision(self) -> Decision:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        colleague = self.colleagues[given["follow_up"]]
        return Decision(self.kind, given["purpose"], given["guardians_informed_on"], colleague, given["kept_days"])
