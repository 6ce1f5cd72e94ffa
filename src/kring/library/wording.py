"""The sentence for each rule that a content file can break."""

from math import isinf

from kring.core import instruments as rules
from kring.core.errors import BrokenRule
from kring.file_problems import Said, said

SENTENCES: dict[type[BrokenRule], tuple[Said, Said]] = {
    rules.TextMissing: (said("Bij “%(of)s” ontbreekt tekst (%(field)s)."), said("Vul de tekst in.")),
    rules.LicenceMissing: (said("De licentie ontbreekt."), said("Noem de licentie van de tekst, bijvoorbeeld CC-BY-4.0.")),
    rules.KeyTwice: (said("De sleutel “%(key)s” komt twee keer voor in “%(of)s”."), said("Geef elk onderdeel een eigen sleutel.")),
    rules.TooFewOptions: (
        said("Het item “%(item)s” heeft minder dan twee antwoorden."),
        said("Geef het antwoorden, of zet options bovenaan het bestand."),
    ),
    rules.NumberOutsideBounds: (
        said("Bij “%(of)s” is %(field)s %(value)s; dat moet tussen %(low)s en %(high)s liggen."),
        said("Pas het getal aan."),
    ),
    rules.NotASign: (said("Bij “%(of)s” is %(field)s %(value)s; dat moet 1 of -1 zijn."), said("Kies 1 (hoger is gunstiger) of -1.")),
    rules.ScaleWithoutItems: (
        said("De schaal “%(scale)s” heeft geen items en kan niet gescoord worden."),
        said("Noem de items, of haal de schaal weg."),
    ),
    rules.ScaleNamesUnknownItem: (
        said("De schaal “%(scale)s” noemt het onbekende item “%(item)s”."),
        said("Gebruik een sleutel die onder items staat."),
    ),
    rules.CutsInWrongOrder: (
        said("Bij “%(scale)s” staan rood (%(red)s) en groen (%(green)s) verkeerd om voor %(level)s."),
        said("Bij direction 1 is rood lager dan groen, bij direction -1 hoger."),
    ),
    rules.CutOutsideRange: (
        said("Bij “%(scale)s” ligt de grens %(cut)s buiten %(low)s tot %(high)s."),
        said("Kies een grens die een score kan halen."),
    ),
    rules.AnswersMissing: (
        said("Bij het item “%(item)s” horen antwoorden, of het is een open vraag zonder antwoorden."),
        said("Geef het antwoorden, of schrijf kind: text."),
    ),
    rules.NumbersNotInARow: (
        said("Bij het item “%(item)s” lopen de getallen niet van laag naar hoog in stappen van 1, of zijn het er meer dan 100."),
        said("Schrijf bijvoorbeeld low: 0 en high: 10; alleen de uiteinden krijgen woorden."),
    ),
    rules.ComparedWithItself: (
        said("Versie %(version)s kan alleen vergeleken worden met een eerdere versie, en %(earlier)s is dat niet."),
        said("Noem een eerdere versie."),
    ),
    rules.ComparesUnknownScale: (
        said("Onder comparable_with staat de schaal “%(scale)s”, maar de lijst heeft die niet."),
        said("Gebruik een sleutel die onder scales staat."),
    ),
    rules.ScaleCountsOpenItem: (
        said("De schaal “%(scale)s” telt de open vraag “%(item)s” mee."),
        said("Tel alleen vragen mee met antwoorden om te kiezen."),
    ),
    rules.ItemInTwoScales: (
        said("Het item “%(item)s” staat in twee schalen: “%(scale)s” en “%(other)s”."),
        said("Haal het uit een van beide."),
    ),
    rules.NobodyItIsAbout: (
        said("“%(informant)s” kan deze lijst niet over “%(about)s” invullen."),
        said("Medewerkers vullen in over de groep of de school; anderen over een leerling."),
    ),
    rules.NotWithoutNames: (
        said("“%(informant)s” vult in over één leerling. De antwoorden staan dan bij de naam van die leerling."),
        said("Zonder namen (anonymous) kan alleen bij leerlingen en medewerkers. Zet het uit."),
    ),
    rules.NothingToAsk: (said("De lijst “%(instrument)s” heeft geen items en geen vragen."), said("Zet er items of vragen in.")),
}


AT_LEAST = said("Bij “%(of)s” is %(field)s %(value)s; dat moet %(low)s of meer zijn.")


def sentence(rule: BrokenRule) -> tuple[Said, Said]:
    """What is wrong and what to do about it; said, so that a page can say it in another language."""
    words, advice = SENTENCES[type(rule)]
    if isinstance(rule, rules.NumberOutsideBounds) and isinf(rule.high):
        words = AT_LEAST
    return Said(words.words, **{name: _shown(fact) for name, fact in rule.facts().items()}), advice


def _shown(fact: object) -> object:
    """A number as people write it: 3 and not 3.0."""
    return f"{fact:g}" if isinstance(fact, float | int) else fact
