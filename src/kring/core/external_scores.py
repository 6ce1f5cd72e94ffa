"""Rules of scores that another system worked out: which are taken in, which never, and what a file would change.

Such a score stays what the other system made of it: no colour, no mean and no line with a list of our own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from kring.core.errors import BrokenRule
from kring.core.instruments import NotASign

LONGEST_NAME = 80
MOST_SCORE = 1e9
OF_THE_BODY = re.compile(
    r"\b(bmi|gewicht|overgewicht|ondergewicht|lengte|lichaamslengte|groei\w*|gehoor\w*|oor|oren|oog|ogen|visus|gezichtsvermogen"
    r"|medicatie|medicijn\w*|medisch\w*|diagnos\w*|dsm\w*|icd\w*|adhd|add|ass|autis\w*|pddnos|epilep\w*|allergie\w*|astma|diabetes"
    r"|vaccin\w*|inenting\w*|bloed\w*|ziekte\w*|handicap\w*|huisarts|ggz|jgz|ggd|schoolarts|jeugdarts|jeugdverpleegkundige)\b"
)
"""Words of health care. What is said of the body or the health of one pupil has no place in Kring; nor has a diagnosis."""
OF_YOUTH_HEALTH = re.compile(
    r"\b(jgz|ggd|jeugdgezondheid\w*|gezondheidsmonitor|jeugdmonitor|schoolarts|jeugdarts|kivpa|contactmoment\w*)\b"
)
OF_AN_ITEM = re.compile(r"(vraag|item|stelling|antwoord|q|v|i)\s{0,3}\d{1,3}[a-z]?|(opmerking|toelichting|commentaar|antwoord|notitie)\w*")
A_NUMBER = re.compile(r"[-+]?\d{1,9}(?:[.,]\d{1,12})?")
Key = TypeVar("Key")


@dataclass(eq=False, kw_only=True)
class HealthOfOnePupil(BrokenRule):
    """The health of one pupil belongs with youth health care; a school may only see what it says of a group."""

    name: str


@dataclass(eq=False, kw_only=True)
class AnswersNotScores(BrokenRule):
    """Single questions and texts of another system are not taken in: they belong to who made them, and to who answered."""

    name: str


@dataclass(eq=False, kw_only=True)
class RangeTurnedRound(BrokenRule):
    """The lowest score lies below the highest."""

    low: float
    high: float


@dataclass(eq=False, kw_only=True)
class ScaleNamedBefore(BrokenRule):
    """A system has one scale of this name."""

    name: str
    title: str


@dataclass(eq=False, kw_only=True)
class ScaleInUse(BrokenRule):
    """What scores hang on stays as it is: another range would change what they mean."""

    name: str


@dataclass(eq=False, kw_only=True)
class MeasuredInFuture(BrokenRule):
    """Nothing was measured on a day that has yet to come."""

    measured_on: date


@dataclass(eq=False, kw_only=True)
class NothingNew(BrokenRule):
    """Every score of the file stands there already: taking it over would change nothing."""


@dataclass(eq=False, kw_only=True)
class OtherThanShown(BrokenRule):
    """Somebody else brought scores since this was shown."""


@dataclass(eq=False, kw_only=True)
class NotTakenOver(BrokenRule):
    """Only what was taken over can be taken back."""


@dataclass(eq=False, kw_only=True)
class TakenBackAlready(BrokenRule):
    """A file is taken back once."""


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """A scale of another system. `direction` 1 higher is more favourable, -1 higher is more trouble, 0 it does not say.

    `columns` are further names by which a file may call it. Raises HealthOfOnePupil, AnswersNotScores, RangeTurnedRound, NotASign.
    """

    name: str
    low: float
    high: float
    direction: int
    columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse_health(self.name)
        if is_of_an_item(self.name):
            raise AnswersNotScores(name=self.name)
        if not -MOST_SCORE <= self.low < self.high <= MOST_SCORE:
            raise RangeTurnedRound(low=self.low, high=self.high)
        if self.direction not in (-1, 0, 1):
            raise NotASign(of="scale", field="direction", value=self.direction)

    @property
    def names(self) -> frozenset[str]:
        """Everything by which a file may call it, as it is looked up."""
        return frozenset(plain(name) for name in (self.name, *self.columns))

    def holds(self, value: float) -> bool:
        """Whether a score can be this."""
        return self.low <= value <= self.high


def plain(name: str) -> str:
    """A name as it is looked up: small letters, no marks.

    >>> plain("Sociaal_emotioneel (SEO)")
    'sociaal emotioneel seo'
    """
    return " ".join(re.sub(r"[^\w]|_", " ", name.casefold()).split())


def is_health(name: str) -> bool:
    """Whether a name speaks of the health of one pupil.

    >>> is_health("Gehoor links"), is_health("BMI"), is_health("Welbevinden"), is_health("Lichamelijk welbevinden")
    (True, True, False, False)
    """
    return OF_THE_BODY.search(plain(name)) is not None


def refuse_health(name: str) -> None:
    """Raises HealthOfOnePupil."""
    if is_health(name):
        raise HealthOfOnePupil(name=name)


def refuse_youth_health(system: str) -> None:
    """A list of youth health care gives no results per pupil. Raises HealthOfOnePupil."""
    if OF_YOUTH_HEALTH.search(plain(system)) or is_health(system):
        raise HealthOfOnePupil(name=system)


def is_of_an_item(name: str) -> bool:
    """Whether a name is of one question, or of a text.

    >>> is_of_an_item("Vraag 12"), is_of_an_item("q3b"), is_of_an_item("Opmerkingen"), is_of_an_item("Inzet")
    (True, True, True, False)
    """
    return OF_AN_ITEM.fullmatch(plain(name)) is not None


def score_of(text: str) -> float | None:
    """A number as it is written here or elsewhere; None for what is no whole number or decimal fraction.

    >>> score_of("3,5"), score_of("3.5"), score_of("3½"), score_of("3,"), score_of("1.000,5")
    (3.5, 3.5, None, None, None)
    """
    return float(text.replace(",", ".")) if text.isascii() and A_NUMBER.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Difference(Generic[Key]):
    """What a file would change. `changed` holds what stands there now and what would."""

    new: Mapping[Key, float]
    changed: Mapping[Key, tuple[float, float]]
    same: Mapping[Key, float]

    @property
    def is_nothing(self) -> bool:
        """Whether all of it stands there already."""
        return not self.new and not self.changed


def difference(stands: Mapping[Key, float], brought: Mapping[Key, float]) -> Difference[Key]:
    """Lay what was brought beside what stands there. What a file does not name stays.

    >>> found = difference({"a": 1.0, "b": 2.0}, {"a": 1.0, "b": 3.0, "c": 4.0})
    >>> found.new, found.changed, found.same
    ({'c': 4.0}, {'b': (2.0, 3.0)}, {'a': 1.0})
    """
    return Difference(
        new={key: value for key, value in brought.items() if key not in stands},
        changed={key: (stands[key], value) for key, value in brought.items() if key in stands and stands[key] != value},
        same={key: value for key, value in brought.items() if stands.get(key) == value},
    )


def refuse_nothing(found: Difference[Key]) -> None:
    """Raises NothingNew."""
    if found.is_nothing:
        raise NothingNew


def refuse_future(measured_on: date, *, today: date) -> None:
    """Raises MeasuredInFuture."""
    if measured_on > today:
        raise MeasuredInFuture(measured_on=measured_on)


def refuse_in_use(name: str, *, scores: int) -> None:
    """Raises ScaleInUse."""
    if scores:
        raise ScaleInUse(name=name)


def refuse_taking_back(*, is_applied: bool, is_taken_back: bool) -> None:
    """Raises NotTakenOver, TakenBackAlready."""
    if is_taken_back:
        raise TakenBackAlready
    if not is_applied:
        raise NotTakenOver
