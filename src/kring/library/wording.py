"""The sentence for each rule that a content file can break."""

from kring.core import instruments as rules
from kring.core.errors import BrokenRule

SENTENCES: dict[type[BrokenRule], tuple[str, str]] = {
    rules.TextMissing: ("Bij “{of}” ontbreekt tekst ({field}).", "Vul de tekst in."),
    rules.LicenceMissing: ("De licentie ontbreekt.", "Noem de licentie van de tekst, bijvoorbeeld CC-BY-4.0."),
    rules.KeyTwice: ("De sleutel “{key}” komt twee keer voor in “{of}”.", "Geef elk onderdeel een eigen sleutel."),
    rules.TooFewOptions: (
        "Het item “{item}” heeft minder dan twee antwoorden.",
        "Geef het antwoorden, of zet options bovenaan het bestand.",
    ),
    rules.NumberOutsideBounds: ("Bij “{of}” is {field} {value:g}; dat moet tussen {low:g} en {high:g} liggen.", "Pas het getal aan."),
    rules.NotASign: ("Bij “{of}” is {field} {value}; dat moet 1 of -1 zijn.", "Kies 1 (hoger is gunstiger) of -1."),
    rules.ScaleWithoutItems: ("De schaal “{scale}” heeft geen items en kan niet gescoord worden.", "Noem de items, of haal de schaal weg."),
    rules.ScaleNamesUnknownItem: ("De schaal “{scale}” noemt het onbekende item “{item}”.", "Gebruik een sleutel die onder items staat."),
    rules.CutsInWrongOrder: (
        "Bij “{scale}” staan rood ({red:g}) en groen ({green:g}) verkeerd om voor {level}.",
        "Bij direction 1 is rood lager dan groen, bij direction -1 hoger.",
    ),
    rules.CutOutsideRange: ("Bij “{scale}” ligt de grens {cut:g} buiten {low} tot {high}.", "Kies een grens die een score kan halen."),
    rules.AnswersMissing: (
        "Bij het item “{item}” horen antwoorden, of het is een open vraag zonder antwoorden.",
        "Geef het antwoorden, of schrijf kind: text.",
    ),
    rules.NumbersNotInARow: (
        "Bij het item “{item}” lopen de getallen niet van laag naar hoog in stappen van 1, of zijn het er meer dan 100.",
        "Schrijf bijvoorbeeld low: 0 en high: 10; alleen de uiteinden krijgen woorden.",
    ),
    rules.ComparedWithItself: (
        "Versie {version} kan alleen vergeleken worden met een eerdere versie, en {earlier} is dat niet.",
        "Noem een eerdere versie.",
    ),
    rules.ComparesUnknownScale: (
        "Onder comparable_with staat de schaal “{scale}”, maar de lijst heeft die niet.",
        "Gebruik een sleutel die onder scales staat.",
    ),
    rules.ScaleCountsOpenItem: (
        "De schaal “{scale}” telt de open vraag “{item}” mee.",
        "Tel alleen vragen mee met antwoorden om te kiezen.",
    ),
    rules.ItemInTwoScales: ("Het item “{item}” staat in twee schalen: “{scale}” en “{other}”.", "Haal het uit een van beide."),
    rules.NobodyItIsAbout: (
        "“{informant}” kan deze lijst niet over “{about}” invullen.",
        "Medewerkers vullen in over de groep of de school; anderen over een leerling.",
    ),
    rules.NothingToAsk: ("De lijst “{instrument}” heeft geen items en geen vragen.", "Zet er items of vragen in."),
}


def sentence(rule: BrokenRule) -> tuple[str, str]:
    """What is wrong and what to do about it."""
    message, advice = SENTENCES[type(rule)]
    return message.format(**rule.facts()), advice
