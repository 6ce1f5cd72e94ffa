"""The bytes of a JSON file → its values, and back in one form only. Nothing that two readers could read differently is let in."""

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any, NoReturn

from kring.file_problems import FilesRefused, Problems, Said, said
from kring.lined_yaml import is_writing

MOST_BYTES, MOST_DEEP, MOST_VALUES = 2_000_000, 50, 50_000
Json = dict[str, Any]
CHECK = said("Kijk of dit het goede bestand is, of maak het opnieuw.")


def written_json(document: Json) -> str:
    """The document with its fields in order of the alphabet, so that the same list is always the same bytes."""
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"


def read_json(file: str, data: bytes) -> Json:
    """The object in these bytes. Raises FilesRefused, naming the place."""
    if len(data) > MOST_BYTES:
        refuse(file, "", said("Het bestand is groter dan %(most)d MB.", most=MOST_BYTES // 1_000_000))
    found = _parsed(file, data)
    if not isinstance(found, dict):
        refuse(file, "", said("Dit is geen JSON-object."))
    for number, (place, value) in enumerate(_values(file, found, "", 0)):
        if number > MOST_VALUES:
            refuse(file, place, said("Tot hier staan er meer dan %(most)d waarden.", most=MOST_VALUES))
        if isinstance(value, float) and not isfinite(value):
            refuse(file, place, said("Dit getal is te groot."))
        if isinstance(value, str) and not is_writing(value):
            refuse(file, place, said("In deze tekst staan tekens die geen schrift zijn."))
    return found


class _Twice(ValueError):
    """A field that stands in an object twice."""


def _parsed(file: str, data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        refuse(file, "", said("Dit bestand is geen UTF-8."))
    except json.JSONDecodeError as unreadable:
        refuse(file, "", said("Dit is geen leesbaar JSON."), line=unreadable.lineno)
    except RecursionError:
        refuse(file, "", said("Het bestand is te diep in elkaar gestoken."))
    except _Twice as twice:
        refuse(file, str(twice), said("Dit veld staat er twee keer."))
    except ValueError:
        refuse(file, "", said("Er staat een getal in dat geen getal is."))


def _once(pairs: list[tuple[str, Any]]) -> Json:
    made: Json = {}
    for name, value in pairs:
        if name in made:
            raise _Twice(name)
        made[name] = value
    return made


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _values(file: str, value: Any, place: str, deep: int) -> Iterator[tuple[str, Any]]:
    """Every value with its place, names of fields included."""
    if deep > MOST_DEEP:
        refuse(file, place, said("Het bestand is te diep in elkaar gestoken."))
    yield place, value
    if isinstance(value, dict):
        for name, part in value.items():
            yield place, name
            yield from _values(file, part, f"{place}.{name}" if place else name, deep + 1)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _values(file, part, f"{place}[{number}]", deep + 1)


def differences(given: Any, ours: Any, place: str = "") -> Iterator[str]:
    """The places of `given` that `ours` does not have, or has otherwise; of a whole branch only its top.

    What somebody else put into a Questionnaire of ours would otherwise go without a word.
    """
    if isinstance(given, dict) and isinstance(ours, dict):
        for name, part in given.items():
            here = f"{place}.{name}" if place else name
            if name in ours:
                yield from differences(part, ours[name], here)
            else:
                yield here
    elif isinstance(given, list) and isinstance(ours, list) and len(given) == len(ours):
        for number, (part, other) in enumerate(zip(given, ours)):
            yield from differences(part, other, f"{place}[{number}]")
    elif given != ours:
        yield place


def refuse(file: str, place: str, message: Said, *, line: int | None = None) -> NoReturn:
    """Stop, naming the place."""
    problems = Problems()
    problems.add(file, line, place or None, message, CHECK)
    raise FilesRefused(problems=tuple(problems.found))
