"""What the type of a school decides: its levels, and what may be asked at which of them."""

import pytest

from kring.core.school_types import (
    LEVELS,
    SECONDARY,
    LevelNotOfSchool,
    SchoolType,
    TypeStillUsed,
    check_levels,
    check_type_change,
    suits,
    year_of_school,
)

PO, SBO, VSO, VO = SchoolType.PRIMARY, SchoolType.SPECIAL_PRIMARY, SchoolType.SPECIAL_SECONDARY, SchoolType.SECONDARY


@pytest.mark.parametrize("one", sorted(SchoolType))
def test_every_type_has_its_levels_and_no_other(one: SchoolType) -> None:
    known = LEVELS[one]
    check_levels(one, known)
    assert (known[0], known[-1]) == ((1, 6) if one in SECONDARY else (1, 8))
    for level in (0, known[-1] + 1):
        with pytest.raises(LevelNotOfSchool) as refused:
            check_levels(one, [1, level])
        assert (refused.value.level, refused.value.first, refused.value.last) == (level, 1, known[-1])


def test_a_type_changes_as_long_as_no_group_stands_in_the_way() -> None:
    check_type_change(PO, VO, {})
    check_type_change(PO, SBO, {"6A": [6], "8": [8]})
    check_type_change(VO, VSO, {"1A": [1]})


@pytest.mark.parametrize(("old", "new"), [(PO, VO), (VO, PO), (SBO, VSO)])
def test_a_group_never_changes_into_a_year_of_secondary_school(old: SchoolType, new: SchoolType) -> None:
    with pytest.raises(TypeStillUsed) as refused:
        check_type_change(old, new, {"5": [5], "1A": [1]})
    assert refused.value.groups == "1A, 5"


def test_a_group_whose_level_the_new_type_lacks_is_named() -> None:
    with pytest.raises(TypeStillUsed) as refused:
        check_type_change(VO, VSO, {"7": [7], "1A": [1]})
    assert refused.value.groups == "7"


def test_the_years_of_school_run_through() -> None:
    years = [year_of_school(PO, level) for level in LEVELS[PO]] + [year_of_school(VO, level) for level in LEVELS[VO]]
    assert years == list(range(1, 15))


@pytest.mark.parametrize(
    ("one", "years", "fits"), [(PO, (3, 8), True), (VO, (3, 8), False), (VO, (8, 9), True), (PO, (9, 14), False), (VO, None, True)]
)
def test_an_instrument_suits_a_school_whose_years_it_is_made_for(one: SchoolType, years: tuple[int, int] | None, fits: bool) -> None:
    assert suits(one, years) is fits
