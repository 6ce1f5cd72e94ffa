"""The sentence with its coach, and what is said afterwards. Kept locked while it is typed: it is nobody else's."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kring.core.support_needs import Help
from kring.web.page import hat_label
from kring.web.schools.models import Membership
from kring.web.support_needs.actions import Asked

HELPS = {
    Help.THINK_ALONG: _("iemand die meedenkt"),
    Help.LOOK_IN_CLASS: _("iemand die meekijkt in de klas"),
    Help.TRY_TOGETHER: _("samen iets uitproberen"),
    Help.LEARN: _("iets leren: een boek, een cursus, een voorbeeld"),
    Help.TIME: _("tijd of handen in de klas"),
    Help.BE_HEARD: _("mijn verhaal kwijt kunnen"),
}


class _CoachField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.person}, {hat_label(obj)}"


class CoachForm(forms.Form):
    """Whom one chooses."""

    coach = _CoachField(label=_("Wie wilt u als coach?"), queryset=None, empty_label=_("Kies een collega"))

    def __init__(self, *args: Any, coaches: "QuerySet[Membership]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coach"].queryset = coaches  # type: ignore[attr-defined]


class NeedForm(CoachForm):
    """The sentence about oneself."""

    sealed = True

    text = forms.CharField(
        label=_("Wat hebt u nodig?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Begin met “Ik wil leren …”, “Ik heb nodig dat …” of “Ik loop vast als …”. Het gaat over u: noem geen leerling."),
    )
    wants = forms.ChoiceField(label=_("Welke hulp past daarbij?"), choices=list(HELPS.items()), widget=forms.RadioSelect)

    field_order = ("text", "wants", "coach")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coach"].required = False
        self.fields["coach"].help_text = _("U kunt dit later doen. Tot die tijd leest niemand anders dit.")

    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(given["text"], Help(given["wants"]), given.get("coach"))


class ReplyForm(forms.Form):
    """What the coach offers."""

    sealed = True

    text = forms.CharField(label=_("Wat biedt u aan?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))


class OutcomeForm(forms.Form):
    """What it brought."""

    sealed = True

    outcome = forms.CharField(
        label=_("Wat heeft het u gebracht?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
