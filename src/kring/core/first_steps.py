"""What comes before a plan of a pupil: three steps of ordinary contact, said once, and at least a night after what was seen.

Source: R098 of the project's list of what schools ask (get to know the pupil, informal contact, find out what is going on). A design of
ours: who does not take the steps, or cannot wait a night, says why.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kring.core.errors import BrokenRule
from kring.core.plans import SHORTEST_REASON, is_reason
from kring.core.signals import may_begin_plan


@dataclass(eq=False, kw_only=True)
class FirstStepsMissing(BrokenRule):
    """Nobody makes a plan for a pupil before getting to know it a little, or they say why."""

    least: int = SHORTEST_REASON


@dataclass(eq=False, kw_only=True)
class PlanRightAfterSignal(BrokenRule):
    """What was seen today for the first time gets a night's rest before it becomes a plan, or somebody says why not."""

    least: int = SHORTEST_REASON


def refuse_unready(steps: Collection[str], because: str = "", *, seen_since: date | None, on: date) -> None:
    """`steps` were taken before or now; `seen_since` is the first day on which anything of the pupil was written down, none for nothing.

    Raises FirstStepsMissing, PlanRightAfterSignal.

    >>> refuse_unready(["knows", "contact", "found-out"], seen_since=date(2026, 3, 2), on=date(2026, 3, 3))
    """
    if is_reason(because):
        return
    if not may_begin_plan(steps):
        raise FirstStepsMissing
    if seen_since is not None and seen_since >= on:
        raise PlanRightAfterSignal
