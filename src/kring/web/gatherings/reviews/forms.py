"""The day and the agenda, the class, and what is decided about a pupil."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.core.gatherings import Decision
from kring.web.day_fields import day_field
from kring.web.edited import ReadField
from kring.web.gatherings.forms import clock_field, colleague_choices
from kring.web.gatherings.models import DiscussedPupil
from kring.web.gatherings.reviews.actions import Decided
from kring.web.gatherings.reviews.queries import OWN, spoken
from kring.web.schools.models import Membership, Pupil


class ReviewForm(forms.Form):
    """When, about whom, and with which colleagues."""

    day = day_field(_("Op welke dag?"))
    clock = clock_field(_("Hoe laat?"))
    pupils = forms.MultipleChoiceField(
        label=_("Welke leerlingen bespreekt u?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Wat er bij staat, is een voorstel. U kiest."),
    )
    colleagues = forms.MultipleChoiceField(label=_("Welke collega’s zijn erbij?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, pupils: Sequence[Pupil], because: Mapping[UUID, Sequence[str]], colleagues: Sequence[Membership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.because = because
        self.members = {str(one.pk): one for one in colleagues}
        self.known = {str(one.pk): one.pk for one in pupils}
        self.fields["pupils"].choices = [(str(one.pk), self._named(one)) for one in pupils]  # type: ignore[attr-defined]
        self.fields["colleagues"].choices = colleague_choices(colleagues)  # type: ignore[attr-defined]

    def _named(self, one: Pupil) -> str:
        why = spoken(self.because.get(one.pk, ()))
        return f"{one} ({why})" if why else str(one)

    def planned_at(self) -> datetime:
        """The moment."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"]))

    def chosen(self) -> dict[UUID, list[str]]:
        """Who is on it and why."""
        return {self.known[key]: list(self.because.get(self.known[key], [OWN])) for key in self.cleaned_data["pupils"]}

    def with_whom(self) -> list[Membership]:
        """The colleagues."""
        return [self.members[key] for key in self.cleaned_data["colleagues"]]


class ClassForm(forms.Form):
    """The class, before any pupil."""

    last_plan = forms.CharField(
        label=_("Hoe ging het laatste plan voor de klas?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wat werkte, wat niet? Was er nog geen plan, schrijf dat dan op."),
    )
    about_class = forms.CharField(
        label=_("Wat heeft de klas nodig?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wat is er aan de hand in de hele groep, en wat kan helpen? Maak niet één kind de oorzaak."),
    )
    read = ReadField()


class DecisionForm(forms.Form):
    """One of four, why, who and by when."""

    decision = forms.ChoiceField(label=_("Wat besluit u?"), choices=DiscussedPupil.Decision.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Waarom?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    who = forms.ChoiceField(label=_("Wie doet het?"), required=False, help_text=_("Het komt bij de taken van die collega te staan."))
    by_on = day_field(_("Voor of tot welke dag?"), required=False)

    def __init__(self, *args: Any, colleagues: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(one.pk): one for one in colleagues}
        self.fields["who"].choices = [("", _("niemand in het bijzonder")), *colleague_choices(colleagues)]  # type: ignore[attr-defined]

    def decided(self) -> Decided:
        """As the action takes it."""
        given = self.cleaned_data
        return Decided(Decision(given["decision"]), given["reason"], self.members.get(given["who"]), given["by_on"])
