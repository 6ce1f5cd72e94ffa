"""What stayed behind of filling in goes a fortnight after its round was closed, and never while that round is open."""

from datetime import timedelta

import pytest

from kring.web.answering.intake import forget_over
from kring.web.classroom.rows import take_seat
from kring.web.classroom.teaching.actions import open_window
from kring.web.models import Answer, Filling, GuardianInvitation, Invitation, Round, Seat, SetAside, SignInWindow
from tests.cast import Cast, pupil
from tests.measurements import PUPIL_LIST
from tests.web.answering.test_guardians import ask
from tests.web.answering.test_save import NOW, invited, save, ticket

pytestmark = pytest.mark.django_db
A_FORTNIGHT = timedelta(days=14)
A_SECOND = timedelta(seconds=1)
A_YEAR = timedelta(days=365)


@pytest.fixture
def begun(cast: Cast) -> Invitation:
    """Noor gave one answer; then the round was closed."""
    one = invited(cast, PUPIL_LIST)
    save(ticket(one), [1, "w1", 3])
    Round.objects.update(closed_at=NOW)
    return one


def set_aside(one: Invitation, **more: object) -> SetAside:
    about = {"school": one.school, "round": one.round, "invitation": one, "answers": {"w2": {"value": 1, "turn": 9}}, "came_at": NOW}
    return SetAside.objects.create(**about | more)


def test_what_was_begun_goes_a_fortnight_after_the_round_was_closed(begun: Invitation) -> None:
    forget_over(at=NOW + A_FORTNIGHT - A_SECOND)
    assert Answer.objects.exists()
    forget_over(at=NOW + A_FORTNIGHT)
    assert not Answer.objects.exists()
    assert not Filling.objects.exists()
    assert Invitation.objects.filter(pk=begun.pk).exists()


def test_what_a_guardian_began_goes_as_well(cast: Cast) -> None:
    asked: GuardianInvitation = ask(cast, cast.els)
    Filling.objects.create(school=cast.beuk, guardian_invitation=asked, begun_at=NOW)
    Round.objects.update(closed_at=NOW)
    forget_over(at=NOW + A_FORTNIGHT)
    assert not Filling.objects.exists()


def test_of_an_open_round_nothing_goes_however_old(begun: Invitation) -> None:
    set_aside(begun)
    Round.objects.update(closed_at=None)
    forget_over(at=NOW + 2 * A_YEAR)
    assert (Filling.objects.count(), SetAside.objects.count()) == (1, 1)


def test_what_came_later_has_its_own_fortnight_and_what_was_begun_waits_for_it(begun: Invitation) -> None:
    set_aside(begun, came_at=NOW + A_FORTNIGHT)
    forget_over(at=NOW + 2 * A_FORTNIGHT - A_SECOND)
    assert (Filling.objects.count(), SetAside.objects.count()) == (1, 1)
    forget_over(at=NOW + 2 * A_FORTNIGHT)
    assert (Filling.objects.count(), SetAside.objects.count()) == (0, 0)


def test_what_was_thrown_away_stays_to_say_why(begun: Invitation) -> None:
    set_aside(begun, answers={}, thrown_at=NOW, reason="Op papier al ingevuld")
    forget_over(at=NOW + A_FORTNIGHT)
    assert SetAside.objects.get().reason == "Op papier al ingevuld"
    assert not Filling.objects.exists()


def test_without_a_name_it_waits_until_nobody_opens_the_round_again(begun: Invitation) -> None:
    set_aside(begun, invitation=None, answers={"w1": 1})
    forget_over(at=NOW + 2 * A_FORTNIGHT)
    assert SetAside.objects.exists()
    forget_over(at=NOW + A_YEAR)
    assert not SetAside.objects.exists()


def test_a_lesson_at_the_door_goes_with_its_seats_and_another_one_stays(cast: Cast) -> None:
    other = pupil(cast.group_6b, "Tess", 6)
    for at, teacher, group, who in (
        (NOW, cast.anna, cast.group_6a, cast.pupil_noor),
        (NOW + A_FORTNIGHT, cast.carla, cast.group_6b, other),
    ):
        take_seat(open_window(teacher, group, minutes=60, at=at), who, tablet="", at=at)
    forget_over(at=NOW + A_FORTNIGHT + timedelta(minutes=60))
    assert SignInWindow.objects.get().group == cast.group_6b
    assert Seat.objects.get().pupil == other
