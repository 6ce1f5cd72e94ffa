"""The results of one group: every pupil and the group itself, scale by scale.

For the group's own team, so named and without a lower limit on the number of pupils; what others may see is decided elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from kring.core.answers import Answers, Missing
from kring.core.bands import Band, Bands, bands, without_cuts
from kring.core.errors import CallerMistake
from kring.core.instruments import Cuts, Instrument, Level, Scale
from kring.core.intervals import Interval, mean_interval, mean_interval_now, moments, wilson
from kring.core.reliability import MeasurementError
from kring.core.scoring import ScaleScores, scale_scores

__all__ = [
    "AnswersOfOtherPupils",
    "GroupResults",
    "GroupScale",
    "Interval",
    "PupilNotInGroup",
    "PupilScale",
    "PupilTwice",
    "ScaleResult",
    "group_results",
    "mean_interval",
    "mean_interval_now",
    "wilson",
]

RESPONSE_NEEDED = 60  # percent of the pupils; below it nothing is said about the group
CERTAIN_LEVEL = 0.95  # a group's colour is certain when the interval that the page draws lies within one colour


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
    """One scale for the group: the scores and colours of its pupils in the order of the group, and the group's own."""

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
            int(scores.n_valid[row]),
            int(scores.n_shown[row]),
            Band(int(colours.band[row])),
            bool(colours.certain[row]),
            _known(colours.p_red[row]),
            _known(colours.p_green[row]),
            self.error.around(mean) if self.error is not None and mean is not None else None,
        )


@dataclass(frozen=True, slots=True, eq=False)
class GroupResults:
    """All scales of one instrument for one group.

    `answered` pupils answered something; `response` is their share (0 for a group without pupils).
    """

    instrument: Instrument
    pupils: tuple[str, ...]
    scales: tuple[ScaleResult, ...]
    response: float
    answered: int

    @property
    def enough_response(self) -> bool:
        """Whether at least 60 % answered, so that something may be said about the group. Compared in whole numbers."""
        return self.answered > 0 and 100 * self.answered >= RESPONSE_NEEDED * len(self.pupils)

    def pupil(self, pupil: str) -> tuple[PupilScale, ...]:
        """Every scale of one pupil. Raises PupilNotInGroup."""
        if pupil not in self.pupils:
            raise PupilNotInGroup(pupil=pupil)
        row = self.pupils.index(pupil)
        return tuple(result.pupil(row) for result in self.scales)


def group_results(
    instrument: Instrument, pupils: Sequence[str], answers: Answers, *, errors: Mapping[str, MeasurementError | None]
) -> GroupResults:
    """Score, colour and summarise all scales of a group; row i of the answers is pupil i.

    `errors` gives the measurement error by scale key, from a sample that is larger than this group; a scale it does not name has none.
    Raises AnswersOfOtherPupils, PupilTwice, ItemNotAsked.
    """
    if len(answers) != len(pupils):
        raise AnswersOfOtherPupils(pupils=len(pupils), rows=len(answers))
    _needs_each_once(pupils)
    answered = int(np.count_nonzero((answers.reasons == Missing.ANSWERED).any(axis=1)))
    scales = tuple(_scale_result(instrument, scale, answers, errors.get(scale.key)) for scale in instrument.scales)
    return GroupResults(instrument, tuple(pupils), scales, answered / len(pupils) if pupils else 0.0, answered)


def _needs_each_once(pupils: Sequence[str]) -> None:
    seen: set[str] = set()
    for pupil in pupils:
        if pupil in seen:
            raise PupilTwice(pupil=pupil)
        seen.add(pupil)


def _scale_result(instrument: Instrument, scale: Scale, answers: Answers, error: MeasurementError | None) -> ScaleResult:
    scores = scale_scores(answers, scale, instrument)
    cuts = scale.cuts.get(Level.PUPIL)
    if cuts is None:
        colours = without_cuts(len(scores))
    else:
        colours = bands(scores.mean, cuts, direction=scale.direction, sem=error.sem if error else None)
    return ScaleResult(scale, scores, colours, error, _group_scale(scale, scores, colours, error))


def _group_scale(scale: Scale, scores: ScaleScores, colours: Bands, error: MeasurementError | None) -> GroupScale:
    known, n_pupils = moments(scores.mean), len(scores)
    band, certain = _group_band(scores.mean, known.mean, scale)
    counts = {colour: int(np.count_nonzero(colours.band == colour)) for colour in Band}
    now = mean_interval_now(scores.mean, of=n_pupils, reliability=error.reliability) if error else None
    return GroupScale(known.n, n_pupils, known.mean, known.sd, mean_interval(scores.mean), band, certain, counts, now)


def _group_band(means: NDArray[np.float64], mean: float | None, scale: Scale) -> tuple[Band, bool]:
    cuts = scale.cuts.get(Level.GROUP)
    if cuts is None or mean is None:
        return Band.NO_SCORE, False
    band, interval = _colour(mean, cuts, scale), mean_interval(means, CERTAIN_LEVEL)
    certain = interval is not None and _colour(interval.low, cuts, scale) is band is _colour(interval.high, cuts, scale)
    return band, certain


def _colour(value: float, cuts: Cuts, scale: Scale) -> Band:
    return Band(int(bands(np.array([value]), cuts, direction=scale.direction, sem=None).band[0]))


def _known(value: np.float64) -> float | None:
    return None if isnan(value) else float(value)
