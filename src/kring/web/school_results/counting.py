"""From the lists of one round to the figures of the school: what may be told of each scale, the care score, and shares of answers.

Nothing here knows a pupil. What is too few is left out before anything is kept, by the rules of `core/averages.py` and `core/snapshots.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kring.core.ambitions.judging import Ambition, Comparator, MeanPart, Measure, Subject, judged
from kring.core.ambitions.wanted import SOURCE_004
from kring.core.answers import Answers, Missing, answers_from
from kring.core.averages import Averages, Summary, averages
from kring.core.bands import bands, favourable_cuts
from kring.core.care import Care, CareRule, care_score, care_zones
from kring.core.disclosure import K_ANONYMOUS, K_INTERNAL, shown_share
from kring.core.groups import in_points
from kring.core.instruments import Informant, Instrument, Level, Scale
from kring.core.nesting import intraclass_correlation
from kring.core.scoring import instrument_scores, keyed_answers
from kring.core.snapshots import CellsTooClose, Counted, refuse_close_cells, shown_shares

Floats = NDArray[np.float64]
Cells = dict[str, Any]
SIGHT = 100  # a scale is told in hundredths


@dataclass(frozen=True, slots=True)
class Row:
    """One list that was asked: in which group, of which year of school (a combination group without names: of all of them), what came."""

    group: str
    levels: tuple[int, ...]
    answers: Mapping[str, int | Missing]


def k_of(asked: Instrument) -> int:
    """The least number of people of whom anything is told."""
    return K_ANONYMOUS if asked.anonymous else K_INTERNAL


def counted(asked: Instrument, rows: Sequence[Row], *, reds_needed: int) -> Cells:
    """Everything that a page may show of this round."""
    answers = answers_from(asked, [row.answers for row in rows])
    scored = instrument_scores(answers, asked).scales
    values = {scale.key: np.asarray(scored[scale.key].mean, dtype=np.float64) for scale in asked.scales}
    return {
        "k": k_of(asked),
        "asked": len(rows),
        "answered": answers.respondents,
        "by_group": _lists_by_group(rows),
        "years": {str(_year(row)): "/".join(map(str, row.levels)) for row in rows},
        "scales": [_scale(asked, scale, values[scale.key], rows) for scale in asked.scales],
        "care": _care(asked, values, rows, reds_needed),
        "items": _items(asked, answers, rows) if asked.anonymous else [],
    }


def _year(row: Row) -> int:
    """One number for the year of school; a combination group without names is a year of its own."""
    return row.levels[0] if len(row.levels) == 1 else 100 * row.levels[0] + row.levels[-1]


def _lists_by_group(rows: Sequence[Row]) -> dict[str, int]:
    """How many lists came in, for the next time that it is closed; no page shows it."""
    found = dict.fromkeys((row.group for row in rows), 0)
    for row in rows:
        found[row.group] += bool(row.answers)
    return found


# ---- a scale ----------------------------------------------------------------------------------------------------


def _scale(asked: Instrument, scale: Scale, values: Floats, rows: Sequence[Row]) -> Cells:
    drawn = in_points(scale, asked.range_of(scale), {})
    found = _averages(asked, drawn, values, rows)
    low, high = asked.range_of(scale)
    cuts = drawn.cuts.get(Level.SCHOOL) or drawn.cuts.get(Level.GROUP)
    return {
        "key": scale.key,
        "title": scale.title,
        "direction": scale.direction,
        "low": low,
        "high": high,
        "cuts": [cuts.red, cuts.green] if cuts else None,
        "school": _summary(found.school),
        "years": [_summary(one) for one in found.year_levels],
        "groups": [_summary(one) for one in found.groups],
        "spread": _spread(values, rows, found),
        "verdict": _verdict(asked, drawn, values, rows) if found.school.withheld is None else None,
    }


def _averages(asked: Instrument, scale: Scale, values: Floats, rows: Sequence[Row]) -> Averages:
    """By group, year and school; the school alone where what stands beside it would tell about a few."""
    groups, years = [row.group for row in rows], [_year(row) for row in rows]
    cuts = {level: favourable_cuts(one, direction=scale.direction) for level, one in scale.cuts.items()}
    school = cuts.get(Level.SCHOOL, cuts.get(Level.GROUP))
    none = np.full(len(rows), -1, dtype=np.int8)

    def worked_out(by: list[str], of: list[int]) -> Averages:
        given = {"direction": scale.direction, "group_cuts": cuts.get(Level.GROUP), "school_cuts": school, "k": k_of(asked)}
        return averages(values, none, by, of, **given)  # type: ignore[arg-type]

    found = worked_out(groups, years)
    try:
        refuse_close_cells(_shown(found, values, groups, years), k=k_of(asked))
    except CellsTooClose:
        return worked_out([""] * len(rows), [0] * len(rows))
    return found


def _shown(found: Averages, values: Floats, groups: Sequence[str], years: Sequence[int]) -> dict[str, list[int]]:
    scored = [place for place in range(len(values)) if not np.isnan(values[place])]
    cells = {f"group {one.name}": [at for at in scored if groups[at] == one.name] for one in found.groups if one.withheld is None}
    cells |= {f"year {one.name}": [at for at in scored if str(years[at]) == one.name] for one in found.year_levels if one.withheld is None}
    return cells | ({"school": scored} if found.school.withheld is None else {})


def _summary(found: Summary) -> Cells:
    interval = found.interval
    return {
        "name": found.name,
        "n": found.n,
        "of": found.n_pupils,
        "mean": None if found.mean is None else round(found.mean * SIGHT) / SIGHT,
        "low": None if interval is None else round(interval.low * SIGHT) / SIGHT,
        "high": None if interval is None else round(interval.high * SIGHT) / SIGHT,
        "band": int(found.band),
        "certain": found.certain if interval is not None else None,
        "withheld": found.withheld.value if found.withheld else None,
    }


def _spread(values: Floats, rows: Sequence[Row], found: Averages) -> Cells | None:
    """How far pupils of one group differ, over all groups together, for groups that stand side by side."""
    beside = {one.name for one in found.groups if one.withheld is None}
    if len(beside) < 2:
        return None
    known = [place for place, row in enumerate(rows) if row.group in beside and not np.isnan(values[place])]
    nested = intraclass_correlation(values[known], [rows[place].group for place in known])
    if nested.within is None:
        return None
    return {"sd": round(float(np.sqrt(nested.within)) * SIGHT) / SIGHT, "df": len(known) - nested.classes}


def _verdict(asked: Instrument, scale: Scale, values: Floats, rows: Sequence[Row]) -> Cells:
    subject = Subject.SAFETY if asked.anonymous else Subject.SOCIAL_EMOTIONAL
    wanted = Ambition("green", Measure.SCALE_MEAN, subject, frozenset({asked.informant}), Comparator.GREEN, SOURCE_004)
    cuts = scale.cuts.get(Level.SCHOOL) or scale.cuts.get(Level.GROUP)
    part = MeanPart(subject, asked.informant, scale.key, values, [row.group for row in rows], scale.direction, cuts.green if cuts else None)
    (found,) = judged(wanted, [part], k=k_of(asked)).parts
    return {"answer": found.answer.value, "reason": found.reason.value if found.reason else None, "certainty": found.certainty.value}


# ---- the care score ---------------------------------------------------------------------------------------------


def _care(asked: Instrument, values: Mapping[str, Floats], rows: Sequence[Row], reds_needed: int) -> Cells | None:
    """Of lists with names that pupils filled in about themselves, on all their scales that have limits."""
    scales = [in_points(scale, asked.range_of(scale), {}) for scale in asked.scales]
    coloured = [scale for scale in scales if scale.cuts.get(Level.PUPIL)]
    if asked.anonymous or asked.informant is not Informant.PUPIL or len(coloured) < reds_needed:
        return None
    colours = [bands(values[one.key], one.cuts[Level.PUPIL], direction=one.direction, sem=None).band for one in coloured]
    table = np.column_stack(colours).astype(np.int8)
    rule = CareRule(1, tuple(one.key for one in coloured), red_needed=reds_needed)
    zone = care_zones(table, np.zeros(table.shape, dtype=np.bool_), rule=rule).zone
    groups = [row.group for row in rows]
    found, shown = care_score(zone, groups), _shown_groups(zone, groups, k_of(asked))
    if found.mean_of_classes is None or found.n_valid < k_of(asked) or found.n_valid * 10 < found.n * 6:
        return {"reds_needed": reds_needed, "scales": len(coloured), "n": found.n_valid, "of": found.n, "mean": None, "groups": []}
    return {
        "reds_needed": reds_needed,
        "scales": len(coloured),
        "n": found.n_valid,
        "of": found.n,
        "care": found.care,
        "mean": [found.mean_of_classes.numerator, found.mean_of_classes.denominator],
        "groups": [_class_care(one.group, one.care, one.n, shown=one.group in shown, k=k_of(asked)) for one in found.classes],
    }


def _shown_groups(zone: NDArray[np.int8], groups: Sequence[str], k: int) -> frozenset[str]:
    """The groups whose share may stand beside that of the school: as with means, no few are left over."""
    known = np.where(zone == Care.UNKNOWN, np.nan, zone.astype(np.float64))
    given = {"direction": 1, "group_cuts": None, "school_cuts": None, "k": k}
    found = averages(known, np.full(len(zone), -1, dtype=np.int8), groups, [0] * len(groups), **given)  # type: ignore[arg-type]
    return frozenset(one.name for one in found.groups if one.withheld is None)


def _class_care(group: str, x: int, n: int, *, shown: bool, k: int) -> Cells:
    """In whole percents, with coded ends."""
    found = shown_share(x, n, k=k) if shown else None
    if found is None or found.value is None:
        return {"name": group, "n": n, "percent": None, "bound": None, "above": None}
    percent = round(100 * float(found.value))
    return {"name": group, "n": n, "percent": percent, "bound": found.bound.value if found.bound else None, "above": _above(found.value)}


def _above(share: Fraction) -> bool:
    """Red above 20.0 %, and not at it."""
    return share > Fraction(1, 5)


# ---- shares of answers ------------------------------------------------------------------------------------------


def _items(asked: Instrument, answers: Answers, rows: Sequence[Row]) -> list[Cells]:
    """Of each question how many gave a favourable answer: by year, for fixed cells, in bands with coded ends."""
    titles = {item.key: item.text for item in asked.items}
    found = []
    for scale in asked.scales:
        keyed = keyed_answers(answers, scale, asked)
        low, high = asked.range_of(scale)
        for place, scaled in enumerate(scale.items):
            good = scale.direction * (keyed[:, place] - (low + high) / 2)
            parts = {year: _count(good, [at for at, row in enumerate(rows) if str(_year(row)) == year]) for year in _years(rows)}
            shown = shown_shares({year: one for year, one in parts.items() if one.n}, k=k_of(asked))
            bands_by_year = {year: [band.low, band.high] for year, band in shown.parts.items() if band}
            whole = [shown.whole.low, shown.whole.high] if shown.whole else None
            found.append({"scale": scale.key, "text": titles[scaled.item], "school": whole, "years": bands_by_year})
    return found


def _years(rows: Sequence[Row]) -> list[str]:
    return [str(year) for year in sorted({_year(row) for row in rows})]


def _count(good: Floats, places: Sequence[int]) -> Counted:
    known = good[places][~np.isnan(good[places])]
    return Counted(int(np.count_nonzero(known > 0)), len(known))
