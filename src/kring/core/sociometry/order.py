"""The order of ids, in which algorithms run so that the order of the list decides nothing, and the way back."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)


def by_id(pupils: Iterable[str]) -> tuple[str, ...]:
    """Put pupils in the order of their ids, shorter first: 2 comes before 10."""
    return tuple(sorted(pupils, key=_key))


def places_by_id(pupils: Sequence[str]) -> list[int]:
    """Give the places on the list in the order of the ids that stand there."""
    return sorted(range(len(pupils)), key=lambda place: _key(pupils[place]))


def in_list_order(values: NDArray[T], places: NDArray[np.intp]) -> NDArray[T]:
    """Put values worked out in the order of ids back in the order of the list."""
    result = np.empty_like(values)
    result[places] = values
    return result


def _key(pupil: str) -> tuple[int, str]:
    return len(pupil), pupil
