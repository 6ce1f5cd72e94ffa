"""From the figures that were kept to what page and PDF show: with what the school wants, the times before, and what chance alone does."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import nan
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from kring.core.ambitions.judging import Answer, Certainty
from kring.core.ambitions.share import judged_share
from kring.core.bands import Band
from kring.core.instruments import Cuts, joins
from kring.core.intervals import Interval
from kring.core.multiple_tests import adjusted_p
from kring.core.parallels import LEVEL, Beside, Moved, Spread, beside, moved, reach
from kring.core.snapshots import ShareBand
from kring.documents.figures import percent
from kring.documents.school import Care, Mean, Moment, SchoolList, SchoolScale, Shares, Verdict
from kring.web.days import spoken_month
from kring.web.school_results.models import Snapshot
from kring.web.schools.models import School

Cells = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the school wants now: parts without ambition, and the highest care score."""

    dropped: frozenset[str]
    highest: Fraction
    reds_needed: int

    def wants(self, instrument: str, scale: str) -> bool:
        return f"{instrument}.{scale}" not in self.dropped


def drawn(
    found: Snapshot, before: Sequence[Snapshot], wishes: Wishes, school: School, *, groups: Collection[str], is_part: bool = False
) -> SchoolList:
    """One time that a list was filled in; `before` are the earlier times, from old to new, and `groups` those that the reader may see."""
    cells, asked = found.cells, found.round.offered
    years = {year: year_label(name, school) for year, name in cells["years"].items()}
    in_order = sorted(years, key=int)
    scales = (_scale(one, found, [] if is_part else before, wishes, years, groups) for one in cells["scales"])
    return SchoolList(
        key=asked.key,
        title=asked.title,
        informant=asked.informant,
        wave=spoken_month(found.round.opens_on),
        asked=cells["asked"],
        answered=cells["answered"],
        scales=tuple(replace(one, is_wanted=one.is_wanted and not is_part) for one in scales),
        is_anonymous=asked.anonymous,
        is_kept=found.kept_at is not None,
        is_part=is_part,
        shares=tuple(_shares(one, in_order) for one in cells["items"]),
        years=tuple(years[year] for year in in_order),
        care=_care(cells["care"], wishes, groups) if cells["care"] and not is_part else None,
    )


def year_label(levels: str, school: School) -> str:
    """Groep 6, or leerjaar 1."""
    secondary = school.type in {School.Type.SECONDARY, School.Type.SPECIAL_SECONDARY}
    return (_("leerjaar %(name)s") if secondary else _("groep %(name)s")) % {"name": levels}


def _scale(
    cells: Cells, found: Snapshot, before: Sequence[Snapshot], wishes: Wishes, years: Mapping[str, str], groups: Collection[str]
) -> SchoolScale:
    asked, cuts = found.round.offered, cells["cuts"]
    now = Moment(spoken_month(found.round.opens_on), cells["school"]["mean"], joins=True)
    moments = [*(_moment(one, found, cells) for one in before), now]
    told = cells["verdict"]
    return SchoolScale(
        key=cells["key"],
        title=cells["title"],
        low=cells["low"],
        high=cells["high"],
        direction=cells["direction"],
        cuts=Cuts(cuts[0], cuts[1], "chosen", date.min) if cuts else None,
        school=_mean(cells["school"]),
        years=tuple(replace(_mean(one), name=years[one["name"]]) for one in cells["years"] if one["name"] in years),
        groups=tuple(_mean(one) for one in cells["groups"] if one["name"] in groups),
        verdict=Verdict(Answer(told["answer"]), Certainty(told["certainty"])) if told else None,
        is_wanted=wishes.wants(asked.key, cells["key"]),
        moments=tuple(one for one in moments if one is not None),
        change=_change(found, cells, before[-1] if before else None),
    )


def _mean(cells: Cells) -> Mean:
    reaches = None if cells["low"] is None else Interval(cells["low"], cells["high"], LEVEL)
    band = Band(cells["band"])
    return Mean(cells["name"], cells["n"], cells["of"], cells["mean"], reaches, band, cells["certain"], cells["withheld"] or "")


