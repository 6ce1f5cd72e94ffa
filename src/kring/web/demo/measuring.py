"""What the invented pupils and their teachers answer: levels that last, classes that differ, days that are off."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from kring.core.answers import Missing
from kring.core.instruments import Instrument, Scale
from kring.web.demo.choosing import choices_of
from kring.web.demo.invented import InventedList, InventedPupil, InventedRound, Measured, Stay, chance
from kring.web.demo.plan import SOCIOGRAM, SchoolPlan

Floats = NDArray[np.float64]

# Shares of the variance of the true level, chosen so that the scores of classes and rounds come out as in real schools:
# about a tenth of the differences lies between classes, and the scores of two rounds correlate about .75.
BETWEEN_CLASSES = 0.13
LASTING = 0.90
COMMON = 0.40  # what all scales and both informants share
LEVEL_IN_ITEM = 0.66
ITEM_SD = 0.85
ITEM_MEAN = {1: 2.95, -1: 1.95}  # on four options, by the direction of the scale
CHANGES = 0.06  # pupils with whom something really changed, in the last year
CHANGE = 1.3
ABSENT = 0.03
DONT_KNOW = 0.02
SKIPPED = 0.008


def measured(
    plan: SchoolPlan, round_: InventedRound, instrument: Instrument, pupils: Sequence[InventedPupil], stays: Sequence[Stay], today: date
) -> Measured:
    """What this round brought in until today."""
    asked = [stay for stay in stays if _asks(instrument, stay, round_)]
    if round_.instrument == SOCIOGRAM:
        return Measured(round_, sociograms=tuple(choices_of(plan, round_, instrument, pupils, asked, today)))
    return Measured(round_, lists=tuple(_lists(plan, round_, instrument, pupils, asked, today)))


def _asks(instrument: Instrument, stay: Stay, round_: InventedRound) -> bool:
    low, high = instrument.year_levels or (0, 99)
    on = round_.window.opens_on
    return low <= stay.year_level <= high and stay.from_on <= on and (stay.until_on is None or on < stay.until_on)


def _lists(
    plan: SchoolPlan, round_: InventedRound, instrument: Instrument, pupils: Sequence[InventedPupil], asked: Sequence[Stay], today: date
) -> Iterator[InventedList]:
    row = {pupil.key: place for place, pupil in enumerate(pupils)}
    codes = _codes(plan, round_, instrument, pupils)
    draw = chance(plan.name, instrument.key, round_.window.key, "lists")
    for stay in asked:
        luck, moment = draw.random(), draw.random()
        if luck >= _share_in(plan, round_, stay.group):
            yield InventedList(stay.group, stay.pupil, None, None)
        else:
            yield InventedList(stay.group, stay.pupil, codes[row[stay.pupil]], round_.window.day(moment, today))


def _share_in(plan: SchoolPlan, round_: InventedRound, group: str) -> float:
    return min(1 - ABSENT, plan.lists_in.get(group, 1.0)) if round_.window.is_running else 1 - ABSENT


def _codes(
    plan: SchoolPlan, round_: InventedRound, instrument: Instrument, pupils: Sequence[InventedPupil]
) -> list[Mapping[str, int | Missing]]:
    """The answers that every pupil of the school would get or give in this round."""
    draw = chance(plan.name, instrument.key, round_.window.key, "items")
    rows: list[dict[str, int | Missing]] = [{} for _ in pupils]
    for scale in instrument.scales:
        level = _level(plan, round_, instrument, scale, pupils)
        for scaled in scale.items:
            own = draw.standard_normal(len(pupils))
            felt = np.sqrt(LEVEL_IN_ITEM) * scale.direction * level + np.sqrt(1 - LEVEL_IN_ITEM) * own
            keyed = np.clip(np.rint(ITEM_MEAN[scale.direction] + ITEM_SD * felt), *instrument.range_of(scale))
            raw = keyed if scaled.sign > 0 else sum(instrument.range_of(scale)) - keyed
            for answers, code, luck in zip(rows, raw, draw.random(len(pupils))):
                answers[scaled.item] = _answer(int(code), float(luck))
    return list(rows)


def _answer(code: int, luck: float) -> int | Missing:
    if luck < DONT_KNOW:
        return Missing.DONT_KNOW
    return Missing.NOT_ANSWERED if luck < DONT_KNOW + SKIPPED else code


def _level(plan: SchoolPlan, round_: InventedRound, instrument: Instrument, scale: Scale, pupils: Sequence[InventedPupil]) -> Floats:
    """How each pupil stands on a scale in this round; higher is better. Standard normal."""
    about = (plan.name, instrument.key, scale.key)
    n = len(pupils)
    lasting = np.sqrt(COMMON) * chance(plan.name, "common").standard_normal(n)
    lasting += np.sqrt(1 - COMMON) * chance(*about, "own").standard_normal(n)
    passing = chance(*about, round_.window.key).standard_normal(n)
    within = np.sqrt(LASTING) * lasting + np.sqrt(1 - LASTING) * passing
    level: Floats = np.sqrt(BETWEEN_CLASSES) * _classes(about, pupils) + np.sqrt(1 - BETWEEN_CLASSES) * within
    return level + _changed(plan, round_, n)


def _classes(about: tuple[str, ...], pupils: Sequence[InventedPupil]) -> Floats:
    """What a pupil's group adds. Eight draws may by chance hardly differ; these always do."""
    homes = sorted({pupil.home for pupil in pupils})
    drawn = chance(*about, "classes").standard_normal(len(homes))
    effect = (drawn - drawn.mean()) / drawn.std()
    return np.array([effect[homes.index(pupil.home)] for pupil in pupils])


def _changed(plan: SchoolPlan, round_: InventedRound, n: int) -> Floats:
    """From the running year on, a few pupils do clearly better or worse, on all scales."""
    draw = chance(plan.name, "changes")
    who, way = draw.random(n) < CHANGES, np.where(draw.random(n) < 0.5, -CHANGE, CHANGE)
    return np.where(who, way, 0.0) if round_.window.is_this_year else np.zeros(n)
