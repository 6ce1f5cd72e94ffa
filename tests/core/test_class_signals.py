"""Six problems of pupils that are one of the class: asked about from four pupils within six weeks on, and not before (R105)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.class_signals import LEAST_PUPILS, SeenInClass, SharedInClass, families_of, shared_in_class
from kring.core.signs import Family, SignUnknown

ON = date(2026, 3, 30)
BEHAVIOUR, SOCIAL = frozenset({Family.BEHAVIOUR}), frozenset({Family.SOCIAL})


def seen(pupil: str, families: frozenset[Family] = BEHAVIOUR, *, group: str = "6A", ago: int = 0) -> SeenInClass:
    return SeenInClass(group, pupil, families, ON - timedelta(days=ago))


def test_four_pupils_with_one_family_are_a_question_of_the_class() -> None:
    rows = [*(seen(name, ago=7) for name in "abc"), seen("d", BEHAVIOUR | SOCIAL), *(seen(name, group="6B") for name in "xyz")]
    assert shared_in_class(rows, on=ON) == (SharedInClass("6A", Family.BEHAVIOUR, 4, ON - timedelta(days=7)),)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [seen("a", ago=day) for day in range(9)],  # one pupil, often seen
        [*(seen(name) for name in "abc"), seen("d", SOCIAL)],
        [*(seen(name) for name in "abc"), seen("d", ago=42)],  # six weeks ago
        [*(seen(name) for name in "abc"), seen("d", ago=-1)],
        [*(seen(name) for name in "abc"), seen("d", group="6B")],
        [seen(name, frozenset()) for name in "abcdef"],
    ],
)
def test_fewer_apart_or_long_ago_is_none(rows: list[SeenInClass]) -> None:
    assert shared_in_class(rows, on=ON) == ()


def test_of_a_class_the_family_of_most_and_the_first_class_first() -> None:
    rows = [*(seen(name, SOCIAL) for name in "abcd"), *(seen(name) for name in "abcde"), *(seen(name, group="5A") for name in "vwxyz")]
    assert [(one.group, one.family) for one in shared_in_class(rows, on=ON)] == [("5A", Family.BEHAVIOUR), ("6A", Family.BEHAVIOUR)]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 41)), max_size=20))
def test_it_counts_pupils_and_never_signals(drawn: list[tuple[str, int]]) -> None:
    found = shared_in_class([seen(pupil, ago=ago) for pupil, ago in drawn], on=ON)
    pupils = {pupil for pupil, _ago in drawn}
    assert [one.pupils for one in found] == ([len(pupils)] if len(pupils) >= LEAST_PUPILS else [])


def test_what_somebody_named_goes_before_what_the_signs_may_mean() -> None:
    assert families_of(["quarrels"], []) == {Family.BEHAVIOUR, Family.SOCIAL}
    assert families_of(["quarrels"], ["emotions"]) == {Family.EMOTIONS}
    assert families_of([], []) == frozenset()
    with pytest.raises(SignUnknown):
        families_of(["spells-badly"], [])
