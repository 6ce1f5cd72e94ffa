"""Points and level of one pupil in each of the two channels, with every finding that gave or did not give them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum
from math import inf

from kring.core.attention.table import DEFAULT_TABLE, MEASURED, Channel, PointRow, PointTable, Sign, Source
from kring.core.errors import CallerMistake
from kring.core.provenance import Result, method

__all__ = [
    "AnonymousAnswer",
    "ChannelPoints",
    "Fate",
    "Finding",
    "FindingWithoutNumber",
    "Level",
    "Line",
    "ObserverMissing",
    "PupilPoints",
    "SourcePoints",
    "Task",
    "TaskKind",
    "pupil_points",
]


class Level(IntEnum):
    """What the points of one channel ask for."""

    NONE = 0
    FOLLOW = 1
    DISCUSS = 2
    PRIORITY = 3


class Fate(StrEnum):
    """What became of a finding in a channel."""

    COUNTED = "counted"
    SURPASSED = "surpassed"  # another on the same ladder is newer or worth more, or the source was gone through since
    UNDER_LIMIT = "under-limit"
    NO_ROW = "no-row"  # the table says nothing of this sign from this source in this channel
    EXPIRED = "expired"
    NOT_YET = "not-yet"  # seen after the day that is asked about
    SWITCHED_OFF = "switched-off"
    DIRECT = "direct"  # makes a task, no points


class TaskKind(StrEnum):
    """What a direct rule asks for at once."""

    ACT_TODAY = "act-today"
    REPORTING_CODE = "reporting-code"


DIRECT: Mapping[Sign, TaskKind] = {
    Sign.SELF_HARM: TaskKind.ACT_TODAY,
    Sign.BULLIED_WEEKLY: TaskKind.ACT_TODAY,
    Sign.NEVER_SAFE: TaskKind.ACT_TODAY,
    Sign.ABUSE_SUSPECTED: TaskKind.REPORTING_CODE,
}
COMPETES = frozenset({Fate.COUNTED, Fate.UNDER_LIMIT, Fate.SWITCHED_OFF})
GIVES_POINTS_TOO = frozenset({Sign.BULLIED_WEEKLY})  # it has its own row in the table, besides the task


Place = tuple[Source, str, str, str]  # where findings replace each other: source, ladder, what they are about, informant


@dataclass(eq=False, kw_only=True)
class AnonymousAnswer(CallerMistake):
    """An anonymous answer, of the safety monitor for one, never becomes a finding about a pupil."""

    source: Source


@dataclass(eq=False, kw_only=True)
class ObserverMissing(CallerMistake):
    """An observation has an observer."""

    observed_on: date


@dataclass(eq=False, kw_only=True)
class FindingWithoutNumber(CallerMistake):
    """A change, an absence or a gap is a finite number; the other findings have none."""

    sign: Sign
    value: float | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found about a pupil.

    channel None: every channel that has a row for it (results that fall). value: the RCI, percentage, count or z. about: what it is about,
    a scale or a lesson; findings about different things add up. by: who observed or filled in. Anonymous answers are refused.
    """

    source: Source
    channel: Channel | None
    sign: Sign
    observed_on: date
    value: float | None = None
    about: str = ""
    by: str = ""
    anonymous: bool = False

    def __post_init__(self) -> None:
        if self.anonymous:
            raise AnonymousAnswer(source=self.source)
        if self.sign is Sign.SEEN and not self.by.strip():
            raise ObserverMissing(observed_on=self.observed_on)
        if (self.value is None) is (self.sign in MEASURED) or not abs(self.value or 0.0) < inf:
            raise FindingWithoutNumber(sign=self.sign, value=self.value)


@dataclass(frozen=True, slots=True)
class Line:
    """One finding in one channel: the row it fell in (None: no row) with the points that row gave, before the cap of the source."""

    finding: Finding
    fate: Fate
    row: str | None
    points: int


@dataclass(frozen=True, slots=True)
class SourcePoints:
    """What one source gave: `found` by its rows, `points` after the cap."""

    source: Source
    found: int
    points: int

    @property
    def capped(self) -> bool:
        """Whether the source gave more than counts."""
        return self.found > self.points


