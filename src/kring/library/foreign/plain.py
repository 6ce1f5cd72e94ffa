"""Text without marks of any kind, and without code: what another program would work out or run is cut away and never looked into."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from typing import Final

LONGEST = 20_000
TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)([^<>]*+)>")
EXPRESSION: Final = re.compile(r"\{[^{}]*+\}")
KNITTED: Final = re.compile(r"`\{?r\b[^`]*+`")
MARKDOWN: Final = re.compile(r"^#+|__|\*\*|`", re.MULTILINE)
CUT = " … "
RUNS = {"script", "style", "iframe", "object", "embed", "form", "svg", "template", "noscript"}
WHOLE = {"script", "style", "iframe", "object", "svg", "template", "noscript"}
"""Elements of which all that stands within goes as well."""
INLINE = {"a", "abbr", "b", "big", "code", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "tt", "u"}
"""Elements within a line: before or after them no word ends."""
MEDIA = {"img", "audio", "video", "picture", "source"}
TURNS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Cut(StrEnum):
    """What was cut out of a text."""

    CODE = "code"
    MEDIA = "media"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Stripped:
    """The words that are left, and what is gone."""

    text: str
    cuts: frozenset[Cut]


def plain(text: str) -> str:
    """The text on one line, without signs that cannot be seen or that turn the direction of reading."""
    kept = (sign for sign in text if sign.isspace() or (unicodedata.category(sign) not in {"Cc", "Cs", "Co", "Cn"} and sign not in TURNS))
    return " ".join("".join(kept).split())


def stripped(text: str) -> Stripped:
    """The words of a text in HTML with expressions between braces, as LimeSurvey has them."""
    cuts: set[Cut] = set()
    if len(text) > LONGEST:  # never half an expression
        return Stripped("", frozenset({Cut.CODE}))
    words = unescape(_without_tags(_without_comments(text, cuts), cuts))
    return Stripped(plain(_without_expressions(words, cuts)), frozenset(cuts))


def unknitted(text: str) -> Stripped:
    """The words of a text in Markdown with HTML and R between backticks, as formr has them."""
    words, knitted = KNITTED.subn(CUT, text[:LONGEST])
    cuts: set[Cut] = {Cut.CODE} if knitted else set()
    bare = unescape(_without_tags(_without_comments(words, cuts), cuts))
    return Stripped(plain(MARKDOWN.sub("", bare)), frozenset(cuts))


def _without_comments(text: str, cuts: set[Cut]) -> str:
    """Neither comments nor what a server would run."""
    for begin, end in (("<!--", "-->"), ("<?", "?>"), ("<%", "%>")):
        first, *rest = text.split(begin)
        if rest and end != "-->":
            cuts.add(Cut.CODE)
        text = first + "".join(part.partition(end)[2] for part in rest)
    return text


def _without_tags(text: str, cuts: set[Cut]) -> str:
    """The text between the tags; of what would run, nothing."""
    kept: list[str] = []
    at, within = 0, ""
    for tag in TAG.finditer(text):
        closes, name, about = tag[1], tag[2].lower(), tag[3].lower()
        if not within:
            kept += [text[at : tag.start()], "" if name in INLINE else " "]
        at = tag.end()
        _note(name, about, cuts)
        if closes and name == within:
            within = ""
        elif not within and not closes and name in WHOLE:
            within = name
    return "".join(kept) + ("" if within else text[at:])


def _note(name: str, about: str, cuts: set[Cut]) -> None:
    if name in RUNS or " on" in about or "javascript:" in about:
        cuts.add(Cut.CODE)
    if name in MEDIA:
        cuts.add(Cut.MEDIA)
    if name == "a":
        cuts.add(Cut.LINK)


def _without_expressions(text: str, cuts: set[Cut]) -> str:
    """One may stand within another; the inner goes first."""
    for _deep in range(20):
        text, found = EXPRESSION.subn(CUT, text)
        if not found:
            break
        cuts.add(Cut.CODE)
    return text
