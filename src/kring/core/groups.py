"""The results of one group: every pupil and the group itself, scale by scale.

For the group's own team, so named and without a lower limit on the number of pupils; what others may see is decided elsewhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, isnan

import numpy as np
from numpy.typing import NDArray

from kring.core.answers import Answers
from kring.core.bands import Band, Bands, bands, colour_of_mean, favourable_cuts
from kring.core.errors import CallerMistake
from kring.core.instruments import CutKind, Cuts, Instrument, Level, Scale
from kring.core.intervals import Interval, MeanInterval, interval_of_a_group, mean_interval_now
from kring.core.provenance import Result, method
from kring.core.reliability import MeasurementError
from kring.core.scoring import ScaleScores, instrument_scores

__all__ = [
    "AnswersOfOtherPupils",
    "GroupResults",
    "GroupScale",
    "PupilNotInGroup",
    "PupilScale",
    "PupilTwice",
    "ScaleResult",
    "group_results",
]

RESPONSE_NEEDED = 60  # percent of the pupils; below it nothing is said about the group
CERTAIN_LEVEL = 0.95  # a group's colour is certain when the interval that the page draws lies within one colour

Floats = NDArray[np.float64]


@dataclass(eq=False, kw_only=True)
class AnswersOfOtherPupils(CallerMistake):
    """There must be exactly one row of answers per pupil."""

    pupils: int
    rows: int


@dataclass(eq=False, kw_only=True)
class PupilTwice(CallerMistake):
    """A pupil counts once in a group."""

    pupil: str


@dataclass(eq=False, kw_only=True)
class PupilNotInGroup(CallerMistake):
    """The results are of another group."""

    pupil: str


@dataclass(frozen=True, slots=True)
class GroupScale:
    """What a group has on one scale: `n` pupils with a score of `n_pupils`.

    `mean` and `sd` in points of the scale mean (None for nobody, and below two). `interval` is the 95 % interval for a group like this
    one, `interval_now` for exactly these pupils (None below five scores or without spread, the second also without reliability).
    `band` is the colour of the mean by the cut-offs for groups, `certain` when the 95 % interval
    lies within that colour.
    `counts` pupils per colour, those without a score included.
    """

    n: int
    n_pupils: int
    mean: float | None
    sd: float | None
    interval: Interval | None
    band: Band
    certain: bool
    counts: Mapping[Band, int]
    interval_now: Interval | None = None


@dataclass(frozen=True, slots=True)
class PupilScale:
    """What one pupil has on one scale; None and NO_SCORE where there is nothing to say. `interval` is the 80 % band of the score."""

    scale: Scale
    mean: float | None
    sum: float | None
    pomp: float | None
    n_valid: int
    n_shown: int
    band: Band
    certain: bool
    p_red: float | None
    p_green: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True, eq=False)
class ScaleResult:
    """One scale for the group: the scores and colours of its pupils in the order of the group, and the group's own.

    `scale` has all its cut-offs in points of the mean, also where the instrument has them as percentiles or in percent of the maximum.
    """

    scale: Scale
    scores: ScaleScores
    bands: Bands
    error: MeasurementError | None
    group: GroupScale

    def pupil(self, row: int) -> PupilScale:
        """The result of the pupil in this row, without NaN."""
        scores, colours = self.scores, self.bands
        mean = _known(scores.mean[row])
        return PupilScale(
            self.scale,
            mean,
            _known(scores.sum[row]),
            _known(scores.pomp[row]),
            int(scores.answered[row]),
            int(scores.shown[row]),
            Band(int(colours.band[row])),
            bool(colours.certain[row]),
            _known(colours.p_red[row]),
            _known(colours.p_green[row]),
            self.error.around(mean) if self.error is not None and mean is not None else None,
        )


@dataclass(frozen=True, slots=True, eq=False)
class GroupResults(Result):
    """All scales of one instrument for one group.

    `answered` pupils answered something; `response` is their share (0 for a group without pupils).
    """

    instrument: Instrument
    pupils: tuple[str, ...]
    scales: tuple[ScaleResult, ...]
    response: float
    answered: int

    @property
    def n(self) -> int:
        """The pupils of the group."""
        return len(self.pupils)

    @property
    def n_valid(self) -> int:
        """The pupils who answered something."""
        return self.answered

    @property
    def enough_response(self) -> bool:
        """Whether at least 60 % answered, so that something may be said about the group. Compared in whole numbers."""
        return enough_response(self.answered, len(self.pupils))

    def pupil(self, pupil: str, *, bands: Collection[Band] = tuple(Band)) -> tuple[PupilScale, ...]:
        """Every scale of one pupil, or those in these bands. Raises PupilNotInGroup."""
        if pupil not in self.pupils:
            raise PupilNotInGroup(pupil=pupil)
        row = self.pupils.index(pupil)
        return tuple(result.pupil(row) for result in self.scales if result.bands.band[row] in bands)


def enough_response(answered: int, n: int) -> bool:
    """Whether at least 60 % of n answered, compared in whole numbers; never when nobody did."""
    return answered > 0 and 100 * answered >= RESPONSE_NEEDED * n


@method("group-results", 1, rows=("pupils", "answers"), data=("norms",))
def group_results(
    instrument: Instrument,
    pupils: Sequence[str],
    answers: Answers,
    *,
    errors: Mapping[str, MeasurementError | None],
    norms: Mapping[str, Mapping[Level, Floats]] | None = None,
) -> GroupResults:
    """Score, colour and summarise all scales of a group; row i of the answers is pupil i.

    `errors` gives the measurement error by scale key, from a sample that is larger than this group; a scale it does not name has none, and
    neither has a scale of one question. `norms` gives by scale key and level the norm sample for cut-offs that are percentiles: scores
    of pupils, means of groups. Without it there are no colours at that level. Raises AnswersOfOtherPupils, PupilTwice, ItemNotAsked.

    >>> from kring.core.instruments import Cuts, Family, Informant, Instrument, Item, Level, Option, Scale, ScaledItem
    >>> from datetime import date
    >>> from kring.core.answers import answers_from
    >>> item = Item("q1", "Ik voel me hier thuis.", (Option(1, "nooit"), Option(2, "soms"), Option(3, "vaak"), Option(4, "altijd")))
    >>> cuts = {Level.PUPIL: Cuts(2.25, 2.75, "gekozen grens, geen norm", date(2025, 8, 1))}
    >>> scale = Scale("thuis", "Thuis", Family.WELLBEING, 1, (ScaledItem("q1", 1),), cuts)
    >>> asked = Instrument(key="een", version=1, title="Eén vraag", informant=Informant.PUPIL, licence="CC0-1.0", attribution="Kring",
    ...     items=(item,), scales=(scale,))
    >>> found = group_results(asked, ["a", "b", "c"], answers_from(asked, [{"q1": 2}, {"q1": 4}, {}]), errors={})
    >>> found.n, found.n_valid, found.enough_response, found.scales[0].group.mean
    (3, 2, True, 3.0)
    """
    if len(answers) != len(pupils):
        raise AnswersOfOtherPupils(pupils=len(pupils), rows=len(answers))
    _needs_each_once(pupils)
    answered = answers.respondents
    known: Mapping[str, Mapping[Level, Floats]] = norms or {}
    scored = instrument_scores(answers, instrument).scales
    scales = tuple(
        _scale_result(instrument, scale, scored[scale.key], errors.get(scale.key), known.get(scale.key, {})) for scale in instrument.scales
    )
    return GroupResults(instrument, tuple(pupils), scales, answered / len(pupils) if pupils else 0.0, answered)


def _needs_each_once(pupils: Sequence[str]) -> None:
    seen: set[str] = set()
    for pupil in pupils:
        if pupil in seen:
            raise PupilTwice(pupil=pupil)
        seen.add(pupil)


def _scale_result(
    instrument: Instrument, scale: Scale, scores: ScaleScores, error: MeasurementError | None, norms: Mapping[Level, Floats]
) -> ScaleResult:
    drawn = in_points(scale, instrument.range_of(scale), norms)
    error = error if len(scale.items) > 1 else None
    colours = bands(scores.mean, drawn.cuts.get(Level.PUPIL), direction=scale.direction, sem=error.sem if error else None)
    return ScaleResult(drawn, scores, colours, error, _group_scale(drawn, scores, colours, error))


def in_points(scale: Scale, span: tuple[int, int], norms: Mapping[Level, Floats]) -> Scale:
    """The same scale with all cut-offs in points of its mean, so that pages can draw them.

    A level is left without cut-offs where percentiles have no norm sample of that level, or one that cannot hold the two apart.
    """
    if all(cuts.kind is CutKind.RAW for cuts in scale.cuts.values()):
        return scale
    found = {level: _in_points(cuts, scale.direction, span, norms.get(level)) for level, cuts in scale.cuts.items()}
    return replace(scale, cuts={level: cuts for level, cuts in found.items() if cuts is not None})


def _in_points(cuts: Cuts, direction: int, span: tuple[int, int], norm: Floats | None) -> Cuts | None:
    if cuts.kind is CutKind.PERCENTILE and norm is None:
        return None
    red, green = (direction * cut for cut in favourable_cuts(cuts, direction=direction, span=span, norm=norm))
    apart = direction * red < direction * green and isfinite(red) and isfinite(green)
    return Cuts(red, green, cuts.source, cuts.dated) if apart else None


def _group_scale(scale: Scale, scores: ScaleScores, colours: Bands, error: MeasurementError | None) -> GroupScale:
    like, cuts = interval_of_a_group(scores.mean, CERTAIN_LEVEL), scale.cuts.get(Level.GROUP)
    limits = favourable_cuts(cuts, direction=scale.direction) if cuts else None
    band, certain = coloured_mean(like, limits, direction=scale.direction)
    counts = {colour: int(np.count_nonzero(colours.band == colour)) for colour in Band}
    now = mean_interval_now(scores.mean, of=len(scores), reliability=error.reliability).interval if error else None
    return GroupScale(like.n_valid, like.n, like.mean, like.sd, like.interval, band, certain, counts, now)


def coloured_mean(found: MeanInterval, cuts: tuple[float, float] | None, *, direction: int) -> tuple[Band, bool]:
    """The colour of a mean, and whether its whole interval has that colour; `cuts` in the favourable direction."""
    if cuts is None or found.mean is None:
        return Band.NO_SCORE, False
    band, interval = colour_of_mean(direction * found.mean, cuts), found.interval
    if interval is None:
        return band, False
    return band, all(colour_of_mean(direction * end, cuts) is band for end in (interval.low, interval.high))


def _known(value: np.float64) -> float | None:
    return None if isnan(value) else float(value)
