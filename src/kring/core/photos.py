"""Rules of photos of pupils: how small they are kept, whose a file is by its name, and when there comes none."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from kring.core.consents import PUPIL
from kring.core.errors import BrokenRule
from kring.core.finding import words_of
from kring.core.objections import NotYoursToTakeBack

SIDE: Final = 192  # points: sharp on a telephone at the size of a button
MOST_KEPT: Final = 15_000
MOST_BROUGHT: Final = 10_000_000
MOST_AT_ONCE: Final = 40

Key = TypeVar("Key", bound=Hashable)


@dataclass(eq=False, kw_only=True)
class NoPhoto(BrokenRule):
    """The file is no picture, or not whole."""

    file: str


@dataclass(eq=False, kw_only=True)
class PhotoTooLarge(BrokenRule):
    """The file is larger than any photo, or unpacks to more points than any camera takes."""

    file: str
    most: int = MOST_BROUGHT // 1_000_000


@dataclass(eq=False, kw_only=True)
class TooManyPhotos(BrokenRule):
    """More files than there are pupils in any class."""

    most: int


@dataclass(eq=False, kw_only=True)
class PhotoRefusedAtHome(BrokenRule):
    """The pupil or a guardian wants no photo in Kring."""

    pupil: str


@dataclass(eq=False, kw_only=True)
class TwoPhotosOfOne(BrokenRule):
    """Two files were put with one pupil."""

    pupil: str


@dataclass(eq=False, kw_only=True)
class PhotoNobodys(BrokenRule):
    """None of the files was put with a pupil."""


def refuse_number(count: int) -> None:
    """Raises TooManyPhotos."""
    if count > MOST_AT_ONCE:
        raise TooManyPhotos(most=MOST_AT_ONCE)


def refuse_bytes(file: str, size: int) -> None:
    """Raises NoPhoto for an empty file, and PhotoTooLarge."""
    if size <= 0:
        raise NoPhoto(file=file)
    if size > MOST_BROUGHT:
        raise PhotoTooLarge(file=file)


def whose(files: Iterable[str], names: Mapping[Key, tuple[str, str]]) -> list[Key | None]:
    """Of each file the pupil whose name it bears, or None: a proposal, for a person to look at. `names` are given and family name.

    The whole name counts before the given name, a given name only when one pupil bears it, and nobody is proposed twice.

    >>> whose(["Noor de Vries.jpg", "img_2 SEM.JPEG", "noor.png"], {1: ("Noor", "Vries"), 2: ("Sem", "Bos")})
    [1, 2, None]
    """
    listed, found = [frozenset(words_of(file)) for file in files], dict[int, Key]()
    for is_whole in (True, False):
        words = {key: _words(name, is_whole=is_whole) for key, name in names.items()}
        for place, file in enumerate(listed):
            fits = [key for key, needed in words.items() if needed and needed <= file]
            if place not in found and len(fits) == 1 and fits[0] not in found.values():
                found[place] = fits[0]
    return [found.get(place) for place in range(len(listed))]


def _words(name: tuple[str, str], *, is_whole: bool) -> frozenset[str]:
    """The words that must stand in the name of a file; none when half of the name is unknown."""
    given, family = (frozenset(words_of(part)) for part in name)
    return given | family if is_whole and given and family else frozenset() if is_whole else given


def refuse_chosen(chosen: Collection[Key], refused: Collection[Key], called: Mapping[Key, str]) -> None:
    """Of whom the photos are. Raises PhotoNobodys, TwoPhotosOfOne and PhotoRefusedAtHome."""
    if not chosen:
        raise PhotoNobodys
    for key, times in Counter(chosen).items():
        if times > 1:
            raise TwoPhotosOfOne(pupil=called[key])
        if key in refused:
            raise PhotoRefusedAtHome(pupil=called[key])


def check_takes_no_back(who: Hashable, said_by: Collection[Hashable], *, decides_alone: bool) -> set[Hashable]:
    """Whose no is over when this one says that a photo may come again: one's own; a pupil of sixteen also that of the guardians.

    Raises NotYoursToTakeBack.

    >>> check_takes_no_back("Els", ["Els", "Ed"], decides_alone=False)
    {'Els'}
    """
    if who == PUPIL and decides_alone:
        return set(said_by)
    if who not in said_by:
        raise NotYoursToTakeBack
    return {who}
