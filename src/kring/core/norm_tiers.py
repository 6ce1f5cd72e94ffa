"""When a data set may be called a norm: four honest tiers, with what each may show and what is wanting for more."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from fractions import Fraction
from math import ceil

from kring.core.errors import CallerMistake
from kring.core.instruments import NumberOutsideBounds
from kring.core.provenance import Result, method

__all__ = [
    "Flaw",
    "NormEvidence",
    "NormStanding",
    "NormTier",
    "NotACount",
    "PupilsNeeded",
    "Shown",
    "Support",
    "Wanting",
    "norm_standing",
    "pupils_needed",
]

# Methods.md B.18.
OWN_YEARS, OWN_PUPILS = 2, 100
PROVISIONAL_EFFECTIVE = 100
NORM_EFFECTIVE = 400
OUTDATED_AFTER = 15  # years (COTAN)


class NormTier(IntEnum):
    """How much of a norm there is."""

    NONE = 0
    OWN_REFERENCE = 1
    PROVISIONAL = 2
    NORM = 3


class Shown(StrEnum):
    """What may be shown beside a score."""

    RAW = "raw"
    OWN_SCHOOL = "own school"
    PERCENTILE_WITH_BAND = "percentile with band"
    T = "t"
    PROVISIONAL_LEVELS = "provisional levels"
    LEVELS = "levels"


SHOWN: dict[NormTier, frozenset[Shown]] = {
    NormTier.NONE: frozenset({Shown.RAW}),
    NormTier.OWN_REFERENCE: frozenset({Shown.RAW, Shown.OWN_SCHOOL}),
    NormTier.PROVISIONAL: frozenset({Shown.RAW, Shown.PERCENTILE_WITH_BAND, Shown.T, Shown.PROVISIONAL_LEVELS}),
    NormTier.NORM: frozenset({Shown.RAW, Shown.PERCENTILE_WITH_BAND, Shown.T, Shown.LEVELS}),
}


class Support(StrEnum):
    """A document without which there is no norm of tier 3."""

    REPRESENTATIVENESS = "representativeness"
    RELIABILITY = "reliability"
    DIF = "dif"
    MANUAL = "manual"


class Flaw(StrEnum):
    """Why data are not a norm, however many there are."""

    CONVENIENCE_SAMPLE = "convenience sample"  # schools that happen to use the software
    ONE_PROGRAMME = "one programme"  # schools of one programme
    TRANSLATED = "translated"  # gathered with the list in another language
    LANGUAGE_EXCLUDED = "language excluded"  # who does not know the language well was left out
    CHANGED_SINCE = "changed since"  # items or answer scale have changed
    BEFORE_LARGE_EVENT = "before a large event"
    OUTDATED = "outdated"  # older than 15 years


# These make the data useless even to compare a school with its own past.
BREAKS_WITH_THE_PAST = frozenset({Flaw.CHANGED_SINCE, Flaw.BEFORE_LARGE_EVENT, Flaw.OUTDATED})


class Wanting(StrEnum):
    """What stands between these data and a norm of tier 3, besides flaws and missing support."""

    SEVERAL_SCHOOLS = "several schools"
    SAMPLING_PLAN = "sampling plan"
    HUNDRED_PER_BAND = "100 effective pupils per band"
    FOUR_HUNDRED = "400 effective pupils"


@dataclass(eq=False, kw_only=True)
class NotACount(CallerMistake):
    """Numbers of pupils, schools and years are whole and not below 0."""

    field: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NormEvidence:
    """What is known of the data: pupils, schools and school years; per grade band the effective n; how and when they were gathered.

    `continuous`: the norms run over age or grade, so that the bands support each other. `age` in years since the last measurement.
    """

    pupils: int
    schools: int
    school_years: int
    effective_n: Mapping[str, float] = field(default_factory=dict)
    sampling_plan: bool = False
    continuous: bool = False
    support: Set[Support] = frozenset()
    flaws: Set[Flaw] = frozenset()
    age: int = 0

    def __post_init__(self) -> None:
        for name in ("pupils", "schools", "school_years", "age"):
            value = getattr(self, name)
            if not (value >= 0 and value % 1 == 0):
                raise NotACount(field=name, value=value)
        for band, effective in self.effective_n.items():
            if not 0 <= effective <= self.pupils:
                raise NumberOutsideBounds(of="norm sample", field=f"effective_n {band}", value=effective, low=0, high=self.pupils)


@dataclass(frozen=True, slots=True, eq=False)
class NormStanding(Result):
    """The tier of each grade band, and of the whole (its lowest band), with what may be shown and what is wanting for tier 3.

    n: pupils; n_valid: the pupils, or 0 for tier 0.
    """

    tier: NormTier
    band_tiers: Mapping[str, NormTier]
    shown: frozenset[Shown]
    wanting: tuple[Wanting, ...]
    missing_support: tuple[Support, ...]
    flaws: tuple[Flaw, ...]
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class PupilsNeeded(Result):
    """`n` pupils in whole classes, worth `effective_n` independent ones; n_valid is n."""

    effective_n: float
    n: int
    n_valid: int


@method("norm-standing", 1, data=("evidence",))
def norm_standing(evidence: NormEvidence) -> NormStanding:
    """Say what these data may be called.

    Tier 3: several schools by a sampling plan, at least 400 effective pupils per grade band (continuous norming: 400 together and 100 in
    each), a table of representativeness, reliability, a DIF report and a manual. Tier 2: such schools, 100 effective pupils per band.
    Tier 1: at least two years and 100 pupils of one school. Flaws: no tier 2 or 3; those that break with the past: tier 0.

    >>> plan = NormEvidence(pupils=1320, schools=30, school_years=1, effective_n={"5-6": 400.0}, sampling_plan=True)
    >>> norm_standing(plan).tier.name, [each.value for each in norm_standing(plan).missing_support]
    ('PROVISIONAL', ['dif', 'manual', 'reliability', 'representativeness'])
    """
    flaws = set(evidence.flaws) | ({Flaw.OUTDATED} if evidence.age > OUTDATED_AFTER else set())
    floor = _own_reference(evidence, flaws)
    enough = _norm_size(evidence)
    tiers = {band: max(floor, _tier(evidence, flaws, effective, enough[band])) for band, effective in sorted(evidence.effective_n.items())}
    tier = min(tiers.values(), default=floor)
    missing = tuple(sorted(set(Support) - evidence.support))
    valid = evidence.pupils if tier else 0
    return NormStanding(tier, tiers, SHOWN[tier], _wanting(evidence, enough), missing, tuple(sorted(flaws)), evidence.pupils, valid)


def _own_reference(evidence: NormEvidence, flaws: Set[Flaw]) -> NormTier:
    one = evidence.schools == 1 and evidence.school_years >= OWN_YEARS and evidence.pupils >= OWN_PUPILS
    return NormTier.OWN_REFERENCE if one and not flaws & BREAKS_WITH_THE_PAST else NormTier.NONE


def _norm_size(evidence: NormEvidence) -> dict[str, bool]:
    """Whether each band has what a norm of tier 3 needs."""
    sizes = evidence.effective_n
    if evidence.continuous:
        enough = sum(sorted(sizes.values())) >= NORM_EFFECTIVE and min(sizes.values(), default=0) >= PROVISIONAL_EFFECTIVE
        return dict.fromkeys(sizes, enough)
    return {band: effective >= NORM_EFFECTIVE for band, effective in sizes.items()}


def _tier(evidence: NormEvidence, flaws: Set[Flaw], effective: float, enough: bool) -> NormTier:
    if flaws or evidence.schools < 2 or not evidence.sampling_plan or effective < PROVISIONAL_EFFECTIVE:
        return NormTier.NONE
    return NormTier.NORM if enough and evidence.support >= set(Support) else NormTier.PROVISIONAL


def _wanting(evidence: NormEvidence, enough: Mapping[str, bool]) -> tuple[Wanting, ...]:
    lacking = {
        Wanting.SEVERAL_SCHOOLS: evidence.schools < 2,
        Wanting.SAMPLING_PLAN: not evidence.sampling_plan,
        Wanting.HUNDRED_PER_BAND: min(evidence.effective_n.values(), default=0) < PROVISIONAL_EFFECTIVE,
        Wanting.FOUR_HUNDRED: not enough or not all(enough.values()),
    }
    return tuple(each for each, lacks in lacking.items() if lacks)


@method("pupils-needed", 1)
def pupils_needed(effective_n: float, *, class_size: int, icc: float) -> PupilsNeeded:
    """Say how many pupils in classes of `class_size` are worth `effective_n` independent ones: n_eff·(1 + (m - 1)·ICC), rounded up.

    Counted in fractions, so that 860 is not made 861 by rounding. Raises NumberOutsideBounds. Source: Kish 1965.

    >>> [pupils_needed(400, class_size=24, icc=icc).n for icc in (0.03, 0.10, 0.20)]
    [676, 1320, 2240]
    """
    for name, value, low, high in (("effective_n", effective_n, 0, 1e12), ("class_size", class_size, 1, 1e6), ("icc", icc, 0, 1)):
        if not low <= value <= high:
            raise NumberOutsideBounds(of="pupils needed", field=name, value=value, low=low, high=high)
    exact = Fraction(str(effective_n)) * (1 + (class_size - 1) * Fraction(str(icc)))
    return PupilsNeeded(effective_n, ceil(exact), ceil(exact))
