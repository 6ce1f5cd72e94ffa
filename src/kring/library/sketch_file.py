"""A list that is being written, as the fields of an instrument file in JSON (which is YAML too): it may still lack some of them."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from kring.core.instruments import (
    About,
    AnswerKind,
    Competence,
    CutKind,
    Cuts,
    Family,
    Informant,
    Instrument,
    Item,
    Level,
    Option,
    Scale,
    ScaledItem,
    Season,
)
from kring.core.sketches import Sketch, SketchedCuts, SketchedItem, SketchedScale
from kring.library.instrument_file import Entry
from kring.library.shell_file import Shell

TEXTS = (
    *("key", "title", "promise", "introduction", "licence", "licence_source", "verified_on"),
    *("attribution", "validity_note", "pictograms"),
)
PASSED_ON = ("language", "reasons")


def sketch_of(entry: Entry) -> Sketch:
    """A list of the library, or one that was released, to go on writing from. Cut-offs on another ruler than points stay behind."""
    one, common = entry.instrument, _most_used(entry.instrument)
    return Sketch(
        key=one.key,
        version=one.version,
        title=one.title,
        informant=one.informant,
        about=one.about,
        anonymous=one.anonymous,
        year_levels=one.year_levels,
        minutes=one.minutes,
        seasons=one.rhythm.seasons if one.rhythm else (),
        whole_school=bool(one.rhythm and one.rhythm.whole_school),
        promise=one.promise,
        introduction=one.introduction,
        licence=one.licence,
        licence_source=entry.licence_source,
        verified_on=entry.verified_on.isoformat(),
        may_redistribute_text=entry.may_redistribute_text,
        may_translate=entry.may_translate,
        attribution=one.attribution,
        validity_note=entry.validity_note,
        pictograms=one.pictograms,
        options=common,
        items=tuple(_sketched(item, common) for item in one.items),
        scales=tuple(_sketched_scale(scale) for scale in one.scales),
        rest={"language": one.language, **({"reasons": [reason.value for reason in one.reasons]} if one.reasons else {})},
    )


def _most_used(one: Instrument) -> tuple[Option, ...]:
    """The answers that most items to choose from have."""
    counted = Counter(item.options for item in one.items if item.kind is AnswerKind.CHOICE)
    return counted.most_common(1)[0][0] if counted else ()


def _sketched(item: Item, common: tuple[Option, ...]) -> SketchedItem:
    if item.kind is AnswerKind.NUMBER:
        ends = (item.options[0], item.options[-1])
        low, high = (end.label if end.label != str(end.code) else "" for end in ends)
        return SketchedItem(key=item.key, text=item.text, kind=item.kind, low=item.low, high=item.high, low_label=low, high_label=high)
    return SketchedItem(key=item.key, text=item.text, kind=item.kind, options=() if item.options == common else item.options)


def _sketched_scale(scale: Scale) -> SketchedScale:
    return SketchedScale(
        key=scale.key,
        title=scale.title,
        family=scale.family,
        direction=scale.direction,
        items=scale.items,
        competences=scale.competences,
        meaning=scale.meaning,
        cuts=_sketched_cuts(scale.cuts),
        assumed_reliability=scale.assumed_reliability,
        share_needed=scale.share_needed,
    )


def _sketched_cuts(cuts: Mapping[Level, Cuts]) -> SketchedCuts | None:
    raw = {level: cut for level, cut in cuts.items() if cut.kind is CutKind.RAW}
    if not raw:
        return None
    first = next(iter(raw.values()))
    pairs = {level: (cut.red, cut.green) for level, cut in raw.items()}
    return SketchedCuts(pairs=pairs, source=first.source, dated=first.dated.isoformat())


def sketch_of_shell(shell: Shell) -> Sketch:
    """A protected list with its places still empty: the school that has the licence fills in the texts itself."""
    answers = range(int(shell.answers[0]), int(shell.answers[1]) + 1) if shell.answers else range(0)
    scales = tuple(
        SketchedScale(
            key=one.key,
            title=one.title,
            family=one.family,
            direction=one.direction,
            items=tuple(ScaledItem(f"v{number}", 1) for number in one.numbers),
            competences=one.competences,
        )
        for one in shell.scales
    )
    return Sketch(
        key=shell.key,
        title=shell.title,
        informant=shell.informant,
        about=shell.about,
        year_levels=shell.year_levels,
        licence=shell.licence,
        licence_source=shell.licence_source,
        verified_on=shell.verified_on.isoformat(),
        may_redistribute_text=False,
        may_translate=False,
        attribution=shell.owner,
        options=tuple(Option(code, str(code)) for code in answers),
        items=tuple(SketchedItem(key=f"v{number}") for number in range(1, (shell.items or 0) + 1)),
        scales=scales,
        rest={"language": shell.language},
    )


def written_sketch(sketch: Sketch) -> str:
    """The fields that were filled in; `read_sketch` reads them back, and the reader of files too once nothing is lacking."""
    return json.dumps(_fields(sketch), ensure_ascii=False, indent=1)


def _fields(sketch: Sketch) -> dict[str, Any]:
    texts = {name: text for name in TEXTS if (text := getattr(sketch, name).strip())}
    return {
        **texts,
        "version": sketch.version,
        "informant": sketch.informant.value,
        "about": sketch.about.value,
        "anonymous": sketch.anonymous,
        "may_redistribute_text": sketch.may_redistribute_text,
        "may_translate": sketch.may_translate,
        **({"year_levels": list(sketch.year_levels)} if sketch.year_levels else {}),
        **({"minutes": sketch.minutes} if sketch.minutes else {}),
        **_rhythm(sketch),
        **_comparable(sketch),
        **{name: value for name, value in sketch.rest.items() if name in PASSED_ON and value},
        **({"options": _options(sketch.options)} if sketch.options else {}),
        "items": {item.key: _item(item) for item in sketch.items},
        "scales": {scale.key: _scale(scale) for scale in sketch.scales},
    }


def _rhythm(sketch: Sketch) -> dict[str, Any]:
    seasons = [season.value for season in sketch.seasons]
    return {"rhythm": {"seasons": seasons, "whole_school": sketch.whole_school}} if seasons else {}


def _comparable(sketch: Sketch) -> dict[str, Any]:
    if not sketch.comparable_reason or sketch.version < 2 or not sketch.scales:
        return {}
    scales = [scale.key for scale in sketch.scales]
    return {"comparable_with": {"version": sketch.version - 1, "scales": scales, "reason": sketch.comparable_reason}}


def _options(options: tuple[Option, ...]) -> dict[str, Any]:
    return {str(one.code): {"label": one.label, "picture": one.picture} if one.picture else one.label for one in options}


def _item(item: SketchedItem) -> dict[str, Any]:
    made: dict[str, Any] = {"text": item.text, "kind": item.kind.value}
    if item.kind is AnswerKind.NUMBER:
        ends = {"low_label": item.low_label, "high_label": item.high_label}
        return {**made, "low": item.low, "high": item.high, **{name: label for name, label in ends.items() if label}}
    return {**made, **({"options": _options(item.options)} if item.options else {})}


def _scale(scale: SketchedScale) -> dict[str, Any]:
    measured = {"assumed_reliability": scale.assumed_reliability, "share_needed": scale.share_needed}
    return {
        "title": scale.title,
        "family": scale.family.value,
        "direction": scale.direction,
        "items": [f"-{one.item}" if one.sign < 0 else one.item for one in scale.items],
        "competences": [one.value for one in scale.competences],
        **({"meaning": scale.meaning} if scale.meaning else {}),
        **{name: value for name, value in measured.items() if value is not None},
        **({"cuts": _cuts(scale.cuts)} if scale.cuts else {}),
    }


def _cuts(cuts: SketchedCuts) -> dict[str, Any]:
    return {"source": cuts.source, "dated": cuts.dated, **{level.value: list(pair) for level, pair in cuts.pairs.items()}}


def read_sketch(text: str) -> Sketch:
    """What `written_sketch` wrote."""
    given: dict[str, Any] = json.loads(text)
    rhythm, years = given.get("rhythm", {}), given.get("year_levels")
    return Sketch(
        **{"key": "", "title": "", **{name: given[name] for name in TEXTS if name in given}},
        version=given["version"],
        informant=Informant(given["informant"]),
        about=About(given["about"]),
        anonymous=given["anonymous"],
        may_redistribute_text=given["may_redistribute_text"],
        may_translate=given["may_translate"],
        year_levels=(years[0], years[1]) if years else None,
        minutes=given.get("minutes"),
        seasons=tuple(Season(one) for one in rhythm.get("seasons", ())),
        whole_school=rhythm.get("whole_school", False),
        comparable_reason=given.get("comparable_with", {}).get("reason", ""),
        options=_read_options(given.get("options", {})),
        items=tuple(_read_item(key, one) for key, one in given["items"].items()),
        scales=tuple(_read_scale(key, one) for key, one in given["scales"].items()),
        rest={name: given[name] for name in PASSED_ON if name in given},
    )


def _read_options(given: Mapping[str, Any]) -> tuple[Option, ...]:
    return tuple(
        Option(int(code), one["label"], one["picture"]) if isinstance(one, dict) else Option(int(code), one) for code, one in given.items()
    )


def _read_item(key: str, given: Mapping[str, Any]) -> SketchedItem:
    plain = {name: given[name] for name in ("text", "low", "high", "low_label", "high_label") if name in given}
    return SketchedItem(key=key, kind=AnswerKind(given["kind"]), options=_read_options(given.get("options", {})), **plain)


def _read_scale(key: str, given: Mapping[str, Any]) -> SketchedScale:
    plain = {name: given[name] for name in ("title", "direction", "meaning", "assumed_reliability", "share_needed") if name in given}
    return SketchedScale(
        key=key,
        family=Family(given["family"]),
        items=tuple(ScaledItem(one.removeprefix("-"), -1 if one.startswith("-") else 1) for one in given["items"]),
        competences=tuple(Competence(one) for one in given["competences"]),
        cuts=_read_cuts(given["cuts"]) if "cuts" in given else None,
        **plain,
    )


def _read_cuts(given: Mapping[str, Any]) -> SketchedCuts:
    pairs = {level: (given[level][0], given[level][1]) for level in Level if level in given}
    return SketchedCuts(pairs=pairs, source=given["source"], dated=given["dated"])
