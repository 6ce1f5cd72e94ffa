"""What stays of a question: how many answered, counts and means; nobody by name, and nothing of too few."""

from kring.core.sociometry import Participation
from kring.core.sociometry.questions_counted import counts_of_points, counts_of_question

DONE, EMPTY, REFUSED = Participation.DONE, Participation.EMPTY, Participation.REFUSED


def test_names_become_numbers() -> None:
    there = {"a": DONE, "b": DONE, "c": EMPTY, "d": REFUSED}
    counts = counts_of_question([("a", "b"), ("a", "d"), ("b", "d")], there)
    assert counts == {"answered": 3, "given": 1.0, "named": 2}
    assert all(isinstance(one, int | float) for one in counts.values())


def test_of_too_few_only_how_many() -> None:
    there = {"a": DONE, "b": REFUSED}
    assert counts_of_question([("a", "b")], there) == {"answered": 1}
    assert counts_of_points([4], there, scale=5) == {"answered": 1}


def test_points_become_a_mean() -> None:
    there = dict.fromkeys("abc", DONE)
    assert counts_of_points([1, 3, 5, 5], there, scale=5) == {"answered": 3, "mean": 3.5, "above_middle": 0.5}
    assert counts_of_points([], there, scale=5) == {"answered": 3}
