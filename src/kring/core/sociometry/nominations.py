"""Who chose whom in one round, for the pupils on the list that was shown.

A pupil who did the round and chose nobody is a nominator with no choices; one who was absent or refused is no nominator
but stays on the list and can be chosen (Marks e.a. 2019). A pupil who has left is simply not on the list of that round.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kring.core.columns import choice
from kring.core.provenance import written
from kring.core.sociometry.order import by_id, places_by_id
from kring.core.sociometry.rules import (
    AbsentPupilChooses,
    ChoiceRule,
    ChoosesAndRejects,
    ChoosesOneself,
    EmptyPupilChooses,
    ImpossibleChoices,
    NominationTwice,
    PupilListedTwice,
    PupilNotOnList,
    TooManyChoices,
    UnevenNominations,
    UnknownPolarity,
)

__all__ = ["Edge", "Nominations", "Participation", "Sufficiency", "nominations_from"]

Bools = NDArray[np.bool_]
POSITIVE = 1
NEGATIVE = -1


class Participation(StrEnum):
    """How a pupil on the list took part in the round."""

    DONE = "done"
    EMPTY = "empty"
    ABSENT = "absent"
    REFUSED = "refused"


TOOK_PART = frozenset({Participation.DONE, Participation.EMPTY})


class Sufficiency(StrEnum):
    """What the participation allows: everything, counts and graph, or nothing."""

    ALL = "all"
    COUNTS = "counts"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Edge:
    """One choice: positive (+1) or negative (-1)."""

    from_pupil: str
    to_pupil: str
    polarity: int = POSITIVE

    def __post_init__(self) -> None:
        """Refuse another polarity than +1 and -1."""
        if self.polarity not in (POSITIVE, NEGATIVE):
            raise UnknownPolarity(polarity=self.polarity)


@dataclass(frozen=True, slots=True, eq=False)
class Nominations:
    """The choices of one class in one round.

    `positive[i, j]` is True when pupil i chose pupil j; `negative` likewise, or None when no negative question was asked.
    Rows of pupils who are no nominators are all False. The arrays cannot be written to.
    Raises `PupilListedTwice`, `UnevenNominations`, `ImpossibleChoices`, `ChoosesOneself`, `AbsentPupilChooses`, `EmptyPupilChooses`,
    `ChoosesAndRejects`, `NotAChoice`.
    """

    pupils: tuple[str, ...]
    participation: tuple[Participation, ...]
    positive: Bools
    negative: Bools | None = None

    def __post_init__(self) -> None:
        """Check every rule of the model, then close the tables."""
        refuse_listed_twice(self.pupils)
        for status in self.participation:
            choice(status, Participation)
        _refuse_uneven(self)
        for choices in self._tables():
            self._refuse_impossible(choices)
            choices.flags.writeable = False
        if self.negative is not None:
            _refuse(ChoosesAndRejects, self.pupils, self.positive & self.negative)

    @property
    def nominators(self) -> Bools:
        """Who took part, bool[n]."""
        return np.array([status in TOOK_PART for status in self.participation], dtype=np.bool_)

    @property
    def sufficiency(self) -> Sufficiency:
        """What the participation of this round allows."""
        return sufficiency_of(int(self.nominators.sum()), len(self.pupils))

    def fingerprint(self) -> bytes:
        """Write the choices by id, so that the order of the list means nothing."""
        order = places_by_id(self.pupils)
        tables = (self.positive[np.ix_(order, order)], None if self.negative is None else self.negative[np.ix_(order, order)])
        return repr([(self.pupils[i], self.participation[i].value) for i in order]).encode() + written(tables)

    def _tables(self) -> tuple[Bools, ...]:
        return (self.positive,) if self.negative is None else (self.positive, self.negative)

    def _refuse_impossible(self, choices: Bools) -> None:
        _refuse(ChoosesOneself, self.pupils, choices & np.eye(len(self.pupils), dtype=np.bool_))
        _refuse(AbsentPupilChooses, self.pupils, choices & ~self.nominators[:, None])
        empty = np.array([status is Participation.EMPTY for status in self.participation], dtype=np.bool_)
        _refuse(EmptyPupilChooses, self.pupils, choices & empty[:, None])


def nominations_from(
    pupils: Sequence[str],
    edges: Iterable[Edge],
    participation: Mapping[str, Participation] | None = None,
    *,
    asked: Collection[int] | None = None,
    limits: Mapping[int, int] | None = None,
) -> Nominations:
    """Put the choices of one round in tables.

    `participation` may name pupils who are not on this list (of other classes, or who left); they are passed over. A pupil on the
    list without participation is DONE when there are choices and otherwise ABSENT: silence is never read as "chooses nobody".
    DONE without any choice becomes EMPTY. `asked` are the polarities of the questions; without it, those that occur. `limits` has the most
    choices that a pupil gives by polarity, for example {-1: 2}; without an entry as many as one likes.
    Raises `PupilNotOnList`, `NominationTwice`, `TooManyChoices` and what `Nominations` refuses.
    """
    listed = tuple(pupils)
    refuse_listed_twice(listed)
    place = {pupil: i for i, pupil in enumerate(listed)}
    tables = {polarity: np.zeros((len(listed), len(listed)), dtype=np.bool_) for polarity in (POSITIVE, NEGATIVE)}
    for edge in edges:
        _mark(tables[edge.polarity], place, edge, (limits or {}).get(edge.polarity))
    negative = tables[NEGATIVE] if _negatives_asked(tables[NEGATIVE], asked) else None
    gives = {pupil for pupil, i in place.items() if tables[POSITIVE][i].any() or tables[NEGATIVE][i].any()}
    status = tuple(_status((participation or {}).get(pupil), pupil in gives) for pupil in listed)
    return Nominations(listed, status, tables[POSITIVE], negative)


def sufficiency_of(took_part: int, listed: int) -> Sufficiency:
    """At least 80 % of the list: everything; 60–79 %: counts and graph; below 60 %, or nobody listed: too few."""
    if not listed or 100 * took_part < 60 * listed:
        return Sufficiency.TOO_FEW
    return Sufficiency.ALL if 100 * took_part >= 80 * listed else Sufficiency.COUNTS


def sorted_nominations(nominations: Nominations) -> tuple[Nominations, NDArray[np.intp]]:
    """Put the pupils in the order of their ids (shorter first), and give the places they came from.

    Algorithms that meet ties run in this order, so that the order of the list decides nothing: `result_in_list_order[places] = result`.
    """
    ids = nominations.pupils
    places = np.array(places_by_id(ids), dtype=np.intp)
    cells = np.ix_(places, places)
    ordered = replace(
        nominations,
        pupils=tuple(ids[i] for i in places),
        participation=tuple(nominations.participation[i] for i in places),
        positive=nominations.positive[cells],
        negative=None if nominations.negative is None else nominations.negative[cells],
    )
    return ordered, places


def _mark(table: Bools, place: Mapping[str, int], edge: Edge, limit: int | None) -> None:
    if edge.from_pupil not in place or edge.to_pupil not in place:
        raise PupilNotOnList(from_pupil=edge.from_pupil, to_pupil=edge.to_pupil)
    cell = place[edge.from_pupil], place[edge.to_pupil]
    if table[cell]:
        raise NominationTwice(from_pupil=edge.from_pupil, to_pupil=edge.to_pupil)
    if limit is not None and table[cell[0]].sum() >= limit:
        raise TooManyChoices(from_pupil=edge.from_pupil, to_pupil=edge.to_pupil, limit=limit)
    table[cell] = True


def _negatives_asked(negative: Bools, asked: Collection[int] | None) -> bool:
    return bool(negative.any()) or (asked is not None and NEGATIVE in asked)


def _status(given: Participation | None, gives: bool) -> Participation:
    if given is None:
        return Participation.DONE if gives else Participation.ABSENT
    if given is Participation.DONE and not gives:
        return Participation.EMPTY
    return given


def _refuse(rule: Callable[..., ChoiceRule], pupils: tuple[str, ...], broken: Bools) -> None:
    if broken.any():
        i, j = np.argwhere(broken)[0]
        raise rule(from_pupil=pupils[i], to_pupil=pupils[j])


def refuse_listed_twice(pupils: tuple[str, ...]) -> None:
    """Refuse a list that names a pupil more than once."""
    if len(set(pupils)) < len(pupils):
        raise PupilListedTwice(pupil=next(pupil for pupil in pupils if pupils.count(pupil) > 1))


def refuse_impossible_names(pupils: Collection[str], names: Mapping[str, Set[str]]) -> None:
    """Refuse whoever names oneself, or stands or names outside the list."""
    listed = frozenset(pupils)
    for pupil in by_id(names):
        for classmate in by_id(names[pupil]) or (pupil,):
            if pupil not in listed or classmate not in listed:
                raise PupilNotOnList(from_pupil=pupil, to_pupil=classmate)
        if pupil in names[pupil]:
            raise ChoosesOneself(from_pupil=pupil, to_pupil=pupil)


def refuse_no_table(*tables: object) -> None:
    """Refuse what is no array of yes and no: with numbers or lists a count would be another count."""
    if not all(isinstance(table, np.ndarray) and table.dtype == np.bool_ for table in tables):
        raise ImpossibleChoices(of="something else than an array of yes and no")


def _refuse_uneven(nominations: Nominations) -> None:
    n = len(nominations.pupils)
    if len(nominations.participation) != n:
        raise UnevenNominations(part="participation", pupils=n, shape=(len(nominations.participation),))
    for part in ("positive", "negative"):
        table = getattr(nominations, part)
        if table is None:
            continue
        refuse_no_table(table)
        if table.shape != (n, n):
            raise UnevenNominations(part=part, pupils=n, shape=table.shape)
