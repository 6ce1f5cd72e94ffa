"""Do boys and girls choose each other, and do the groups of friends run along gender?

Gender x and not known are one category of their own. An index is not shown when a category has fewer than three pupils, because it would
say whom those pupils choose. Order of pupils in the algorithms: by id, so that the order of the list decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kring.core.errors import CallerMistake
from kring.core.provenance import Result, method
from kring.core.sociometry.communities import Labels, best_division, modularity, relabelled, tie_weights
from kring.core.sociometry.nominations import Nominations, sorted_nominations
from kring.core.sociometry.order import in_list_order
from kring.core.sociometry.rates import NOTHING, Bools, Floats

__all__ = [
    "Gender",
    "GenderMixing",
    "GenderSplit",
    "GenderTest",
    "NoDraws",
    "NoGenderIndex",
    "UnknownGender",
    "gender_mixing",
    "gender_split",
    "gender_test",
]

FEWEST = 3  # pupils in a category (methods.md C.7)
DRAWS = 10_000
ALONG = 0.85  # of the best modularity: from here the groups run along gender (methods.md C.7)
CHUNK = 1_000  # draws at once

Codes = NDArray[np.intp]


class Gender(StrEnum):
    """As the school's records have it; OTHER is x and not known."""

    FEMALE = "f"
    MALE = "m"
    OTHER = "x"


GENDERS = tuple(Gender)


@dataclass(eq=False, kw_only=True)
class UnknownGender(CallerMistake):
    """A gender is f, m or x, or None when not known."""

    pupil: str
    gender: str


@dataclass(eq=False, kw_only=True)
class NoDraws(CallerMistake):
    """A test by chance draws at least once."""

    draws: int


class NoGenderIndex(StrEnum):
    """Why there is no index."""

    FEW_IN_CATEGORY = "few_in_category"
    ONE_CATEGORY = "one_category"
    NO_CHOICES = "no_choices"


@dataclass(frozen=True, slots=True)
class GenderMixing(Result):
    """Choices between and within genders. n: pupils on the list; n_valid: those who took part.

    cross and same: choices of another and of the own gender; cross_share: cross / all; by_chance: the cross share when everybody chooses
    blindly from the list; ei: (cross - same) / all, -1 is only the own gender; assortativity: 1 only the own gender, 0 chance.
    All None with a `reason`.
    """

    n: int
    n_valid: int
    cross: int | None
    same: int | None
    cross_share: float | None
    by_chance: float | None
    ei: float | None
    assortativity: float | None
    reason: NoGenderIndex | None


@dataclass(frozen=True, slots=True)
class GenderTest(Result):
    """p: how often as few cross-gender choices occur when genders are dealt out at random. n, n_valid as in `GenderMixing`."""

    n: int
    n_valid: int
    draws: int
    p: float | None
    reason: NoGenderIndex | None


@dataclass(frozen=True, slots=True, eq=False)
class GenderSplit(Result):
    """Do the groups run along gender? n, n_valid as in `GenderMixing`.

    modularity: of the division by gender; best: of the best division; along_gender: the first is at least .85 of the second; within: the
    groups inside each gender, int[n], numbered from 0 by the smallest id, only when they run along gender.
    """

    n: int
    n_valid: int
    modularity: float | None
    best: float | None
    along_gender: bool | None
    within: Labels | None
    reason: NoGenderIndex | None


@method("gender-mixing", 1, data=("nominations", "genders"))
def gender_mixing(nominations: Nominations, genders: Mapping[str, Gender | None]) -> GenderMixing:
    """Compare the share of choices between genders with what blind choosing from the list gives.

    by_chance: the mean, over the choices given, of the share of names of another gender that the chooser saw. Pupils without an entry in
    `genders` are OTHER. Raises `UnknownGender`. Sources: Krackhardt & Stern 1988 (E–I); Newman 2003 (assortativity).

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> genders = {pupil: Gender.FEMALE if pupil in "ABC" else Gender.MALE for pupil in "ABCDEF"}
    >>> found = gender_mixing(nominations_from("ABCDEF", [Edge(*pair) for pair in ("AB", "BC", "DE", "EA")], {}), genders)
    >>> found.cross_share, found.by_chance, found.ei
    (0.25, 0.6, -0.5)
    """
    ordered, _ = sorted_nominations(nominations)
    of, positive = _genders_of(ordered, genders), ordered.positive
    n, took_part, reason = len(of), int(ordered.nominators.sum()), _reason(of, positive)
    if reason:
        return GenderMixing(n, took_part, None, None, None, None, None, None, reason)
    other = of[:, None] != of[None, :]
    edges, cross = int(positive.sum()), int((positive & other).sum())
    possible = int((positive.sum(axis=1) * other.sum(axis=1)).sum())
    ei, chance = (2 * cross - edges) / edges, possible / (edges * (n - 1))
    return GenderMixing(n, took_part, cross, edges - cross, cross / edges, chance, ei, _assortativity(positive, of), None)


