"""Entry → instrument file, always in the same form: what is read and written again is the same bytes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from kring.core.instruments import About, AnswerKind, Instrument, Item, Option, Question
from kring.library.house_yaml import Node, Row, Token, number, written_yaml, yes
from kring.library.instrument_file import Entry
from kring.library.scale_writer import common_cuts, written_cuts, written_scale

Part = TypeVar("Part")


def written_entry(entry: Entry) -> str:
    """The file of this list. Texts must be tidy: no white space at their ends."""
    of = entry.instrument
    shared = _most_common(item.options for item in of.items if item.kind is AnswerKind.CHOICE) or ()
    cuts = common_cuts(of.scales)
    return written_yaml(
        [
            {**_head(of), **_rights(entry), **_told(entry)},
            _under("options", _options(shared)),
            _under("items", {item.key: _item(item, shared) for item in of.items}),
            _under("cuts", written_cuts(cuts, None, {})),
            _under("scales", {scale.key: written_scale(scale, cuts) for scale in of.scales}),
            _under("questions", {question.key: _question(question) for question in of.questions}),
        ]
    )


def _most_common(parts: Iterable[Part]) -> Part | None:
    """The first of those that come most often."""
    counted = Counter(parts)
    return max(counted, key=lambda part: counted[part]) if counted else None


def _under(name: str, fields: Mapping[str, Node]) -> dict[str, Node]:
    return {name: fields} if fields else {}


def _head(of: Instrument) -> dict[str, Node]:
    """Which list, for whom, how long and how often."""
    made: dict[str, Node | None] = {
        "key": of.key,
        "version": number(of.version),
        "title": of.title,
        "informant": Token(of.informant),
        "about": Token(of.about) if of.about is not About.PUPIL else None,
        "anonymous": yes(of.anonymous) if of.anonymous else None,
        "language": of.language,
        "year_levels": [number(year) for year in of.year_levels] if of.year_levels is not None else None,
        "minutes": number(of.minutes) if of.minutes is not None else None,
        "rhythm": _rhythm(of),
    }
    return {name: node for name, node in made.items() if node is not None}


def _rhythm(of: Instrument) -> Node | None:
    if of.rhythm is None:
        return None
    seasons = {"seasons": [Token(season) for season in of.rhythm.seasons]}
    return {**seasons, "whole_school": yes(of.rhythm.whole_school)} if of.rhythm.whole_school else seasons


def _rights(entry: Entry) -> dict[str, Node]:
    return {
        "licence": entry.instrument.licence,
        "licence_source": entry.licence_source,
        "verified_on": Token(entry.verified_on.isoformat()),
        "may_redistribute_text": yes(entry.may_redistribute_text),
        "may_translate": yes(entry.may_translate),
        "attribution": entry.instrument.attribution,
        "norm_tier": number(entry.instrument.norm_tier),
    }


def _told(entry: Entry) -> dict[str, Node]:
    """What it is worth, and what the one who answers reads."""
    of, same = entry.instrument, entry.instrument.comparable_with
    made: dict[str, Node] = {}
    if same is not None:
        made["comparable_with"] = {"version": number(same.version), "scales": list(same.scales), "reason": same.reason}
    if of.reasons:
        made["reasons"] = [Token(reason) for reason in of.reasons]
    made.update({"pictograms": of.pictograms} if of.pictograms else {})
    made.update({"validity_note": entry.validity_note, "promise": of.promise})
    return {**made, "introduction": of.introduction} if of.introduction else made


def _options(options: tuple[Option, ...]) -> dict[str, Node]:
    return {str(one.code): Row(label=one.label, picture=one.picture) if one.picture else one.label for one in options}


def _item(item: Item, shared: tuple[Option, ...]) -> Node:
    """Only its text, when it is answered as most of the list."""
    usual = item.kind is AnswerKind.CHOICE and item.options == shared
    if usual and not item.audio:
        return item.text
    made: dict[str, Node] = {"text": item.text}
    if item.kind is not AnswerKind.CHOICE:
        made["kind"] = Token(item.kind)
    if item.kind is AnswerKind.NUMBER:
        made.update(_numbers(item))
    elif item.options and not usual:
        made["options"] = _options(item.options)
    return {**made, "audio": item.audio} if item.audio else made


def _numbers(item: Item) -> dict[str, Node]:
    low, high = item.options[0], item.options[-1]
    made: dict[str, Node] = {"low": number(low.code), "high": number(high.code)}
    ends = (("low_label", low), ("high_label", high))
    return {**made, **{name: end.label for name, end in ends if end.label != str(end.code)}}


def _question(question: Question) -> Node:
    made: dict[str, Node] = {"text": question.text, "kind": Token(question.kind), "polarity": number(question.polarity)}
    made.update({} if question.limit is None else {"limit": number(question.limit)})
    return {**made, "options": _options(question.options)} if question.options else made
