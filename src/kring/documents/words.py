"""The words for bands, informants and certainty: one place, so that page, picture and PDF say the same."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kring.core.answers import Missing
from kring.core.bands import Band
from kring.core.change import Change
from kring.core.instruments import Informant
from kring.core.reliability import Origin


def band_word(band: Band) -> str:
    """Asked for each score on a page, so only the one word is translated."""
    match band:
        case Band.RED:
            return _("rood")
        case Band.ORANGE:
            return _("oranje")
        case Band.GREEN:
            return _("groen")
        case Band.NO_SCORE:
            return _("geen score")


def certainty_word(*, certain: bool) -> str:
    return _("zeker") if certain else _("grensgebied")


def strength(title: str, direction: int) -> str:
    """What goes well in words that cannot be read the other way: of a scale on which less is better, that there is little of it."""
    return title if direction > 0 else _("%(scale)s (weinig)") % {"scale": title}


def informant_word(informant: Informant) -> str:
    return {
        Informant.TEACHER: _("leerkracht"),
        Informant.PUPIL: _("leerling"),
        Informant.GUARDIAN: _("ouder of verzorger"),
    }[informant]


def missing_word(reason: Missing) -> str:
    """Why there is no answer."""
    return {
        Missing.ANSWERED: "",
        Missing.NOT_SHOWN: _("niet gevraagd"),
        Missing.NOT_ANSWERED: _("overgeslagen"),
        Missing.DONT_KNOW: _("weet ik niet"),
        Missing.NOT_APPLICABLE: _("niet van toepassing"),
        Missing.REFUSED: _("wilde niet antwoorden"),
        Missing.ABSENT: _("was er niet"),
    }[reason]


def origin_word(origin: Origin) -> str:
    return {
        Origin.RETEST: _("gemeten door de lijst twee keer af te nemen"),
        Origin.OMEGA: _("berekend uit de samenhang van de vragen (omega)"),
        Origin.ALPHA: _("berekend uit de samenhang van de vragen (alfa)"),
        Origin.ASSUMED: _("aangenomen: er zijn nog te weinig ingevulde lijsten om dit zelf te berekenen"),
    }[origin]


def change_word(change: Change) -> str:
    """What may be said of a change between two scores."""
    return {
        Change.UNKNOWN: _("nog niet te zeggen"),
        Change.CLEARLY_WORSE: _("duidelijk minder gunstig"),
        Change.PERHAPS_WORSE: _("misschien minder gunstig"),
        Change.NOT_SHOWN: _("geen duidelijke verandering"),
        Change.PERHAPS_BETTER: _("misschien gunstiger"),
        Change.CLEARLY_BETTER: _("duidelijk gunstiger"),
    }[change]