@method("gender-test", 1, data=("nominations", "genders"))
def gender_test(nominations: Nominations, genders: Mapping[str, Gender | None], *, draws: int = DRAWS, seed: int = 0) -> GenderTest:
    """Deal the genders out anew over the list 10 000 times, the choices staying as they are: p = (c + 1) / (draws + 1).

    c counts the draws with as few cross-gender choices or fewer. Costs some .01 s for a class of 30. Source: Phipson & Smyth 2010 (p).
    Raises `UnknownGender`, `NoDraws`.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> genders = {pupil: Gender.FEMALE if pupil in "ABC" else Gender.MALE for pupil in "ABCDEF"}
    >>> round(gender_test(nominations_from("ABCDEF", [Edge(*pair) for pair in ("AB", "BC", "DE", "EA")], {}), genders).p, 2)
    0.21
    """
    if draws < 1:
        raise NoDraws(draws=draws)
    ordered, _ = sorted_nominations(nominations)
    of, positive = _genders_of(ordered, genders), ordered.positive
    reason = _reason(of, positive)
    p = None if reason else _share_as_few(positive, of, draws, seed)
    return GenderTest(len(of), int(ordered.nominators.sum()), draws, p, reason)


@method("gender-split", 1, data=("nominations", "genders"))
def gender_split(nominations: Nominations, genders: Mapping[str, Gender | None]) -> GenderSplit:
    """Compare the division by gender with the best division, and look inside each gender when the groups run along it.

    along_gender is None when no division beats chance. Costs up to four times `communities_of`. Raises `UnknownGender`.
    Source of modularity: Newman & Girvan 2004.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> genders = {pupil: Gender.FEMALE if pupil in "ABC" else Gender.MALE for pupil in "ABCDEF"}
    >>> found = gender_split(nominations_from("ABCDEF", [Edge(*pair) for pair in ("AB", "BC", "CA", "DE", "EF", "FD", "AD")], {}), genders)
    >>> found.along_gender, found.within.tolist()
    (True, [0, 0, 0, 1, 1, 1])
    """
    ordered, places = sorted_nominations(nominations)
    of, weights = _genders_of(ordered, genders), tie_weights(ordered.positive)
    n, took_part, reason = len(of), int(ordered.nominators.sum()), _reason(of, ordered.positive)
    if reason:
        return GenderSplit(n, took_part, None, None, None, None, reason)
    split, best = modularity(weights, of), modularity(weights, best_division(weights))
    along = split >= ALONG * best - NOTHING if best > NOTHING else None
    within = in_list_order(_inside(weights, of), places) if along else None
    return GenderSplit(n, took_part, split, best, along, within, None)


def _genders_of(nominations: Nominations, genders: Mapping[str, Gender | None]) -> Codes:
    """Give the code of each pupil's gender: int[n]."""
    of = {pupil: genders.get(pupil) or Gender.OTHER for pupil in nominations.pupils}
    for pupil, gender in of.items():
        if gender not in GENDERS:
            raise UnknownGender(pupil=pupil, gender=gender)
    return np.array([GENDERS.index(gender) for gender in of.values()], dtype=np.intp)


def _reason(of: Codes, positive: Bools) -> NoGenderIndex | None:
    sizes = np.bincount(of)
    if (sizes[sizes > 0] < FEWEST).any():
        return NoGenderIndex.FEW_IN_CATEGORY
    if (sizes > 0).sum() < 2:
        return NoGenderIndex.ONE_CATEGORY
    return None if positive.any() else NoGenderIndex.NO_CHOICES


def _assortativity(positive: Bools, of: Codes) -> float | None:
    """(Σ e_gg - Σ a_g b_g) / (1 - Σ a_g b_g), with e the shares of choices between genders; None when all choices are alike."""
    edges = int(positive.sum())
    given, received = (np.bincount(of, weights=positive.sum(axis=axis)) / edges for axis in (1, 0))
    by_chance, same = float(given @ received), int((positive & (of[:, None] == of[None, :])).sum()) / edges
    return (same - by_chance) / (1 - by_chance) if by_chance < 1 - NOTHING else None


def _share_as_few(positive: Bools, of: Codes, draws: int, seed: int) -> float:
    chance, chooser, chosen = np.random.Generator(np.random.PCG64(seed)), *np.nonzero(positive)
    observed, as_few = int((of[chooser] != of[chosen]).sum()), 0
    for start in range(0, draws, CHUNK):
        dealt = chance.permuted(np.tile(of.astype(np.int8), (min(CHUNK, draws - start), 1)), axis=1)
        as_few += int(((dealt[:, chooser] != dealt[:, chosen]).sum(axis=1) <= observed).sum())
    return (as_few + 1) / (draws + 1)


def _inside(weights: Floats, of: Codes) -> Labels:
    """Divide the pupils of each gender by the ties among them alone."""
    labels = np.zeros(len(of), dtype=np.intp)
    for code in np.unique(of):
        members = np.flatnonzero(of == code)
        labels[members] = len(of) * code + best_division(weights[np.ix_(members, members)])
    return relabelled(labels)
