"""Who pupils think chose them, beside who did.

What a pupil may hear of it is that there are classmates who choose him or her, never who.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np

from kring.core.provenance import Result, method
from kring.core.sociometry.nominations import Nominations, refuse_impossible_names
from kring.core.sociometry.rates import NOTHING, Bools, Received, counted

__all__ = ["Perceived", "PerceivedPupil", "perceived"]

FEW_CHOICES = 3  # up to this limit a count says who is liked, above it the rate beside the class
LIKED_FROM = 2  # choices received
OVERESTIMATES_FROM = 3  # classmates who did not choose a pupil whom nobody chose


@dataclass(frozen=True, slots=True)
class PerceivedPupil:
    """What one pupil thinks, among classmates whose choices are known.

    hits: thought and true; false_alarms: thought and not true; misses: true and not thought. sensitivity: hits of all who chose the pupil;
    precision: hits of all whom the pupil named; None when there is nobody to divide by. All are None for a pupil who did not answer or
    took no part.
    """

    pupil: str
    hits: int | None
    false_alarms: int | None
    misses: int | None
    sensitivity: float | None
    precision: float | None


@dataclass(frozen=True, slots=True)
class Perceived(Result):
    """Thought and real choices of one class, pupils in the order of the list.

    sensitivity and precision: of all pupils together, None when there is nobody to divide by. liked_but_unaware: liked, without one hit;
    overestimates: chosen by nobody, with three false alarms or more, for the teacher only. `n` pupils listed, `n_valid` who count.
    """

    pupils: tuple[PerceivedPupil, ...]
    sensitivity: float | None
    precision: float | None
    liked_but_unaware: tuple[str, ...]
    overestimates: tuple[str, ...]
    n: int
    n_valid: int


@method("perceived-choices", 1, data=("nominations", "thinks"))
def perceived(
    nominations: Nominations, thinks: Mapping[str, Set[str]], *, limit: int | None = None, absent_chose_nobody: bool = False
) -> Perceived:
    """Compare whom each pupil thinks to be chosen by with who did: sensitivity TP / (TP + FN), precision TP / (TP + FP).

    `thinks` has who answered the question, with the classmates named; only classmates who took part count, unless `absent_chose_nobody`,
    which makes a false alarm of every absent classmate who is named. `limit` is that of the positive question: up to three choices liked
    means chosen twice, otherwise a rate of at least the median of the class. Source: Cillessen & Bellmore 1999.
    Raises `PupilNotOnList`, `ChoosesOneself`.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> choices = nominations_from("ABC", [Edge("A", "B"), Edge("C", "B"), Edge("B", "A")], {})
    >>> found = perceived(choices, {"A": {"B", "C"}, "B": set()}, limit=3)
    >>> found.sensitivity, found.precision, found.liked_but_unaware
    (0.3333333333333333, 0.5, ('B',))
    """
    refuse_impossible_names(nominations.pupils, thinks)
    known = nominations.nominators | absent_chose_nobody
    pupils = tuple(_pupil(nominations, thinks, known, i) for i in range(len(nominations.pupils)))
    hits, alarms, misses = (sum(getattr(one, name) or 0 for one in pupils) for name in ("hits", "false_alarms", "misses"))
    received = counted(nominations.positive, nominations.nominators)
    return Perceived(
        pupils=pupils,
        sensitivity=_share(hits, misses),
        precision=_share(hits, alarms),
        liked_but_unaware=tuple(one.pupil for one, liked in zip(pupils, _liked(received, limit), strict=True) if liked and one.hits == 0),
        overestimates=tuple(one.pupil for one, count in zip(pupils, received.count, strict=True) if count == 0 and _expects_many(one)),
        n=len(pupils),
        n_valid=sum(one.hits is not None for one in pupils),
    )


def _pupil(nominations: Nominations, thinks: Mapping[str, Set[str]], known: Bools, i: int) -> PerceivedPupil:
    pupil = nominations.pupils[i]
    if pupil not in thinks or not nominations.nominators[i]:
        return PerceivedPupil(pupil, None, None, None, None, None)
    thought = np.array([classmate in thinks[pupil] for classmate in nominations.pupils], dtype=np.bool_) & known
    real = nominations.positive[:, i]
    hits, alarms, misses = (int(which.sum()) for which in (thought & real, thought & ~real, real & ~thought))
    return PerceivedPupil(pupil, hits, alarms, misses, _share(hits, misses), _share(hits, alarms))


def _liked(received: Received, limit: int | None) -> Bools:
    if limit is not None and limit <= FEW_CHOICES:
        return received.count >= LIKED_FROM
    known = received.rate[~np.isnan(received.rate)]
    middle = float(np.median(known)) if known.size else 0.0
    return (received.count > 0) & (received.rate >= middle - NOTHING)


def _expects_many(one: PerceivedPupil) -> bool:
    return one.false_alarms is not None and one.false_alarms >= OVERESTIMATES_FROM


def _share(part: int, rest: int) -> float | None:
    return part / (part + rest) if part + rest else None
