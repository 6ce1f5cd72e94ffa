"""A box for every colleague and every group."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django import forms

from kring.web.schools.models import Assignment, Group, Membership


class DivisionForm(forms.Form):
    """By colleague the groups that are ticked; `shown` is what they had when the page was made."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, hats: Sequence[Membership], groups: Sequence[Group], turns: Sequence[Assignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hats, self.groups = list(hats), {str(group.pk): group for group in groups}
        self.turns = {(turn.membership_id, str(turn.group_id)): turn for turn in turns}
        self.fields["shown"].initial = self.fingerprint
        for hat in self.hats:
            has = [key for key in self.groups if (hat.pk, key) in self.turns]
            self.fields[f"hat-{hat.pk}"] = forms.MultipleChoiceField(
                choices=[(key, str(group)) for key, group in self.groups.items()], required=False, initial=has
            )

    @property
    def fingerprint(self) -> str:
        return sha256(repr(sorted((str(hat), group) for hat, group in self.turns)).encode()).hexdigest()

    @property
    def is_of_now(self) -> bool:
        """Whether nobody changed anything since the page was made."""
        return bool(self.cleaned_data["shown"] == self.fingerprint)

    @property
    def rows(self) -> list[tuple[Membership, str, list[tuple[str, Group, bool]]]]:
        """Colleague, name of the field, and by group whether it is ticked."""
        found = []
        for hat in self.hats:
            field = self[f"hat-{hat.pk}"]
            ticked = {str(one) for one in field.value() or ()}
            found.append((hat, field.html_name, [(key, group, key in ticked) for key, group in self.groups.items()]))
        return found

    def _ticked(self) -> set[tuple[Any, str]]:
        return {(hat.pk, key) for hat in self.hats for key in self.cleaned_data[f"hat-{hat.pk}"]}

    def given(self) -> list[tuple[Group, Membership]]:
        """What was ticked and was not."""
        by_key = {hat.pk: hat for hat in self.hats}
        return [(self.groups[key], by_key[hat]) for hat, key in sorted(self._ticked() - {*self.turns}, key=str)]

    def taken(self) -> list[Assignment]:
        """What is no longer ticked."""
        shown = {hat.pk for hat in self.hats}
        return [turn for (hat, key), turn in self.turns.items() if hat in shown and (hat, key) not in self._ticked()]
