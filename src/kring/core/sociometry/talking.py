"""What of a sociogram may stand on the board: numbers of the whole class, only those that cannot point at a child.

No name and no place; what only holds for all is said only when it holds for all. A class that knows the sentence "everybody was chosen"
must not learn from a missing one who was not: so the sentences about choosing stand alone, and nothing tells what was left out.
"""

from dataclasses import dataclass

from kring.core.provenance import Result, method
from kring.core.sociometry.nominations import Nominations, Sufficiency
from kring.core.sociometry.rates import counted, mutual
from kring.core.sociometry.saying import FEWEST_FOR_STATUS

__all__ = ["FEWEST_ON_BOARD", "ClassTalk", "class_talk"]

FEWEST_ON_BOARD = 5  # pairs or pupils behind a number that a class sees


@dataclass(frozen=True, slots=True)
class ClassTalk(Result):
    """What a class may see of its own choices. n: pupils on the list; n_valid: those who took part.

    choices: how often somebody chose a classmate; per_pupil: how many on average, in whole choices; pairs: how many pairs chose each other;
    None when it is not shown. all_chosen and all_mutual are True or not said. shown: whether there is a class view at all.
    """

    n: int
    n_valid: int
    choices: int | None
    per_pupil: int | None
    pairs: int | None
    all_chosen: bool
    all_mutual: bool
    shown: bool


@method("class-talk", 1, data=("nominations",))
def class_talk(nominations: Nominations) -> ClassTalk:
    """Give what may stand on the board: of ten pupils and more, of whom 80 % took part.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> ring = "ABCDEFGHIJ"
    >>> found = class_talk(nominations_from(ring, [Edge(ring[i], ring[(i + step) % 10]) for i in range(10) for step in (1, -1)], {}))
    >>> found.choices, found.per_pupil, found.pairs, found.all_chosen, found.all_mutual
    (20, 2, 10, True, True)
    """
    n, took_part = len(nominations.pupils), int(nominations.nominators.sum())
    if nominations.sufficiency is not Sufficiency.ALL or n < FEWEST_FOR_STATUS:
        return ClassTalk(n, took_part, None, None, None, all_chosen=False, all_mutual=False, shown=False)
    positive, nominators = nominations.positive, nominations.nominators
    received, both = counted(positive, nominators), mutual(positive)
    choices, pairs = int(positive.sum()), int(both.sum()) // 2
    return ClassTalk(
        n=n,
        n_valid=took_part,
        choices=choices if choices >= FEWEST_ON_BOARD else None,
        per_pupil=round(choices / took_part) if choices >= took_part else None,
        pairs=pairs if pairs >= FEWEST_ON_BOARD else None,
        all_chosen=bool((received.count > 0).all()),
        all_mutual=bool(both.any(axis=1).all()),
        shown=True,
    )
