"""Classes for the tests of sociometry: the small worked one, and any one that hypothesis thinks up."""

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from kring.core.sociometry import Edge, Nominations, Participation, nominations_from

patient = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])

DONE, EMPTY, ABSENT, REFUSED = Participation.DONE, Participation.EMPTY, Participation.ABSENT, Participation.REFUSED


def worked() -> Nominations:
    """A chooses B and C, B chooses A, C and D choose B, E is absent."""
    return chosen("ABCDE", "AB AC BA CB DB", absent="E")


def chosen(pupils: str, choices: str, *, absent: str = "", negative: str | None = None) -> Nominations:
    """A class of one-letter pupils; `AB` means that A chooses B."""
    participation = {pupil: ABSENT if pupil in absent else DONE for pupil in pupils}
    edges = [Edge(pair[0], pair[1]) for pair in choices.split()]
    rejections = [Edge(pair[0], pair[1], -1) for pair in (negative or "").split()]
    return nominations_from(pupils, edges + rejections, participation, asked=(1,) if negative is None else (1, -1))


def full(n: int) -> Nominations:
    """Everybody chooses everybody."""
    return Nominations(tuple(f"p{i:02}" for i in range(n)), (DONE,) * n, ~np.eye(n, dtype=np.bool_))


@st.composite
def classes(draw: st.DrawFn, smallest: int = 1, largest: int = 12, *, negatives: bool = False) -> Nominations:
    """Any class with any choices and any participation."""
    n = draw(st.integers(smallest, largest))
    cell = st.sampled_from((0, 0, 0, 1, -1) if negatives else (0, 0, 1))
    choices = np.array(draw(st.lists(cell, min_size=n * n, max_size=n * n))).reshape(n, n)
    took_part = np.array(draw(st.lists(st.sampled_from((True, True, True, False)), min_size=n, max_size=n)), dtype=np.bool_)
    choices[~took_part] = 0
    np.fill_diagonal(choices, 0)
    participation = tuple(DONE if takes and row.any() else EMPTY if takes else ABSENT for takes, row in zip(took_part, choices))
    pupils = tuple(f"p{i:02}" for i in range(n))
    return Nominations(pupils, participation, choices == 1, choices == -1 if negatives else None)


def in_other_order(nominations: Nominations, order: list[int]) -> Nominations:
    """The same class with the list in another order."""
    cells = np.ix_(order, order)
    return Nominations(
        tuple(nominations.pupils[i] for i in order),
        tuple(nominations.participation[i] for i in order),
        nominations.positive[cells],
        None if nominations.negative is None else nominations.negative[cells],
    )
