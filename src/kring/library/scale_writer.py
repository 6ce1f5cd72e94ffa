"""Scales and cut-offs as an instrument file has them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from kring.core.instruments import CutKind, Cuts, Level, Scale
from kring.library.house_yaml import Node, Token, number

SHARE_NEEDED = 0.75

Levels = Mapping[Level, Cuts]
InOrder = tuple[tuple[Level, Cuts], ...]
About = tuple[str, str, CutKind]  # source, day and kind


def common_cuts(scales: Iterable[Scale]) -> dict[Level, Cuts]:
    """The cut-offs that most scales have: they stand once in the file."""
    counted: Counter[InOrder] = Counter(_in_order(scale.cuts) for scale in scales if scale.cuts)
    usual: InOrder = max(counted, key=lambda cuts: counted[cuts], default=())
    return dict(usual)


def _in_order(cuts: Levels) -> InOrder:
    return tuple((level, cuts[level]) for level in Level if level in cuts)


def written_scale(scale: Scale, common: Levels) -> Node:
    """One scale; of its cut-offs only what is different from those that stand once."""
    made: dict[str, Node | None] = {
        "title": scale.title,
        "family": Token(scale.family),
        "direction": number(scale.direction),
        "items": [Token(f"-{each.item}" if each.sign < 0 else each.item) for each in scale.items],
        "share_needed": number(scale.share_needed) if scale.share_needed != SHARE_NEEDED else None,
        "assumed_reliability": number(scale.assumed_reliability) if scale.assumed_reliability is not None else None,
        "retest_reliability": number(scale.retest_reliability) if scale.retest_reliability is not None else None,
        "competences": [Token(each) for each in scale.competences] or None,
        "meaning": scale.meaning or None,
        "cuts": written_cuts(scale.cuts, _first(common), common) or None,
    }
    return {name: node for name, node in made.items() if node is not None}


def written_cuts(cuts: Levels, told: About | None, common: Levels) -> dict[str, Node]:
    """Where they come from, unless that was told already, and then each level that is not as the common ones."""
    other = {level: cuts.get(level) for level in Level if cuts.get(level) != common.get(level)}
    about = _first({level: cut for level, cut in other.items() if cut is not None}) or told
    if not other or about is None:
        return {}
    levels: dict[str, Node] = {level.value: _level(cut, about) for level, cut in other.items()}
    return {**_about(about, told), **levels}


def _first(cuts: Levels) -> About | None:
    return next((_about_of(cut) for cut in cuts.values()), None)


def _about_of(cut: Cuts) -> About:
    return cut.source, cut.dated.isoformat(), cut.kind


def _about(about: About, told: About | None) -> dict[str, Node]:
    before: tuple[Any, ...] = told if told is not None else (None, None, CutKind.RAW)
    nodes: tuple[tuple[str, Node], ...] = (("source", about[0]), ("dated", Token(about[1])), ("kind", Token(about[2])))
    return {name: node for (name, node), now, then in zip(nodes, about, before, strict=True) if now != then}


def _level(cut: Cuts | None, about: About) -> Node:
    """Red and green; with where they come from when that is not as for the others."""
    if cut is None:
        return ()
    if _about_of(cut) == about:
        return [number(cut.red), number(cut.green)]
    return {"red": number(cut.red), "green": number(cut.green), **_about(_about_of(cut), about)}
