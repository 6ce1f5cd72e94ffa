"""Lists in the words of a school: who answers, what it is about, how often, what it lacks, what to look at again, what changed."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.instruments import About, Competence, Family, Informant, Level, Season
from kring.core.sketches import ChangeKind, Lack
from kring.library.readability import MarkKind


class Ownership:
    """Whose the text is, as it is chosen in a form and written in the file."""

    SHARED, SCHOOL, OTHER = "CC-BY-4.0", "eigen tekst", "met toestemming"


WHO: Mapping[tuple[Informant, About], Promise] = {
    (Informant.PUPIL, About.PUPIL): _("Leerlingen, over zichzelf"),
    (Informant.TEACHER, About.PUPIL): _("Leerkrachten, over een leerling"),
    (Informant.GUARDIAN, About.PUPIL): _("Ouders, over hun kind"),
    (Informant.STAFF, About.GROUP): _("Medewerkers, over een groep"),
    (Informant.STAFF, About.SCHOOL): _("Medewerkers, over de school"),
}
FAMILIES: Mapping[Family, Promise] = {
    Family.EMOTION: _("gevoelens"),
    Family.BEHAVIOUR: _("gedrag"),
    Family.WELLBEING: _("welbevinden"),
    Family.SOCIAL: _("omgaan met anderen"),
    Family.CLIMATE: _("sfeer en steun op school"),
}
COMPETENCES: Mapping[Competence, Promise] = {
    Competence.SELF_AWARENESS: _("jezelf kennen"),
    Competence.SELF_MANAGEMENT: _("jezelf sturen"),
    Competence.SOCIAL_AWARENESS: _("de ander zien"),
    Competence.RELATIONSHIPS: _("met anderen omgaan"),
    Competence.CHOICES: _("keuzes maken"),
}
LEVELS: Mapping[Level, Promise] = {Level.PUPIL: _("leerling"), Level.GROUP: _("groep"), Level.SCHOOL: _("school")}
SEASONS: Mapping[Season, Promise] = {Season.AUTUMN: _("in het najaar"), Season.SPRING: _("in het voorjaar")}
DIRECTIONS: Mapping[int, Promise] = {1: _("hoger is gunstiger"), -1: _("hoger betekent meer zorgen")}
LACKS: Mapping[Lack, Promise] = {
    Lack.NO_PROMISE: _("Er staat nog niet wie de antwoorden ziet (de belofte)."),
    Lack.NO_MINUTES: _("Er staat nog niet hoeveel minuten invullen kost."),
    Lack.NO_LICENCE: _("Er staat nog niet van wie de tekst is en onder welke licentie."),
    Lack.NO_ATTRIBUTION: _("Er staat nog niet wie de lijst heeft gemaakt."),
    Lack.NO_VALIDITY_NOTE: _("Er staat nog niet wat de uitslag waard is."),
    Lack.NOBODY_IT_IS_ABOUT: _("Wie invult, past niet bij over wie het gaat."),
    Lack.NO_ITEMS: _("De lijst heeft nog geen vragen."),
    Lack.NO_TEXT: _("Vraag %(where)s heeft nog geen tekst."),
    Lack.NO_ANSWERS: _("De lijst heeft nog geen antwoorden om uit te kiezen. Kies ze bij “Antwoorden van de lijst”."),
    Lack.TOO_FEW_ANSWERS: _("Bij “%(where)s” is er nog niets om uit te kiezen."),
    Lack.EMPTY_ROW: _("Bij “%(where)s” loopt de rij getallen de verkeerde kant op."),
    Lack.NO_SCALE_ITEMS: _("Schaal “%(where)s” telt nog geen vragen."),
    Lack.OPEN_ITEM_COUNTED: _("“%(where)s” is een open vraag en kan niet meetellen in een schaal."),
    Lack.ITEM_TWICE: _("“%(where)s” telt mee in twee schalen. Kies er één."),
    Lack.OTHER_RANGES: _("De vragen van schaal “%(where)s” hebben antwoorden met andere getallen. Een gemiddelde zegt dan niets."),
    Lack.NO_COMPETENCE: _("Bij schaal “%(where)s” hoort nog geen competentie."),
    Lack.CUTS_OUT_OF_ORDER: _("Bij schaal “%(where)s” liggen de grenzen verkeerd om."),
    Lack.CUT_OUTSIDE: _("Bij schaal “%(where)s” ligt een grens waar geen score kan komen."),
    Lack.LICENCE_NOT_SHOWN: _("Er is nog niet vastgelegd dat de school deze lijst mag gebruiken, of de licentie is voorbij."),
    Lack.NAME_OF_PUBLISHER: _(
        "Zo heet een lijst van een uitgever. Is de tekst van de uitgever, begin dan bij “Lijsten van uitgevers”. "
        "Is de tekst van uw school, geef de lijst dan een andere naam."
    ),
}
MARKS: Mapping[MarkKind, Promise] = {
    MarkKind.TOO_LONG: _("Lange zin"),
    MarkKind.HARD_WORD: _("Moeilijk woord: %(where)s"),
    MarkKind.DOUBLE_NEGATION: _("Twee keer niet: %(where)s"),
    MarkKind.TWO_IN_ONE: _("Misschien twee vragen in één: %(where)s"),
    MarkKind.PAST_TENSE: _("Verleden tijd: %(where)s"),
    MarkKind.PASSIVE: _("Niemand doet iets: %(where)s"),
    MarkKind.QUESTION_IN_QUESTION: _("Vraag in een vraag: %(where)s"),
    MarkKind.JARGON: _("Vakwoord: %(where)s"),
}
CHANGES: Mapping[ChangeKind, Promise] = {
    ChangeKind.ITEM_ADDED: _("Nieuwe vraag"),
    ChangeKind.ITEM_REMOVED: _("Vraag weg"),
    ChangeKind.ITEM_REWORDED: _("Andere woorden"),
    ChangeKind.ANSWERS_CHANGED: _("Andere antwoorden"),
    ChangeKind.ITEM_MOVED: _("Andere plaats"),
    ChangeKind.SCALE_ADDED: _("Nieuwe schaal"),
    ChangeKind.SCALE_REMOVED: _("Schaal weg"),
    ChangeKind.SCALE_CHANGED: _("Schaal telt anders"),
    ChangeKind.SCALE_REWORDED: _("Schaal anders beschreven"),
    ChangeKind.HEAD_CHANGED: _("Andere gegevens"),
    ChangeKind.ASKED_CHANGED: _("Andere invullers"),
    ChangeKind.YEARS_CHANGED: _("Andere leerjaren"),
    ChangeKind.RHYTHM_CHANGED: _("Hoe vaak is anders"),
}
VALIDITY_NOTE = _(
    "Deze vragenlijst is door %(school)s gemaakt en is niet genormeerd en niet door de COTAN beoordeeld. "
    "Kleuren zijn gekozen grenzen, geen vergelijking met andere kinderen. "
    "Gebruik de uitslag om in gesprek te gaan, niet om te beslissen."
)
"""What a list of one's own says about its worth (methods, part F)."""

VALIDITY_NOTE_OF_OTHERS = _(
    "Deze vragenlijst is van %(owner)s. De school vulde haar zelf in, met een licentie. Kring heeft geen normen van deze lijst. "
    "Kleuren zijn gekozen grenzen, geen vergelijking met andere kinderen. "
    "Gebruik de uitslag om in gesprek te gaan, niet om te beslissen."
)


def years(levels: tuple[int, int] | None) -> str:
    """Groep 1 up to 8 are the first eight years of school, leerjaar 1 of secondary school is the ninth."""
    if levels is None:
        return gettext("alle leerjaren")
    first, last = levels
    if first == last:
        return _year(first)
    if (first <= 8) is (last <= 8):
        return gettext("%(first)s tot en met %(last)s") % {"first": _year(first), "last": last if last <= 8 else last - 8}
    return gettext("%(first)s tot en met %(last)s") % {"first": _year(first), "last": _year(last)}


def _year(level: int) -> str:
    if level <= 8:
        return gettext("groep %(n)d") % {"n": level}
    return gettext("leerjaar %(n)d") % {"n": level - 8}
