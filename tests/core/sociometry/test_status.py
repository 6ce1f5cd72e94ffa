"""Status groups."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import (
    Chosen,
    ImpossibleChoices,
    ImpossibleLevel,
    Nominations,
    Ratings,
    RatingsOfOthers,
    Status,
    cd83,
    cdc82,
    chosen_by_chance,
    nb_pb,
    positive_only,
    standardised,
    status_results,
)
from tests.core.sociometry.classes import chosen, classes, full, in_other_order, patient
from tests.core.sociometry.tables import padded, random_choices
from tests.reference.class26 import class26

TEN = "ABCDEFGHIJ"
STAR = " ".join(f"{a}A" for a in TEN[1:])


def everybody_rejects_everybody(n: int) -> Nominations:
    return Nominations(full(n).pupils, full(n).participation, np.zeros((n, n), dtype=bool), ~np.eye(n, dtype=bool))


@pytest.mark.parametrize("nominations", [chosen("ABCDE", ""), full(6), chosen("AB", "AB BA"), chosen("AB", "")])
def test_when_all_are_equal_nobody_stands_out(nominations: Nominations) -> None:
    found = status_results(nominations)
    assert set(found.positive_only) == {Chosen.ORDINARY}
    assert found.n == found.n_valid == len(nominations.pupils)


@pytest.mark.parametrize(
    "nominations", [chosen("ABCDE", "", negative=""), chosen("AB", "AB BA", negative=""), everybody_rejects_everybody(5)]
)
def test_all_equal_with_rejections_is_average_for_all(nominations: Nominations) -> None:
    found, n = status_results(nominations), len(nominations.pupils)
    assert found.nb_pb == found.cd83 == found.cdc82 == (Status.AVERAGE,) * n
    assert found.agree == (True,) * n
    assert found.agreement is not None
    assert (found.agreement.status, found.agreement.agree, found.agreement.methods) == ((Status.AVERAGE,) * n, (3,) * n, 3)


def test_whom_nobody_could_choose_has_no_status() -> None:
    found = status_results(chosen("A", "", negative=""))
    assert (found.positive_only, found.nb_pb, found.cd83, found.cdc82) == ((None,), (None,), (None,), (None,))
    assert (found.n, found.n_valid) == (1, 0)
    only_a = status_results(chosen("ABCDE", "AB", absent="BCDE"))
    assert (only_a.positive_only[0], only_a.positive_only[2], only_a.n_valid) == (None, Chosen.ORDINARY, 4)


def rated(pupils: str, nominations: Nominations) -> Ratings:
    """Everybody gives five points to A, one to J and three to the others."""
    points = {"A": 5, "J": 1}
    return Ratings.of(pupils, {(i, j): points.get(j, 3) for i in nominations.pupils for j in pupils if i != j}, points=5)


def test_ratings_are_the_fourth_method() -> None:
    nominations = chosen(TEN, STAR, negative=" ".join(f"{a}J" for a in TEN[:9]))
    found = status_results(nominations, rated(TEN[::-1], nominations))
    assert found.ratings is not None
    assert found.agreement is not None
    assert (found.ratings[0], found.ratings[9], found.agreement.methods) == (Status.POPULAR, Status.REJECTED, 4)
    assert (found.agreement.status[0], found.agreement.agree[0]) == (Status.POPULAR, 4)
    assert found.provenance == status_results(nominations, rated(TEN, nominations)).provenance


def test_ratings_alone_agree_with_themselves() -> None:
    nominations = chosen(TEN, STAR)
    found = status_results(nominations, rated(TEN, nominations))
    assert found.agreement is not None
    assert (found.agreement.methods, found.agree, found.nb_pb) == (1, None, None)


def test_refuses_ratings_of_other_pupils() -> None:
    with pytest.raises(RatingsOfOthers) as refusal:
        status_results(chosen("AB", ""), Ratings.of("ABC", {}, points=5))
    assert (refusal.value.rated, refusal.value.listed) == (("A", "B", "C"), ("A", "B"))


def test_without_a_negative_question_only_the_positive_method_speaks() -> None:
    found = status_results(chosen("ABC", "AB"))
    assert (found.nb_pb, found.cd83, found.cdc82, found.ratings, found.agree, found.agreement) == (None,) * 6


def test_an_absent_pupil_can_be_chosen_often() -> None:
    found = status_results(chosen(TEN, STAR, absent="A"))
    assert found.positive_only[0] is Chosen.OFTEN


def test_often_and_seldom_chosen() -> None:
    all_but_j = " ".join(f"{a}{b}" for i, a in enumerate(TEN) for b in (TEN[(i + k) % 10] for k in range(1, 7)) if b != "J")
    assert status_results(chosen(TEN, all_but_j)).positive_only[9] is Chosen.SELDOM
    assert status_results(chosen(TEN, STAR)).positive_only[0] is Chosen.OFTEN


def test_with_few_choices_each_nobody_can_be_seldom_chosen() -> None:
    """Not chosen at all has probability .072 when 24 nominators give 2.6 choices each in a class of 26."""
    found = status_results(class26(1))
    assert found.chance.observed[3] == 0
    assert Chosen.SELDOM not in found.positive_only


def test_agreement_says_how_many_methods_say_the_same() -> None:
    found = status_results(chosen(TEN, STAR, negative=" ".join(f"{a}J" for a in TEN[:9])))
    assert found.nb_pb is not None
    assert found.cd83 is not None
    assert found.agreement is not None
    assert (found.nb_pb[0], found.cd83[0]) == (Status.POPULAR, Status.POPULAR)
    assert (found.nb_pb[9], found.cd83[9]) == (Status.REJECTED, Status.REJECTED)
    assert found.agree == tuple(a is b for a, b in zip(found.nb_pb, found.cd83))
    assert (found.agreement.status[0], found.agreement.agree[0], found.agreement.methods) == (Status.POPULAR, 3, 3)


def test_liked_by_many_and_disliked_by_many_is_controversial() -> None:
    nominations = chosen(TEN, " ".join(f"{a}A" for a in TEN[1:6]), negative=" ".join(f"{a}A" for a in TEN[6:]))
    found = status_results(nominations)
    assert found.nb_pb is not None
    assert found.nb_pb[0] is Status.CONTROVERSIAL
    assert found.cd83 is not None
    assert found.cd83[0] is Status.CONTROVERSIAL


def test_seen_by_nobody_is_neglected() -> None:
    nominations = chosen(TEN, " ".join(f"{a}{b}" for a in TEN for b in TEN[:9] if a != b))
    nothing = np.zeros((10, 10), dtype=bool)
    found = nb_pb(nominations.positive, nothing, nominations.nominators)
    assert found.words[9] is Status.NEGLECTED
    assert cd83(nominations.positive, nothing, nominations.nominators).words[9] is not Status.NEGLECTED
    assert (found.n, found.n_valid) == (10, 10)


def test_the_classic_version_takes_one_rate_for_all() -> None:
    nominations = chosen("ABCDEFGHIJ", STAR)
    nothing, everybody = np.zeros((10, 10), dtype=bool), np.ones(10, dtype=bool)
    own = nb_pb(nominations.positive, nothing, everybody)
    classic = nb_pb(nominations.positive, nothing, everybody, choices_each=3)
    assert own.codes.dtype == classic.codes.dtype == np.int8
    assert (own.words[0], classic.words[0]) == (Status.AVERAGE, Status.POPULAR)
    assert {*classic.words[1:]} == {Status.NEGLECTED}


def test_without_standardising_again_preference_is_the_difference() -> None:
    nominations = class26(1)
    assert nominations.negative is not None
    z = standardised(nominations.positive, nominations.negative, nominations.nominators, restandardise=False)
    assert z.preference.tolist() == (z.liking - z.disliking).tolist()
    assert z.impact.tolist() == (z.liking + z.disliking).tolist()
    assert (z.n, z.n_valid) == (26, 26)


def test_the_parameters_stand_in_the_provenance() -> None:
    one, other = chosen("ABC", "AB"), np.zeros((3, 3), dtype=bool)
    made = [cd83(one.positive, other, one.nominators, restandardise=again).provenance for again in (True, False)]
    assert [each.method for each in made] == ["cd83/1", "cd83/1"]
    assert made[0].input == made[1].input
    assert made[0].parameters != made[1].parameters


@pytest.mark.parametrize("method", [nb_pb, cd83, cdc82, standardised])
def test_refuses_a_classmate_chosen_for_and_against(method: type) -> None:
    table = np.array([[False, True], [False, False]])
    with pytest.raises(ImpossibleChoices) as refusal:
        method(table, table, np.ones(2, dtype=bool))
    assert refusal.value.of == "the same pupil for and against"


def test_refuses_a_level_that_is_no_probability() -> None:
    table = np.zeros((2, 2), dtype=bool)
    with pytest.raises(ImpossibleLevel):
        nb_pb(table, table, np.ones(2, dtype=bool), level=0)
    with pytest.raises(ImpossibleLevel):
        positive_only(table, np.ones(2, dtype=bool), level=1)


@patient
@given(classes(negatives=True), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_the_order_only(nominations: Nominations, dice: Random) -> None:
    order = list(range(len(nominations.pupils)))
    dice.shuffle(order)
    one, two = status_results(nominations), status_results(in_other_order(nominations, order))
    for name in ("positive_only", "nb_pb", "cd83", "cdc82"):
        assert getattr(two, name) == tuple(getattr(one, name)[i] for i in order)
    assert one.provenance == two.provenance


@patient
@given(st.lists(classes(largest=7, negatives=True), min_size=2, max_size=3))
def test_many_classes_at_once_give_what_each_gives(several: list[Nominations]) -> None:
    tables = padded(several)
    for method in (nb_pb, cd83, cdc82):
        together = method(tables.positive, tables.negative, tables.nominators, tables.listed)
        assert together.n == sum(len(one.pupils) for one in several)
        for k, one in enumerate(several):
            assert one.negative is not None
            alone = method(one.positive, one.negative, one.nominators).codes
            assert together.codes[k].tolist() == alone.tolist() + [-1] * (len(tables.listed[k]) - len(alone))
    often = positive_only(tables.positive, tables.nominators, tables.listed)
    assert often.words.count(None) == often.codes.size - often.n_valid


def test_blind_choosing_is_rarely_called_often_chosen() -> None:
    """Under chance alone at most one in twenty is "often chosen": the counts are whole, so in fact fewer."""
    choices = random_choices(400, 25, 5, seed=20261122)
    found = chosen_by_chance(choices, np.ones((400, 25), dtype=bool))
    assert 0.01 < found.rarely_more().mean() <= 0.05
    assert found.rarely_less().mean() <= 0.05


def test_blind_choosing_rarely_gives_a_status() -> None:
    """Each nominator chooses five and rejects three blindly; every rare event of the probability method stays below one in twenty."""
    eight = random_choices(400, 25, 8, seed=20261123)
    kept = random_choices(400, 25, 24, seed=20261124)
    generator = np.random.Generator(np.random.PCG64(20261125))
    ranked = np.argsort(np.argsort(np.where(eight & kept, generator.random(eight.shape), 2.0), axis=-1), axis=-1)
    positive, negative = eight & (ranked < 5), eight & (ranked >= 5)
    everybody = np.ones((400, 25), dtype=bool)
    codes = nb_pb(positive, negative, everybody).codes
    shares = np.bincount(codes.ravel(), minlength=5) / codes.size
    liked, disliked = (chosen_by_chance(table, everybody).rarely_more().mean() for table in (positive, negative))
    assert max(liked, disliked) <= 0.05
    assert (shares[1:5] <= 0.05).all()
    assert shares[0] >= 0.85
