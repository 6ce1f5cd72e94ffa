"""The class as a whole."""

from random import Random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import ImpossibleChoices, Nominations, UnevenTables, structure_of, structures, triad_census
from tests.core.sociometry.classes import DONE, EMPTY, chosen, classes, full, in_other_order, patient, worked

INDICES = (
    "edges", "observable", "mutual_pairs", "one_sided_pairs", "unconnected_pairs", "density", "reciprocity",
    "reciprocity_beyond_chance", "coverage", "transitivity", "cohesion", "centralisation",
)  # fmt: skip


def padded(several: list[Nominations]) -> tuple[Any, Any, Any]:
    """Tables of classes of unequal size."""
    size = max(len(c.pupils) for c in several)
    choices, took_part, listed = (np.zeros((len(several), *shape), dtype=bool) for shape in ((size, size), (size,), (size,)))
    for k, nominations in enumerate(several):
        n = len(nominations.pupils)
        choices[k, :n, :n], took_part[k, :n], listed[k, :n] = nominations.positive, nominations.nominators, True
    return choices, took_part, listed


def test_the_worked_class() -> None:
    found = structure_of(worked())
    assert (found.n, found.n_valid, found.edges, found.mutual_pairs) == (5, 4, 5, 1)
    assert found.density == pytest.approx(0.3125)
    assert found.reciprocity == pytest.approx(0.4)
    assert found.centralisation == pytest.approx(0.625)
    assert (found.one_sided_pairs, found.unconnected_pairs) == (3, 6)
    assert found.coverage == pytest.approx(0.5)
    assert not found.all_mutual


def test_without_choices_shares_of_choices_have_no_value() -> None:
    found = structure_of(chosen("ABC", ""))
    assert (found.density, found.coverage, found.centralisation) == (0.0, 0.0, 0.0)
    assert found.reciprocity is None
    assert found.reciprocity_beyond_chance is None
    assert found.transitivity is None
    assert found.cohesion is None
    assert not found.all_mutual


def test_everybody_chooses_everybody() -> None:
    found = structure_of(full(5))
    assert (found.density, found.reciprocity, found.coverage, found.transitivity, found.centralisation) == (1, 1, 1, 1, 0)
    assert found.cohesion is None
    assert found.reciprocity_beyond_chance is None
    assert found.all_mutual


@pytest.mark.parametrize("pupils", ["", "A"])
def test_a_class_of_none_or_one_has_no_indices(pupils: str) -> None:
    found = structure_of(chosen(pupils, ""))
    assert found.n == len(pupils)
    assert (found.density, found.coverage, found.reciprocity, found.transitivity, found.centralisation) == (None,) * 5


def test_where_nobody_took_part_nothing_is_said() -> None:
    found = structure_of(chosen("ABC", "", absent="ABC"))
    assert (found.density, found.coverage, found.reciprocity, found.transitivity, found.centralisation) == (None,) * 5


def test_choices_of_absent_pupils_are_not_observable() -> None:
    found = structure_of(chosen("ABC", "AB AC BA", absent="C"))
    assert (found.edges, found.observable) == (3, 2)
    assert found.reciprocity == 1.0
    assert found.all_mutual


def test_two_steps_there_and_back_are_no_path_to_close() -> None:
    assert structure_of(chosen("ABC", "AB BA BC")).transitivity == 0.0
    assert structure_of(chosen("ABC", "AB BC AC")).transitivity == 1.0


@patient
@given(st.lists(classes(largest=9), min_size=1, max_size=4))
def test_many_classes_at_once_give_what_each_gives(several: list[Nominations]) -> None:
    together = structures(*padded(several))
    for k, nominations in enumerate(several):
        one = structure_of(nominations)
        for name in INDICES:
            cell = getattr(together, name)[k].item()
            assert (None if cell != cell else cell) == getattr(one, name)
    assert together.listed.tolist() == [len(nominations.pupils) for nominations in several]
    assert (together.n, together.n_valid) == (len(several), sum(structure_of(each).density is not None for each in several))


def test_classes_may_come_in_any_order_and_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    choices, took_part, listed = padded([worked(), full(7), chosen("ABC", ""), chosen("ABC", "AB BA", absent="C")])
    whole = structures(choices, took_part, listed)
    monkeypatch.setattr("kring.core.sociometry.structure.CELLS", 1)
    turned = structures(choices[::-1], took_part[::-1], listed[::-1])
    assert turned.provenance == whole.provenance
    for name in INDICES:
        np.testing.assert_array_equal(getattr(turned, name)[::-1], getattr(whole, name))


