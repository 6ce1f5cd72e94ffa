"""Where two JSON values differ: what somebody else put into a Questionnaire of ours would otherwise go without a word."""

from collections.abc import Iterator
from typing import Any


def differences(given: Any, ours: Any, place: str = "") -> Iterator[str]:
    """The places of `given` that `ours` does not have, or has otherwise; of a whole branch only its top."""
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
