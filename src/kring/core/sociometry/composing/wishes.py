"""What a teacher asks of a composition, and what cannot be asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from kring.core.errors import BrokenRule, CallerMistake

PLANS_REMEMBERED = 3

Pair = frozenset[str]


class WishKind(StrEnum):
    """The wishes that are kept whatever it costs."""

    APART = "apart"
    TOGETHER = "together"
    PLACE = "place"
    FRONT = "front"
    SHARE = "share"


@dataclass(eq=False, kw_only=True)
class WishOfUnknownPupil(CallerMistake):
    """A wish names somebody who is not on the list."""

    pupil: str


@dataclass(eq=False, kw_only=True)
class WishOfUnknownPlace(CallerMistake):
    """A wish names a group or seat that there is not."""

    pupil: str
    place: int
    places: int


@dataclass(eq=False, kw_only=True)
class WishDoesNotFit(CallerMistake):
    """Who sits in front is asked of seats, and shares are asked of groups."""

    kind: WishKind


@dataclass(eq=False, kw_only=True)
class NotTwoPupils(CallerMistake):
    """Together and apart are about two different pupils."""

    pupils: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class PlacesDoNotFit(BrokenRule):
    """The groups do not hold everybody exactly, or there are fewer seats than pupils, or one seat twice."""

    pupils: int
    places: int


@dataclass(eq=False, kw_only=True)
class ShareOutOfOrder(CallerMistake):
    """At least and at most are whole numbers from 0, in this order."""

    name: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish by its kind and pupils, or by the name of a share."""

    kind: WishKind
    pupils: tuple[str, ...] = ()
    name: str = ""


@dataclass(eq=False, kw_only=True)
class WishesClash(BrokenRule):
    """No composition keeps these wishes at once; taking away one of them may help."""

    clashing: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """At least `least` and at most `most` of these pupils in every group: a care level, boys and girls, a language.

    Raises ShareOutOfOrder.
    """

    name: str
    pupils: frozenset[str]
    most: int
    least: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise ShareOutOfOrder(name=self.name, least=self.least, most=self.most)


def pairs(given: Iterable[Collection[str]]) -> frozenset[Pair]:
    """Pairs without an order. Raises NotTwoPupils."""
    return frozenset(_pair(pupils) for pupils in given)


def _pair(pupils: Collection[str]) -> Pair:
    if len(pupils) != 2 or len(set(pupils)) != 2:
        raise NotTwoPupils(pupils=tuple(pupils))
    return frozenset(pupils)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Hard: `apart`, `together` (see `pairs`), `at` (pupil → number of the group or seat, from 0), `front` (seats) and `shares` (groups).

    Soft: `rather_apart`. `earlier` are the last plans, oldest first, each as its groups or neighbours; three are remembered.
    Why two pupils are kept apart is no part of this, so that it cannot come out of it. Raises NotTwoPupils.
    """

    apart: frozenset[Pair] = frozenset()
    together: frozenset[Pair] = frozenset()
    rather_apart: frozenset[Pair] = frozenset()
    at: Mapping[str, int] = field(default_factory=dict)
    front: frozenset[str] = frozenset()
    shares: tuple[Share, ...] = ()
    earlier: tuple[frozenset[frozenset[str]], ...] = ()

    def __post_init__(self) -> None:
        for given in (self.apart, self.together, self.rather_apart):
            pairs(given)

    @property
    def met(self) -> frozenset[Pair]:
        """Every pair that was together in one of the remembered plans."""
        remembered = self.earlier[-PLANS_REMEMBERED:]
        return frozenset(frozenset(pair) for plan in remembered for group in plan for pair in combinations(sorted(group), 2))

    def refuse_unknown(self, pupils: Collection[str], places: int) -> None:
        """Raise WishOfUnknownPupil or WishOfUnknownPlace; pupils of earlier plans may have left."""
        for pupil in sorted(set(self._named()) - set(pupils)):
            raise WishOfUnknownPupil(pupil=pupil)
        for pupil, place in sorted(self.at.items()):
            if not 0 <= place < places:
                raise WishOfUnknownPlace(pupil=pupil, place=place, places=places)

    def _named(self) -> Iterator[str]:
        for pair in self.apart | self.together | self.rather_apart:
            yield from pair
        for share in self.shares:
            yield from share.pupils
        yield from self.at
        yield from self.front
