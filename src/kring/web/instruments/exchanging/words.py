"""What a list that was brought in is and still lacks, in the words of a school."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.library.foreign.leftovers import Format, Missing

FORMATS: Mapping[Format, Promise] = {
    Format.KRING: _("een vragenlijst van Kring"),
    Format.FHIR: _("een FHIR Questionnaire"),
    Format.LIMESURVEY: _("een vragenlijst van LimeSurvey"),
    Format.FORMR: _("een vragenlijst van formr"),
}
MISSING: Mapping[Missing, Promise] = {
    Missing.LICENCE: _("Van wie de tekst is en of uw school haar mag gebruiken. Zonder dat kan niemand de lijst vrijgeven."),
    Missing.INFORMANT: _("Wie de lijst invult, en voor welke leerjaren."),
    Missing.PROMISE: _("Wat wie invult vooraf leest over wie de antwoorden ziet."),
    Missing.MINUTES: _("Hoeveel minuten invullen kost."),
    Missing.SCALES: _("Welke vragen samen een schaal zijn, als ze dat zijn."),
    Missing.DIRECTION: _("Of een hoge score gunstig is, en welke vragen omgekeerd tellen."),
    Missing.COMPETENCES: _("Bij welke competentie een schaal hoort."),
}
