"""The baseline of a team list: the first filling that was closed, locked for good; later ones are laid beside it, item by item.

Counted, never averaged: a mean of + and – hides a team that is divided. What was not answered is counted as not answered.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kring.core.answers import Missing
from kring.core.disclosure import K_STAFF
from kring.core.errors import BrokenRule
from kring.core.instruments import Item, Option

Given = Mapping[str, int | Missing]


@dataclass(eq=False, kw_only=True)
class BaselineLocked(BrokenRule):
    """The first filling stays as it was: not reopened, not withdrawn, not overwritten, not deleted."""


@dataclass(eq=False, kw_only=True)
class CountsShown(BrokenRule):
    """The counts of this filling can be seen: with one list more, the difference would tell what that list says."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What a team filled in once: with which version, and every list."""

    version: int
    lists: Sequence[Given]


@dataclass(frozen=True, slots=True)
class Count:
    """How many gave one answer, then and now; None where it may not be told or cannot be compared."""

    option: Option
    before: int | None
    after: int | None

    @property
    def difference(self) -> int | None:
        """How many more now, where both are known."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class ItemCounts:
    """One item: its answers, and how many left it open."""

    item: Item
    counts: tuple[Count, ...]
    open_before: int | None
    open_after: int | None
    hidden: bool = False  # all gave the same answer on a list without names, now or then


@dataclass(frozen=True, slots=True)
class Comparison:
    """The baseline and a later filling. Too few: fewer than five colleagues, of whom nothing is told but that they took part."""

    items: tuple[ItemCounts, ...]
    asked_before: int
    asked_after: int
    too_few_before: bool
    too_few_after: bool
    other_version: bool


def refuse_baseline(*, is_baseline: bool) -> None:
    """Raises BaselineLocked."""
    if is_baseline:
        raise BaselineLocked


def are_shown(lists: int) -> bool:
    """Whether counts of so many lists are shown; a filling of which they are is never opened again.

    >>> are_shown(4), are_shown(5)
    (False, True)
    """
    return lists >= K_STAFF


def refuse_shown(lists: int) -> None:
    """`lists`: how many came in before it was closed. Raises CountsShown.

    >>> refuse_shown(4)
    """
    if are_shown(lists):
        raise CountsShown


def becomes_baseline(*, lists: int, has_baseline: bool) -> bool:
    """Whether a filling that is closed now is the first of its kind that may be shown: with fewer, nothing could ever stand beside it.

    >>> becomes_baseline(lists=8, has_baseline=False), becomes_baseline(lists=4, has_baseline=False)
    (True, False)
    """
    return lists >= K_STAFF and not has_baseline


def compared(items: Sequence[Item], baseline: Filling, later: Filling, *, anonymous: bool = False) -> Comparison:
    """Item by item, in the words of the later version; of another version nothing is laid beside it.

    `anonymous`: what all answered alike is not told, for then it is known what each of them said.
    """
    other = baseline.version != later.version
    few_before, few_after = len(baseline.lists) < K_STAFF, len(later.lists) < K_STAFF
    before = None if few_before or other else baseline
    after = None if few_after else later
    found = tuple(_item(item, before, after, anonymous=anonymous) for item in items if not item.is_open)
    return Comparison(found, len(baseline.lists), len(later.lists), few_before, few_after, other)


def _item(item: Item, before: Filling | None, after: Filling | None, *, anonymous: bool) -> ItemCounts:
    alike = [anonymous and _all_alike(item, filling) for filling in (before, after)]
    then, now = (_counts(item, None if same else filling) for same, filling in zip(alike, (before, after), strict=True))
    counts = tuple(Count(option, then[option.code], now[option.code]) for option in item.options)
    return ItemCounts(item, counts, then[None], now[None], any(alike))


def _all_alike(item: Item, filling: Filling | None) -> bool:
    return filling is not None and len({_code(one.get(item.key)) for one in filling.lists}) == 1


def _counts(item: Item, filling: Filling | None) -> Mapping[int | None, int | None]:
    """By answer how many; under None who gave none. Without a filling nothing is known."""
    if filling is None:
        return dict.fromkeys([*item.codes, None])
    given: Counter[int | None] = Counter(_code(one.get(item.key)) for one in filling.lists)
    return {code: given[code] for code in [*item.codes, None]}


def _code(value: int | Missing | None) -> int | None:
    return None if isinstance(value, Missing) else value
