"""When somebody has been away for so long that who sits down there next must not go on in that name; and how long a draft waits."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from kring.core.access import Role

AWAY: Final = timedelta(minutes=20)
PUPIL_AWAY: Final = timedelta(minutes=10)
WARNED_BEFORE: Final = timedelta(minutes=2)
NOTED_EVERY: Final = timedelta(seconds=30)
"""Being there is written down no more often than this; so that nobody is cut short, a session lasts this much longer."""
CLOCK_DIFFERS: Final = timedelta(minutes=1)

DRAFT_LASTS: Final = timedelta(days=20)
"""Fourteen school days are at most twenty days on the calendar outside holidays, which Kring does not know yet."""
DRAFT_FADES: Final = timedelta(days=3)


def longest_away(roles: Collection[Role], *, shorter: timedelta | None = None) -> timedelta:
    """How long somebody with these roles may do nothing: pupils, on a device of the class, half as long as others.

    A school may ask for less (`shorter`), never for more.

    >>> longest_away([Role.TEACHER, Role.GUARDIAN]), longest_away([Role.PUPIL]), longest_away([])
    (datetime.timedelta(seconds=1200), datetime.timedelta(seconds=600), datetime.timedelta(seconds=1200))
    """
    own = PUPIL_AWAY if Role.PUPIL in roles else AWAY
    return min(own, shorter) if shorter else own


def is_away(last_seen: datetime, *, at: datetime, longest: timedelta) -> bool:
    """Whether it was too long. Somebody seen in the future was seen by a wrong clock: nobody knows how long ago that was."""
    return not -CLOCK_DIFFERS <= at - last_seen < longest + noted_every(longest)


def is_noted(last_seen: datetime, *, at: datetime, longest: timedelta) -> bool:
    """Whether this moment lies so close to the last that it need not be written down."""
    return timedelta(0) <= at - last_seen < noted_every(longest)


def noted_every(longest: timedelta) -> timedelta:
    """Shorter where the whole time is short."""
    return min(NOTED_EVERY, longest / 4)


def warned_before(longest: timedelta) -> timedelta:
    """How long before the end a page says so."""
    return min(WARNED_BEFORE, longest / 2)
