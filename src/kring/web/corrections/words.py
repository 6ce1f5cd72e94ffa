"""Why something cannot be undone any more."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.corrections import NextStep

TOO_LATE: Mapping[NextStep, Promise] = {
    NextStep.ROUND_CLOSED: _("Dit kan niet meer ongedaan worden gemaakt: de afname is afgesloten."),
    NextStep.MOVED_ON: _("Dit kan niet meer ongedaan worden gemaakt: daarna is er nog een lijst verplaatst. Maak eerst dat ongedaan."),
    NextStep.ANSWERS_CHANGED: _("Dit kan niet meer ongedaan worden gemaakt: daarna is een van de lijsten veranderd."),
    NextStep.SHARED: _("Dit kan niet meer ongedaan worden gemaakt: daarna is er iets over een van deze leerlingen gedeeld."),
    NextStep.MERGED: _("Dit kan niet meer ongedaan worden gemaakt: daarna is een van deze leerlingen nog eens samengevoegd."),
    NextStep.CHANGED: _("Dit kan niet meer ongedaan worden gemaakt: wat verhuisd was, is daarna veranderd."),
}


def too_late_words(step: NextStep | None) -> str:
    """The sentence; nothing when it is not too late."""
    return str(TOO_LATE[step]) if step else ""
