"""Who says that a pupil takes no part in a list, and who takes that back."""

import pytest

from kring.core.consents import Age, deciders
from kring.core.objections import (
    PUPIL,
    NotTakingPart,
    NotTakingPartAlready,
    NotYoursToObject,
    NotYoursToTakeBack,
    ObjectionOver,
    check_objects,
    check_takes_back,
    refuse_not_taking_part,
)

BOTH = ["Els", "Ed"]
YOUNG, GROWN, UNKNOWN = (deciders(age, BOTH) for age in (Age.YOUNG, Age.GROWN, Age.UNKNOWN))


@pytest.mark.parametrize(("needed", "who"), [(YOUNG, "Els"), (YOUNG, "Ed"), (GROWN, PUPIL), (UNKNOWN, PUPIL), (UNKNOWN, "Ed")])
def test_one_of_those_who_decide_is_enough(needed: object, who: object) -> None:
    check_objects(needed, who, standing=())  # type: ignore[arg-type]


@pytest.mark.parametrize(("needed", "who"), [(YOUNG, PUPIL), (YOUNG, "Pim"), (GROWN, "Els")])
def test_nobody_else_may(needed: object, who: object) -> None:
    with pytest.raises(NotYoursToObject):
        check_objects(needed, who, standing=())  # type: ignore[arg-type]


def test_the_same_is_not_said_twice_and_the_other_may_say_it_too() -> None:
    check_objects(YOUNG, "Ed", standing=["Els"])
    with pytest.raises(NotTakingPartAlready):
        check_objects(YOUNG, "Els", standing=["Els"])


def test_each_takes_back_their_own_and_from_sixteen_the_pupil_all() -> None:
    check_takes_back(YOUNG, "Els", "Els", is_over=False)
    check_takes_back(GROWN, PUPIL, "Els", is_over=False)
    for needed, who, whose in ((YOUNG, "Els", "Ed"), (UNKNOWN, PUPIL, "Els"), (GROWN, "Els", PUPIL)):
        with pytest.raises(NotYoursToTakeBack):
            check_takes_back(needed, who, whose, is_over=False)
    with pytest.raises(ObjectionOver):
        check_takes_back(YOUNG, "Els", "Els", is_over=True)


def test_nothing_is_asked_of_who_takes_no_part() -> None:
    refuse_not_taking_part(0)
    with pytest.raises(NotTakingPart):
        refuse_not_taking_part(1)
