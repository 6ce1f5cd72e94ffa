"""What a list of all pupils would change at a school: who is new, changed, moved or gone, and about whom a person must decide.

Nobody is taken off for not being on the list. A line is one pupil; it says nothing of pupils on other lines.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from kring.core.ages import born_by
from kring.core.errors import BrokenRule
from kring.core.grouping import MOST_LEVELS, levels_in


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a name as they are written."""

    given: str
    prefix: str
    family: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.given, self.prefix, self.family) if part)


@dataclass(frozen=True, slots=True)
class PupilLine:
    """One pupil of the list. `level` None: as the group has it."""

    line: int
    number: str
    name: Name
    born_on: date | None
    group: str
    level: int | None
    municipality: str = ""  # where the pupil lives, when it is not where the school is


@dataclass(frozen=True, slots=True)
class Seat:
    """A group in which a pupil sits at the moment of which the list speaks, or later: a move may be planned."""

    group: str
    level: int
    is_of_year: bool  # a group of the school year of the list; one of the year before is left at the year change
    from_at: datetime
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownPupil:
    """Somebody whom the school has already, once for each number that means this pupil. `key` says nothing outside."""

    key: str
    number: str
    name: Name
    born_on: date | None
    seats: tuple[Seat, ...]
    municipality: str = ""

    @property
    def sits_twice(self) -> bool:
        """Whether this pupil sits in two groups of the year at once; one after the other is a move."""
        of_year = sorted((seat for seat in self.seats if seat.is_of_year), key=lambda seat: seat.from_at)
        return any(one.until_at is None or one.until_at > other.from_at for one, other in pairwise(of_year))


class Doubt(StrEnum):
    """Why a person must look at a line."""

    ANOTHER_NUMBER = "another_number"  # somebody of that name and birth date is there, under another number
    ANOTHER_NAME = "another_name"  # the number is that of somebody with another name


class Decision(StrEnum):
    """What a person said about a doubtful line."""

    SAME = "same"  # it is this pupil: take the number or the name over
    SOMEBODY_NEW = "new"  # two children with one name and birth date
    LEAVE = "leave"  # do nothing with this line now


