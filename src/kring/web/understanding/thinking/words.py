"""The questions of the steps and the kinds of source, as they stand on the page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.understanding import ClassThinking, SourceKind

STEPS: Mapping[str, tuple[Promise, Promise]] = {
    "goes_well": (_("Wat gaat al goed?"), _("Begin hier. Denk aan vakken, momenten, mensen en plekken waar het lukt.")),
    "can_be_better": (_("Wat kan nog beter?"), _("Schrijf wat u ziet gebeuren. Dus geen oordeel over wie het kind is.")),
    "not_yet": (
        _("Hoe vaak, hoeveel en waar lukt het nog niet?"),
        _("Noem tijden en plekken: bij het samenwerken, na de pauze, op maandag."),
    ),
    "works_already": (_("Waar lukt het al, of een beetje?"), _("Juist daar zit vaak wat helpt. Wat is daar anders?")),
    "in_pupil": (_("Wat kan het verklaren in de leerling?"), _("Bijvoorbeeld wat het kind moeilijk of spannend vindt, en wat het wil.")),
    "in_surroundings": (
        _("Wat kan het verklaren in de omgeving?"),
        _("De klas, de les, de volwassenen, thuis, de buurt. Kijk ook naar wat u zelf doet. Is hier niets te vinden? Schrijf dat dan op."),
    ),
    "needs": (
        _("Wat is er nodig?"),
        _("Elke behoefte op een eigen regel, als zin: “… heeft nodig dat …”. Schrijf wat helpt, niet wat iemand heeft."),
    ),
}
"""A question with what helps to answer it, in the order in which they are asked."""

OF_CLASS: Mapping[str, tuple[Promise, Promise]] = {
    ClassThinking.GOING_ON: (
        _("Wat is er aan de hand in de klas?"),
        _("Beschrijf wat er tussen de kinderen gebeurt. Noem geen kind als oorzaak."),
    ),
    ClassThinking.HELPS: (_("Wat kan helpen?"), _("Wat hielp eerder, in deze klas of bij een collega?")),
    ClassThinking.STRONG_PUPILS: (
        _("Welke rol kunnen stevige, rustige leerlingen krijgen?"),
        _("Hier mag u namen noemen. Vraag het hun eerst zelf, en let op dat het geen last wordt."),
    ),
    ClassThinking.PREVENT: (
        _("Hoe voorkomt u dat het weer gebeurt?"),
        _("Denk aan de plek, de tijd, de overgang van de ene les naar de andere."),
    ),
    ClassThinking.OWN_STRATEGY: (_("Wat doet u zelf, en wat levert dat op?"), _("Ook wat niet werkt is nuttig om te weten.")),
    ClassThinking.INSTRUMENTS: (_("Wat biedt de methode van de school?"), _("Bijvoorbeeld lessen of afspraken die er al zijn.")),
    ClassThinking.NEW_APPROACH: (_("Wat gaat u anders doen?"), _("Eén of twee dingen die morgen kunnen beginnen.")),
}
"""The same about a class."""

KINDS: Mapping[str, Promise] = {
    SourceKind.OWN_LIST: _("lijst van de leerling"),
    SourceKind.TEACHER_LIST: _("lijst van de leerkracht"),
    SourceKind.GUARDIAN_LIST: _("lijst van thuis"),
    SourceKind.SIGNAL: _("signaal of observatie"),
    SourceKind.TALK: _("gesprek"),
    SourceKind.ABSENCE: _("verzuim"),
    SourceKind.SOCIOGRAM: _("sociogram"),
    SourceKind.COLLEAGUE: _("collega"),
    SourceKind.PUPIL: _("de leerling zelf"),
}
