"""Everything about one school at once, and the same work for one, a hundred and seven thousand schools."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks.made.country import CLASS, KEYS, answered, choices_of, forty_items, fresh, nominated
from kring.commands.bench import Measured, peak_of, timed_runs
from kring.core.answers import Answers
from kring.core.attention.points import Finding, pupil_points
from kring.core.attention.table import Channel, Sign, Source
from kring.core.bands import Band
from kring.core.groups import GroupResults, group_results
from kring.core.instruments import Instrument
from kring.core.random_intercept import random_intercept
from kring.core.reliability import measurement_error
from kring.core.scoring import instrument_scores
from kring.core.sociometry import pupil_facts, sociogram, structures
from kring.core.sociometry.target import target_layout

CLASSES = 8
WHOLE, NIGHT, NIGHT_MEMORY = 1000.0, 60_000.0, 4096
ALWAYS = 30.0  # milliseconds that even one school costs
ON = date(2026, 11, 22)


def measure() -> Iterator[Measured]:
    instrument = forty_items()
    answers, choices = answered(CLASSES * CLASS), choices_of(CLASSES)
    whole = timed_runs(lambda: school(instrument, fresh(answers), choices), times=7)
    peak = peak_of(lambda: school(instrument, fresh(answers), choices))
    remark = f"{CLASSES} classes of {CLASS}: scores, errors with omega, colours, intervals, sociograms with groups and layout, signals"
    yield Measured("one school, everything", whole, WHOLE, remark, (), peak, 1024)
    yield from growth(instrument)


def school(instrument: Instrument, answers: Answers, choices: NDArray[np.bool_]) -> list[object]:
    """What the pages of a whole school hold."""
    errors = {scale.key: measurement_error(answers, scale, instrument).error for scale in instrument.scales}
    made: list[object] = []
    for number, table in enumerate(choices):
        rows = slice(number * CLASS, (number + 1) * CLASS)
        pupils = tuple(f"{number}-{i}" for i in range(CLASS))
        results = group_results(instrument, pupils, Answers(KEYS, answers.codes[rows], answers.reasons[rows]), errors=errors)
        picture = sociogram(nominated(table, pupils))
        facts = pupil_facts(picture).pupils
        signals = [pupil_points(findings(results, pupil, fact.received == 0), on=ON) for pupil, fact in zip(pupils, facts)]
        made += [results, picture, facts, target_layout(picture), signals]
    return made


def findings(results: GroupResults, pupil: str, never_chosen: bool) -> list[Finding]:
    red = [Finding(Source.OWN_LIST, Channel.INTERNALISING, Sign.RED, ON) for one in results.pupil(pupil) if one.band is Band.RED][:1]
    return red + [Finding(Source.SOCIOGRAM, Channel.INTERNALISING, Sign.NEVER_CHOSEN, ON)] * never_chosen


def growth(instrument: Instrument) -> Iterator[Measured]:
    """Scores, class means of 8 scales with REML, and sociogram indices: the cost per pupil must not grow."""
    for schools in (1, 100, 7000):
        night = partial(aggregates, instrument, answered(schools * CLASSES * CLASS), choices_of(schools * CLASSES))
        runs = timed_runs(night, times=5 if schools < 7000 else 1)
        pupils = schools * CLASSES * CLASS
        remark = f"{pupils:,} pupils: {1000 * median(runs) / pupils:.1f} µs each"
        yield Measured(
            f"aggregates of {schools:,} schools", runs, NIGHT * schools / 7000 + ALWAYS, remark, (), peak_of(night), NIGHT_MEMORY
        )


def aggregates(instrument: Instrument, codes: NDArray[np.int8], choices: NDArray[np.bool_]) -> None:
    classes = np.arange(len(codes)) // CLASS
    for one in instrument_scores(fresh(codes), instrument).scales.values():
        random_intercept(one.mean, classes)
    structures(choices, np.ones(choices.shape[:2], dtype=np.bool_))
