"""A FHIR Questionnaire of another program → what Kring can ask of it, and what not. Nothing it refers to is fetched, no rule worked out."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kring.core.instruments import AnswerKind
from kring.file_problems import Said, said
from kring.library.foreign.fhir import LEAST, MOST, ORDINAL
from kring.library.foreign.fhir_text import Json, refuse
from kring.library.foreign.leftovers import Brought, Format, Gathered, language_of
from kring.library.foreign.plain import plain

TEXTS, NUMBERS = {"string", "text"}, {"integer", "decimal"}
ELSEWHERE = said("De antwoorden staan in een andere bron (answerValueSet). Die haalt Kring niet op.")
DEPENDS = said("Deze vraag komt daar alleen in sommige gevallen (enableWhen). In Kring krijgt iedereen haar.")
BEFOREHAND = said("Een antwoord dat vooraf is ingevuld neemt Kring niet over.")
CODED = said("De internationale code van deze vraag is niet meegekomen.")
KNOWN = {"linkId", "text", "type", "item", "answerOption", "answerValueSet", "prefix", "id", "repeats"}
FIELDS: Final[Mapping[str, Said]] = {
    "enableWhen": DEPENDS,
    "enableBehavior": DEPENDS,
    "required": said("Daar is deze vraag verplicht. In Kring mag je elke vraag overslaan."),
    "initial": BEFOREHAND,
    "maxLength": said("De grens aan hoe lang een antwoord mag zijn is niet meegekomen."),
    "readOnly": said("Daar kan niemand dit antwoord veranderen. In Kring beantwoordt wie invult elke vraag zelf."),
    "code": CODED,
    "definition": CODED,
}
WORKED_OUT = said("Het antwoord wordt daar uitgerekend. Kring voert die regel niet uit.")
EXTENSIONS: Final[Mapping[str, Said]] = {
    "sdc-questionnaire-calculatedExpression": WORKED_OUT,
    "sdc-questionnaire-initialExpression": WORKED_OUT,
    "sdc-questionnaire-enableWhenExpression": DEPENDS,
    "sdc-questionnaire-answerExpression": ELSEWHERE,
    "sdc-questionnaire-candidateExpression": ELSEWHERE,
    "questionnaire-itemControl": said("Hoe de vraag er daar uitziet is niet meegekomen."),
    "questionnaire-hidden": said("Deze vraag is daar verborgen."),
    "questionnaire-supportLink": said("Een verwijzing naar een andere bladzijde is niet meegekomen; de woorden wel."),
}
OTHER_EXTENSION = said("Een toevoeging van een ander programma (extension) kent Kring niet.")
DATES = said("Kring vraagt niet naar een datum of tijd.")
TYPES: Final[Mapping[str, Said]] = {
    **dict.fromkeys(("date", "dateTime", "time"), DATES),
    "display": said("Dit is een tekst tussendoor, geen vraag."),
    "quantity": said("Een hoeveelheid met een eenheid kan Kring niet vragen."),
    "attachment": said("Een bestand meesturen kan in een lijst van Kring niet."),
    "url": said("Kring vraagt in een lijst niet naar dit gegeven."),
    "reference": said("Kring vraagt in een lijst niet naar dit gegeven."),
}


def from_fhir(file: str, document: Json) -> Brought:
    """The list as a draft. Raises FilesRefused when this is no Questionnaire, or when nothing comes along."""
    if document.get("resourceType") != "Questionnaire":
        kind = document.get("resourceType")
        refuse(file, "resourceType", said("Dit is geen Questionnaire maar: %(kind)s.", kind=plain(str(kind))[:60] if kind else "?"))
    gathered = Gathered(
        file, title=_words(document, "title") or _words(document, "name"), language=language_of(_words(document, "language"))
    )
    gathered.introduction = _words(document, "description")
    _about_the_whole(gathered, document)
    reading = _Reading(file, gathered)
    for item, place, is_hidden in reading.items(document.get("item", []), "item"):
        reading.question(item, place, is_hidden=is_hidden)
    return gathered.brought(Format.FHIR)


def _about_the_whole(gathered: Gathered, document: Json) -> None:
    if document.get("extension") or document.get("modifierExtension"):
        gathered.leave("extension", OTHER_EXTENSION)
    if document.get("contained"):
        gathered.leave("contained", ELSEWHERE)
    if _words(document, "copyright"):
        gathered.leave("copyright", said("Er staat een licentie bij. Lees haar, en neem zelf in de lijst op wat mag."))
    if document.get("code"):
        gathered.leave("code", CODED)


def _words(of: Json, name: str) -> str:
    text = of.get(name)
    return text if isinstance(text, str) else ""


class _Reading:
    """Goes through the items, those within others too."""

    def __init__(self, file: str, gathered: Gathered) -> None:
        self.file, self.gathered = file, gathered
        self.seen: set[str] = set()

    def items(self, told: Any, at: str, *, hidden: bool = False) -> Iterator[tuple[Json, str, bool]]:
        """Every item with its linkId, or where it stands when it has none, and whether it or one above it is hidden."""
        if not isinstance(told, list):
            refuse(self.file, at, said("Hier hoort een lijst te staan."))
        for number, item in enumerate(told):
            here = f"{at}[{number}]"
            if not isinstance(item, dict):
                refuse(self.file, here, said("Hier horen velden te staan."))
            place = self.named(item, here)
            away = hidden or _extension(item, "questionnaire-hidden").get("valueBoolean") is True
            yield item, place, away
            yield from self.items(item.get("item", []), f"{here}.item", hidden=away)

    def named(self, item: Json, here: str) -> str:
        link = _words(item, "linkId").strip()
        if not link:
            self.gathered.leave(here, said("Dit onderdeel heeft geen linkId."))
        elif link in self.seen:
            self.gathered.leave(link, said("Deze linkId komt twee keer voor."))
        self.seen.add(link)
        return link or here

    def question(self, item: Json, place: str, *, is_hidden: bool) -> None:
        kind = _words(item, "type")
        reason = EXTENSIONS["questionnaire-hidden"] if is_hidden else self.hinders(item, kind)
        if reason is not None:
            self.gathered.leave(place, reason)
            if kind == "group":  # what it says about the questions under it
                self.extras(item, place)
            return
        before = len(self.gathered.items)
        if kind in NUMBERS:
            self.number(item, place, kind)
        elif kind in TEXTS:
            self.gathered.take(place, _words(item, "text"), kind=AnswerKind.TEXT)
        else:
            self.gathered.take(place, _words(item, "text"), self.answers(item, place, kind))
        if len(self.gathered.items) > before:
            self.extras(item, place)

    def hinders(self, item: Json, kind: str) -> Said | None:
        """Why this can be no question in Kring."""
        if kind == "group":
            return said("Dit is een kop boven vragen. De vragen eronder staan in Kring gewoon op een rij.")
        if kind not in TYPES.keys() | TEXTS | NUMBERS | {"choice", "open-choice", "boolean"}:
            return said("Dit soort vraag (%(kind)s) kent Kring niet.", kind=plain(kind)[:40] or "?")
        if kind in TYPES:
            return TYPES[kind]
        if item.get("repeats") is True:
            return said("Hier kan iemand meer dan één antwoord geven. Dat kan in Kring niet in één vraag.")
        if kind in {"choice", "open-choice"} and not item.get("answerOption"):
            return ELSEWHERE
        return None

    def number(self, item: Json, place: str, kind: str) -> None:
        low, high = (_extension(item, url.rpartition("/")[2]).get("valueInteger") for url in (LEAST, MOST))
        if type(low) is not int or type(high) is not int:
            self.gathered.leave(place, said("Hier kan elk getal worden ingevuld. Kring vraagt een getal uit een vaste rij."))
            return
        if kind == "decimal":
            self.gathered.leave(place, said("Kring vraagt hele getallen, zonder komma."))
        self.gathered.take_numbers(place, _words(item, "text"), low, high)

    def answers(self, item: Json, place: str, kind: str) -> list[tuple[str, str]]:
        """(code, words); the points of an answer (ordinalValue) go before its code."""
        if kind == "boolean":
            return [("0", "nee"), ("1", "ja")]
        if kind == "open-choice":
            self.gathered.leave(place, said("Het antwoord “anders, namelijk” is niet meegekomen."))
        told = item["answerOption"] if isinstance(item["answerOption"], list) else []
        found = [self.answer(one) for one in told]
        if not all(found):
            self.gathered.leave(place, said("Een van de antwoorden is geen tekst."))
        if any(isinstance(one, dict) and one.get("initialSelected") for one in told):
            self.gathered.leave(place, BEFOREHAND)
        return [one for one in found if one is not None]

    @staticmethod
    def answer(told: Any) -> tuple[str, str] | None:
        if not isinstance(told, dict):
            return None
        coding = told.get("valueCoding")
        if isinstance(coding, dict):
            points = {**_extension(coding, "ordinalValue"), **_extension(told, "ordinalValue")}.get("valueDecimal")
            code = str(int(points)) if isinstance(points, int | float) and points == int(points) else _words(coding, "code")
            words = _words(coding, "display") or _words(coding, "code")
            return (code, words) if words else None
        number = told.get("valueInteger")
        words = str(number) if type(number) is int else _words(told, "valueString")
        return (words, words) if words else None

    def extras(self, item: Json, place: str) -> None:
        """What the question has besides its words and answers."""
        for name, value in item.items():
            if name in KNOWN or name.startswith("_") or value in (False, [], None) or name == "extension":
                continue
            self.gathered.leave(place, FIELDS.get(name) or said("Het veld “%(name)s” is niet meegekomen.", name=plain(name)[:60]))
        told = item.get("extension", [])
        for one in told if isinstance(told, list) else []:
            url = _words(one, "url") if isinstance(one, dict) else ""
            if url not in {LEAST, MOST, ORDINAL}:
                self.gathered.leave(place, EXTENSIONS.get(url.rpartition("/")[2], OTHER_EXTENSION))


def _extension(of: Json, name: str) -> Json:
    told = of.get("extension", [])
    every = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    return next((one for one in every if _words(one, "url").rpartition("/")[2] == name), {})
