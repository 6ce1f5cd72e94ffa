"""Values of ours as FHIR extensions, and back. Every field of a value becomes one, so that a new field comes along by itself.

A text, number, day or word becomes an extension with a value; a value with fields becomes one with extensions of its own; of several the
extension comes several times. What is absent or empty is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from kring.library.foreign.fhir_text import Json

OURS: Final = "urn:kring:fhir:"
KEY, VALUE = "of", "is"
KINDS: Final[Mapping[type, str]] = {bool: "valueBoolean", int: "valueInteger", float: "valueDecimal", date: "valueDate", str: "valueString"}
MOST = 2**31


class BlockWrong(Exception):
    """What stands in an extension of ours is not what belongs there."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def extensions_of(url: str, value: Any) -> list[Json]:
    """The extensions by which this value is told."""
    if value is None or value == "" or value == () or value == {}:
        return []
    if isinstance(value, tuple):
        return [made for part in value for made in extensions_of(url, part)]
    if isinstance(value, Mapping):
        return [{"url": url, "extension": [*extensions_of(KEY, key), *extensions_of(VALUE, part)]} for key, part in value.items()]
    if is_dataclass(value):
        return [{"url": url, "extension": block_of(value)}]
    return [{"url": url, **_plain(value)}]


def block_of(value: Any, without: Iterable[str] = ()) -> list[Json]:
    """The fields of a value, but for those that FHIR itself has a place for."""
    return [made for one in fields(value) if one.name not in without for made in extensions_of(one.name, getattr(value, one.name))]


def _plain(value: Any) -> Json:
    if isinstance(value, StrEnum):
        return {"valueCode": value.value}
    name = next(name for kind, name in KINDS.items() if isinstance(value, kind))
    return {name: value.isoformat() if isinstance(value, date) else value}


def read_block(kind: type, told: Any, place: str, without: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a value of this kind out of its extensions. Raises BlockWrong for one that is missing, wrong or unknown."""
    found = _by_url(told, place)
    hints, given = _hints(kind), {}
    asked = [one for one in fields(kind) if one.name not in without]
    for one in asked:
        if one.name in found:
            given[one.name] = _value(hints[one.name], found.pop(one.name), f"{place}.{one.name}")
        elif one.default is MISSING and one.default_factory is MISSING:
            given[one.name] = _absent(hints[one.name], f"{place}.{one.name}")
    if found:
        raise BlockWrong(f"{place}.{next(iter(found))}")
    return given


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _by_url(told: Any, place: str) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    if not isinstance(told, list):
        raise BlockWrong(place)
    for one in told:
        if not isinstance(one, dict) or not isinstance(one.get("url"), str):
            raise BlockWrong(place)
        found.setdefault(one["url"], []).append(one)
    return found


def _absent(hint: Any, place: str) -> Any:
    """What is not told is nothing, when it may be."""
    if hint is str:
        return ""
    if NoneType in get_args(hint):
        return None
    if get_origin(hint) is tuple:
        return ()
    if get_origin(hint) is Mapping:
        return {}
    raise BlockWrong(place)


def _value(hint: Any, told: list[Json], place: str) -> Any:
    """What these extensions of one name tell."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _value(next(part for part in parts if part is not NoneType), told, place)
    if origin is tuple:
        if parts[-1] is not Ellipsis and len(parts) != len(told):
            raise BlockWrong(place)
        return tuple(_one(parts[0], one, place) for one in told)
    if origin is Mapping:
        return dict(_pair(parts[0], parts[1], one, place) for one in told)
    if len(told) != 1:
        raise BlockWrong(place)
    return _one(hint, told[0], place)


def _pair(key: Any, value: Any, told: Json, place: str) -> tuple[Any, Any]:
    found = _by_url(told.get("extension"), place)
    if set(found) != {KEY, VALUE}:
        raise BlockWrong(place)
    return _value(key, found[KEY], place), _value(value, found[VALUE], place)


def _one(hint: Any, told: Json, place: str) -> Any:
    if is_dataclass(hint):
        return hint(**read_block(hint, told.get("extension"), place))  # type: ignore[arg-type,operator]
    return _read_plain(hint, told, place)


def _read_plain(hint: Any, told: Json, place: str) -> Any:
    is_word = issubclass(hint, StrEnum)
    value = told.get("valueCode" if is_word else KINDS[hint])
    try:
        if is_word or hint is date:
            return hint(value) if is_word else date.fromisoformat(value or "")
    except (ValueError, TypeError):
        raise BlockWrong(place) from None
    if hint is float and type(value) in (int, float):
        return float(value or 0)
    if type(value) is not hint or value == "" or (isinstance(value, int) and not -MOST <= value < MOST):
        raise BlockWrong(place)
    return value
