"""Back from the order of ids, in which algorithms run, to the order of the list (`nominations.sorted_nominations` goes the other way)."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)


def in_list_order(values: NDArray[T], places: NDArray[np.intp]) -> NDArray[T]:
    """Put values worked out in the order of ids back in the order of the list."""
    result = np.empty_like(values)
    result[places] = values
    return result
