"""Organisations that a school works with: what is known of them grows old, and an old entry must not look like a new one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kring.core.errors import BrokenRule

STAYS_TRUE: Final = timedelta(days=365)


@dataclass(eq=False, kw_only=True)
class OrganisationListedTwice(BrokenRule):
    """There is one entry for each organisation: consent is given to one of them, by name."""

    name: str


def is_outdated(checked_on: date | None, *, on: date) -> bool:
    """Whether nobody looked for a year whether it is still true.

    >>> is_outdated(date(2025, 11, 22), on=date(2026, 11, 22)), is_outdated(date(2025, 11, 21), on=date(2026, 11, 22))
    (False, True)
    >>> is_outdated(None, on=date(2026, 11, 22))
    True
    """
    return checked_on is None or on - checked_on > STAYS_TRUE


def refuse_listed(name: str, others: Collection[str]) -> None:
    """Raises OrganisationListedTwice; capitals and spaces make no other organisation."""
    plain = " ".join(name.casefold().split())
    if plain in {" ".join(other.casefold().split()) for other in others}:
        raise OrganisationListedTwice(name=name)
