"""Quiet, but not forgotten: pupils whose trouble turns inward and makes no noise. A reason to look, in no order but that of names."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from kring.core.bands import Band
from kring.core.groups import GroupResults
from kring.core.instruments import Informant
from kring.core.sociometry import Sociogram, Sufficiency

QUIET_SCALES = frozenset({"internalising", "wellbeing", "belonging"})
"""The scales of our lists on which a pupil can be in trouble while nobody is bothered. Noisy behaviour is never among them."""
ASKS_FOR_A_LOOK = 2  # points turned inward: one alone is little
OUT_OF_SIGHT = timedelta(weeks=8)
"""So long nobody wrote of a pupil or talked about one: time to look, also when nothing is the matter."""
MANY = 3  # one in so many: then it is about the group rather than about some pupils


@dataclass(frozen=True, slots=True)
class QuietScale:
    """A list says so: the score on this scale is red. `certain` None where the measurement error is unknown."""

    scale: str
    informant: Informant
    certain: bool | None


@dataclass(frozen=True, slots=True)
class NotChosen:
    """Nobody who took part chose this pupil in the newest sociogram."""

    choosers: int


@dataclass(frozen=True, slots=True)
class QuietPupil:
    """A pupil to look at, with why."""

    pupil: str
    scales: tuple[QuietScale, ...]
    not_chosen: NotChosen | None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Whom to look at, in the order in which the pupils were given; of so many that it may be about the group as a whole."""

    pupils: tuple[QuietPupil, ...]
    are_many: bool


def quiet_pupils(pupils: Sequence[str], lists: Sequence[GroupResults], sociogram: Sociogram | None) -> Quiet:
    """Who asks for a look. `lists` come newest first: of each informant and scale the last score of a pupil counts.

    A sociogram in which too few took part says nothing.
    """
    spoken = _spoken(lists, frozenset(pupils))
    unchosen = _unchosen(sociogram)
    found = tuple(
        QuietPupil(pupil, tuple(spoken.get(pupil, ())), unchosen.get(pupil)) for pupil in pupils if spoken.get(pupil) or pupil in unchosen
    )
    return Quiet(found, len(found) > 1 and len(found) >= ceil(len(pupils) / MANY))


def _spoken(lists: Sequence[GroupResults], of: Collection[str]) -> Mapping[str, list[QuietScale]]:
    found: dict[str, list[QuietScale]] = {}
    heard: set[tuple[str, Informant, str]] = set()
    for results in lists:
        who = results.instrument.informant
        for result in results.scales:
            for row, pupil in enumerate(results.pupils):
                band, key = Band(int(result.bands.band[row])), (pupil, who, result.scale.key)
                if result.scale.key not in QUIET_SCALES or pupil not in of or band is Band.NO_SCORE or key in heard:
                    continue
                heard.add(key)
                if band is Band.RED:
                    certain = None if result.bands.sem is None else bool(result.bands.certain[row])
                    found.setdefault(pupil, []).append(QuietScale(result.scale.title, who, certain))
    return found


def _unchosen(sociogram: Sociogram | None) -> Mapping[str, NotChosen]:
    if sociogram is None or sociogram.sufficiency is Sufficiency.TOO_FEW:
        return {}
    counts = zip(sociogram.nominations.pupils, sociogram.received.count.tolist(), sociogram.received.possible.tolist())
    return {pupil: NotChosen(int(possible)) for pupil, count, possible in counts if count == 0 and possible > 0}


def is_overlooked(inward: int | None, outward: int | None, heard_on: date | None, *, on: date) -> bool:
    """Whether a pupil asks for a look without making any noise: points turned inward, none outward, and nobody wrote or talked for weeks.

    >>> from datetime import date
    >>> is_overlooked(3, 0, None, on=date(2026, 3, 2)), is_overlooked(3, 2, None, on=date(2026, 3, 2))
    (True, False)
    """
    return (inward or 0) >= ASKS_FOR_A_LOOK and not outward and is_out_of_sight(heard_on, on=on)


def is_out_of_sight(heard_on: date | None, *, on: date) -> bool:
    """Whether nobody wrote of this pupil or talked about one for eight weeks.

    >>> from datetime import date
    >>> is_out_of_sight(None, on=date(2026, 3, 2)), is_out_of_sight(date(2026, 2, 2), on=date(2026, 3, 2))
    (True, False)
    """
    return heard_on is None or heard_on + OUT_OF_SIGHT <= on
