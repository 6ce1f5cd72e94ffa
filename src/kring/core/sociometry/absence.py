"""Does a conclusion hang on pupils who were absent? Their choices are not made up: two extremes say how far it could move."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kring.core.provenance import Result, method
from kring.core.sociometry.class_card import CardIndex, Genders, card_numbers
from kring.core.sociometry.nominations import Nominations, Participation, Sufficiency
from kring.core.sociometry.rates import Bools
from kring.core.sociometry.status import status_results

__all__ = ["AbsenceSensitivity", "IndexUnderExtremes", "absence_sensitivity"]


@dataclass(frozen=True, slots=True)
class IndexUnderExtremes:
    """One number of the class card, as it is, when absent pupils return every choice, and when they choose nobody.

    depends: the three are not all between the same cut-offs; None without cut-offs or when the number is not known.
    """

    index: CardIndex
    observed: float | None
    returned: float | None
    nobody: float | None
    depends: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class AbsenceSensitivity(Result):
    """What depends on absent pupils ("afhankelijk van afwezigen"). n: pupils on the list; n_valid: those who took part.

    indices: those of the class card, in its order; chosen, nb_pb, cd83: of each pupil whether the status by that method changes in an
    extreme, bool[n]; None below 80 % participation or without the question.
    """

    n: int
    n_valid: int
    indices: tuple[IndexUnderExtremes, ...]
    chosen: Bools | None
    nb_pb: Bools | None
    cd83: Bools | None

    @property
    def status(self) -> Bools | None:
        """Whether the status by any method depends on absent pupils."""
        known = [each for each in (self.chosen, self.nb_pb, self.cd83) if each is not None]
        return np.any(known, axis=0) if known else None


@method("absence-sensitivity", 1, data=("nominations", "genders"))
def absence_sensitivity(
    nominations: Nominations, *, genders: Genders | None = None, cut_offs: Mapping[CardIndex, Sequence[float]] | None = None
) -> AbsenceSensitivity:
    """Work everything out again as if absent pupils returned every choice they got, positive and negative, and as if they chose nobody.

    `cut_offs` are where a number of the class changes colour; a value at a cut-off lies above it. What is not said of the
    class as it is (below 80 or 60 % participation) is not said here either. Some .01 s for a class of 30. Source: methods.md C.11.

    >>> from kring.core.sociometry import CardIndex
    >>> from kring.core.sociometry.nominations import Edge, Participation, nominations_from
    >>> choices = [Edge(*pair) for pair in ("AB", "AC", "BA", "CE", "DE")]
    >>> found = absence_sensitivity(nominations_from("ABCDE", choices, {"E": Participation.ABSENT}), cut_offs={CardIndex.COVERAGE: [0.6]})
    >>> found.indices[0]
    IndexUnderExtremes(index=<CardIndex.COVERAGE: 'coverage'>, observed=0.5, returned=1.0, nobody=0.4, depends=True)
    """
    three = (nominations, *_extremes(nominations))
    numbers = [card_numbers(each, genders) for each in three]
    indices = tuple(_line(index, [each.get(index) for each in numbers], (cut_offs or {}).get(index)) for index in CardIndex)
    chosen, nb_pb, cd83 = _statuses_that_change(three)
    return AbsenceSensitivity(len(nominations.pupils), int(nominations.nominators.sum()), indices, chosen, nb_pb, cd83)


def _extremes(nominations: Nominations) -> tuple[Nominations, Nominations]:
    """Let absent pupils return every choice, and let them choose nobody."""
    absent, positive, negative = ~nominations.nominators, nominations.positive, nominations.negative
    returned = _took_part(nominations, _returned(positive, absent), None if negative is None else _returned(negative, absent))
    return returned, _took_part(nominations, positive, negative)


def _returned(choices: Bools, absent: Bools) -> Bools:
    return np.where(absent[:, None], choices.T, choices)


def _took_part(nominations: Nominations, positive: Bools, negative: Bools | None) -> Nominations:
    choices = positive if negative is None else np.logical_or(positive, negative)
    chose = np.asarray(choices.any(axis=1))
    participation = tuple(Participation.DONE if each else Participation.EMPTY for each in chose.tolist())
    return replace(nominations, participation=participation, positive=positive, negative=negative)


def _line(index: CardIndex, values: list[float | None], cut_offs: Sequence[float] | None) -> IndexUnderExtremes:
    observed, returned, nobody = values
    if observed is None:
        return IndexUnderExtremes(index, None, None, None, None)
    places = {None if value is None else bisect_right(sorted(cut_offs or ()), value) for value in values}
    return IndexUnderExtremes(index, observed, returned, nobody, None if cut_offs is None else len(places) > 1)


def _statuses_that_change(three: tuple[Nominations, ...]) -> list[Bools | None]:
    """Of each method and each pupil, whether the status differs in an extreme."""
    if three[0].sufficiency is not Sufficiency.ALL:
        return [None, None, None]
    found = [status_results(each) for each in three]
    by_method = [[getattr(each, name) for each in found] for name in ("positive_only", "nb_pb", "cd83")]
    return [None if each[0] is None else _differ(each) for each in by_method]


def _differ(statuses: Sequence[Sequence[object]]) -> Bools:
    return np.array([len(set(of_pupil)) > 1 for of_pupil in zip(*statuses, strict=True)], dtype=np.bool_)
