"""Every point in words: where it came from, what was found, until when it counts. Never a word about who a pupil is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.core.attention import Channel, Level, PointRow, Sign, Source
from kring.core.attention.agenda import Balance, Reason
from kring.core.attention.table import CLEARLY_WORSE
from kring.web.days import spoken_number

CHANNELS: Mapping[Channel, Promise] = {
    Channel.INTERNALISING: gettext_lazy("Naar binnen gekeerd"),
    Channel.EXTERNALISING: gettext_lazy("Naar buiten gekeerd"),
}
LEVELS: Mapping[int | None, Promise] = {
    None: gettext_lazy("niets bekend"),
    Level.NONE: gettext_lazy("geen actie nodig"),
    Level.FOLLOW: gettext_lazy("volgen"),
    Level.DISCUSS: gettext_lazy("bespreken"),
    Level.PRIORITY: gettext_lazy("met voorrang"),
}
SOURCES: Mapping[Source, Promise] = {
    Source.OWN_LIST: gettext_lazy("Eigen lijst"),
    Source.TEACHER_LIST: gettext_lazy("Lijst van de leerkracht"),
    Source.PARENTS: gettext_lazy("Ouders"),
    Source.CHANGE: gettext_lazy("Verandering"),
    Source.SOCIOGRAM: gettext_lazy("Sociogram"),
    Source.ABSENCE: gettext_lazy("Verzuim"),
    Source.OBSERVATION: gettext_lazy("Gezien op school"),
    Source.BULLYING: gettext_lazy("Pesten"),
    Source.INFORMANT_GAP: gettext_lazy("Anders dan de leerkracht ziet"),
    Source.RESULTS: gettext_lazy("Cijfers en huiswerk"),
}
SIGNS: Mapping[Sign, Promise] = {
    Sign.RED_CERTAIN: gettext_lazy("zeker rood"),
    Sign.RED: gettext_lazy("rood"),
    Sign.ORANGE: gettext_lazy("oranje"),
    Sign.WORRY: gettext_lazy("thuis zijn er zorgen"),
    Sign.RCI: gettext_lazy("minder goed dan de vorige keer, meer dan de meetfout"),
    Sign.NEVER_CHOSEN: gettext_lazy("niemand koos deze leerling"),
    Sign.NO_MUTUAL: gettext_lazy("koos klasgenoten, en niemand koos terug"),
    Sign.LIKED_UNAWARE: gettext_lazy("wordt gekozen en verwacht dat niet"),
    Sign.REJECTION_RARE: gettext_lazy("opvallend vaak met een nee genoemd"),
    Sign.ABSENT_PERCENT: gettext_lazy("deel van de schooldagen afwezig"),
    Sign.SHORT_SPELLS: gettext_lazy("keer ziek gemeld"),
    Sign.SAME_LESSON_MISSED: gettext_lazy("keer dezelfde les gemist"),
    Sign.SENT_OUT: gettext_lazy("keer de klas uitgestuurd"),
    Sign.SEEN: gettext_lazy("gezien door collega’s of anderen op school"),
    Sign.BULLIED_MONTHLY: gettext_lazy("zegt elke maand gepest te worden"),
    Sign.BULLIED_WEEKLY: gettext_lazy("zegt elke week gepest te worden"),
    Sign.LOWER_THAN_TEACHER: gettext_lazy("de leerling vult veel lager in dan de leerkracht"),
    Sign.FALL: gettext_lazy("het gaat achteruit"),
}
REASONS: Mapping[Reason, Promise] = {
    Reason.PRIORITY: gettext_lazy("met voorrang"),
    Reason.TOP: gettext_lazy("de meeste punten"),
    Reason.UNDISCUSSED: gettext_lazy("twee besprekingen niet besproken"),
}
BALANCE: Mapping[Balance, Promise] = {
    Balance.UNKNOWN: gettext_lazy("Er zijn nog te weinig leerlingen besproken. Vanaf 20 leerlingen staat hier een aandeel."),
    Balance.TOO_LOW: gettext_lazy("Leerlingen met naar binnen gekeerd gedrag krijgen minder aandacht dan de bedoeling is."),
    Balance.WITHIN: gettext_lazy("Beide kanten krijgen ongeveer evenveel aandacht."),
    Balance.TOO_HIGH: gettext_lazy("Leerlingen met naar buiten gekeerd gedrag krijgen minder aandacht dan de bedoeling is."),
}


def row_words(row: PointRow) -> str:
    """A row of the table, with its limit as one would say it."""
    limit = spoken_number(row.at_least or 0)
    said = {
        Sign.ABSENT_PERCENT: _("minstens %(limit)s procent van de schooldagen afwezig"),
        Sign.SHORT_SPELLS: _("minstens %(limit)s keer ziek gemeld in twaalf weken"),
        Sign.SAME_LESSON_MISSED: _("minstens %(limit)s keer dezelfde les gemist in twaalf weken"),
        Sign.SENT_OUT: _("minstens %(limit)s keer de klas uitgestuurd in twaalf weken"),
        Sign.SEEN: _("twee of meer mensen zagen iets") if (row.at_least or 0) > 1 else _("één persoon zag iets"),
        Sign.RCI: change_words(row.at_most or 0),
    }
    return said.get(row.signs[0], str(SIGNS[row.signs[0]])) % {"limit": limit}


def change_words(index: float) -> str:
    """Beyond the error of measurement, or perhaps."""
    return _("duidelijk minder goed dan de vorige keer") if index <= CLEARLY_WORSE else _("misschien minder goed dan de vorige keer")


def found_words(line: Mapping[str, Any]) -> str:
    """What was found: the scale with its colour, a number with what it counts, or how many saw something."""
    sign, about, value = Sign(line["sign"]), str(line.get("about") or ""), line.get("value")
    if sign is Sign.SEEN:
        return ngettext("%(n)d persoon zag iets", "%(n)d mensen zagen iets", line["observers"]) % {"n": line["observers"]}
    if sign is Sign.ABSENT_PERCENT:
        return _("%(percent)s procent van de schooldagen afwezig") % {"percent": spoken_number(round(float(value or 0)))}
    if sign in {Sign.SHORT_SPELLS, Sign.SAME_LESSON_MISSED, Sign.SENT_OUT}:
        return f"{spoken_number(round(float(value or 0)))} {SIGNS[sign]}"
    said = change_words(float(value or 0)) if sign is Sign.RCI else str(SIGNS[sign])
    return f"{about}: {said}" if about else said


def day_of(line: Mapping[str, Any], name: str) -> date | None:
    """A day of a line; none where it counts anew every day."""
    return date.fromisoformat(line[name]) if line[name] else None
