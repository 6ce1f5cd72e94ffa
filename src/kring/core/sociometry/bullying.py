"""Bullying: what pupils say of themselves, who is named by whom, who helps.

One pupil who says to be bullied every week is enough for a conversation, whatever the network says. The network itself, with names, is for
the coordinator against bullying alone; a teacher sees counts and conversations to hold.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from kring.core.provenance import Result, method
from kring.core.sociometry.nominations import refuse_impossible_names, refuse_listed_twice
from kring.core.sociometry.order import by_id
from kring.core.sociometry.school_days import school_days_later

__all__ = [
    "BullyingCounts",
    "BullyingNetwork",
    "Defender",
    "Frequency",
    "NamedPupil",
    "NamingPupil",
    "SelfReports",
    "SharedVictims",
    "bullying_network",
    "self_reports",
]

TALK_WITHIN = 2  # school days
PATTERN_FROM = 2  # pupils who name the same classmate, or classmates whom one pupil names


class Frequency(StrEnum):
    """How often a pupil was bullied this month, in order. Source of the steps: Solberg & Olweus 2003."""

    NEVER = "never"
    ONCE_OR_TWICE = "once_or_twice"
    TWO_OR_THREE_TIMES = "two_or_three_times"
    WEEKLY = "weekly"
    SEVERAL_TIMES_A_WEEK = "several_times_a_week"


OFTEN = frozenset({Frequency.WEEKLY, Frequency.SEVERAL_TIMES_A_WEEK})


@dataclass(frozen=True, slots=True)
class SelfReports(Result):
    """What pupils say of themselves: `counts` by frequency, and with whom to talk, no later than `talk_by` (None when with nobody).

    `n` pupils asked, `n_valid` who answered.
    """

    talk_with: tuple[str, ...]
    talk_by: date | None
    counts: Mapping[Frequency, int]
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class NamedPupil:
    """A pupil who is named as bullying, `by` these classmates; both_roles: a bully-victim, who
    names somebody as well."""

    pupil: str
    by: tuple[str, ...]
    both_roles: bool

    @property
    def pattern(self) -> bool:
        """Named by at least two classmates."""
        return len(self.by) >= PATTERN_FROM


@dataclass(frozen=True, slots=True)
class NamingPupil:
    """A pupil who names these classmates as bullying."""

    pupil: str
    names: tuple[str, ...]

    @property
    def several(self) -> bool:
        """Names at least two classmates."""
        return len(self.names) >= PATTERN_FROM


@dataclass(frozen=True, slots=True)
class SharedVictims:
    """Two pupils who are named together, by so many classmates."""

    pupils: tuple[str, str]
    victims: int


@dataclass(frozen=True, slots=True)
class Defender:
    """A pupil who helps these classmates, as they say."""

    pupil: str
    defends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BullyingCounts:
    """What a teacher sees: no names, no graph."""

    naming: int
    naming_several: int
    named: int
    named_by_several: int
    defenders: int


@dataclass(frozen=True, slots=True)
class BullyingNetwork(Result):
    """Who names whom, with names: for the coordinator against bullying alone, never on a shared screen. All in the order of ids.

    shared: each two named pupils whom one or more classmates name both; density: names / (N · (N - 1)), None below two pupils. `n` pupils
    on the list, `n_valid` who answered, with or without a name.
    """

    named: tuple[NamedPupil, ...]
    naming: tuple[NamingPupil, ...]
    shared: tuple[SharedVictims, ...]
    defenders: tuple[Defender, ...]
    density: float | None
    n: int
    n_valid: int

    @property
    def counts(self) -> BullyingCounts:
        """What a teacher may see of it."""
        return BullyingCounts(
            naming=len(self.naming),
            naming_several=sum(one.several for one in self.naming),
            named=len(self.named),
            named_by_several=sum(one.pattern for one in self.named),
            defenders=len(self.defenders),
        )


@method("bullied-self-report", 1, data=("reports", "reported_on"))
def self_reports(reports: Mapping[str, Frequency | None], *, reported_on: date, school_free: Set[date] = frozenset()) -> SelfReports:
    """Say with whom to talk within two school days: every pupil who says to be bullied every week or more.

    `reports` are the answers by pupil, None for who did not answer; `school_free` the weekdays without school. Source of the limit:
    Solberg & Olweus 2003; the two days are a rule of Kring.

    >>> from datetime import date
    >>> said = self_reports({"A": Frequency.NEVER, "B": Frequency.WEEKLY, "C": None}, reported_on=date(2026, 11, 19))
    >>> said.talk_with, said.talk_by, said.n_valid
    (('B',), datetime.date(2026, 11, 23), 2)
    """
    talk_with = by_id(pupil for pupil, frequency in reports.items() if frequency in OFTEN)
    known = Counter(frequency for frequency in reports.values() if frequency is not None)
    talk_by = school_days_later(reported_on, TALK_WITHIN, school_free) if talk_with else None
    return SelfReports(talk_with, talk_by, {frequency: known[frequency] for frequency in Frequency}, len(reports), known.total())


@method("bullying-network", 1, rows=("pupils",), data=("names", "defenders"))
def bullying_network(
    pupils: Sequence[str], names: Mapping[str, Set[str]], *, defenders: Mapping[str, Set[str]] | None = None
) -> BullyingNetwork:
    """Put together who names whom as bullying, and who is named as helping.

    `names` and `defenders` have who answered, with the classmates named; both may be skipped. A pupil counts once for each classmate. Two
    pupils who name the same classmate are a pattern, one is not. Source of the roles: Salmivalli e.a. 1996. Raises `PupilListedTwice`,
    `PupilNotOnList`, `ChoosesOneself`.

    >>> network = bullying_network("ABCD", {"A": {"C", "D"}, "B": {"C"}, "C": {"D"}}, defenders={"A": {"B"}})
    >>> [(one.pupil, one.by, one.both_roles) for one in network.named if one.pattern]
    [('C', ('A', 'B'), True), ('D', ('A', 'C'), False)]
    """
    refuse_listed_twice(tuple(pupils))
    refuse_impossible_names(pupils, names)
    refuse_impossible_names(pupils, defenders or {})
    named, n = _turned_round(names), len(pupils)
    return BullyingNetwork(
        named=tuple(NamedPupil(pupil, by, bool(names.get(pupil))) for pupil, by in named.items()),
        naming=tuple(NamingPupil(pupil, by_id(names[pupil])) for pupil in by_id(names) if names[pupil]),
        shared=tuple(_shared(named)),
        defenders=tuple(Defender(pupil, of) for pupil, of in _turned_round(defenders or {}).items()),
        density=sum(map(len, names.values())) / (n * (n - 1)) if n > 1 else None,
        n=n,
        n_valid=len(names),
    )


def _turned_round(names: Mapping[str, Set[str]]) -> dict[str, tuple[str, ...]]:
    """Give who is named, with by whom; all in the order of ids."""
    every = by_id({classmate for named in names.values() for classmate in named})
    return {classmate: by_id(pupil for pupil, named in names.items() if classmate in named) for classmate in every}


def _shared(named: Mapping[str, tuple[str, ...]]) -> Iterable[SharedVictims]:
    for first, second in combinations(named, 2):
        victims = len(set(named[first]) & set(named[second]))
        if victims:
            yield SharedVictims((first, second), victims)
