"""The accounts of the demo. They exist in a demo alone, and stand on its front page."""

from kring.web.accounts.models import Person
from kring.web.demo.cast import FRONT, Player


def people_on_front() -> list[tuple[Player, Person]]:
    """The cast of the front page, as far as it is in the database, in its own order."""
    names = [player.username for player in FRONT]
    found = {person.username: person for person in Person.objects.filter(is_demo=True, is_active=True, username__in=names)}
    return [(player, found[player.username]) for player in FRONT if player.username in found]


def person_on_front(username: str) -> Person | None:
    """One of them by user name."""
    return next((person for _, person in people_on_front() if person.username == username), None)
