"""From stored answers to the results of the core: page, PDF and the command score with the same code."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from kring.core.answers import answers_from
from kring.core.groups import GroupResults, group_results
from kring.core.reliability import MeasurementError
from kring.documents.reports import Measurement
from kring.library import instrument
from kring.web.days import spoken_month
from kring.web.schools.models import Pupil
from kring.web.surveys.answers import Stored, given
from kring.web.surveys.models import Round

Errors = dict[tuple[str, int], dict[str, MeasurementError | None]]
"""The measurement errors of a school, by instrument and version, then by scale."""


@dataclass(frozen=True, slots=True)
class GroupRound:
    """One round in one group: the pupils whose lists may be read, in the order of their names, and what came out."""

    round: Round
    group_id: UUID
    pupils: tuple[Pupil, ...]
    results: GroupResults

    @property
    def measurement(self) -> Measurement:
        """As pages and PDFs show it; lists of one month stand together."""
        return Measurement(self.round.title, self.results.instrument.informant, spoken_month(self.round.opens_on), self.results)

    @property
    def names(self) -> dict[str, str]:
        """The names of its pupils by their key."""
        return {str(pupil.pk): str(pupil) for pupil in self.pupils}


def group_round(round: Round, group_id: UUID, lists: Iterable[tuple[Pupil, Stored]], errors: Errors) -> GroupRound:
    """Score the lists of one round and one group; who did not hand in counts as asked."""
    asked = instrument(round.instrument, round.version)
    in_order = sorted(lists, key=lambda one: (one[0].sort_name, one[0].pk))
    answers = answers_from(asked, [given(row) for _, row in in_order])
    pupils = tuple(pupil for pupil, _ in in_order)
    keys = [str(pupil.pk) for pupil in pupils]
    return GroupRound(round, group_id, pupils, group_results(asked, keys, answers, errors=errors.get((asked.key, asked.version), {})))
