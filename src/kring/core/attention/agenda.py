"""Whom to talk about: a fixed share of attention for each channel, so that quiet pupils are not crowded out by noisy ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from kring.core.attention.points import Level, PupilPoints
from kring.core.attention.table import Channel
from kring.core.errors import CallerMistake
from kring.core.intervals import Interval
from kring.core.provenance import Result, method
from kring.core.shares import wilson_interval

__all__ = [
    "Agenda",
    "AgendaPupil",
    "AttentionShare",
    "Balance",
    "ImpossibleStanding",
    "PupilTwice",
    "Reason",
    "Standing",
    "agenda",
    "attention_share",
]

SHARE = 10  # hundredths of the class, per channel
LEAST_POINTS = 2
REVIEWS_WITHOUT = 2
TARGET = (40, 60)  # hundredths of those discussed
LEAST_DISCUSSED = 20  # pupils; below this no percentage
LEVEL = 0.95


class Reason(StrEnum):
    """Why a pupil is on the agenda."""

    PRIORITY = "priority"
    TOP = "top"
    UNDISCUSSED = "undiscussed"


@dataclass(eq=False, kw_only=True)
class PupilTwice(CallerMistake):
    """A pupil stands once in the class."""

    pupil: str


@dataclass(eq=False, kw_only=True)
class ImpossibleStanding(CallerMistake):
    """Points and reviews are not negative."""

    pupil: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a pupil stands: points and level per channel (left out: unknown), when last discussed (None: never).

    reviews_missed: group reviews since then, or since the pupil came into the class.
    """

    pupil: str
    internalising: int | None = None
    externalising: int | None = None
    internalising_level: Level = Level.NONE
    externalising_level: Level = Level.NONE
    last_discussed: date | None = None
    reviews_missed: int = 0

    def __post_init__(self) -> None:
        if min(self.internalising or 0, self.externalising or 0, self.reviews_missed) < 0:
            raise ImpossibleStanding(pupil=self.pupil)

    @classmethod
    def of(cls, pupil: str, found: PupilPoints, *, last_discussed: date | None = None, reviews_missed: int = 0) -> "Standing":
        """Take points and levels from what pupil_points found, so that no level is forgotten."""
        inward, outward = found.internalising, found.externalising
        levels = inward.level or Level.NONE, outward.level or Level.NONE
        return cls(pupil, inward.points, outward.points, *levels, last_discussed, reviews_missed)

    def points(self, channel: Channel) -> int | None:
        """The points in one channel."""
        return self.internalising if channel is Channel.INTERNALISING else self.externalising

    def level(self, channel: Channel) -> Level:
        """The level in one channel."""
        return self.internalising_level if channel is Channel.INTERNALISING else self.externalising_level


@dataclass(frozen=True, slots=True)
class AgendaPupil:
    """A pupil on one of the lists, and why."""

    pupil: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Agenda(Result):
    """The two lists, each from its own channel alone, and those who were not discussed for two reviews (longest first).

    internalising_order and externalising_order: the whole class per channel for the page, unknown points last; places: how many each
    channel gets; pupils: everybody on any list, once, by id. n: pupils; n_valid: pupils whose points are known in both channels.
    """

    internalising: tuple[AgendaPupil, ...]
    externalising: tuple[AgendaPupil, ...]
    undiscussed: tuple[AgendaPupil, ...]
    internalising_order: tuple[str, ...]
    externalising_order: tuple[str, ...]
    pupils: tuple[str, ...]
    places: int
    n: int
    n_valid: int


