"""Every change is an action: permission, transaction, event, in that order, by one decorator."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import transaction
from django.db.models import Model

from kring.core.access import Record, Verb
from kring.web.access import NotPermitted, may_do
from kring.web.schools.models import Membership
from kring.web.trace import begin_event, record_event

Given = ParamSpec("Given")
Subject = TypeVar("Subject", bound=Model)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One thing that can happen in Kring; `docs/reference/actions.md` is the list of them."""

    event: str
    needs: Verb
    of: Record | None
    function: str
    says: str


ACTIONS: dict[str, ActionLine] = {}


def action(
    event: str, *, needs: Verb, of: Record | None = None
) -> Callable[[Callable[Concatenate[Membership, Subject, Given], Result]], Callable[Concatenate[Membership, Subject, Given], Result]]:
    """Wrap a function (actor, subject, …): refuse, or do it whole and record the event with it.

    `of` is the record that is made under the subject: then the event is about what the function returns.
    """

    def decorate(
        function: Callable[Concatenate[Membership, Subject, Given], Result],
    ) -> Callable[Concatenate[Membership, Subject, Given], Result]:
        @wraps(function)
        def permitted(actor: Membership, subject: Subject, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
            if not may_do(actor, subject, needs, of=of):
                raise NotPermitted(event)
            with transaction.atomic():
                begin_event(actor)
                result = function(actor, subject, *args, **kwargs)
                record_event(actor, result if of and isinstance(result, Model) else subject, event)
            return result

        ACTIONS[event] = ActionLine(event, needs, of, f"{function.__module__}.{function.__qualname__}", (function.__doc__ or "").strip())
        permitted.is_action = True  # type: ignore[attr-defined]
        return permitted

    return decorate
