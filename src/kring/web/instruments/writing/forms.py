"""The parts of a list: its answers, one item, one scale."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.instruments import AnswerKind, Competence, Family, Level, Option, ScaledItem
from kring.core.sketches import MOST_ITEMS, Sketch, SketchedCuts, SketchedItem, SketchedScale, free_key, with_item
from kring.web.instruments.words import COMPETENCES, DIRECTIONS, FAMILIES
from kring.web.instruments.writing.answer_sets import LABELS, PICTURES, SETS, AnswerSet, lines_of, options_from, set_of
from kring.web.instruments.writing.fields import LinesField, OverEdition, PlainField, one_of, several, text_field

MOST_ANSWERS, LONGEST_ANSWER, LONGEST_ITEM = 15, 80, 300


class AnswersForm(OverEdition):
    """The answers of the whole list; an item may have its own."""

    answers = one_of(_("Welke antwoorden hebben de vragen?"), [(one.value, word) for one, word in LABELS.items()])
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

    def change(self, sketch: Sketch, *, taken: Collection[str]) -> Sketch:
        """The list with these: first in the places that are still empty, the others at its end, under keys that are not `taken`.

        Raises TooManyItems, NoSuchPart.
        """
        texts, empty = list(self.cleaned_data["texts"]), [one for one in sketch.items if not one.text]
        filled = {one.key: replace(one, text=text) for one, text in zip(empty, texts, strict=False)}
        sketch = replace(sketch, items=tuple(filled.get(one.key, one) for one in sketch.items))
        for text in texts[len(empty) :]:
            key = free_key("v", {one.key for one in sketch.items} | set(taken))
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

    text = text_field(_("De vraag of zin"), rows=2, most=LONGEST_ITEM)
    kind = one_of(
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

    def change(self, sketch: Sketch, *, key: str, taken: Collection[str]) -> Sketch:
        """The list with this item; when a colleague took it away, at the end, under a key that is not `taken`.

        Raises TooManyItems, NoSuchPart.
        """
        if sketch.item(key) is None:
            key = free_key("v", {one.key for one in sketch.items} | set(taken))
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
    family = one_of(_("Waar gaat de schaal over?"), [(one.value, word) for one, word in FAMILIES.items()])
    direction = one_of(_("Wat betekent een hoge score?"), [(str(one), word) for one, word in DIRECTIONS.items()], initial="1")
    competences = several(
        _("Bij welke competenties hoort de schaal?"),
        [(one.value, word) for one, word in COMPETENCES.items()],
        help_text=_("Minstens één voordat u de lijst vrijgeeft."),
    )
    items = several(_("Welke vragen tellen mee?"), ())
    reversed = several(_("Welke daarvan tellen omgekeerd?"), ())
    pupil_red = forms.FloatField(
        label=_("Leerling: grens van rood"),
        required=False,
        localize=True,
        help_text=_("Is hoger gunstiger, dan is een score onder deze grens rood. Betekent hoger meer zorgen, dan een score erboven."),
    )
    pupil_green = forms.FloatField(label=_("Leerling: grens van groen"), required=False, localize=True)
    group_red = forms.FloatField(label=_("Groep en school: grens van rood"), required=False, localize=True)
    group_green = forms.FloatField(label=_("Groep en school: grens van groen"), required=False, localize=True)
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
        if set(given.get("reversed") or []) - set(given.get("items") or []):
            self.add_error(
                "reversed", gettext("Een van deze vragen telt niet mee. Vink die ook bij “tellen mee” aan, of haal die hier weg.")
            )
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
