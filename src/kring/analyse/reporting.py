"""From what was handed in to reports: scores, colours and sociograms of every group. What the input lacks is left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from kring.class_files import Asked, ClassFiles, ClassGroup, Wave
from kring.core.answers import Answers
from kring.core.groups import group_results
from kring.core.instruments import Instrument
from kring.core.reliability import MeasurementError, measurement_error
from kring.core.sociometry import MOST_PUPILS, Layout, Sufficiency, sociogram, target_layout, web_layout
from kring.documents.reports import GroupReport, Layouts, Measurement, SociogramPart

Errors = Mapping[str, MeasurementError | None]


@dataclass(frozen=True, slots=True)
class Reported:
    """A group as it was handed in, and its report; `parts` are the sociograms by round and question."""

    group: ClassGroup
    report: GroupReport
    parts: tuple[tuple[Wave, Asked, SociogramPart], ...]


def measurement_errors(read: ClassFiles) -> Errors:
    """The measurement error of each scale from all answers of all groups and rounds together."""
    found = [wave.answers for group in read.groups for wave in group.waves if wave.answers is not None]
    if read.instrument is None or not found:
        return {}
    pooled = Answers(found[0].items, np.vstack([one.codes for one in found]), np.vstack([one.reasons for one in found]))
    return {scale.key: measurement_error(pooled, scale, read.instrument).error for scale in read.instrument.scales}


def reported(group: ClassGroup, instrument: Instrument | None, errors: Errors, *, called: str, on: date) -> Reported:
    """The report of one group; `called` is the name above it."""
    parts = tuple(_parts(group))
    report = GroupReport(
        group=called,
        made_on=on,
        names=group.names,
        measurements=tuple(_measurements(group, instrument, errors)),
        sociograms=tuple(part for _, _, part in parts),
    )
    return Reported(group, report, parts)


def _measurements(group: ClassGroup, instrument: Instrument | None, errors: Errors) -> Iterable[Measurement]:
    for wave in group.waves:
        if instrument is not None and wave.answers is not None:
            results = group_results(instrument, wave.pupils, wave.answers, errors=errors)
            yield Measurement(instrument.title, instrument.informant, wave.round, results)


def _parts(group: ClassGroup) -> Iterable[tuple[Wave, Asked, SociogramPart]]:
    """Every sociogram of the group; a pupil keeps the place of the round before as far as the choices do."""
    before: dict[str, Layout] = {}
    for wave in group.waves:
        for asked in wave.asked:
            found = sociogram(asked.nominations)
            layouts = Layouts()
            if found.sufficiency is not Sufficiency.TOO_FEW:
                web = web_layout(found, start=before.get(asked.question.key)) if len(wave.pupils) <= MOST_PUPILS else None
                layouts = Layouts(target_layout(found), web)
                if web is not None:
                    before[asked.question.key] = web
            yield wave, asked, SociogramPart(asked.question.text, wave.round, found, layouts)
