"""Columns with a word of Kring's own, not one of a person."""

from enum import StrEnum


def values(words: type[StrEnum]) -> list[tuple[str, str]]:
    """What may stand in such a column, as choices of a field."""
    return [(one.value, one.value) for one in words]
