"""Status groups: what the choices of one round suggest about a pupil's place, by methods that may differ.

Never a fact by itself: one round, shown with its counts and with how many methods agree. Tables are (..., n, n) and masks (..., n).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kring.core.provenance import Result, method
from kring.core.sociometry.agreement import MethodsAgree, agreeing
from kring.core.sociometry.chance import RARE, Chance, against_chance, refuse_level
from kring.core.sociometry.kinds import CHOSEN, STATUSES, Chosen, Status
from kring.core.sociometry.nominations import Nominations
from kring.core.sociometry.rates import NOTHING, Bools, Floats, could_choose, counted, listed_or_all, refuse_both, z_scores
from kring.core.sociometry.ratings import Ratings, rating_status_by_id

__all__ = [
    "ChosenOften",
    "Standardised",
    "StatusCodes",
    "StatusResults",
    "cd83",
    "cdc82",
    "nb_pb",
    "positive_only",
    "standardised",
    "status_results",
]

NO_STATUS = -1  # the code where there is no pupil, or nobody who could choose
Codes = NDArray[np.int8]
Labels = tuple[Status | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class StatusCodes(Result):
    """A status for each pupil: int8 (..., n), places in `STATUSES`; -1 where there is no pupil or nobody could choose the pupil.

    `n` pupils on the lists, `n_valid` those with a status.
    """

    codes: Codes
    n: int
    n_valid: int

    @property
    def words(self) -> tuple[Status | None, ...]:
        """The statuses of all places, one after the other."""
        return tuple(None if code == NO_STATUS else STATUSES[code] for code in self.codes.ravel())


@dataclass(frozen=True, slots=True, eq=False)
class ChosenOften(Result):
    """Whether each pupil is often or seldom chosen, int8 (..., n), places in `CHOSEN`, -1 as in `StatusCodes`; beside chance.

    `n` pupils on the lists, `n_valid` those whom somebody could choose.
    """

    codes: Codes
    chance: Chance
    n: int
    n_valid: int

    @property
    def words(self) -> tuple[Chosen | None, ...]:
        """The groups of all places, one after the other."""
        return tuple(None if code == NO_STATUS else CHOSEN[code] for code in self.codes.ravel())


@dataclass(frozen=True, slots=True, eq=False)
class Standardised(Result):
    """The standard scores behind Coie & Dodge 1983, each (..., n), NaN where nobody could choose the pupil.

    `n` pupils on the lists, `n_valid` those with scores.
    """

    liking: Floats
    disliking: Floats
    preference: Floats
    impact: Floats
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class StatusResults(Result):
    """The status of each pupil of one class; None for a pupil whom nobody could choose.

    positive_only: from positive choices alone, beside `chance`. nb_pb, cd83 and cdc82: with negative choices; agree: nb_pb and cd83 say
    the same; these four are None when no negative question was asked. ratings: from ratings, None without. agreement: what most of the
    methods from nb_pb to ratings say, None without any. `n` pupils on the list, `n_valid` those with a status.
    """

    positive_only: tuple[Chosen | None, ...]
    chance: Chance
    nb_pb: tuple[Status | None, ...] | None
    cd83: tuple[Status | None, ...] | None
    cdc82: tuple[Status | None, ...] | None
    ratings: tuple[Status | None, ...] | None
    agree: tuple[bool, ...] | None
    agreement: MethodsAgree | None
    n: int
    n_valid: int


@method("status", 1, data=("nominations", "ratings"))
def status_results(nominations: Nominations, ratings: Ratings | None = None) -> StatusResults:
    """Work out the status of each pupil by every method that the choices, and the ratings of the same pupils, allow.

    Sources: those of `positive_only`, `nb_pb`, `cd83`, `cdc82` and `rating_statuses`. Raises `RatingsOfOthers`.

    >>> from kring.core.sociometry.nominations import Edge, Participation, nominations_from
    >>> everybody_chooses_a = [Edge(pupil, "A") for pupil in "BCDEFGH"]
    >>> status_results(nominations_from("ABCDEFGH", everybody_chooses_a, {"A": Participation.EMPTY})).positive_only[:2]
    (<Chosen.OFTEN: 'often'>, <Chosen.ORDINARY: 'ordinary'>)
    """
    often = _chosen_often(nominations.positive, nominations.nominators, None, RARE)
    nb, by_z, by_count = _by_choices(nominations)
    rated = None if ratings is None else rating_status_by_id(ratings, nominations.pupils)
    methods = [labels for labels in (nb, by_z, by_count, rated) if labels is not None]
    agree = tuple(a is b for a, b in zip(nb, by_z, strict=True)) if nb is not None and by_z is not None else None
    agreement = agreeing(methods) if methods else None
    return StatusResults(often.words, often.chance, nb, by_z, by_count, rated, agree, agreement, often.n, often.n_valid)


@method("positive-only", 1, data=("positive", "nominators", "listed"))
def positive_only(positive: Bools, nominators: Bools, listed: Bools | None = None, *, level: float = RARE) -> ChosenOften:
    """Group by positive choices alone: often when P(X ≥ received) ≤ `level`, seldom when P(X ≤ received) ≤ `level`.

    With few choices nobody can be seldom chosen: never chosen is not rare then. Raises `UnevenTables`, `ImpossibleChoices`,
    `ImpossibleLevel`.

    >>> star = np.zeros((8, 8), dtype=bool)
    >>> star[1:, 0] = True
    >>> positive_only(star, np.ones(8, dtype=bool)).words[:2]
    (<Chosen.OFTEN: 'often'>, <Chosen.ORDINARY: 'ordinary'>)
    """
    return _chosen_often(positive, nominators, listed, level)


@method("nb-pb", 1, data=("positive", "negative", "nominators", "listed"))
def nb_pb(
    positive: Bools,
    negative: Bools,
    nominators: Bools,
    listed: Bools | None = None,
    *,
    level: float = RARE,
    choices_each: int | None = None,
) -> StatusCodes:
    """Group by the probability method.

    In this order: popular when liking is rarely so high and disliking below expectation; rejected the other way round; controversial when
    one is rarely so high and the other above expectation; neglected when liking and disliking together are rarely so low. With
    `choices_each` the classic version: p = `choices_each` / (N - 1) for every nominator. Source: Newcomb & Bukowski 1983, with each
    nominator's own rate. Raises `UnevenTables`, `ImpossibleChoices`, `ImpossibleLevel`, `ImpossibleNumberOfChoices`.

    >>> liked, disliked = np.zeros((2, 8, 8), dtype=bool)
    >>> liked[1:, 0] = disliked[:-1, 7] = True
    >>> nb_pb(liked, disliked, np.ones(8, dtype=bool)).words[::7]
    (<Status.POPULAR: 'popular'>, <Status.REJECTED: 'rejected'>)
    """
    return _nb_pb(positive, negative, nominators, listed, level, choices_each)


@method("standard-scores", 1, data=("positive", "negative", "nominators", "listed"))
def standardised(
    positive: Bools, negative: Bools, nominators: Bools, listed: Bools | None = None, *, restandardise: bool = True
) -> Standardised:
    """Standardise within the class: zL and zD of the rates, preference z(zL - zD), impact z(zL + zD).

    Without `restandardise` preference and impact stay zL - zD and zL + zD. Source: Coie & Dodge 1983.
    Raises `UnevenTables`, `ImpossibleChoices`.

    >>> liked, disliked = np.zeros((2, 3, 3), dtype=bool)
    >>> liked[1:, 0] = disliked[:2, 2] = True
    >>> standardised(liked, disliked, np.ones(3, dtype=bool)).preference.round(6).tolist()
    [1.0, 0.0, -1.0]
    """
    return _standardised(positive, negative, nominators, listed, restandardise=restandardise)


@method("cd83", 1, data=("positive", "negative", "nominators", "listed"))
def cd83(positive: Bools, negative: Bools, nominators: Bools, listed: Bools | None = None, *, restandardise: bool = True) -> StatusCodes:
    """Group by standard scores. Source: Coie & Dodge 1983.

    In this order: popular SP > 1, zL > 0, zD < 0; rejected SP < -1, zL < 0, zD > 0; controversial SI > 1, zL > 0, zD > 0;
    neglected SI < -1, zL < 0, zD < 0; else average. Raises `UnevenTables`, `ImpossibleChoices`.

    >>> liked, disliked = np.zeros((2, 8, 8), dtype=bool)
    >>> liked[1:, 0] = disliked[:-1, 7] = True
    >>> cd83(liked, disliked, np.ones(8, dtype=bool)).words[::7]
    (<Status.POPULAR: 'popular'>, <Status.REJECTED: 'rejected'>)
    """
    return _cd83(_standardised(positive, negative, nominators, listed, restandardise=restandardise))


@method("cdc82", 1, data=("positive", "negative", "nominators", "listed"))
def cdc82(positive: Bools, negative: Bools, nominators: Bools, listed: Bools | None = None, *, restandardise: bool = True) -> StatusCodes:
    """Group by standard scores as they were used first. Source: Coie, Dodge & Coppotelli 1982.

    Popular, rejected and controversial as in `cd83`; neglected SI < -1 and never liked; average |SP| < .5 and |SI| < .5; all others are
    "other", in no group. Raises `UnevenTables`, `ImpossibleChoices`.

    >>> liked, disliked = np.zeros((2, 8, 8), dtype=bool)
    >>> liked[1:, 0] = disliked[:-1, 7] = True
    >>> cdc82(liked, disliked, np.ones(8, dtype=bool)).words[::7]
    (<Status.POPULAR: 'popular'>, <Status.REJECTED: 'rejected'>)
    """
    return _cdc82(_standardised(positive, negative, nominators, listed, restandardise=restandardise), positive)


def _by_choices(nominations: Nominations) -> tuple[Labels, Labels, Labels] | tuple[None, None, None]:
    """Give the statuses by nb_pb, cd83 and cdc82 of one class."""
    positive, negative, nominators = nominations.positive, nominations.negative, nominations.nominators
    if negative is None:
        return None, None, None
    z = _standardised(positive, negative, nominators, None, restandardise=True)
    return _nb_pb(positive, negative, nominators, None, RARE, None).words, _cd83(z).words, _cdc82(z, positive).words


def _chosen_often(positive: Bools, nominators: Bools, listed: Bools | None, level: float) -> ChosenOften:
    refuse_level(level)
    found = against_chance(positive, nominators, listed)
    codes = _first([found.rarely_more(level), found.rarely_less(level)], [CHOSEN.index(Chosen.OFTEN), CHOSEN.index(Chosen.SELDOM)])
    return ChosenOften(np.where(_choosable(nominators, listed), codes, NO_STATUS).astype(np.int8), found, found.n, found.n_valid)


def _nb_pb(
    positive: Bools, negative: Bools, nominators: Bools, listed: Bools | None, level: float, choices_each: int | None
) -> StatusCodes:
    refuse_level(level)
    refuse_both(positive, negative)
    liked, disliked = (against_chance(table, nominators, listed, choices_each=choices_each) for table in (positive, negative))
    impact = against_chance(positive | negative, nominators, listed, choices_each=choices_each, kinds=2)
    likes_off, dislikes_off = liked.observed - liked.expected, disliked.observed - disliked.expected
    liked_rarely, disliked_rarely = liked.rarely_more(level), disliked.rarely_more(level)
    return _statuses(
        popular=liked_rarely & (dislikes_off < -NOTHING),
        rejected=disliked_rarely & (likes_off < -NOTHING),
        controversial=(liked_rarely & (dislikes_off > NOTHING)) | (disliked_rarely & (likes_off > NOTHING)),
        neglected=impact.rarely_less(level),
        average=np.ones_like(liked_rarely),
        known=_choosable(nominators, listed),
        n=liked.n,
    )


def _standardised(positive: Bools, negative: Bools, nominators: Bools, listed: Bools | None, *, restandardise: bool) -> Standardised:
    refuse_both(positive, negative)
    liked, disliked = counted(positive, nominators, listed), counted(negative, nominators, listed)
    preference, impact = liked.z - disliked.z, liked.z + disliked.z
    if restandardise:
        known = ~np.isnan(liked.z)
        preference, impact = z_scores(preference, known), z_scores(impact, known)
    return Standardised(liked.z, disliked.z, preference, impact, liked.n, liked.n_valid)


def _cd83(z: Standardised) -> StatusCodes:
    return _statuses(
        **_by_standard_scores(z),
        neglected=(z.impact < -1 - NOTHING) & (z.liking < -NOTHING) & (z.disliking < -NOTHING),
        average=np.ones_like(z.liking, dtype=np.bool_),
        known=~np.isnan(z.liking),
        n=z.n,
    )


def _cdc82(z: Standardised, positive: Bools) -> StatusCodes:
    return _statuses(
        **_by_standard_scores(z),
        neglected=(z.impact < -1 - NOTHING) & ~positive.any(axis=-2),
        average=(np.abs(z.preference) < 0.5 - NOTHING) & (np.abs(z.impact) < 0.5 - NOTHING),
        known=~np.isnan(z.liking),
        n=z.n,
    )


def _by_standard_scores(z: Standardised) -> dict[str, Bools]:
    """Say who is popular, rejected and controversial by the standard scores, which both methods have in common."""
    likes_high, likes_low = z.liking > NOTHING, z.liking < -NOTHING
    dislikes_high, dislikes_low = z.disliking > NOTHING, z.disliking < -NOTHING
    return {
        "popular": (z.preference > 1 + NOTHING) & likes_high & dislikes_low,
        "rejected": (z.preference < -1 - NOTHING) & likes_low & dislikes_high,
        "controversial": (z.impact > 1 + NOTHING) & likes_high & dislikes_high,
    }


def _statuses(
    *, popular: Bools, rejected: Bools, controversial: Bools, neglected: Bools, average: Bools, known: Bools, n: int
) -> StatusCodes:
    """Give each pupil the first status that holds, and "other" where none does."""
    groups = (Status.POPULAR, Status.REJECTED, Status.CONTROVERSIAL, Status.NEGLECTED, Status.AVERAGE, Status.OTHER)
    holds = [popular, rejected, controversial, neglected, average, np.ones_like(known)]
    codes = np.where(known, _first(holds, [STATUSES.index(group) for group in groups]), NO_STATUS)
    return StatusCodes(codes.astype(np.int8), n, int(known.sum()))


def _first(conditions: list[Bools], codes: list[int]) -> Codes:
    """Take the code of the first condition that holds, 0 when none does."""
    return np.select(conditions, codes, 0).astype(np.int8)


def _choosable(nominators: Bools, listed: Bools | None) -> Bools:
    """Say whom somebody could choose, bool (..., n)."""
    return could_choose(nominators, listed_or_all(nominators, listed)) > 0
