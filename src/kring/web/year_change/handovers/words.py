"""The words of the warm handover."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.handovers import Part, Said, State

PARTS: Mapping[Part, Promise] = {
    Part.WORKS: _("Wat werkt"),
    Part.WATCH: _("Waar op te letten"),
    Part.WISH: _("Wat het kind en de ouders willen doorgeven"),
}

HINTS: Mapping[Part, Promise] = {
    Part.WORKS: _("Schrijf wat u doet en wat er dan gebeurt. Bijvoorbeeld: eerst voordoen, dan zelf laten proberen."),
    Part.WATCH: _("Schrijf wat de volgende leerkracht kan zien of horen. Geen oordeel, geen etiket, geen vermoeden."),
    Part.WISH: _("Vraag het in een gesprek en schrijf het op in hun woorden."),
}

SAID: Mapping[Said, Promise] = {
    Said.AGREED: _("Dit mag u doorgeven"),
    Said.CHANGE: _("Ik wil dit anders"),
    Said.REFUSED: _("Dit niet doorgeven"),
}

SAID_BY_PUPIL: Mapping[Said, Promise] = {
    Said.AGREED: _("Dit mag je doorgeven"),
    Said.CHANGE: _("Ik wil dit anders"),
    Said.REFUSED: _("Dit niet doorgeven"),
}

STATES: Mapping[State, Promise] = {
    State.WRITING: _("nog niet gedeeld met thuis"),
    State.SHOWN: _("wacht op thuis"),
    State.CHANGE: _("thuis wil andere woorden"),
    State.AGREED: _("mag door"),
    State.REFUSED: _("wordt niet doorgegeven"),
}
