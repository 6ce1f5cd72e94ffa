"""What was found in a text, and how well the child is recognised, in the words of the school."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.anonymity import Kind, Recognition
from kring.core.consulting import Consulted

KINDS: Mapping[Kind, Promise] = {
    Kind.NAME: _("een naam van iemand van de school"),
    Kind.INITIALS: _("letters van een naam"),
    Kind.ADMIN_KEY: _("een leerlingnummer"),
    Kind.PLACE: _("de naam van de school of het bestuur"),
    Kind.GROUP: _("de naam van een groep"),
    Kind.ADDRESS: _("een adres"),
    Kind.DATE: _("een datum"),
    Kind.EMAIL: _("een e-mailadres"),
    Kind.POSTCODE: _("een postcode"),
    Kind.LONG_NUMBER: _("een telefoonnummer of ander lang nummer"),
    Kind.AGE: _("een precieze leeftijd"),
    Kind.OTHER_AGE: _("een leeftijd buiten de gekozen leeftijden"),
    Kind.NUMBER: _("een getal"),
    Kind.MONTH: _("een maand of vakantie"),
    Kind.CAPITAL: _("een woord met een hoofdletter: misschien een plaats, een club of een naam"),
    Kind.ILLNESS: _("een ziekte of beperking"),
    Kind.ORIGIN: _("afkomst of geloof"),
    Kind.FAMILY_EVENT: _("iets bijzonders in het gezin"),
    Kind.HOBBY: _("een hobby of optreden"),
    Kind.ONLY_ONE: _("iets wat bijna niemand heeft"),
    Kind.TWIN: _("een tweeling of drieling"),
}

LEVELS: Mapping[Recognition, Promise] = {
    Recognition.HARD: _("moeilijk te herkennen door wie de school kent"),
    Recognition.PERHAPS: _("misschien te herkennen door wie de school kent"),
    Recognition.EASY: _("makkelijk te herkennen door wie de school kent"),
}
BANDS: Mapping[Recognition, str] = {Recognition.HARD: "green", Recognition.PERHAPS: "orange", Recognition.EASY: "red"}
CONSULTED: Mapping[Consulted, Promise] = {
    Consulted.COLLEAGUE: _("een collega"),
    Consulted.SUPPORT_TEAM: _("het ondersteuningsteam"),
    Consulted.CARE_TEAM: _("het zorgteam of ZAT"),
    Consulted.YOUTH_HEALTH: _("de jeugdarts of jeugdverpleegkundige (JGZ)"),
    Consulted.SOCIAL_WORK: _("schoolmaatschappelijk werk"),
    Consulted.NEIGHBOURHOOD_TEAM: _("het wijkteam"),
    Consulted.MENTAL_HEALTH: _("de jeugd-ggz"),
    Consulted.OTHER: _("iemand anders"),
}
