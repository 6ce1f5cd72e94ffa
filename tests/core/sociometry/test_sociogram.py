"""The sociogram as a whole, and the facts of each pupil."""

import numpy as np
import pytest
from hypothesis import given

from kring.core.sociometry import Chosen, Nominations, Participation, Status, Sufficiency, TooFewTookPart, pupil_facts, sociogram
from tests.core.sociometry.classes import ABSENT, DONE, EMPTY, chosen, classes, full, in_other_order, patient, worked


def test_everything_when_enough_took_part() -> None:
    picture = sociogram(worked())
    assert picture.sufficiency is Sufficiency.ALL
    assert picture.structure is not None
    assert picture.status is not None
    assert picture.communities is not None
    assert picture.rejected is None
    assert picture.given.tolist() == [2, 1, 1, 1, 0]
    assert picture.mutual_count.tolist() == [1, 1, 0, 0, 0]


def test_facts_speak_of_those_who_took_part() -> None:
    picture = sociogram(chosen("ABCDE", "AB BA AC", absent="E"))
    assert picture.never_chosen.tolist() == [False, False, False, True, True]
    assert picture.no_mutual.tolist() == [False, False, True, True, False]
    assert picture.chooses_nobody.tolist() == [False, False, True, True, False]
    assert picture.ghost.tolist() == [False, False, False, True, False]


def test_counts_and_graph_alone_when_fewer_took_part() -> None:
    picture = sociogram(chosen("ABCDE", "AB BA", absent="DE"))
    assert picture.sufficiency is Sufficiency.COUNTS
    assert (picture.structure, picture.status, picture.communities) == (None, None, None)
    assert picture.never_chosen.tolist() == [False, False, True, True, True]
    facts = pupil_facts(picture).pupils[0]
    assert (facts.by_chance, facts.chosen, facts.nb_pb, facts.cd83) == (None, None, None, None)


def test_no_fact_of_anybody_when_too_few_took_part() -> None:
    picture = sociogram(chosen("ABCDE", "AB BA", absent="CDE"))
    assert picture.sufficiency is Sufficiency.TOO_FEW
    assert (picture.structure, picture.status, picture.communities) == (None, None, None)
    for fact in (picture.never_chosen, picture.no_mutual, picture.chooses_nobody, picture.ghost):
        assert not fact.any()
    with pytest.raises(TooFewTookPart) as refusal:
        pupil_facts(picture)
    assert (refusal.value.took_part, refusal.value.listed) == (2, 5)


def test_a_class_without_pupils_has_too_few() -> None:
    assert sociogram(chosen("", "")).sufficiency is Sufficiency.TOO_FEW


def test_a_class_of_one_claims_nothing() -> None:
    picture = sociogram(chosen("A", ""))
    assert not picture.never_chosen[0]
    assert pupil_facts(picture).pupils[0].rate is None


def test_rejections_are_counted_when_they_were_asked() -> None:
    picture = sociogram(chosen("ABCDE", "AB", negative="AC BC"))
    assert picture.rejected is not None
    assert picture.rejected.count.tolist() == [0, 0, 2, 0, 0]
    facts = pupil_facts(picture).pupils[2]
    assert isinstance(facts.nb_pb, Status)
    assert isinstance(facts.cd83, Status)


def test_the_facts_of_a_pupil() -> None:
    facts = pupil_facts(sociogram(worked())).pupils
    b = facts[1]
    assert (b.pupil, b.participation, b.received, b.possible, b.rate, b.given, b.mutual) == ("B", DONE, 3, 3, 1.0, 1, 1)
    assert (b.chooses, b.chosen_by, b.mutual_with) == (("A",), ("A", "C", "D"), ("A",))
    assert b.by_chance is not None
    assert b.by_chance[0] <= b.by_chance[1]
    assert isinstance(b.chosen, Chosen)
    assert (b.nb_pb, b.cd83) == (None, None)


def test_of_an_absent_pupil_it_is_not_known_whom_they_choose() -> None:
    e = pupil_facts(sociogram(worked())).pupils[4]
    assert (e.participation, e.received, e.possible, e.given, e.mutual) == (ABSENT, 0, 4, None, None)


def test_a_pupil_who_chose_nobody_gave_none() -> None:
    c = pupil_facts(sociogram(chosen("ABC", "AB BA"))).pupils[2]
    assert (c.participation, c.given, c.mutual) == (EMPTY, 0, 0)


def test_everybody_chooses_everybody() -> None:
    picture = sociogram(full(6))
    assert not picture.never_chosen.any()
    assert not picture.no_mutual.any()
    assert picture.mutual_count.tolist() == [5] * 6


def test_the_same_class_has_one_fingerprint_in_any_order_of_the_list() -> None:
    one, two = sociogram(worked()), sociogram(in_other_order(worked(), [3, 1, 4, 0, 2]))
    assert one.provenance == two.provenance
    assert pupil_facts(one).provenance == pupil_facts(two).provenance
    assert (one.n, one.n_valid) == (5, 4)
    assert sociogram(chosen("ABCDE", "AB AC BA CB DB")).provenance.input != one.provenance.input


@patient
@given(classes(negatives=True))
def test_any_class_has_a_sociogram(nominations: Nominations) -> None:
    picture = sociogram(nominations)
    took_part = np.array([status is not Participation.ABSENT for status in nominations.participation])
    assert not (picture.chooses_nobody & ~took_part).any()
    assert (picture.structure is None) == (picture.sufficiency is not Sufficiency.ALL)
    if picture.sufficiency is not Sufficiency.TOO_FEW:
        assert [facts.received for facts in pupil_facts(picture).pupils] == picture.received.count.tolist()
