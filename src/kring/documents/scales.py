"""From the results of a list to pictures and tables: what group and pupil pages share."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from unicodedata import combining, normalize

from django.utils.translation import gettext as _

from kring.core.bands import Band
from kring.core.groups import ScaleResult
from kring.core.instruments import Informant, Instrument, Level
from kring.documents.charts.distribution import Dot, distribution
from kring.documents.charts.profile import ProfileLine, ProfilePoint
from kring.documents.figures import decimal
from kring.documents.sections import Picture
from kring.documents.tables import Cell

UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h"})


def too_little() -> str:
    return _("Te weinig om iets te zeggen.")


def group_line(instrument: Instrument, informant: Informant, result: ScaleResult) -> ProfileLine:
    low, high = instrument.range_of(result.scale)
    found = result.group
    points: tuple[ProfilePoint, ...] = ()
    if found.mean is not None:
        ends = (None, None) if found.interval is None else (max(found.interval.low, low), min(found.interval.high, high))
        certain = None if found.interval is None else found.certain
        points = (ProfilePoint(informant, found.mean, ends[0], ends[1], found.band, certain),)
    cuts = result.scale.cuts.get(Level.GROUP)
    return ProfileLine(result.scale.title, low, high, result.scale.direction, cuts, points, note=too_little())


def pupil_point(instrument: Instrument, informant: Informant, result: ScaleResult, i: int) -> ProfilePoint | None:
    """One pupil's score with the span in which it would probably fall again (80 %); None without a score."""
    value = float(result.scores.mean[i])
    if isnan(value):
        return None
    low, high = instrument.range_of(result.scale)
    span = None if result.error is None else result.error.around(value)
    ends = (None, None) if span is None else (max(span.low, low), min(span.high, high))
    return ProfilePoint(informant, value, ends[0], ends[1], Band(int(result.bands.band[i])), certainty(result, i))


def certainty(result: ScaleResult, i: int) -> bool | None:
    """Whether the colour of a pupil is certain; None where the measurement error is unknown or there is no score."""
    if result.bands.sem is None or result.bands.band[i] == Band.NO_SCORE:
        return None
    return bool(result.bands.certain[i])


def score_cell(result: ScaleResult, i: int) -> Cell:
    value = float(result.scores.mean[i])
    return (
        Cell("", Band.NO_SCORE) if isnan(value) else colour_cell(Band(int(result.bands.band[i])), certainty(result, i), decimal(value, 2))
    )


def colour_cell(band: Band, certain: bool | None, text: str = "") -> Cell:
    """The colour of a score that is there; where no limits are chosen it has none, which is not the same as no score."""
    return Cell(text or _("geen kleur")) if band is Band.NO_SCORE else Cell(text, band, certain)


def distribution_card(instrument: Instrument, result: ScaleResult) -> Picture:
    low, high = instrument.range_of(result.scale)
    means = result.scores.mean
    certain = [certainty(result, i) is not False for i in range(len(means))]
    dots = [Dot(float(mean), Band(int(band)), sure) for mean, band, sure in zip(means, result.bands.band, certain) if not isnan(mean)]
    scale = result.scale
    picture = distribution(
        _("%(scale)s: verdeling") % {"scale": scale.title},
        dots,
        low=low,
        high=high,
        direction=scale.direction,
        cuts=scale.cuts.get(Level.PUPIL),
        counts=result.group.counts,
    )
    return Picture(scale.title, picture, scale.meaning)


def interval_text(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    return _("%(low)s tot %(high)s") % {"low": decimal(low, 2), "high": decimal(high, 2)}


def name_order(name: str) -> tuple[str, str]:
    """Sorts as people expect: accents and capitals do not count, except between equals."""
    plain = "".join(c for c in normalize("NFKD", name) if not combining(c))
    return plain.casefold().translate(UNDECOMPOSED), name


def listed(words: Sequence[str]) -> str:
    """a, b en c."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s en %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
