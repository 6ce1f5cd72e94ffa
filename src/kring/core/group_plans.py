"""A group plan: clusters of pupils by need on three levels of prevention, and what is asked before it is agreed upon."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kring.core.errors import BrokenRule
from kring.core.plans import SHORTEST_REASON, Layer, State, is_reason

EVERY_LEVEL: Final = (1, 2, 3)
EXPECTED_SHARES: Final[Mapping[int, tuple[int, int]]] = {2: (7, 10), 3: (3, 5)}
"""Of a class, in percent, how many are usually helped on this level: a mirror, never a limit."""
SERIOUS_STEPS: Final = 2  # something serious is not met with one loose action
DEFAULT_LAYERS: Final[Mapping[int, Layer]] = {1: Layer.BASIC, 2: Layer.BASIC, 3: Layer.EXTRA}
"""Which level belongs to which layer, until the school says otherwise (R135)."""


@dataclass(eq=False, kw_only=True)
class GroupPlanRunsAlready(BrokenRule):
    """One group plan of a class runs at a time."""


@dataclass(eq=False, kw_only=True)
class GroupPlanBeingWritten(BrokenRule):
    """One group plan of a class is written at a time: two people would each write half."""


@dataclass(eq=False, kw_only=True)
class EarlierPlanNotEvaluated(BrokenRule):
    """The plan of the period before is evaluated first, or one says why not."""

    least: int


@dataclass(eq=False, kw_only=True)
class PlanChangedSinceRead(BrokenRule):
    """Nobody says yes to a text that they did not read; `what` names the parts that a colleague changed."""

    what: str


@dataclass(eq=False, kw_only=True)
class CopiedUnchanged(BrokenRule):
    """A plan that says word for word what the last one said was not thought over."""


@dataclass(eq=False, kw_only=True)
class ClassPartEmpty(BrokenRule):
    """Without a part for the whole class there is no part for a few."""


@dataclass(eq=False, kw_only=True)
class ClusterWithoutEnd(BrokenRule):
    """Level 2 is short and intensive: it has a last day."""

    need: str


@dataclass(eq=False, kw_only=True)
class ClusterOutsidePeriod(BrokenRule):
    """A cluster ends within the plan."""

    need: str


@dataclass(eq=False, kw_only=True)
class PartnerNotConsidered(BrokenRule):
    """On level 3 somebody thought about a partner from outside: which, or why none."""

    need: str


@dataclass(eq=False, kw_only=True)
class EscalationMissing(BrokenRule):
    """On level 3 it stands there what is done when it gets worse."""

    need: str


@dataclass(eq=False, kw_only=True)
class PupilOnTwoLevels(BrokenRule):
    """One need is met on one level."""

    need: str


@dataclass(eq=False, kw_only=True)
class ClassComesFirst(BrokenRule):
    """With so many on level 3 the class itself is the question: say why not, or work with the class."""

    percent: int
    least: int


@dataclass(eq=False, kw_only=True)
class NeedWordedAsFault(BrokenRule):
    """A need says what a pupil needs, not what is wrong with the pupil."""


@dataclass(eq=False, kw_only=True)
class LooseAction(BrokenRule):
    """Something serious asks for several actions that belong together, and for the parents, or for a reason why one will do."""

    least: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """What the rules look at; pupils by key."""

    level: int
    need: str
    until_on: date | None = None
    partner: str = ""
    escalation: str = ""
    pupils: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the class are helped on a level, beside what is usual."""

    level: int
    count: int
    of: int
    low: int
    high: int

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.of) if self.of else 0

    @property
    def is_more(self) -> bool:
        """More than usual by at least one whole pupil: of a small class one pupil is soon 5 percent."""
        return self.count > 1 and 100 * (self.count - 1) >= self.high * self.of

    def is_above(self, line: int) -> bool:
        """Compared in whole numbers: 4 of 26 is more than 15 percent, although it is shown as 15."""
        return is_above(self.count, self.of, line)


def check_need(text: str) -> str:
    """The need in one tidy sentence. Raises NeedWordedAsFault for what names a fault or a diagnosis instead of a need.

    >>> check_need("heeft  duidelijke beurten nodig")
    'heeft duidelijke beurten nodig'
    """
    said = " ".join(text.split())
    if any(said.casefold().startswith(start) for start in FAULTS):
        raise NeedWordedAsFault
    return said


FAULTS: Final = (
    "is een ",
    "is lui",
    "is druk",
    "is lastig",
    "is moeilijk",
    "is agressief",
    "is vervelend",
    "heeft adhd",
    "heeft autisme",
    "kan niet ",
)


def check_clusters(class_part: str, clusters: Sequence[Cluster], *, ends_on: date) -> None:
    """What must stand in a group plan before it is agreed upon; an empty cluster asks nothing.

    Raises ClassPartEmpty, ClusterWithoutEnd, ClusterOutsidePeriod, PartnerNotConsidered, EscalationMissing, PupilOnTwoLevels.
    """
    filled = [one for one in clusters if one.pupils]
    if not class_part.strip() and any(one.level == 3 for one in filled):
        raise ClassPartEmpty
    for one in filled:
        _check_cluster(one, ends_on)
    check_levels(filled)


