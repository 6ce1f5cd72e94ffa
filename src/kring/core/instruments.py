"""Instruments: items, scales and sociogram questions, as frozen values that refuse to be wrong.

An instrument is data. Everything here is checked when it is made, so whoever scores, draws or prints need not check again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from math import isfinite

from kring.core.errors import BrokenRule, CallerMistake
from kring.core.provenance import written


class Level(StrEnum):
    """What a score is about; each level has its own cut-offs, because averages differ less than pupils do."""

    PUPIL = "pupil"
    GROUP = "group"
    SCHOOL = "school"


class Informant(StrEnum):
    """Who fills in the list."""

    TEACHER = "teacher"
    PUPIL = "pupil"
    GUARDIAN = "guardian"


class Family(StrEnum):
    """The part of social and emotional life a scale belongs to; decides its place and colour on the page."""

    EMOTION = "emotion"
    BEHAVIOUR = "behaviour"
    WELLBEING = "wellbeing"
    SOCIAL = "social"
    CLIMATE = "climate"


class CutKind(StrEnum):
    """On which ruler a cut-off lies: points of the scale mean, percentile in the favourable direction, percent of the maximum possible."""

    RAW = "raw"
    PERCENTILE = "percentile"
    POMP = "pomp"


class QuestionKind(StrEnum):
    """What a sociogram question asks: name classmates, rate each, guess who chooses me, or who plays a part."""

    NOMINATE = "nominate"
    RATE = "rate"
    PERCEIVE = "perceive"
    ROLE = "role"


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


def _needs_text(of: str, **texts: str) -> None:
    for name, text in texts.items():
        if not text.strip():
            raise TextMissing(of=of, field=name)


def _needs_sign(of: str, field: str, value: int) -> None:
    if value not in (-1, 1):
        raise NotASign(of=of, field=field, value=value)


def _needs_bounds(of: str, field: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise NumberOutsideBounds(of=of, field=field, value=value, low=low, high=high)


def _needs_once(of: str, kind: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise KeyTwice(of=of, kind=kind, key=key)
        seen.add(key)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: the code that is stored and the words that are read."""

    code: int
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """One statement or question with its possible answers, in the order they are shown."""

    key: str
    text: str
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        _needs_text(self.key, key=self.key, text=self.text, **{f"label of {o.code}": o.label for o in self.options})
        if len(self.options) < 2:
            raise TooFewOptions(item=self.key)
        _needs_once(self.key, "option", (str(option.code) for option in self.options))

    @property
    def codes(self) -> frozenset[int]:
        """Every code that may be stored as an answer."""
        return frozenset(option.code for option in self.options)

    @property
    def low(self) -> int:
        """The lowest code."""
        return min(option.code for option in self.options)

    @property
    def high(self) -> int:
        """The highest code."""
        return max(option.code for option in self.options)


@dataclass(frozen=True, slots=True)
class Cuts:
    """Two cut-offs for a scale on the ruler `kind`, with where they come from.

    With direction +1 a mean below `red` is red and from `green` on it is green; with direction -1 a mean above `red` is red and up to
    `green` it is green (percentiles always go the favourable way). A value equal to a cut-off gets the better colour.
    """

    red: float
    green: float
    source: str
    dated: date
    kind: CutKind = CutKind.RAW

    def __post_init__(self) -> None:
        _needs_text("cuts", source=self.source)
        for name, cut in (("red", self.red), ("green", self.green)):
            if not isfinite(cut):
                raise NumberOutsideBounds(of="cuts", field=name, value=cut, low=float("-inf"), high=float("inf"))


@dataclass(frozen=True, slots=True)
class ScaledItem:
    """An item as a scale counts it: +1 as it is, -1 reversed."""

    item: str
    sign: int

    def __post_init__(self) -> None:
        _needs_sign(self.item, "sign", self.sign)


