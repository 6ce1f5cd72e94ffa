"""What features add to the page of a pupil: a function that says what is shown, or None where nothing is, and a template that shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from kring.web.arrangements import queries as arrangements
from kring.web.behaviour import queries as behaviour
from kring.web.cards import queries as cards
from kring.web.check_ins import queries as check_ins
from kring.web.expert_requests import queries as expert_requests
from kring.web.schools.models import Membership, Pupil
from kring.web.trainings import queries as trainings


class OnPupilPage(Protocol):
    """What a block shows to this actor; None: the block is not there."""

    def __call__(self, actor: Membership, pupil: Pupil, *, at: datetime) -> Any | None: ...


@dataclass(frozen=True, slots=True)
class Block:
    """`template` is given `block`, what the function returned, beside `pupil` and `actor`."""

    template: str
    shown: OnPupilPage


HELPING: tuple[Block, ...] = (
    Block("behaviour/on_pupil_page.html", behaviour.on_pupil_page),
    Block("check_ins/on_pupil_page.html", check_ins.on_pupil_page),
    Block("expert_requests/on_pupil_page.html", expert_requests.on_pupil_page),
    Block("arrangements/on_pupil_page.html", arrangements.on_pupil_page),
    Block("trainings/on_pupil_page.html", trainings.on_pupil_page),
    Block("cards/on_pupil_page.html", cards.on_pupil_page),
)
"""Beside the plans of the pupil, in this order: one line each, as `Block("behaviour/on_pupil_page.html", behaviour.on_pupil_page)`."""


def helping(actor: Membership, pupil: Pupil, *, at: datetime) -> Iterator[tuple[str, Any]]:
    """Template and content of each block that is there."""
    for one in HELPING:
        shown = one.shown(actor, pupil, at=at)
        if shown is not None:
            yield one.template, shown