def _check_cluster(one: Cluster, ends_on: date) -> None:
    if one.level == 2 and one.until_on is None:
        raise ClusterWithoutEnd(need=one.need)
    if one.until_on and one.until_on > ends_on:
        raise ClusterOutsidePeriod(need=one.need)
    if one.level == 3 and not one.partner.strip():
        raise PartnerNotConsidered(need=one.need)
    if one.level == 3 and not one.escalation.strip():
        raise EscalationMissing(need=one.need)


def check_levels(clusters: Iterable[Cluster]) -> None:
    """A pupil may have several needs; each of them on one level. Raises PupilOnTwoLevels."""
    level_of: dict[tuple[str, str], int] = {}
    for one in clusters:
        for pupil in one.pupils:
            if level_of.setdefault((pupil, folded(one.need)), one.level) != one.level:
                raise PupilOnTwoLevels(need=one.need)


def folded(text: str) -> str:
    """For comparing: without capitals, double spaces and the last full stop."""
    return " ".join(text.casefold().split()).rstrip(".")


def check_class_first(shares: Iterable[Share], *, line: int, because: str) -> None:
    """Level 3 above the school's line asks why, once. Raises ClassComesFirst."""
    for share in shares:
        if share.level == 3 and share.is_above(line) and not is_reason(because):
            raise ClassComesFirst(percent=share.percent, least=SHORTEST_REASON)


def check_earlier(earlier: State | None, *, because: str) -> None:
    """Raises EarlierPlanNotEvaluated."""
    if earlier not in (None, State.EVALUATED) and not is_reason(because):
        raise EarlierPlanNotEvaluated(least=SHORTEST_REASON)


def check_changed(now: Mapping[str, object], before: Mapping[str, object] | None) -> None:
    """Raises CopiedUnchanged; both hold what was thought, not the days."""
    if before is not None and now == before:
        raise CopiedUnchanged


def check_serious(levels: Sequence[str], *, is_serious: bool, because: str) -> None:
    """The levels of the actions (group, staff_school, family …). Raises LooseAction."""
    enough = len(levels) >= SERIOUS_STEPS and "family" in levels
    if is_serious and not enough and not is_reason(because):
        raise LooseAction(least=SHORTEST_REASON)


def is_above(count: int, of: int, line: int) -> bool:
    """Whether so many of a class are more than this percentage.

    >>> is_above(4, 26, 15), is_above(5, 25, 20), is_above(0, 0, 20)
    (True, False, False)
    """
    return of > 0 and 100 * count > line * of


def shares(clusters: Iterable[Cluster], *, size: int) -> list[Share]:
    """Levels 2 and 3: each pupil once, on the heaviest level.

    >>> [one.percent for one in shares([Cluster(2, "rust", pupils=frozenset("ab")), Cluster(3, "hulp", pupils=frozenset("b"))], size=20)]
    [5, 5]
    """
    heaviest: dict[str, int] = {}
    for one in clusters:
        for pupil in one.pupils:
            heaviest[pupil] = max(heaviest.get(pupil, 1), one.level)
    counts = list(heaviest.values())
    return [Share(level, counts.count(level), size, low, high) for level, (low, high) in EXPECTED_SHARES.items()]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something known of a pupil that asks for help with `scale`: a red scale of the last list, or points of attention."""

    pupil: str
    scale: str
    is_heavy: bool = False  # seen by two kinds of informants, or of the highest level of attention


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A cluster that somebody may take over; on level 1 it is work for the whole class, and names nobody."""

    level: int
    scale: str
    pupils: tuple[str, ...]
    percent: int


def suggestions(findings: Iterable[Finding], *, size: int, line: int) -> list[Suggestion]:
    """Per scale: above the line of the school the class comes first; otherwise level 2, and level 3 for whom it is heavy.

    A proposal and no more: people put somebody elsewhere, or nowhere.

    >>> [one.level for one in suggestions([Finding("a", "belonging"), Finding("b", "belonging", is_heavy=True)], size=20, line=20)]
    [2, 3]
    """
    heavy: dict[str, dict[str, bool]] = {}
    for one in findings:
        of_scale = heavy.setdefault(one.scale, {})
        of_scale[one.pupil] = of_scale.get(one.pupil, False) or one.is_heavy
    return [found for scale, pupils in sorted(heavy.items()) for found in _of_scale(scale, pupils, size, line)]


def _of_scale(scale: str, pupils: Mapping[str, bool], size: int, line: int) -> list[Suggestion]:
    percent = round(100 * len(pupils) / size) if size else 0
    if is_above(len(pupils), size, line):
        return [Suggestion(1, scale, (), percent)]
    levels = [(2, tuple(sorted(key for key in pupils if not pupils[key]))), (3, tuple(sorted(key for key in pupils if pupils[key])))]
    return [Suggestion(level, scale, keys, percent) for level, keys in levels if keys]


def group_share(levels: Sequence[str]) -> int | None:
    """How many percent of the goals of a period lie with the group (R139); None without goals.

    >>> group_share(["group", "pupil", "pupil", "group"]), group_share([])
    (50, None)
    """
    return round(100 * levels.count("group") / len(levels)) if levels else None


def refuse_changed(edited: Mapping[str, datetime], *, read_at: datetime) -> None:
    """`edited` says of each part, by its name, when it was last changed. Raises PlanChangedSinceRead.

    >>> refuse_changed({"a quiet corner": datetime(2026, 3, 2, 9)}, read_at=datetime(2026, 3, 2, 10))
    """
    changed = [name for name, moment in edited.items() if moment > read_at]
    if changed:
        raise PlanChangedSinceRead(what=", ".join(changed))
