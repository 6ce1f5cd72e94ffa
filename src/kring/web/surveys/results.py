"""From stored answers to the results of the core: page, PDF and the command score with the same code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from kring.core.answers import Answers, answers_from
from kring.core.groups import GroupResults, group_results
from kring.core.reliability import MeasurementError
from kring.documents.reports import Measurement
from kring.web.days import spoken_month
from kring.web.instruments.queries import instrument_in
from kring.web.surveys.answers import Stored, given
from kring.web.surveys.models import Round

Errors = dict[tuple[str, int], dict[str, MeasurementError | None]]
"""The measurement errors of a school, by instrument and version, then by scale."""


@dataclass(frozen=True, slots=True)
class GroupRound:
    """One round in one group: what came out, and by the key of the pupil how everybody who was asked is shown."""

    round: Round
    group_id: UUID
    results: GroupResults
    names: Mapping[str, str] = field(hash=False)
    answers: Answers | None = None

    @property
    def measurement(self) -> Measurement:
        """As pages and PDFs show it; lists of one month stand together."""
        asked, wave = self.results.instrument, spoken_month(self.round.opens_on)
        return Measurement(self.round.title, asked.informant, wave, self.results, self.answers)


def group_round(round: Round, group_id: UUID, lists: Mapping[str, Stored], names: Mapping[str, str], errors: Errors) -> GroupRound:
    """Score the lists of one round and one group, by the key of the pupil; who did not hand in counts as asked."""
    asked = tuple((pupil, tuple(row.items())) for pupil, row in lists.items())
    known = tuple(errors.get((round.instrument, round.version), {}).items())
    results, answers = _scored(round.school_id, round.instrument, round.version, asked, known)
    return GroupRound(round, group_id, results, {pupil: names[pupil] for pupil in lists}, answers)


@lru_cache(maxsize=512)
def _scored(
    school_id: UUID,
    instrument: str,
    version: int,
    lists: tuple[tuple[str, tuple[tuple[str, int | str], ...]], ...],
    errors: tuple[tuple[str, MeasurementError | None], ...],
) -> tuple[GroupResults, Answers]:
    """Kept, for the same answers give the same results; and so the same results are drawn once (documents/reports.py)."""
    asked = instrument_in(school_id, instrument, version)
    answers = answers_from(asked, [given(dict(row)) for _pupil, row in lists])
    return group_results(asked, [pupil for pupil, _row in lists], answers, errors=dict(errors)), answers
