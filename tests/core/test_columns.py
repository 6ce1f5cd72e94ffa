"""Columns: what is taken and what is refused."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike

from kring.core.columns import (
    MOST,
    BeyondMeasure,
    NotAChoice,
    NotAColumn,
    NotNumbers,
    NotYesOrNo,
    UnequalColumns,
    choice,
    columns,
    finite,
    table,
    total,
    truths,
)
from kring.core.decisions import Evidence
from kring.core.group_change import group_changes
from kring.core.norm_tiers import NormTier
from kring.core.norms import LevelScheme, levels
from kring.core.raters import kappa, krippendorff
from kring.core.sociometry import Edge, nominations_from
from kring.core.trials import Better, nonoverlap


def test_columns_become_floats() -> None:
    a, b = columns(a=[1, 2], b=np.array([np.nan, 3], dtype=np.float32))
    assert [str(a.dtype), str(b.dtype)] == ["float64", "float64"]
    assert a.tolist() == [1.0, 2.0]
    assert [len(each) for each in columns(a=[], b=np.array([]))] == [0, 0]


def test_what_is_masked_is_missing() -> None:
    (a,) = columns(a=np.ma.array([1, 99, 3], mask=[False, True, False]))
    assert np.isnan(a).tolist() == [False, True, False]


def test_none_is_missing() -> None:
    (a,) = columns(a=np.array([1, None, 3.5]))
    assert np.isnan(a).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (["1", "2"], "<U1"),
        ([1 + 1j], "complex128"),
        (np.array(["2026-08-01"], dtype="datetime64[D]"), "datetime64[D]"),
        ([[1, 2], [3]], "list"),
        ({"a": 1}, "dict"),
        ([10**400], "list"),
    ],
)
def test_what_are_no_numbers_is_refused(given: ArrayLike, kind: str) -> None:
    with pytest.raises(NotNumbers) as caught:
        columns(a=given)
    assert caught.value.facts() == {"name": "a", "kind": kind}


def test_another_number_of_axes_is_refused() -> None:
    with pytest.raises(NotAColumn) as caught:
        columns(a=np.zeros((2, 2)))
    assert caught.value.facts() == {"name": "a", "shape": (2, 2)}
    assert table(np.zeros((2, 3)), "scores", axes=2).shape == (2, 3)


@pytest.mark.parametrize("value", [np.inf, -np.inf, 1e31, -1e31])
def test_what_cannot_be_a_score_is_refused(value: float) -> None:
    with pytest.raises(BeyondMeasure) as caught:
        columns(a=[1.0, np.nan, value])
    assert caught.value.facts() == {"name": "a", "value": value}
    with pytest.raises(BeyondMeasure):
        finite(value, "practice")


def test_a_parameter_is_a_number() -> None:
    assert finite(MOST, "practice") == MOST
    with pytest.raises(BeyondMeasure):
        finite(float("nan"), "practice")


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(UnequalColumns) as caught:
        columns(before=[1.0], after=[1.0, 2.0])
    assert caught.value.facts() == {"lengths": {"before": 1, "after": 2}}


def test_yes_and_no_are_said_in_bool() -> None:
    assert (truths([True, False], "held").tolist(), truths([], "held").shape) == ([True, False], (0,))
    wrong: list[ArrayLike] = [np.array([1, 0]), np.array([True, None]), np.array(["ja"])]
    for given in [*wrong, [[True], [True, False]]]:
        with pytest.raises(NotYesOrNo) as caught:
            truths(given, "held")
        assert caught.value.name == "held"
    with pytest.raises(NotAColumn):
        truths([[True, False]], "held")


def test_a_total_is_exact() -> None:
    assert total(np.array([1e16, 1.0, -1e16])) == 1.0
    assert total(np.array([])) == 0.0


def test_a_word_is_no_choice() -> None:
    """It would be compared with the members, fit none, and be read as the other one."""
    assert choice(Better.LOWER, Better) is Better.LOWER
    with pytest.raises(NotAChoice) as refused:
        choice(word("lower"), Better)
    assert (refused.value.choices, refused.value.given) == (("higher", "lower"), "lower")


def word(given: object) -> Any:
    """What a caller without a type checker might write."""
    return given


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(lambda: nonoverlap(np.array([6.0, 7]), np.array([3.0, 2]), better=word("higher")), id="better"),
        pytest.param(lambda: group_changes(np.array([0.01]), np.array([1.0]), correction=word("benjamini-hochberg")), id="correction"),
        pytest.param(lambda: levels([50.0], scheme=word("stanine"), tier=NormTier.NORM), id="scheme"),
        pytest.param(lambda: levels([50.0], scheme=LevelScheme.STANINE, tier=word(7)), id="tier"),
        pytest.param(lambda: kappa([1, 2], [1, 2], weights=word("none")), id="weights"),
        pytest.param(lambda: krippendorff([[1, 2], [2, 3]], measure=word("interval")), id="measure"),
        pytest.param(lambda: nominations_from("AB", [Edge("A", "B")], {"B": word("away")}), id="participation"),
        pytest.param(lambda: Evidence(pupil_view=word("objecs")), id="view"),
        pytest.param(lambda: Evidence(effect=word("big")), id="effect"),
    ],
)
def test_methods_take_no_words_for_choices(asked: Callable[[], object]) -> None:
    with pytest.raises(NotAChoice):
        asked()
