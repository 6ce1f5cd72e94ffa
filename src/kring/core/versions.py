"""A text that more than one person may change."""

from dataclasses import dataclass

from kring.core.errors import BrokenRule


@dataclass(eq=False, kw_only=True)
class ChangedMeanwhile(BrokenRule):
    """Somebody else wrote while this one was typing: neither text may get lost."""


def check_version(read: int, *, now: int) -> int:
    """The next version, when the one that was read is still the newest. Raises ChangedMeanwhile.

    >>> check_version(3, now=3)
    4
    """
    if read != now:
        raise ChangedMeanwhile
    return now + 1
