"""Every kind of line in the overview of care, and what of it is due for one pupil."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from kring.web.due import Due, DueLines
from kring.web.schools.models import Membership, Pupil


@dataclass(frozen=True, slots=True)
class Kind:
    """A column of the overview; `on_pupil_page`: whether it also stands on top of the page of the pupil."""

    key: str
    title: Promise
    due_lines: DueLines
    on_pupil_page: bool = True


KINDS: tuple[Kind, ...] = ()


def due_of_pupil(actor: Membership, pupil: Pupil, *, at: datetime) -> Sequence[tuple[Kind, Due]]:
    """What asks for something about this pupil, what is late first, then by day."""
    found = [(kind, one) for kind in KINDS if kind.on_pupil_page for one in kind.due_lines(actor, at=at, pupil=pupil)]
    return sorted(found, key=lambda pair: (not pair[1].is_late, pair[1].day is None, pair[1].day))
