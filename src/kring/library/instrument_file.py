"""One instrument file (YAML) → Instrument, or every mistake in it with its line."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from kring.core.instruments import (
    About,
    Comparable,
    Informant,
    Instrument,
    NoAnswer,
    Question,
    QuestionKind,
    Rhythm,
    Scale,
    Season,
)
from kring.file_problems import ContentRefused, Problems, said
from kring.library.item_fields import items_in, options_in, path_in
from kring.library.scale_fields import scales_in
from kring.library.tried import Parts, kept, key_in, tried, tried_apart, whole_or_apart
from kring.lined_yaml import Fields, Lined, number_of, read_lined


@dataclass(frozen=True, slots=True)
class Entry:
    """An instrument with the rights on its text and what is known about its worth."""

    instrument: Instrument
    licence_source: str
    verified_on: date
    may_redistribute_text: bool
    may_translate: bool
    validity_note: str


def read_instrument(text: str, *, source: str) -> Instrument:
    """The instrument in a YAML text. Raises ContentRefused with every mistake, naming file, line and field."""
    return read_entry(text, source=source).instrument


def read_entry(text: str, *, source: str) -> Entry:
    """The instrument in a YAML text with its rights. Raises ContentRefused with every mistake, in the order of the lines."""
    problems = Problems()
    root = read_lined(source, text, problems)
    entry = _entry(Fields(source, root, problems)) if root is not None else None
    problems.found.sort(key=lambda problem: problem.line or 0)
    problems.refuse(ContentRefused)
    assert entry is not None
    return entry


def _entry(fields: Fields) -> Entry | None:
    instrument = _instrument(fields)
    rights = (
        fields.text("licence_source"),
        fields.day("verified_on"),
        fields.yes("may_redistribute_text"),
        fields.yes("may_translate"),
    )
    note = fields.text("validity_note")
    fields.done()
    return None if instrument is None else Entry(instrument, *rights, note)


_ANY = (Question("?", "?", QuestionKind.NOMINATE, 1, None),)  # so that a list of no items is one mistake and not all of them


def _instrument(fields: Fields) -> Instrument | None:
    """The whole, tried part by part first, so that every part that is wrong is named with its line."""
    items = items_in(fields)
    scales = scales_in(fields, items)
    questions = kept(_question(fields, key, node) for key, node in fields.mapping("questions").items())
    key = key_in(fields, fields.text("key"), fields.line_of("key"))
    title, licence, attribution = fields.text("title"), fields.text("licence"), fields.text("attribution")
    blank = Instrument(
        key=key, title=title, licence=licence, attribution=attribution, version=1, informant=Informant.PUPIL, items=items, questions=_ANY,
    )  # fmt: skip
    parts = [*_head(fields), *_told(fields), ("items", {"items": items, "questions": questions})]
    whole = partial(replace, blank, scales=scales, comparable_with=_comparable(fields))
    return whole_or_apart(fields, parts, fields.line_of("comparable_with"), whole, partial(_apart, fields, blank, parts, scales))


def _apart(fields: Fields, blank: Instrument, parts: Parts, scales: tuple[Scale, ...]) -> bool:
    """Whether each part and each scale is sound by itself."""
    sound = [_in_range(fields, blank, scale) for scale in scales]
    return tried_apart(fields, blank, parts) and all(sound)


def _in_range(fields: Fields, blank: Instrument, scale: Scale) -> bool:
    """Whether the cut-offs of this scale lie where its scores are."""
    own = Fields(fields.file, fields.mapping("scales")[scale.key], fields.problems)
    return tried_apart(own, blank, [("cuts", {"scales": (scale,)})])


def _head(fields: Fields) -> Parts:
    """For whom the list is, how often and how long; per field what it gives."""
    informant = fields.one_of("informant", Informant)
    about = fields.one_of("about", About) if "about" in fields else About.PUPIL
    return [
        ("version", {"version": fields.whole("version")}),
        ("informant", {"informant": informant, "about": about, "anonymous": fields.yes("anonymous") if "anonymous" in fields else False}),
        ("language", {"language": fields.optional("language") or "nl"}),
        ("year_levels", {"year_levels": years_in(fields)}),
        ("minutes", {"minutes": fields.whole("minutes") if "minutes" in fields else None}),
        ("rhythm", {"rhythm": _rhythm(fields)}),
        ("norm_tier", {"norm_tier": fields.whole("norm_tier", otherwise=0)}),
    ]


def _told(fields: Fields) -> Parts:
    """What the one who answers reads and may say."""
    return [
        ("promise", {"promise": fields.text("promise")}),
        ("introduction", {"introduction": fields.optional("introduction") or ""}),
        ("reasons", {"reasons": fields.several("reasons", NoAnswer)}),
        ("pictograms", {"pictograms": path_in(fields, "pictograms")}),
    ]


def years_in(fields: Fields) -> tuple[int, int] | None:
    """`[5, 8]`: from and up to which year of school."""
    if fields.node("year_levels") is None:
        return None
    match [number_of(part.text or "", whole=True) for part in fields.parts("year_levels")]:
        case [float(first), float(last)]:
            return int(first), int(last)
        case _:
            fields.wrong("year_levels", said("Hier horen twee hele getallen te staan."), said("Schrijf [5, 8] voor groep 5 tot en met 8."))
            return None


def _rhythm(fields: Fields) -> Rhythm | None:
    """`{seasons: [autumn, spring], whole_school: true}`"""
    node = fields.node("rhythm")
    if node is None:
        return None
    own = Fields(fields.file, node, fields.problems)
    seasons, whole = own.several("seasons", Season), own.yes("whole_school") if "whole_school" in own else False
    own.done()
    if len(seasons) < len(own.parts("seasons")):
        return None
    return tried(own, own.line_of("seasons"), lambda: Rhythm(seasons, whole))


def _comparable(fields: Fields) -> Comparable | None:
    """`{version: 1, scales: [wellbeing], reason: …}`"""
    node = fields.node("comparable_with")
    if node is None:
        return None
    own = Fields(fields.file, node, fields.problems)
    version, reason, scales = own.whole("version"), own.text("reason"), tuple(part.text or "" for part in own.parts("scales"))
    own.done()
    return tried(own, own.line_of("scales"), lambda: Comparable(version, scales, reason))


def _question(whole: Fields, key: str, node: Lined) -> Question | None:
    fields = Fields(whole.file, node, whole.problems)
    key_in(whole, key, node.line)
    text, kind, polarity = fields.text("text"), fields.one_of("kind", QuestionKind), fields.whole("polarity")
    limit = fields.whole("limit") if "limit" in fields else None
    options = options_in(fields, fields.mapping("options"))
    fields.done()
    return tried(fields, fields.line, lambda: Question(key, text, kind, polarity, limit, options))
