"""Items with their possible answers."""

from dataclasses import dataclass

from kring.core.instruments.refusals import AnswersMissing, TooFewOptions, needs_once, needs_text
from kring.core.instruments.words import AnswerKind


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: the code that is stored, the words that are read, and the pictogram beside them (its name in the set)."""

    code: int
    label: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One statement or question with its possible answers, in the order they are shown; an open question has none."""

    key: str
    text: str
    options: tuple[Option, ...]
    kind: AnswerKind = AnswerKind.CHOICE

    def __post_init__(self) -> None:
        needs_text(self.key, key=self.key, text=self.text, **{f"label of {o.code}": o.label for o in self.options})
        if self.is_open != (not self.options):
            raise AnswersMissing(item=self.key)
        if len(self.options) == 1:
            raise TooFewOptions(item=self.key)
        needs_once(self.key, "option", (str(option.code) for option in self.options))

    @property
    def is_open(self) -> bool:
        """Whether it is answered in one's own words."""
        return self.kind is AnswerKind.TEXT

    @property
    def codes(self) -> frozenset[int]:
        """Every code that may be stored as an answer."""
        return frozenset(option.code for option in self.options)

    @property
    def low(self) -> int:
        """The lowest code."""
        return min(option.code for option in self.options)

    @property
    def high(self) -> int:
        """The highest code."""
        return max(option.code for option in self.options)
