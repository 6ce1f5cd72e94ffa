"""The sociogram: everything that one round says about one class, as far as the participation allows."""

from dataclasses import dataclass

import numpy as np

from kring.core.provenance import Result, method, written
from kring.core.sociometry.communities import Communities, communities_of
from kring.core.sociometry.nominations import Nominations, Sufficiency
from kring.core.sociometry.rates import Bools, Ints, Received, given, mutual, received
from kring.core.sociometry.rules import TooFewTookPart
from kring.core.sociometry.status import StatusResults, status_results
from kring.core.sociometry.structure import Structure, structure_of

__all__ = ["Sociogram", "sociogram"]


@dataclass(frozen=True, slots=True, eq=False)
class Sociogram(Result):
    """One class in one round. n: pupils on the list; n_valid: those who took part.

    received: choices received, out of how many (positive); rejected: the same for negative choices, None when not asked;
    given: positive choices given, int[n]; mutual: bool[n, n]. The facts never_chosen, no_mutual, chooses_nobody and ghost are bool[n]; the
    last three only of pupils who took part. structure, status and communities need `Sufficiency.ALL`, otherwise they are None;
    with `Sufficiency.TOO_FEW` no fact is claimed of anybody, and a page shows nothing but that too few took part.
    """

    n: int
    n_valid: int
    nominations: Nominations
    sufficiency: Sufficiency
    received: Received
    rejected: Received | None
    given: Ints
    mutual: Bools
    never_chosen: Bools
    no_mutual: Bools
    chooses_nobody: Bools
    ghost: Bools
    structure: Structure | None
    status: StatusResults | None
    communities: Communities | None

    @property
    def mutual_count(self) -> Ints:
        """Number of mutual choices per pupil, int[n]."""
        count: Ints = self.mutual.sum(axis=-1, dtype=np.int64)
        return count

    def fingerprint(self) -> bytes:
        """Everything follows from the choices, so they say it all."""
        return written(self.nominations)


@method("sociogram", 1, data=("nominations",))
def sociogram(nominations: Nominations) -> Sociogram:
    """Work out everything about one class that the participation allows; choices of absent pupils are not made up.

    Some .02 s for a class of 30, nearly all of it for the groups. What costs more has its own method: `sureness_of`, `gender_test`,
    `absence_sensitivity`.

    >>> from kring.core.sociometry.nominations import Edge, Participation, nominations_from
    >>> choices = [Edge(*pair) for pair in ("AB", "AC", "BA", "CB", "DB")]
    >>> found = sociogram(nominations_from("ABCDE", choices, {"E": Participation.ABSENT}))
    >>> found.received.rate.round(4).tolist(), found.never_chosen.tolist()
    ([0.3333, 1.0, 0.3333, 0.0, 0.0], [False, False, False, True, True])
    """
    positive, negative, nominators = nominations.positive, nominations.negative, nominations.nominators
    sufficiency = nominations.sufficiency
    everything = sufficiency is Sufficiency.ALL
    counted = received(positive, nominators)
    gives, both = given(positive), mutual(positive)
    told = np.full(len(nominations.pupils), sufficiency is not Sufficiency.TOO_FEW)
    never_chosen = told & (counted.count == 0) & (counted.possible > 0)
    chooses_nobody = told & nominators & (gives == 0)
    return Sociogram(
        n=len(nominations.pupils),
        n_valid=int(nominators.sum()),
        nominations=nominations,
        sufficiency=sufficiency,
        received=counted,
        rejected=None if negative is None else received(negative, nominators),
        given=gives,
        mutual=both,
        never_chosen=never_chosen,
        no_mutual=told & nominators & ~both.any(axis=-1),
        chooses_nobody=chooses_nobody,
        ghost=never_chosen & chooses_nobody,
        structure=structure_of(nominations) if everything else None,
        status=status_results(nominations) if everything else None,
        communities=communities_of(nominations) if everything else None,
    )


def refuse_too_few(sociogram: Sociogram) -> None:
    """Refuse to show pupils of a class of which less than 60 percent took part."""
    if sociogram.sufficiency is Sufficiency.TOO_FEW:
        nominations = sociogram.nominations
        raise TooFewTookPart(took_part=int(nominations.nominators.sum()), listed=len(nominations.pupils))
