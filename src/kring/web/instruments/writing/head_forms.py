"""The list as a whole: how it begins, what it is, whose text it is, and by which licence."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.instruments import About, Informant, Season
from kring.core.sketches import Sketch
from kring.web.instruments.words import SEASONS, WHO, Ownership, years
from kring.web.instruments.writing.fields import OverEdition, PlainField, one_of, text_field

LEVELS_OF_SCHOOL = range(1, 15)
EMPTY = [("", "–")]
BOTH_SEASONS = "both"


def _who(informant: Informant, about: About) -> str:
    return f"{informant.value}:{about.value}"


class BeginForm(forms.Form):
    """A title, for whom, and what to begin with."""

    title = PlainField(label=_("Hoe heet de lijst?"), max_length=100)
    basis = one_of(_("Waarmee begint u?"), ())

    def __init__(self, *args: Any, bases: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].choices = list(bases.items())  # type: ignore[attr-defined]


class HeadForm(OverEdition):
    """What the list is and what the one who answers reads first."""

    title = PlainField(label=_("Hoe heet de lijst?"), max_length=100)
    who = one_of(_("Wie vullen de lijst in?"), [(_who(*pair), word) for pair, word in WHO.items()])
    first_year = forms.ChoiceField(label=_("Vanaf welk leerjaar?"), required=False)
    last_year = forms.ChoiceField(label=_("Tot en met welk leerjaar?"), required=False)
    minutes = forms.IntegerField(
        label=_("Hoeveel minuten kost invullen?"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=_(
            "Een schatting, voor één keer invullen. Leerkrachten: per leerling. Leeg: dat weet u nog niet; u kunt dan niet vrijgeven."
        ),
    )
    often = forms.ChoiceField(label=_("Hoe vaak in een schooljaar?"), required=False)
    anonymous = forms.BooleanField(label=_("Zonder namen: niemand kan zien wie wat antwoordde"), required=False)
    promise = text_field(
        _("De belofte: wie ziet de antwoorden?"),
        rows=4,
        most=600,
        required=False,
        help_text=_("Dit leest wie invult als eerste. Schrijf het zoals u het een kind vertelt, en houd u eraan."),
    )
    introduction = text_field(_("Wat leest wie invult nog meer?"), rows=3, most=800, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = EMPTY + [(str(level), capfirst(years((level, level)))) for level in LEVELS_OF_SCHOOL]
        self.fields["first_year"].choices = self.fields["last_year"].choices = levels  # type: ignore[attr-defined]
        seasons = [(season.value, gettext("Eén keer, %(season)s") % {"season": word}) for season, word in SEASONS.items()]
        self.fields["often"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Wanneer het nodig is")),
            *seasons,
            (BOTH_SEASONS, gettext("Twee keer, in het najaar en in het voorjaar")),
        ]

    @staticmethod
    def known(sketch: Sketch) -> dict[str, Any]:
        first, last = sketch.year_levels or ("", "")
        same = ("title", "minutes", "anonymous", "promise", "introduction")
        seasons = [season.value for season in sketch.seasons]
        return {
            **{name: getattr(sketch, name) for name in same},
            "who": _who(sketch.informant, sketch.about),
            "first_year": str(first),
            "last_year": str(last),
            "often": BOTH_SEASONS if len(seasons) > 1 else "".join(seasons),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_year"), given.get("last_year")
        if bool(first) is not bool(last):
            self.add_error("last_year" if first else "first_year", gettext("Vul beide leerjaren in, of geen van beide."))
        elif first and last and int(first) > int(last):
            self.add_error("last_year", gettext("Dit leerjaar komt vóór het eerste. Kijk beide na."))
        return given

    def change(self, sketch: Sketch) -> Sketch:
        """The list with these in place of what they were."""
        given = self.cleaned_data
        informant, about = given["who"].split(":")
        first, last = given["first_year"], given["last_year"]
        same = {name: given[name] for name in ("title", "minutes", "anonymous", "promise", "introduction")}
        return replace(
            sketch,
            **same,
            informant=Informant(informant),
            about=About(about),
            year_levels=(int(first), int(last)) if first else None,
            seasons=tuple(Season) if given["often"] == BOTH_SEASONS else tuple(Season(one) for one in [given["often"]] if one),
        )


class OriginForm(OverEdition):
    """Whose the text is, and what the results are worth."""

    licence = one_of(
        _("Van wie is de tekst?"),
        [
            (Ownership.SCHOOL, _("Van onze school. Wij delen hem niet met anderen.")),
            (Ownership.SHARED, _("Iedereen mag hem gebruiken als de maker erbij staat (CC BY 4.0).")),
            (Ownership.OTHER, _("Van een ander. Wij hebben een licentie of toestemming.")),
        ],
        required=False,
    )
    licence_source = PlainField(
        label=_("Waar staat dat?"),
        max_length=300,
        required=False,
        help_text=_("Bijvoorbeeld: zelf geschreven door het zorgteam, of de naam en het nummer van de licentie."),
    )
    attribution = PlainField(label=_("Wie heeft de lijst gemaakt?"), max_length=200, required=False)
    validity_note = text_field(
        _("Wat is de uitslag waard?"), rows=4, most=800, required=False, help_text=_("Dit staat bij elke uitslag van deze lijst.")
    )

    @staticmethod
    def known(sketch: Sketch) -> dict[str, Any]:
        return {name: getattr(sketch, name) for name in ("licence", "licence_source", "attribution", "validity_note")}

    def change(self, sketch: Sketch, *, on: date) -> Sketch:
        """The list with these; whoever says whose the text is has looked after that today."""
        given = {name: self.cleaned_data[name] for name in ("licence", "licence_source", "attribution", "validity_note")}
        return replace(sketch, **given, may_redistribute_text=given["licence"] == Ownership.SHARED, verified_on=on.isoformat())


class WorthForm(OverEdition):
    """What the results are worth, of a list whose text is a publisher's: whose it is stands fast."""

    validity_note = text_field(_("Wat is de uitslag waard?"), rows=4, most=800, help_text=_("Dit staat bij elke uitslag van deze lijst."))

    @staticmethod
    def known(sketch: Sketch) -> dict[str, Any]:
        return {"validity_note": sketch.validity_note}

    def change(self, sketch: Sketch) -> Sketch:
        """The list with this note."""
        return replace(sketch, validity_note=self.cleaned_data["validity_note"])


class RewordedForm(OverEdition):
    """That only wording was put right, and how one can tell."""

    reason = PlainField(
        label=_("Waarom is het dezelfde vraag gebleven?"),
        max_length=300,
        min_length=10,
        help_text=_("Bijvoorbeeld: alleen een tikfout verbeterd. Dit staat later bij de lijn in de uitkomsten."),
    )


class LicenceForm(forms.Form):
    """By what the school may use this list, and until when."""

    proof = PlainField(label=_("Nummer van de licentie of het contract"), max_length=200)
    until = forms.DateField(label=_("Geldig tot en met"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    agreed = forms.BooleanField(label=_("De school heeft deze licentie, en ik mag dat namens de school zeggen"))
