"""Walk-in hours of people from outside: published for pupils, and never who came (R103)."""

from dataclasses import dataclass
from datetime import time

from kring.core.errors import BrokenRule


@dataclass(eq=False, kw_only=True)
class HourEndsBeforeStart(BrokenRule):
    """A walk-in hour ends after it starts, on the same day."""


def check_hour(starts_at: time, ends_at: time) -> None:
    """Raises HourEndsBeforeStart."""
    if ends_at <= starts_at:
        raise HourEndsBeforeStart
