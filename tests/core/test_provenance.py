"""A number says where it comes from, and the order of the rows is not part of that."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core import provenance
from kring.core.provenance import METHODS, MethodTwice, NothingToFingerprint, Result, fingerprint, method, unordered


class Colour(Enum):
    RED = 1


@dataclass(frozen=True, slots=True, eq=False)
class Total(Result):
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class Named:
    text: str


@pytest.fixture(autouse=True)
def methods_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "METHODS", {})


@pytest.fixture
def total() -> provenance.Method:
    @method("total", 2, rows=("values", "groups"), data=("series",))
    def total(values: np.ndarray, groups: list[str] | None = None, series: tuple[int, ...] = (), *, share: float = 0.5) -> Total:
        return Total(len(values), len(values))

    return replace(provenance.METHODS["total"], function=total)


def test_a_result_names_its_method_and_version(total: provenance.Method) -> None:
    found = total.function(np.array([1.0, 2.0]))
    assert isinstance(found, Total)
    assert (found.provenance.method, found.n, found.n_valid) == ("total/2", 2, 2)
    assert total.module == "tests.core.test_provenance"


def test_the_order_of_rows_is_no_part_of_the_input_and_their_pairing_is(total: provenance.Method) -> None:
    make = total.function
    values, groups = np.array([1.0, 2.0, np.nan]), ["a", "b", "b"]
    same = make(values[::-1], groups[::-1]).provenance
    other = make(values, groups[::-1]).provenance
    assert make(values, groups).provenance == same
    assert (other.parameters, other.input == same.input) == (same.parameters, False)


def test_parameters_ordered_data_and_rows_are_told_apart(total: provenance.Method) -> None:
    make = total.function
    plain = make(np.zeros(2)).provenance
    assert make(np.zeros(2), share=0.6).provenance.input == plain.input
    assert make(np.zeros(2), share=0.6).provenance.parameters != plain.parameters
    assert len({make(np.zeros(2), None, series).provenance.input for series in ((1, 2), (2, 1), ())}) == 3
    assert make(np.zeros(2), ["a", "a"]).provenance.input != plain.input


def test_one_zero_and_one_nan() -> None:
    assert unordered([np.array([0.0, np.nan])]) == unordered([np.array([-np.nan, -0.0])])
    assert fingerprint(0.0) == fingerprint(-0.0)


def test_different_things_look_different() -> None:
    values = [
        None, True, 1, 1.0, "1", b"1", Fraction(1, 1), date(2026, 1, 1), Colour.RED, Named("1"),
        (1,), [1], {1}, {1: 1}, ("1", "1"), ("11",),
        np.array([1]), np.array([1.0]), np.array([[1]]), np.array(["1"]),
    ]  # fmt: skip
    assert len({fingerprint(value) for value in values}) == len(values)


def test_a_number_out_of_an_array_is_that_number() -> None:
    assert fingerprint({"sem": np.float64(0.3), "n": np.int64(4), "k": np.array([True])[0]}) == fingerprint({"sem": 0.3, "n": 4, "k": True})


def test_sets_and_mappings_have_no_order() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint({"ab", "c"}) == fingerprint({"c", "ab"})


def test_a_value_may_know_its_own_written_form() -> None:
    class Round:
        def fingerprint(self) -> bytes:
            return b"round 1"

    assert fingerprint(Round()) == fingerprint(Round())


@pytest.mark.parametrize("given", [object(), 1j])
def test_what_has_no_fixed_form_is_refused(given: object) -> None:
    with pytest.raises(NothingToFingerprint) as refusal:
        fingerprint(given)
    assert refusal.value.facts() == {"kind": type(given).__name__}


def test_rows_may_be_lists_or_words() -> None:
    rows = [[1, None], [2, 3], [1, None]]
    assert unordered([rows]) == unordered([rows[::-1]]) != unordered([[[1, None], [2, 3], [2, 3]]])
    words = np.array(rows, dtype=object)
    assert unordered([words]) == unordered([words[::-1]])


def test_what_can_be_an_array_is_one() -> None:
    class Series:
        def __array__(self, dtype: object = None, copy: object = None) -> np.ndarray:
            return np.array([1.0, 2.0])

    assert unordered([Series()]) == unordered([Series()])
    with pytest.raises(NothingToFingerprint):
        unordered([np.float64(1.0)])


def test_rows_must_be_a_list() -> None:
    with pytest.raises(NothingToFingerprint):
        unordered([3])


def test_a_key_is_given_once(total: provenance.Method) -> None:
    with pytest.raises(MethodTwice):
        method("total", 1)(total.function)


def test_no_rows_at_all() -> None:
    assert unordered([np.empty((0, 3))]) != unordered([np.empty((0, 2))])
    assert unordered([None]) == unordered([None])


@given(st.lists(st.lists(st.integers(-3, 9), min_size=3, max_size=3), min_size=1, max_size=20), st.randoms())
def test_any_order_of_rows_gives_one_fingerprint_and_any_changed_cell_another(rows: list[list[int]], random) -> None:  # type: ignore[no-untyped-def]
    table = np.array(rows, dtype=np.int8)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert unordered([np.array(shuffled, dtype=np.int8)]) == unordered([table])
    changed = table.copy()
    changed[random.randrange(len(rows)), random.randrange(3)] += 1
    assert unordered([changed]) != unordered([table])


def test_many_rows_go_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    table = np.arange(35.0).reshape(7, 5)
    whole = unordered([table])
    monkeypatch.setattr(provenance, "CHUNK", 2)
    assert unordered([table]) == whole


def test_the_registry_is_one() -> None:
    assert METHODS is not provenance.METHODS
