"""Small instruments for tests, said in one line."""

from collections.abc import Mapping
from datetime import date

from kring.core.instruments import Cuts, Family, Informant, Instrument, Item, Level, Option, Question, QuestionKind, Scale, ScaledItem

LABELS = ("nooit", "soms", "vaak", "altijd")
DATED = date(2025, 8, 1)
PUPIL_CUTS = Cuts(2.25, 2.75, "gekozen grens, geen norm", DATED)
GROUP_CUTS = Cuts(2.75, 3.00, "gekozen grens, geen norm", DATED)
CUTS = {Level.PUPIL: PUPIL_CUTS, Level.GROUP: GROUP_CUTS, Level.SCHOOL: GROUP_CUTS}


def item(key: str, *, low: int = 1, high: int = 4) -> Item:
    """An item with the codes low to high."""
    options = tuple(Option(code, LABELS[code - 1] if (low, high) == (1, 4) else str(code)) for code in range(low, high + 1))
    return Item(key, f"Ik ben {key}.", options)


def scale(
    key: str,
    keys: str,
    *,
    signs: str = "",
    cuts: Mapping[Level, Cuts] = CUTS,
    direction: int = 1,
    share_needed: float = 0.75,
    assumed_reliability: float | None = None,
    retest_reliability: float | None = None,
) -> Scale:
    """A scale over the items named in `keys` (with spaces between), `signs` such as "++-"; all plus when left out."""
    names = keys.split()
    scaled = tuple(ScaledItem(name, -1 if sign == "-" else 1) for name, sign in zip(names, signs or "+" * len(names), strict=True))
    return Scale(
        key,
        key.capitalize(),
        Family.WELLBEING,
        direction,
        scaled,
        cuts,
        share_needed=share_needed,
        assumed_reliability=assumed_reliability,
        retest_reliability=retest_reliability,
    )


def instrument(
    *scales: Scale,
    key: str = "proeflijst",
    version: int = 1,
    low: int = 1,
    high: int = 4,
    informant: Informant = Informant.PUPIL,
    questions: tuple[Question, ...] = (),
) -> Instrument:
    """An instrument with exactly the items that its scales name, in order of first mention."""
    names = dict.fromkeys(scaled.item for part in scales for scaled in part.items)
    return Instrument(
        key=key,
        version=version,
        title="Proeflijst",
        informant=informant,
        licence="CC-BY-4.0",
        attribution="Kring",
        items=tuple(item(name, low=low, high=high) for name in names),
        scales=scales,
        questions=questions,
    )


def worked_instrument() -> Instrument:
    """Five items on 1-4, the third and fifth reversed."""
    return instrument(scale("welbevinden", "q1 q2 q3 q4 q5", signs="++-+-"))


def sociogram_instrument() -> Instrument:
    """One question: with whom do you like to play?"""
    return instrument(questions=(Question("spelen", "Met wie speel je graag?", QuestionKind.NOMINATE, 1, None),))
