"""The new groups, where each year level goes, who goes another way, and from which minute."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.year_change import LEAVES, LONGEST_NAME, OPEN, NewGroup, Plan, Reason, Way, next_key
from kring.web.schools.models import Membership
from kring.web.year_change.actions import Wanted
from kring.web.year_change.queries import Going, Stream
from kring.web.year_change.words import REASONS

BLANK_ROWS = 3
LEVELS = range(1, 13)
Choices = list[tuple[str, Any]]


class _Versioned(forms.Form):
    """Over the version that was read."""

    read = forms.IntegerField(widget=forms.HiddenInput)

    def differences(self) -> list[tuple[str, str]]:
        """What now stands in the plan where this form says something else: by the label of the field."""
        changed = [name for name in self.changed_data if name != "read"]
        return [(str(self.fields[name].label), _shown(self.fields[name], self.initial.get(name))) for name in changed]


def _shown(field: forms.Field, value: object) -> str:
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value or "", value or "–"))


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The fields of one new group."""

    name: BoundField
    levels: BoundField
    teacher: BoundField
    duo: BoundField
    is_new: bool


class GroupsForm(_Versioned):
    """Every new group with its name, year levels and teachers; an emptied name takes a group away, a blank row makes one."""

    def __init__(self, *args: Any, plan: Plan, teachers: Iterable[Membership], **kwargs: Any) -> None:
        self.plan, self.hats = plan, [("", _("Nog niemand")), *((str(hat.pk), str(hat.person)) for hat in teachers)]
        self.keys = [*(one.key for one in plan.groups), *_new_keys(plan)]
        kwargs["initial"] = {**kwargs.get("initial", {}), **_initial(plan)}
        super().__init__(*args, **kwargs)
        known = {one.key: one.name for one in plan.groups}
        for key in self.keys:
            self._add(key, known.get(key, gettext("Nieuwe groep")))

    def _add(self, key: str, name: str) -> None:
        said = {"group": name}
        self.fields[f"name-{key}"] = forms.CharField(label=gettext("Naam van %(group)s") % said, max_length=LONGEST_NAME, required=False)
        self.fields[f"levels-{key}"] = forms.CharField(
            label=gettext("Leerjaren van %(group)s") % said, max_length=30, required=False, widget=forms.TextInput(attrs={"size": 6})
        )
        for field, label in {"teacher": gettext("Leerkracht van %(group)s"), "duo": gettext("Duopartner van %(group)s")}.items():
            self.fields[f"{field}-{key}"] = forms.ChoiceField(label=label % said, choices=self.hats, required=False)

    @property
    def rows(self) -> list[GroupRow]:
        known = {one.key for one in self.plan.groups}
        return [
            GroupRow(self[f"name-{key}"], self[f"levels-{key}"], self[f"teacher-{key}"], self[f"duo-{key}"], key not in known)
            for key in self.keys
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for key in self.keys:
            text = given.get(f"levels-{key}", "")
            if text and not _levels(text):
                self.add_error(f"levels-{key}", _("Schrijf de leerjaren als cijfers, bijvoorbeeld 4 of 4/5."))
        return given

    def groups(self) -> list[NewGroup]:
        """The groups as they are typed, in this order; more than two teachers that were there stay."""
        given = self.cleaned_data
        return [
            NewGroup(key, given[f"name-{key}"].strip(), _levels(given[f"levels-{key}"]), self._teachers(key))
            for key in self.keys
            if given[f"name-{key}"].strip()
        ]

    def _teachers(self, key: str) -> tuple[str, ...]:
        chosen = [self.cleaned_data[f"teacher-{key}"], self.cleaned_data[f"duo-{key}"]]
        more = next((one.teachers[2:] for one in self.plan.groups if one.key == key), ())
        return tuple(dict.fromkeys(hat for hat in (*chosen, *more) if hat))


def _new_keys(plan: Plan) -> list[str]:
    keys: list[str] = []
    for _number in range(BLANK_ROWS):
        more = (NewGroup(key, key, (1,)) for key in keys)
        keys.append(next_key(Plan((*plan.groups, *more), plan.ways, plan.pupils)))
    return keys


def _initial(plan: Plan) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in plan.groups:
        found[f"name-{one.key}"] = one.name
        found[f"levels-{one.key}"] = "/".join(str(level) for level in one.levels)
        found |= {f"{field}-{one.key}": hat for field, hat in zip(("teacher", "duo"), one.teachers)}
    return found


def _levels(text: str) -> tuple[int, ...]:
    """The year levels in a text like 4, 5 or 4/5; none when something else stands in it."""
    parts = [part for part in re.split(r"[\s,/+-]", text) if part]
    if not all(part.isdecimal() and int(part) in LEVELS for part in parts):
        return ()
    return tuple(sorted({int(part) for part in parts}))


class WaysForm(_Versioned):
    """Per year level of an old group: one new group, out of the school, or nobody knows yet."""

    def __init__(self, *args: Any, plan: Plan, streams: Sequence[Stream], **kwargs: Any) -> None:
        self.streams = streams
        kwargs["initial"] = {**kwargs.get("initial", {}), **{one.field: one.to for one in streams}}
        super().__init__(*args, **kwargs)
        for one in streams:
            fitting = [(group.key, group.name) for group in plan.groups if one.level + 1 in group.levels]
            choices: Choices = [(OPEN, _("Nog kiezen")), *fitting, (LEAVES, _("Verlaat de school"))]
            label = gettext("%(group)s, leerjaar %(level)s") % {"group": one.group.name, "level": one.level}
            self.fields[one.field] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def rows(self) -> list[tuple[Stream, BoundField]]:
        return [(one, self[one.field]) for one in self.streams]

    def ways(self) -> dict[tuple[str, int], str]:
        return {(one.group.key, one.level): self.cleaned_data[one.field] for one in self.streams}


@dataclass(frozen=True, slots=True)
class PupilRow:
    """The fields of one pupil."""

    going: Going
    way: BoundField
    on: BoundField
    reason: BoundField
    leaves: bool


class PupilsForm(_Versioned):
    """Of one old group, per pupil: along with the class, or another way."""

    def __init__(self, *args: Any, plan: Plan, listed: Sequence[Going], **kwargs: Any) -> None:
        self.plan, self.listed = plan, listed
        kwargs["initial"] = {**kwargs.get("initial", {}), **_pupil_initial(listed)}
        super().__init__(*args, **kwargs)
        for one in listed:
            self._add(one)

    def _add(self, one: Going) -> None:
        key, name = one.pupil.pk, {"pupil": str(one.pupil)}
        self.fields[f"way-{key}"] = forms.ChoiceField(label=str(one.pupil), choices=ways_of(self.plan, one), required=False)
        self.fields[f"on-{key}"] = _day(gettext("Laatste schooldag van %(pupil)s") % name)
        self.fields[f"reason-{key}"] = forms.ChoiceField(
            label=gettext("Waarom %(pupil)s gaat") % name, choices=[("", _("Geen reden")), *REASONS.items()], required=False
        )

    @property
    def rows(self) -> list[PupilRow]:
        return [
            PupilRow(
                one,
                self[f"way-{one.pupil.pk}"],
                self[f"on-{one.pupil.pk}"],
                self[f"reason-{one.pupil.pk}"],
                self[f"way-{one.pupil.pk}"].value() == LEAVES,
            )
            for one in self.listed
        ]

    def chosen(self) -> dict[str, Way | None]:
        return {str(one.pupil.pk): self._way(str(one.pupil.pk)) for one in self.listed}

    def _way(self, key: str) -> Way | None:
        given = self.cleaned_data[f"way-{key}"]
        if given == LEAVES:
            reason = self.cleaned_data[f"reason-{key}"]
            return Way(LEAVES, 0, self.cleaned_data[f"on-{key}"], Reason(reason) if reason else None)
        return way_of(given)


def _pupil_initial(listed: Iterable[Going]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in listed:
        way = one.destination.way
        if one.is_other:
            found[f"way-{one.pupil.pk}"] = way.to if way.to in {LEAVES, OPEN} else f"{way.to}:{way.level}"
            found[f"on-{one.pupil.pk}"] = way.on
            found[f"reason-{one.pupil.pk}"] = way.reason.value if way.reason else ""
    return found


def ways_of(plan: Plan, one: Going) -> Choices:
    """Where this pupil may go: up, the same year level once more, a level further, or out."""
    level = one.destination.sits.level
    along = plan.ways.get(one.destination.sits.place, OPEN)
    names = {group.key: group.name for group in plan.groups}
    with_class = names.get(along) or (gettext("Verlaat de school") if along == LEAVES else gettext("Nog kiezen"))
    choices: Choices = [("", gettext("%(group)s, met de groep mee") % {"group": with_class})]
    for group in plan.groups:
        choices += [(f"{group.key}:{then}", _said(group, then, level)) for then in (level + 1, level, level + 2) if then in group.levels]
    return [*choices, (LEAVES, _("Verlaat de school"))]


def _said(group: NewGroup, then: int, level: int) -> str:
    said = {"group": group.name, "level": then}
    if then == level:
        return gettext("%(group)s, doet leerjaar %(level)s nog een keer") % said
    return gettext("%(group)s, slaat een jaar over naar leerjaar %(level)s") % said if then > level + 1 else group.name


def way_of(text: str) -> Way | None:
    """A choice as a way; empty is along with the class."""
    key, _colon, level = text.partition(":")
    if not key:
        return None
    return Way(key, int(level)) if level.isdecimal() else Way(key)


class SpreadForm(_Versioned):
    """Deal a class over two or more new groups."""

    groups = forms.MultipleChoiceField(label=_("Over welke groepen?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, plan: Plan, levels: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = {level + 1 for level in levels}
        fitting = [(one.key, one.name) for one in plan.groups if wanted & {*one.levels}]
        self.fields["groups"].choices = fitting  # type: ignore[attr-defined]


class ListForm(_Versioned):
    """Everybody on a pasted list goes to one new group."""

    to = forms.ChoiceField(label=_("Naar welke groep?"))
    numbers = forms.CharField(
        label=_("Leerlingnummers"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Eén nummer op elke regel, zoals in uw administratie."),
    )

    def __init__(self, *args: Any, plan: Plan, levels: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = {level + 1 for level in levels}
        fitting = [(one.key, one.name) for one in plan.groups if wanted & {*one.levels}]
        self.fields["to"].choices = fitting  # type: ignore[attr-defined]


WHEN: Mapping[str, Promise] = {
    "start": _("Aan het begin van het nieuwe schooljaar"),
    "now": _("Nu meteen"),
    "other": _("Op een andere dag en tijd"),
}


class SetForm(_Versioned):
    """From which minute the new groups hold."""

    when = forms.ChoiceField(
        label=_("Vanaf wanneer gelden de nieuwe groepen?"), widget=forms.RadioSelect, choices=[*WHEN.items()], initial="start"
    )
    on = _day(_("Op welke dag?"))
    time = forms.TimeField(
        label=_("Hoe laat?"), required=False, initial=time(0), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    anyway = forms.BooleanField(
        label=_("Toch doorgaan met een afname die nog niet is afgesloten. Alle lijsten zijn binnen, er gaat niets verloren."),
        required=False,
    )

    def __init__(self, *args: Any, starts_at: datetime, with_rounds: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_at = starts_at
        if not with_rounds:
            del self.fields["anyway"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("when") == "other" and not given.get("on") and "on" not in self.errors:
            self.add_error("on", _("Kies de dag."))
        return given

    def wanted(self, *, at: datetime) -> Wanted:
        """The moment; a minute that the clock has twice is the first of both, one that it skips is the moment after."""
        given = self.cleaned_data
        minutes = {"start": self.starts_at, "now": at}
        minute = minutes.get(given["when"]) or timezone.make_aware(datetime.combine(given["on"], given["time"] or time(0)))
        return Wanted(minute, given["read"], bool(given.get("anyway")))
