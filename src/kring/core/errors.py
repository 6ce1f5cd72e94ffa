"""What the profession refuses, as exceptions named after the broken rule.

The core raises the rule and its facts; the edge has the one Dutch sentence for each. `str(rule)` is English, for developers.
"""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(eq=False)
class BrokenRule(Exception):
    """A rule that was broken, with the facts as named fields.

    Subclasses are `@dataclass(eq=False, kw_only=True)`, never frozen: Python itself writes the traceback on an exception.
    """

    def facts(self) -> dict[str, Any]:
        """The fields of the refusal by name, for the sentence at the edge."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.facts().items())
        return f"{type(self).__name__}({facts})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive the way back from another process: the facts are keywords, which exceptions lose by themselves."""
        return _same_again, (type(self), self.facts())


@dataclass(eq=False, kw_only=True)
class CallerMistake(BrokenRule):
    """Values that do not belong together: a mistake in the code that calls, never of a person who types or hands in a file."""


def _same_again(rule: type[BrokenRule], facts: dict[str, Any]) -> BrokenRule:
    return rule(**facts)
