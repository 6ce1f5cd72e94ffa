"""The steps as a form, the sources to pick from, and whom to ask to look along."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.access import Role
from kring.core.understanding import SourceKind
from kring.web.access_words import ROLES
from kring.web.edited import ReadField
from kring.web.schools.models import Membership
from kring.web.understanding.models import Understanding, UnderstandingSource
from kring.web.understanding.thinking.actions import Picked, Written
from kring.web.understanding.thinking.queries import Choice
from kring.web.understanding.thinking.words import KINDS, OF_CLASS, STEPS

LONGEST = 6000
LONGEST_WORDS = 300


def _text(asked: tuple[Any, Any], *, required: bool = False) -> forms.CharField:
    question, hint = asked
    return forms.CharField(label=question, help_text=hint, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


class StepsForm(forms.Form):
    """What goes well comes first, and is the one thing that nobody skips."""

    goes_well = _text(STEPS["goes_well"], required=True)
    can_be_better = _text(STEPS["can_be_better"])
    not_yet = _text(STEPS["not_yet"])
    works_already = _text(STEPS["works_already"])
    in_pupil = _text(STEPS["in_pupil"])
    in_surroundings = _text(STEPS["in_surroundings"])
    needs = _text(STEPS["needs"])

    def written(self) -> Written:
        return Written({name: text for name, text in self.cleaned_data.items() if name in STEPS})


class ClassStepsForm(forms.Form):
    """The same about a class."""

    goes_well = _text((_("Wat gaat al goed in deze klas?"), STEPS["goes_well"][1]), required=True)
    going_on = _text(OF_CLASS["going_on"])
    helps = _text(OF_CLASS["helps"])
    strong_pupils = _text(OF_CLASS["strong_pupils"])
    prevent = _text(OF_CLASS["prevent"])
    own_strategy = _text(OF_CLASS["own_strategy"])
    instruments = _text(OF_CLASS["instruments"])
    new_approach = _text(OF_CLASS["new_approach"])
    needs = _text((_("Wat heeft deze klas nodig?"), _("Elke behoefte op een eigen regel, als zin: “De klas heeft nodig dat …”.")))

    def written(self) -> Written:
        given = self.cleaned_data
        answers = {name: text for name, text in given.items() if name in OF_CLASS and text.strip()}
        return Written({name: text for name, text in given.items() if name in STEPS}, answers)


class EditStepsForm(StepsForm):
    """Carries what was read."""

    read = ReadField()


class EditClassStepsForm(ClassStepsForm):
    """Carries what was read."""

    read = ReadField()


def said(found: Understanding) -> dict[str, str]:
    """What stands there now, by the names of the form."""
    names = ["goes_well", "needs"] if found.group_id else list(STEPS)
    texts = {name: str(getattr(found, name)) for name in names}
    return texts | {name: str(found.class_questions.get(name, "")) for name in OF_CLASS} if found.group_id else texts


class SourcesForm(forms.Form):
    """What is there is ticked; only what stands nowhere in Kring is written."""

    picked = forms.MultipleChoiceField(
        label=_("Wat ligt er al in Kring?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kies waar u op steunt: minstens twee verschillende soorten. Overtypen hoeft niet, Kring legt de verbinding."),
    )
    colleague = forms.CharField(
        label=_("Wat zag of hoorde een collega?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Alleen als het nog nergens in Kring staat. In een paar woorden, en van wie het komt."),
    )
    activity = forms.CharField(
        label=_("Waarbij zag die collega dat?"),
        required=False,
        max_length=40,
        help_text=_("Bijvoorbeeld bij gym, in de pauze of bij rekenen. Wat u bij meer dan één activiteit ziet, zegt meer."),
    )
    pupil = forms.CharField(
        label=_("Wat zegt de leerling zelf?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In de eigen woorden van het kind, en waar of wanneer het dat zei."),
    )
    read = ReadField()

    def __init__(self, *args: Any, choices: Sequence[Choice], spoken: Any, of_class: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {one.value: one for one in choices}
        options = [(one.value, f"{str(KINDS[one.kind]).capitalize()}: {one.label} ({spoken(one.on)})") for one in choices]
        self.fields["picked"].choices = options  # type: ignore[attr-defined]
        if of_class:
            self.fields["pupil"].label = _("Wat zeggen de leerlingen zelf?")

    def sources(self, *, on: date) -> list[Picked]:
        """What is ticked, and what was written."""
        given = self.cleaned_data
        rows = [self.choices[value] for value in given["picked"]]
        told = [(SourceKind.COLLEAGUE, given["colleague"].strip()), (SourceKind.PUPIL, given["pupil"].strip())]
        during = {SourceKind.COLLEAGUE: given["activity"].strip()}
        linked = [Picked(one.kind, one.on, one.row, activity=one.activity) for one in rows]
        return linked + [Picked(kind, on, words=words, activity=during.get(kind, "")) for kind, words in told if words]


def picked_before(rows: Iterable[UnderstandingSource]) -> dict[str, Any]:
    """As the form shows what was picked before."""
    found: dict[str, Any] = {"picked": []}
    for one in rows:
        if one.row:
            found["picked"].append(f"{one.kind}:{one.row}")
        else:
            found[one.kind] = one.words
            found |= {"activity": one.activity} if one.activity else {}
    return found


class ObserverForm(forms.Form):
    """Whom to ask to look along."""

    whom = forms.TypedChoiceField(
        label=_("Wie vraagt u om mee te kijken?"),
        coerce=UUID,
        help_text=_("De intern begeleider, of wie deze leerlingen eerder in de klas had."),
    )

    def __init__(self, *args: Any, colleagues: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {one.pk: one for one in colleagues}
        options = [(str(key), f"{one.person}, {ROLES[Role(one.role)]}") for key, one in self.colleagues.items()]
        self.fields["whom"].choices = [("", _("Kies een collega")), *options]  # type: ignore[attr-defined]

    def colleague(self) -> Membership:
        return self.colleagues[self.cleaned_data["whom"]]


class SettleForm(forms.Form):
    """Only what was read is settled."""

    read = ReadField()
