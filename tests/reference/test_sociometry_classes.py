"""Sociometry of classes against numbers from other software.

R 4.2.2 with sna 2.7.1 and igraph 1.3.5, python-igraph for the exact optimum, and a second implementation in Python (methods.md G18, G19,
G20, G22 and sections C.5 to C.11). networkx stands beside the algorithms in the tests of each module.
"""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kring.core.sociometry import (
    CardIndex,
    Gender,
    Nominations,
    Participation,
    Structure,
    absence_sensitivity,
    bridges_of,
    change_between,
    class_card_of,
    communities_of,
    gender_mixing,
    gender_split,
    gender_test,
    mutual_cliques,
    nominations_from,
    sociogram,
    structure_of,
    sureness_of,
    triad_census,
)
from kring.core.sociometry.bridges import betweenness
from kring.core.sociometry.change import jaccard_by_chance
from kring.core.sociometry.communities import adjusted_rand, modularity, tie_weights
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

DATA = Path(__file__).parent / "data"
TRIADS = {
    1: {
        "003": 1476, "012": 797, "102": 124, "021D": 23, "021U": 81, "021C": 30, "111D": 38, "111U": 8,
        "030T": 8, "030C": 0, "201": 6, "120D": 6, "120U": 1, "120C": 1, "210": 1, "300": 0,
    },
    2: {
        "003": 1518, "012": 690, "102": 201, "021D": 11, "021U": 70, "021C": 24, "111D": 54, "111U": 7,
        "030T": 11, "030C": 0, "201": 2, "120D": 5, "120U": 1, "120C": 0, "210": 2, "300": 4,
    },
}  # fmt: skip
JACCARD_OF = [
    0.5, 0.25, 2 / 3, 1 / 3, 0.25, 0.25, np.nan, 0.25, 2 / 3, 0, 0.25, 2 / 3, 0.2,
    0.25, 0.2, 1, 0.25, 0.5, np.nan, 1, 0.2, 2 / 3, 0.25, 2 / 3, 1 / 3, 2 / 3,
]  # fmt: skip
BETWEENNESS_7, BETWEENNESS_23 = 0.0, 41.833333333333  # sna, directed, first round


def as_in_r(nominations: Nominations) -> Structure:
    """R takes every listed pupil as a possible nominator."""
    return structure_of(nominations, absent_could_choose=True)


def genders() -> dict[str, Gender]:
    with (DATA / "d06_class26_nodes.csv").open(encoding="utf-8") as file:
        return {row["pupil"]: Gender(row["gender"]) for row in csv.DictReader(file)}


def test_structure_as_r_counts_it() -> None:
    first, second = as_in_r(class26(1)), as_in_r(class26(2))
    assert (first.edges, first.mutual_pairs, first.one_sided_pairs, first.unconnected_pairs) == (64, 8, 48, 269)
    assert first.density == pytest.approx(0.09846153846154, abs=1e-10)
    assert first.reciprocity == pytest.approx(0.25, abs=1e-10)
    assert first.reciprocity_beyond_chance == pytest.approx(0.1680887372014, abs=1e-10)
    assert first.transitivity == pytest.approx(0.2222222222222, abs=1e-10)
    assert first.centralisation == pytest.approx(0.3552, abs=1e-10)
    assert (second.edges, second.mutual_pairs, second.one_sided_pairs, second.unconnected_pairs) == (66, 12, 42, 271)
    assert second.density == pytest.approx(0.1015384615385, abs=1e-10)
    assert second.reciprocity == pytest.approx(0.3636363636364, abs=1e-10)
    assert second.reciprocity_beyond_chance == pytest.approx(0.2917185554172, abs=1e-10)
    assert second.transitivity == pytest.approx(0.3680555555556, abs=1e-10)
    assert second.centralisation == pytest.approx(0.352, abs=1e-10)


def test_structure_with_absent_pupils_left_out_as_nominators() -> None:
    structure = sociogram(class26(1)).structure
    assert structure is not None
    assert structure.density == pytest.approx(0.10666666666666667, abs=1e-12)
    assert structure.observable == 52
    assert structure.reciprocity == pytest.approx(0.3076923076923077, abs=1e-12)
    assert structure.coverage == pytest.approx(0.4166666666666667, abs=1e-12)
    assert structure.cohesion == pytest.approx(3.722222222222222, abs=1e-12)


@pytest.mark.parametrize("wave", [1, 2])
def test_triads_as_r_counts_them(wave: int) -> None:
    assert triad_census(class26(wave), absent_could_choose=True).counts == TRIADS[wave]


