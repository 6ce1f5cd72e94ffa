"""The words of a region: what its samenwerkingsverband calls things, its layers of support, its form and its way of working.

A school has editions of them, each from a day. An edition never changes; what somebody once asked for stays readable as it was asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from kring.core.errors import BrokenRule


class Word(StrEnum):
    """What a region may have an own word for."""

    COORDINATOR = "coordinator"  # intern begeleider
    SUPPORT_TEAM = "support_team"  # ondersteuningsteam
    SUPPORT_PLAN = "support_plan"  # ontwikkelingsperspectief
    REQUEST = "request"  # aanvraag van ondersteuning
    ADVISER = "adviser"  # adviseur van het samenwerkingsverband


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of support, from lightest to heaviest."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class RequestField:
    """A question on the form with which a school asks for support."""

    key: str
    label: str
    help: str = ""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """One edition of the words. A word that is absent is the one that Kring itself uses."""

    words: Mapping[Word, str] = field(default_factory=dict)
    layers: tuple[Layer, ...] = ()
    request_fields: tuple[RequestField, ...] = ()
    procedure: str = ""


@dataclass(eq=False, kw_only=True)
class EditionBeforeLast(BrokenRule):
    """A new edition begins with or after the last one: what held in the past is not rewritten."""

    last_from_on: date


@dataclass(eq=False, kw_only=True)
class EditionSaysNothingNew(BrokenRule):
    """An edition that says the same as the one before it is none."""


class FromDay(Protocol):
    """Whatever holds from a day on."""

    from_on: date


Edition = TypeVar("Edition", bound=FromDay)


def edition_on(editions: Iterable[Edition], day: date) -> Edition | None:
    """The edition that holds on this day; `editions` in the order in which they were made, the last word on a day wins."""
    begun = [edition for edition in editions if edition.from_on <= day]
    return max(reversed(begun), key=lambda edition: edition.from_on, default=None)


def check_edition(from_on: date, terms: Terms, *, last: tuple[date, Terms] | None) -> None:
    """Raises EditionBeforeLast and EditionSaysNothingNew; `last` is the edition made last, with the day from which it holds."""
    if last is None:
        return
    if from_on < last[0]:
        raise EditionBeforeLast(last_from_on=last[0])
    if terms == last[1]:
        raise EditionSaysNothingNew
