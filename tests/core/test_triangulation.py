"""Where angles differ one talks; nothing is ever added up."""

import pytest

from kring.core.bands import Band
from kring.core.triangulation import Angle, Says, Together, picture, says_of, says_of_absence


def test_contradicting_sources_propose_a_talk_and_no_average() -> None:
    found = picture({Angle.TEACHER: Says.WELL, Angle.HOME: Says.WELL, Angle.PUPIL: Says.ATTENTION, Angle.PEERS: Says.MIXED})
    assert found.together is Together.CONTRADICT
    assert found.talk
    assert (found.well, found.mixed, found.attention) == ((Angle.TEACHER, Angle.HOME), (Angle.PEERS,), (Angle.PUPIL,))
    assert found.silent == (Angle.ABSENCE,)


@pytest.mark.parametrize(
    ("said", "together"),
    [
        ({}, Together.TOO_FEW),
        ({Angle.TEACHER: Says.ATTENTION}, Together.TOO_FEW),
        ({Angle.TEACHER: Says.ATTENTION, Angle.SAFETY: Says.WELL}, Together.TOO_FEW),  # of the class, never of this pupil
        ({Angle.TEACHER: Says.ATTENTION, Angle.PUPIL: Says.TOO_LITTLE}, Together.TOO_FEW),
        ({Angle.TEACHER: Says.ATTENTION, Angle.PUPIL: Says.ATTENTION}, Together.BOTH_ATTENTION),
        ({Angle.TEACHER: Says.WELL, Angle.PUPIL: Says.WELL}, Together.BOTH_WELL),
        ({Angle.TEACHER: Says.MIXED, Angle.PUPIL: Says.ATTENTION}, Together.MIXED),
    ],
)
def test_how_angles_stand_to_each_other(said: dict[Angle, Says], together: Together) -> None:
    found = picture(said)
    assert found.together is together
    assert not found.talk


def test_a_list_says_something_by_its_colours_and_not_by_how_many() -> None:
    assert says_of([]) is says_of([Band.NO_SCORE]) is Says.TOO_LITTLE
    assert says_of([Band.GREEN, Band.ORANGE]) is Says.MIXED
    assert says_of([Band.RED]) is says_of([Band.RED, Band.RED, Band.GREEN]) is Says.ATTENTION


@pytest.mark.parametrize(
    ("school_days", "days", "spells", "says"),
    [
        (19, 9.0, 9, Says.TOO_LITTLE),
        (20, 0.9, 1, Says.WELL),
        (50, 2.0, 1, Says.WELL),
        (50, 2.5, 1, Says.MIXED),
        (60, 6.0, 1, Says.ATTENTION),
        (50, 0.0, 4, Says.ATTENTION),
    ],
)
def test_absence_says_something_after_some_weeks(school_days: int, days: float, spells: int, says: Says) -> None:
    assert says_of_absence(school_days, days, spells) is says