def test_no_classes_and_classes_without_pupils_have_no_indices() -> None:
    for shape in ((0, 5), (3, 0)):
        found = structures(np.zeros((*shape, shape[1]), dtype=bool), np.zeros(shape, dtype=bool))
        assert (found.n, found.n_valid, found.edges.tolist()) == (shape[0], 0, [0] * shape[0])
        assert np.isnan(found.density).all()


def test_large_schools_are_counted_exactly() -> None:
    n = 260
    found = structures(~np.eye(n, dtype=bool)[None], np.ones((1, n), dtype=bool))
    assert (found.edges.item(), found.transitivity.item(), found.mutual_pairs.item()) == (n * (n - 1), 1.0, n * (n - 1) // 2)


@pytest.mark.parametrize(
    ("choices", "took_part", "listed"), [((3, 3), (3,), (3,)), ((2, 3, 4), (2, 3), (2, 3)), ((2, 3, 3), (2, 3), (1, 3))]
)
def test_tables_that_do_not_fit_are_refused(choices: tuple[int, ...], took_part: tuple[int, ...], listed: tuple[int, ...]) -> None:
    with pytest.raises(UnevenTables) as refusal:
        structures(np.zeros(choices, dtype=bool), np.ones(took_part, dtype=bool), np.ones(listed, dtype=bool))
    assert refusal.value.choices == choices


@pytest.mark.parametrize(("i", "j"), [(0, 0), (1, 0), (0, 2)])
def test_choices_that_nobody_can_have_made_are_refused(i: int, j: int) -> None:
    choices = np.zeros((1, 3, 3), dtype=bool)
    choices[0, i, j] = True
    with pytest.raises(ImpossibleChoices):
        structures(choices, np.array([[True, False, False]]), np.array([[True, True, False]]))


def test_as_others_count_absent_pupils_too() -> None:
    nominations = chosen("ABC", "AB AC BA", absent="C")
    assert structure_of(nominations, absent_could_choose=True).observable == 3
    assert structure_of(nominations, absent_could_choose=True).density == 0.5
    assert structure_of(nominations, absent_could_choose=True).provenance != structure_of(nominations).provenance


@pytest.mark.parametrize(
    ("choices", "kind"),
    [("", "003"), ("AB BA", "102"), ("BA BC", "021D"), ("AB CB", "021U"), ("AB BC", "021C"), ("AB BC CA", "030C"), ("AB BC AC", "030T")],
)
def test_a_group_of_three_is_of_one_kind(choices: str, kind: str) -> None:
    found = triad_census(chosen("ABC", choices), absent_could_choose=True)
    assert {name for name, count in found.counts.items() if count} == {kind}


def test_triads_are_counted_among_those_who_took_part() -> None:
    found = triad_census(worked())
    assert (found.n, found.n_valid, sum(found.counts.values())) == (5, 4, 4)
    assert sum(triad_census(chosen("AB", "AB")).counts.values()) == 0


@pytest.mark.parametrize("seed", range(4))
def test_triads_as_networkx_counts_them(seed: int) -> None:
    choices = np.random.Generator(np.random.PCG64(seed)).random((9, 9)) < 0.1 + 0.2 * seed
    np.fill_diagonal(choices, 0)
    participation = tuple(DONE if row.any() else EMPTY for row in choices)
    found = triad_census(Nominations(tuple("ABCDEFGHI"), participation, choices))
    assert found.counts == nx.triadic_census(nx.from_numpy_array(choices.astype(int), create_using=nx.DiGraph))


@patient
@given(classes(), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_nothing(nominations: Nominations, chance: Random) -> None:
    order = list(range(len(nominations.pupils)))
    chance.shuffle(order)
    assert structure_of(in_other_order(nominations, order)) == structure_of(nominations)


@patient
@given(classes())
def test_shares_are_shares(nominations: Nominations) -> None:
    found = structure_of(nominations)
    for share in (found.density, found.reciprocity, found.coverage, found.transitivity, found.centralisation):
        assert share is None or 0 <= share <= 1
    pairs = found.n * (found.n - 1) // 2
    assert found.mutual_pairs + found.one_sided_pairs + found.unconnected_pairs == pairs
