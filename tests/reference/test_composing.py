"""Twelve generated pupils at three tables of four (methods.md C.14, G35): every one of the 5,775 divisions was tried."""

import csv
from itertools import combinations
from pathlib import Path

import numpy as np

from kring.core.sociometry import Edge, Nominations, nominations_from
from kring.core.sociometry.composing import Wishes, compose_groups
from kring.core.sociometry.composing.ground import ground

DATA = Path(__file__).with_name("data")


def twelve() -> Nominations:
    with (DATA / "d16_groups12_edges.csv").open(newline="") as file:
        edges = [Edge(row["from"], row["to"], 1 if row["kind"] == "pos" else -1) for row in csv.DictReader(file)]
    return nominations_from(tuple(str(i) for i in range(1, 13)), edges, {})


def every_division() -> np.ndarray:
    """int[5775, 12]: the table of each pupil."""
    divisions = []
    for first in combinations(range(1, 12), 3):
        left = [i for i in range(1, 12) if i not in first]
        for second in combinations(left[1:], 3):
            table = np.full(12, 2)
            table[[0, *first]], table[[left[0], *second]] = 0, 1
            divisions.append(table)
    return np.array(divisions)


def test_the_best_of_all_divisions_is_found_and_proven() -> None:
    plan = compose_groups(twelve(), [4, 4, 4])
    assert {frozenset(map(int, members)) for members in plan.places} == {
        frozenset({1, 2, 4, 12}),
        frozenset({3, 5, 8, 9}),
        frozenset({6, 7, 10, 11}),
    }
    assert (plan.without_chosen, plan.weight, plan.proven) == (0, 14.0, True)


def test_what_all_divisions_are_worth() -> None:
    judged = ground(twelve(), Wishes(), near=np.eye(3, dtype=np.int64), beside=np.eye(3, dtype=np.bool_))
    alone, _, weight, _ = judged.worth(every_division())
    assert len(alone) == 5775
    assert (int(-weight.min()), int((weight == weight.min()).sum())) == (19, 2)
    assert int(alone[weight == weight.min()].min()) > 0
    assert -weight.mean() == np.float64(-weight.sum() / 5775)
    assert abs(-weight.mean() - 3.272727272727) < 1e-9
    assert abs((alone == 0).mean() - 0.006233766233766) < 1e-12
    served = weight[alone == 0]
    assert (int(-served.min()), int((served == served.min()).sum())) == (14, 1)
