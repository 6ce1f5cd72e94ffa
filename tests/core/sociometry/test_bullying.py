"""Self-reports and the network of who is named."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import (
    BullyingCounts,
    ChoosesOneself,
    Defender,
    Frequency,
    NamedPupil,
    NamingPupil,
    PupilListedTwice,
    PupilNotOnList,
    SharedVictims,
    bullying_network,
    self_reports,
)
from kring.core.sociometry.school_days import school_days_later
from tests.core.sociometry.classes import patient

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("frequency", "talks"),
    [
        (Frequency.NEVER, False),
        (Frequency.ONCE_OR_TWICE, False),
        (Frequency.TWO_OR_THREE_TIMES, False),
        (Frequency.WEEKLY, True),
        (Frequency.SEVERAL_TIMES_A_WEEK, True),
        (None, False),
    ],
)
def test_every_week_or_more_asks_for_a_conversation(frequency: Frequency | None, talks: bool) -> None:
    found = self_reports({"A": frequency}, reported_on=THURSDAY)
    assert found.talk_with == (("A",) if talks else ())
    assert (found.talk_by is not None) is talks
    assert (found.n, found.n_valid) == (1, int(frequency is not None))


def test_reports_are_counted_by_frequency() -> None:
    found = self_reports({"10": Frequency.WEEKLY, "9": Frequency.WEEKLY, "1": Frequency.NEVER, "2": None}, reported_on=THURSDAY)
    assert found.talk_with == ("9", "10")
    assert [found.counts[frequency] for frequency in Frequency] == [1, 0, 0, 2, 0]


def test_nobody_asked_is_nobody_to_talk_with() -> None:
    found = self_reports({}, reported_on=THURSDAY)
    assert (found.talk_with, found.talk_by, found.n) == ((), None, 0)


@pytest.mark.parametrize(
    ("reported_on", "free", "by"),
    [
        (date(2026, 11, 16), (), date(2026, 11, 18)),
        (THURSDAY, (), date(2026, 11, 23)),
        (FRIDAY, (), date(2026, 11, 24)),
        (date(2026, 11, 21), (), date(2026, 11, 24)),
        (FRIDAY, (date(2026, 11, 23), date(2026, 11, 24)), date(2026, 11, 26)),
    ],
)
def test_two_school_days_pass_over_weekends_and_days_off(reported_on: date, free: tuple[date, ...], by: date) -> None:
    assert school_days_later(reported_on, 2, frozenset(free)) == by
    assert self_reports({"A": Frequency.WEEKLY}, reported_on=reported_on, school_free=frozenset(free)).talk_by == by


NAMES: dict[str, set[str]] = {"A": {"C", "D"}, "B": {"C"}, "C": {"D"}, "E": set()}


def test_who_is_named_by_whom() -> None:
    found = bullying_network("ABCDEF", NAMES, defenders={"A": {"B", "F"}, "B": {"F"}})
    assert found.named == (NamedPupil("C", ("A", "B"), both_roles=True), NamedPupil("D", ("A", "C"), both_roles=False))
    assert [one.pattern for one in found.named] == [True, True]
    assert found.naming == (NamingPupil("A", ("C", "D")), NamingPupil("B", ("C",)), NamingPupil("C", ("D",)))
    assert [one.several for one in found.naming] == [True, False, False]
    assert found.shared == (SharedVictims(("C", "D"), 1),)
    assert found.defenders == (Defender("B", ("A",)), Defender("F", ("A", "B")))
    assert (found.density, found.n, found.n_valid) == (4 / 30, 6, 4)


def test_a_teacher_sees_counts_without_names() -> None:
    found = bullying_network("ABCDEF", NAMES, defenders={"A": {"B"}})
    assert found.counts == BullyingCounts(naming=3, naming_several=1, named=2, named_by_several=2, defenders=1)


def test_one_who_names_is_no_pattern() -> None:
    (only,) = bullying_network("AB", {"A": {"B"}}).named
    assert not only.pattern


def test_pupils_without_a_victim_in_common_share_nothing() -> None:
    assert bullying_network("ABCD", {"A": {"C"}, "B": {"D"}}).shared == ()


@pytest.mark.parametrize("pupils", ["", "A"])
def test_a_list_of_nobody_or_one_has_no_density(pupils: str) -> None:
    found = bullying_network(pupils, {})
    assert (found.density, found.named, found.naming, found.n_valid) == (None, (), (), 0)


def test_refuses_what_cannot_be() -> None:
    with pytest.raises(PupilListedTwice) as twice:
        bullying_network("ABA", {})
    assert twice.value.pupil == "A"
    with pytest.raises(ChoosesOneself):
        bullying_network("AB", {"A": {"A", "B"}})
    with pytest.raises(PupilNotOnList):
        bullying_network("AB", {"A": {"Z"}})
    with pytest.raises(PupilNotOnList):
        bullying_network("AB", {"Z": set()})
    with pytest.raises(PupilNotOnList):
        bullying_network("AB", {}, defenders={"A": {"Z"}})


@patient
@given(st.dictionaries(st.sampled_from("ABCDEF"), st.sets(st.sampled_from("ABCDEF"))), st.randoms(use_true_random=False))
def test_the_order_of_list_and_answers_changes_nothing(names: dict[str, set[str]], dice: Random) -> None:
    without_oneself = {pupil: named - {pupil} for pupil, named in names.items()}
    one = bullying_network(list("ABCDEF"), without_oneself)
    pupils, answers = list("ABCDEF"), list(without_oneself.items())
    dice.shuffle(pupils)
    dice.shuffle(answers)
    other = bullying_network(pupils, dict(answers))
    assert (other, other.provenance) == (one, one.provenance)
    assert sum(len(each.by) for each in one.named) == sum(len(each.names) for each in one.naming)
    assert {each.pupil for each in one.named if each.both_roles} == {x.pupil for x in one.named} & {x.pupil for x in one.naming}
