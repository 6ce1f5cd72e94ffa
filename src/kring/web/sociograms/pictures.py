"""From stored choices to the picture of the core: the sociogram and where everybody stands.

Groups of friends and places are costly and follow from the choices alone, so each process remembers the last ones: by the choices
themselves, so that no memory can be out of date, and with keys of pupils only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kring.core.sociometry import (
    MOST_PUPILS,
    Edge,
    Participation,
    Sociogram,
    Sufficiency,
    nominations_from,
    sociogram,
    target_layout,
    web_layout,
    why_no_status,
)
from kring.documents.reports import Layouts

Choices = frozenset[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that follows from the choices of one group in one round; no places when too few took part."""

    sociogram: Sociogram
    layouts: Layouts


def picture(listed: Sequence[tuple[str, str]], choices: Iterable[tuple[str, str, int]]) -> Picture:
    """The picture of (pupil, participation) in the order of the list, and (chooser, chosen, polarity), each once."""
    return _picture(tuple(listed), frozenset(choices))


@lru_cache(maxsize=256)
def _picture(listed: tuple[tuple[str, str], ...], choices: Choices) -> Picture:
    participation = {pupil: Participation(status) for pupil, status in listed}
    edges = [Edge(*choice) for choice in sorted(choices)]
    found = sociogram(nominations_from([pupil for pupil, _ in listed], edges, participation))
    told = found if why_no_status(found.nominations) is None else replace(found, status=None)
    return Picture(told, _layouts(told))


def _layouts(found: Sociogram) -> Layouts:
    if found.sufficiency is Sufficiency.TOO_FEW:
        return Layouts()
    small_enough = len(found.nominations.pupils) <= MOST_PUPILS
    return Layouts(target_layout(found), web_layout(found) if small_enough else None)