class Wrong(StrEnum):
    """Why a list cannot be taken over."""

    NUMBER_TWICE = "number_twice"
    TWO_GROUPS = "two_groups"
    PUPIL_TWICE = "pupil_twice"  # two numbers of one pupil, since the school put two rows together
    BORN_UNLIKELY = "born_unlikely"
    GROUP_WITHOUT_LEVEL = "group_without_level"
    LEVEL_MISSING = "level_missing"
    LEVEL_ELSEWHERE = "level_elsewhere"
    LEVEL_UNKNOWN = "level_unknown"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, on the line where it is. `earlier` is the other line, `levels` those that would do."""

    line: PupilLine
    wrong: Wrong
    earlier: int = 0
    levels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one line. `key` None is a new pupil; `moved_from` the group that is left, None when the pupil stays or had none."""

    line: PupilLine
    level: int
    key: str | None = None
    corrected: tuple[str, ...] = ()
    before: tuple[str, ...] = ()  # what the school has now of what is corrected
    is_seated: bool = False
    moved_from: str | None = None

    @property
    def corrections(self) -> list[tuple[str, str]]:
        """What is corrected, and what the school has of it now."""
        return list(zip(self.corrected, self.before))

    @property
    def is_new(self) -> bool:
        return self.key is None

    @property
    def is_moved(self) -> bool:
        return self.moved_from is not None

    @property
    def comes_in(self) -> bool:
        """Somebody whom the school knows and who sat in no group."""
        return self.key is not None and not self.is_seated and not self.is_moved

    @property
    def changes_nothing(self) -> bool:
        return self.is_seated and not self.corrected


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A line about which a person decides, beside the pupil whom it may be."""

    line: PupilLine
    doubt: Doubt
    beside: KnownPupil
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class RosterChange:
    """All of it. `left_out` are pupils with another name on the list, which who brings it may not put right."""

    steps: tuple[Step, ...]
    doubts: tuple[Doubtful, ...]
    gone: tuple[KnownPupil, ...]
    groups: tuple[tuple[str, tuple[int, ...]], ...]
    faults: tuple[Fault, ...]
    left_out: int = 0

    @property
    def undecided(self) -> int:
        return sum(one.decision is None for one in self.doubts)


@dataclass(eq=False, kw_only=True)
class DoubtsLeft(BrokenRule):
    """A list is taken over when a person has decided about every doubtful line."""

    doubts: int


@dataclass(eq=False, kw_only=True)
class RosterChangedMeanwhile(BrokenRule):
    """What is taken over is what was shown: the school or the list is another now."""


def roster_change(
    lines: Sequence[PupilLine],
    known: Sequence[KnownPupil],
    groups: Mapping[str, tuple[int, ...]],
    *,
    levels: Collection[int],
    decisions: Mapping[int, Decision],
    may_correct: bool,
) -> RosterChange:
    """Lay the list beside the school. `groups` are those of the year of the list with their levels; `levels` all that the school has.

    Who may not correct a pupil decides about no doubt either: those lines are left, and so are new names and birth dates. To them the
    school has no birth dates: with a list of one name and every day of some years they would find out which day it is.
    """
    known = known if may_correct else [replace(one, born_on=None) for one in known]
    reading = _Reading(lines, known, groups, levels, decisions, may_correct=may_correct)
    return reading.change()


class _Reading:
    """Laying one list beside one school."""

    def __init__(
        self,
        lines: Sequence[PupilLine],
        known: Sequence[KnownPupil],
        groups: Mapping[str, tuple[int, ...]],
        levels: Collection[int],
        decisions: Mapping[int, Decision],
        *,
        may_correct: bool,
    ) -> None:
        self.lines, self.levels, self.decisions, self.may_correct = lines, levels, decisions, may_correct
        self.known = known
        self.by_number = {one.number: one for one in known}
        listed = {line.number for line in lines}
        self.by_name: dict[tuple[str, str], list[KnownPupil]] = {}
        for one in known:
            if one.number not in listed:
                self.by_name.setdefault(folded(one.name), []).append(one)
        self.faults: list[Fault] = []
        self.doubts: list[Doubtful] = []
        self.steps: list[Step] = []
        self.met: dict[str, int] = {}  # by pupil the line
        self.left_out = 0
        self.groups: dict[str, tuple[str, tuple[int, ...] | None]] = {name.casefold(): (name, found) for name, found in groups.items()}
        self.new_groups = self._new_groups()

    def change(self) -> RosterChange:
        first: dict[str, PupilLine] = {}
        for line in self.lines:
            earlier = first.setdefault(line.number, line)
            if earlier is not line:
                same = earlier.group.casefold() == line.group.casefold()
                self.faults.append(Fault(line, Wrong.NUMBER_TWICE if same else Wrong.TWO_GROUPS, earlier.line))
                continue
            self._take(line)
        gone = tuple({one.key: one for one in self.known if one.seats and one.key not in self.met}.values())
        return RosterChange(tuple(self.steps), tuple(self.doubts), gone, self.new_groups, tuple(self.faults), self.left_out)

    def _new_groups(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Groups that the list names and the year does not have, with the levels of their lines or else those of their name."""
        unknown: dict[str, list[PupilLine]] = {}
        for line in self.lines:
            if line.group.casefold() not in self.groups:
                unknown.setdefault(line.group.casefold(), []).append(line)
        return tuple(found for lines in unknown.values() if (found := self._new_group(lines)))

    def _new_group(self, lines: Sequence[PupilLine]) -> tuple[str, tuple[int, ...]] | None:
        name, said = lines[0].group, {line.level for line in lines if line.level is not None}
        named = {*levels_in(name, self.levels)}
        found = tuple(sorted(said | named if said <= named else said & {*self.levels}))
        if not 1 <= len(found) <= MOST_LEVELS:
            self.faults.append(Fault(lines[0], Wrong.GROUP_WITHOUT_LEVEL))
            return None
        self.groups[name.casefold()] = (name, found)
        return name, found

    def _take(self, line: PupilLine) -> None:
        level = self._level(line)
        known, doubt = self._met(line)
        if known is None:
            self.steps += [Step(line, level)] if level else []
            return
        earlier = self.met.setdefault(known.key, line.line)
        if earlier != line.line:
            self.faults.append(Fault(line, Wrong.PUPIL_TWICE, earlier))
        elif level and doubt:
            self._decide(line, level, known, doubt)
        elif level:
            self.steps.append(self._step(line, level, known))

    def _decide(self, line: PupilLine, level: int, known: KnownPupil, doubt: Doubt) -> None:
        decision = self.decisions.get(line.line) if self.may_correct else Decision.LEAVE
        self.doubts.append(Doubtful(line, doubt, known, decision))
        if decision is Decision.SAME:
            self.steps.append(self._step(line, level, known))
        elif decision is Decision.SOMEBODY_NEW and doubt is Doubt.ANOTHER_NUMBER:
            del self.met[known.key]
            self.steps.append(Step(line, level))

    def _level(self, line: PupilLine) -> int | None:
        """The year level of this pupil; None when that is wrong, which is noted here or of the group as a whole."""
        _name, levels = self.groups.get(line.group.casefold(), ("", None))
        if levels is None:
            return None
        wrong = self._wrong_level(line.level, levels)
        if wrong:
            named = tuple(sorted(self.levels)) if wrong is Wrong.LEVEL_UNKNOWN else levels
            self.faults.append(Fault(line, wrong, levels=named))
            return None
        return line.level or levels[0]

    def _wrong_level(self, level: int | None, levels: Sequence[int]) -> Wrong | None:
        if not levels:
            return Wrong.GROUP_WITHOUT_LEVEL
        if level is None:
            return Wrong.LEVEL_MISSING if len(levels) > 1 else None
        if level not in self.levels:
            return Wrong.LEVEL_UNKNOWN
        return None if level in levels else Wrong.LEVEL_ELSEWHERE

    def _met(self, line: PupilLine) -> tuple[KnownPupil | None, Doubt | None]:
        """Whom the school has for this line, and why that is doubtful."""
        same_number = self.by_number.get(line.number)
        if same_number is not None:
            return same_number, None if is_likely_the_same(line, same_number) else Doubt.ANOTHER_NAME
        for one in self.by_name.get(folded(line.name), ()):
            if one.key not in self.met and (one.born_on is None or line.born_on is None or one.born_on == line.born_on):
                return one, Doubt.ANOTHER_NUMBER
        return None, None

    def _step(self, line: PupilLine, level: int, known: KnownPupil) -> Step:
        corrected = corrections(line, known)
        if not self.may_correct:
            self.left_out += not NAMES.isdisjoint(corrected)
            corrected = ()
        here = [seat.group.casefold() == line.group.casefold() and seat.level == level and seat.is_of_year for seat in known.seats]
        sits = any(here) and not known.sits_twice  # a list says in which of two groups
        left = [seat for seat, is_here in zip(known.seats, here) if not is_here] or known.seats
        moved_from = None if sits or not left else max(left, key=lambda seat: seat.is_of_year).group
        before = tuple(_as_it_is(known)[name] for name in corrected)
        return Step(line, level, known.key, corrected, before, sits, moved_from)


