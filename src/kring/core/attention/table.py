"""The table of points: what each kind of finding counts for, as data that a school can change, with a version.

Points are a way to order attention, never a diagnosis: every point stays visible with the finding that gave it.
"""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from math import isfinite

from kring.core.errors import CallerMistake
from kring.core.provenance import written

MOST_POINTS = 3  # of one source in one channel
LEAST_SOURCES = 2  # for more than "follow": no table lets one source alone decide
CLEARLY_WORSE, MAYBE_WORSE = -1.959964, -1.281552  # two-sided 95 % and 80 %, as a reliable change


class Channel(StrEnum):
    """The two channels, of equal weight and never added: turned inward and turned outward."""

    INTERNALISING = "internalising"
    EXTERNALISING = "externalising"


class Source(StrEnum):
    """Where a finding may come from. There are no others: origin, religion or health cannot be put in."""

    OWN_LIST = "own-list"
    TEACHER_LIST = "teacher-list"
    PARENTS = "parents"
    CHANGE = "change"
    SOCIOGRAM = "sociogram"
    ABSENCE = "absence"
    OBSERVATION = "observation"
    BULLYING = "bullying"
    INFORMANT_GAP = "informant-gap"
    RESULTS = "results"

    @classmethod
    def called(cls, name: str) -> "Source":
        """Read a source from its name. Raises SourceNotAllowed for one of the forbidden kinds, SourceUnknown for any other word."""
        if name in NEVER:
            raise SourceNotAllowed(source=NeverASource(name))
        if name not in frozenset(cls):
            raise SourceUnknown(source=name)
        return cls(name)


class NeverASource(StrEnum):
    """What never counts towards a signal about a pupil, each by its name."""

    ORIGIN = "origin"
    RELIGION = "religion"
    PARENTS_EDUCATION = "parents-education"
    SCHOOL_WEIGHT = "school-weight"
    HEALTH = "health"
    EMOTION_RECOGNITION = "emotion-recognition"
    TEXT_MODEL = "text-model"
    SAFETY_MONITOR = "safety-monitor"


NEVER = frozenset(NeverASource)


class Sign(StrEnum):
    """What was found. Some come with a number: an RCI, a percentage, a count, a z."""

    RED_CERTAIN = "red-certain"
    RED = "red"
    ORANGE = "orange"
    WORRY = "worry"
    RCI = "rci"
    NEVER_CHOSEN = "never-chosen"
    NO_MUTUAL = "no-mutual"
    LIKED_UNAWARE = "liked-unaware"
    REJECTION_RARE = "rejection-rare"
    ABSENT_PERCENT = "absent-percent"
    SHORT_SPELLS = "short-spells"
    SAME_LESSON_MISSED = "same-lesson-missed"
    SENT_OUT = "sent-out"
    SEEN = "seen"
    BULLIED_MONTHLY = "bullied-monthly"
    BULLIED_WEEKLY = "bullied-weekly"
    LOWER_THAN_TEACHER = "lower-than-teacher"
    FALL = "fall"
    SELF_HARM = "self-harm"
    ABUSE_SUSPECTED = "abuse-suspected"
    NEVER_SAFE = "never-safe"


MEASURED = frozenset(
    {Sign.RCI, Sign.ABSENT_PERCENT, Sign.SHORT_SPELLS, Sign.SAME_LESSON_MISSED, Sign.SENT_OUT, Sign.LOWER_THAN_TEACHER}
)  # these come with a number; SEEN gets its number by counting the observers


@dataclass(eq=False, kw_only=True)
class SourceNotAllowed(CallerMistake):
    """This kind of information is never used in a signal about a pupil."""

    source: NeverASource


@dataclass(eq=False, kw_only=True)
class SourceUnknown(CallerMistake):
    """A finding comes from one of the known sources."""

    source: str


@dataclass(eq=False, kw_only=True)
class PointsOutOfBounds(CallerMistake):
    """A row gives 0 to 3 points."""

    row: str
    points: int


@dataclass(eq=False, kw_only=True)
class RowTwice(CallerMistake):
    """Every row of a table has its own id."""

    row: str


@dataclass(eq=False, kw_only=True)
class RowUnknown(CallerMistake):
    """Only rows that stand in the table are changed."""

    row: str


@dataclass(eq=False, kw_only=True)
class LimitMissing(CallerMistake):
    """A row about a number has exactly one finite limit, a row about anything else none."""

    row: str


@dataclass(eq=False, kw_only=True)
class LevelsOutOfOrder(CallerMistake):
    """The levels rise (at least 1 point) and need at least 2 sources; the cap is 1 to 3; every source lasts some months or some days."""

    version: str


