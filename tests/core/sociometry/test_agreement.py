"""When methods and rounds agree, and when a label may stand in a plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import (
    Ground,
    NothingToCompare,
    Status,
    UnevenLabels,
    label_in_plan,
    methods_agree,
    rounds_agree,
)
from tests.core.sociometry.classes import patient

POPULAR, REJECTED, AVERAGE, NEGLECTED, OTHER = (
    Status.POPULAR, Status.REJECTED, Status.AVERAGE, Status.NEGLECTED, Status.OTHER,
)  # fmt: skip
LABELS = st.lists(st.sampled_from((*Status, None)), max_size=12)


def test_three_of_four_methods() -> None:
    said = methods_agree([[POPULAR, REJECTED], [POPULAR, REJECTED], [AVERAGE, REJECTED], [POPULAR, REJECTED]])
    assert (said.status, said.agree, said.methods, said.n, said.n_valid) == ((POPULAR, REJECTED), (3, 4), 4, 2, 2)


def test_two_against_two_is_no_agreement() -> None:
    said = methods_agree([[POPULAR], [POPULAR], [AVERAGE], [AVERAGE]])
    assert (said.status, said.agree, said.n, said.n_valid) == ((None,), (0,), 1, 0)


def test_a_method_that_puts_a_pupil_in_no_group_agrees_with_nobody() -> None:
    said = methods_agree([[AVERAGE, OTHER, None], [OTHER, OTHER, None], [AVERAGE, OTHER, None]])
    assert (said.status, said.agree, said.methods) == ((AVERAGE, None, None), (2, 0, 0), 3)


def test_agreement_is_between_methods_about_the_same_pupils() -> None:
    with pytest.raises(NothingToCompare):
        methods_agree([])
    with pytest.raises(UnevenLabels) as refusal:
        methods_agree([[POPULAR], []])
    assert refusal.value.pupils == (1, 0)
    with pytest.raises(UnevenLabels):
        rounds_agree([POPULAR], [])


def test_two_rounds_that_agree_for_three_of_four() -> None:
    found = rounds_agree([POPULAR, POPULAR, AVERAGE, AVERAGE, None], [POPULAR, AVERAGE, AVERAGE, AVERAGE, AVERAGE])
    assert (found.same, found.kappa, found.n, found.n_valid) == (3, 0.5, 5, 4)


@pytest.mark.parametrize("status", [[], [None], [AVERAGE] * 3])
def test_without_difference_there_is_no_kappa(status: list[Status | None]) -> None:
    assert rounds_agree(status, status).kappa is None


@patient
@given(LABELS)
def test_a_round_agrees_with_itself(labels: list[Status | None]) -> None:
    found = rounds_agree(labels, labels)
    assert found.same == found.n_valid
    assert found.kappa in (None, 1.0)


@patient
@given(st.lists(st.tuples(st.sampled_from(tuple(Status)), st.sampled_from(tuple(Status))), max_size=12))
def test_agreement_has_no_direction_and_no_order(pairs: list[tuple[Status, Status]]) -> None:
    before, after = [a for a, _ in pairs], [b for _, b in pairs]
    there, back = rounds_agree(before, after), rounds_agree(after, before)
    assert (there.kappa, there.same) == (back.kappa, back.same)
    backwards = rounds_agree(before[::-1], after[::-1])
    assert (backwards, backwards.provenance) == (there, there.provenance)


@pytest.mark.parametrize(
    ("rounds", "confirmed", "ground", "label"),
    [
        ([], True, Ground.NO_LABEL, None),
        ([POPULAR, None], True, Ground.NO_LABEL, None),
        ([OTHER], True, Ground.NO_LABEL, None),
        ([NEGLECTED], False, Ground.ONE_ROUND, NEGLECTED),
        ([None, NEGLECTED], False, Ground.ONE_ROUND, NEGLECTED),
        ([OTHER, NEGLECTED], False, Ground.ONE_ROUND, NEGLECTED),
        ([NEGLECTED, None, NEGLECTED], False, Ground.ONE_ROUND, NEGLECTED),
        ([NEGLECTED], True, Ground.CONFIRMED, NEGLECTED),
        ([REJECTED, NEGLECTED], False, Ground.ROUNDS_DIFFER, NEGLECTED),
        ([REJECTED, NEGLECTED], True, Ground.CONFIRMED, NEGLECTED),
        ([REJECTED, NEGLECTED, NEGLECTED], False, Ground.TWO_ROUNDS, NEGLECTED),
    ],
)
def test_a_label_stands_in_a_plan_after_two_rounds_or_a_teachers_word(
    rounds: list[Status | None], confirmed: bool, ground: Ground, label: Status | None
) -> None:
    found = label_in_plan(rounds, confirmed=confirmed)
    assert (found.ground, found.label) == (ground, label)
    assert found.allowed is (ground in (Ground.CONFIRMED, Ground.TWO_ROUNDS))
    assert (found.n, found.n_valid) == (len(rounds), sum(one not in (None, OTHER) for one in rounds))


def test_what_the_methods_say_is_data() -> None:
    one, other = (methods_agree([[status]]).provenance for status in (Status.POPULAR, Status.AVERAGE))
    assert one.parameters == other.parameters
    assert one.input != other.input
