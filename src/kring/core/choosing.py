"""Choosing classmates: in which order a pupil sees the names, and what may be handed in.

Choices become facts only here: on a device anything can be written. Whoever was on the list and is not any more (a family that said no, a
pupil who left) is left out without a word; the child who chose did nothing wrong.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kring.core.errors import CallerMistake
from kring.core.instruments import Instrument, Question, QuestionKind
from kring.core.sociometry import Frequency, Participation

Answered = Mapping[str, object]
"""By question what was answered, in the form that `answering.Answerable` lets through; None or absent was skipped."""


@dataclass(eq=False, kw_only=True)
class NotAClassmate(CallerMistake):
    """Somebody was chosen who never stood on the list, or who chooses: only a screen that is not ours does that."""

    question: str


@dataclass(frozen=True, slots=True)
class Named:
    """A classmate who was named in answer to a question."""

    question: Question
    classmate: str


@dataclass(frozen=True, slots=True)
class Rated:
    """A classmate who was given points."""

    question: Question
    classmate: str
    points: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What one pupil handed in. `frequency`: how often the pupil says to be bullied, None when that was not asked or skipped.

    `skipped`: the questions without an answer; “niemand” is one.
    """

    participation: Participation
    named: tuple[Named, ...] = ()
    rated: tuple[Rated, ...] = ()
    frequency: Frequency | None = None
    skipped: tuple[str, ...] = ()


def names_for(chooser: str, keys: Iterable[str]) -> list[str]:
    """The names in an order that nobody can guess, and that is the same whenever this pupil opens the list.

    >>> names_for("a", ["b", "c", "d"]) == names_for("a", ["d", "c", "b"])
    True
    """
    return sorted(keys, key=lambda key: hashlib.sha256(f"{chooser} {key}".encode()).digest())


def choices_of(
    asked: Instrument, chooser: str, listed: Mapping[str, bool], answers: Answered, turns: Mapping[str, int] | None = None
) -> Choices:
    """What these answers say. `listed`: everybody who ever stood on the list, and whether that is so still, the chooser too.

    `turns`: which question was answered when. Two tablets know nothing of each other: of a yes and a no to the same classmate, what was
    said last counts. Raises NotAClassmate.
    """
    told = {one.key: answers.get(one.key) for one in asked.questions}
    _refuse_strangers(told, {key for key in listed if key != chooser})
    there = {key for key, is_listed in listed.items() if is_listed}
    every = tuple(one for question in asked.questions for one in _named(question, told[question.key]) if one.classmate in there)
    named = _as_said_last(every, turns or {})
    rated = tuple(one for question in asked.questions for one in _rated(question, told[question.key]) if one.classmate in there)
    emptied = {one.question.key for one in every} - {one.question.key for one in named}
    told |= dict.fromkeys(emptied)
    frequency = next((_frequency(told[one.key]) for one in asked.questions if one.kind is QuestionKind.FREQUENCY), None)
    has_any = bool(named or rated or frequency)
    skipped = tuple(key for key, value in told.items() if value is None)
    return Choices(_participation(asked, told, has_any=has_any), named, rated, frequency, skipped)


def _participation(asked: Instrument, told: Answered, *, has_any: bool) -> Participation:
    """Who skips everything takes no part; “niemand” is an answer."""
    choosing = [one for one in asked.questions if one.kind is QuestionKind.NOMINATE]
    if all(told[one.key] is None for one in choosing or asked.questions):
        return Participation.REFUSED
    return Participation.DONE if has_any else Participation.EMPTY


def _refuse_strangers(told: Answered, classmates: set[str]) -> None:
    for question, value in told.items():
        if not classmates.issuperset(_keys(value)):
            raise NotAClassmate(question=question)


def _as_said_last(named: tuple[Named, ...], turns: Mapping[str, int]) -> tuple[Named, ...]:
    """Without the yes that a later no takes back, or the other way round."""
    said = sorted((one for one in named if one.question.polarity), key=lambda one: turns.get(one.question.key, 0))
    last = {one.classmate: one.question.polarity for one in said}
    return tuple(one for one in named if one.question.polarity * last.get(one.classmate, 0) >= 0)


def _named(question: Question, value: object) -> Iterator[Named]:
    if isinstance(value, Mapping) and "who" in value:
        for key in value["who"]:
            yield Named(question, key)


def _rated(question: Question, value: object) -> Iterator[Rated]:
    if isinstance(value, Mapping) and "points" in value:
        for key, points in value["points"].items():
            yield Rated(question, key, points)


def _keys(value: object) -> Iterable[str]:
    """Everybody whom this answer is about."""
    return [key for part in value.values() for key in part] if isinstance(value, Mapping) else ()


def _frequency(value: object) -> Frequency | None:
    return list(Frequency)[value - 1] if isinstance(value, int) else None