@method("agenda", 1, rows=("pupils",))
def agenda(pupils: Sequence[Standing]) -> Agenda:
    """Put on the agenda: per channel the first max(1, ⌈.10·n⌉) with at least 2 points and everybody with priority.

    Besides, everybody who was not discussed for two reviews. Sorted by points, then by longest not discussed, then by id. A design of
    this project, so that neither channel can take the places of the other. Raises PupilTwice.

    >>> from kring.core.attention import Level
    >>> loud, quiet = Standing("a", externalising=7, externalising_level=Level.PRIORITY), Standing("b", internalising=3, externalising=1)
    >>> found = agenda([loud, quiet])
    >>> [each.pupil for each in found.internalising], [each.pupil for each in found.externalising], found.places
    (['b'], ['a'], 1)
    """
    names = [each.pupil for each in pupils]
    for name in names:
        if names.count(name) > 1:
            raise PupilTwice(pupil=name)
    places = max(1, -(-SHARE * len(pupils) // 100)) if pupils else 0
    orders = {channel: sorted(pupils, key=partial(_order, channel)) for channel in Channel}
    lists = {channel: _listed(order, channel, places) for channel, order in orders.items()}
    waiting = [each for each in pupils if each.reviews_missed >= REVIEWS_WITHOUT]
    undiscussed = tuple(AgendaPupil(each.pupil, Reason.UNDISCUSSED) for each in sorted(waiting, key=_waiting))
    return Agenda(
        internalising=lists[Channel.INTERNALISING],
        externalising=lists[Channel.EXTERNALISING],
        undiscussed=undiscussed,
        internalising_order=tuple(each.pupil for each in orders[Channel.INTERNALISING]),
        externalising_order=tuple(each.pupil for each in orders[Channel.EXTERNALISING]),
        pupils=tuple(sorted({each.pupil for listed in (*lists.values(), undiscussed) for each in listed})),
        places=places,
        n=len(pupils),
        n_valid=sum(each.internalising is not None and each.externalising is not None for each in pupils),
    )


def _order(channel: Channel, each: Standing) -> tuple[int, date, str]:
    points = each.points(channel)
    return -(-1 if points is None else points), each.last_discussed or date.min, each.pupil


def _waiting(each: Standing) -> tuple[date, int, str]:
    return each.last_discussed or date.min, -each.reviews_missed, each.pupil


def _listed(order: Sequence[Standing], channel: Channel, places: int) -> tuple[AgendaPupil, ...]:
    """Those with priority, and of the first places those with enough points, in their order."""
    listed = []
    for place, each in enumerate(order):
        if each.level(channel) is Level.PRIORITY:
            listed.append(AgendaPupil(each.pupil, Reason.PRIORITY))
        elif place < places and (each.points(channel) or 0) >= LEAST_POINTS:
            listed.append(AgendaPupil(each.pupil, Reason.TOP))
    return tuple(listed)


class Balance(StrEnum):
    """The share of attention for internalising pupils against 40 to 60 percent; UNKNOWN below 20 discussed."""

    UNKNOWN = "unknown"
    TOO_LOW = "too-low"
    WITHIN = "within"
    TOO_HIGH = "too-high"


@dataclass(frozen=True, slots=True)
class AttentionShare(Result):
    """Of the times that a pupil was discussed for a channel, how many for the internalising one.

    n: pupils discussed; n_valid: pupils discussed for a channel; share and interval (Wilson 95 %) are None below 20 of these.
    """

    internalising: int
    externalising: int
    share: float | None
    interval: Interval | None
    balance: Balance
    n: int
    n_valid: int


@method("attention-share", 1, rows=("discussed",))
def attention_share(discussed: Sequence[frozenset[Channel]]) -> AttentionShare:
    """Share of internalising pupils among those discussed in half a year, one set of channels per pupil discussed.

    A pupil discussed for both channels counts once for each, one for neither (undiscussed until now) for none. Interval: Wilson 1927.

    >>> from kring.core.attention import Channel
    >>> inward, outward = frozenset({Channel.INTERNALISING}), frozenset({Channel.EXTERNALISING})
    >>> found = attention_share([inward] * 6 + [outward] * 18)
    >>> found.share, found.balance.value
    (0.25, 'too-low')
    """
    inward, outward = (sum(channel in each for each in discussed) for channel in (Channel.INTERNALISING, Channel.EXTERNALISING))
    times, pupils = inward + outward, sum(not each.isdisjoint(Channel) for each in discussed)
    said = pupils >= LEAST_DISCUSSED
    balance = Balance.UNKNOWN
    if said:
        low, high = TARGET
        balance = Balance.TOO_LOW if 100 * inward < low * times else Balance.TOO_HIGH if 100 * inward > high * times else Balance.WITHIN
    return AttentionShare(
        internalising=inward,
        externalising=outward,
        share=inward / times if said else None,
        interval=wilson_interval(inward, times, LEVEL) if said else None,
        balance=balance,
        n=len(discussed),
        n_valid=pupils,
    )
