"""An invented class of thirty, with two lists and a sociogram, to draw reports from."""

from datetime import date
from types import MappingProxyType

import numpy as np

from kring.core.answers import Missing, answers_from
from kring.core.groups import group_results
from kring.core.instruments import Cuts, Family, Informant, Instrument, Item, Level, Option, Scale, ScaledItem
from kring.core.reliability import MeasurementError, Origin
from kring.core.sociometry import Edge, Participation, Sociogram, nominations_from, sociogram, target_layout, web_layout
from kring.documents.reports import GroupReport, Layouts, Measurement, PupilReport, SociogramPart

FIRST_NAMES = tuple(
    "Adam Amira Bram Ceylin Daan Dina Elif Emma Fatih Finn Guus Hannah Imran Isa Jayden Julia "  # noqa: SIM905 — thirty quotes read worse
    "Kyan Lotte Łukasz Maud Milan Noor Olivia Pim Roos Sem Şeyma Tijn Yara Zoë".split()
)
LAST_NAMES = ("Bakker", "de Boer", "Demir", "Jansen", "Kowalski", "van Leeuwen", "Mulder", "El Amrani", "Peters", "Visser")
SCALES = (
    ("enjoyment", "Plezier op school", Family.WELLBEING, 1, "Of een kind graag naar school komt."),
    ("safety", "Veiligheid", Family.CLIMATE, 1, "Of een kind zich veilig voelt in de klas en op het plein."),
    ("friends", "Omgaan met klasgenoten", Family.SOCIAL, 1, "Of een kind aansluiting heeft bij andere kinderen."),
    ("confidence", "Zelfvertrouwen", Family.EMOTION, 1, "Of een kind iets durft en zichzelf de moeite waard vindt."),
    ("quarrels", "Ruzie en conflict", Family.BEHAVIOUR, -1, "Hoe vaak een kind ruzie heeft. Lager is gunstiger."),
    ("effort", "Werkhouding", Family.BEHAVIOUR, 1, "Of een kind aan het werk komt en blijft."),
)
QUESTIONS = 5


def pupils(count: int = 30) -> tuple[str, ...]:
    return tuple(f"l{number:02d}" for number in range(1, count + 1))


def names(count: int = 30) -> dict[str, str]:
    return {pupil: _name(i) for i, pupil in enumerate(pupils(count))}


def _name(i: int) -> str:
    return f"{FIRST_NAMES[i]} {LAST_NAMES[(i * 7) % 10]}" if i < len(FIRST_NAMES) else f"Leerling {i + 1}"


def instrument(informant: Informant = Informant.PUPIL, scales: int = 6) -> Instrument:
    options = tuple(Option(code, label) for code, label in enumerate(("nooit", "soms", "vaak", "altijd"), 1))
    chosen = SCALES[:scales]
    items = tuple(Item(f"{key}{i}", f"Stelling {i} over {title}", options) for key, title, *_ in chosen for i in range(QUESTIONS))
    return Instrument(
        key=f"list-{informant.value}",
        version=1,
        title="Hoe gaat het in de klas?" if informant is Informant.PUPIL else "Wat zie ik bij deze leerling?",
        informant=informant,
        licence="CC BY 4.0",
        attribution="Kring, eigen vragen",
        promise="Je juf of meester leest wat je invult.",
        items=items,
        scales=tuple(_scale(*one) for one in chosen),
    )


def _scale(key: str, title: str, family: Family, direction: int, meaning: str) -> Scale:
    items = tuple(ScaledItem(f"{key}{i}", -1 if i == 4 else 1) for i in range(QUESTIONS))
    upward = {Level.PUPIL: (2.25, 2.75), Level.GROUP: (2.75, 3.0)}
    downward = {Level.PUPIL: (2.75, 2.25), Level.GROUP: (2.25, 2.0)}
    level_cuts = upward if direction > 0 else downward
    cuts = {level: Cuts(red, green, "gekozen door de makers van Kring", date(2026, 8, 1)) for level, (red, green) in level_cuts.items()}
    return Scale(key, title, family, direction, items, MappingProxyType(cuts), assumed_reliability=0.78, meaning=meaning)


