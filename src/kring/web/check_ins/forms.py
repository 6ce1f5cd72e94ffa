"""What people fill in: a card, a day on it, and with which moments it goes on."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.check_in_cards import HIGHEST_TARGET, LOWEST_TARGET, MOST_GOALS, MOST_POINTS, USUAL_TARGET
from kring.web.check_ins.actions import DaySaid, NewCard
from kring.web.check_ins.models import CheckInCard, CheckInDay
from kring.web.day_fields import day_field
from kring.web.edited import ReadField, sent_again
from kring.web.plans.models import Plan
from kring.web.schools.models import Membership

POINTS = {0: _("nog niet"), 1: _("een beetje"), 2: _("gelukt")}
USUAL_WEEKS = 4


def line_field(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=False, **more)


class CardForm(forms.Form):
    """A new card."""

    with_whom = forms.ChoiceField(
        label=_("Met welke volwassene?"), help_text=_("Iemand bij wie de leerling graag even langskomt, aan het begin en aan het eind.")
    )
    moments = forms.CharField(
        label=_("Op welke momenten van de dag?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Eén moment per regel, hooguit acht."),
    )
    target = forms.IntegerField(
        label=_("Hoeveel procent van de punten is een goede dag?"),
        min_value=LOWEST_TARGET,
        max_value=HIGHEST_TARGET,
        help_text=_("Kies wat deze leerling kan halen. Vaak is dat 80."),
    )
    from_on = day_field(_("Eerste dag"))
    until_on = day_field(_("Laatste dag"), help_text=_("Daarna kijkt u samen of de kaart nog nodig is."))
    plan = forms.ChoiceField(label=_("Hoort de kaart bij een plan?"), required=False)

    def __init__(self, data: Any = None, *, adults: Sequence[Membership], plans: Sequence[Plan], today: date) -> None:
        usual = {"target": USUAL_TARGET, "from_on": today + timedelta(days=1), "until_on": today + timedelta(weeks=USUAL_WEEKS)}
        usual |= {"moments": gettext("begin van de dag\nna de kleine pauze\nna de grote pauze\neinde van de dag")}
        super().__init__(data, initial=usual)
        self.adults, self.plans = {str(one.pk): one for one in adults}, {str(one.pk): one for one in plans}
        self.fields["with_whom"].choices = [(key, str(one.person)) for key, one in self.adults.items()]  # type: ignore[attr-defined]
        self.fields["plan"].choices = [("", gettext("nee")), *((key, one.title) for key, one in self.plans.items())]  # type: ignore[attr-defined]
        for place in range(MOST_GOALS):
            self.fields[f"goal_{place}"] = forms.CharField(
                label=gettext("Doel %(number)s") % {"number": place + 1},
                max_length=120,
                required=place == 0,
                help_text=GOAL_HINT if not place else "",
            )

    def clean_moments(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["moments"].splitlines() if line.strip()]
        if any(len(line) > LONGEST_MOMENT for line in lines):
            raise forms.ValidationError(gettext("Houd elk moment kort: hooguit %(most)s letters.") % {"most": LONGEST_MOMENT})
        return lines

    @property
    def goal_fields(self) -> list[forms.BoundField]:
        return [self[f"goal_{place}"] for place in range(MOST_GOALS)]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("moments", "with_whom", "target", "from_on", "until_on", "plan")]

    def new(self) -> NewCard:
        given = self.cleaned_data
        goals = [given[f"goal_{place}"] for place in range(MOST_GOALS) if given[f"goal_{place}"]]
        same = {name: given[name] for name in ("moments", "target", "from_on", "until_on")}
        return NewCard(goals=goals, with_whom=self.adults[given["with_whom"]], plan=self.plans.get(given["plan"]), **same)


GOAL_HINT = _("Wat de leerling wél doet, in zijn of haar eigen woorden. Bijvoorbeeld: “Ik steek mijn vinger op als ik iets wil zeggen.”")
LONGEST_MOMENT = 60


class DayForm(forms.Form):
    """One day: a word, taps, a word. What was given can only become more."""

    morning = line_field(_("’s Ochtends: hoe begint de dag?"), help_text=_("Een paar woorden waar de leerling iets aan heeft."))
    evening = line_field(_("Aan het eind: wat ging goed vandaag?"))
    pupil_words = line_field(_("Wat zegt de leerling er zelf van?"))
    on = forms.CharField(widget=forms.HiddenInput)
    read = ReadField()

    def __init__(self, data: Any = None, *, card: CheckInCard, row: CheckInDay | None, on: date) -> None:
        super().__init__(data, initial={"on": on.isoformat(), **said_of(row)})
        self.fields["read"].required = False
        self.card = card
        for moment, goal, label in self._cells():
            least = self.initial.get(f"p_{moment}_{goal}", 0) if data is None else 0
            self.fields[f"p_{moment}_{goal}"] = forms.TypedChoiceField(
                label=f"{card.moments[moment]}: {label}",
                choices=[(point, POINTS[point]) for point in range(least, MOST_POINTS + 1)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    def _cells(self) -> Iterator[tuple[int, int, str]]:
        for moment in range(len(self.card.moments)):
            for goal, text in enumerate(self.card.goals):
                yield moment, goal, text

    @property
    def rows(self) -> list[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """By moment its goals, each with its field."""
        goals = [*enumerate(self.card.goals)]
        return [(name, [(text, self[f"p_{place}_{goal}"]) for goal, text in goals]) for place, name in enumerate(self.card.moments)]

    def said(self) -> DaySaid:
        points: dict[str, dict[str, int]] = {}
        for moment, goal, _label in self._cells():
            point = self.cleaned_data[f"p_{moment}_{goal}"]
            if point is not None:
                points.setdefault(str(moment), {})[str(goal)] = point
        return DaySaid(points=points, **{name: self.cleaned_data[name] for name in ("morning", "evening", "pupil_words")})


def said_of(row: CheckInDay | None) -> dict[str, Any]:
    """What stands there now, by field."""
    if row is None:
        return {"morning": "", "evening": "", "pupil_words": "", "read": ""}
    points = {f"p_{moment}_{goal}": point for moment, each in row.points.items() for goal, point in each.items()}
    return {"morning": row.morning, "evening": row.evening, "pupil_words": row.pupil_words, "read": row.entered_at, **points}


def with_theirs(data: QueryDict, row: CheckInDay) -> QueryDict:
    """What somebody typed with the row in sight as it is now; of each point the highest, as points are never taken."""
    again = sent_again(data, row.entered_at)
    for name, point in said_of(row).items():
        if name.startswith("p_") and again.get(name, "") < str(point):
            again[name] = str(point)
    return again


class FewerForm(forms.Form):
    """With which moments it goes on."""

    moments = forms.MultipleChoiceField(label=_("Welke momenten houdt u?"), widget=forms.CheckboxSelectMultiple)
    until_on = day_field(_("Tot en met welke dag?"), help_text=_("Gewoonlijk drie weken. Daarna kijkt u opnieuw."))

    def __init__(self, data: Any = None, *, card: CheckInCard, keep: int, today: date) -> None:
        usual = {"moments": list(card.moments)[: max(1, keep)], "until_on": today + timedelta(weeks=3)}
        super().__init__(data, initial=usual)
        self.fields["moments"].choices = [(one, one) for one in card.moments]  # type: ignore[attr-defined]
