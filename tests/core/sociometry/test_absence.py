"""What hangs on pupils who were absent."""

import pytest
from hypothesis import given

from kring.core.sociometry import CardIndex, Gender, Nominations, absence_sensitivity, class_card_of, sociogram
from tests.core.sociometry.classes import chosen, classes, full, patient

CUT_OFFS = {CardIndex.COVERAGE: (0.45, 0.7), CardIndex.NEVER_CHOSEN: (0.9,)}


def test_two_extremes_beside_what_is() -> None:
    found = absence_sensitivity(chosen("ABCDE", "AB AC BA CE DE", absent="E"), cut_offs=CUT_OFFS)
    coverage, reciprocity, never, *_ = found.indices
    assert (coverage.observed, coverage.returned, coverage.nobody, coverage.depends) == (0.5, 1.0, 0.4, True)
    assert (never.observed, never.returned, never.nobody, never.depends) == (0.2, 0.0, 0.2, False)
    assert (reciprocity.observed, reciprocity.depends) == (2 / 3, None)
    assert (found.n, found.n_valid) == (5, 4)


def test_a_status_that_an_absent_pupil_could_change_is_marked() -> None:
    star = "BA CA DA EA FA GA HA"
    found = absence_sensitivity(chosen("ABCDEFGHIJ", f"{star} AB BC", absent="IJ"))
    assert found.chosen is not None
    assert (found.nb_pb, found.cd83) == (None, None)
    assert not found.chosen[1:].any()
    everybody_present = absence_sensitivity(chosen("ABCDEFGH", star))
    assert everybody_present.chosen is not None
    assert not everybody_present.chosen.any()


def test_rejections_are_returned_too() -> None:
    found = absence_sensitivity(chosen("ABCDEF", "AB BA CA DA", absent="F", negative="AF BF CF DF EF AC"))
    assert found.nb_pb is not None
    assert found.cd83 is not None
    assert found.chosen is not None
    assert found.status is not None
    assert found.status.tolist() == (found.chosen | found.nb_pb | found.cd83).tolist()


@pytest.mark.parametrize("nominations", [chosen("", ""), chosen("ABCDE", "AB", absent="BCDE")])
def test_of_too_few_nothing_is_said(nominations: Nominations) -> None:
    found = absence_sensitivity(nominations, cut_offs=CUT_OFFS)
    assert {(each.observed, each.returned, each.nobody, each.depends) for each in found.indices} == {(None, None, None, None)}
    assert (found.chosen, found.nb_pb, found.cd83, found.status) == (None, None, None, None)


def test_below_80_percent_only_who_was_never_chosen() -> None:
    found = absence_sensitivity(chosen("ABCDE", "AB BA AD", absent="DE"), cut_offs={CardIndex.NEVER_CHOSEN: (0.3,)})
    known = [each for each in found.indices if each.observed is not None]
    assert [(each.index, each.observed, each.returned, each.nobody, each.depends) for each in known] == [
        (CardIndex.NEVER_CHOSEN, 0.4, 0.4, 0.4, False)
    ]
    assert found.status is None


def test_choices_between_genders_can_hang_on_the_absent() -> None:
    genders = {pupil: Gender.FEMALE if pupil in "ABC" else Gender.MALE for pupil in "ABCDEF"}
    found = absence_sensitivity(chosen("ABCDEF", "AB BC CF DE ED", absent="F"), genders=genders, cut_offs={CardIndex.CROSS_GENDER: (0.3,)})
    cross = found.indices[4]
    assert (cross.observed, cross.returned, cross.nobody, cross.depends) == (0.2, 2 / 6, 0.2, True)


@patient
@given(classes(negatives=True))
def test_what_is_observed_is_what_the_card_and_the_sociogram_say(nominations: Nominations) -> None:
    found = absence_sensitivity(nominations)
    assert [each.observed for each in found.indices] == [line.now for line in class_card_of(nominations).lines]
    assert (found.chosen is None) == (sociogram(nominations).status is None)
    if nominations.nominators.all() and found.status is not None:
        assert not found.status.any()


def test_everybody_chooses_everybody() -> None:
    found = absence_sensitivity(full(5), cut_offs={CardIndex.COVERAGE: ()})
    assert (found.indices[0].observed, found.indices[0].depends) == (1, False)
