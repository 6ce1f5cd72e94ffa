"""Where a number comes from: which method made it, in which version, with which parameters, from which data.

Every public function of the core that works something out is a *method*. It returns a `Result`, which says `n` (how many there were),
`n_valid` (how many counted) and, put there by `@method`, its `provenance`. The same data give the same fingerprint in any row order.

An argument that is a value of our own may know its written form: `fingerprint() -> bytes`, for example because the order of its rows means
nothing, and, when it stands among the rows, `rows()`: a number uint64 for each that any other row would change.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import wraps
from hashlib import blake2b
from typing import Any, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from kring.core.errors import CallerMistake

DIGEST = 8  # bytes of a fingerprint: 16 hexadecimal digits
CHUNK = 1 << 14  # rows that are fingerprinted at once, so that they stay in the processor's cache
ODD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))

Words = NDArray[np.uint64]
P = ParamSpec("P")


@dataclass(eq=False, kw_only=True)
class NothingToFingerprint(CallerMistake):
    """A method was given something that has no fixed written form."""

    kind: str


@dataclass(eq=False, kw_only=True)
class MethodTwice(CallerMistake):
    """Two methods answer to one key."""

    method: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """`method` is "key/version"; `parameters` and `input` are fingerprints of 16 hexadecimal digits.

    Equal fingerprints mean equal settings and equal data, whatever the order of the rows. They guard against mix-ups, not against forgery.
    """

    method: str
    parameters: str
    input: str


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What a method gives back. Each kind of result also says `n` and `n_valid`."""

    provenance: Provenance = field(init=False, repr=False, compare=False)


R = TypeVar("R", bound=Result)


@dataclass(frozen=True, slots=True)
class Method:
    """A function of the core with its key and version; a change of one bit in what it gives is a new version."""

    key: str
    version: int
    function: Callable[..., Result]
    rows: tuple[str, ...]
    data: tuple[str, ...]

    @property
    def module(self) -> str:
        """The module that it stands in, without `kring.core.`."""
        return self.function.__module__.removeprefix("kring.core.")

    def provenance(self, arguments: Mapping[str, Any]) -> Provenance:
        """Fingerprint the arguments of one call."""
        parameters = {name: given for name, given in arguments.items() if name not in self.rows and name not in self.data}
        together = unordered([arguments[name] for name in self.rows]) if self.rows else b""
        data = blake2b(together + b"".join(written(arguments[name]) for name in self.data), digest_size=DIGEST)
        return Provenance(f"{self.key}/{self.version}", fingerprint(parameters), data.hexdigest())


METHODS: dict[str, Method] = {}


