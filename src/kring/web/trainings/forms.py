"""What people fill in about a training."""

from collections.abc import Hashable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.consents import PUPIL
from kring.core.trainings import FEWEST, HIGHEST, LOWEST, MOST, Topic
from kring.library import interventions
from kring.web.day_fields import day_field
from kring.web.edited import ReadField
from kring.web.schools.models import Group, Pupil
from kring.web.trainings.actions import Planned, Transfer
from kring.web.trainings.models import Training, TrainingPlace
from kring.web.trainings.queries import Voice


class TrainingForm(forms.Form):
    """A new one, or one that changes."""

    title = forms.CharField(label=_("Hoe heet de training?"), max_length=120)
    topic = forms.ChoiceField(label=_("Waar gaat het over?"), choices=Training.Topic.choices)
    trainer = forms.ChoiceField(
        label=_("Wie van school geeft of begeleidt de training?"),
        help_text=_("Geeft iemand van buiten de training? Kies dan wie van school meekijkt."),
    )
    outside = forms.CharField(label=_("Komt er iemand van buiten? Wie of welke organisatie?"), max_length=120, required=False)
    intervention = forms.ChoiceField(label=_("Hoort er een idee uit de catalogus bij?"), required=False)
    group = forms.ChoiceField(label=_("Is het voor een hele klas? Welke?"), required=False)
    most = forms.IntegerField(label=_("Hoeveel leerlingen kunnen er hoogstens meedoen?"), min_value=FEWEST, max_value=MOST, initial=8)
    starts_on = day_field(_("Eerste dag"))
    ends_on = day_field(_("Laatste dag"))
    is_confidential = forms.BooleanField(
        label=_("Besloten: alleen de begeleider en de intern begeleider zien wie er meedoet"),
        required=False,
        help_text=_("Bij rouw en bij ouders die uit elkaar gaan is dat altijd zo. Ook de eigen leerkracht ziet dan niets."),
    )

    read = ReadField()

    def __init__(
        self, *args: Any, trainers: Sequence[tuple[str, str]], classes: Sequence[Group], is_new: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["read"]
        ideas = [(one.key, one.title) for one in interventions()]
        self.fields["trainer"].choices = [("", _("Kies iemand van school")), *trainers]  # type: ignore[attr-defined]
        self.fields["intervention"].choices = [("", _("Nee")), *ideas]  # type: ignore[attr-defined]
        self.fields["group"].choices = [("", _("Nee")), *((str(one.pk), one.name) for one in classes)]  # type: ignore[attr-defined]

    def planned(self) -> Planned:
        """What was filled in, as the action takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "read"}
        group = given.pop("group")
        given["topic"], given["trainer"] = Topic(given["topic"]), UUID(given["trainer"])
        return Planned(**given, group=UUID(group) if group else None)


def as_filled(row: Training) -> dict[str, Any]:
    """The training as it stands."""
    named = {name: getattr(row, name) for name in ("title", "topic", "outside", "intervention", "most", "starts_on", "ends_on")}
    keys = {"trainer": str(row.trainer_id), "group": str(row.group_id or "")}
    return {**named, **keys, "is_confidential": row.is_confidential, "read": row.edited_at}


class PlaceForm(forms.Form):
    """Who takes part, and what for."""

    pupil = forms.ChoiceField(label=_("Leerling"))
    goal = forms.CharField(
        label=_("Wat wil de leerling leren? Het liefst in eigen woorden"),
        max_length=300,
        help_text=_("Bijvoorbeeld: “Ik durf een vraag te stellen in de kring.”"),
    )

    def __init__(self, *args: Any, pupils: Sequence[Pupil], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in pupils}
        names = ((key, str(one)) for key, one in self.by_key.items())
        self.fields["pupil"].choices = [("", _("Kies een leerling")), *names]  # type: ignore[attr-defined]

    def chosen(self) -> Pupil:
        return self.by_key[self.cleaned_data["pupil"]]


class SessionForm(forms.Form):
    """One meeting."""

    day = day_field(_("Op welke dag?"))
    about = forms.CharField(label=_("Wat gaat u doen?"), max_length=200, required=False)


class AgreementForm(forms.Form):
    """One of those whose yes is needed, and when it was said."""

    guardian = forms.ChoiceField(label=_("Wie zei ja?"), widget=forms.RadioSelect)
    agreed_on = day_field(_("Op welke dag?"))

    def __init__(self, *args: Any, voices: Sequence[Voice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guardian"].choices = [(one.key, one.name) for one in voices]  # type: ignore[attr-defined]

    def who(self) -> Hashable:
        """The key of a guardian, or the pupil."""
        given = self.cleaned_data["guardian"]
        return PUPIL if given == TrainingPlace.ONESELF else UUID(given)


class LevelsForm(forms.Form):
    """Before and after, from nought to ten."""

    before = forms.IntegerField(label=_("Vooraf, van 0 tot 10"), min_value=LOWEST, max_value=HIGHEST, required=False)
    after = forms.IntegerField(label=_("Na afloop, van 0 tot 10"), min_value=LOWEST, max_value=HIGHEST, required=False)


class TransferForm(forms.Form):
    """What stays of it in class, on the playground, at home."""

    where = forms.CharField(
        label=_("Waar gebruikt de leerling dit?"), max_length=300, help_text=_("Bijvoorbeeld in de klas, op het plein of thuis.")
    )
    who = forms.CharField(label=_("Wie helpt eraan denken?"), max_length=120)
    looked_on = day_field(_("Op welke dag keek u of het lukt?"))
    seen = forms.CharField(label=_("Wat zag u?"), max_length=300, required=False)

    def said(self) -> Transfer:
        given = self.cleaned_data
        return Transfer(given["where"], given["who"], given["looked_on"], given["seen"])


class ClosingForm(forms.Form):
    """What came of it."""

    closing = forms.CharField(
        label=_("Wat leverde de training op?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
