"""What the features above this one forget when a pupil takes no part in a list any more: in the same transaction.

A feature says so once, when Kring starts (web/apps.py), as with closing (surveys/closing.py).
"""

from datetime import datetime
from typing import Protocol

from kring.web.schools.models import Pupil


class Forgetting(Protocol):
    """What goes when this pupil takes no part in this list, in any version."""

    def __call__(self, pupil: Pupil, instrument: str, *, at: datetime) -> None: ...


_forgettings: list[Forgetting] = []


def also_when_objecting(forgetting: Forgetting) -> Forgetting:
    """This is done whenever somebody objects; saying it twice changes nothing."""
    if forgetting not in _forgettings:
        _forgettings.append(forgetting)
    return forgetting


def forget_all(pupil: Pupil, instrument: str, *, at: datetime) -> None:
    """All of it. The open rounds of the list are held."""
    for forgetting in _forgettings:
        forgetting(pupil, instrument, at=at)
