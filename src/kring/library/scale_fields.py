"""The scales of an instrument file with their cut-offs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from kring.core.instruments import Competence, CutKind, Cuts, Family, Item, Level, Scale, ScaledItem
from kring.file_problems import said
from kring.library.tried import Parts, kept, key_in, tried, tried_apart, whole_or_apart
from kring.lined_yaml import Fields, Lined, number_of

SEE_CUTS = said("Schrijf bijvoorbeeld [2.25, 2.75].")


def scales_in(whole: Fields, items: tuple[Item, ...]) -> tuple[Scale, ...]:
    """Every scale that can be scored; an item that counts in two scales is a problem."""
    node = whole.node("cuts")
    common = Fields(whole.file, node or Lined({}, whole.line), whole.problems)
    default = _cuts(common, common, {}) if node is not None else {}
    written = whole.mapping("scales")
    _in_one_scale(whole, written)
    known = {item.key for item in items}
    return kept(_scale(whole, key, part, known, common, default) for key, part in written.items())


def _in_one_scale(whole: Fields, written: Mapping[str, Lined]) -> None:
    """Two scales that share an item go up and down together by how they were made."""
    counted: dict[str, str] = {}
    for scale, node in written.items():
        parts = node.fields["items"].parts if "items" in node.fields else []
        for part in parts:
            item = (part.text or "").removeprefix("-")
            if counted.setdefault(item, scale) != scale:
                message = said(
                    "Het item “%(item)s” staat in twee schalen: “%(scale)s” en “%(other)s”.", item=item, scale=counted[item], other=scale
                )
                whole.problems.add(whole.file, part.line, "items", message, said("Haal het uit een van beide."))


def _scale(whole: Fields, key: str, node: Lined, known: set[str], common: Fields, default: Mapping[Level, Cuts]) -> Scale | None:
    fields = Fields(whole.file, node, whole.problems)
    key_in(whole, key, node.line)
    own = fields.node("cuts")
    cuts = default if own is None else _cuts(Fields(whole.file, own, whole.problems), common, default)
    title, family, meaning = fields.text("title"), fields.one_of("family", Family), fields.optional("meaning") or ""
    items = _scaled(fields, known)
    parts: Parts = [
        ("direction", {"direction": fields.whole("direction")}),
        ("items", {"items": items}),
        ("share_needed", {"share_needed": fields.number("share_needed", otherwise=0.75)}),
        ("competences", {"competences": fields.several("competences", Competence)}),
        *((name, {name: fields.number(name)}) for name in ("assumed_reliability", "retest_reliability") if name in fields),
    ]
    fields.done()
    blank = Scale(key or "?", title, family, 1, (ScaledItem("?", 1),), {}, meaning=meaning)
    make, apart = partial(replace, blank, cuts=cuts), partial(tried_apart, fields, blank, parts)
    made = whole_or_apart(fields, parts, fields.line_of("cuts"), make, apart)
    return made if known.issuperset(each.item for each in items) else None


def _scaled(fields: Fields, known: set[str]) -> tuple[ScaledItem, ...]:
    """`w1` counts as it is, `-w1` reversed."""
    scaled = []
    for part in fields.parts("items"):
        written = part.text or ""
        key = written.removeprefix("-")
        if key not in known:
            message, advice = (
                said("De schaal noemt het item “%(item)s”, maar dat bestaat niet.", item=key),
                said("Gebruik een sleutel die onder items staat."),
            )
            fields.problems.add(fields.file, part.line, "items", message, advice)
        scaled.append(ScaledItem(key, -1 if written.startswith("-") else 1))
    return tuple(scaled)


def _cuts(fields: Fields, common: Fields, default: Mapping[Level, Cuts]) -> dict[Level, Cuts]:
    """`pupil: [2.25, 2.75]` is red, then green; the source, the day and the kind may stand once for all; `pupil: []` is no cut-off."""
    made = dict(default)
    about = _About(fields, common)
    for level in Level:
        node = fields.node(level)
        if node is not None:
            made.pop(level, None)
            cut = _cut(fields, level, node, about)
            made.update({level: cut} if cut is not None else {})
    fields.done()
    return made


class _About:
    """Where the cut-offs of a mapping come from: what itself says, else what stands with the other cut-offs."""

    def __init__(self, fields: Fields, common: Fields) -> None:
        told = {name: fields if name in fields else common for name in ("source", "dated", "kind")}
        for name in told:
            fields.node(name)
        self.source: str = told["source"].text("source")
        self.dated: date = told["dated"].day("dated")
        self.kind: CutKind = told["kind"].one_of("kind", CutKind) if "kind" in told["kind"] else CutKind.RAW


def _cut(fields: Fields, level: Level, node: Lined, about: _About) -> Cuts | None:
    """`[2.25, 2.75]`, or a mapping with red, green and what is different here; `[]` is none."""
    if node.fields:
        return _told_apart(Fields(fields.file, node, fields.problems), about)
    match [number_of(part.text or "", whole=False) for part in fields.parts(level)]:
        case [float(red), float(green)]:
            return tried(fields, node.line, lambda: Cuts(red, green, about.source, about.dated, about.kind))
        case []:
            return None
        case _:
            fields.wrong(level, said("Hier horen twee getallen te staan: rood en groen."), SEE_CUTS)
            return None


def _told_apart(fields: Fields, about: _About) -> Cuts | None:
    red, green = fields.number("red"), fields.number("green")
    source, dated = fields.optional("source") or about.source, fields.day("dated") if "dated" in fields else about.dated
    kind = fields.one_of("kind", CutKind) if "kind" in fields else about.kind
    fields.done()
    written = all(number_of(fields.optional(name) or "", whole=False) is not None for name in ("red", "green"))
    return tried(fields, fields.line, lambda: Cuts(red, green, source, dated, kind)) if written else None
