"""What stands between a list that is being written and its release: every reason, not only the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kring.core.errors import BrokenRule
from kring.core.instruments import About, AnswerKind, Informant
from kring.core.sketches.sketch import Sketch, SketchedItem, SketchedScale


class Lack(StrEnum):
    """What is missing or wrong."""

    NO_PROMISE = "no_promise"
    NO_MINUTES = "no_minutes"
    NO_LICENCE = "no_licence"
    NO_ATTRIBUTION = "no_attribution"
    NO_VALIDITY_NOTE = "no_validity_note"
    NOBODY_IT_IS_ABOUT = "nobody_it_is_about"
    NO_ITEMS = "no_items"
    NO_TEXT = "no_text"
    NO_ANSWERS = "no_answers"
    TOO_FEW_ANSWERS = "too_few_answers"
    EMPTY_ROW = "empty_row"
    NO_SCALE_ITEMS = "no_scale_items"
    OPEN_ITEM_COUNTED = "open_item_counted"
    ITEM_TWICE = "item_twice"
    OTHER_RANGES = "other_ranges"
    NO_COMPETENCE = "no_competence"
    CUTS_OUT_OF_ORDER = "cuts_out_of_order"
    CUT_OUTSIDE = "cut_outside"
    LICENCE_NOT_SHOWN = "licence_not_shown"
    NAME_OF_PUBLISHER = "name_of_publisher"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; `where` is the text of the item or the title of the scale, empty for the list as a whole."""

    lack: Lack
    where: str = ""


@dataclass(eq=False, kw_only=True)
class NotReady(BrokenRule):
    """A list that lacks something is not released."""

    reasons: tuple[Reason, ...]


def lacks(sketch: Sketch) -> tuple[Reason, ...]:
    """All of it, in the order in which one meets it on the page; nothing when the list can be released.

    >>> [reason.lack.value for reason in lacks(Sketch(key="eigen-a", title="A", promise="p", minutes=5))][:2]
    ['no_licence', 'no_attribution']
    """
    return (*_of_the_whole(sketch), *_of_items(sketch), *_of_scales(sketch))


def _of_the_whole(sketch: Sketch) -> Iterator[Reason]:
    needed = {
        Lack.NO_PROMISE: sketch.promise.strip(),
        Lack.NO_MINUTES: sketch.minutes,
        Lack.NO_LICENCE: sketch.licence.strip() and sketch.licence_source.strip(),
        Lack.NO_ATTRIBUTION: sketch.attribution.strip(),
        Lack.NO_VALIDITY_NOTE: sketch.validity_note.strip(),
        Lack.NOBODY_IT_IS_ABOUT: (sketch.about is About.PUPIL) is not (sketch.informant is Informant.STAFF),
        Lack.NO_ITEMS: sketch.items,
    }
    return (Reason(lack) for lack, there in needed.items() if not there)


def _of_items(sketch: Sketch) -> Iterator[Reason]:
    if any(map(_asks_the_list, sketch.items)) and len(sketch.options) < 2:
        yield Reason(Lack.NO_ANSWERS)
    for number, item in enumerate(sketch.items, start=1):
        if not item.text.strip():
            yield Reason(Lack.NO_TEXT, str(number))
        if not item.is_open and item.low >= item.high and not sketch.options_of(item):
            yield Reason(Lack.EMPTY_ROW, item.text)
        elif not item.is_open and not _asks_the_list(item) and len(sketch.options_of(item)) < 2:
            yield Reason(Lack.TOO_FEW_ANSWERS, item.text or str(number))


def _asks_the_list(item: SketchedItem) -> bool:
    """Whether it has the answers of the list."""
    return item.kind is AnswerKind.CHOICE and not item.options


def _of_scales(sketch: Sketch) -> Iterator[Reason]:
    seen: set[str] = set()
    for scale in sketch.scales:
        if not scale.items:
            yield Reason(Lack.NO_SCALE_ITEMS, scale.title)
        if not scale.competences:
            yield Reason(Lack.NO_COMPETENCE, scale.title)
        for counted in scale.items:
            item = sketch.item(counted.item)
            if item is not None and item.is_open:
                yield Reason(Lack.OPEN_ITEM_COUNTED, item.text)
            if counted.item in seen:
                yield Reason(Lack.ITEM_TWICE, item.text if item else counted.item)
            seen.add(counted.item)
        yield from _of_numbers(sketch, scale)


def _of_numbers(sketch: Sketch, scale: SketchedScale) -> Iterator[Reason]:
    """A mean of answers on one ruler, and cut-offs that lie on it in the right order."""
    ranges = {(min(codes), max(codes)) for codes in _codes(sketch, scale)}
    if len(ranges) > 1:
        yield Reason(Lack.OTHER_RANGES, scale.title)
    if scale.cuts is None or len(ranges) != 1:
        return
    low, high = ranges.pop()
    for red, green in scale.cuts.pairs.values():
        if not scale.direction * red < scale.direction * green:
            yield Reason(Lack.CUTS_OUT_OF_ORDER, scale.title)
        if not (low <= red <= high and low <= green <= high):
            yield Reason(Lack.CUT_OUTSIDE, scale.title)


def _codes(sketch: Sketch, scale: SketchedScale) -> Iterator[list[int]]:
    for counted in scale.items:
        item = sketch.item(counted.item)
        codes = [option.code for option in sketch.options_of(item)] if item else []
        if codes:
            yield codes
