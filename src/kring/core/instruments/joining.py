"""Which versions of a list may stand in one trend: never silently two different ones.

A version joins itself. Another version joins only when it says so itself (`comparable_with`, with a reason), for the scales that it names,
and only when what is counted is the same: the items, their signs and codes, and the direction. Texts and cut-offs may differ.
"""

from collections.abc import Iterable

from kring.core.instruments.instrument import Instrument


def joins(one: Instrument, other: Instrument, scale: str) -> bool:
    """Whether scores of this scale by both versions may be compared over time, whichever came first."""
    earlier, later = sorted((one, other), key=lambda each: each.version)
    if _asked(earlier) != _asked(later) or not _both_have(scale, one, other):
        return False
    if earlier.version == later.version:
        return earlier.fingerprint() == later.fingerprint()
    same = later.comparable_with
    told = same is not None and same.version == earlier.version and scale in same.scales
    return told and _counted(earlier, scale) == _counted(later, scale)


def trend_of(instrument: Instrument, scale: str, versions: Iterable[Instrument]) -> str:
    """The name of the trend that scores of this scale belong to: the list with the earliest version that joins it, step by step.

    `versions` are the versions of the list that are known; scores with the same name may be compared, as the version of an `Occasion`.
    """
    first = instrument
    for earlier in sorted(versions, key=lambda each: -each.version):
        if earlier.version < first.version and joins(earlier, first, scale):
            first = earlier
    return f"{first.key}-{first.version}"


def _asked(of: Instrument) -> tuple[object, ...]:
    return of.key, of.language, of.informant, of.about


def _both_have(scale: str, *lists: Instrument) -> bool:
    return all(scale in {each.key for each in one.scales} for one in lists)


def _counted(of: Instrument, key: str) -> tuple[object, ...]:
    """All that decides what a score of this scale is."""
    scale = of.scale(key)
    codes = {item.key: (item.kind, item.codes) for item in of.items}
    return scale.direction, scale.share_needed, {(each.item, each.sign, codes[each.item]) for each in scale.items}
