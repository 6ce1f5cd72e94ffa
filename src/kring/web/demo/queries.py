"""The accounts of the demo. They exist in a demo alone, and stand on its front page."""

from kring.core.classroom import read_aloud
from kring.web.accounts.models import Person
from kring.web.classroom.models import SignInWindow
from kring.web.classroom.rows import code_of
from kring.web.demo.cast import FRONT, Player
from kring.web.demo.letting_in.rows import OPEN_FOR


def people_on_front() -> list[tuple[Player, Person]]:
    """The cast of the front page, as far as it is in the database, in its own order."""
    names = [player.username for player in FRONT]
    found = {person.username: person for person in Person.objects.filter(is_demo=True, is_active=True, username__in=names)}
    return [(player, found[player.username]) for player in FRONT if player.username in found]


def person_on_front(username: str) -> Person | None:
    """One of them by user name."""
    return next((person for _, person in people_on_front() if person.username == username), None)


def demo_class_code() -> str:
    """The code of the class that stays open; empty before there is a demo, and when somebody closed it. No school is open here."""
    windows = SignInWindow.objects.filter(closed_at=None).order_by("opened_at")
    lasting = (one for one in windows if one.closes_at - one.opened_at >= OPEN_FOR)
    return next((read_aloud(code_of(one.pk)) for one in lasting), "")
