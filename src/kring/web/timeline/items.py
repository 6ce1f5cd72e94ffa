"""One thing that happened around a pupil, and the words for its kind and for whose eyes saw it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What it is."""

    TALK = "talk"
    SIGNAL = "signal"
    LIST = "list"
    SOCIOGRAM = "sociogram"
    SCORE = "score"
    ABSENCE = "absence"
    UNDERSTANDING = "understanding"
    PLAN = "plan"
    START = "start"


class Source(StrEnum):
    """Who saw or said it."""

    PUPIL = "pupil"
    SCHOOL = "school"
    HOME = "home"
    CLASSMATES = "classmates"
    OUTSIDE = "outside"


KINDS: Mapping[Kind, Promise] = {
    Kind.TALK: _("gesprekken"),
    Kind.SIGNAL: _("signalen"),
    Kind.LIST: _("vragenlijsten"),
    Kind.SOCIOGRAM: _("sociogrammen"),
    Kind.SCORE: _("uitslagen van elders"),
    Kind.ABSENCE: _("verzuim"),
    Kind.UNDERSTANDING: _("begrijpen"),
    Kind.PLAN: _("plannen"),
    Kind.START: _("nieuw in de groep en overdracht"),
}
SOURCES: Mapping[Source, Promise] = {
    Source.PUPIL: _("de leerling zelf"),
    Source.SCHOOL: _("school"),
    Source.HOME: _("thuis"),
    Source.CLASSMATES: _("klasgenoten"),
    Source.OUTSIDE: _("buiten school"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line, with the page where the whole of it stands, if there is one for this reader."""

    kind: Kind
    source: Source
    on: date
    title: str
    text: str = ""
    route: str = ""
    key: object = None

    @property
    def kind_word(self) -> str:
        return str(KINDS[self.kind])

    @property
    def source_word(self) -> str:
        return str(SOURCES[self.source])
