"""Invents the example class: 26 pupils, two rounds, from a fixed seed. `python examples/make_example.py` writes examples/klas again."""

import csv
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

SEED = 20261122
ROUNDS = ("2025-11", "2026-05")
NAMES = (
    "Amira", "Bas", "Cato", "Daan", "Elif", "Fenna", "Gijs", "Hanna", "Idris", "Jip", "Kiki", "Lotte", "Milan",
    "Nora", "Owen", "Pien", "Quinten", "Roos", "Samir", "Tess", "Ubo", "Vera", "Wout", "Xenia", "Yara", "Ziggy",
)  # fmt: skip
SCALES = {"w": 3, "c": 4, "b": 3, "s": None}  # scale → its reversed item, of five
MOOD = {"w": 0.9, "c": 0.5, "b": 0.2, "s": 1.1}  # how high the class is on each, above the middle
LEAVES_AFTER_FIRST = "21"
ABSENT = {("2025-11", "9"), ("2026-05", "14")}
CHOOSES_NOBODY = {("2025-11", "24")}
QUIET = {"11", "24"}  # few choose them, and their own answers say so too


@dataclass(frozen=True)
class Pupil:
    """An invented child: the circle of friends, how often chosen, and how it feels about school."""

    key: str
    name: str
    circle: int
    chosen: float
    mood: dict[str, float]


def pupils(chance: random.Random) -> list[Pupil]:
    made = []
    for number, name in enumerate(NAMES, start=1):
        key = str(number)
        low = -1.6 if key in QUIET else 0.0
        mood = {scale: chance.gauss(MOOD[scale], 0.65) + low for scale in SCALES}
        made.append(Pupil(key, name, chance.randrange(5), chance.gauss(0, 0.9) + low, mood))
    return made


def on_list(everyone: Sequence[Pupil], round_: str) -> list[Pupil]:
    return [one for one in everyone if round_ == ROUNDS[0] or one.key != LEAVES_AFTER_FIRST]


def took_part(everyone: Sequence[Pupil], round_: str) -> list[Pupil]:
    return [one for one in on_list(everyone, round_) if (round_, one.key) not in ABSENT]


def likelihood(one: Pupil, other: Pupil) -> float:
    return 1 / (1 + math.exp(1.9 - 2.6 * (one.circle == other.circle) - 0.8 * other.chosen))


def nominations(everyone: Sequence[Pupil], chance: random.Random) -> Iterable[tuple[str, ...]]:
    liking = {(one.key, other.key): chance.random() for one in everyone for other in everyone}
    for round_ in ROUNDS:
        for one in took_part(everyone, round_):
            for other in on_list(everyone, round_):
                same = 0.7 * liking[one.key, other.key] + 0.3 * chance.random()  # most friendships last half a year
                if one is not other and (round_, one.key) not in CHOOSES_NOBODY and same < likelihood(one, other):
                    yield round_, "together", one.key, other.key


def participation(everyone: Sequence[Pupil]) -> Iterable[tuple[str, ...]]:
    for round_ in ROUNDS:
        for one in on_list(everyone, round_):
            where = round_, one.key
            yield round_, one.key, "absent" if where in ABSENT else "empty" if where in CHOOSES_NOBODY else "done"


def answers(everyone: Sequence[Pupil], chance: random.Random) -> Iterable[tuple[str, ...]]:
    for round_ in ROUNDS:
        for one in took_part(everyone, round_):
            later = 0.2 if round_ == ROUNDS[1] else 0.0
            yield round_, one.key, *(answer(one, scale, item, later, chance) for scale in SCALES for item in range(1, 6))


def answer(one: Pupil, scale: str, item: int, later: float, chance: random.Random) -> str:
    """1 to 4, sometimes nothing; a reversed item is answered the other way round."""
    if chance.random() < 0.015:
        return ""
    level = min(4, max(1, round(2.6 + one.mood[scale] + later + chance.gauss(0, 0.6))))
    return str(5 - level if SCALES[scale] == item else level)


def write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *rows])


def make(folder: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - an invented class, no secret
    everyone = pupils(chance)
    folder.mkdir(exist_ok=True)
    listed = ((one.key, one.name, "6A", "", ROUNDS[0] if one.key == LEAVES_AFTER_FIRST else "") for one in everyone)
    write(folder / "pupils.csv", ("pupil", "name", "group", "from", "to"), listed)
    write(folder / "nominations.csv", ("round", "question", "from", "to"), nominations(everyone, chance))
    write(folder / "participation.csv", ("round", "pupil", "status"), participation(everyone))
    items = tuple(f"{scale}{item}" for scale in SCALES for item in range(1, 6))
    write(folder / "answers.csv", ("round", "pupil", *items), answers(everyone, chance))


if __name__ == "__main__":
    make(Path(__file__).with_name("klas"))
