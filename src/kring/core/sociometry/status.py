"""Status groups: what the choices of one round suggest about a pupil's place, by methods that may differ.

Never a fact by itself: one round, shown with its counts and with "methods agree" or "differ". Tables are (..., n, n) and masks (..., n).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kring.core.sociometry.chance import Chance, chance
from kring.core.sociometry.nominations import Nominations
from kring.core.sociometry.rates import NOTHING, Bools, Floats, given, received, z_scores

Codes = NDArray[np.int8]


class Status(StrEnum):
    """The groups of the methods with positive and negative choices, in the order of their codes."""

    AVERAGE = "average"
    POPULAR = "popular"
    REJECTED = "rejected"
    CONTROVERSIAL = "controversial"
    NEGLECTED = "neglected"


class Chosen(StrEnum):
    """The groups of the method with positive choices alone, in the order of their codes."""

    ORDINARY = "ordinary"
    OFTEN = "often"
    SELDOM = "seldom"


STATUSES = tuple(Status)
CHOSEN = tuple(Chosen)


@dataclass(frozen=True, slots=True, eq=False)
class StatusResults:
    """The status of each pupil of one class.

    positive_only: from positive choices alone, beside `chance`. nb_pb and cd83: with negative choices, by the probability method and by
    Coie & Dodge 1983; agree: both say the same. These three are None when no negative question was asked.
    """

    positive_only: tuple[Chosen, ...]
    chance: Chance
    nb_pb: tuple[Status, ...] | None
    cd83: tuple[Status, ...] | None
    agree: tuple[bool, ...] | None


def status_results(nominations: Nominations) -> StatusResults:
    """Work out the status of each pupil by every method that the choices allow."""
    positive, negative, nominators = nominations.positive, nominations.negative, nominations.nominators
    by_chance = chance(received(positive, nominators).count, given(positive), nominators)
    chosen = tuple(CHOSEN[code] for code in positive_only(by_chance))
    if negative is None:
        return StatusResults(chosen, by_chance, None, None, None)
    probability = tuple(STATUSES[code] for code in nb_pb(positive, negative, nominators))
    standardised = tuple(STATUSES[code] for code in cd83(positive, negative, nominators))
    agree = tuple(a is b for a, b in zip(probability, standardised))
    return StatusResults(chosen, by_chance, probability, standardised, agree)


def positive_only(by_chance: Chance) -> Codes:
    """Group by positive choices alone: often when P(X ≥ received) ≤ .05, seldom when P(X ≤ received) ≤ .05; codes of `CHOSEN`."""
    return _first([by_chance.rarely_more, by_chance.rarely_less], [CHOSEN.index(Chosen.OFTEN), CHOSEN.index(Chosen.SELDOM)])


def nb_pb(positive: Bools, negative: Bools, nominators: Bools, listed: Bools | None = None) -> Codes:
    """Group by the probability method; codes of `STATUSES`.

    In this order: popular when liking is rarely so high and disliking below expectation; rejected the other way round; controversial when
    one is rarely so high and the other above expectation; neglected when liking and disliking together are rarely so low.
    Source: Newcomb & Bukowski 1983, with each nominator's own rate.
    """
    liked, disliked = (chance(table.sum(axis=-2), given(table), nominators, listed) for table in (positive, negative))
    impact = chance(liked.observed + disliked.observed, given(positive) + given(negative), nominators, listed)
    likes_off, dislikes_off = liked.observed - liked.expected, disliked.observed - disliked.expected
    return _statuses(
        popular=liked.rarely_more & (dislikes_off < -NOTHING),
        rejected=disliked.rarely_more & (likes_off < -NOTHING),
        controversial=(liked.rarely_more & (dislikes_off > NOTHING)) | (disliked.rarely_more & (likes_off > NOTHING)),
        neglected=impact.rarely_less,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Standardised:
    """The standard scores behind Coie & Dodge 1983, each (..., n)."""

    liking: Floats
    disliking: Floats
    preference: Floats
    impact: Floats


def standardised(positive: Bools, negative: Bools, nominators: Bools, listed: Bools | None = None) -> Standardised:
    """Standardise within the class: zL and zD of the rates, preference z(zL - zD), impact z(zL + zD)."""
    likes, dislikes = received(positive, nominators, listed).z, received(negative, nominators, listed).z
    known = ~np.isnan(likes)
    return Standardised(likes, dislikes, z_scores(likes - dislikes, known), z_scores(likes + dislikes, known))


def cd83(positive: Bools, negative: Bools, nominators: Bools, listed: Bools | None = None) -> Codes:
    """Group by standard scores; codes of `STATUSES`. Source: Coie & Dodge 1983.

    In this order: popular SP > 1, zL > 0, zD < 0; rejected SP < -1, zL < 0, zD > 0; controversial SI > 1, zL > 0, zD > 0;
    neglected SI < -1, zL < 0, zD < 0; else average.
    """
    z = standardised(positive, negative, nominators, listed)
    likes_high, likes_low = z.liking > NOTHING, z.liking < -NOTHING
    dislikes_high, dislikes_low = z.disliking > NOTHING, z.disliking < -NOTHING
    return _statuses(
        popular=(z.preference > 1 + NOTHING) & likes_high & dislikes_low,
        rejected=(z.preference < -1 - NOTHING) & likes_low & dislikes_high,
        controversial=(z.impact > 1 + NOTHING) & likes_high & dislikes_high,
        neglected=(z.impact < -1 - NOTHING) & likes_low & dislikes_low,
    )


def _statuses(*, popular: Bools, rejected: Bools, controversial: Bools, neglected: Bools) -> Codes:
    groups = (Status.POPULAR, Status.REJECTED, Status.CONTROVERSIAL, Status.NEGLECTED)
    return _first([popular, rejected, controversial, neglected], [STATUSES.index(group) for group in groups])


def _first(conditions: list[Bools], codes: list[int]) -> Codes:
    """Take the code of the first condition that holds, 0 when none does."""
    return np.select(conditions, codes, 0).astype(np.int8)
