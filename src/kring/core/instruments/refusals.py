"""What an instrument refuses to be; every refusal names the part that it is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from kring.core.errors import BrokenRule, CallerMistake
from kring.core.instruments.words import Level


@dataclass(eq=False, kw_only=True)
class TextMissing(BrokenRule):
    """A key, title, text, label, source or attribution is empty."""

    of: str
    field: str


@dataclass(eq=False, kw_only=True)
class LicenceMissing(BrokenRule):
    """Nobody may use a list whose licence is not stated."""

    instrument: str


@dataclass(eq=False, kw_only=True)
class KeyTwice(BrokenRule):
    """Two items, scales, questions, options or scaled items answer to the same key."""

    of: str
    kind: str
    key: str


@dataclass(eq=False, kw_only=True)
class TooFewOptions(BrokenRule):
    """An item needs at least two answers to choose from."""

    item: str


@dataclass(eq=False, kw_only=True)
class NumberOutsideBounds(BrokenRule):
    """A number lies outside what it may be."""

    of: str
    field: str
    value: float
    low: float
    high: float


@dataclass(eq=False, kw_only=True)
class NotASign(BrokenRule):
    """A sign, direction or polarity is +1 or -1 and nothing else."""

    of: str
    field: str
    value: int


@dataclass(eq=False, kw_only=True)
class ScaleWithoutItems(BrokenRule):
    """A scale without items cannot be scored."""

    scale: str


@dataclass(eq=False, kw_only=True)
class ScaleNamesUnknownItem(BrokenRule):
    """A scale counts an item that the instrument does not have."""

    scale: str
    item: str


@dataclass(eq=False, kw_only=True)
class CutsInWrongOrder(BrokenRule):
    """The red cut-off lies on the unfavourable side of the green one."""

    scale: str
    level: Level
    red: float
    green: float
    direction: int


@dataclass(eq=False, kw_only=True)
class CutOutsideRange(BrokenRule):
    """A cut-off lies where no score can be."""

    scale: str
    level: Level
    cut: float
    low: int
    high: int


@dataclass(eq=False, kw_only=True)
class NothingToAsk(BrokenRule):
    """An instrument without items and without questions asks nothing."""

    instrument: str


@dataclass(eq=False, kw_only=True)
class UnknownScale(CallerMistake):
    """The instrument has no scale with this key."""

    instrument: str
    scale: str


@dataclass(eq=False, kw_only=True)
class AnswersMissing(BrokenRule):
    """Only an open question has no answers to choose from, and it has none."""

    item: str


@dataclass(eq=False, kw_only=True)
class NumbersNotInARow(BrokenRule):
    """A row of numbers runs from its lowest to its highest, one by one, and is not endless; only its ends have words."""

    item: str


@dataclass(eq=False, kw_only=True)
class ComparedWithItself(BrokenRule):
    """A version is comparable with an earlier one, never with itself or one that is still to come."""

    instrument: str
    version: int
    earlier: int


@dataclass(eq=False, kw_only=True)
class ComparesUnknownScale(BrokenRule):
    """A list says that a scale may be compared that it does not have."""

    instrument: str
    scale: str


@dataclass(eq=False, kw_only=True)
class ScaleCountsOpenItem(BrokenRule):
    """What somebody writes in their own words is never a score."""

    scale: str
    item: str


@dataclass(eq=False, kw_only=True)
class ItemInTwoScales(BrokenRule):
    """An item counts in one scale; else two scales go up and down together by how they were made."""

    item: str
    scale: str
    other: str


@dataclass(eq=False, kw_only=True)
class NobodyItIsAbout(BrokenRule):
    """Who fills in a list does not go with whom it is about: staff tell about a group or the school, the others about a pupil."""

    instrument: str
    informant: str
    about: str


@dataclass(eq=False, kw_only=True)
class NotWithoutNames(BrokenRule):
    """Guardians and teachers tell about one child, so their list is kept with its name: it may not promise that it is not."""

    instrument: str
    informant: str


def needs_text(of: str, **texts: str) -> None:
    """Raises TextMissing for the first that is empty."""
    for name, text in texts.items():
        if not text.strip():
            raise TextMissing(of=of, field=name)


def needs_sign(of: str, field: str, value: int) -> None:
    """Raises NotASign."""
    if value not in (-1, 1):
        raise NotASign(of=of, field=field, value=value)


def needs_bounds(of: str, field: str, value: float, low: float, high: float) -> None:
    """Raises NumberOutsideBounds."""
    if not low <= value <= high:
        raise NumberOutsideBounds(of=of, field=field, value=value, low=low, high=high)


def needs_once(of: str, kind: str, keys: Iterable[str]) -> None:
    """Raises KeyTwice for the first that comes twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise KeyTwice(of=of, kind=kind, key=key)
        seen.add(key)
