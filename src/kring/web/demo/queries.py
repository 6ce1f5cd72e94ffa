"""The accounts of the demo. They exist in a demo alone, and stand on its front page."""

from django.utils import timezone

from kring.core.classroom import read_aloud
from kring.web.accounts.models import Person
from kring.web.classroom.models import SignInWindow
from kring.web.classroom.rows import code_of
from kring.web.demo.cast import FRONT, Player
from kring.web.demo.letting_in.rows import OPEN_FOR
from kring.web.surveys.models import Invitation
from kring.web.surveys.queries import waited_for
from kring.web.wall import schools_open


def people_on_front() -> list[tuple[Player, Person]]:
    """The cast of the front page, as far as it is in the database, in its own order."""
    names = [player.username for player in FRONT]
    found = {person.username: person for person in Person.objects.filter(is_demo=True, is_active=True, username__in=names)}
    return [(player, found[player.username]) for player in FRONT if player.username in found]


def person_on_front(username: str) -> Person | None:
    """One of them by user name."""
    return next((person for _, person in people_on_front() if person.username == username), None)


def demo_class() -> tuple[str, str]:
    """The code of the class that stays open, and a child in it whose list waits (empty when every list is in).

    Both empty before there is a demo, and when somebody closed the class.
    """
    windows = SignInWindow.objects.filter(closed_at=None).order_by("opened_at")
    lasting = next((one for one in windows if one.closes_at - one.opened_at >= OPEN_FOR), None)
    return ("", "") if lasting is None else (read_aloud(code_of(lasting.pk)), _child_with_list(lasting))


def _child_with_list(window: SignInWindow) -> str:
    """By the first name; a list of choices before another one. Invented children: only of a demo the wall is opened for a visitor."""
    with schools_open([window.school_id]):
        waiting = Invitation.objects.filter(waited_for(timezone.now()), group=window.group_id, round__closed_at=None)
        found = list(waiting.select_related("round", "pupil").order_by("pupil__sort_name", "pupil_id"))
    chooses = sorted(found, key=lambda one: not one.round.offered.questions)
    return chooses[0].pupil.given_name if chooses else ""
