"""Support that was granted for a while: what one grant must say, whether it still runs, and what a school year adds up to.

Source: own rules of Kring (no norm exists for these sums). Hours are clock hours, money is euros.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule

WARNED: Final = timedelta(days=21)
LONGEST: Final = timedelta(days=4 * 366)
MOST_HOURS, MOST_EUROS = Decimal(10_000), Decimal(1_000_000)
MOST_PLACES: Final = 500
TENTH, CENT = Decimal("0.1"), Decimal("0.01")
NOTHING: Final = Decimal(0)


class GrantKind(StrEnum):
    """Where it comes from."""

    PARTNERSHIP = "partnership"  # of the partnership of schools
    CITY = "city"  # of the municipality or region
    ABOVE_SCHOOL = "above_school"  # of the board
    FACILITY = "facility"  # a special facility
    LOCAL = "local"  # by a local table of support, as some regions have
    OTHER = "other"


class Cluster(StrEnum):
    """What a school is specially good at (R158)."""

    TRAUMA = "trauma"
    INTERNALISING = "internalising"
    EXTERNALISING = "externalising"
    AUTISM = "autism"
    GIFTED = "gifted"
    LANGUAGE = "language"
    ATTENDANCE = "attendance"
    QUIET_ROOM = "quiet_room"
    OTHER = "other"


class Status(StrEnum):
    """How a grant stands on a day."""

    COMING = "coming"
    RUNNING = "running"
    EXPIRED = "expired"


@dataclass(eq=False, kw_only=True)
class GrantWithoutAmount(BrokenRule):
    """Hours, euros, or both."""


@dataclass(eq=False, kw_only=True)
class GrantAmountUnlikely(BrokenRule):
    """More than nothing, and no more than a school ever gets for one pupil."""


@dataclass(eq=False, kw_only=True)
class GrantPeriodWrong(BrokenRule):
    """It ends after it starts, within four years."""


@dataclass(eq=False, kw_only=True)
class GrantWithoutGoals(BrokenRule):
    """It says what it is for."""


@dataclass(eq=False, kw_only=True)
class GrantResultMissing(BrokenRule):
    """What came of it is said in a sentence."""


@dataclass(eq=False, kw_only=True)
class OfferWithoutPlaces(BrokenRule):
    """Who offers help says to how many."""

    most: int = MOST_PLACES


@dataclass(eq=False, kw_only=True)
class OfferWithoutEnd(BrokenRule):
    """An offer holds until a day to come; then somebody looks whether it is still true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What was granted; both days count."""

    starts_on: date
    ends_on: date
    hours: Decimal | None = None
    euros: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What some grants add up to."""

    grants: int
    hours: Decimal
    euros: Decimal


def check_grant(grant: Grant, goals: str) -> str:
    """The goals without spaces round them. Raises GrantWithoutAmount, GrantAmountUnlikely, GrantPeriodWrong, GrantWithoutGoals."""
    if grant.hours is None and grant.euros is None:
        raise GrantWithoutAmount
    for amount, most in ((grant.hours, MOST_HOURS), (grant.euros, MOST_EUROS)):
        if amount is not None and not NOTHING < amount <= most:
            raise GrantAmountUnlikely
    if not grant.starts_on <= grant.ends_on <= grant.starts_on + LONGEST:
        raise GrantPeriodWrong
    if not goals.strip():
        raise GrantWithoutGoals
    return goals.strip()


def check_result(text: str) -> str:
    """The sentence without spaces round it. Raises GrantResultMissing."""
    if len(text.split()) < 3:  # noqa: PLR2004 (fewer words say nothing)
        raise GrantResultMissing
    return text.strip()


def check_offer(places: int | None, until: date | None, *, today: date) -> None:
    """Raises OfferWithoutPlaces, OfferWithoutEnd."""
    if places is None or not 0 < places <= MOST_PLACES:
        raise OfferWithoutPlaces
    if until is None or until <= today:
        raise OfferWithoutEnd


def status(grant: Grant, *, on: date) -> Status:
    """How it stands on this day.

    >>> status(Grant(starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 31)), on=date(2027, 1, 1))
    <Status.EXPIRED: 'expired'>
    """
    if on < grant.starts_on:
        return Status.COMING
    return Status.EXPIRED if on > grant.ends_on else Status.RUNNING


def result_is_due(grant: Grant, result: str, *, on: date) -> bool:
    """From three weeks before the end somebody says what came of it."""
    return not result.strip() and on >= grant.ends_on - WARNED


def share_within(grant: Grant, first: date, last: date) -> Decimal:
    """Which part of its days lies in a period, both days counted: 0 to 1.

    >>> share_within(Grant(starts_on=date(2027, 7, 22), ends_on=date(2027, 8, 10)), date(2027, 8, 1), date(2028, 7, 31))
    Decimal('0.5')
    """
    days = (min(grant.ends_on, last) - max(grant.starts_on, first)).days + 1
    return Decimal(max(days, 0)) / Decimal((grant.ends_on - grant.starts_on).days + 1)


def sums_within(grants: Iterable[Grant], first: date, last: date) -> Sums:
    """Of a school year: a grant over two years counts in each for the part of its days that lies there."""
    parts: Sequence[tuple[Grant, Decimal]] = [(one, share_within(one, first, last)) for one in grants]
    inside = [(one, part) for one, part in parts if part]
    hours = sum(((one.hours or NOTHING) * part for one, part in inside), NOTHING)
    euros = sum(((one.euros or NOTHING) * part for one, part in inside), NOTHING)
    return Sums(grants=len(inside), hours=hours.quantize(TENTH, ROUND_HALF_UP), euros=euros.quantize(CENT, ROUND_HALF_UP))


def running_sums(grants: Iterable[Grant], *, on: date) -> Sums:
    """Of what runs on this day; what is over is not counted, and what is to come not yet."""
    now = [one for one in grants if status(one, on=on) is Status.RUNNING]
    hours, euros = sum((one.hours or NOTHING for one in now), NOTHING), sum((one.euros or NOTHING for one in now), NOTHING)
    return Sums(grants=len(now), hours=hours.quantize(TENTH, ROUND_HALF_UP), euros=euros.quantize(CENT, ROUND_HALF_UP))
