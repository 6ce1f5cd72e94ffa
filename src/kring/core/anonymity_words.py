"""Words by which `core/anonymity.py` reads a Dutch text: what gives a child away, what is never a name, what a street ends in.

Folded: lower case, without accents. A clue word counts at the beginning of a word: "adoptie" finds "adoptieouders".
"""

from collections.abc import Mapping
from typing import Final


def _listed(words: str) -> list[str]:
    return words.split()


CLUE_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "illness": (
        *("adhd", "allergi", "astma", "autis", "blind", "diabet", "dove", "doof", "dyslec", "dyscalc", "epilep", "handicap", "hoortoestel"),
        *("huidziekte", "kanker", "leukemie", "medicijn", "medicatie", "operatie", "prothese", "rolstoel", "slechthorend", "slechtziend"),
        *("spastisch", "stotter", "suikerziekte", "syndroom", "tourette", "ziekenhuis"),
    ),
    "origin": (
        *(
            "afkomst",
            "asielzoek",
            "azc",
            "vluchteling",
            "statushouder",
            "moedertaal",
            "geboorteland",
            "moskee",
            "kerk",
            "synagoge",
            "tempel",
        ),
        *("moslim", "islam", "joods", "christel", "jehova", "hindoe", "marokk", "turks", "turkije", "syri", "oekrai", "pools", "polen"),
        *("somali", "eritre", "surinam", "antill", "curacao", "bulga", "roemee", "chine", "afghaan", "afghani", "irak", "iran", "roma"),
        *("woonwagen", "schipper", "kermis"),
    ),
    "family_event": (
        *(
            "adopti",
            "geadopteerd",
            "pleegkind",
            "pleegouder",
            "pleeggezin",
            "pleegmoeder",
            "pleegvader",
            "overleden",
            "overlijden",
            "overleed",
        ),
        *("begrafenis", "gestorven", "verongeluk", "zelfdoding", "suicide", "gevangenis", "detentie", "politie", "rechter", "rechtbank"),
        *("scheiding", "gescheiden", "uithuisplaats", "uithuisgeplaatst", "ondertoezicht", "ots", "jeugdbescherm", "voogd", "faillis"),
        *(
            "huisuitzet",
            "dakloos",
            "opvanghuis",
            "blijf van",
            "brand",
            "ongeluk",
            "mishandel",
            "verslaafd",
            "zwanger",
            "verhuisd",
            "verhuizing",
        ),
        *("draagmoeder", "twee moeders", "twee vaders", "tienermoeder"),
    ),
    "hobby": (
        *("ballet", "drumt", "drumstel", "judo", "karate", "kickboks", "paardrijd", "pony", "schaak", "schaats", "scouting", "schermen"),
        *("turnt", "turnen", "topsport", "talent", "viool", "harp", "trompet", "motorcross", "kart", "zeilt", "zeilen", "zwemkampioen"),
        *("kampioen", "wedstrijd", "optred", "musical", "youtube", "tiktok", "vlog", "influencer", "televisie", "krant"),
    ),
    "only_one": ("enige", "als enig", "nog nooit", "nergens anders", "bekende familie", "iedereen kent", "heel het dorp", "hele dorp"),
    "twin": ("tweeling", "drieling", "tweelingbroer", "tweelingzus"),
    "month": (
        *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"),
        *("kerstvakantie", "voorjaarsvakantie", "meivakantie", "zomervakantie", "herfstvakantie"),
    ),
}

MONTHS: Final = CLUE_WORDS["month"][:12]

AGES: Final = {
    word: age
    for age, word in enumerate(
        _listed("vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien"), start=4
    )
}

EVERYDAY: Final = frozenset(
    _listed("""
    aan af al alle als altijd ander andere beetje ben beter bij bijna blij boos daar daarna dag dan dat de deel den der des deze die dit do
    doe doen door dus echt een eens eerst eigen elk elke en er erg even ga gaan gaat geen goed graag groep groot haar had half hal hand hard
    heb hebben heeft heel hem hen het hier hij hoe hoor huis ik in is ja jaar jij jong juf kan keer kijk kind klas klein kom komt kon kort
    laat lang last leer les lief lijn luis maak maar mag man mee meer meest mei mens met mij mijn min mis moe moed moet mond na naam naar
    nee net niet nog nu of om ons ook op open oud over pas per piet plan rest rij rond rust sam samen sinds som soms spel stap stil te ten
    ter tijd toch toe toen tot tussen twee uit uur vaak van vanaf vast veel ver vind voor vraag vrij waar wan want was wat week weer weg wel
    wie wij wil will word worden wordt zaak ze zegt zelf zelfs zes zich zie zien zij zijn zit zo zoek zorg zou
    """)
)
"""Words that every text holds. Written small they are no nickname, and no name of somebody who is called so."""

PARTICLES: Final = frozenset(
    _listed("van de den der het ten ter te t in op aan von zu el al la le du da das dos di del bin ibn ben abu s d")
)
"""Parts of a family name that are no name."""

ABBREVIATIONS: Final = frozenset(
    _listed("""
    ab adhd ass avg bso cjg dvd ggd ggz gz hb ib iq jgz kdv leraar lvs mr mt nt2 opp ok ots pabo pc pgb pmt po rt sbo smw so sova swpbs swv
    tl tlv tv vo vwo havo vmbo mbo vso zat
    """)
)
"""Letters that a school uses every day; no initials."""

STREET_ENDS: Final = (
    *("straat", "laan", "plein", "gracht", "kade", "dijk", "singel", "dreef", "steeg", "plantsoen", "weg", "hof", "pad", "markt", "park"),
    *("erf", "burg", "wal", "oord"),
)

ENDINGS: Final = frozenset({"s", "je", "jes", "tje", "tjes", "pje", "pjes", "etje", "etjes", "ie", "y", "tie", "en"})
"""What is put behind a name: of Noor, little Noor."""
