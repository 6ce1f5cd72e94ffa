"""The care score against what the school wants, from what a closed round keeps of it: compared exactly, also at the limit itself."""

from dataclasses import dataclass
from fractions import Fraction

from kring.core.ambitions.judging import LEVEL, Answer, Certainty
from kring.core.errors import BrokenRule
from kring.core.shares import wilson_interval

__all__ = ["ShareNotAnAmbition", "ShareVerdict", "judged_share", "refuse_no_ambition"]


@dataclass(eq=False, kw_only=True)
class ShareNotAnAmbition(BrokenRule):
    """A school wants at most some of its pupils in the care zone: not all, and a whole number of percents."""

    percent: int


@dataclass(frozen=True, slots=True)
class ShareVerdict:
    """Met or not, and whether chance could have made it otherwise."""

    answer: Answer
    certainty: Certainty


def refuse_no_ambition(percent: int) -> None:
    """Raises ShareNotAnAmbition.

    >>> refuse_no_ambition(20)
    """
    if not 0 < percent < 100:
        raise ShareNotAnAmbition(percent=percent)


def judged_share(mean_of_classes: Fraction, *, x: int, n: int, highest: Fraction) -> ShareVerdict:
    """Whether the mean of the class shares is at most `highest`; x of n pupils say how sure that is (Wilson, 90 %).

    >>> judged_share(Fraction(1, 5), x=20, n=100, highest=Fraction(1, 5)).answer.value
    'met'
    """
    met = mean_of_classes <= highest
    interval = wilson_interval(x, n, LEVEL)
    certain = interval.high <= highest if met else interval.low > highest
    return ShareVerdict(Answer.MET if met else Answer.NOT_MET, Certainty.CERTAIN if certain else Certainty.WITHIN_CHANCE)
