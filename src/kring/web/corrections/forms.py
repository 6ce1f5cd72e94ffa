"""To whom a list goes, and how two entries become one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.corrections import MOST_REASON, SHORTEST_REASON
from kring.web.corrections.queries import Side, Standing, clashing_groups, clashing_rounds, newly_seeing
from kring.web.schools.naming import group_label

REASON_HELP = _("In gewone woorden, minstens %(least)d tekens. Dit blijft bij de leerling staan.") % {"least": SHORTEST_REASON}


class MoveForm(forms.Form):
    """Whose list it is, and what went wrong."""

    reason = forms.CharField(label=_("Wat ging er mis?"), max_length=MOST_REASON, help_text=REASON_HELP)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("to", "reason", "seen")

    def __init__(self, *args: Any, choices: Sequence[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {str(one.invitation.pk): one for one in choices}
        named = [(key, self._named(one)) for key, one in self.choices.items()]
        self.fields["to"] = forms.ChoiceField(
            label=_("Bij welke leerling hoort deze lijst?"), choices=[("", gettext("Kies een leerling")), *named]
        )
        self.order_fields(self.field_order)

    @staticmethod
    def _named(one: Standing) -> str:
        said = (
            gettext("%(pupil)s (heeft nog geen lijst)")
            if one.submission is None
            else gettext("%(pupil)s (heeft ook een lijst: die wisselt van plaats)")
        )
        return said % {"pupil": one.invitation.pupil}

    def target(self) -> Standing:
        return self.choices[self.cleaned_data["to"]]


class MergeForm(forms.Form):
    """What is kept of two, why, and that somebody looked at who will see it."""

    reason = forms.CharField(label=_("Hoe weet u dat dit dezelfde leerling is?"), max_length=MOST_REASON, help_text=REASON_HELP)
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, stays: Side, goes: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = clashing_rounds(stays, goes)
        for number, (mine, theirs) in enumerate(self.rounds):
            self.fields[f"list_{number}"] = self._list(mine, theirs)
        if clashing_groups(stays, goes):
            self.fields["group_of"] = self._group(stays, goes)
        if newly_seeing(stays, goes):
            self.fields["agreed"] = forms.BooleanField(
                label=_("Deze mensen mogen alles van deze leerling zien wat zij van hun deel al zagen."), required=False
            )
        self.order_fields([*[name for name in self.fields if name not in {"reason", "agreed", "seen"}], "reason", "agreed", "seen"])

    @staticmethod
    def _list(mine: Standing, theirs: Standing) -> forms.ChoiceField:
        said = gettext("%(answered)d van %(asked)d vragen beantwoord, bij %(number)s")
        choices = [
            (name, said % {"answered": one.answered, "asked": one.asked, "number": one.invitation.pupil.admin_key})
            for name, one in (("stays", mine), ("goes", theirs))
        ]
        label = gettext("%(round)s: welke lijst geldt?") % {"round": mine.invitation.round.title}
        return forms.ChoiceField(
            label=label, choices=choices, widget=forms.RadioSelect, help_text=gettext("De andere lijst wordt bewaard, maar telt niet mee.")
        )

    @staticmethod
    def _group(stays: Side, goes: Side) -> forms.ChoiceField:
        choices = [
            (str(one.pupil.pk), ", ".join(capfirst(group_label(each.group, one.pupil.school)) for each in one.groups))
            for one in (stays, goes)
        ]
        return forms.ChoiceField(label=gettext("In welke groep zit deze leerling nu?"), choices=choices, widget=forms.RadioSelect)

    def lists_of(self) -> list[UUID]:
        """The rounds of which the list of the entry that goes is kept."""
        return [
            mine.invitation.round_id for number, (mine, _theirs) in enumerate(self.rounds) if self.cleaned_data[f"list_{number}"] == "goes"
        ]

    def group_of(self) -> UUID | None:
        chosen = self.cleaned_data.get("group_of")
        return UUID(chosen) if chosen else None
