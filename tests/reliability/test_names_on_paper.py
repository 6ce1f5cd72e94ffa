"""Whatever somebody is called, the report comes out as PDF/UA: a name is printed, as far as there are letters for it, and never run."""

import random
from collections.abc import Iterator, Mapping

import page

from kring.documents.paper import group_pdf, pupil_pdf
from tests.documents import sample
from tests.reliability.conftest import Held

COUNTS = (5, 200)  # small, whole
LONGEST = 60
PIECES = (
    *("Noor", "van 't Hof-Jansen", "Łukasz", "Nguyễn", "Дмитрий", "李小龍", "ไทย", "हिन्दी"),
    *("محمد", "שרה", "\u202e", "\u2067", "\u200f", "\u200d", "\u200b", "\ufeff", "\u00ad", "\u2028", "\u2029"),
    *("\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\t", "\r\n", "\ufffe", "\U0010ffff", "\ue000", "\ud7ff", "\uffff"),
    *("😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇳🇱", "e\u0301", "Z" + "\u0300\u0323\u0489" * 8, "ﬁ", "Ǆ", "ß", "İ", "ﷺ", "𝔎", "¼", "\u034f"),
    *('#panic("x")', '#read("/etc/passwd")', "$x^2$", "*vet*", "_schuin_", "= Kop", "- punt", "+ 1.", "@label", "<label>", "```", "`x`"),
    *("\\", "\\u{41}", "//", "/*", "*/", "#", "{", "}", "[", "]", "~", "~~", "--", "---", "...", "-", "'", '"'),
    *("<script>alert(1)</script>", "&amp;", "&#0;", "]]>", "{{ x }}", "{% x %}", "%00"),
    *("W" * LONGEST, "i" * LONGEST, " ", "\u00a0", "\u3000"),
)
SURROGATES = range(0xD800, 0xE000)  # no text by themselves; no database keeps them


def odd_name(chance: random.Random) -> str:
    """Up to sixty characters, also such that nothing of it can be printed."""
    name = "".join(any_letter(chance) if chance.random() < 0.2 else chance.choice(PIECES) for _ in range(chance.randint(1, 6)))[:LONGEST]
    return name if name.strip() else f"x{name}"[:LONGEST]


def any_letter(chance: random.Random) -> str:
    code = chance.randrange(0x110000)
    return "x" if code in SURROGATES else chr(code)


def failures(made: bytes) -> list[str]:
    return [failure.message for failure in page.validate_pdf_bytes(made, profile=page.ValidationProfile.PDF_UA_1).failures]


def papers(seed: int, parts: Mapping[str, object]) -> Iterator[bytes]:
    """Both reports about a class in which everybody and everything has an odd name."""
    chance = random.Random(seed)
    names = {pupil: odd_name(chance) for pupil in sample.pupils()}
    ours = {**parts, "names": names, "group": odd_name(chance)[:30], "school": odd_name(chance)}
    yield group_pdf(sample.group_report(**ours))
    yield pupil_pdf(sample.pupil_report(chance.choice(sample.pupils()), **ours))


def test_names_on_paper(long: bool, held: Held) -> None:
    parts = {"measurements": (sample.measurement(),), "sociograms": (sample.sociogram_part(),)}
    wrong = {seed: [failures(made) for made in papers(seed, parts)] for seed in range(COUNTS[long])}
    assert {seed: found for seed, found in wrong.items() if any(found)} == {}
    held(
        "whatever people are called, a report is valid PDF/UA-1 (code, control characters, right to left, emoji, stacked accents)",
        f"{len(wrong)} classes of {len(sample.pupils())} odd names, {2 * len(wrong)} reports, 0 refused by the validator",
    )