@dataclass(frozen=True, slots=True)
class ChannelPoints:
    """One channel: points and level, sources that gave points, every line.

    Points and level are None, unknown, when nothing that still counts was found in the channel and no source was gone through.
    """

    channel: Channel
    points: int | None
    level: Level | None
    sources: tuple[SourcePoints, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do at once, and the finding that asks for it. Whether it was done is for the caller to know."""

    kind: TaskKind
    finding: Finding


@dataclass(frozen=True, slots=True)
class PupilPoints(Result):
    """The two channels, never added up, and the tasks of direct rules. n: findings; n_valid: findings that gave points or a task.

    silent: sources that were not gone through and gave no finding, or too long ago: unknown, not good.
    """

    internalising: ChannelPoints
    externalising: ChannelPoints
    tasks: tuple[Task, ...]
    silent: tuple[Source, ...]
    table: str
    n: int
    n_valid: int

    def of(self, channel: Channel) -> ChannelPoints:
        """The points of one channel."""
        return self.internalising if channel is Channel.INTERNALISING else self.externalising


@method("pupil-points", 1, rows=("findings",), data=("looked_at",))
def pupil_points(
    findings: Sequence[Finding], *, on: date, table: PointTable = DEFAULT_TABLE, looked_at: Mapping[Source, date] | None = None
) -> PupilPoints:
    """Add the points of each source, at most 3, within each channel, on this day (a design of this project, no validity is claimed).

    On one ladder about the same thing the newest finding of each informant (`by`) counts, and of these the one worth most; the same finding
    twice counts once. Observers are counted, not observations. `looked_at`: the day on which a source was last gone through, also when
    nothing was found: what that source found before that day no longer counts, so that no concern outlives a newer list without one. Level:
    follow from 2, discuss from 4, priority from 6 points, the last two only with two different sources. Direct findings up to this day
    always make a task, however old: only a person closes it.

    >>> from datetime import date
    >>> from kring.core.attention import Channel, Sign, Source
    >>> day = date(2026, 3, 2)
    >>> found = pupil_points([
    ...     Finding(Source.OWN_LIST, Channel.INTERNALISING, Sign.RED, day),
    ...     Finding(Source.SOCIOGRAM, Channel.INTERNALISING, Sign.NO_MUTUAL, day),
    ...     Finding(Source.ABSENCE, Channel.INTERNALISING, Sign.ABSENT_PERCENT, day, value=12.0)], on=day)
    >>> found.internalising.points, found.internalising.level.name, found.externalising.points
    (5, 'DISCUSS', None)
    """
    ordered = list(dict.fromkeys(sorted(findings, key=_canonical)))
    asked = Asked(on, table, {source: day for source, day in (looked_at or {}).items() if day <= on})
    channels = {channel: _channel(channel, ordered, asked) for channel in Channel}
    tasks = tuple(Task(DIRECT[each.sign], each) for each in ordered if each.sign in DIRECT and each.observed_on <= on)
    lines = [line for channel in channels.values() for line in channel.lines]
    giving = {line.finding for line in lines if line.points} | {task.finding for task in tasks}
    heard = asked.sources_seen | {each.source for each in ordered if asked.fresh(each)}
    return PupilPoints(
        internalising=channels[Channel.INTERNALISING],
        externalising=channels[Channel.EXTERNALISING],
        tasks=tasks,
        silent=tuple(source for source in Source if source not in heard),
        table=table.version,
        n=len(findings),
        n_valid=len(giving),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The day that is asked about, the table that holds on it and the sources that were gone through up to that day."""

    on: date
    table: PointTable
    looked_at: Mapping[Source, date]

    @property
    def sources_seen(self) -> frozenset[Source]:
        """Sources that were gone through and whose findings would still count."""
        return frozenset(source for source, day in self.looked_at.items() if not self.table.lasts(source).over(day, self.on))

    def fresh(self, finding: Finding) -> bool:
        """Whether what was seen then still says something on this day."""
        return finding.observed_on <= self.on and not self.table.lasts(finding.source).over(finding.observed_on, self.on)

    def replaced(self, finding: Finding) -> bool:
        """Whether the source was gone through since."""
        return finding.observed_on < self.looked_at.get(finding.source, finding.observed_on)


def _canonical(finding: Finding) -> tuple[str, ...]:
    channel = finding.channel.value if finding.channel else ""
    return (
        finding.source.value,
        finding.about,
        finding.sign.value,
        finding.observed_on.isoformat(),
        finding.by,
        channel,
        repr(finding.value),
    )


def _channel(channel: Channel, findings: Sequence[Finding], asked: Asked) -> ChannelPoints:
    lines = tuple(_lines(channel, findings, asked))
    if not asked.sources_seen and not any(asked.fresh(line.finding) for line in lines):
        return ChannelPoints(channel, None, None, (), lines)
    sources = tuple(_capped(lines, asked.table.cap))
    points = sum(source.points for source in sources)
    return ChannelPoints(channel, points, _level(points, len(sources), asked.table), sources, lines)


def _lines(channel: Channel, findings: Sequence[Finding], asked: Asked) -> Iterator[Line]:
    """Each finding of the channel with the best row that it falls in; on each ladder about each thing only one keeps its points."""
    own = [row for row in asked.table.rows if row.channel is channel]
    observers = {(each.source, each.by) for each in findings if _observation(each, channel, asked)}
    lines: list[tuple[Place, Line]] = []
    for finding in findings:
        candidates = [row for row in own if row.source is finding.source and finding.sign in row.signs]
        if finding.channel is channel or (finding.channel is None and candidates):
            value = sum(source is finding.source for source, _ in observers) if finding.sign is Sign.SEEN else finding.value
            lines.append((_place(finding, candidates), _line(finding, candidates, asked, value)))
    kept = _kept(lines)
    for _, line in lines:
        competed = line.fate in COMPETES and not any(line is each for each in kept)
        yield replace(line, fate=Fate.SURPASSED, points=0) if competed else line


def _observation(finding: Finding, channel: Channel, asked: Asked) -> bool:
    return finding.sign is Sign.SEEN and finding.channel in (channel, None) and asked.fresh(finding) and not asked.replaced(finding)


def _place(finding: Finding, candidates: Sequence[PointRow]) -> Place:
    """The ladder, what the finding is about and who says so; of observations only the observers count, whatever they saw."""
    ladder = min((row.ladder for row in candidates), default="")
    return (finding.source, ladder, "", "") if finding.sign is Sign.SEEN else (finding.source, ladder, finding.about, finding.by)


def _kept(lines: Sequence[tuple[Place, Line]]) -> list[Line]:
    """Of each informant the newest (of one day the one worth most), and of all informants about one thing the one worth most."""
    newest: dict[Place, Line] = {}
    for place, line in lines:
        if line.fate in COMPETES and (place not in newest or _newer(line) > _newer(newest[place])):
            newest[place] = line
    heaviest: dict[tuple[Source, str, str], Line] = {}
    for (source, ladder, about, _), line in newest.items():
        thing = source, ladder, about
        if thing not in heaviest or _newer(line)[::-1] > _newer(heaviest[thing])[::-1]:
            heaviest[thing] = line
    return list(heaviest.values())


def _newer(line: Line) -> tuple[date, int]:
    return line.finding.observed_on, line.points


def _line(finding: Finding, candidates: Sequence[PointRow], asked: Asked, value: float | None) -> Line:
    fitting = sorted((row for row in candidates if row.fits(value)), key=lambda row: (row.on, row.points, row.id))
    if finding.observed_on > asked.on:
        return Line(finding, Fate.NOT_YET, None, 0)
    if finding.sign in DIRECT and finding.sign not in GIVES_POINTS_TOO:
        return Line(finding, Fate.DIRECT, None, 0)
    if not asked.fresh(finding):
        return Line(finding, Fate.EXPIRED, None, 0)
    if asked.replaced(finding):
        return Line(finding, Fate.SURPASSED, None, 0)
    if not fitting:
        return Line(finding, Fate.UNDER_LIMIT if candidates else Fate.NO_ROW, None, 0)
    best = fitting[-1]
    return Line(finding, Fate.COUNTED, best.id, best.points) if best.on else Line(finding, Fate.SWITCHED_OFF, best.id, 0)


def _capped(lines: Sequence[Line], cap: int) -> Iterator[SourcePoints]:
    for source in Source:
        found = sum(line.points for line in lines if line.finding.source is source)
        if found:
            yield SourcePoints(source, found, min(found, cap))


def _level(points: int, sources: int, table: PointTable) -> Level:
    if points < table.follow_from:
        return Level.NONE
    if points < table.discuss_from or sources < table.sources_needed:
        return Level.FOLLOW
    return Level.DISCUSS if points < table.priority_from else Level.PRIORITY
