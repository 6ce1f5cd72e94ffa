"""Sociometry against numbers from other software."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kring.core.sociometry import Nominations, sociogram, structures
from kring.core.sociometry.communities import communities_of, modularity, tie_weights
from tests.reference.class26 import (
    BEST_MEMBERSHIP,
    BEST_MODULARITY,
    NEGATIVE,
    NEVER_CHOSEN,
    NO_MUTUAL,
    POSITIVE,
    PUPILS,
    class26,
    edges,
)


def as_in_r(nominations: Nominations) -> Any:
    """R takes every listed pupil as a possible nominator."""
    return structures(nominations.positive, np.ones(len(nominations.pupils), dtype=bool)).one()


def test_structure_as_r_counts_it() -> None:
    first, second = as_in_r(class26(1)), as_in_r(class26(2))
    assert (first.edges, first.mutual_pairs, first.one_sided_pairs, first.unconnected_pairs) == (64, 8, 48, 269)
    assert first.density == pytest.approx(0.09846153846154, abs=1e-10)
    assert first.reciprocity == pytest.approx(0.25, abs=1e-10)
    assert first.reciprocity_beyond_chance == pytest.approx(0.1680887372014, abs=1e-10)
    assert first.transitivity == pytest.approx(0.2222222222222, abs=1e-10)
    assert first.centralisation == pytest.approx(0.3552, abs=1e-10)
    assert (second.edges, second.mutual_pairs, second.one_sided_pairs, second.unconnected_pairs) == (66, 12, 42, 271)
    assert second.reciprocity == pytest.approx(0.3636363636364, abs=1e-10)
    assert second.transitivity == pytest.approx(0.3680555555556, abs=1e-10)
    assert second.centralisation == pytest.approx(0.352, abs=1e-10)


def test_structure_with_absent_pupils_left_out_as_nominators() -> None:
    structure = sociogram(class26(1)).structure
    assert structure is not None
    assert structure.density == pytest.approx(0.10666666666666667)
    assert structure.observable == 52
    assert structure.reciprocity == pytest.approx(0.3076923076923077)
    assert structure.coverage == pytest.approx(0.4166666666666667)
    assert structure.cohesion == pytest.approx(3.722222222222222)


def test_facts_of_the_reference_class() -> None:
    picture = sociogram(class26(1))
    assert {PUPILS[i] for i in np.flatnonzero(picture.never_chosen)} == NEVER_CHOSEN
    assert {PUPILS[i] for i in np.flatnonzero(picture.no_mutual)} == NO_MUTUAL
    assert not picture.ghost.any()
    assert not picture.chooses_nobody.any()


@pytest.mark.parametrize("wave", [1, 2])
def test_communities_reach_the_exact_optimum(wave: int) -> None:
    nominations = class26(wave)
    found = communities_of(nominations)
    assert found.modularity is not None
    assert found.modularity == pytest.approx(BEST_MODULARITY[wave], abs=1e-12)
    assert found.member_of.tolist() == BEST_MEMBERSHIP[wave]
    assert found.modularity == pytest.approx(modularity(tie_weights(nominations.positive), found.member_of))


@pytest.mark.shared
def test_the_class_here_is_the_class_of_the_reference(shared: Path) -> None:
    with (shared / "methods/reference/data/d06_class26_edges.csv").open(encoding="utf-8") as file:
        rows = {(int(r["wave"]), 1 if r["kind"] == "pos" else -1, r["from"], r["to"]) for r in csv.DictReader(file)}
    ours = {(w, e.polarity, e.from_pupil, e.to_pupil) for w in (1, 2) for e in edges(POSITIVE[w], 1) + edges(NEGATIVE[w], -1)}
    assert ours == rows


@pytest.mark.shared
@pytest.mark.parametrize(("season", "wave"), [("fall", "1"), ("spring", "2")])
def test_the_73_boys_of_coleman(shared: Path, season: str, wave: str) -> None:
    expected = json.loads((shared / "methods/reference/expected/02_sociometry.json").read_text(encoding="utf-8"))["coleman"][season]
    choices = np.zeros((73, 73), dtype=bool)
    with (shared / "methods/reference/data/d07_coleman_edges.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["wave"] == wave:
                choices[int(row["from"]) - 1, int(row["to"]) - 1] = True
    found = structures(choices, np.ones(73, dtype=bool)).one()
    dyads = {"Mut": found.mutual_pairs, "Asym": found.one_sided_pairs, "Null": found.unconnected_pairs}
    assert (found.edges, dyads) == (expected["edges"], expected["dyads"])
    assert found.density == pytest.approx(expected["density"], abs=1e-10)
    assert found.reciprocity == pytest.approx(expected["recip"], abs=1e-10)
    assert found.transitivity == pytest.approx(expected["trans"], abs=1e-10)
    assert found.centralisation == pytest.approx(expected["indeg_centr"], abs=1e-10)
