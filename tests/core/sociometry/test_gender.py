"""Choices and groups within and between genders."""

from random import Random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import (
    Gender,
    NoDraws,
    NoGenderIndex,
    Nominations,
    UnknownGender,
    gender_mixing,
    gender_split,
    gender_test,
)
from tests.core.sociometry.classes import DONE, chosen, classes, full, in_other_order, patient

GIRLS_AND_BOYS = {pupil: Gender.FEMALE if pupil in "ABC" else Gender.MALE for pupil in "ABCDEF"}
WITH_X = GIRLS_AND_BOYS | dict.fromkeys("GHI", Gender.OTHER)


def test_only_the_own_gender() -> None:
    found = gender_mixing(chosen("ABCDEF", "AB BC CA DE EF FD"), GIRLS_AND_BOYS)
    assert (found.cross, found.same, found.cross_share, found.ei, found.assortativity) == (0, 6, 0, -1, 1)
    assert (found.by_chance, found.n, found.n_valid) == (0.6, 6, 6)


def test_only_the_other_gender() -> None:
    found = gender_mixing(chosen("ABCDEF", "AD BE CF DA EB FC"), GIRLS_AND_BOYS)
    assert (found.cross_share, found.ei, found.assortativity) == (1, 1, -1)


def test_x_and_not_known_are_one_category() -> None:
    nominations = chosen("ABCDEFGHI", "GH HI IG AB AG")
    known = gender_mixing(nominations, WITH_X)
    assert (known.cross, known.same) == (1, 4)
    for genders in (GIRLS_AND_BOYS, WITH_X | {"H": None}):
        assert (gender_mixing(nominations, genders).cross, gender_mixing(nominations, genders).same) == (1, 4)


@pytest.mark.parametrize(
    ("pupils", "choices", "reason"),
    [
        ("ABCDE", "AB", NoGenderIndex.FEW_IN_CATEGORY),
        ("ABCDEFG", "AB", NoGenderIndex.FEW_IN_CATEGORY),
        ("ABC", "AB", NoGenderIndex.ONE_CATEGORY),
        ("", "", NoGenderIndex.ONE_CATEGORY),
        ("ABCDEF", "", NoGenderIndex.NO_CHOICES),
    ],
)
def test_without_enough_to_go_by_nothing_is_said(pupils: str, choices: str, reason: NoGenderIndex) -> None:
    nominations = chosen(pupils, choices)
    mixing, test = gender_mixing(nominations, GIRLS_AND_BOYS), gender_test(nominations, GIRLS_AND_BOYS)
    split = gender_split(nominations, GIRLS_AND_BOYS)
    assert (mixing.cross, mixing.cross_share, mixing.by_chance, mixing.ei, mixing.assortativity) == (None,) * 5
    assert (test.p, split.modularity, split.best, split.along_gender, split.within) == (None,) * 5
    assert {mixing.reason, test.reason, split.reason} == {reason}
    assert mixing.n == len(pupils)


def test_assortativity_has_no_value_when_all_choices_go_within_one_gender() -> None:
    found = gender_mixing(chosen("ABCDEF", "AB BC CA"), GIRLS_AND_BOYS)
    assert (found.assortativity, found.ei) == (None, -1)


@pytest.mark.parametrize("seed", range(5))
def test_assortativity_as_networkx_has_it(seed: int) -> None:
    generator = np.random.Generator(np.random.PCG64(seed))
    choices = (generator.random((9, 9)) < 0.3) & ~np.eye(9, dtype=bool)
    choices[:, 0] |= np.arange(9) > 0
    choices[0, 1] = True
    graph = nx.from_numpy_array(choices.astype(int), create_using=nx.DiGraph)
    nx.set_node_attributes(graph, {i: WITH_X[pupil].value for i, pupil in enumerate("ABCDEFGHI")}, "gender")
    found = gender_mixing(Nominations(tuple("ABCDEFGHI"), (DONE,) * 9, choices), WITH_X)
    assert found.assortativity == pytest.approx(nx.attribute_assortativity_coefficient(graph, "gender"), abs=1e-12)


