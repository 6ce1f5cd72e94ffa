"""The pupils of a class who are helped: how it was carried out, what was measured, and of how many it may be said that they progressed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from kring.core.decisions import Evidence, GroupProgress, group_progress
from kring.core.goals import GoalAttainment
from kring.core.trials import Effect
from kring.web.plans.trials.around import NOTHING_AROUND, Around
from kring.web.plans.trials.queries import Sheet
from kring.web.plans.trials.spoken import lists_words
from kring.web.plans.trials.weighing import Judged, weigh


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """One pupil with one plan: fidelity, the goals as last judged, and the measurements."""

    sheet: Sheet
    evidence: Evidence
    goals: GoalAttainment
    around: Around

    @property
    def effect(self) -> Effect:
        return self.evidence.effect

    @property
    def lists(self) -> str:
        """What the lists before and after the start say."""
        return lists_words(self.around.rci)

    @property
    def may_be_judged(self) -> bool:
        """Not when it was hardly carried out."""
        return self.evidence.fidelity is not None and not self.evidence.poorly_carried_out


@dataclass(frozen=True, slots=True)
class Progress:
    """The lines, and the share with how certain it is; never an average effect of an approach."""

    lines: tuple[ProgressLine, ...]
    found: GroupProgress


def progress_of(sheets: list[Sheet], beside: Mapping[UUID, Around]) -> Progress:
    """From what stands in the plans and the lists now; `sheets`: of each pupil the newest plan first."""
    lines = tuple(_line(sheet, beside.get(sheet.plan.pk, NOTHING_AROUND)) for sheet in sheets)
    return Progress(lines, group_progress(_of_each_pupil(lines)))


def _of_each_pupil(lines: Iterable[ProgressLine]) -> list[Evidence]:
    """Of one pupil with several plans one counts: the newest about which something may be said, or else the newest."""
    counted: dict[UUID | None, Evidence] = {}
    for one in sorted(lines, key=lambda line: not line.evidence.may_be_judged):
        counted.setdefault(one.sheet.plan.pupil_id, one.evidence)
    return list(counted.values())


def _line(sheet: Sheet, around: Around) -> ProgressLine:
    """The level is the one that was chosen at the last evaluation."""
    last = sheet.evaluations[0] if sheet.evaluations else None
    found = weigh(sheet, Judged(carried_out="", levels=last.levels if last else {}), around)
    return ProgressLine(sheet, found.evidence, found.goals, around)