NAMES = frozenset({"given_name", "name_prefix", "family_name"})


def corrections(line: PupilLine, known: KnownPupil) -> tuple[str, ...]:
    """What the list writes otherwise than the school. A birth date or home that the list does not have is no correction."""
    parts = {
        "number": (line.number, known.number),
        "given_name": (line.name.given, known.name.given),
        "name_prefix": (line.name.prefix, known.name.prefix),
        "family_name": (line.name.family, known.name.family),
        "birth_date": (line.born_on or known.born_on, known.born_on),
        "home_municipality": (line.municipality or known.municipality, known.municipality),
    }
    return tuple(name for name, (new, old) in parts.items() if new != old)


def _as_it_is(known: KnownPupil) -> dict[str, str]:
    name, born_on = known.name, known.born_on.isoformat() if known.born_on else ""
    return {
        "number": known.number,
        "given_name": name.given,
        "name_prefix": name.prefix,
        "family_name": name.family,
        "birth_date": born_on,
        "home_municipality": known.municipality,
    }


def is_likely_the_same(line: PupilLine, known: KnownPupil) -> bool:
    """Whether a line with the number of this pupil is about this pupil: the name is the same, or one half of it and the birth date."""
    given, family = folded(line.name)
    known_given, known_family = folded(known.name)
    halves = (given == known_given) + (family == known_family)
    born_alike = known.born_on is not None and line.born_on == known.born_on
    return halves == 2 or (halves == 1 and born_alike)


def folded(name: Name) -> tuple[str, str]:
    """Given and family name without accents, capitals and marks; the prefix is written in too many ways to count.

    >>> folded(Name("Zoë", "van de", "Bérg-Smit"))
    ('zoe', 'bergsmit')
    """
    return _folded(name.given), _folded(name.family)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


YOUNGEST, OLDEST = 2, 30
"""Whoever is younger or older than this sits in no school: then the year of birth is a slip of the pen."""


def unlikely_births(lines: Iterable[PupilLine], *, on: date) -> list[Fault]:
    """Birth dates that no pupil has; norms go by age."""
    first, last = born_by(OLDEST, on=on), born_by(YOUNGEST, on=on)
    return [Fault(line, Wrong.BORN_UNLIKELY) for line in lines if line.born_on and not first <= line.born_on <= last]


def faults_by_line(faults: Iterable[Fault]) -> list[Fault]:
    """In the order of the list."""
    return sorted(faults, key=lambda fault: fault.line.line)