def test_facts_of_the_reference_class() -> None:
    picture = sociogram(class26(1))
    assert {PUPILS[i] for i in np.flatnonzero(picture.never_chosen)} == NEVER_CHOSEN
    assert {PUPILS[i] for i in np.flatnonzero(picture.no_mutual)} == NO_MUTUAL
    assert not picture.ghost.any()
    assert not picture.chooses_nobody.any()


def test_close_groups_of_the_reference_class() -> None:
    assert mutual_cliques(class26(1)).cliques == ()
    assert mutual_cliques(class26(2)).cliques == (("2", "7", "13"), ("7", "8", "13"), ("16", "18", "23"), ("16", "18", "25"))


def test_bridges_of_the_reference_class() -> None:
    found = bridges_of(class26(1))
    assert not found.articulation.any()
    assert [PUPILS[i] for i in np.flatnonzero(found.bridge)] == ["23"]
    directed = betweenness(class26(1).positive)
    assert directed[[6, 22]] == pytest.approx([BETWEENNESS_7, BETWEENNESS_23], abs=1e-10)


@pytest.mark.parametrize("wave", [1, 2])
def test_communities_reach_the_exact_optimum(wave: int) -> None:
    nominations = class26(wave)
    found = communities_of(nominations)
    assert found.modularity is not None
    assert found.modularity == pytest.approx(BEST_MODULARITY[wave], abs=1e-12)
    assert found.member_of.tolist() == BEST_MEMBERSHIP[wave]
    assert found.modularity == pytest.approx(modularity(tie_weights(nominations.positive), found.member_of))


def test_groups_run_along_gender_in_the_first_round_alone() -> None:
    first, second = gender_split(class26(1), genders()), gender_split(class26(2), genders())
    assert (first.modularity, first.best) == pytest.approx((0.341796875, 0.3970947265625), abs=1e-12)
    assert second.modularity == pytest.approx(0.3769513314968, abs=1e-12)
    assert (first.along_gender, second.along_gender) == (True, False)
    by_gender = np.array([genders()[pupil] is Gender.MALE for pupil in PUPILS], dtype=np.intp)
    best = np.array(BEST_MEMBERSHIP[1], dtype=np.intp)
    assert adjusted_rand(by_gender, best[None])[0] == pytest.approx(0.4427319140738, abs=1e-12)


def test_choices_between_genders() -> None:
    first, second = gender_mixing(class26(1), genders()), gender_mixing(class26(2), genders())
    assert (first.cross_share, first.ei) == (0.15625, -0.6875)
    assert first.by_chance == pytest.approx(0.51625, abs=1e-12)
    assert first.assortativity == pytest.approx(0.6937799043062, abs=1e-12)
    assert second.ei == pytest.approx(-0.7575757575758, abs=1e-12)
    assert second.cross_share == pytest.approx(0.1212121212121, abs=1e-12)
    assert second.assortativity == pytest.approx(0.7586837294333, abs=1e-12)
    assert gender_test(class26(1), genders()).p == pytest.approx(1 / 10_001, abs=1e-15)


def test_the_class_card_has_both_rounds() -> None:
    card = class_card_of(class26(2), last=class26(1), genders=genders())
    last = {line.index: line.last for line in card.lines}
    assert last == {
        CardIndex.COVERAGE: pytest.approx(0.4166666666666667),
        CardIndex.RECIPROCITY: pytest.approx(0.3076923076923),
        CardIndex.NEVER_CHOSEN: pytest.approx(9 / 26),
        CardIndex.CENTRALISATION: pytest.approx(0.3552),
        CardIndex.CROSS_GENDER: pytest.approx(0.15625),
    }
    assert card.lines[4].last_by_chance == pytest.approx(0.51625)
    assert card.comparable


def test_change_between_the_rounds_of_those_present_twice() -> None:
    found = change_between(class26(1), class26(2))
    assert found.pupils == PUPILS
    assert found.jaccard == pytest.approx(0.3888888888889, abs=1e-9)
    np.testing.assert_allclose(found.jaccard_of, JACCARD_OF, atol=1e-12)
    assert found.rates_r == pytest.approx(0.7173289497612, abs=1e-9)
    assert found.groups_ari == pytest.approx(0.4528061224490, abs=1e-9)


def test_change_between_the_rounds_as_r_compares_whole_tables() -> None:
    found = change_between(class26(1), class26(2), absent_could_choose=True)
    assert found.jaccard == pytest.approx(0.3684210526316, abs=1e-9)
    assert found.hamming == 60
    assert found.gcor == pytest.approx(0.4872641653005, abs=1e-9)


def test_the_worked_change_of_one_pupil() -> None:
    before, after = (nominations_from("ABCD", edges(text, 1), {}) for text in ("A>B,C", "A>C,D"))
    found = change_between(before, after)
    assert (found.jaccard, found.choices_kept) == pytest.approx((1 / 3, 0.5), abs=1e-9)  # 08_worked.json C2


