"""For each route that changes something: who sends which fields, so that it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.access.world import World


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of a form as this person fills it in."""

    who: str
    data: Callable[[World], dict[str, Any]] = lambda _world: {}


def _draft(world: World) -> dict[str, Any]:
    from kring.web.drafts.form_key import FormKey, signed

    return {"draft": signed(FormKey(world.actors["anna"].pk, "/as/x/#Note", ("title", "text")))}


SENT = {
    "close_round": Sent("bram"),
    "upload_throw_away": Sent("anna"),
    "group_reports": Sent("anna"),
    "draft_throw_away": Sent("anna", _draft),
}
