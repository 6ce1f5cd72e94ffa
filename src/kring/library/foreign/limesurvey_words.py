"""What the kinds of questions and settings of LimeSurvey are, in the words of who brings one in."""

from collections.abc import Mapping
from typing import Final

from kring.file_problems import Said, said

SEVERAL = said("Hier kan iemand meer dan één antwoord geven. Dat kan in Kring niet in één vraag.")
PERSONAL = said("Dit vraagt naar een persoonlijk kenmerk. Dat weet Kring al, of hoort Kring niet te weten.")
TWO_SIDED = said("Deze tabel heeft twee kanten of invulvakken. Dat kan in Kring niet in één vraag.")
DATES = said("Kring vraagt niet naar een datum.")
FIXED: Final = {"5", "A", "B", "C", "E", "Y"}
NOT_TAKEN: Final[Mapping[str, Said]] = {
    "X": said("Dit is een tekst tussendoor, geen vraag."),
    "*": said("Dit is een rekenregel, geen vraag. Kring voert haar niet uit."),
    "M": SEVERAL,
    "P": SEVERAL,
    "R": said("Op volgorde zetten kan in Kring niet."),
    ":": TWO_SIDED,
    ";": TWO_SIDED,
    "1": TWO_SIDED,
    "D": DATES,
    "|": said("Een bestand meesturen kan in een lijst van Kring niet."),
    "G": PERSONAL,
    "I": said("Dit laat de taal kiezen. In Kring kiest wie invult zelf al een taal."),
}
ANSWERS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "nl": {"Y": ("nee", "ja"), "C": ("nee", "weet niet", "ja"), "E": ("minder", "even veel", "meer")},
    "en": {"Y": ("no", "yes"), "C": ("no", "uncertain", "yes"), "E": ("decrease", "same", "increase")},
    "de": {"Y": ("nein", "ja"), "C": ("nein", "unsicher", "ja"), "E": ("weniger", "gleich", "mehr")},
    "fr": {"Y": ("non", "oui"), "C": ("non", "incertain", "oui"), "E": ("moins", "pareil", "plus")},
}
NUMBERED: Final = {"5": 5, "A": 5, "B": 10}
SHUFFLED = said("De volgorde is daar steeds anders. In Kring is zij vast.")
CHECKED = said("De controle op wat iemand invult is niet meegekomen.")
DEPENDS = said("Regels of antwoorden hangen van een andere vraag af. In Kring krijgt iedereen ze alle.")
SETTINGS: Final[Mapping[str, Said]] = {
    "random_order": SHUFFLED,
    "answer_order": SHUFFLED,
    "random_group": SHUFFLED,
    "randomization_group": SHUFFLED,
    "em_validation_q": CHECKED,
    "em_validation_q_tip": CHECKED,
    "em_validation_sq": CHECKED,
    "em_validation_sq_tip": CHECKED,
    "min_answers": CHECKED,
    "max_answers": CHECKED,
    "equals_num_value": CHECKED,
    "array_filter": DEPENDS,
    "array_filter_exclude": DEPENDS,
    "exclude_all_others": DEPENDS,
    "exclude_all_others_auto": DEPENDS,
    "other_comment_mandatory": CHECKED,
    "time_limit": said("Kring geeft geen tijd om te antwoorden."),
    "prefix": said("Een woord voor of achter het antwoord is niet meegekomen."),
    "suffix": said("Een woord voor of achter het antwoord is niet meegekomen."),
}


def attribute_reason(name: str, value: str) -> Said | None:
    """Why this setting of a question does not come along; None when it says nothing, or only how the question looks."""
    return SETTINGS.get(name) if value.strip() not in {"", "0", "normal"} else None


def fixed_answers(kind: str, language: str) -> list[tuple[str, str, str]]:
    """The answers that LimeSurvey itself gives to this kind, as (code, words, nothing)."""
    if kind in NUMBERED:
        return [(str(number), str(number), "") for number in range(1, NUMBERED[kind] + 1)]
    words = ANSWERS.get(language.partition("-")[0].lower(), ANSWERS["nl"])[kind]
    first = 0 if kind == "Y" else 1
    return [(str(first + place), label, "") for place, label in enumerate(words)]
