"""From stored answers to the results of the core: page, PDF and the command score with the same code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kring.core.answers import answers_from
from kring.core.groups import GroupResults, group_results
from kring.core.reliability import MeasurementError
from kring.documents.reports import Measurement
from kring.library import instrument
from kring.web.days import spoken_month
from kring.web.schools.models import Group, Pupil
from kring.web.surveys.answers import Stored, given
from kring.web.surveys.models import Invitation, Round


@dataclass(frozen=True, slots=True)
class GroupRound:
    """One round in one group: the pupils whose lists may be read, in the order of their names, and what came out."""

    round: Round
    group: Group
    pupils: tuple[Pupil, ...]
    results: GroupResults

    @classmethod
    def of(
        cls,
        invitations: Sequence[Invitation],
        answers: Mapping[UUID, Stored],
        errors: Mapping[tuple[str, int], Mapping[str, MeasurementError | None]],
    ) -> "GroupRound":
        """Score the lists of one round and one group; who did not hand in counts as asked."""
        round, pupils = invitations[0].round, tuple(one.pupil for one in invitations)
        asked = instrument(round.instrument, round.version)
        table = answers_from(asked, [given(answers.get(one.pk, {})) for one in invitations])
        keys = [str(pupil.pk) for pupil in pupils]
        results = group_results(asked, keys, table, errors=errors.get((asked.key, asked.version), {}))
        return cls(round, invitations[0].group, pupils, results)

    @property
    def measurement(self) -> Measurement:
        """As pages and PDFs show it; lists of one month stand together."""
        return Measurement(self.round.title, self.results.instrument.informant, spoken_month(self.round.opens_on), self.results)

    @property
    def names(self) -> dict[str, str]:
        """The names of its pupils by their key."""
        return {str(pupil.pk): str(pupil) for pupil in self.pupils}
