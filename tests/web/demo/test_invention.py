"""The invented schools are plausible, and the same for everybody."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from kring.core.answers import Missing, answers_from
from kring.core.instruments import Instrument, Level
from kring.core.scoring import scale_scores
from kring.core.sociometry import Participation, Sufficiency, nominations_from, sociogram
from kring.library import instruments
from kring.web.demo.invented import InventedSchool, Measured
from kring.web.demo.invention import invented_schools
from kring.web.demo.names import ORIGINS
from kring.web.demo.years import windows

TODAY = date(2026, 11, 22)
Floats = NDArray[np.float64]


def schools(today: date = TODAY) -> tuple[InventedSchool, ...]:
    return invented_schools(today, instruments())


@pytest.fixture(scope="module")
def beuk() -> InventedSchool:
    return schools()[0]


@pytest.fixture(scope="module")
def offered() -> Mapping[str, Instrument]:
    return {one.key: one for one in instruments() if one.version == 1}


def scores(measured: Measured, instrument: Instrument) -> dict[str, dict[str, float]]:
    """scale → pupil → mean."""
    lists = [one for one in measured.lists if one.answers is not None]
    answers = answers_from(instrument, [one.answers or {} for one in lists])
    means = {scale.key: scale_scores(answers, scale, instrument).mean.tolist() for scale in instrument.scales}
    return {key: {one.pupil: mean for one, mean in zip(lists, of_scale) if not np.isnan(mean)} for key, of_scale in means.items()}


def test_the_same_day_gives_the_same_schools_byte_for_byte() -> None:
    tell = (
        "from datetime import date; from hashlib import sha256; from kring.library import instruments;"
        "from kring.web.demo.invention import invented_schools;"
        "print(sha256(repr(invented_schools(date(2026, 11, 22), instruments())).encode()).hexdigest())"
    )
    path = os.pathsep.join(sys.path)
    elsewhere = subprocess.run(
        [sys.executable, "-c", tell], env={"PYTHONPATH": path, "PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True
    )
    assert elsewhere.stdout.strip() == sha256(repr(schools()).encode()).hexdigest()


def test_there_are_three_schools_with_their_groups() -> None:
    names = {school.plan.name: school for school in schools()}
    groups = {name: [one.name for one in school.groups if one.year == "2026-2027"] for name, school in names.items()}
    assert groups == {"De Beuk": ["1/2", "3", "4", "4/5", "6A", "6B", "7", "8"], "De Eik": ["5", "6"], "Het Baken": ["1A", "1B", "4A"]}
    here = [stay for stay in names["De Beuk"].stays if stay.until_on is None]
    assert 185 <= len(here) <= 200
    assert all(22 <= count <= 27 for count in Counter(stay.group for stay in here).values())
    assert {stay.year_level for stay in here if stay.group == "4/5"} == {4, 5}
    assert names["Het Baken"].measured == ()


def test_no_two_pupils_of_a_school_have_one_name_and_the_cast_has_its_own(beuk: InventedSchool) -> None:
    full = Counter((pupil.given_name, pupil.family_name) for pupil in beuk.pupils)
    assert max(full.values()) == 1
    assert [pupil.given_name for pupil in beuk.pupils].count("Noor") == 1
    given = {pupil.key: pupil.given_name for pupil in beuk.pupils}
    in_group = Counter((stay.group, given[stay.pupil]) for stay in beuk.stays if stay.until_on is None)
    assert max(in_group.values()) == 1


def test_the_shares_of_the_names_add_up() -> None:
    assert sum(origin.share for origin in ORIGINS) == pytest.approx(1)


def test_somebody_came_somebody_left_and_somebody_moved(beuk: InventedSchool) -> None:
    before = {stay.pupil: stay for stay in beuk.stays if stay.year == "2025-2026"}
    now = {stay.pupil: stay for stay in beuk.stays if stay.year == "2026-2027"}
    assert [stay.group for stay in beuk.stays if stay.until_on == date(2026, 1, 30)] == ["5B", "7"]
    assert {(before[key].group, now[key].group) for key in now if key in before} >= {("5A", "6B"), ("5B", "6A"), ("5A", "6A")}
    assert {now[key].group for key in now if key not in before} == {"1/2", "6A", "7"}


@pytest.mark.parametrize("days", range(0, 366, 5))
def test_on_every_day_there_is_a_running_window_and_a_year_behind_it(days: int) -> None:
    today = date(2026, 8, 1) + timedelta(days=days)
    found = windows(today)
    assert [window.is_running for window in found] == [False] * (len(found) - 1) + [True]
    assert len(found) in {3, 4}
    assert found[-1].opens_on <= today < found[-1].closes_on
    assert all(one.opens_on < other.opens_on for one, other in pairwise(found))


@pytest.mark.parametrize("today", [date(2026, 8, 1), date(2026, 10, 18), date(2027, 3, 9), date(2027, 7, 31)])
def test_nothing_comes_in_after_today_or_outside_the_window(today: date) -> None:
    for school in schools(today):
        for measured in school.measured:
            window = measured.round.window
            days = [one.submitted_on for one in measured.lists if one.submitted_on] + [one.held_on for one in measured.sociograms]
            assert all(window.opens_on <= day <= min(window.closes_on, today) for day in days)


def test_pupils_keep_their_level_between_rounds(beuk: InventedSchool, offered: Mapping[str, Instrument]) -> None:
    for key in ("kring-leerkracht", "kring-leerling"):
        closed = [one for one in beuk.measured if one.round.instrument == key and not one.round.window.is_running]
        autumn, spring = (scores(one, offered[key]) for one in closed)
        found = [_correlation(autumn[scale], spring[scale]) for scale in autumn]
        assert 0.70 <= float(np.mean(found)) <= 0.82
        assert 0.6 <= min(found) <= max(found) <= 0.9


def _correlation(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    both = [pupil for pupil in one if pupil in other]
    return float(np.corrcoef([one[pupil] for pupil in both], [other[pupil] for pupil in both])[0, 1])


def test_about_a_tenth_of_the_differences_lies_between_classes(beuk: InventedSchool, offered: Mapping[str, Instrument]) -> None:
    shares: list[float] = []
    for measured in beuk.measured:
        of = {one.pupil: one.group for one in measured.lists}
        found = scores(measured, offered[measured.round.instrument])
        shares += [_between(_by_group(means, of)) for means in found.values()]
    assert 0.05 <= float(np.mean(shares)) <= 0.15


def _by_group(means: Mapping[str, float], of: Mapping[str, str]) -> list[list[float]]:
    return [[mean for pupil, mean in means.items() if of[pupil] == group] for group in sorted(set(of.values()))]


def _between(groups: list[list[float]]) -> float:
    """ICC(1) of a one-way layout with unequal groups (Shrout & Fleiss 1979)."""
    filled = [np.array(group) for group in groups if group]
    sizes = np.array([len(group) for group in filled])
    total, k = int(sizes.sum()), len(filled)
    mean_size = (total - float((sizes**2).sum()) / total) / (k - 1)
    overall = np.concatenate(filled).mean()
    between = sum(len(group) * (group.mean() - overall) ** 2 for group in filled) / (k - 1)
    within = sum(((group - group.mean()) ** 2).sum() for group in filled) / (total - k)
    return float((between - within) / (between + (mean_size - 1) * within))


def test_most_pupils_do_well_and_some_do_not(beuk: InventedSchool, offered: Mapping[str, Instrument]) -> None:
    for measured in beuk.measured:
        instrument = offered[measured.round.instrument]
        for scale, means in scores(measured, instrument).items():
            of = instrument.scale(scale)
            better = of.direction * np.array(list(means.values()))
            cuts = of.cuts[Level.PUPIL]
            assert 0.05 <= np.mean(better < of.direction * cuts.red) <= 0.25
            assert np.mean(better >= of.direction * cuts.green) >= 0.5


def test_some_answers_are_missing_and_some_lists_did_not_come_in(beuk: InventedSchool) -> None:
    closed = [one for measured in beuk.measured if not measured.round.window.is_running for one in measured.lists]
    answers = [code for one in closed if one.answers for code in one.answers.values()]
    assert 0.01 <= np.mean([code is Missing.DONT_KNOW for code in answers]) <= 0.03
    assert 0.01 <= np.mean([one.answers is None for one in closed]) <= 0.06
    assert all((one.answers is None) == (one.submitted_on is None) for one in closed)


def test_friends_choose_each_other_and_somebody_is_never_chosen(beuk: InventedSchool) -> None:
    seen: Counter[str] = Counter()
    for measured in beuk.measured:
        for one in measured.sociograms:
            found = sociogram(nominations_from(tuple(one.participation), one.edges, one.participation, asked=[1]))
            if found.sufficiency is Sufficiency.TOO_FEW:
                seen["too few"] += 1
                continue
            chosen = found.nominations.positive
            assert 2 <= chosen.sum() / found.nominations.nominators.sum() <= 6
            assert 0.45 <= found.mutual.sum() / chosen.sum() <= 0.85
            assert found.communities is not None
            assert found.communities.modularity is not None
            assert found.communities.modularity > 0.15
            seen["never chosen"] += bool(found.never_chosen.any())
            seen["chose nobody"] += Participation.EMPTY in one.participation.values()
            seen["absent"] += Participation.ABSENT in one.participation.values()
    assert seen["too few"] == 2  # in the first weeks, and now
    assert min(seen[what] for what in ("never chosen", "chose nobody", "absent")) >= 4


def test_in_6a_there_is_a_pupil_whom_nobody_chose_and_one_who_chose_nobody(beuk: InventedSchool) -> None:
    now = next(one for measured in beuk.measured if measured.round.window.is_running for one in measured.sociograms if one.group == "6A")
    names = {pupil.key: pupil.given_name for pupil in beuk.pupils}
    chosen = {edge.to_pupil for edge in now.edges}
    lonely = [names[pupil] for pupil in now.participation if pupil not in chosen]
    assert len(lonely) == 1
    assert lonely[0] not in {"Noor", "Sem"}
    assert Participation.EMPTY in now.participation.values()
