"""From what was filled in, chosen and counted to findings: of each scale the newest score of a pupil, and what it says beside others.

Which channel a scale tells about is a choice of this project: what is turned inward, what is turned outward, and all else of neither.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from math import isnan, sqrt
from typing import Final

from kring.core.attention.points import Finding
from kring.core.attention.table import MAYBE_WORSE, Channel, PointTable, Sign, Source
from kring.core.bands import Band
from kring.core.change import sd_of_difference
from kring.core.groups import GroupResults, ScaleResult
from kring.core.instruments import Family, Informant, Scale

__all__ = ["ChosenCounts", "FilledIn", "Gathered", "WeekCounts", "channel_of", "of_choices", "of_lists", "of_weeks"]

LOOKS_BACK: Final = timedelta(days=548)
"""So far back a list is still compared with: the time before the last one, with a school year between them."""
OF_SCALE: Final[Mapping[str, Channel | None]] = {
    "internalising": Channel.INTERNALISING,
    "externalising": Channel.EXTERNALISING,
    "belonging": Channel.INTERNALISING,
    "feelings": Channel.EXTERNALISING,  # to keep oneself in hand
    "task_approach": None,  # how somebody works is neither
}
OF_FAMILY: Final[Mapping[Family, Channel]] = {
    Family.WELLBEING: Channel.INTERNALISING,
    Family.EMOTION: Channel.INTERNALISING,
    Family.BEHAVIOUR: Channel.EXTERNALISING,
}
CHANNEL_SCALES: Final = frozenset({"internalising", "externalising"})
"""A colleague's list that has these tells about the channels with them alone."""
SOURCE_OF: Final[Mapping[Informant, Source]] = {
    Informant.PUPIL: Source.OWN_LIST,
    Informant.TEACHER: Source.TEACHER_LIST,
    Informant.GUARDIAN: Source.PARENTS,
}
WINDOW: Final = timedelta(weeks=12)
LEAST_DAYS: Final = 20  # as for days that were noted one by one (attention.absence)
HOURS_A_DAY: Final = 5.5


@dataclass(frozen=True, slots=True, eq=False)
class FilledIn:
    """A list that was filled in about these pupils, with the day from which it counts; of parents: by whom."""

    results: GroupResults
    on: date
    by: str = ""


