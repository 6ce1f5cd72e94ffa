"""Choices, statuses, ratings, perceptions and bullying against R (SSrat 1.1, sna 2.7.1) and a second implementation in Python.

The generated class of 26 pupils (seed 20260106) stands in `class26.py` and `data/d06_*.csv`; no real pupils.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kring.core.sociometry import (
    BullyingNetwork,
    Perceived,
    Ratings,
    RatingStatuses,
    Status,
    StatusCodes,
    bullying_network,
    cd83,
    cdc82,
    chosen_by_chance,
    classic_limits,
    count_reliability,
    indices,
    nb_pb,
    perceived,
    rating_statuses,
    received,
    rounds_agree,
    standardised,
    status_results,
)
from kring.core.sociometry.rates import Bools
from tests.core.sociometry.classes import worked
from tests.reference.class26 import ABSENT, CD83, CD83_WAVE_2, NB_PB, PUPILS, RECEIVED, REJECTED, class26

NB_10 = {**NB_PB, "popular": {"6", "16", "19", "23", "25"}}
NB_01 = {"popular": {"23"}, "rejected": {"11"}, "controversial": {"20"}}
CD83_ONCE = {
    "popular": {"6", "16", "19", "23", "25"},
    "rejected": {"11", "13"},
    "controversial": {"7", "20"},
    "neglected": {"4", "10", "14", "21", "24", "26"},
}
CDC82_AVERAGE = {1: {"3", "8", "9", "15"}, 2: {"3", "5", "6", "8", "13", "15"}}


DATA = Path(__file__).parent / "data"
RATED = {  # `ratings_ssrat`, SSrat 1.1: the statuses at .10, .05 and .01, without the average
    0.10: {"popular": "3 4 15 16 22 23 24 25", "rejected": "7 10 11 13 20", "neglected": "2 8"},
    0.05: {"popular": "3 4 15 16 23 24 25", "rejected": "7 10 11 13 20", "neglected": "2 8"},
    0.01: {"popular": "4 15 16 23 24", "rejected": "10 11 13 20", "neglected": "2"},
}
SYMPATHY = [6, 2, 8, 12, 6, 4, 1, 1, 5, 1, 0, 2, 0, 4, 8, 17, 3, 3, 5, 1, 5, 7, 14, 12, 6, 6]
ANTIPATHY = [13, 6, 5, 3, 8, 12, 17, 10, 15, 22, 46, 13, 21, 13, 3, 3, 10, 12, 10, 21, 10, 6, 6, 5, 2, 12]
PREFERENCE = [62, 65, 72, 78, 67, 61, 56, 60, 59, 48, 23, 58, 48, 60, 74, 83, 62, 60, 67, 49, 64, 70, 77, 76, 73, 63]
IMPACT = [19, 8, 13, 15, 14, 16, 18, 11, 20, 23, 46, 15, 21, 17, 11, 20, 13, 15, 15, 22, 15, 13, 20, 17, 8, 18]


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def grouped(found: StatusCodes | RatingStatuses) -> dict[str, set[str]]:
    """Pupils per status, without the average and the others."""
    groups: dict[str, set[str]] = {}
    words = found.words if isinstance(found, StatusCodes) else found.status
    for pupil, status in zip(PUPILS, words, strict=True):
        if status not in (Status.AVERAGE, Status.OTHER, None):
            groups.setdefault(status.value, set()).add(pupil)
    return groups


def tables(wave: int) -> tuple[Bools, Bools, Bools]:
    nominations = class26(wave)
    assert nominations.negative is not None
    return nominations.positive, nominations.negative, nominations.nominators


def expected(shared: Path) -> Any:
    return json.loads((shared / "methods/reference/expected/02_sociometry.json").read_text(encoding="utf-8"))


# ---- counts and rates (C.2) --------------------------------------------------------------------------------------


def test_the_worked_class() -> None:
    """Worked example C.2, from the numbers of R in 08_worked.json."""
    nominations = worked()
    found = received(nominations.positive, nominations.nominators)
    assert (found.count.tolist(), found.possible.tolist()) == ([1, 3, 1, 0, 0], [3, 3, 3, 3, 4])
    np.testing.assert_allclose(found.rate, [1 / 3, 1, 1 / 3, 0, 0], atol=1e-12)
    np.testing.assert_allclose(found.z, [0, 1.6329931618554523, 0, -0.816496580927726, -0.816496580927726], atol=1e-9)
    chance = chosen_by_chance(nominations.positive, nominations.nominators)
    assert (chance.at_least[1], chance.expected[1]) == (pytest.approx(0.03125, abs=1e-12), pytest.approx(1.0, abs=1e-12))


def test_choices_received_in_the_reference_class() -> None:
    positive, negative, nominators = tables(1)
    found = received(positive, nominators)
    assert tuple(found.count) == RECEIVED
    assert {i + 1: int(c) for i, c in enumerate(received(negative, nominators).count) if c} == REJECTED
    assert {PUPILS[i] for i in range(26) if found.possible[i] == 24} == {"7", "19"}
    assert found.z[22] == pytest.approx(3.017776662163, abs=1e-10)


# ---- statuses by standard scores and by chance (C.3; G16, G17) ---------------------------------------------------


def test_standard_scores_of_coie_and_dodge() -> None:
    """G16, R 4.2.2."""
    z = standardised(*tables(1))
    assert z.disliking[22] == pytest.approx(-0.4471702235074, abs=1e-10)
    assert z.preference[22] == pytest.approx(2.411053733281, abs=1e-8)
    assert z.impact[22] == pytest.approx(1.848105536832, abs=1e-8)
    assert z.preference[10] == pytest.approx(-3.480661301801, abs=1e-8)


def test_standard_scores_that_are_standardised_once() -> None:
    z = standardised(*tables(1), restandardise=False)
    assert z.preference[[10, 22]].tolist() == pytest.approx([-5.002089489451, 3.46494688567], abs=1e-10)
    assert z.impact[[6, 19]].tolist() == pytest.approx([1.518676709923, 3.309960139012], abs=1e-10)


def test_status_by_coie_and_dodge() -> None:
    """G16; without standardising again from `wave1_norestd`."""
    assert grouped(cd83(*tables(1))) == CD83
    assert grouped(cd83(*tables(2))) == CD83_WAVE_2
    assert grouped(cd83(*tables(1), restandardise=False)) == CD83_ONCE


@pytest.mark.parametrize("wave", [1, 2])
def test_status_by_coie_dodge_and_coppotelli(wave: int) -> None:
    found = cdc82(*tables(wave))
    assert grouped(found) == {1: CD83, 2: CD83_WAVE_2}[wave]
    assert {p for p, status in zip(PUPILS, found.words) if status is Status.AVERAGE} == CDC82_AVERAGE[wave]
    assert {p for p, status in zip(PUPILS, found.words) if status is Status.OTHER} == set(PUPILS) - CDC82_AVERAGE[wave] - {
        pupil for group in grouped(found).values() for pupil in group
    }


def test_status_by_coie_dodge_and_coppotelli_standardised_once() -> None:
    found = cdc82(*tables(1), restandardise=False)
    assert grouped(found) == CD83_ONCE
    assert {p for p, status in zip(PUPILS, found.words) if status is Status.AVERAGE} == CDC82_AVERAGE[1] - {"15"}


@pytest.mark.parametrize(("level", "groups"), [(0.05, NB_PB), (0.10, NB_10), (0.01, NB_01)])
def test_status_by_the_probability_method(level: float, groups: dict[str, set[str]]) -> None:
    """G16; the levels .10 and .01 as SSrat 1.1 gives them."""
    assert grouped(nb_pb(*tables(1), level=level)) == groups


def test_what_chance_gives() -> None:
    """G17; SSrat, R and Python agree to 5e-14."""
    positive, negative, nominators = tables(1)
    found = chosen_by_chance(positive, nominators)
    assert found.at_least[22] == pytest.approx(8.435973875676e-06, rel=1e-10)
    assert found.at_least[6] == pytest.approx(0.03626474126791, abs=1e-10)
    assert found.at_least[1] == pytest.approx(0.2223116395128, abs=1e-10)
    assert found.at_most[3] == pytest.approx(0.07215020108454821, abs=1e-10)
    assert (found.expected[22], found.low[22], found.high[22]) == (pytest.approx(2.48), 0, 5)
    assert chosen_by_chance(negative, nominators).at_least[10] == pytest.approx(7.979006344527e-11, rel=1e-9)


def test_the_classic_fixed_version() -> None:
    """`nb_classic`: three choices each in a class of 26 in which everybody counts as nominator."""
    positive, _, _ = tables(1)
    found = chosen_by_chance(positive, np.ones(26, dtype=bool), choices_each=3)
    assert found.at_least[[0, 1, 22]].tolist() == pytest.approx([0.959067638241, 0.3524629532694, 6.546916770381e-05], abs=1e-12)
    assert classic_limits(26, choices_each=3).often_from == 7
    assert classic_limits(26, choices_each=6).seldom_up_to == 2


def test_two_rounds_agree_in_part() -> None:
    """κ .656 of cd83 between the two rounds."""
    first, second = (status_results(class26(wave)).cd83 for wave in (1, 2))
    assert first is not None
    assert second is not None
    found = rounds_agree(first, second)
    assert found.kappa == pytest.approx(0.6563876651982, abs=1e-12)
    assert (found.same, found.n, found.n_valid) == (23, 26, 26)


# ---- statuses by ratings (C.3 d; G21) ----------------------------------------------------------------------------


def ratings() -> Ratings:
    given = {
        (row["rater"], pupil): int(row[f"r{int(pupil):02}"])
        for row in rows("d06_class26_ratings.csv") for pupil in PUPILS if row[f"r{int(pupil):02}"]
    }  # fmt: skip
    return Ratings.of(PUPILS, given, points=5)


def test_totals_of_the_ratings() -> None:
    """G21."""
    found = rating_statuses(ratings())
    assert found.sympathy.observed.tolist() == SYMPATHY
    assert found.antipathy.observed.tolist() == ANTIPATHY
    assert found.preference.observed.tolist() == PREFERENCE
    assert found.impact.observed.tolist() == IMPACT
    assert {PUPILS[i]: int(n) for i, n in enumerate(found.raters) if n != 23} == {"7": 24, "19": 24}


@pytest.mark.parametrize("level", [0.10, 0.05, 0.01])
def test_status_by_ratings(level: float) -> None:
    """G21."""
    expected_groups = {status: set(pupils.split()) for status, pupils in RATED[level].items()}
    assert grouped(rating_statuses(ratings(), level=level)) == expected_groups


def test_four_methods_agree_on_the_pupil_whom_most_reject() -> None:
    said = status_results(class26(1), ratings()).agreement
    assert said is not None
    assert (said.status[10], said.agree[10], said.methods) == (Status.REJECTED, 4, 4)
    assert (said.status[6], said.agree[6]) == (Status.CONTROVERSIAL, 3)
    assert (said.status[3], said.agree[3]) == (None, 0)


# ---- continuous indices and how reliable they are (C.4) ----------------------------------------------------------


def test_indices_of_the_pupil_who_is_chosen_most() -> None:
    positive, negative, nominators = tables(1)
    found = indices(positive, negative, nominators)
    assert found.preference is not None
    assert found.impact is not None
    assert (found.acceptance[22], found.preference[22], found.impact[22]) == (11 / 23, 11 / 23, 11 / 23)
    assert (found.expected[22], found.low[22], found.high[22]) == (pytest.approx(2.48), 0, 5)
    assert (found.preference[10], found.impact[19]) == (-11 / 23, 12 / 23)


def test_reliability_of_the_counts() -> None:
    """.618 → .764 from 2 000 other random halves: their mean has a standard error of .003."""
    found = count_reliability(class26(1))
    assert found.half == pytest.approx(0.6180498488623191, abs=0.009)
    assert found.value == pytest.approx(0.7639441384292102, abs=0.007)
    assert (found.says_little, found.divisions, found.n, found.n_valid) == (False, 2000, 26, 24)


# ---- perceived and real choices (C.9) ----------------------------------------------------------------------------


def thought(*, absent_chose_nobody: bool) -> Perceived:
    thinks: dict[str, set[str]] = {pupil: set() for pupil in PUPILS if pupil not in ABSENT[1]}
    for row in rows("d06_class26_perceived.csv"):
        thinks[row["from"]].add(row["thinks_chosen_by"])
    return perceived(class26(1), thinks, limit=3, absent_chose_nobody=absent_chose_nobody)


@pytest.mark.parametrize(
    ("absent_chose_nobody", "precision", "overestimates"), [(True, 0.5178571428571, ("13", "14")), (False, 29 / 50, ("14",))]
)
def test_perceived_choices(absent_chose_nobody: bool, precision: float, overestimates: tuple[str, ...]) -> None:
    """The reference counts the six times that an absent pupil was named as false alarms; the rule of C.9 leaves them out."""
    found = thought(absent_chose_nobody=absent_chose_nobody)
    assert found.sensitivity == pytest.approx(0.5576923076923, abs=1e-12)
    assert found.precision == pytest.approx(precision, abs=1e-12)
    assert found.liked_but_unaware == ("2", "9", "15")
    assert found.overestimates == overestimates
    assert (found.n, found.n_valid) == (26, 24)
    hits = {one.pupil: one.hits for one in found.pupils if one.hits}
    assert hits == {"3": 2, "6": 4, "8": 2, "16": 4, "18": 1, "20": 5, "23": 7, "25": 4}


# ---- bullying (C.10; D14) ----------------------------------------------------------------------------------------


def named() -> BullyingNetwork:
    names: dict[str, set[str]] = {}
    for row in rows("d14_bully_edges.csv"):
        names.setdefault(row["victim"], set()).add(row["bully"])
    return bullying_network(PUPILS, names)


def test_bullying_network() -> None:
    """sna; named 3: 5×, 8: 5×, 11: 7×, 20: 3×."""
    found = named()
    assert {one.pupil: len(one.by) for one in found.named} == {"3": 5, "8": 5, "11": 7, "20": 3}
    assert [one.pupil for one in found.naming if one.several] == ["2", "5", "9", "13", "21", "24"]
    assert [one.pupil for one in found.named if one.both_roles] == ["11"]
    assert {one.pupil: len(one.names) for one in found.naming} == {
        "2": 2, "5": 3, "9": 4, "11": 1, "13": 3, "17": 1, "21": 3, "24": 3,
    }  # fmt: skip
    assert found.density == pytest.approx(0.03076923076923, abs=1e-12)
    assert all(one.pattern for one in found.named)


@pytest.mark.shared
def test_every_rating_perception_and_name_of_the_reference_class(shared: Path) -> None:
    numbers = expected(shared)
    for level, name in ((0.05, "status05"), (0.10, "status10"), (0.01, "status01")):
        words = rating_statuses(ratings(), level=level).status
        assert [word.value.capitalize() for word in words if word] == numbers["ratings_ssrat"][name]
    for ours, theirs in (("hits", "tp"), ("false_alarms", "fp"), ("misses", "fn")):
        assert [getattr(one, ours) for one in thought(absent_chose_nobody=True).pupils] == numbers["perceived"][theirs]
    by, names = {one.pupil: one.by for one in named().named}, {one.pupil: one.names for one in named().naming}
    assert [len(by.get(pupil, ())) for pupil in PUPILS] == numbers["bully"]["named_as_bully"]
    assert [len(names.get(pupil, ())) for pupil in PUPILS] == numbers["bully"]["names_bullies"]


@pytest.mark.shared
def test_every_standard_score_of_the_reference_class(shared: Path) -> None:
    numbers = expected(shared)
    for name, wave, again in (("wave1", 1, True), ("wave1_norestd", 1, False), ("wave2", 2, True)):
        positive, negative, nominators = tables(wave)
        z = standardised(positive, negative, nominators, restandardise=again)
        for key, ours in (("sp", z.preference), ("si", z.impact)):
            np.testing.assert_allclose(ours, numbers[name][key], atol=1e-10)
        for key, made in (("cd83", cd83), ("cdc82", cdc82)):
            assert list(made(positive, negative, nominators, restandardise=again).words) == numbers[name][key]
        if again:
            assert received(positive, nominators).possible.tolist() == numbers[name]["m"]
            np.testing.assert_allclose(z.liking, numbers[name]["zlm"], atol=1e-10)
            np.testing.assert_allclose(z.disliking, numbers[name]["zll"], atol=1e-10)


@pytest.mark.shared
def test_every_probability_of_the_reference_class(shared: Path) -> None:
    numbers = expected(shared)
    positive, negative, nominators = tables(1)
    liked, disliked, both = (chosen_by_chance(table, nominators) for table in (positive, negative, positive | negative))
    for name, ours in (("p_lm_ge", liked.at_least), ("p_ll_ge", disliked.at_least), ("p_si_le", both.at_most)):
        np.testing.assert_allclose(ours, numbers["nb_ssrat"][name], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(liked.expected, numbers["nb_ssrat"]["e_lm"], atol=1e-12)
    np.testing.assert_allclose(disliked.expected, numbers["nb_ssrat"]["e_ll"], atol=1e-12)
    for level, name in ((0.05, "status05"), (0.10, "status10"), (0.01, "status01")):
        words = nb_pb(positive, negative, nominators, level=level).words
        assert [word.value.capitalize() for word in words if word] == numbers["nb_ssrat"][name]
    classic = chosen_by_chance(positive, np.ones(26, dtype=bool), choices_each=3)
    np.testing.assert_allclose(classic.at_least, numbers["nb_classic"]["p_lm_ge"], rtol=1e-9)