def test_chance_is_the_exact_share_of_all_ways_to_deal_the_genders() -> None:
    found = gender_test(chosen("ABCDEF", "AB BC CA DE EF FD"), GIRLS_AND_BOYS, draws=20_000)
    assert found.p == pytest.approx(2 / 20, abs=0.01)
    assert (found.draws, found.reason) == (20_000, None)
    assert gender_test(full(6), {f"p{i:02}": Gender.MALE for i in range(3)}).p == 1.0


def test_when_gender_plays_no_part_small_values_are_as_rare_as_they_say() -> None:
    generator = np.random.Generator(np.random.PCG64(8))
    choices = (generator.random((20, 20)) < 0.2) & ~np.eye(20, dtype=bool)
    nominations = Nominations(tuple(f"p{i:02}" for i in range(20)), (DONE,) * 20, choices)
    small = 0
    for seed in range(400):
        boys = generator.permutation(20)[:9]
        p = gender_test(nominations, {f"p{i:02}": Gender.MALE for i in boys}, draws=199, seed=seed).p
        assert p is not None
        small += p <= 0.05
    assert 2 <= small <= 30  # at most 20 expected; fewer because counts tie


def test_what_is_no_gender_and_no_draw_is_refused() -> None:
    wrong: Any = {"A": "v"}
    for work in (gender_mixing, gender_test, gender_split):
        with pytest.raises(UnknownGender) as refusal:
            work(chosen("AB", "AB"), wrong)
        assert (refusal.value.pupil, refusal.value.gender) == ("A", "v")
    with pytest.raises(NoDraws):
        gender_test(chosen("AB", "AB"), {}, draws=0)


def test_another_seed_deals_otherwise() -> None:
    nominations = chosen("ABCDEF", "AB BC DE EA")
    one, two = gender_test(nominations, GIRLS_AND_BOYS), gender_test(nominations, GIRLS_AND_BOYS, seed=1)
    assert one.p != two.p
    assert one.provenance.parameters != two.provenance.parameters
    assert gender_test(nominations, GIRLS_AND_BOYS, draws=1_500).draws == 1_500


def test_groups_inside_each_gender_are_found_when_the_class_is_split() -> None:
    pupils = "ABCDEFGHIJKL"
    genders = {pupil: Gender.FEMALE if pupil in "ABCDEF" else Gender.MALE for pupil in pupils}
    inside = "AB BC CA DE EF FD AD BE CF GH HI IG JK KL LJ GJ HK IL"
    found = gender_split(chosen(pupils, inside), genders)
    assert (found.along_gender, found.within is not None) == (True, True)
    assert found.within is not None
    assert {genders[pupil] for pupil, group in zip(pupils, found.within) if group == 0} == {Gender.FEMALE}
    assert found.within[0] == 0
    mixed = gender_split(chosen(pupils, "AG GB BH HC CI ID DA DJ JE EK KF FL LD"), genders)
    assert (mixed.along_gender, mixed.within) == (False, None)


def test_when_no_division_beats_chance_there_is_nothing_to_run_along() -> None:
    found = gender_split(full(6), {f"p{i:02}": Gender.MALE for i in range(3)})
    assert found.best == pytest.approx(0, abs=1e-12)
    assert (found.along_gender, found.within) == (None, None)


@patient
@given(classes(smallest=6, largest=9), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_nothing(nominations: Nominations, dice: Random) -> None:
    genders = dict.fromkeys(nominations.pupils[:3], Gender.MALE)
    order = list(range(len(nominations.pupils)))
    dice.shuffle(order)
    turned = in_other_order(nominations, order)
    assert gender_mixing(turned, genders) == gender_mixing(nominations, genders)
    assert gender_mixing(turned, genders).provenance == gender_mixing(nominations, genders).provenance
    assert gender_test(turned, genders, draws=50) == gender_test(nominations, genders, draws=50)
    one, two = gender_split(nominations, genders), gender_split(turned, genders)
    assert (two.modularity, two.best, two.along_gender) == (one.modularity, one.best, one.along_gender)
    if one.within is not None and two.within is not None:
        assert two.within.tolist() == one.within[order].tolist()
