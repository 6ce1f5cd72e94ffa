"""The rules of a deepened cycle: goals on more than one level, talks, the family's yes, outside help and transfer."""

from datetime import date

import pytest

from kring.core import deepening as deep

WHY = "De klas en thuis lopen goed, dat zien wij alle drie."


def test_more_than_the_pupil_is_considered() -> None:
    deep.check_levels(["pupil", "family"], because="")
    deep.check_levels(["pupil"], because=WHY)
    with pytest.raises(deep.OnlyPupilGoals):
        deep.check_levels(["pupil", "pupil"], because="nee")
    with pytest.raises(deep.GoalsMissing):
        deep.check_levels([], because=WHY)


def test_pupil_and_guardians_are_spoken_with() -> None:
    deep.check_talks(with_pupil=True, with_guardians=True, is_of_age=False)
    deep.check_talks(with_pupil=True, with_guardians=False, is_of_age=True)
    with pytest.raises(deep.PupilNotSpoken):
        deep.check_talks(with_pupil=False, with_guardians=True, is_of_age=False)
    with pytest.raises(deep.GuardiansNotSpoken):
        deep.check_talks(with_pupil=True, with_guardians=False, is_of_age=False)


def test_a_family_gets_nothing_to_do_without_its_yes() -> None:
    deep.check_family(["pupil"], has_agreed=False)
    deep.check_family(["family"], has_agreed=True)
    with pytest.raises(deep.FamilyNotAgreed):
        deep.check_family(["pupil", "family"], has_agreed=False)


def test_outside_help_is_weighed() -> None:
    deep.check_outside("no", WHY)
    for wanted, because in (("", WHY), ("yes", "ja")):
        with pytest.raises(deep.OutsideHelpNotWeighed):
            deep.check_outside(wanted, because)


def test_nothing_closes_without_a_look_at_where_it_is_used() -> None:
    deep.check_transfer(["home"], because="")
    deep.check_transfer([], because=WHY)
    with pytest.raises(deep.ClosedWithoutTransfer):
        deep.check_transfer([], because="")


def test_every_week_is_asked_where_it_is_used() -> None:
    on = date(2026, 3, 9)
    assert deep.settings_to_ask([("class", date(2026, 3, 3)), ("home", date(2026, 3, 2))], on=on) == [
        deep.Setting.PLAYGROUND,
        deep.Setting.HOME,
    ]
