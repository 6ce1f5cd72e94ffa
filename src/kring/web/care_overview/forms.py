"""What of the overview somebody wants to see."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.care_overview.queries import KINDS, Wanted

ORDERS = (("day", _("wat te laat is eerst, dan op dag")), ("whom", _("naam")), ("group", _("groep")))


class OverviewForm(forms.Form):
    """Everything may be left out: then it is everything, what is late first."""

    kind = forms.ChoiceField(label=_("Soort"), required=False)
    group = forms.ChoiceField(label=_("Groep"), required=False)
    order = forms.ChoiceField(label=_("Volgorde"), choices=ORDERS, required=False)
    late = forms.BooleanField(label=_("Alleen wat te laat is"), required=False)

    def __init__(self, *args: Any, groups: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("alles")), *((kind.key, kind.title) for kind in KINDS)]  # type: ignore[attr-defined]
        self.fields["group"].choices = [("", _("alle groepen")), *((str(key), name) for key, name in groups)]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What cannot be read is left out."""
        said = self.cleaned_data if self.is_valid() else {}
        group = said.get("group")
        return Wanted(said.get("kind") or "", UUID(group) if group else None, bool(said.get("late")), said.get("order") or "day")