@dataclass(frozen=True, slots=True)
class Scale:
    """Items that are averaged together, with the cut-offs of each level.

    `direction` is +1 when higher is better and -1 when higher is more problems. `share_needed` is the share of the shown items that
    must be answered for a score. `retest_reliability` was measured on a norm or reference sample; `assumed_reliability` was not measured
    at all, serves only as long as the installation has too few submissions of its own, and is marked so on the page.
    """

    key: str
    title: str
    family: Family
    direction: int
    items: tuple[ScaledItem, ...]
    cuts: Mapping[Level, Cuts] = field(hash=False)
    share_needed: float = 0.75
    assumed_reliability: float | None = None
    meaning: str = ""
    retest_reliability: float | None = None

    def __post_init__(self) -> None:
        _needs_text(self.key, key=self.key, title=self.title)
        _needs_sign(self.key, "direction", self.direction)
        _needs_bounds(self.key, "share_needed", self.share_needed, 0.5, 1.0)
        if not self.items:
            raise ScaleWithoutItems(scale=self.key)
        _needs_once(self.key, "scaled item", (scaled.item for scaled in self.items))
        self._needs_reliabilities()
        self._needs_cuts_in_order()

    def _needs_reliabilities(self) -> None:
        for name in ("assumed_reliability", "retest_reliability"):
            value: float | None = getattr(self, name)
            if value is not None and not 0 < value < 1:
                raise NumberOutsideBounds(of=self.key, field=name, value=value, low=0, high=1)

    def _needs_cuts_in_order(self) -> None:
        for level, cuts in self.cuts.items():
            direction = 1 if cuts.kind is CutKind.PERCENTILE else self.direction
            if not direction * cuts.red < direction * cuts.green:
                raise CutsInWrongOrder(scale=self.key, level=level, red=cuts.red, green=cuts.green, direction=direction)

    def fingerprint(self) -> bytes:
        """Its written form for provenance."""
        return _written_fields(self)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the sociogram. `limit`: the most names, None is no limit; the points of a rating stand with the ratings.

    `polarity`: +1 asks for attraction, -1 for rejection (which a school must have allowed), 0 for neither; naming is never neutral."""

    key: str
    text: str
    kind: QuestionKind
    polarity: int
    limit: int | None

    def __post_init__(self) -> None:
        _needs_text(self.key, key=self.key, text=self.text)
        if self.polarity != 0 or self.kind is QuestionKind.NOMINATE:
            _needs_sign(self.key, "polarity", self.polarity)
        if self.limit is not None:
            _needs_bounds(self.key, "limit", self.limit, 1, float("inf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A list of items or sociogram questions in one version, that one kind of informant fills in.

    `promise` is what the one who answers is told about who will see it. `norm_tier` 0 means: not normed, chosen cut-offs only.
    """

    key: str
    version: int
    title: str
    informant: Informant
    licence: str
    attribution: str
    language: str = "nl"
    year_levels: tuple[int, int] | None = None
    promise: str = ""
    items: tuple[Item, ...] = ()
    scales: tuple[Scale, ...] = ()
    questions: tuple[Question, ...] = ()
    norm_tier: int = 0

    def __post_init__(self) -> None:
        _needs_text(self.key, key=self.key, title=self.title, attribution=self.attribution, language=self.language)
        if not self.licence.strip():
            raise LicenceMissing(instrument=self.key)
        self._needs_numbers()
        if not self.items and not self.questions:
            raise NothingToAsk(instrument=self.key)
        for kind, parts in (("item", self.items), ("scale", self.scales), ("question", self.questions)):
            _needs_once(self.key, kind, (part.key for part in parts))
        for scale in self.scales:
            self._needs_known_items(scale)
            self._needs_cuts_in_range(scale)

    def _needs_numbers(self) -> None:
        _needs_bounds(self.key, "version", self.version, 1, float("inf"))
        _needs_bounds(self.key, "norm_tier", self.norm_tier, 0, 3)
        if self.year_levels is not None:
            first, last = self.year_levels
            _needs_bounds(self.key, "year_levels", first, 1, 14)
            _needs_bounds(self.key, "year_levels", last, first, 14)

    def _needs_known_items(self, scale: Scale) -> None:
        known = {item.key for item in self.items}
        for scaled in scale.items:
            if scaled.item not in known:
                raise ScaleNamesUnknownItem(scale=scale.key, item=scaled.item)

    def _needs_cuts_in_range(self, scale: Scale) -> None:
        for level, cuts in scale.cuts.items():
            low, high = self.range_of(scale) if cuts.kind is CutKind.RAW else (0, 100)
            for cut in (cuts.red, cuts.green):
                if not low <= cut <= high:
                    raise CutOutsideRange(scale=scale.key, level=level, cut=cut, low=low, high=high)

    def range_of(self, scale: Scale) -> tuple[int, int]:
        """The lowest and highest mean of a scale: the codes of its items, or 0 and 1 when their ranges differ (each is then rescaled)."""
        keys = {scaled.item for scaled in scale.items}
        ranges = {(item.low, item.high) for item in self.items if item.key in keys}
        return ranges.pop() if len(ranges) == 1 else (0, 1)

    def scale(self, key: str) -> Scale:
        """The scale with this key. Raises UnknownScale."""
        for scale in self.scales:
            if scale.key == key:
                return scale
        raise UnknownScale(instrument=self.key, scale=key)

    def fingerprint(self) -> bytes:
        """Its written form for provenance."""
        return _written_fields(self)


@lru_cache(maxsize=512)
def _written_fields(of: Scale | Instrument) -> bytes:
    # Kept, because writing out a whole instrument takes longer than scoring a school with it.
    return b"".join(written(getattr(of, each.name)) for each in fields(of))
