"""What a screen needs to ask a list: the one who asks for it has already found, by `may`, that this one may fill it in.

    asked(invitation, at=now, until=end_of_lesson) -> AnswerPage             # pupil, guardian, colleague; page.as_json() in json_script
    asked_of_class(round, group, actor, at=now, until=…) -> ClassPage        # teacher, whole class

Neither changes anything in the database. Raises RoundAlreadyClosed, RoundNotOpenYet, HandedInAlready, ListWithdrawn when there is nothing
to fill in (any more); these have a sentence in `wording.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.templatetags.static import static
from django.utils import timezone

from kring.core.answering import check_asked
from kring.core.instruments import Instrument, Item, Question, QuestionKind
from kring.core.rounds import Window
from kring.library import NoSuchInstrument, Translation, translation
from kring.web.answering import queries, tickets
from kring.web.answering.sealing import public_key
from kring.web.choice_policies.intake import Asks, check_may_begin
from kring.web.instruments.pages import picture_path
from kring.web.schools.models import Group, Membership
from kring.web.sociograms.collecting.queries import Classmate, classmates
from kring.web.surveys.models import GuardianInvitation, Invitation, Round, StaffInvitation

SAVE, HAND_IN, SEALED = "/answers/", "/answers/hand-in/", "/answers/sealed/"
OTHER_LANGUAGES = ("en",)
LAST_WITHOUT_READING = 3  # groep 3: in that year children learn it


@dataclass(frozen=True, slots=True)
class ShownOption:
    """`picture` is an address, empty when there is none."""

    code: int
    label: str
    picture: str


@dataclass(frozen=True, slots=True)
class ShownItem:
    """`kind` is choice, number or text, and of classmates names or points; `audio` a path within content/, or empty.

    `limit`: at most so many names. `polarity`: who is named in answer to one question is not asked about in the opposite one.
    """

    key: str
    kind: str
    text: str
    audio: str
    options: tuple[ShownOption, ...]
    limit: int | None = None
    polarity: int = 0


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
    is_young: bool  # made for children who cannot read yet
    choices: tuple[QuestionKind | int, ...] = ()  # what it asks about classmates; -1 for a question with whom rather not


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One list. `answers` are those that are kept already, each as it is sent; of a list without names there are none."""

    ticket: str
    key: str
    list: ShownList
    answers: Mapping[str, Any]
    classmates: Sequence[Classmate] = ()
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
    invitation: Invitation | GuardianInvitation | StaffInvitation,
    *,
    at: datetime,
    until: datetime,
    language: str = "",
    seat: UUID | None = None,
) -> AnswerPage:
    """One list, in this language where there is one, from where somebody stopped; at a tablet of the class in this seat."""
    round = invitation.round
    _check(round, at, is_in=queries.is_handed_in(invitation), withdrawn=getattr(invitation, "withdrawn_at", None) is not None)
    _check_may_begin(invitation, at)
    ticket = tickets.issue(invitation, at=at, until=until, seat=seat)
    kept = {} if ticket.what in tickets.NAMELESS else queries.kept_answers(invitation)
    chosen_from = classmates(invitation) if isinstance(invitation, Invitation) and round.offered.questions else ()
    return AnswerPage(ticket.text, public_key(), shown(round.offered, language), kept, chosen_from)


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


def _check_may_begin(invitation: Invitation | GuardianInvitation | StaffInvitation, at: datetime) -> None:
    """Questions that may hurt: who began before the school switched them off may finish, and nobody begins any more."""
    round = invitation.round
    if round.offered.questions and getattr(invitation, "filling", None) is None:
        check_may_begin(Asks(round.school, round.offered, round.title, Window(round.opens_on, round.closes_on)), at=at)


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
        items=(*(_item(one, words.pictograms) for one in words.items), *(_question(one, words.pictograms) for one in words.questions)),
        language=words.language,
        languages=(instrument.language, *known),
        is_checked=other is None or other.status.value == "checked",
        has_scores=bool(instrument.scales),
        is_young=instrument.year_levels is not None and instrument.year_levels[1] <= LAST_WITHOUT_READING,
        choices=tuple(-1 if one.is_negative else one.kind for one in words.questions),
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


def _question(question: Question, pictograms: str) -> ShownItem:
    kind = "names" if question.asks_names else "points" if question.kind is QuestionKind.RATE else "choice"
    options = tuple(ShownOption(one.code, one.label, _picture(pictograms, one.picture)) for one in question.options)
    return ShownItem(question.key, kind, question.text, "", options, question.limit, question.polarity)


def _picture(pictograms: str, picture: str) -> str:
    path = picture_path(pictograms, picture)
    return static(path) if path else ""
