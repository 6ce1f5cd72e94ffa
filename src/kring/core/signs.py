"""What anybody can see of a child, in neutral words: a list of signs by key. None of them says what is the matter.

The channel is where an observation counts; the words are the shell's (`web/signals/words.py`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from kring.core.attention import Channel, Finding, Sign, Source
from kring.core.errors import BrokenRule, CallerMistake


class Family(StrEnum):
    """Three families of problems; a concern may belong to more than one."""

    EMOTIONS = "emotions"
    BEHAVIOUR = "behaviour"
    SOCIAL = "social"


class Place(StrEnum):
    """Where it was seen."""

    CLASSROOM = "classroom"
    CORRIDOR = "corridor"
    PLAYGROUND = "playground"
    GYM = "gym"
    CHANGING_ROOM = "changing-room"
    CANTEEN = "canteen"
    TOILETS = "toilets"
    ENTRANCE = "entrance"
    OUTING = "outing"
    ONLINE = "online"
    ELSEWHERE = "elsewhere"


@dataclass(eq=False, kw_only=True)
class SignUnknown(CallerMistake):
    """Only signs of the list are kept as signs; all else is told in words."""

    sign: str


@dataclass(eq=False, kw_only=True)
class FamilyWithoutEvidence(BrokenRule):
    """A family of problems is named with something that was seen of it, never by itself."""

    family: str


@dataclass(frozen=True, slots=True)
class Observable:
    """A sign: the families it may belong to, and the channels in which it counts as seen. `feeds`: the source it counts for."""

    key: str
    families: frozenset[Family]
    channels: frozenset[Channel]
    feeds: Source = Source.OBSERVATION


_IN, _OUT = frozenset({Channel.INTERNALISING}), frozenset({Channel.EXTERNALISING})
_BOTH = _IN | _OUT
_E, _B, _S = frozenset({Family.EMOTIONS}), frozenset({Family.BEHAVIOUR}), frozenset({Family.SOCIAL})


def _list() -> Iterable[Observable]:
    yield Observable("speaks-low-of-self", _E, _IN)
    yield Observable("cries-easily", _E, _IN)
    yield Observable("tired", _E, _IN)
    yield Observable("absent-minded", _E, _IN)
    yield Observable("says-nothing", _E | _S, _IN)
    yield Observable("afraid-of-mistakes", _E, _IN)
    yield Observable("avoids-new", _E, _IN)
    yield Observable("often-ill", _E, _IN)
    yield Observable("avoids-gym", _E, _IN)
    yield Observable("long-sleeves-when-warm", _E, _IN)
    yield Observable("many-layers", _E, _IN)
    yield Observable("often-to-toilet", _E, _IN)
    yield Observable("eats-little", _E, _IN)
    yield Observable("alone-at-break", _S, _IN)
    yield Observable("not-joining-in", _S, _IN)
    yield Observable("lost-touch-with-classmates", _S, _IN)
    yield Observable("left-out-by-others", _S, _IN)
    yield Observable("sits-at-the-edge", _S, _IN)
    yield Observable("little-known-by-us", _S, _IN)
    yield Observable("little-homework", _B, _BOTH, Source.RESULTS)
    yield Observable("falling-marks", _E | _B, _BOTH, Source.RESULTS)
    yield Observable("games-until-late", _E | _B, _IN)
    yield Observable("quarrels", _B | _S, _OUT)
    yield Observable("angry-quickly", _B, _OUT)
    yield Observable("hurts-others", _B, _OUT)
    yield Observable("trouble-waiting", _B, _OUT)
    yield Observable("leaves-the-room", _B, _OUT)
    yield Observable("breaks-things", _B, _OUT)


SIGNS: Mapping[str, Observable] = MappingProxyType({one.key: one for one in _list()})
"""By key, in the order of the list."""

OF_FAMILY: Mapping[Family, frozenset[Channel]] = MappingProxyType({Family.EMOTIONS: _IN, Family.BEHAVIOUR: _OUT, Family.SOCIAL: _IN})
"""Where it counts when nobody picked a sign and somebody named a family."""


def sign(key: str) -> Observable:
    """The sign with this key. Raises SignUnknown."""
    if key not in SIGNS:
        raise SignUnknown(sign=key)
    return SIGNS[key]


def refuse_family_without_evidence(families: Collection[str], *, signs: Collection[str], fact: str) -> None:
    """A fact in words is evidence of any family, a sign of its own families. Raises FamilyWithoutEvidence, SignUnknown."""
    shown = {family.value for key in signs for family in sign(key).families}
    for family in families:
        if not fact.strip() and family not in shown:
            raise FamilyWithoutEvidence(family=family)


def channels_of(signs: Collection[str], families: Collection[str]) -> frozenset[Channel]:
    """The channels in which a signal counts: those of its signs, or else of its families; none for who named neither.

    >>> sorted(channels_of(["tired"], ["behaviour"])), sorted(channels_of([], ["behaviour"])), sorted(channels_of([], []))
    ([<Channel.INTERNALISING: 'internalising'>], [<Channel.EXTERNALISING: 'externalising'>], [])
    """
    if signs:
        return frozenset().union(*(sign(key).channels for key in signs))
    return frozenset().union(*(OF_FAMILY[Family(family)] for family in families))


def findings_of(signs: Collection[str], families: Collection[str], *, on: date, observer: str) -> tuple[Finding, ...]:
    """What one signal gives the points: seen by this observer, once per channel and source, however many signs were picked."""
    found = {(sign(key).feeds, channel): None for key in signs for channel in sorted(sign(key).channels)}
    found |= {} if signs else {(Source.OBSERVATION, channel): None for channel in sorted(channels_of((), families))}
    return tuple(_finding(source, channel, on, observer) for source, channel in found)


def _finding(source: Source, channel: Channel, on: date, observer: str) -> Finding:
    return Finding(source, channel, Sign.FALL if source is Source.RESULTS else Sign.SEEN, on, by=observer)
