"""Items with their possible answers."""

from dataclasses import dataclass

from kring.core.instruments.refusals import AnswersMissing, NumbersNotInARow, TooFewOptions, needs_once, needs_text
from kring.core.instruments.words import AnswerKind

MOST_NUMBERS = 100  # steps between the ends of a row of numbers; more nobody can tell apart


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: the code that is stored, the words that are read, and the pictogram beside them (its name in the set)."""

    code: int
    label: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One statement or question with its possible answers, in the order they are shown; an open question has none.

    `audio` is the recording of the text: a path within content/. A row of numbers has every whole number from the lowest to the highest
    as its code; only its ends have words of their own, the labels between are the numbers themselves.
    """

    key: str
    text: str
    options: tuple[Option, ...]
    kind: AnswerKind = AnswerKind.CHOICE
    audio: str = ""

    def __post_init__(self) -> None:
        needs_text(self.key, key=self.key, text=self.text, **{f"label of {o.code}": o.label for o in self.options})
        if self.is_open != (not self.options):
            raise AnswersMissing(item=self.key)
        if len(self.options) == 1:
            raise TooFewOptions(item=self.key)
        needs_once(self.key, "option", (str(option.code) for option in self.options))
        if self.kind is AnswerKind.NUMBER and not self._is_row():
            raise NumbersNotInARow(item=self.key)

    def _is_row(self) -> bool:
        between = all(option.label == str(option.code) for option in self.options[1:-1])
        return between and [option.code for option in self.options] == list(range(self.low, self.high + 1))

    @classmethod
    def of_numbers(cls, key: str, text: str, ends: tuple[int, int], labels: tuple[str, str] = ("", ""), *, audio: str = "") -> "Item":
        """A row of numbers between these ends, both included. Raises NumbersNotInARow when the ends lie the wrong way round."""
        low, high = ends
        if not low < high <= low + MOST_NUMBERS:
            raise NumbersNotInARow(item=key)
        words = {low: labels[0] or str(low), high: labels[1] or str(high)}
        options = tuple(Option(code, words.get(code, str(code))) for code in range(low, high + 1))
        return cls(key, text, options, AnswerKind.NUMBER, audio)

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
