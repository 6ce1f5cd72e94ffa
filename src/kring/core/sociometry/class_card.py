"""The class in five numbers, each beside those of the last round, and whether a class moved out of its own range.

There is no single score for the climate of a class: five numbers that mean something are said instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kring.core.provenance import Result, method
from kring.core.sociometry.gender import Gender, gender_mixing
from kring.core.sociometry.nominations import Nominations, Sufficiency
from kring.core.sociometry.rates import NOTHING, counted
from kring.core.sociometry.structure import structure_of

__all__ = ["CardIndex", "CardLine", "ClassCard", "ClassCourse", "CourseLine", "Judgement", "class_card_of", "class_course"]

BEFORE = 2  # rounds whose range a class is held to (methods.md C.8)

Genders = Mapping[str, Gender | None]


class CardIndex(StrEnum):
    """The five numbers, in the order of the card."""

    COVERAGE = "coverage"
    RECIPROCITY = "reciprocity"
    NEVER_CHOSEN = "never_chosen"
    CENTRALISATION = "centralisation"
    CROSS_GENDER = "cross_gender"


JUDGED = (CardIndex.COVERAGE, CardIndex.NEVER_CHOSEN, CardIndex.CROSS_GENDER)


class Judgement(StrEnum):
    """Where the last round lies beside the range of the two before."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class CardLine:
    """One number of a round and of the last one; by chance only for cross-gender choices. None is "not known" or "not shown"."""

    index: CardIndex
    now: float | None
    last: float | None
    now_by_chance: float | None = None
    last_by_chance: float | None = None


@dataclass(frozen=True, slots=True)
class ClassCard(Result):
    """Five numbers of one class, always all five and in one order. n: pupils on the list; n_valid: those who took part.

    comparable: there is a last round, and in both at least 80 % took part.
    """

    n: int
    n_valid: int
    lines: tuple[CardLine, ...]
    comparable: bool


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One number of the last round beside the lowest and highest of the two rounds before; None when one of the three is not known."""

    index: CardIndex
    now: float | None
    low: float | None
    high: float | None
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class ClassCourse(Result):
    """Whether a class moved out of its own range. n: rounds given; n_valid: those in which at least 80 % took part."""

    n: int
    n_valid: int
    lines: tuple[CourseLine, ...]


@method("class-card", 1, data=("nominations", "last", "genders"))
def class_card_of(nominations: Nominations, *, last: Nominations | None = None, genders: Genders | None = None) -> ClassCard:
    """Give coverage, reciprocity, share never chosen, centralisation and the cross-gender share of one round and of the last.

    Below 80 % participation only the share never chosen is said, below 60 % nothing; without `genders` no cross-gender share. The formulas
    are those of `structure_of` and `gender_mixing`; never chosen is a share of the pupils whom somebody could choose.

    >>> from kring.core.sociometry.nominations import Edge, Participation, nominations_from
    >>> choices = [Edge(*pair) for pair in ("AB", "AC", "BA", "CB", "DB")]
    >>> card = class_card_of(nominations_from("ABCDE", choices, {"E": Participation.ABSENT}))
    >>> [(line.index.value, line.now) for line in card.lines[:4]]
    [('coverage', 0.5), ('reciprocity', 0.4), ('never_chosen', 0.4), ('centralisation', 0.625)]
    """
    now, before = (({}, {}) if each is None else _numbers(each, genders) for each in (nominations, last))
    lines = tuple(CardLine(each, now[0].get(each), before[0].get(each), now[1].get(each), before[1].get(each)) for each in CardIndex)
    comparable = last is not None and all(each.sufficiency is Sufficiency.ALL for each in (nominations, last))
    return ClassCard(len(nominations.pupils), int(nominations.nominators.sum()), lines, comparable)


@method("class-course", 1, data=("rounds", "genders"))
def class_course(rounds: Sequence[Nominations], *, genders: Genders | None = None) -> ClassCourse:
    """Hold coverage, the share never chosen and the cross-gender share of the last round to the range of the two rounds before it.

    `rounds` in the order of time. This judges what was done for a whole class; statuses of pupils change too easily for that. Inside the
    range, or at its edge, nothing moved that did not move before (methods.md C.8).

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> rounds = [nominations_from("ABCD", [Edge(*pair) for pair in pairs.split()], {}) for pairs in
    ...           ("AB BA CA DA", "AB BC CA DA", "AB BA CD DC")]
    >>> class_course(rounds).lines[0]
    CourseLine(index=<CardIndex.COVERAGE: 'coverage'>, now=1.0, low=0.0, high=0.5, judgement=<Judgement.ABOVE: 'above'>)
    """
    numbers = [_numbers(each, genders)[0] for each in rounds[-BEFORE - 1 :]]
    enough = sum(each.sufficiency is Sufficiency.ALL for each in rounds)
    return ClassCourse(len(rounds), enough, tuple(_course_line(index, [each.get(index) for each in numbers]) for index in JUDGED))


def card_numbers(nominations: Nominations, genders: Genders | None) -> dict[CardIndex, float]:
    """Give those of the five numbers of a round that can be said."""
    return _numbers(nominations, genders)[0]


def _numbers(nominations: Nominations, genders: Genders | None) -> tuple[dict[CardIndex, float], dict[CardIndex, float]]:
    """Give the numbers of a round that can be said, and what chance gives."""
    if nominations.sufficiency is Sufficiency.TOO_FEW:
        return {}, {}
    found: dict[CardIndex, float | None] = {CardIndex.NEVER_CHOSEN: _never_chosen(nominations)}
    chance: dict[CardIndex, float | None] = {}
    if nominations.sufficiency is Sufficiency.ALL:
        structure = structure_of(nominations)
        found[CardIndex.COVERAGE], found[CardIndex.RECIPROCITY] = structure.coverage, structure.reciprocity
        found[CardIndex.CENTRALISATION] = structure.centralisation
        if genders is not None:
            mixing = gender_mixing(nominations, genders)
            found[CardIndex.CROSS_GENDER], chance[CardIndex.CROSS_GENDER] = mixing.cross_share, mixing.by_chance
    return _known(found), _known(chance)


def _never_chosen(nominations: Nominations) -> float | None:
    received = counted(nominations.positive, nominations.nominators)
    could_be = received.possible > 0
    return int((could_be & (received.count == 0)).sum()) / int(could_be.sum()) if could_be.any() else None


def _known(numbers: dict[CardIndex, float | None]) -> dict[CardIndex, float]:
    return {index: value for index, value in numbers.items() if value is not None}


def _course_line(index: CardIndex, values: list[float | None]) -> CourseLine:
    """Judge the last value by those before it, when all are known."""
    now = values[-1] if values else None
    before = [value for value in values[:-1] if value is not None]
    if now is None or len(before) < BEFORE:
        return CourseLine(index, now, None, None, None)
    low, high = min(before), max(before)
    judgement = Judgement.BELOW if now < low - NOTHING else Judgement.ABOVE if now > high + NOTHING else Judgement.WITHIN
    return CourseLine(index, now, low, high, judgement)
