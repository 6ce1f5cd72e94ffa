"""A list in parts: what it is, its answers, one item, one scale."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.instruments import About, AnswerKind, Competence, Family, Informant, Level, Option, ScaledItem, Season
from kring.core.sketches import MOST_ITEMS, Sketch, SketchedCuts, SketchedItem, SketchedScale, free_key, with_item
from kring.library.foreign.plain import plain
from kring.web.instruments.words import COMPETENCES, DIRECTIONS, FAMILIES, SEASONS, WHO, Ownership, years
from kring.web.instruments.writing.answer_sets import LABELS, PICTURES, SETS, AnswerSet, lines_of, options_from, set_of

LEVELS_OF_SCHOOL = range(1, 15)
MOST_ANSWERS, LONGEST_ANSWER, LONGEST_ITEM = 15, 80, 300
EMPTY = [("", "–")]
BOTH_SEASONS = "both"


class PlainField(forms.CharField):
    """Words on one line, without signs that nobody can see."""

    def clean(self, value: Any) -> str:
        return plain(str(super().clean(value)))


class LinesField(forms.CharField):
    """One on each line; empty lines do not count."""

    def __init__(self, *, most: int, longest: int, **kwargs: Any) -> None:
        super().__init__(max_length=most * (longest + 2), **kwargs)
        self.most, self.longest = most, longest

    def clean(self, value: Any) -> list[str]:
        lines = [line for line in map(plain, str(super().clean(value)).splitlines()) if line]
        if len(lines) > self.most:
            raise forms.ValidationError(gettext("Dit zijn meer dan %(most)d regels.") % {"most": self.most})
        long = next((line for line in lines if len(line) > self.longest), None)
        if long:
            raise forms.ValidationError(gettext("“%(line)s…” is langer dan %(most)d tekens.") % {"line": long[:40], "most": self.longest})
        return lines


def _text(label: Any, *, rows: int, most: int, **more: Any) -> PlainField:
    return PlainField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _several(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **more)


def _one(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def _who(informant: Informant, about: About) -> str:
    return f"{informant.value}:{about.value}"


class OverEdition(forms.Form):
    """What was typed, and the edition over which it was typed."""

    read = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class BeginForm(forms.Form):
    """A title, for whom, and what to begin with."""

    title = PlainField(label=_("Hoe heet de lijst?"), max_length=100)
    basis = _one(_("Waarmee begint u?"), ())

    def __init__(self, *args: Any, bases: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].choices = list(bases.items())  # type: ignore[attr-defined]


class HeadForm(OverEdition):
    """What the list is and what the one who answers reads first."""

    title = PlainField(label=_("Hoe heet de lijst?"), max_length=100)
    who = _one(_("Wie vullen de lijst in?"), [(_who(*pair), word) for pair, word in WHO.items()])
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
    promise = _text(
        _("De belofte: wie ziet de antwoorden?"),
        rows=4,
        most=600,
        required=False,
        help_text=_("Dit leest wie invult als eerste. Schrijf het zoals u het een kind vertelt, en houd u eraan."),
    )
    introduction = _text(_("Wat leest wie invult nog meer?"), rows=3, most=800, required=False)

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

    licence = _one(
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
    validity_note = _text(
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

    validity_note = _text(_("Wat is de uitslag waard?"), rows=4, most=800, help_text=_("Dit staat bij elke uitslag van deze lijst."))

    @staticmethod
    def known(sketch: Sketch) -> dict[str, Any]:
        return {"validity_note": sketch.validity_note}

    def change(self, sketch: Sketch) -> Sketch:
        """The list with this note."""
        return replace(sketch, validity_note=self.cleaned_data["validity_note"])


class AnswersForm(OverEdition):
    """The answers of the whole list; an item may have its own."""

    answers = _one(_("Welke antwoorden hebben de vragen?"), [(one.value, word) for one, word in LABELS.items()])
    own = LinesField(
        label=_("Eigen woorden, één antwoord per regel"),
        most=MOST_ANSWERS,
        longest=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Van het minste naar het meeste. Alleen als u hierboven “Eigen woorden” koos."),
    )

    @staticmethod
    def known(sketch: Sketch) -> dict[str, Any]:
        chosen = set_of(sketch.options)
        return {"answers": chosen.value, "own": lines_of(sketch.options) if chosen is AnswerSet.OWN else ""}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answers") == AnswerSet.OWN and len(given.get("own") or []) < 2 and "own" not in self.errors:
            self.add_error("own", gettext("Schrijf minstens twee antwoorden, elk op een eigen regel."))
        return given

    def change(self, sketch: Sketch) -> Sketch:
        """The list with these answers, and the pictures that go with them."""
        chosen = AnswerSet(self.cleaned_data["answers"])
        if chosen is AnswerSet.OWN:
            return replace(sketch, options=options_from(self.cleaned_data["own"], sketch.options))
        return replace(sketch, options=SETS[chosen], pictograms=PICTURES.get(chosen, sketch.pictograms))


class ItemsForm(OverEdition):
    """New items, one on each line."""

    texts = LinesField(
        label=_("Nieuwe vragen, één per regel"),
        most=MOST_ITEMS,
        longest=LONGEST_ITEM,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Zeg één ding per vraag, in de tegenwoordige tijd. U kunt elke vraag daarna nog veranderen."),
    )
    scale = forms.ChoiceField(label=_("In welke schaal tellen ze mee?"), required=False)

    def __init__(self, *args: Any, sketch: Sketch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_scales(self, sketch)
        if any(not one.text for one in sketch.items):
            self.fields["texts"].help_text = gettext("De lege vragen hierboven worden eerst gevuld, in hun volgorde.")

    def change(self, sketch: Sketch) -> Sketch:
        """The list with these: first in the places that are still empty, the others at its end. Raises TooManyItems, NoSuchPart."""
        texts, empty = list(self.cleaned_data["texts"]), [one for one in sketch.items if not one.text]
        filled = {one.key: replace(one, text=text) for one, text in zip(empty, texts, strict=False)}
        sketch = replace(sketch, items=tuple(filled.get(one.key, one) for one in sketch.items))
        for text in texts[len(empty) :]:
            key = free_key("v", (one.key for one in sketch.items))
            sketch = with_item(sketch, SketchedItem(key=key, text=text), scale=self.cleaned_data["scale"])
        return sketch


def _offer_scales(form: forms.Form, sketch: Sketch) -> None:
    none = ("", gettext("Geen schaal"))
    form.fields["scale"].choices = [none, *((one.key, one.title) for one in sketch.scales)]  # type: ignore[attr-defined]


class ItemKind:
    """How an item is answered, as it is chosen in a form."""

    LIST, OWN, NUMBER, TEXT = "list", "own", "number", "text"


class ItemForm(OverEdition):
    """One item: its words, its answers, and the scale that counts it."""

    text = _text(_("De vraag of zin"), rows=2, most=LONGEST_ITEM)
    kind = _one(
        _("Hoe wordt die beantwoord?"),
        [
            (ItemKind.LIST, _("Met de antwoorden van de lijst")),
            (ItemKind.OWN, _("Met eigen antwoorden")),
            (ItemKind.NUMBER, _("Met een getal op een rij")),
            (ItemKind.TEXT, _("Met eigen woorden (open vraag, telt nooit mee)")),
        ],
    )
    own = LinesField(
        label=_("Eigen antwoorden, één per regel"),
        most=MOST_ANSWERS,
        longest=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    low = forms.IntegerField(label=_("Laagste getal"), min_value=0, max_value=20, required=False)
    high = forms.IntegerField(label=_("Hoogste getal"), min_value=1, max_value=20, required=False)
    low_label = PlainField(label=_("Woorden bij het laagste getal"), max_length=LONGEST_ANSWER, required=False)
    high_label = PlainField(label=_("Woorden bij het hoogste getal"), max_length=LONGEST_ANSWER, required=False)
    scale = forms.ChoiceField(label=_("In welke schaal telt die mee?"), required=False)
    reverse = forms.BooleanField(label=_("Omgekeerd: wie hier hoog antwoordt, scoort laag"), required=False)

    def __init__(self, *args: Any, sketch: Sketch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_scales(self, sketch)

    @staticmethod
    def known(sketch: Sketch, item: SketchedItem) -> dict[str, Any]:
        scale = sketch.scale_of(item.key)
        signs = {one.item: one.sign for one in scale.items} if scale else {}
        by_options = ItemKind.OWN if item.options else ItemKind.LIST
        kind = {AnswerKind.NUMBER: ItemKind.NUMBER, AnswerKind.TEXT: ItemKind.TEXT}.get(item.kind, by_options)
        ends = {name: getattr(item, name) for name in ("low", "high", "low_label", "high_label")}
        told = {"text": item.text, "kind": kind, "own": lines_of(item.options)}
        return {**told, **ends, "scale": scale.key if scale else "", "reverse": signs.get(item.key) == -1}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == ItemKind.OWN and len(given.get("own") or []) < 2 and "own" not in self.errors:
            self.add_error("own", gettext("Schrijf minstens twee antwoorden, elk op een eigen regel."))
        if given.get("kind") == ItemKind.NUMBER and (given.get("low") or 0) >= (given.get("high") or 0):
            self.add_error("high", gettext("Het hoogste getal moet hoger zijn dan het laagste."))
        if given.get("kind") == ItemKind.TEXT and given.get("scale"):
            self.add_error("scale", gettext("Een open vraag telt nooit mee in een schaal."))
        return given

    def change(self, sketch: Sketch, *, key: str) -> Sketch:
        """The list with this item. Raises TooManyItems, NoSuchPart."""
        return with_item(sketch, self.item(sketch, key), scale=self.cleaned_data["scale"], reverse=self.cleaned_data["reverse"])

    def item(self, sketch: Sketch, key: str) -> SketchedItem:
        given, was = self.cleaned_data, sketch.item(key)
        before = was.options if was else ()
        options: dict[str, tuple[Option, ...]] = {ItemKind.OWN: options_from(given["own"], before)}
        kinds = {ItemKind.NUMBER: AnswerKind.NUMBER, ItemKind.TEXT: AnswerKind.TEXT}
        made = SketchedItem(
            key=key, text=given["text"], kind=kinds.get(given["kind"], AnswerKind.CHOICE), options=options.get(given["kind"], ())
        )
        if given["kind"] != ItemKind.NUMBER:
            return made
        return replace(made, **{name: given[name] or type(getattr(made, name))() for name in ("low", "high", "low_label", "high_label")})


class ScaleForm(OverEdition):
    """A scale: what it is called, what counts, and where its colours begin."""

    title = PlainField(label=_("Hoe heet de schaal?"), max_length=80)
    meaning = PlainField(
        label=_("Wat zegt een score?"), max_length=300, required=False, help_text=_("Bijvoorbeeld: hoe fijn een kind het op school heeft.")
    )
    family = _one(_("Waar gaat de schaal over?"), [(one.value, word) for one, word in FAMILIES.items()])
    direction = _one(_("Wat betekent een hoge score?"), [(str(one), word) for one, word in DIRECTIONS.items()])
    competences = _several(
        _("Bij welke competenties hoort de schaal?"),
        [(one.value, word) for one, word in COMPETENCES.items()],
        help_text=_("Minstens één voordat u de lijst vrijgeeft."),
    )
    items = _several(_("Welke vragen tellen mee?"), ())
    reversed = _several(_("Welke daarvan tellen omgekeerd?"), ())
    pupil_red = forms.FloatField(label=_("Leerling: rood onder"), required=False, localize=True)
    pupil_green = forms.FloatField(label=_("Leerling: groen vanaf"), required=False, localize=True)
    group_red = forms.FloatField(label=_("Groep en school: rood onder"), required=False, localize=True)
    group_green = forms.FloatField(label=_("Groep en school: groen vanaf"), required=False, localize=True)
    cuts_source = PlainField(
        label=_("Waar komen deze grenzen vandaan?"),
        max_length=200,
        required=False,
        help_text=_("Grenzen zonder herkomst kan niemand uitleggen. Bijvoorbeeld: gekozen door ons zorgteam, geen norm."),
    )

    def __init__(self, *args: Any, sketch: Sketch, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        elsewhere = {counted.item for one in sketch.scales if one.key != key for counted in one.items}
        free = [(one.key, one.text) for one in sketch.items if not one.is_open and one.key not in elsewhere]
        for name in ("items", "reversed"):
            self.fields[name].choices = free  # type: ignore[attr-defined]
            if not free:
                del self.fields[name]

    @staticmethod
    def known(scale: SketchedScale) -> dict[str, Any]:
        pairs = scale.cuts.pairs if scale.cuts else {}
        pupil, group = pairs.get(Level.PUPIL, ("", "")), pairs.get(Level.GROUP, ("", ""))
        return {
            "title": scale.title,
            "meaning": scale.meaning,
            "family": scale.family.value,
            "direction": str(scale.direction),
            "competences": [one.value for one in scale.competences],
            "items": [one.item for one in scale.items],
            "reversed": [one.item for one in scale.items if one.sign < 0],
            "pupil_red": pupil[0],
            "pupil_green": pupil[1],
            "group_red": group[0],
            "group_green": group[1],
            "cuts_source": scale.cuts.source if scale.cuts else "",
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for level in ("pupil", "group"):
            red, green = given.get(f"{level}_red"), given.get(f"{level}_green")
            if (red is None) is not (green is None):
                self.add_error(f"{level}_red" if red is None else f"{level}_green", gettext("Vul beide grenzen in, of geen van beide."))
        if self._pairs(given) and not given.get("cuts_source"):
            self.add_error("cuts_source", gettext("Schrijf waar de grenzen vandaan komen."))
        return given

    @staticmethod
    def _pairs(given: dict[str, Any]) -> dict[Level, tuple[float, float]]:
        of = {Level.PUPIL: "pupil", Level.GROUP: "group", Level.SCHOOL: "group"}
        pairs = {level: (given.get(f"{name}_red"), given.get(f"{name}_green")) for level, name in of.items()}
        return {level: (red, green) for level, (red, green) in pairs.items() if red is not None and green is not None}

    def scale(self, was: SketchedScale | None, *, key: str, on: date) -> SketchedScale:
        """The scale as it was filled in; new cut-offs date from today."""
        given, pairs = self.cleaned_data, self._pairs(self.cleaned_data)
        cuts = SketchedCuts(pairs=pairs, source=given["cuts_source"], dated=on.isoformat()) if pairs else None
        if was and was.cuts and cuts and replace(cuts, dated=was.cuts.dated) == was.cuts:
            cuts = was.cuts
        signs = {item: -1 if item in given.get("reversed", ()) else 1 for item in given.get("items", ())}
        made = partial(replace, was) if was else partial(SketchedScale, key=key)
        return made(
            title=given["title"],
            meaning=given["meaning"],
            family=Family(given["family"]),
            direction=int(given["direction"]),
            competences=tuple(Competence(one) for one in given["competences"]),
            items=tuple(ScaledItem(item, sign) for item, sign in signs.items()),
            cuts=cuts,
        )


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
