"""Continuous indices and the reliability of counts."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import CountReliability, ImpossibleChoices, Nominations, TooFewHalves, count_reliability, indices
from tests.core.sociometry.classes import DONE, chosen, classes, full, in_other_order, patient, worked
from tests.core.sociometry.tables import padded


def test_indices_are_rates() -> None:
    nominations = chosen("ABCD", "AB BA CA", negative="AD BD CB", absent="D")
    found = indices(nominations.positive, nominations.negative, nominations.nominators)
    assert found.acceptance.tolist() == [1.0, 0.5, 0.0, 0.0]
    assert found.rejection is not None
    assert found.preference is not None
    assert found.impact is not None
    assert found.rejection.tolist() == [0.0, 0.5, 0.0, 2 / 3]
    assert found.preference.tolist() == [1.0, 0.0, 0.0, -2 / 3]
    assert found.impact.tolist() == [1.0, 1.0, 0.0, 2 / 3]
    assert (found.n, found.n_valid) == (4, 4)


def test_without_a_negative_question_there_is_acceptance_alone() -> None:
    found = indices(worked().positive, None, worked().nominators)
    assert (found.rejection, found.preference, found.impact) == (None, None, None)
    assert (found.low.tolist(), found.high.tolist()) == ([0, 0, 0, 0, 0], [2, 2, 2, 2, 3])


def test_refuses_a_classmate_chosen_for_and_against() -> None:
    with pytest.raises(ImpossibleChoices):
        indices(worked().positive, worked().positive, worked().nominators)


def test_whom_nobody_could_choose_has_no_index() -> None:
    found = indices(np.zeros((1, 1), dtype=bool), np.zeros((1, 1), dtype=bool), np.ones(1, dtype=bool))
    assert found.impact is not None
    assert np.isnan([found.acceptance[0], found.impact[0]]).all()
    assert (found.n, found.n_valid) == (1, 0)


@patient
@given(st.lists(classes(largest=7, negatives=True), min_size=2, max_size=3))
def test_many_classes_at_once_give_what_each_gives(several: list[Nominations]) -> None:
    tables = padded(several)
    together = indices(tables.positive, tables.negative, tables.nominators, tables.listed)
    for k, one in enumerate(several):
        alone, n = indices(one.positive, one.negative, one.nominators), len(one.pupils)
        for name in ("acceptance", "rejection", "preference", "impact", "expected", "low", "high"):
            assert getattr(together, name)[k, :n].tobytes() == getattr(alone, name).tobytes()


def test_two_halves_of_the_worked_class() -> None:
    """Each of the three divisions of four nominators in two has r = 1/√6."""
    found = count_reliability(worked())
    assert found.half == pytest.approx(1 / 6**0.5)
    assert found.value == pytest.approx(2 / (6**0.5 + 1))
    assert (found.says_little, found.divisions, found.n, found.n_valid) == (True, 2000, 5, 4)


def test_halves_that_say_the_same_are_wholly_reliable() -> None:
    everybody_chooses_y_and_z = " ".join(f"{pupil}{star}" for pupil in "ABCDEF" for star in "YZ")
    found = count_reliability(chosen("ABCDEFYZ", everybody_chooses_y_and_z, absent="YZ"), halves=20)
    assert found.half == pytest.approx(1)
    assert found.value == pytest.approx(1)
    assert found.says_little is False


@pytest.mark.parametrize(
    "nominations",
    [chosen("", ""), chosen("A", ""), chosen("AB", "AB", absent="B"), chosen("ABCDE", ""), chosen("ABCDE", "AB", absent="BCDE")],
)
def test_without_any_difference_nothing_is_said(nominations: Nominations) -> None:
    found = count_reliability(nominations, halves=50)
    assert (found.value, found.half, found.divisions, found.says_little) == (None, None, 0, None)


@pytest.mark.parametrize("nominations", [chosen("ABCD", "AB BC CD DA"), full(5)])
def test_halves_that_contradict_each_other_wholly_have_no_value(nominations: Nominations) -> None:
    found = count_reliability(nominations, halves=50)
    assert (found.half, found.value, found.says_little) == (-1.0, None, None)


def test_the_seed_decides_the_divisions() -> None:
    nominations = chosen("ABCDEFGH", "AB AC BC CB DB EB FC GC HA AH BH")
    one, same, other = (count_reliability(nominations, halves=40, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one.provenance.parameters != other.provenance.parameters
    assert one.half != other.half


def test_divisions_beyond_one_batch_all_count() -> None:
    nominations = chosen("ABCDE", "AB AC BA CB DB", absent="E")
    assert count_reliability(nominations, halves=501).divisions == 501


@pytest.mark.parametrize("halves", [0, -1])
def test_refuses_no_divisions(halves: int) -> None:
    with pytest.raises(TooFewHalves):
        count_reliability(worked(), halves=halves)


@patient
@given(classes(), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_nothing(nominations: Nominations, dice: Random) -> None:
    order = list(range(len(nominations.pupils)))
    dice.shuffle(order)
    one, two = (count_reliability(each, halves=30) for each in (nominations, in_other_order(nominations, order)))
    assert (one, one.provenance) == (two, two.provenance)


def simulated(n: int, each: int, seed: int) -> CountReliability:
    """A class in which classmates are chosen one after the other by attractiveness, sd .6 on the log scale."""
    generator = np.random.Generator(np.random.PCG64(seed))
    pull = 0.6 * generator.standard_normal(n) + generator.gumbel(size=(n, n))
    np.fill_diagonal(pull, -np.inf)
    choices = pull >= -np.sort(-pull, axis=1)[:, each - 1 : each]
    return count_reliability(Nominations(tuple(map(str, range(n))), (DONE,) * n, choices), halves=200, seed=seed)


@pytest.mark.parametrize(("n", "each", "expected"), [(26, 3, 0.535), (26, 8, 0.734), (18, 5, 0.623)])
def test_more_choices_and_more_pupils_say_more(n: int, each: int, expected: float) -> None:
    """The stepped-up mean of the halves over 150 simulated classes, as the operating characteristics in 07_operating.json."""
    halves = [found.half for seed in range(150) if (found := simulated(n, each, seed)).half is not None]
    half = float(np.mean(halves))
    assert 2 * half / (1 + half) == pytest.approx(expected, abs=0.04)
