"""What a page says about each pupil beside the picture: counts with what was possible, never a rank."""

from dataclasses import dataclass

import numpy as np

from kring.core.provenance import Result, method
from kring.core.sociometry.kinds import Chosen, Status
from kring.core.sociometry.nominations import TOOK_PART, Participation
from kring.core.sociometry.rates import Bools
from kring.core.sociometry.sociograms import Sociogram, refuse_too_few

__all__ = ["ClassFacts", "PupilFacts", "pupil_facts"]


@dataclass(frozen=True, slots=True)
class PupilFacts:
    """One pupil in one round; None is "not known", never "none".

    received of possible, with their rate; given and mutual, None for a pupil who took no part; by_chance: what blind choosing gives in
    nine of ten classes, lowest and highest; chosen, nb_pb, cd83: the status by each method, None where participation or questions do not
    allow it. chooses, chosen_by and mutual_with are ids in the order of the list, of positive choices only.
    """

    pupil: str
    participation: Participation
    received: int
    possible: int
    rate: float | None
    given: int | None
    mutual: int | None
    by_chance: tuple[int, int] | None
    chosen: Chosen | None
    nb_pb: Status | None
    cd83: Status | None
    chooses: tuple[str, ...]
    chosen_by: tuple[str, ...]
    mutual_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassFacts(Result):
    """The facts of each pupil, in the order of the list. n: pupils on the list; n_valid: those who took part."""

    n: int
    n_valid: int
    pupils: tuple[PupilFacts, ...]


@method("pupil-facts", 1, data=("sociogram",))
def pupil_facts(sociogram: Sociogram) -> ClassFacts:
    """Gather what a page says of each pupil beside the picture, as far as the participation allows. Raises `TooFewTookPart`.

    >>> from kring.core.sociometry.nominations import Edge, Participation, nominations_from
    >>> from kring.core.sociometry.sociograms import sociogram
    >>> choices = [Edge(*pair) for pair in ("AB", "AC", "BA", "CB", "DB")]
    >>> b = pupil_facts(sociogram(nominations_from("ABCDE", choices, {"E": Participation.ABSENT}))).pupils[1]
    >>> b.received, b.possible, b.by_chance, b.chosen_by, b.mutual_with
    (3, 3, (0, 2), ('A', 'C', 'D'), ('A',))
    """
    refuse_too_few(sociogram)
    return ClassFacts(sociogram.n, sociogram.n_valid, tuple(_facts(sociogram, i) for i in range(sociogram.n)))


def _facts(sociogram: Sociogram, i: int) -> PupilFacts:
    nominations, counted, status = sociogram.nominations, sociogram.received, sociogram.status
    took_part = nominations.participation[i] in TOOK_PART
    return PupilFacts(
        pupil=nominations.pupils[i],
        participation=nominations.participation[i],
        received=int(counted.count[i]),
        possible=int(counted.possible[i]),
        rate=float(counted.rate[i]) if counted.possible[i] else None,
        given=int(sociogram.given[i]) if took_part else None,
        mutual=int(sociogram.mutual[i].sum()) if took_part else None,
        by_chance=(int(status.chance.low[i]), int(status.chance.high[i])) if status else None,
        chosen=status.positive_only[i] if status else None,
        nb_pb=status.nb_pb[i] if status and status.nb_pb else None,
        cd83=status.cd83[i] if status and status.cd83 else None,
        chooses=_ids(sociogram, nominations.positive[i]),
        chosen_by=_ids(sociogram, nominations.positive[:, i]),
        mutual_with=_ids(sociogram, sociogram.mutual[i]),
    )


def _ids(sociogram: Sociogram, mask: Bools) -> tuple[str, ...]:
    return tuple(sociogram.nominations.pupils[i] for i in np.flatnonzero(mask))
