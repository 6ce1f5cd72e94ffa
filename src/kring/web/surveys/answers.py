"""The answers of one submission as they stand in the database, and back to the values of the core."""

from collections.abc import Mapping

from kring.core.answers import Missing

Given = Mapping[str, int | Missing]
Stored = Mapping[str, int | str]


def stored(given: Given) -> dict[str, int | str]:
    """A code stays a number, a reason becomes its name; what was not answered is left out."""
    return {item: _stored(value) for item, value in given.items() if value is not Missing.NOT_ANSWERED}


def _stored(value: int | Missing) -> int | str:
    return value.name.lower() if isinstance(value, Missing) else value


def given(answers: Stored) -> dict[str, int | Missing]:
    """The same answers again, with the reasons of the core."""
    return {item: Missing[value.upper()] if isinstance(value, str) else value for item, value in answers.items()}
