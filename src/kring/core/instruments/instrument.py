"""A whole list in one version."""

from dataclasses import dataclass
from typing import Final

from kring.core.instruments.items import Item
from kring.core.instruments.questions import Question
from kring.core.instruments.refusals import (
    ComparedWithItself,
    ComparesUnknownScale,
    CutOutsideRange,
    ItemInTwoScales,
    LicenceMissing,
    NobodyItIsAbout,
    NothingToAsk,
    NotWithoutNames,
    ScaleCountsOpenItem,
    ScaleNamesUnknownItem,
    UnknownScale,
    needs_bounds,
    needs_once,
    needs_text,
)
from kring.core.instruments.scales import Scale
from kring.core.instruments.words import About, CutKind, Informant, NoAnswer, Season
from kring.core.instruments.written import written_fields


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a list is asked in a school year: once in each season. `whole_school`: then of everybody for whom it is made."""

    seasons: tuple[Season, ...]
    whole_school: bool = False

    def __post_init__(self) -> None:
        needs_bounds("rhythm", "seasons", len(self.seasons), 1, len(Season))
        needs_once("rhythm", "season", self.seasons)

    @property
    def times_a_year(self) -> int:
        """At most this often in one school year without a reason."""
        return len(self.seasons)


@dataclass(frozen=True, slots=True)
class Comparable:
    """An earlier version with which a trend may go on for these scales, and why nobody can tell the difference when answering."""

    version: int
    scales: tuple[str, ...]
    reason: str

    def __post_init__(self) -> None:
        needs_bounds("comparable_with", "version", self.version, 1, float("inf"))
        needs_text("comparable_with", reason=self.reason)
        needs_bounds("comparable_with", "scales", len(self.scales), 1, float("inf"))
        needs_once("comparable_with", "scale", self.scales)


WITHOUT_NAMES: Final = frozenset({Informant.PUPIL, Informant.STAFF})
"""Who may be asked without a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A list of items or sociogram questions in one version, that one kind of informant fills in.

    `promise` is what the one who answers is told about who will see it. `norm_tier` 0 means: not normed, chosen cut-offs only.
    `year_levels` count the years of school: groep 1 to 8 are 1 to 8, the first year of secondary school is 9.
    `minutes`: what it takes one person to fill in one list once (a teacher: about one pupil), as an estimate. `anonymous`: nobody can
    tell whose answers they are. `introduction` is read before the first question, `reasons` may be said instead of an answer.
    `pictograms` is the set that the pictures of the options stand in.
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
    about: About = About.PUPIL
    anonymous: bool = False
    minutes: int | None = None
    rhythm: Rhythm | None = None
    introduction: str = ""
    reasons: tuple[NoAnswer, ...] = ()
    comparable_with: Comparable | None = None
    pictograms: str = ""

    def __post_init__(self) -> None:
        needs_text(self.key, key=self.key, title=self.title, attribution=self.attribution, language=self.language)
        if not self.licence.strip():
            raise LicenceMissing(instrument=self.key)
        self._needs_numbers()
        if (self.about is About.PUPIL) is (self.informant is Informant.STAFF):
            raise NobodyItIsAbout(instrument=self.key, informant=self.informant, about=self.about)
        if self.anonymous and self.informant not in WITHOUT_NAMES:
            raise NotWithoutNames(instrument=self.key, informant=self.informant)
        if not self.items and not self.questions:
            raise NothingToAsk(instrument=self.key)
        for kind, parts in (("item", self.items), ("scale", self.scales), ("question", self.questions)):
            needs_once(self.key, kind, (part.key for part in parts))
        needs_once(self.key, "reason", self.reasons)
        self._needs_earlier_version()
        for scale in self.scales:
            self._needs_scorable_items(scale)
            self._needs_cuts_in_range(scale)

    def _needs_numbers(self) -> None:
        needs_bounds(self.key, "version", self.version, 1, float("inf"))
        needs_bounds(self.key, "norm_tier", self.norm_tier, 0, 3)
        if self.year_levels is not None:
            first, last = self.year_levels
            needs_bounds(self.key, "year_levels", first, 1, 14)
            needs_bounds(self.key, "year_levels", last, first, 14)
        if self.minutes is not None:
            needs_bounds(self.key, "minutes", self.minutes, 1, 120)

    def _needs_earlier_version(self) -> None:
        same = self.comparable_with
        if same is not None and same.version >= self.version:
            raise ComparedWithItself(instrument=self.key, version=self.version, earlier=same.version)
        known = {scale.key for scale in self.scales}
        for key in same.scales if same is not None else ():
            if key not in known:
                raise ComparesUnknownScale(instrument=self.key, scale=key)

    def _needs_scorable_items(self, scale: Scale) -> None:
        known = {item.key: item for item in self.items}
        for scaled in scale.items:
            if scaled.item not in known:
                raise ScaleNamesUnknownItem(scale=scale.key, item=scaled.item)
            if known[scaled.item].is_open:
                raise ScaleCountsOpenItem(scale=scale.key, item=scaled.item)

    def _needs_cuts_in_range(self, scale: Scale) -> None:
        for level, cuts in scale.cuts.items():
            low, high = self.range_of(scale) if cuts.kind is CutKind.RAW else (0, 100)
            for cut in (cuts.red, cuts.green):
                if not low <= cut <= high:
                    raise CutOutsideRange(scale=scale.key, level=level, cut=cut, low=low, high=high)

    @property
    def coded(self) -> tuple[Item, ...]:
        """The items that are answered with a code, in order: the columns of `Answers`."""
        return tuple(item for item in self.items if not item.is_open)

    @property
    def length(self) -> int:
        """How many items and questions somebody is asked."""
        return len(self.items) + len(self.questions)

    @property
    def asks_whom_one_chooses(self) -> bool:
        """Whether somebody can be chosen often: not so where one only gives points, names a part in the group, or tells about bullying."""
        return any(question.polarity > 0 for question in self.questions)

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

    def check_scales_apart(self) -> None:
        """Refuse an item that counts in two scales: a total may do that, a new list may not. Raises ItemInTwoScales."""
        counted: dict[str, str] = {}
        for scale in self.scales:
            for scaled in scale.items:
                if counted.setdefault(scaled.item, scale.key) != scale.key:
                    raise ItemInTwoScales(item=scaled.item, scale=counted[scaled.item], other=scale.key)

    def fingerprint(self) -> bytes:
        """Its written form for provenance."""
        return written_fields(self)
