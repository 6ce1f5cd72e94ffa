"""The parts of a list that is being written. Nothing here refuses anything: see `lacks`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kring.core.instruments import About, AnswerKind, Competence, Family, Informant, Level, Option, ScaledItem, Season


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchedItem:
    """One statement or question. Without answers of its own it has those of the list; a row of numbers has words at its ends."""

    key: str
    text: str = ""
    kind: AnswerKind = AnswerKind.CHOICE
    options: tuple[Option, ...] = ()
    low: int = 0
    high: int = 10
    low_label: str = ""
    high_label: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is answered in one's own words."""
        return self.kind is AnswerKind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchedCuts:
    """Cut-offs by level, red and then green, and where they come from: points of the scale mean."""

    pairs: Mapping[Level, tuple[float, float]]
    source: str
    dated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchedScale:
    """Items that will be averaged together."""

    key: str
    title: str
    family: Family
    direction: int = 1
    items: tuple[ScaledItem, ...] = ()
    competences: tuple[Competence, ...] = ()
    meaning: str = ""
    cuts: SketchedCuts | None = None
    assumed_reliability: float | None = None
    share_needed: float = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A whole list. `rest` are the fields of the file that the editor does not show; they go along unchanged."""

    key: str
    title: str
    version: int = 1
    informant: Informant = Informant.PUPIL
    about: About = About.PUPIL
    anonymous: bool = False
    year_levels: tuple[int, int] | None = None
    minutes: int | None = None
    seasons: tuple[Season, ...] = ()
    whole_school: bool = False
    promise: str = ""
    introduction: str = ""
    licence: str = ""
    licence_source: str = ""
    verified_on: str = ""
    may_redistribute_text: bool = True
    may_translate: bool = True
    attribution: str = ""
    validity_note: str = ""
    pictograms: str = ""
    options: tuple[Option, ...] = ()
    items: tuple[SketchedItem, ...] = ()
    scales: tuple[SketchedScale, ...] = ()
    comparable_reason: str = ""
    rest: Mapping[str, object] = field(default_factory=dict, hash=False)

    def item(self, key: str) -> SketchedItem | None:
        """The item with this key, if there is one."""
        return next((one for one in self.items if one.key == key), None)

    def scale(self, key: str) -> SketchedScale | None:
        """The scale with this key, if there is one."""
        return next((one for one in self.scales if one.key == key), None)

    def scale_of(self, item: str) -> SketchedScale | None:
        """The first scale that counts this item."""
        return next((one for one in self.scales if item in {scaled.item for scaled in one.items}), None)

    def options_of(self, item: SketchedItem) -> tuple[Option, ...]:
        """What one chooses from: the item's own answers, those of the list, or the row of numbers."""
        if item.is_open:
            return ()
        if item.kind is AnswerKind.CHOICE:
            return item.options or self.options
        ends = {item.low: item.low_label, item.high: item.high_label}
        return tuple(Option(code, ends.get(code) or str(code)) for code in range(item.low, item.high + 1))
