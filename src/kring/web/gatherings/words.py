"""The ten points before a talk, and why a pupil is on an agenda, in the words of the school."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.gatherings import Point

POINTS: Mapping[Point, tuple[Promise, Promise]] = {
    Point.GOAL: (_("Doel en aanpak"), _("Wat wilt u bereiken, hoe pakt u het aan, en waaraan ziet u dat het gelukt is?")),
    Point.STRENGTHS: (_("Wat goed gaat"), _("Wat valt u positief op? Begin daarmee, met een voorbeeld uit de klas.")),
    Point.FACTS: (_("Wat u zag"), _("Wat hebt u zelf gezien of gehoord? Vertel het rustig en duidelijk, zonder oordeel.")),
    Point.THEIR_VIEW: (_("Hoe het thuis gaat"), _("Wat herkennen de ouders, en wat zien zij anders? Vraag het voordat u iets voorstelt.")),
    Point.BESIDE: (_("Samen"), _("Hoe merken de ouders dat u naast hen staat en naar hetzelfde kind kijkt?")),
    Point.THEIR_NEED: (_("Wat de ouders nodig hebben"), _("Waar kunnen de ouders zelf hulp bij gebruiken? Vraag het gewoon.")),
    Point.OTHERS: (_("Wie er nog meer belangrijk is"), _("Bij wie is deze leerling graag, op school, thuis of op de club?")),
    Point.PERMISSION: (_("Toestemming"), _("Wilt u met anderen praten over deze leerling? Vraag of dat mag, en zeg waarvoor.")),
    Point.LANGUAGE: (_("Elkaar begrijpen"), _("Praat u dezelfde taal? Wie tolkt er? Nooit het kind, een broer of een zus.")),
    Point.NEXT_STEP: (_("Hoe het verder gaat"), _("Welke afspraak maakt u, wie helpt er, en wanneer spreekt u elkaar weer?")),
}

REASONS: Mapping[str, Promise] = {
    "priority": _("met voorrang"),
    "top": _("een van de meeste punten"),
    "undiscussed": _("lang niet besproken"),
    "left_over": _("vorige keer niet aan de beurt"),
    "own": _("zelf gekozen"),
    "internalising": _("naar binnen gekeerd"),
    "externalising": _("naar buiten gekeerd"),
}