def _same_scale(one: Snapshot, found: Snapshot, cells: Cells) -> Cells | None:
    """The scale in another round, where the two may be compared."""
    same = next((each for each in one.cells["scales"] if each["key"] == cells["key"]), None)
    return same if same and joins(one.round.offered, found.round.offered, cells["key"]) else None


def _moment(one: Snapshot, found: Snapshot, cells: Cells) -> Moment | None:
    same = _same_scale(one, found, cells)
    return Moment(spoken_month(one.round.opens_on), same["school"]["mean"], joins=True) if same else None


def _change(found: Snapshot, cells: Cells, before: Snapshot | None) -> str:
    """Since the time before; a change smaller than its error is none."""
    if before is None:
        return ""
    then = _same_scale(before, found, cells)
    ends = [None if one is None or one["school"]["low"] is None else _mean(one["school"]).interval for one in (then, cells)]
    if ends[0] is None or ends[1] is None:
        return _("nog niet te zeggen")
    return {
        Moved.BETTER: _("duidelijk gunstiger"),
        Moved.WORSE: _("duidelijk minder gunstig"),
        Moved.NOT_CLEARLY: _("geen duidelijke verandering"),
    }[moved(ends[0], ends[1], direction=cells["direction"])]


def _shares(cells: Cells, years: Sequence[str]) -> Shares:
    return Shares(cells["text"], _band(cells["school"]), tuple(_band(cells["years"].get(year)) for year in years))


def _band(ends: Sequence[int] | None) -> ShareBand | None:
    return ShareBand(*ends) if ends else None


def _care(cells: Cells, wishes: Wishes, groups: Collection[str]) -> Care:
    mean = Fraction(*cells["mean"]) if cells["mean"] else None
    found = judged_share(mean, x=cells["care"], n=cells["n"], highest=wishes.highest) if mean is not None else None
    told = [(one["name"], one["n"], _told(one), bool(one["above"])) for one in cells["groups"] if one["name"] in groups]
    verdict = Verdict(found.answer, found.certainty) if found else None
    return Care(cells["reds_needed"], cells["scales"], cells["n"], cells["of"], mean, wishes.highest, verdict, tuple(told))


def _told(cells: Cells) -> str:
    if cells["percent"] is None:
        return ""
    share = percent(cells["percent"] / 100)
    words = {"at_most": _("hooguit %(share)s"), "at_least": _("minstens %(share)s")}
    return words[cells["bound"]] % {"share": share} if cells["bound"] else share


# ---- groups beside one another ----------------------------------------------------------------------------------


def side_by_side(found: SchoolList, cells: Cells) -> SchoolList:
    """The groups of it with how far chance reaches, and of each scale whether they differ more than chance alone makes them."""
    spreads = {one["key"]: Spread(one["spread"]["sd"], one["spread"]["df"]) if one["spread"] else None for one in cells["scales"]}
    reached = [replace(scale, groups=tuple(_reached(one, spreads[scale.key]) for one in scale.groups)) for scale in found.scales]
    tests = [_test(scale, spreads[scale.key]) for scale in reached]
    adjusted = adjusted_p(np.array([test.p if test else nan for test in tests])).holm
    said = [_chance(Beside(float(p)) if test else None) for test, p in zip(tests, adjusted, strict=True)]
    return replace(found, scales=tuple(replace(scale, chance=words) for scale, words in zip(reached, said, strict=True)))


def _reached(found: Mean, spread: Spread | None) -> Mean:
    if found.value is None or spread is None or spread.df < 1 or not spread.sd:
        return found
    return replace(found, interval=reach(found.value, found.n, spread))


def _test(scale: SchoolScale, spread: Spread | None) -> Beside | None:
    told = [(one.value, one.n) for one in scale.groups if one.value is not None]
    return beside([value for value, _n in told], [n for _value, n in told], spread) if spread else None


def _chance(found: Beside | None) -> str:
    if found is None:
        return _("Te weinig om iets te zeggen.")
    if found.is_more_than_chance:
        return _("De groepen verschillen meer dan toeval alleen meestal geeft. Zoek samen naar wat erachter zit.")
    return _("Zo'n verschil geeft toeval alleen ook vaak. Trek er geen conclusie uit.")
