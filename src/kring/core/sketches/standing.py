"""What may be done with a version of a list: written while it is a draft, then released for good, and one day retired."""

from dataclasses import dataclass
from datetime import date

from kring.core.errors import BrokenRule
from kring.core.sketches.changes import Change, same_meaning


@dataclass(eq=False, kw_only=True)
class AlreadyReleased(BrokenRule):
    """What was released never changes; a correction is a next version."""

    title: str


@dataclass(eq=False, kw_only=True)
class ListUnreadable(BrokenRule):
    """What is kept of a list is not what a list can be; nothing is written over it unseen."""

    title: str


@dataclass(eq=False, kw_only=True)
class NotReleasedYet(BrokenRule):
    """A draft can be changed itself: there is nothing to correct or to retire."""

    title: str


@dataclass(eq=False, kw_only=True)
class AlreadyRetired(BrokenRule):
    """No new rounds are opened with it as it is."""

    title: str


@dataclass(eq=False, kw_only=True)
class NextVersionThere(BrokenRule):
    """There is one newest version, and only that one is corrected."""

    title: str
    version: int


@dataclass(eq=False, kw_only=True)
class NothingToUndo(BrokenRule):
    """The draft was just begun, or the last change was taken back already."""


@dataclass(eq=False, kw_only=True)
class MeaningChanged(BrokenRule):
    """More than wording was changed, so an earlier answer is no answer to this."""


@dataclass(eq=False, kw_only=True)
class LicenceOver(BrokenRule):
    """A licence that ended allows nothing any more."""

    until: date


@dataclass(eq=False, kw_only=True)
class LicenceEndsFirst(BrokenRule):
    """A round takes answers up to its last day, and the licence must last as long."""

    title: str
    until: date


def check_draft(*, released: bool, title: str) -> None:
    """Raises AlreadyReleased."""
    if released:
        raise AlreadyReleased(title=title)


def check_released(*, released: bool, retired: bool, title: str) -> None:
    """Whether it may be retired. Raises NotReleasedYet, AlreadyRetired."""
    if not released:
        raise NotReleasedYet(title=title)
    if retired:
        raise AlreadyRetired(title=title)


def check_newest(version: int, *, newest: int, title: str) -> None:
    """Raises NextVersionThere."""
    if newest > version:
        raise NextVersionThere(title=title, version=newest)


def check_reworded(found: tuple[Change, ...]) -> None:
    """Whether a trend may go on by a person's word. Raises MeaningChanged."""
    if not same_meaning(found):
        raise MeaningChanged


def check_licence(until: date | None, *, on: date) -> None:
    """Whether it may be used on this day; the last day belongs to it. Raises LicenceOver."""
    if until is not None and until < on:
        raise LicenceOver(until=until)


def check_licence_lasts(until: date | None, *, through: date, title: str) -> None:
    """Whether a list may be asked up to and with this day. Raises LicenceEndsFirst."""
    if until is not None and until < through:
        raise LicenceEndsFirst(title=title, until=until)