def method(key: str, version: int, *, rows: Sequence[str] = (), data: Sequence[str] = ()) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a method: it is listed in METHODS and what it returns bears its provenance.

    `rows` names the arguments whose first axis is one and the same list of persons, in any order; `data` the other arguments that are
    data, whose order has a meaning; all other arguments are parameters. Raises MethodTwice.
    """

    def made(function: Callable[P, R]) -> Callable[P, R]:
        if key in METHODS:
            raise MethodTwice(method=key)
        signature = inspect.signature(function)
        described = METHODS[key] = Method(key, version, function, tuple(rows), tuple(data))

        @wraps(function)
        def stamped(*args: P.args, **kwargs: P.kwargs) -> R:
            result = function(*args, **kwargs)
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            object.__setattr__(result, "provenance", described.provenance(bound.arguments))
            return result

        return stamped

    return made


def fingerprint(value: object) -> str:
    """Sixteen hexadecimal digits that any other value of this form would change. Raises NothingToFingerprint."""
    return blake2b(written(value), digest_size=DIGEST).hexdigest()


def written(value: object) -> bytes:
    """Write a value so that different values never look the same; the order of mappings and sets means nothing.

    A single number that comes out of an array is that number.
    """
    if isinstance(value, np.generic):
        value = value.item()
    body = _body(value)
    return f"{type(value).__name__}:{len(body)}:".encode() + body


def _body(value: object) -> bytes:
    if isinstance(value, np.ndarray):
        return _array_body(value)
    if isinstance(value, Enum):
        return str(value.name).encode()
    if value is None or isinstance(value, bool | int | float | str | Fraction | date):
        return repr(0.0 if value == 0.0 and isinstance(value, float) else value).encode()
    if isinstance(value, bytes):
        return value
    own = getattr(value, "fingerprint", None)
    if own is not None:
        return bytes(own())
    return _body_of_many(value)


def _body_of_many(value: object) -> bytes:
    if isinstance(value, Mapping):
        return b"".join(sorted(written(key) + written(item) for key, item in value.items()))
    if isinstance(value, Set):
        return b"".join(sorted(map(written, value)))
    if isinstance(value, Sequence):
        return b"".join(map(written, value))
    if is_dataclass(value):
        return b"".join(written(getattr(value, each.name)) for each in fields(value) if each.name != "provenance")
    raise NothingToFingerprint(kind=type(value).__name__)


def _array_body(array: NDArray[Any]) -> bytes:
    if array.dtype.kind in "OUS":
        return f"{array.shape}".encode() + b"".join(map(written, array.ravel().tolist()))
    return f"{array.dtype.str}{array.shape}".encode() + _plain(array).tobytes()


def _plain(array: NDArray[Any]) -> NDArray[Any]:
    """One zero and one NaN, in one block of memory."""
    if array.dtype.kind == "f":
        array = np.where(np.isnan(array), np.nan, array + 0.0)
    return np.ascontiguousarray(array)


def unordered(columns: Sequence[object]) -> bytes:
    """Write arrays and lists that share their rows, so that the order of the rows means nothing.

    Every row is mixed to 64 bits (Steele, Lea & Flood 2014, "splitmix"), and the rows are added up twice, each time mixed otherwise.
    """
    arrays = [_rows(column) for column in columns if column is not None]
    n = len(arrays[0]) if arrays else 0
    head = repr((n, [None if column is None else type(column).__name__ for column in columns], [array.shape[1:] for array in arrays]))
    sums = np.zeros(2, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for start in range(0, n, CHUNK):
            mixed = np.zeros(min(CHUNK, n - start), dtype=np.uint64)
            for place, array in enumerate(arrays, start=1):
                mixed = _mixed(mixed + ODD[0] * np.uint64(place) + _row_words(array[start : start + CHUNK]))
            sums += np.array([mixed.sum(dtype=np.uint64), _mixed(mixed ^ ODD[1]).sum(dtype=np.uint64)], dtype=np.uint64)
    return head.encode() + sums.tobytes()


def _rows(column: object) -> NDArray[Any]:
    """The rows of one argument as numbers; words and other values by their own fingerprint."""
    own = getattr(column, "rows", None)
    if own is not None:
        own_marks: Words = own()
        return own_marks
    array = np.asarray(column) if hasattr(column, "__array__") else _column(column)
    if not array.ndim:
        raise NothingToFingerprint(kind=type(column).__name__)
    if array.dtype.kind in "biuf":
        return array
    cells = [(type(cell), written(cell) if isinstance(cell, list) else cell) for cell in array.tolist()]
    marks = {key: int(fingerprint(key[1]), 16) for key in dict.fromkeys(cells)}
    return np.array([marks[key] for key in cells], dtype=np.uint64)


def _column(column: object) -> NDArray[Any]:
    if not isinstance(column, Sequence):
        raise NothingToFingerprint(kind=type(column).__name__)
    array = np.empty(len(column), dtype=object)
    array[:] = column
    return array


def _row_words(array: NDArray[Any]) -> Words:
    """Mix the bytes of each row, eight at a time: uint64[n]."""
    octets = _plain(array).reshape(len(array), -1).view(np.uint8)
    width = -(-octets.shape[1] // 8)
    padded = np.zeros((len(octets), width * 8), dtype=np.uint8)
    padded[:, : octets.shape[1]] = octets
    words = padded.view(np.uint64)
    words += ODD[0] * np.arange(1, width + 1, dtype=np.uint64)
    mixed: Words = _mixed(words).sum(axis=1, dtype=np.uint64)
    return mixed


def _mixed(words: Words) -> Words:
    words = (words ^ (words >> SHIFTS[0])) * ODD[1]
    words = (words ^ (words >> SHIFTS[1])) * ODD[2]
    words ^= words >> SHIFTS[2]
    return words
