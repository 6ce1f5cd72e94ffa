"""Any list that may be written in a file, for laws that hold for all of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from kring.core.instruments import (
    About,
    AnswerKind,
    Comparable,
    Competence,
    CutKind,
    Cuts,
    Family,
    Informant,
    Instrument,
    Item,
    Level,
    NoAnswer,
    Option,
    Question,
    QuestionKind,
    Rhythm,
    Scale,
    ScaledItem,
    Season,
)
from kring.core.instruments.instrument import WITHOUT_NAMES
from kring.core.instruments.questions import FREQUENCIES, POINTS
from kring.library import Entry
from kring.lined_yaml import TURNS

ALONE = [
    "nee",
    "no",
    "yes",
    "null",
    "~",
    "1",
    "-1",
    "2026-11-22",
    "[a]",
    "{a}",
    "'",
    '"',
    "\\",
    "#",
    "a:",
    "?",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a",
    "|",
    ">",
    "=",
    "<<",
    "é",
    "“ja”",
    "👍",
    "a,b",
    "a\u2028b",
    "a\xa0b",
]
LONG = ["woord " * 40 + "slot", "x" * 300, "regel één\n\nregel twee " + "lang " * 40 + "slot"]
TRAPS = [*ALONE, *LONG, "a: b", "a #b", "- a", "a\nb", "a\n\nb", "a\n  b", "a  b", "a\tb"]
signs = st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs"], exclude_characters=TURNS) | st.sampled_from("\t\n\r")
texts = (st.sampled_from(TRAPS) | st.text(signs, max_size=30)).map(str.strip).filter(bool)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
few = st.sampled_from([0.05, 0.5, 0.75, 0.333333, 0.9])


def keys(prefix: str, most: int) -> SearchStrategy[list[str]]:
    """Different keys, with what may be in them."""
    ends = st.text("abcXYZ019_.-", max_size=4)
    return st.lists(ends, min_size=1, max_size=most, unique=True).map(lambda found: [f"{prefix}{end}" for end in found])


@st.composite
def option_sets(draw: DrawFn) -> tuple[Option, ...]:
    codes = draw(st.lists(st.integers(-9, 99), min_size=2, max_size=5, unique=True))
    picture = draw(st.sampled_from(["", "blij", "sip"]))
    return tuple(Option(code, draw(texts), picture) for code in codes)


@st.composite
def items(draw: DrawFn, key: str, sets: Sequence[tuple[Option, ...]]) -> Item:
    kind, text, audio = draw(st.sampled_from(AnswerKind)), draw(texts), draw(st.sampled_from(["", "audio/x-1/a.mp3"]))
    if kind is AnswerKind.NUMBER:
        low = draw(st.integers(-5, 5))
        labels = draw(texts | st.just("")), draw(texts | st.just(""))
        return Item.of_numbers(key, text, (low, low + draw(st.integers(1, 11))), labels, audio=audio)
    return Item(key, text, () if kind is AnswerKind.TEXT else draw(st.sampled_from(sets)), kind, audio)


@st.composite
def cuts(draw: DrawFn, bounds: tuple[int, int], direction: int) -> dict[Level, Cuts]:
    found = {}
    for level in draw(st.lists(st.sampled_from(Level), unique=True)):
        kind = draw(st.sampled_from(CutKind))
        low, high = bounds if kind is CutKind.RAW else (0, 100)
        red, green = sorted(low + (high - low) * share for share in draw(st.lists(few, min_size=2, max_size=2, unique=True)))
        if direction < 0 and kind is not CutKind.PERCENTILE:
            red, green = green, red
        found[level] = Cuts(
            red, green, draw(st.sampled_from(["gekozen grens", "een: ander"])), draw(st.just(date(2026, 1, 1)) | days), kind
        )
    return found


@st.composite
def scales(draw: DrawFn, key: str, own: Sequence[Item]) -> Scale:
    direction = draw(st.sampled_from([-1, 1]))
    ranges = {(item.low, item.high) for item in own}
    return Scale(
        key=key,
        title=draw(texts),
        family=draw(st.sampled_from(Family)),
        direction=direction,
        items=tuple(ScaledItem(item.key, draw(st.sampled_from([-1, 1]))) for item in own),
        cuts=draw(cuts(ranges.pop() if len(ranges) == 1 else (0, 1), direction)),
        share_needed=draw(st.sampled_from([0.5, 0.75, 2 / 3, 1.0])),
        assumed_reliability=draw(st.none() | few),
        retest_reliability=draw(st.none() | few),
        meaning=draw(texts | st.just("")),
        competences=tuple(draw(st.lists(st.sampled_from(Competence), unique=True))),
    )


@st.composite
def entries(draw: DrawFn) -> Entry:
    """A list with everything that a file can say."""
    sets = draw(st.lists(option_sets(), min_size=1, max_size=3))
    asked = tuple(draw(items(key, sets)) for key in draw(keys("i", 8)))
    closed = [item for item in asked if not item.is_open]
    apart = [closed[at : at + 3] for at in range(0, len(closed), 3)]
    made = tuple(draw(scales(f"s{number}", own)) for number, own in enumerate(apart))
    informant = draw(st.sampled_from(Informant))
    first = draw(st.integers(1, 14))
    version = draw(st.integers(2, 50))
    reason = draw(texts)
    same = draw(st.none() | st.just(Comparable(1, (made[0].key,), reason))) if made else None
    rhythm = Rhythm(tuple(draw(st.lists(st.sampled_from(Season), min_size=1, unique=True))), draw(st.booleans()))
    instrument = Instrument(
        key=f"eigen-{draw(st.text('abc-', min_size=1, max_size=9))}",
        version=version,
        title=draw(texts),
        informant=informant,
        licence=draw(texts),
        attribution=draw(texts),
        language=draw(st.sampled_from(["nl", "en", "no"])),
        year_levels=draw(st.none() | st.just((first, draw(st.integers(first, 14))))),
        promise=draw(texts),
        items=asked,
        scales=made,
        questions=tuple(draw(questions(key)) for key in draw(keys("q", 2))) if draw(st.booleans()) else (),
        norm_tier=draw(st.integers(0, 3)),
        about=draw(st.sampled_from([About.GROUP, About.SCHOOL])) if informant is Informant.STAFF else About.PUPIL,
        anonymous=informant in WITHOUT_NAMES and draw(st.booleans()),
        minutes=draw(st.none() | st.integers(1, 120)),
        rhythm=draw(st.none() | st.just(rhythm)),
        introduction=draw(texts | st.just("")),
        reasons=tuple(draw(st.lists(st.sampled_from(NoAnswer), unique=True))),
        comparable_with=same,
        pictograms=draw(st.sampled_from(["", "gezichten-3"])),
    )
    return Entry(instrument, draw(texts), draw(days), draw(st.booleans()), draw(st.booleans()), draw(texts))


@st.composite
def questions(draw: DrawFn, key: str) -> Question:
    kind = draw(st.sampled_from(QuestionKind))
    polarity: Any = st.sampled_from([-1, 1]) if kind is QuestionKind.NOMINATE else st.sampled_from([-1, 0, 1])
    steps = {QuestionKind.RATE: draw(st.sampled_from(POINTS)), QuestionKind.FREQUENCY: FREQUENCIES}.get(kind, 0)
    options = tuple(Option(code, draw(texts)) for code in range(1, steps + 1))
    return Question(key, draw(texts), kind, draw(polarity), draw(st.none() | st.integers(1, 9)), options)