def measurement(
    informant: Informant = Informant.PUPIL, *, count: int = 30, seed: int = 1, absent: int = 2, wave: str = "najaar 2026", scales: int = 6
) -> Measurement:
    listed, found, chance = pupils(count), instrument(informant, scales), np.random.default_rng(seed)
    rows = [_row(found, chance, silent=i >= count - absent) for i in range(count)]
    sem = MeasurementError(sem=0.24, reliability=0.81, sd=0.55, n=212, origin=Origin.OMEGA)
    results = group_results(found, listed, answers_from(found, rows), errors={scale.key: sem for scale in found.scales[:-1]})
    return Measurement(found.title, informant, wave, results)


def _row(found: Instrument, chance: np.random.Generator, *, silent: bool) -> dict[str, int | Missing]:
    if silent:
        return {item.key: Missing.ABSENT for item in found.items}
    row: dict[str, int | Missing] = {}
    for number, scale in enumerate(found.scales):
        level = chance.normal((3.4, 3.25, 3.0, 2.55, 1.7, 3.05)[number], 0.45)
        for scaled in scale.items:
            code = int(np.clip(round(chance.normal(level, 0.6)), 1, 4))
            row[scaled.item] = Missing.NOT_ANSWERED if chance.random() < 0.03 else (code if scaled.sign > 0 else 5 - code)
    return row


def class_sociogram(*, count: int = 30, seed: int = 4, absent: int = 2, negatives: bool = False) -> Sociogram:
    listed, chance = pupils(count), np.random.default_rng(seed)
    taken = {pupil: Participation.ABSENT if i >= count - absent else Participation.DONE for i, pupil in enumerate(listed)}
    liked = chance.gamma(1.6, 1.0, count)
    edges = []
    for i, pupil in enumerate(listed):
        near = np.array([0.0 if j == i else liked[j] * (14.0 if j % 6 == i % 6 else 1.0) for j in range(count)])
        near[5 % count] = 0.0
        if taken[pupil] is Participation.DONE and i != 8:
            chosen = chance.choice(count, size=int(chance.integers(2, 6)), replace=False, p=near / near.sum())
            edges += [Edge(pupil, listed[j]) for j in chosen]
            others = [j for j in range(count) if j != i and j not in chosen]
            edges += [Edge(pupil, listed[chance.choice(others)], -1)] if negatives else []
    return sociogram(nominations_from(listed, edges, taken))


def sociogram_part(*, count: int = 30, absent: int = 2, negatives: bool = False) -> SociogramPart:
    found = class_sociogram(count=count, absent=absent, negatives=negatives)
    return SociogramPart("Sociogram", "najaar 2026", found, Layouts(target_layout(found), web_layout(found)))


def group_report(**changes: object) -> GroupReport:
    given: dict[str, object] = {
        "group": "Groep 6A",
        "school": "De Beuk",
        "period": "schooljaar 2026–2027",
        "made_on": date(2026, 11, 20),
        "names": names(),
        "measurements": (measurement(),),
        "sociograms": (sociogram_part(),),
    }
    return GroupReport(**(given | changes))  # type: ignore[arg-type]  # the fields are checked by the tests that use them


def pupil_report(pupil: str = "l22", **changes: object) -> PupilReport:
    given: dict[str, object] = {
        "pupil": pupil,
        "group": "Groep 6A",
        "school": "De Beuk",
        "period": "schooljaar 2026–2027",
        "made_on": date(2026, 11, 20),
        "names": names(),
        "measurements": (measurement(), measurement(Informant.TEACHER, seed=2), measurement(Informant.GUARDIAN, seed=9)),
        "sociograms": (sociogram_part(),),
    }
    return PupilReport(**(given | changes))  # type: ignore[arg-type]  # the fields are checked by the tests that use them
