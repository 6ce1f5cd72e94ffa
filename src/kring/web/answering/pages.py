"""What a screen needs to ask a list: the one who asks for it has already found, by `may`, that this one may fill it in.

    asked(invitation, at=now, until=end_of_lesson) -> AnswerPage             # pupil, guardian, colleague; page.as_json() in json_script
    asked_of_class(round, group, actor, at=now, until=…) -> ClassPage        # teacher, whole class

Neither changes anything in the database. Raises RoundAlreadyClosed, RoundNotOpenYet, HandedInAlready, ListWithdrawn when there is nothing
to fill in (any more); these have a sentence in `wording.py`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.templatetags.static import static
from django.utils import timezone

from kring.core.answering import check_asked
from kring.core.instruments import Instrument, Item
from kring.library import NoSuchInstrument, Translation, translation
from kring.web.answering import queries, tickets
from kring.web.answering.sealing import public_key
from kring.web.instruments.pages import picture_path
from kring.web.schools.models import Group, Membership
from kring.web.surveys.models import GuardianInvitation, Invitation, Round, StaffInvitation

SAVE, HAND_IN, SEALED = "/answers/", "/answers/hand-in/", "/answers/sealed/"
OTHER_LANGUAGES = ("en",)


@dataclass(frozen=True, slots=True)
class ShownOption:
    """`picture` is an address, empty when there is none."""

    code: int
    label: str
    picture: str


@dataclass(frozen=True, slots=True)
class ShownItem:
    """`kind` is choice, number or text; `audio` a path within content/, or empty."""

    key: str
    kind: str
    text: str
    audio: str
    options: tuple[ShownOption, ...]


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list in the language of the reader. `is_checked`: not a translation, or one that a second person read."""

    title: str
    informant: str
    anonymous: bool
    introduction: str
    promise: str
    minutes: int | None
    reasons: tuple[str, ...]
    items: tuple[ShownItem, ...]
    language: str
    languages: tuple[str, ...]
    is_checked: bool
    has_scores: bool  # then what comes out can be shown at home


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One list. `answers` are those that are kept already, each as it is sent; of a list without names there are none."""

    ticket: str
    key: str
    list: ShownList
    answers: Mapping[str, Any]
    save: str = SAVE
    hand_in: str = HAND_IN
    sealed: str = SEALED

    def as_json(self) -> dict[str, Any]:
        """For json_script."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer about one pupil: who gave it, and its turn, which the next answer says that it saw."""

    value: Any
    turn: int
    by: UUID | None


@dataclass(frozen=True, slots=True)
class ClassPage:
    """The lists about a class. `cells`: by invitation and item. `handed_in`: the invitations whose list is in, with their answers."""

    ticket: str
    key: str
    list: ShownList
    cells: Mapping[str, Mapping[str, Cell]]
    handed_in: Mapping[str, Mapping[str, Any]]
    save: str = SAVE
    hand_in: str = HAND_IN
    sealed: str = SEALED

    def as_json(self) -> dict[str, Any]:
        """For json_script."""
        return asdict(self)


def asked(
    invitation: Invitation | GuardianInvitation | StaffInvitation, *, at: datetime, until: datetime, language: str = ""
) -> AnswerPage:
    """One list, in this language where there is one, from where somebody stopped."""
    round = invitation.round
    _check(round, at, is_in=queries.is_handed_in(invitation), withdrawn=getattr(invitation, "withdrawn_at", None) is not None)
    ticket = tickets.issue(invitation, at=at, until=until)
    kept = {} if ticket.what in tickets.NAMELESS else queries.kept_answers(invitation)
    return AnswerPage(ticket.text, public_key(), shown(round.offered, language), kept)


def asked_of_class(round: Round, group: Group, actor: Membership, *, at: datetime, until: datetime) -> ClassPage:
    """The lists about the pupils of this group that the actor may fill in."""
    _check(round, at, is_in=False, withdrawn=False)
    kept = queries.kept_of_class(actor, round, group, at=at)
    cells = {str(one): {item: Cell(*row) for item, row in rows.items()} for one, rows in kept.items()}
    ticket = tickets.issue_for_class(round, group, actor, earlier=queries.latest_sitting(kept), at=at, until=until)
    handed_in = {str(one): answers for one, answers in queries.handed_in_of_class(actor, round, group, at=at).items()}
    return ClassPage(ticket.text, public_key(), shown(round.offered, ""), cells, handed_in)


def _check(round: Round, at: datetime, *, is_in: bool, withdrawn: bool) -> None:
    check_asked(round.closed_at, round.opens_on, on=timezone.localdate(at), is_in=is_in, withdrawn=withdrawn)


@lru_cache(maxsize=256)
def shown(instrument: Instrument, language: str) -> ShownList:
    """The words of a list, in this language or in its own."""
    known = _translations(instrument.key, instrument.version)
    other = known.get(language)
    words = other.instrument if other else instrument
    return ShownList(
        title=words.title,
        informant=words.informant.value,
        anonymous=words.anonymous,
        introduction=words.introduction,
        promise=words.promise,
        minutes=words.minutes,
        reasons=tuple(reason.value for reason in words.reasons),
        items=tuple(_item(one, words.pictograms) for one in words.items),
        language=words.language,
        languages=(instrument.language, *known),
        is_checked=other is None or other.status.value == "checked",
        has_scores=bool(instrument.scales),
    )


@lru_cache(maxsize=256)
def _translations(key: str, version: int) -> dict[str, Translation]:
    try:
        found = {language: translation(key, version, language) for language in OTHER_LANGUAGES}
    except NoSuchInstrument:  # the school's own
        return {}
    return {language: one for language, one in found.items() if one is not None}


def _item(item: Item, pictograms: str) -> ShownItem:
    options = tuple(ShownOption(one.code, one.label, _picture(pictograms, one.picture)) for one in item.options)
    return ShownItem(item.key, item.kind.value, item.text, item.audio, options)


def _picture(pictograms: str, picture: str) -> str:
    path = picture_path(pictograms, picture)
    return static(path) if path else ""