@pytest.mark.parametrize(("n", "levels"), [(20, (0.1001, 0.1637, 0.2764)), (26, (0.0750, 0.1209, 0.1989)), (30, (0.0643, 0.1030, 0.1676))])
def test_what_blind_choosing_keeps(n: int, levels: tuple[float, ...]) -> None:
    assert tuple(jaccard_by_chance(k, k, n - 1) for k in (3, 5, 8)) == pytest.approx(levels, abs=5.1e-5)


def test_groups_of_the_reference_class_are_sure_enough() -> None:
    first, second = sureness_of(class26(1)), sureness_of(class26(2))
    assert (first.value, second.value) == pytest.approx((0.71, 0.81), abs=0.03)  # 200 whole re-runs: .709, .806
    assert (first.left_out, second.left_out, first.unsure, second.unsure) == (2, 3, False, False)


def test_absent_pupils_7_and_19_matter_for_who_is_chosen_back() -> None:
    found = absence_sensitivity(class26(1), cut_offs={CardIndex.COVERAGE: (0.5,), CardIndex.CENTRALISATION: (0.5,)})
    numbers = {each.index: each for each in found.indices}
    assert numbers[CardIndex.COVERAGE].depends is True
    assert numbers[CardIndex.CENTRALISATION].depends is False
    assert numbers[CardIndex.RECIPROCITY].depends is None
    returned, nobody = numbers[CardIndex.COVERAGE].returned, numbers[CardIndex.COVERAGE].nobody
    assert (returned, nobody) == pytest.approx((19 / 26, 10 / 26))


@pytest.mark.shared
def test_the_class_here_is_the_class_of_the_reference(shared: Path) -> None:
    with (shared / "methods/reference/data/d06_class26_edges.csv").open(encoding="utf-8") as file:
        rows = {(int(r["wave"]), 1 if r["kind"] == "pos" else -1, r["from"], r["to"]) for r in csv.DictReader(file)}
    ours = {(w, e.polarity, e.from_pupil, e.to_pupil) for w in (1, 2) for e in edges(POSITIVE[w], 1) + edges(NEGATIVE[w], -1)}
    assert ours == rows


@pytest.mark.shared
@pytest.mark.parametrize("wave", [1, 2])
def test_betweenness_of_every_pupil_of_the_reference_class(shared: Path, wave: int) -> None:
    expected = json.loads((shared / "methods/reference/expected/02_sociometry.json").read_text(encoding="utf-8"))[f"net{wave}"]
    np.testing.assert_allclose(betweenness(class26(wave).positive), expected["betweenness"], atol=1e-10)


def coleman(shared: Path, wave: str) -> Nominations:
    choices = np.zeros((73, 73), dtype=bool)
    with (shared / "methods/reference/data/d07_coleman_edges.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["wave"] == wave:
                choices[int(row["from"]) - 1, int(row["to"]) - 1] = True
    participation = tuple(Participation.DONE if row.any() else Participation.EMPTY for row in choices)
    return Nominations(tuple(str(i) for i in range(1, 74)), participation, choices)


def of_coleman(shared: Path) -> Any:
    return json.loads((shared / "methods/reference/expected/02_sociometry.json").read_text(encoding="utf-8"))["coleman"]


@pytest.mark.shared
@pytest.mark.parametrize(("season", "wave"), [("fall", "1"), ("spring", "2")])
def test_the_73_boys_of_coleman(shared: Path, season: str, wave: str) -> None:
    expected, found = of_coleman(shared)[season], structure_of(coleman(shared, wave))
    dyads = {"Mut": found.mutual_pairs, "Asym": found.one_sided_pairs, "Null": found.unconnected_pairs}
    assert (found.edges, dyads) == (expected["edges"], expected["dyads"])
    assert found.density == pytest.approx(expected["density"], abs=1e-10)
    assert found.reciprocity == pytest.approx(expected["recip"], abs=1e-10)
    assert found.transitivity == pytest.approx(expected["trans"], abs=1e-10)
    assert found.centralisation == pytest.approx(expected["indeg_centr"], abs=1e-10)


@pytest.mark.shared
def test_coleman_from_fall_to_spring(shared: Path) -> None:
    expected, found = of_coleman(shared), change_between(coleman(shared, "1"), coleman(shared, "2"))
    assert found.jaccard == pytest.approx(expected["jaccard"], abs=1e-9)
    assert found.hamming == expected["hamming"]
    assert found.gcor == pytest.approx(expected["gcor"], abs=1e-9)
