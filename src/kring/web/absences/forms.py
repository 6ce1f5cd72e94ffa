"""The grid of a week, what was done in the register, and the rules of the school."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.absence_steps import Step
from kring.core.absences import HIGHEST, LOWEST, MOST_HOURS, MOST_TIMES, Rule, Setting
from kring.web.absences.actions import Line
from kring.web.absences.queries import COUNTS, GroupWeek
from kring.web.day_fields import day_field
from kring.web.days import spoken_number
from kring.web.edited import READ, Both, ReadField
from kring.web.schools.models import Pupil

HOURS = frozenset({"hours_not_allowed", "hours_allowed"})
COLUMNS: Mapping[str, object] = {
    "hours_not_allowed": _("Zonder geldige reden (uren)"),
    "hours_allowed": _("Met geldige reden (uren)"),
    "sick_reports": _("Ziekmeldingen"),
    "sick_days": _("Ziek (dagen)"),
    "late": _("Te laat (keer)"),
    "sent_out": _("Eruit gestuurd (keer)"),
    "same_lesson": _("Zelfde les gemist (keer)"),
}
RULES: Mapping[Rule, object] = {
    Rule.HOURS: _("Uren afwezig zonder geldige reden, in 4 schoolweken"),
    Rule.SICK_REPORTS: _("Ziekmeldingen in 12 schoolweken"),
    Rule.SICK_IN_A_ROW: _("Schooldagen achter elkaar ziek"),
    Rule.LATE: _("Keer te laat in een schooljaar"),
    Rule.LATE_AGAIN: _("Keer te laat in een schooljaar, tweede grens"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One field as the page draws it: by hand, for there are hundreds of them."""

    column: str
    label: str
    name: str
    value: str
    mode: str
    errors: Sequence[str] = ()


class WeekForm(forms.Form):
    """One field for each pupil and column; what stays empty is nought. Made only when something was sent."""

    def __init__(self, *args: Any, week: GroupWeek, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.week = week
        self.fields[READ] = ReadField()
        self.fields[READ].required = False
        for pupil in week.pupils if self.is_bound else ():
            row = week.typed.get(pupil.pk)
            for column in COUNTS:
                field = _field(column, week.school_days)
                field.initial = _typed(getattr(row, column)) if row else None
                self.fields[f"{pupil.pk}:{column}"] = field

    def lines(self) -> list[Line]:
        """Of whom something was typed or changed."""
        changed = {name.partition(":")[0] for name in self.changed_data if name != READ}
        return [Line(pupil.pk, self._counts(str(pupil.pk))) for pupil in self.week.pupils if str(pupil.pk) in changed]

    def _counts(self, key: str) -> dict[str, Decimal | int]:
        return {column: self.cleaned_data.get(f"{key}:{column}") or 0 for column in COUNTS}

    def both(self) -> list[Both]:
        """What stands there now and this person did not type, or otherwise."""
        found = []
        for pupil, cells in self.rows():
            row = self.week.typed.get(pupil.pk)
            for key, cell in zip(COUNTS, cells, strict=True):
                count = getattr(row, key, 0)
                if cell.value.strip() != (theirs := spoken_number(float(count)) if count else ""):
                    found.append(Both(f"{cell.column}, {pupil}", cell.value.strip(), theirs))
        return found

    def rows(self) -> Iterable[tuple[Pupil, list[Cell]]]:
        """Pupil by pupil the fields with the name of their column."""
        columns = [(column, str(COLUMNS[column]), "decimal" if column in HOURS else "numeric") for column in COUNTS]
        for pupil in self.week.pupils:
            name, row = str(pupil), self.week.typed.get(pupil.pk)
            yield pupil, [self._cell(f"{pupil.pk}:{key}", said, name, mode, getattr(row, key, 0)) for key, said, mode in columns]

    def _cell(self, key: str, column: str, pupil: str, mode: str, count: Decimal | int) -> Cell:
        if self.is_bound:
            return Cell(
                column, f"{column}, {pupil}", key, str(self.data.get(key, "")), mode, [str(one) for one in self.errors.get(key, ())]
            )
        return Cell(column, f"{column}, {pupil}", key, spoken_number(float(count)) if count else "", mode)


def _typed(count: Decimal | int) -> Decimal | int | None:
    """As somebody would type it: nothing for nought, no decimals for a whole number."""
    return (int(count) if count == int(count) else count) or None


def _field(column: str, school_days: int) -> forms.Field:
    if column in HOURS:
        return forms.DecimalField(required=False, min_value=0, max_value=MOST_HOURS, max_digits=4, decimal_places=1, localize=True)
    return forms.IntegerField(required=False, min_value=0, max_value=school_days if column == "sick_days" else MOST_TIMES)


class SettleForm(forms.Form):
    """What was done in the register; never why somebody was absent."""

    always_asked = ("reported_on",)  # of what was reported
    outcome = forms.ChoiceField(
        label=_("Wat hebt u gedaan?"),
        choices=[("reported", _("Gemeld in het verzuimregister")), ("not_reported", _("Nagekeken; melden is niet nodig"))],
        widget=forms.RadioSelect,
    )
    reported_on = day_field(_("Op welke dag is het gemeld?"), required=False)


class OverForm(forms.Form):
    """Since when it is over."""

    over_on = day_field(_("Sinds welke dag is het voorbij?"))


class RulesForm(forms.Form):
    """Each rule: on or off, and from how much on."""

    def __init__(self, *args: Any, settings: Mapping[Rule, Setting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule, setting in settings.items():
            label = str(RULES[rule])
            self.fields[f"{rule}_on"] = forms.BooleanField(label=label, required=False, initial=setting.is_on)
            self.fields[f"{rule}_most"] = forms.IntegerField(
                label=gettext("Vanaf hoeveel? (%(rule)s)") % {"rule": label}, initial=setting.most, min_value=LOWEST, max_value=HIGHEST
            )

    def wanted(self) -> dict[Rule, Setting]:
        given = self.cleaned_data
        return {rule: Setting(is_on=given[f"{rule}_on"], most=given[f"{rule}_most"]) for rule in Rule}


STEPS: Mapping[Step, tuple[object, object]] = {
    Step.TALK: (_("Gesprek met de leerling en de ouders"), _("Vraag hoe het gaat en wat helpt. Vraag niet wat de leerling heeft.")),
    Step.YOUTH_HEALTH: (
        _("Advies van de schoolarts (JGZ)"),
        _("Vraag eerst of de ouders het goed vinden. De schoolarts houdt wat medisch is voor zich; de school krijgt advies."),
    ),
    Step.AGREEMENTS: (_("Afspraken maken"), _("Wat doet de leerling, wat doen de ouders, wat doet school? Kleine stappen terug.")),
    Step.CHECK: (_("Samen weer kijken"), _("Kies nu al een dag om te kijken of het beter gaat.")),
}


class PlanStepForm(forms.Form):
    """When, and who sees to it."""

    step = forms.ChoiceField(choices=[(step.value, step.value) for step in Step], widget=forms.HiddenInput)
    due_on = day_field(_("Op welke dag?"))
    owner = forms.ChoiceField(label=_("Wie doet dit?"))

    def __init__(self, *args: Any, owners: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Kies iemand van school")), *owners]  # type: ignore[attr-defined]


class DoneStepForm(forms.Form):
    """What came of it."""

    done_on = day_field(_("Op welke dag was dat?"))
    outcome = forms.CharField(
        label=_("Wat kwam eruit?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Schrijf niet op wat de leerling heeft. Dat blijft bij de ouders en de schoolarts."),
    )
