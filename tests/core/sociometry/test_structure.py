"""The class as a whole."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import Nominations, Structure, structures
from tests.core.sociometry.classes import chosen, classes, full, in_other_order, patient, worked


def structure(nominations: Nominations) -> Structure:
    return structures(nominations.positive, nominations.nominators).one()


def test_the_worked_class() -> None:
    found = structure(worked())
    assert (found.listed, found.nominators, found.edges, found.mutual_pairs) == (5, 4, 5, 1)
    assert found.density == pytest.approx(0.3125)
    assert found.reciprocity == pytest.approx(0.4)
    assert found.centralisation == pytest.approx(0.625)
    assert (found.one_sided_pairs, found.unconnected_pairs) == (3, 6)
    assert found.coverage == pytest.approx(0.5)
    assert not found.all_mutual


def test_without_choices_shares_of_choices_have_no_value() -> None:
    found = structure(chosen("ABC", ""))
    assert (found.density, found.coverage, found.centralisation) == (0.0, 0.0, 0.0)
    assert found.reciprocity is None
    assert found.reciprocity_beyond_chance is None
    assert found.transitivity is None
    assert found.cohesion is None
    assert not found.all_mutual


def test_everybody_chooses_everybody() -> None:
    found = structure(full(5))
    assert (found.density, found.reciprocity, found.coverage, found.transitivity, found.centralisation) == (1, 1, 1, 1, 0)
    assert found.cohesion is None
    assert found.reciprocity_beyond_chance is None
    assert found.all_mutual


@pytest.mark.parametrize("pupils", ["", "A"])
def test_a_class_of_none_or_one_has_no_indices(pupils: str) -> None:
    found = structure(chosen(pupils, ""))
    assert found.listed == len(pupils)
    assert (found.density, found.reciprocity, found.transitivity) == (None, None, None)


def test_choices_of_absent_pupils_are_not_observable() -> None:
    found = structure(chosen("ABC", "AB AC BA", absent="C"))
    assert (found.edges, found.observable) == (3, 2)
    assert found.reciprocity == 1.0
    assert found.all_mutual


def test_two_steps_there_and_back_are_no_path_to_close() -> None:
    assert structure(chosen("ABC", "AB BA BC")).transitivity == 0.0
    assert structure(chosen("ABC", "AB BC AC")).transitivity == 1.0


@patient
@given(st.lists(classes(largest=9), min_size=1, max_size=4))
def test_many_classes_at_once_give_what_each_gives(several: list[Nominations]) -> None:
    size = max(len(c.pupils) for c in several)
    choices, took_part, listed = (np.zeros((len(several), *shape), dtype=bool) for shape in ((size, size), (size,), (size,)))
    for k, nominations in enumerate(several):
        n = len(nominations.pupils)
        choices[k, :n, :n], took_part[k, :n], listed[k, :n] = nominations.positive, nominations.nominators, True
    together = structures(choices, took_part, listed)
    assert [together.one(k) for k in range(len(several))] == [structure(nominations) for nominations in several]


@patient
@given(classes(), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_nothing(nominations: Nominations, chance: Random) -> None:
    order = list(range(len(nominations.pupils)))
    chance.shuffle(order)
    assert structure(in_other_order(nominations, order)) == structure(nominations)


@patient
@given(classes())
def test_shares_are_shares(nominations: Nominations) -> None:
    found = structure(nominations)
    for share in (found.density, found.reciprocity, found.coverage, found.transitivity, found.centralisation):
        assert share is None or 0 <= share <= 1
    pairs = found.listed * (found.listed - 1) // 2
    assert found.mutual_pairs + found.one_sided_pairs + found.unconnected_pairs == pairs