@dataclass(frozen=True, slots=True)
class Lasts:
    """How long a finding counts: whole calendar months, or days; the last day is included.

    A month ends on the day with the same number, or on the last day of a shorter month: 31 August plus 6 months is 28 or 29 February.
    """

    months: int = 0
    days: int = 0

    @property
    def is_a_time(self) -> bool:
        """Whether it is a number of months or a number of days, and not both."""
        return min(self.months, self.days) == 0 < max(self.months, self.days)

    def over(self, seen: date, on: date) -> bool:
        """Whether what was seen then counts no more on this day."""
        if not self.months:
            return (on - seen).days > self.days
        months = (on.year - seen.year) * 12 + on.month - seen.month
        return months > self.months or (months == self.months and on.day > seen.day)

    def until(self, seen: date) -> date:
        """The last day on which what was seen then counts.

        >>> Lasts(months=6).until(date(2026, 8, 31)), Lasts(days=42).until(date(2026, 3, 2))
        (datetime.date(2027, 2, 28), datetime.date(2026, 4, 13))
        """
        if not self.months:
            return seen + timedelta(days=self.days)
        year, month = divmod(seen.year * 12 + seen.month - 1 + self.months, 12)
        return date(year, month + 1, min(seen.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class PointRow:
    """One row: findings with one of `signs` from `source` in `channel` give `points`.

    at_least, at_most: the limit, for signs with a number. Of the rows on one `ladder` only the highest counts, per thing the findings are
    about. A row that is not `on` gives nothing, and the result says so.
    """

    id: str
    channel: Channel
    source: Source
    signs: tuple[Sign, ...]
    points: int
    ladder: str
    at_least: float | None = None
    at_most: float | None = None
    on: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.points <= MOST_POINTS:
            raise PointsOutOfBounds(row=self.id, points=self.points)
        limits = [limit for limit in (self.at_least, self.at_most) if limit is not None]
        measured = MEASURED | {Sign.SEEN}
        about_number, about_other = measured & set(self.signs), set(self.signs) - measured
        if len(limits) != bool(about_number) or (about_number and about_other) or not all(map(isfinite, limits)):
            raise LimitMissing(row=self.id)

    def fits(self, value: float | None) -> bool:
        """Whether a finding with one of the signs and this number falls in this row."""
        return value is None or ((self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most))


def rows(
    channels: Collection[Channel], source: Source, ladder: str, *given: tuple[str, int, tuple[Sign, ...], float | None, float | None]
) -> Iterator[PointRow]:
    """Rows of one ladder for one or two channels: (name, points, signs, at least, at most)."""
    for channel in channels:
        for name, points, signs, least, most in given:
            yield PointRow(f"{channel}/{source}/{name}", channel, source, signs, points, ladder, least, most)


INWARD, OUTWARD = (Channel.INTERNALISING,), (Channel.EXTERNALISING,)
BOTH = (Channel.INTERNALISING, Channel.EXTERNALISING)
ANY_RED = (Sign.RED, Sign.RED_CERTAIN)
ORANGE = ("orange", 1, (Sign.ORANGE,), None, None)
LISTS_LAST = Lasts(months=6)
SHORTER = {
    Source.OBSERVATION: Lasts(days=42),
    Source.ABSENCE: Lasts(days=84),  # a rolling count over 12 weeks: nothing of it is left after them
}
LASTING = tuple((source, SHORTER.get(source, LISTS_LAST)) for source in Source)


@dataclass(frozen=True, slots=True)
class PointTable:
    """The rows with their version, the cap per source and the levels. The order of the rows means nothing."""

    version: str
    rows: tuple[PointRow, ...] = field(repr=False)  # hundreds of words, which stood in the signature of every help()
    cap: int = MOST_POINTS
    follow_from: int = 2
    discuss_from: int = 4
    priority_from: int = 6
    sources_needed: int = LEAST_SOURCES
    lasting: tuple[tuple[Source, Lasts], ...] = field(default=LASTING, repr=False)
    _written: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ids = [row.id for row in self.rows]
        for row in ids:
            if ids.count(row) > 1:
                raise RowTwice(row=row)
        rising = 1 <= self.follow_from < self.discuss_from < self.priority_from
        within = self.sources_needed >= LEAST_SOURCES and 1 <= self.cap <= MOST_POINTS
        lasting = sorted(source for source, _ in self.lasting) == sorted(Source) and all(lasts.is_a_time for _, lasts in self.lasting)
        if not (rising and within and lasting):
            raise LevelsOutOfOrder(version=self.version)
        levels = (self.cap, self.follow_from, self.discuss_from, self.priority_from, self.sources_needed)
        object.__setattr__(self, "_written", written((self.version, levels, frozenset(self.rows), frozenset(self.lasting))))

    def fingerprint(self) -> bytes:
        """The written form, the same for any order of the rows; worked out once, because every pupil asks for it."""
        return self._written

    def lasts(self, source: Source) -> Lasts:
        """How long findings from this source count."""
        return dict(self.lasting)[source]

    def row(self, key: str) -> PointRow:
        """The row with this id. Raises RowUnknown."""
        for row in self.rows:
            if row.id == key:
                return row
        raise RowUnknown(row=key)

    def switched(self, row: str, *, on: bool, version: str) -> "PointTable":
        """The table with one row switched on or off, as a new version. Raises RowUnknown."""
        return self.changed(replace(self.row(row), on=on), version=version)

    def with_points(self, row: str, points: int, *, version: str) -> "PointTable":
        """The table with other points in one row, as a new version. Raises RowUnknown, PointsOutOfBounds."""
        return self.changed(replace(self.row(row), points=points), version=version)

    def changed(self, row: PointRow, *, version: str) -> "PointTable":
        """The table with another row in the place of the one with its id, as a new version. Raises RowUnknown."""
        old = self.row(row.id)
        return replace(self, version=version, rows=tuple(row if each is old else each for each in self.rows))


# Design choices, to be tuned by the evaluation of the signals; no claim of validity is made.
DEFAULT_TABLE = PointTable(
    "1",
    (
        *rows(
            INWARD,
            Source.OWN_LIST,
            "band",
            ("red-certain", 3, (Sign.RED_CERTAIN,), None, None),
            ("red", 2, (Sign.RED,), None, None),
            ORANGE,
        ),
        *rows(OUTWARD, Source.OWN_LIST, "band", ("red", 2, ANY_RED, None, None), ORANGE),
        *rows(BOTH, Source.TEACHER_LIST, "band", ("red", 3, ANY_RED, None, None), ORANGE),
        *rows(BOTH, Source.PARENTS, "worry", ("worry", 2, (Sign.WORRY,), None, None)),
        *rows(BOTH, Source.CHANGE, "rci", ("clear", 2, (Sign.RCI,), None, CLEARLY_WORSE), ("possible", 1, (Sign.RCI,), None, MAYBE_WORSE)),
        *rows(
            INWARD,
            Source.SOCIOGRAM,
            "choices",
            ("never-chosen", 2, (Sign.NEVER_CHOSEN,), None, None),
            ("no-mutual", 1, (Sign.NO_MUTUAL,), None, None),
        ),
        *rows(INWARD, Source.SOCIOGRAM, "unaware", ("liked-unaware", 1, (Sign.LIKED_UNAWARE,), None, None)),
        *rows(OUTWARD, Source.SOCIOGRAM, "rejection", ("rejection-rare", 1, (Sign.REJECTION_RARE,), None, None)),
        *rows(
            INWARD,
            Source.ABSENCE,
            "share",
            ("tenth", 2, (Sign.ABSENT_PERCENT,), 10, None),
            ("twentieth", 1, (Sign.ABSENT_PERCENT,), 5, None),
        ),
        *rows(INWARD, Source.ABSENCE, "spells", ("short-spells", 2, (Sign.SHORT_SPELLS,), 4, None)),
        *rows(INWARD, Source.ABSENCE, "lesson", ("same-lesson", 2, (Sign.SAME_LESSON_MISSED,), 3, None)),
        *rows(OUTWARD, Source.ABSENCE, "sent-out", ("sent-out", 2, (Sign.SENT_OUT,), 3, None)),
        *rows(BOTH, Source.OBSERVATION, "seen", ("two-observers", 2, (Sign.SEEN,), 2, None), ("one-observer", 1, (Sign.SEEN,), 1, None)),
        *rows(
            INWARD,
            Source.BULLYING,
            "bullied",
            ("weekly", 3, (Sign.BULLIED_WEEKLY,), None, None),
            ("monthly", 2, (Sign.BULLIED_MONTHLY,), None, None),
        ),
        *rows(INWARD, Source.INFORMANT_GAP, "gap", ("not-seen", 1, (Sign.LOWER_THAN_TEACHER,), None, CLEARLY_WORSE)),
        *rows(BOTH, Source.RESULTS, "fall", ("fall", 1, (Sign.FALL,), None, None)),
    ),
)
