"""A country to measure on, from a fixed seed: classes of 25, 40 four-point items in 8 scales, four choices each. Nobody in it is real."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from kring.core.answers import Answers
from kring.core.instruments import Cuts, Family, Informant, Instrument, Item, Level, Option, Scale, ScaledItem
from kring.core.sociometry import Edge, Nominations, nominations_from

SCALES, ITEMS = 8, 5
CLASS, CHOICES = 25, 4
SCHOOL, HUNDRED, COUNTRY = 200, 20_000, 1_400_000  # pupils of 1, 100 and 7,000 schools
KEYS = tuple(f"q{number}" for number in range(SCALES * ITEMS))
PART = 20_000  # rows that are made at once


def forty_items() -> Instrument:
    options = tuple(Option(code, str(code)) for code in range(1, 5))
    cuts = {level: Cuts(2.25, 2.75, "gekozen grens", date(2026, 1, 1)) for level in Level}
    keys = (KEYS[s * ITEMS : (s + 1) * ITEMS] for s in range(SCALES))
    return Instrument(
        key="forty",
        version=1,
        title="Veertig",
        informant=Informant.PUPIL,
        licence="CC0-1.0",
        attribution="Kring",
        items=tuple(Item(key, key, options) for key in KEYS),
        scales=tuple(Scale(f"s{s}", f"Schaal {s}", Family.WELLBEING, 1, signed(part), cuts) for s, part in enumerate(keys)),
    )


def signed(keys: tuple[str, ...]) -> tuple[ScaledItem, ...]:
    """One item of each scale is reversed."""
    return tuple(ScaledItem(key, -1 if number == 2 else 1) for number, key in enumerate(keys))


def answered(pupils: int) -> NDArray[np.int8]:
    """Codes 1 to 4 with one factor per scale, 0 where one in fifty is missing."""
    seeded = np.random.Generator(np.random.PCG64(2026))
    codes = np.empty((pupils, len(KEYS)), dtype=np.int8)
    for start in range(0, pupils, PART):
        part = codes[start : start + PART]
        factor = np.repeat(seeded.standard_normal((len(part), SCALES), dtype=np.float32), ITEMS, axis=1)
        factor[:, 2::ITEMS] *= -1
        noise = seeded.standard_normal(part.shape, dtype=np.float32)
        part[:] = np.clip(np.rint(2.6 + 0.6 * factor + 0.8 * noise), 1, 4)
        part[seeded.random(part.shape, dtype=np.float32) < 0.02] = 0
    return codes


def fresh(codes: NDArray[np.int8]) -> Answers:
    """Answers whose fingerprint was not worked out before."""
    return Answers(KEYS, codes, np.where(codes == 0, np.int8(2), np.int8(0)))


def with_nan(codes: NDArray[np.int8]) -> NDArray[np.float64]:
    return np.where(codes == 0, np.nan, codes)


def choices_of(classes: int, pupils: int = CLASS) -> NDArray[np.bool_]:
    """Tables bool[classes, pupils, pupils]: everybody chooses four, some pupils more wanted than others."""
    seeded = np.random.Generator(np.random.PCG64(2026))
    tables = np.zeros((classes, pupils, pupils), dtype=np.bool_)
    for start in range(0, classes, PART // CLASS):
        part = tables[start : start + PART // CLASS]
        wanted = seeded.standard_normal((len(part), 1, pupils)) * 0.6 + seeded.gumbel(size=part.shape)
        wanted[:, np.arange(pupils), np.arange(pupils)] = -np.inf
        np.put_along_axis(part, np.argpartition(-wanted, CHOICES, axis=2)[:, :, :CHOICES], values=True, axis=2)
    return tables


def class_of(pupils: int) -> Nominations:
    return nominated(choices_of(1, pupils)[0], tuple(str(i) for i in range(1, pupils + 1)))


def nominated(table: NDArray[np.bool_], pupils: tuple[str, ...]) -> Nominations:
    return nominations_from(pupils, [Edge(pupils[i], pupils[j]) for i, j in np.argwhere(table).tolist()], {})
