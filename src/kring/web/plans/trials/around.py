"""What the proposal reads besides the ticks and measurements: the lists before and after the start, and the signals since."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from kring.core.access import Verb
from kring.core.since_start import ScaleChange, ScaleScore, SeenSince, changes_since, is_danger
from kring.web.access import may
from kring.web.plans.trials.queries import Sheet
from kring.web.schools.models import Membership
from kring.web.signals.models import Signal, SignalAnswer
from kring.web.surveys.queries import rounds_of_pupils
from kring.web.surveys.results import GroupRound


@dataclass(frozen=True, slots=True)
class Around:
    """Of one plan, as far as its reader may read lists and signals."""

    changes: tuple[ScaleChange, ...] = ()
    seen: tuple[SeenSince, ...] = ()

    @property
    def rci(self) -> tuple[float, ...]:
        return tuple(one.rci for one in self.changes if one.rci is not None)

    @property
    def is_danger(self) -> bool:
        return is_danger(self.seen)


NOTHING_AROUND = Around()


def around(actor: Membership, sheet: Sheet, *, at: datetime) -> Around:
    """Of one plan."""
    return all_around(actor, [sheet], at=at).get(sheet.plan.pk, NOTHING_AROUND)


def all_around(actor: Membership, sheets: Sequence[Sheet], *, at: datetime) -> Mapping[UUID, Around]:
    """By plan; as many questions to the database for three plans as for one."""
    begun = [(one.plan, one.plan.pupil_id, one.plan.starts_on) for one in sheets]
    pupils = {pupil for _plan, pupil, _start in begun if pupil}
    lists, signals = rounds_of_pupils(actor, pupils) if pupils else {}, _signals(actor, pupils, at)
    return {
        plan.pk: Around(
            changes_since(_scores(str(pupil), lists.get(str(pupil), ())), start),
            tuple(seen for row, seen in signals[pupil] if timezone.localdate(row.seen_at) >= start),
        )
        for plan, pupil, start in begun
        if pupil and start
    }


def _scores(pupil: str, lists: Iterable[GroupRound]) -> Iterator[ScaleScore]:
    for one in lists:
        asked, round = one.results.instrument, one.round
        closed_on = timezone.localdate(round.closed_at) if round.closed_at else round.closes_on
        place = one.results.pupils.index(pupil)
        for result in one.results.scales:
            mean = result.pupil(place).mean
            if mean is not None:
                line = (asked.key, str(asked.version), result.scale.key, asked.informant.value)
                days = (round.opens_on, min(round.closes_on, closed_on))
                sem = result.error.sem if result.error else None
                yield ScaleScore(line, result.scale.title, asked.informant.value, *days, mean, sem, result.scale.direction)


def _signals(actor: Membership, pupils: Collection[UUID], at: datetime) -> Mapping[UUID | None, list[tuple[Signal, SeenSince]]]:
    """Of these pupils, each with its last answer."""
    rows = list(may(actor, Signal, Verb.READ, at=at).filter(pupil__in=pupils, kind__in=_SEEN).order_by("seen_at", "pk"))
    answers = may(actor, SignalAnswer, Verb.READ, at=at).filter(signal__in=rows).order_by("answered_at", "pk")
    judged = dict(answers.values_list("signal_id", "judgement"))
    found: dict[UUID | None, list[tuple[Signal, SeenSince]]] = defaultdict(list)
    for row in rows:
        found[row.pupil_id].append((row, SeenSince(row.worry, is_wrong=judged.get(row.pk) == SignalAnswer.Judgement.WRONG)))
    return found


_SEEN = (Signal.Kind.OBSERVATION, Signal.Kind.WORRY)