@dataclass(slots=True)
class Gathered:
    """By pupil: what was found, and on which days each source was asked, also when it gave nothing."""

    findings: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[str, dict[Source, list[date]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def found(self, pupil: str, source: Source, day: date, *findings: Finding) -> None:
        """Whatever came out, the source was asked."""
        self.asked[pupil][source].append(day)
        self.findings[pupil].extend(findings)

    def looked_at(self, pupil: str, *, on: date, table: PointTable) -> dict[Source, date]:
        """The oldest answer of each source that still counts: what stands here is of each scale the newest already."""
        fresh = {source: [day for day in days if not table.lasts(source).over(day, on)] for source, days in self.asked[pupil].items()}
        return {source: min(days) for source, days in fresh.items() if days}


def channel_of(scale: Scale, results: GroupResults) -> Channel | None:
    """Where a scale counts; None where it says nothing of either."""
    asked = results.instrument
    if asked.informant not in SOURCE_OF or asked.anonymous:
        return None
    if asked.informant is not Informant.PUPIL and CHANNEL_SCALES & {one.key for one in asked.scales} and scale.key not in CHANNEL_SCALES:
        return None
    return OF_SCALE[scale.key] if scale.key in OF_SCALE else OF_FAMILY.get(scale.family)


# ---- lists ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Score:
    """The score of one pupil on one scale on a day."""

    result: ScaleResult
    asked: GroupResults
    row: int
    on: date
    by: str

    @property
    def mean(self) -> float:
        return float(self.result.scores.mean[self.row])

    @property
    def band(self) -> Band:
        return Band(int(self.result.bands.band[self.row]))

    @property
    def key(self) -> tuple[Informant, str, str]:
        return self.asked.instrument.informant, self.by, self.result.scale.key

    @property
    def version(self) -> tuple[str, int]:
        return self.asked.instrument.key, self.asked.instrument.version


def of_lists(lists: Sequence[FilledIn], into: Gathered, *, on: date) -> None:
    """Of every pupil in them: colours, changes beyond the error of measurement, and what a colleague does not see."""
    scores: dict[str, list[_Score]] = defaultdict(list)
    for one in sorted(lists, key=lambda each: each.on, reverse=True):
        if one.on <= on < one.on + LOOKS_BACK:
            for pupil, score in _scores(one):
                scores[pupil].append(score)
    for pupil, own in scores.items():
        newest: dict[tuple[Informant, str, str], _Score] = {}
        for score in own:
            newest.setdefault(score.key, score)
        for score in newest.values():
            into.found(pupil, SOURCE_OF[score.asked.instrument.informant], score.on, *_colour(score))
            _changed(pupil, score, own, into)
        _gaps(pupil, list(newest.values()), into)


def _scores(one: FilledIn) -> Iterator[tuple[str, _Score]]:
    for result in one.results.scales:
        if channel_of(result.scale, one.results) is not None:
            for row, pupil in enumerate(one.results.pupils):
                if not isnan(result.scores.mean[row]):
                    yield pupil, _Score(result, one.results, row, one.on, one.by)


def _colour(score: _Score) -> Iterator[Finding]:
    who, channel = score.asked.instrument.informant, channel_of(score.result.scale, score.asked)
    sign = Sign.ORANGE if score.band is Band.ORANGE else Sign.RED if score.band is Band.RED else None
    if sign is Sign.RED and who is Informant.PUPIL and score.result.bands.sem is not None and score.result.bands.certain[score.row]:
        sign = Sign.RED_CERTAIN
    if who is Informant.GUARDIAN:
        sign = Sign.WORRY if sign is Sign.RED else None
    if sign is not None:
        yield Finding(SOURCE_OF[who], channel, sign, score.on, about=score.result.scale.key, by=score.by)


def _changed(pupil: str, now: _Score, own: Sequence[_Score], into: Gathered) -> None:
    """Against the time before, with the same list in the same version; of lists from home no error is known."""
    before = next((one for one in own if one.key == now.key and one.version == now.version and one.on < now.on), None)
    sd = sd_of_difference(now.result.error.sem) if now.result.error else None
    if before is None or not sd:
        return
    index = now.result.scale.direction * (now.mean - before.mean) / sd
    who, channel = now.asked.instrument.informant.value, channel_of(now.result.scale, now.asked)
    worse = Finding(Source.CHANGE, channel, Sign.RCI, now.on, value=index, about=now.result.scale.key, by=who)
    into.found(pupil, Source.CHANGE, now.on, *([worse] if index <= MAYBE_WORSE else []))


def _gaps(pupil: str, newest: Sequence[_Score], into: Gathered) -> None:
    """How much lower the pupil says than the colleague, on one and the same scale that is turned inward."""
    for one, other in combinations(newest, 2):
        by = {each.asked.instrument.informant: each for each in (one, other)}
        if set(by) == {Informant.PUPIL, Informant.TEACHER} and one.result.scale.key == other.result.scale.key:
            _gap(pupil, by[Informant.PUPIL], by[Informant.TEACHER], into)


def _gap(pupil: str, own: _Score, seen: _Score, into: Gathered) -> None:
    same = own.asked.instrument.range_of(own.result.scale) == seen.asked.instrument.range_of(seen.result.scale)
    inward = channel_of(own.result.scale, own.asked) is Channel.INTERNALISING
    if not (same and inward and own.result.error and seen.result.error):
        return
    z = own.result.scale.direction * (own.mean - seen.mean) / sqrt(own.result.error.sem**2 + seen.result.error.sem**2)
    on, key = min(own.on, seen.on), own.result.scale.key
    gap = Finding(Source.INFORMANT_GAP, Channel.INTERNALISING, Sign.LOWER_THAN_TEACHER, on, value=z, about=key)
    into.found(pupil, Source.INFORMANT_GAP, on, *([gap] if z <= MAYBE_WORSE else []))


# ---- choices, and weeks -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChosenCounts:
    """How often a pupil was chosen, chose, and both; of who took no part the last two are not known."""

    pupil: str
    received: int
    given: int | None
    mutual: int | None


def of_choices(counts: Sequence[ChosenCounts], into: Gathered, *, seen_on: date, unaware: Collection[str] = ()) -> None:
    """Of a closed sociogram in which enough pupils took part. `unaware`: who is liked and does not expect it."""
    for one in counts:
        sign = Sign.NEVER_CHOSEN if one.received == 0 else Sign.NO_MUTUAL if one.given and one.mutual == 0 else None
        signs = [*([sign] if sign else []), *([Sign.LIKED_UNAWARE] if one.pupil in unaware else [])]
        found = [Finding(Source.SOCIOGRAM, Channel.INTERNALISING, each, seen_on) for each in signs]
        into.found(one.pupil, Source.SOCIOGRAM, seen_on, *found)


@dataclass(frozen=True, slots=True)
class WeekCounts:
    """One pupil in one week, as it was noted: days and hours away, times ill, the same lesson missed, sent out."""

    week_on: date
    sick_days: int
    hours: float
    sick_reports: int
    same_lesson: int
    sent_out: int


def of_weeks(pupil: str, weeks: Sequence[WeekCounts], into: Gathered, *, school_days: int, on: date) -> None:
    """What was noted over the last twelve weeks; school_days: those of the pupil at this school within them."""
    own = [one for one in weeks if timedelta(0) <= on - one.week_on < WINDOW]
    away = sum(one.sick_days + one.hours / HOURS_A_DAY for one in own)
    counted: Mapping[Sign, tuple[Channel, float]] = {
        Sign.ABSENT_PERCENT: (Channel.INTERNALISING, 100 * min(away / school_days, 1) if school_days >= LEAST_DAYS else 0),
        Sign.SHORT_SPELLS: (Channel.INTERNALISING, sum(one.sick_reports for one in own)),
        Sign.SAME_LESSON_MISSED: (Channel.INTERNALISING, sum(one.same_lesson for one in own)),
        Sign.SENT_OUT: (Channel.EXTERNALISING, sum(one.sent_out for one in own)),
    }
    found = [Finding(Source.ABSENCE, channel, sign, on, value=float(value)) for sign, (channel, value) in counted.items() if value]
    if own:
        into.found(pupil, Source.ABSENCE, on, *found)
