"""How good the signals are: what people said of them, how soon something was done, and what they missed.

Never a percentage of fewer than twenty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kring.core.attention.table import Channel
from kring.core.errors import CallerMistake
from kring.core.provenance import Result, method
from kring.core.rule_quality import Portion, portion

__all__ = [
    "Alert",
    "ImpossibleEvaluation",
    "Independent",
    "Judgement",
    "SignalQuality",
    "signal_quality",
]

PRECISION_TARGET, NEW_TARGET, CHANNEL_TARGET = 50, 20, 40  # hundredths
FLAGGED_PER_25 = (2, 4)  # pupils at "discuss" or higher in a class of 25


class Judgement(StrEnum):
    """How a signal ended, by the people who know the pupil."""

    KNOWN_RIGHT = "known-right"
    NEW_RIGHT = "new-right"
    WRONG = "wrong"
    UNCLEAR = "unclear"


class Independent(StrEnum):
    """Sources that a signal cannot have caused, to count what was missed."""

    NEXT_OWN_LIST = "next-own-list"  # red and certain in the next round
    BLIND_TEACHER = "blind-teacher"  # a teacher who did not see the signals


RIGHT = (Judgement.KNOWN_RIGHT, Judgement.NEW_RIGHT)


@dataclass(eq=False, kw_only=True)
class ImpossibleEvaluation(CallerMistake):
    """Counts and days are not negative, and no more pupils are flagged than there are."""

    part: str
    value: int


@dataclass(frozen=True, slots=True)
class Alert:
    """One signal; judgement None while nobody judged it, days_to_action None while nothing was done."""

    channel: Channel
    judgement: Judgement | None = None
    days_to_action: int | None = None

    def __post_init__(self) -> None:
        if self.days_to_action is not None and self.days_to_action < 0:
            raise ImpossibleEvaluation(part="days_to_action", value=self.days_to_action)


@dataclass(frozen=True, slots=True)
class SignalQuality(Result):
    """One half year, both channels or one. n: alerts of these; n_valid: alerts that were judged.

    per_class: alerts per class and period, None without classes; precision: right out of right and wrong; new: right and new out of all
    judged; recall: support plans that had a signal before, out of nothing when
    they were not counted; independent_recall: the same against sources that the signal cannot have caused;
    median_days: to the first action, an alert without action counting as later than any, None when that is in the middle; internalising:
    alerts of that channel out of all alerts. Targets: None when it cannot be said.
    """

    per_class: float | None
    judgements: tuple[tuple[Judgement, int], ...]
    precision: Portion
    new: Portion
    median_days: float | None
    without_action: int
    missed: int | None
    recall: Portion
    independent_recall: tuple[tuple[Independent, Portion], ...]
    internalising: Portion
    flagged_per_25: float | None
    precision_met: bool | None
    new_met: bool | None
    channels_met: bool | None
    amount_met: bool | None
    n: int
    n_valid: int


@method("signal-quality", 1, rows=("alerts",), data=("classes", "periods", "pupils", "flagged", "found", "missed", "independent"))
def signal_quality(
    alerts: Sequence[Alert],
    *,
    classes: int,
    periods: int = 1,
    pupils: int = 0,
    flagged: int = 0,
    found: int | None = None,
    missed: int | None = None,
    independent: Mapping[Independent, tuple[int, int]] | None = None,
    channel: Channel | None = None,
) -> SignalQuality:
    """Evaluate the signals of `classes` classes over `periods`, of both channels or of one `channel` alone; always give all alerts.

    pupils and flagged: how many there are, and how many at "discuss" or higher. found, missed: plans started with and without a signal
    before, in that channel (None: not counted); `independent`: found and missed according to a source that the signal cannot have caused.
    Targets: precision ≥ .50, new ≥ .20, neither channel < .40, 2 to 4 flagged per 25. Intervals: Wilson 1927. Raises ImpossibleEvaluation.

    >>> from kring.core.attention import Channel
    >>> right, wrong = Alert(Channel.INTERNALISING, Judgement.NEW_RIGHT, 3), Alert(Channel.EXTERNALISING, Judgement.WRONG)
    >>> found = signal_quality([right] * 15 + [wrong] * 10, classes=5, found=8, missed=4)
    >>> found.precision.share, found.new.share, found.median_days, found.recall.share, found.per_class
    (0.6, 0.6, 3.0, None, 5.0)
    """
    counts = {"classes": classes, "periods": periods, "pupils": pupils, "flagged": flagged, "found": found or 0, "missed": missed or 0}
    apart = {source: (independent or {}).get(source, (0, 0)) for source in Independent}
    _not_negative(counts | {source.value: min(pair) for source, pair in apart.items()} | {"pupils not flagged": pupils - flagged})
    own = [each for each in alerts if channel in (None, each.channel)]
    tally = {judgement: sum(each.judgement is judgement for each in own) for judgement in Judgement}
    judged, right = sum(tally.values()), sum(tally[each] for each in RIGHT)
    precision = portion(right, right + tally[Judgement.WRONG])
    new, inward = portion(tally[Judgement.NEW_RIGHT], judged), sum(each.channel is Channel.INTERNALISING for each in alerts)
    by_channel = portion(inward, len(alerts))
    days = sorted(each.days_to_action for each in own if each.days_to_action is not None)
    return SignalQuality(
        per_class=len(own) / (classes * periods) if classes * periods else None,
        judgements=tuple(tally.items()),
        precision=precision,
        new=new,
        median_days=_median_days(days, len(own)),
        without_action=len(own) - len(days),
        missed=missed,
        recall=portion(0, 0) if found is None or missed is None else portion(found, found + missed),
        independent_recall=tuple((source, portion(hits, hits + misses)) for source, (hits, misses) in apart.items()),
        internalising=by_channel,
        flagged_per_25=25 * flagged / pupils if pupils else None,
        precision_met=None if precision.share is None else 100 * right >= PRECISION_TARGET * precision.of,
        new_met=None if new.share is None else 100 * new.count >= NEW_TARGET * judged,
        channels_met=None if by_channel.share is None else 100 * min(inward, len(alerts) - inward) >= CHANNEL_TARGET * len(alerts),
        amount_met=FLAGGED_PER_25[0] * pupils <= 25 * flagged <= FLAGGED_PER_25[1] * pupils if pupils else None,
        n=len(own),
        n_valid=judged,
    )


def _not_negative(counts: dict[str, int]) -> None:
    for part, value in counts.items():
        if value < 0:
            raise ImpossibleEvaluation(part=part, value=value)


def _median_days(days: Sequence[int], alerts: int) -> float | None:
    """Middle of all alerts in the order of their first action; those without action stand last."""
    low, high = (alerts - 1) // 2, alerts // 2
    return (days[low] + days[high]) / 2 if alerts and high < len(days) else None
