"""Which lists, who, from when until when: one form, in three steps or on one page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kring.core.access import Role
from kring.core.instruments import Instrument
from kring.core.rounds import LEAST_REASON, Window
from kring.web.access_words import ROLES
from kring.web.days import spoken_month
from kring.web.schools.models import Group, School
from kring.web.schools.naming import group_label
from kring.web.surveys.opening.planned import Planned, is_for_groups, is_for_staff

STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "list": ("instrument",),
    "who": ("groups", "roles"),
    "when": ("opens_on", "closes_on", "title"),
}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class RoundForm(forms.Form):
    """Everything that is known of rounds before they are opened. With several lists they share groups and days."""

    use_required_attribute = False  # one goes back without having filled in everything

    instrument = forms.MultipleChoiceField(label=_("Welke lijst?"), widget=forms.CheckboxSelectMultiple)
    groups = forms.MultipleChoiceField(label=_("Welke groepen?"), widget=forms.CheckboxSelectMultiple, required=False)
    roles = forms.MultipleChoiceField(label=_("Welke collega's?"), widget=forms.CheckboxSelectMultiple, required=False)
    opens_on = _day(_("Open vanaf"))
    closes_on = _day(_("Open tot en met"))
    title = forms.CharField(
        label=_("Hoe heet deze afname?"),
        max_length=120,
        required=False,
        help_text=_("Leeg: de naam van de lijst met de maand. Bij meer lijsten tegelijk komt de naam van de lijst erachter."),
    )
    reason = forms.CharField(
        label=_("Waarom doet u het zo?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In minstens %(least)d tekens. Dit komt bij de afname te staan. Noem geen namen van leerlingen."),
    )

    def __init__(
        self,
        *args: Any,
        instruments: Sequence[Instrument],
        groups: Sequence[Group],
        roles: Iterable[Role],
        school: School,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered_lists = {f"{one.key}:{one.version}": one for one in instruments}
        self.offered_groups = {str(group.pk): group for group in groups}
        self.fields["reason"].help_text = self.fields["reason"].help_text % {"least": LEAST_REASON}  # in the language of now
        years = {group.year_id for group in groups}
        self._choose("instrument", [(key, one.title) for key, one in self.offered_lists.items()])
        labels = ((key, group_label(one, school), one.year) for key, one in self.offered_groups.items())
        self._choose("groups", [(key, f"{label} ({year})" if len(years) > 1 else label) for key, label, year in labels])
        self._choose("roles", [(role.value, ROLES[role]) for role in roles])

    def _choose(self, field: str, choices: Sequence[tuple[str, object]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Instrument]:
        """The lists that were ticked, as far as they exist."""
        values = self["instrument"].value() or []
        return [self.offered_lists[key] for key in dict.fromkeys(values) if key in self.offered_lists]

    @property
    def asks_groups(self) -> bool:
        """Whether groups are to be chosen."""
        return any(map(is_for_groups, self.chosen))

    @property
    def asks_staff(self) -> bool:
        """Whether roles are to be chosen."""
        return any(map(is_for_staff, self.chosen))

    def clean(self) -> dict[str, Any]:
        """Groups for what is asked of groups, roles for what is asked of colleagues."""
        if self.asks_groups and not self.cleaned_data.get("groups") and "groups" not in self.errors:
            self.add_error("groups", forms.ValidationError(_("Kies minstens één groep.")))
        if self.asks_staff and not self.cleaned_data.get("roles") and "roles" not in self.errors:
            self.add_error("roles", forms.ValidationError(_("Kies minstens één soort collega.")))
        return self.cleaned_data

    def first_wrong(self, *, before: str = "") -> str:
        """The first step with something wrong, before this one; none: empty."""
        for step, fields in STEPS.items():
            if step == before:
                break
            if any(field in self.errors for field in fields):
                return step
        return ""

    def planned(self) -> list[Planned]:
        """What was filled in, as the action takes it. Raises RoundClosesBeforeItOpens."""
        given = self.cleaned_data
        window = Window(given["opens_on"], given["closes_on"])
        groups = tuple(self.offered_groups[key] for key in given["groups"])
        roles = tuple(Role(key) for key in given["roles"])
        return [Planned(one, self._title(one, window), window, groups, roles, given["reason"]) for one in self.chosen]

    def _title(self, one: Instrument, window: Window) -> str:
        said = self.cleaned_data["title"]
        if said and len(self.chosen) == 1:
            return str(said)
        named = one.title if not said else f"{said}: {one.title}"
        return (named if said else f"{named}, {spoken_month(window.opens_on)}")[:120]


def filled(sent: QueryDict, proposed: Mapping[str, Sequence[str]]) -> QueryDict:
    """What was sent; of steps that nobody did yet, what is proposed. A step that was done stays as it was left, also when that is empty."""
    data = sent.copy()
    done = set(data.getlist("done"))
    for step, fields in STEPS.items():
        for name in fields:
            if step not in done and name not in data:
                data.setlist(name, list(proposed.get(name, ())))
    return data
