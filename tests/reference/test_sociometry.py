"""Sociometry against numbers from other software."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kring.core.sociometry import Nominations, Status, cd83, nb_pb, received, sociogram, standardised, structures
from kring.core.sociometry.chance import chance, poisson_binomial
from kring.core.sociometry.communities import communities, modularity, tie_weights
from kring.core.sociometry.rates import given
from tests.reference.class26 import (
    BEST_MEMBERSHIP,
    BEST_MODULARITY,
    CD83,
    CD83_WAVE_2,
    NB_PB,
    NEGATIVE,
    NEVER_CHOSEN,
    NO_MUTUAL,
    POSITIVE,
    PUPILS,
    RECEIVED,
    REJECTED,
    class26,
    edges,
)

STATUSES = tuple(Status)


def grouped(codes: Any) -> dict[str, set[str]]:
    """Names per status, without the average."""
    groups: dict[str, set[str]] = {}
    for pupil, code in zip(PUPILS, codes, strict=True):
        groups.setdefault(STATUSES[code].value, set()).add(pupil)
    groups.pop("average")
    return groups


def tables(wave: int) -> tuple[Any, Any, Any]:
    nominations = class26(wave)
    assert nominations.negative is not None
    return nominations.positive, nominations.negative, nominations.nominators


def as_in_r(nominations: Nominations) -> Any:
    """R takes every listed pupil as a possible nominator."""
    return structures(nominations.positive, np.ones(len(nominations.pupils), dtype=bool)).one()


def test_choices_received_in_the_reference_class() -> None:
    positive, negative, nominators = tables(1)
    counted = received(positive, nominators)
    assert tuple(counted.count) == RECEIVED
    assert {i + 1: int(c) for i, c in enumerate(received(negative, nominators).count) if c} == REJECTED
    assert {PUPILS[i] for i in range(26) if counted.possible[i] == 24} == {"7", "19"}
    assert counted.z[22] == pytest.approx(3.017776662163, abs=1e-10)


def test_standard_scores_of_coie_and_dodge() -> None:
    z = standardised(*tables(1))
    assert z.disliking[22] == pytest.approx(-0.4471702235074, abs=1e-10)
    assert z.preference[22] == pytest.approx(2.411053733281, abs=1e-8)
    assert z.impact[22] == pytest.approx(1.848105536832, abs=1e-8)
    assert z.preference[10] == pytest.approx(-3.480661301801, abs=1e-8)


def test_status_by_both_methods() -> None:
    assert grouped(cd83(*tables(1))) == CD83
    assert grouped(nb_pb(*tables(1))) == NB_PB
    assert grouped(cd83(*tables(2))) == CD83_WAVE_2


def test_what_chance_gives() -> None:
    positive, _, nominators = tables(1)
    found = chance(received(positive, nominators).count, given(positive), nominators)
    assert found.at_least[22] == pytest.approx(8.435973875676e-06, rel=1e-10)
    assert found.at_least[6] == pytest.approx(0.03626474126791, abs=1e-10)
    assert found.at_least[1] == pytest.approx(0.2223116395128, abs=1e-10)
    assert found.at_most[3] == pytest.approx(0.07215020108454821, abs=1e-10)
    assert (found.expected[22], found.low[22], found.high[22]) == (pytest.approx(2.48), 0, 5)


def test_the_classic_fixed_version() -> None:
    pmf = poisson_binomial(np.full((25, 1), 3 / 25))[0]
    above = np.cumsum(pmf[::-1])[::-1]
    assert int(np.argmax(above <= 0.05)) == 7
    impact = np.cumsum(poisson_binomial(np.full((25, 1), 6 / 25))[0])
    assert int((impact <= 0.05).sum()) - 1 == 2


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
    found = communities(nominations)
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
def test_every_number_of_the_reference_class(shared: Path) -> None:
    expected = json.loads((shared / "methods/reference/expected/02_sociometry.json").read_text(encoding="utf-8"))
    for wave in (1, 2):
        positive, negative, nominators = tables(wave)
        z, numbers = standardised(positive, negative, nominators), expected[f"wave{wave}"]
        assert received(positive, nominators).possible.tolist() == numbers["m"]
        for name, ours in (("zlm", z.liking), ("zll", z.disliking), ("sp", z.preference), ("si", z.impact)):
            np.testing.assert_allclose(ours, numbers[name], atol=1e-10)
        assert [STATUSES[c].value for c in cd83(positive, negative, nominators)] == numbers["cd83"]


@pytest.mark.shared
def test_every_probability_of_the_reference_class(shared: Path) -> None:
    expected = json.loads((shared / "methods/reference/expected/02_sociometry.json").read_text(encoding="utf-8"))["nb_ssrat"]
    positive, negative, nominators = tables(1)
    liked = chance(positive.sum(axis=0), given(positive), nominators)
    disliked = chance(negative.sum(axis=0), given(negative), nominators)
    both = chance(liked.observed + disliked.observed, given(positive) + given(negative), nominators)
    for name, ours in (("p_lm_ge", liked.at_least), ("p_ll_ge", disliked.at_least), ("p_si_le", both.at_most)):
        np.testing.assert_allclose(ours, expected[name], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(liked.expected, expected["e_lm"], atol=1e-12)
    np.testing.assert_allclose(disliked.expected, expected["e_ll"], atol=1e-12)
    assert [STATUSES[c].value.capitalize() for c in nb_pb(positive, negative, nominators)] == expected["status05"]


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
