"""Planning a talk, preparing it, and telling what was said."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.core.gatherings import PREPARATION, Bridge
from kring.web.day_fields import day_field
from kring.web.edited import ReadField
from kring.web.gatherings.actions import NewAgreement, Planned, Points, Told
from kring.web.gatherings.models import Gathering, GatheringSeat, TalkReport
from kring.web.gatherings.queries import OF_FAMILY, seat_name
from kring.web.gatherings.words import POINTS
from kring.web.page import hat_label
from kring.web.schools.models import Guardian, Membership
from kring.web.signals.models import Signal

OF_PUPIL = [kind for kind in Gathering.Kind if kind in OF_FAMILY or kind is Gathering.Kind.COLLEAGUES]
LONG = 6000


def clock_field(label: Any) -> forms.TimeField:
    """A time of the day."""
    return forms.TimeField(label=label, initial=time(15, 30), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def colleague_choices(colleagues: Sequence[Membership]) -> list[tuple[str, str]]:
    """By name and function."""
    return [(str(hat.pk), f"{hat.person}, {hat_label(hat)}") for hat in colleagues]


class PlanForm(forms.Form):
    """Why, when, with whom, in which order, and who interprets."""

    kind = forms.ChoiceField(label=_("Wat voor gesprek is het?"), choices=[(kind.value, kind.label) for kind in OF_PUPIL])
    purpose = forms.CharField(
        label=_("Wat is het doel?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In gewone woorden: dit staat ook op de uitnodiging."),
    )
    day = day_field(_("Op welke dag?"))
    clock = clock_field(_("Hoe laat?"))
    with_pupil = forms.BooleanField(label=_("De leerling is erbij"), required=False)
    guardians = forms.MultipleChoiceField(
        label=_("Welke ouders vraagt u?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Hier staat wie het gezag heeft."),
    )
    colleagues = forms.MultipleChoiceField(label=_("Welke collega’s zijn erbij?"), required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label=_("Wie nog meer?"),
        max_length=300,
        required=False,
        help_text=_("Bijvoorbeeld een oma of een begeleider. Zet een komma tussen twee mensen."),
    )
    first_with = forms.ChoiceField(
        label=_("Eerst met de leerling, of meteen samen?"),
        choices=[("", _("Er zijn geen ouders bij")), *Gathering.First.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    first_why = forms.CharField(label=_("Waarom in die volgorde?"), max_length=300, required=False)
    bridge_kind = forms.ChoiceField(
        label=_("Wie tolkt er?"),
        choices=Gathering.Bridge.choices,
        initial=Gathering.Bridge.NONE,
        widget=forms.RadioSelect,
        help_text=_("De leerling, een broer of een zus tolkt niet: een kind hoort dan dingen die niet voor kinderen zijn."),
    )
    bridge = forms.CharField(label=_("Naam van de tolk, of van de dienst"), max_length=120, required=False)
    read = ReadField()

    def __init__(self, *args: Any, guardians: Sequence[Guardian], colleagues: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parents = {str(one.pk): one for one in guardians}
        self.members = {str(one.pk): one for one in colleagues}
        self.fields["guardians"].choices = [(key, str(one)) for key, one in self.parents.items()]  # type: ignore[attr-defined]
        self.fields["colleagues"].choices = colleague_choices(colleagues)  # type: ignore[attr-defined]
        self.fields["read"].required = False
        if not guardians:
            self.fields["guardians"].help_text = _("Er is nog geen ouder met gezag vastgelegd.")

    def planned(self, *, signal: Signal | None = None, plan_key: UUID | None = None) -> Planned:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return Planned(
            kind=Gathering.Kind(given["kind"]),
            purpose=given["purpose"],
            planned_at=timezone.make_aware(datetime.combine(given["day"], given["clock"])),
            with_pupil=given["with_pupil"],
            guardians=[self.parents[key] for key in given["guardians"]],
            colleagues=[self.members[key] for key in given["colleagues"]],
            others=[name.strip()[:80] for name in given["others"].split(",") if name.strip()],
            first_with=given["first_with"],
            first_why=given["first_why"].strip(),
            bridge_kind=Bridge(given["bridge_kind"]),
            bridge=given["bridge"].strip(),
            signal=signal,
            plan_key=plan_key,
        )


def as_planned(row: Gathering, seats: Sequence[GatheringSeat]) -> dict[str, Any]:
    """The form as the row says it now."""
    moment = timezone.localtime(row.planned_at)
    return {
        "kind": row.kind,
        "purpose": row.purpose,
        "day": timezone.localdate(row.planned_at),
        "clock": moment.time(),
        "with_pupil": any(seat.pupil_id for seat in seats),
        "guardians": [str(seat.guardian_id) for seat in seats if seat.guardian_id],
        "colleagues": [str(seat.membership_id) for seat in seats if seat.membership_id],
        "others": ", ".join(seat.name for seat in seats if seat.name),
        "first_with": row.first_with,
        "first_why": row.first_why,
        "bridge_kind": row.bridge_kind,
        "bridge": row.bridge,
    }


class PreparationForm(forms.Form):
    """The ten points: thought about, and a note that stays in the school."""

    read = ReadField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, point in enumerate(PREPARATION, 1):
            title, question = POINTS[point]
            self.fields[f"done_{point}"] = forms.BooleanField(label=str(title), help_text=str(question), required=False)
            self.fields[f"note_{point}"] = forms.CharField(
                label=_("Aantekening bij punt %(number)s") % {"number": number},
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 1}),
            )

    def points(self) -> Points:
        """Point by point, as the action takes it."""
        given = self.cleaned_data
        return {point.value: (given[f"done_{point}"], given[f"note_{point}"].strip()) for point in PREPARATION}


def as_prepared(row: Gathering) -> dict[str, Any]:
    """The form as the row says it now."""
    kept: Mapping[str, Sequence[Any]] = row.preparation
    found: dict[str, Any] = {}
    for point in PREPARATION:
        found[f"done_{point}"], found[f"note_{point}"] = kept.get(point.value, (False, ""))
    return found


class ReportForm(forms.Form):
    """Who came, what was said, and the pupil's own words."""

    came = forms.MultipleChoiceField(label=_("Wie was erbij?"), required=False, widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(
        label=_("Wat is er besproken?"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Begin met wat goed gaat. Schrijf zo dat de leerling en de ouders het mogen lezen."),
    )
    pupil_words = forms.CharField(
        label=_("Wat zei de leerling zelf?"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In eigen woorden."),
    )
    no_words_because = forms.CharField(
        label=_("Staat er niets van de leerling zelf? Waarom niet?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    read = ReadField()

    def __init__(self, *args: Any, seats: Sequence[GatheringSeat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {str(seat.pk): seat.pk for seat in seats}
        self.fields["came"].choices = [(str(seat.pk), seat_name(seat)) for seat in seats]  # type: ignore[attr-defined]
        self.fields["read"].required = False

    def told(self) -> Told:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        came: Collection[Any] = {self.seats[key] for key in given["came"]}
        return Told(came, given["text"], given["pupil_words"], given["no_words_because"])


class NewWordsForm(ReportForm):
    """The same of a report that is there: who came stays as it was."""

    field_order = ("text", "pupil_words", "no_words_because", "read")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, seats=(), **kwargs)
        del self.fields["came"]

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(frozenset(), given["text"], given["pupil_words"], given["no_words_because"])


def as_told(row: TalkReport) -> dict[str, str]:
    """The form as the row says it now."""
    return {"text": row.text, "pupil_words": row.pupil_words, "no_words_because": row.no_words_because}


class CallOffForm(forms.Form):
    """Why it does not go on."""

    because = forms.CharField(label=_("Waarom gaat het niet door?"), max_length=300)


class AgreementForm(forms.Form):
    """What, who and by when."""

    text = forms.CharField(label=_("Wat is afgesproken?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    colleague = forms.ChoiceField(
        label=_("Wie doet dat?"), required=False, help_text=_("Van een collega wordt het een taak. Iemand anders schrijft u hieronder op.")
    )
    who = forms.CharField(label=_("Iemand anders"), max_length=120, required=False)
    by_on = day_field(_("Voor welke dag?"))

    def __init__(self, *args: Any, colleagues: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(one.pk): one for one in colleagues}
        self.fields["colleague"].choices = [("", _("iemand anders")), *colleague_choices(colleagues)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("colleague") and not given.get("who"):
            self.add_error("who", _("Kies een collega, of schrijf op wie het doet."))
        return given

    def agreement(self) -> NewAgreement:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return NewAgreement(given["text"], given["by_on"], self.members.get(given["colleague"]), given["who"])


class ShowForm(forms.Form):
    """Who may read the report at home."""

    to_pupil = forms.BooleanField(label=_("De leerling mag het verslag in Kring lezen."), required=False)
    to_guardians = forms.BooleanField(label=_("Ouders met gezag mogen het verslag in Kring lezen."), required=False)
