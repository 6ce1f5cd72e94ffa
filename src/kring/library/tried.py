"""Making a part of a list out of what a file says, with the broken rule as a problem on its line."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from kring.core.errors import BrokenRule
from kring.file_problems import said
from kring.library.wording import sentence
from kring.lined_yaml import Fields

Made = TypeVar("Made")
Parts = list[tuple[str, dict[str, Any]]]  # the field that gives it, and what it gives by the name of the field of the value
KEY_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")


def tried(fields: Fields, line: int, make: Callable[[], Made]) -> Made | None:
    """What this makes, or None with the broken rule added to the problems in words."""
    try:
        return make()
    except BrokenRule as rule:
        message, advice = sentence(rule)
        fields.problems.add(fields.file, line, None, message, advice)
        return None


def tried_apart(fields: Fields, sound: Any, parts: Parts) -> bool:
    """Whether every part by itself fits into a value that is sound, so that all that do not are named, each on the line of its field."""
    made = [tried(fields, fields.line_of(name), partial(replace, sound, **given)) for name, given in parts]
    return None not in made


def whole_or_apart(fields: Fields, parts: Parts, line: int, make: Callable[..., Made], apart: Callable[[], bool]) -> Made | None:
    """The value with all parts at once, as nearly always; when it refuses, what its parts do wrong `apart`, or else what the whole does."""
    given = {name: value for _, part in parts for name, value in part.items()}
    try:
        return make(**given)
    except BrokenRule:
        return tried(fields, line, lambda: make(**given)) if apart() else None


def kept(parts: Iterable[Made | None]) -> tuple[Made, ...]:
    """What could be made."""
    return tuple(part for part in parts if part is not None)


def key_in(fields: Fields, key: str, line: int) -> str:
    """A key as it may stand in columns, links and the names of files; another one is a problem."""
    if not key or not KEY_SIGNS.issuperset(key) or key[0] in "-." or len(key) > 60:
        advice = said("Gebruik letters, cijfers, _, - en punten, en begin met een letter of cijfer.")
        fields.problems.add(fields.file, line, None, said("“%(key)s” kan geen sleutel zijn.", key=key), advice)
    return key
