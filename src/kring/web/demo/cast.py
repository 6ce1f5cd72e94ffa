"""Who lives in the demo: user name, role, school, and what one sees when looking through their eyes."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.access import Role

PASSWORD = "meekijken-in-de-demo"  # noqa: S105
"""Of every demo account. It stands on the terminal at start, and a production start refuses these accounts."""


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody with a demo account. `what` is for those on the front page; `child` is a pupil of the cast; `also` are further hats."""

    given_name: str
    name_prefix: str
    family_name: str
    role: Role
    school: str
    what: Promise | None = None
    child: str | None = None
    has_authority: bool = False
    also: tuple[Role, ...] = ()

    @property
    def username(self) -> str:
        return self.given_name.lower()


PLAYERS = (
    Player("Anna", "", "Verlinden", Role.TEACHER, "De Beuk", _("Geeft les aan 6A: haar week, de lijsten, het sociogram en elke leerling.")),
    Player("Carla", "van", "Houten", Role.TEACHER, "De Beuk", _("Geeft les aan 6B, en ziet niets van 6A.")),
    Player("Bram", "", "Kuiper", Role.COORDINATOR, "De Beuk", _("Overziet alle groepen: wat er loopt en wat blijft liggen.")),
    Player("Rik", "de", "Lange", Role.LEADER, "De Beuk", _("Ziet cijfers van de school, en nooit de antwoorden van één kind.")),
    Player("Olga", "", "Sanders", Role.ADMINISTRATOR, "De Beuk", _("Beheert de installatie, zonder iets over leerlingen te zien.")),
    Player(
        "Els",
        "",
        "Brouwer",
        Role.GUARDIAN,
        "De Beuk",
        _("Moeder van Noor: ziet haar kind, en wat er op haar wacht."),
        child="Noor",
        has_authority=True,
    ),
    Player("Pim", "van", "Dalen", Role.GUARDIAN, "De Beuk", _("Vader van Noor zonder gezag: ziet niets over haar."), child="Noor"),
    Player("Noor", "van", "Dalen", Role.PUPIL, "De Beuk", _("Zit in 6A: wat er van haar gevraagd wordt, en wie dat leest."), child="Noor"),
    Player("Sem", "", "Ferreira", Role.PUPIL, "De Beuk", _("Zit in 6A, net als Noor."), child="Sem"),
    Player(
        "Paula",
        "",
        "Winters",
        Role.PRIVACY_OFFICER,
        "De Beuk",
        _("Let op de privacy: ziet wie wat bekeek, en niets van wat er staat."),
    ),
    Player(
        "Dien",
        "",
        "Aalbers",
        Role.EMPLOYEE,
        "De Beuk",
        _("Onderwijsassistent: ziet geen dossiers, en kan in nood de veiligheidskaart openen."),
    ),
    Player(
        "Nora",
        "",
        "Visser",
        Role.CONFIDENTIAL_CONTACT,
        "De Beuk",
        _("Vertrouwenscontactpersoon: denkt mee zonder te weten over wie het gaat."),
    ),
    Player(
        "Samira", "", "Haddad", Role.SOCIAL_WORKER, "De Beuk", _("Van buiten de school: ziet één casus, zolang de ouders het goedvinden.")
    ),
    Player(
        "Sanne",
        "van den",
        "Akker",
        Role.TEACHER,
        "De Beuk",
        _("Twee petten, één account: leerkracht van groep 4 en coördinator sociale veiligheid."),
        also=(Role.SAFETY_COORDINATOR,),
    ),
    Player("Frans", "", "Tillema", Role.COORDINATOR, "De Eik", _("Werkt op een school van een ander bestuur, achter een muur.")),
    Player("Gijs", "van", "Ommen", Role.COORDINATOR, "Het Baken", _("Begint net: een school voor voortgezet onderwijs zonder metingen.")),
    Player("Ilse", "", "Koning", Role.MENTOR, "Het Baken", _("Mentor van klas 4A, waar leerlingen zestien worden en zelf gaan beslissen.")),
    Player("Bo", "", "Reitsma", Role.PUPIL, "Het Baken", _("Zestien jaar: beslist zelf wie er meeleest."), child="Bo"),
    Player(
        "Ria",
        "",
        "Reitsma",
        Role.GUARDIAN,
        "Het Baken",
        _("Moeder van Bo van zestien: leest mee als Bo dat goedvindt."),
        child="Bo",
        has_authority=True,
    ),
    Player("Marit", "", "Hofman", Role.TEACHER, "De Beuk"),
    Player("Yusuf", "", "Yıldırım", Role.TEACHER, "De Beuk"),
    Player("Joris", "", "Mertens", Role.TEACHER, "De Beuk"),
    Player("Wouter", "", "Speelman", Role.TEACHER, "De Beuk"),
    Player("Fleur", "de", "Graaf", Role.TEACHER, "De Beuk"),
    Player("Tara", "", "Ramlal", Role.TEACHER, "De Beuk"),
    Player("Hugo", "", "Wessels", Role.TEACHER, "De Eik"),
    Player("Mirjam", "", "Bos", Role.TEACHER, "De Eik"),
    Player("Ineke", "van", "Duin", Role.TEACHER, "Het Baken"),
    Player("Sander", "", "Olde", Role.TEACHER, "Het Baken"),
)
FRONT = tuple(player for player in PLAYERS if player.what)
