"""The questions of a sociogram."""

from dataclasses import dataclass
from typing import Final

from kring.core.instruments.items import Option
from kring.core.instruments.refusals import AnswersMissing, NumbersNotInARow, needs_bounds, needs_once, needs_sign, needs_text
from kring.core.instruments.words import QuestionKind

POINTS: Final = (3, 5, 7, 9)  # of a rating: odd, so that there is a neutral middle
FREQUENCIES: Final = 5  # how often, from never to several times a week
OF_BULLYING: Final = frozenset({QuestionKind.FREQUENCY, QuestionKind.BULLIED_BY, QuestionKind.HELPED_BY})


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the sociogram. `limit`: the most names, None is no limit. `options`: the points of a rating or the steps of how often,
    from 1; whoever is asked for names has none.

    `polarity`: +1 asks for attraction, -1 for rejection (which a school must have allowed), 0 for neither; naming is never neutral."""

    key: str
    text: str
    kind: QuestionKind
    polarity: int
    limit: int | None
    options: tuple[Option, ...] = ()

    def __post_init__(self) -> None:
        needs_text(self.key, key=self.key, text=self.text, **{f"label of {one.code}": one.label for one in self.options})
        if self.polarity != 0 or self.kind is QuestionKind.NOMINATE:
            needs_sign(self.key, "polarity", self.polarity)
        if self.limit is not None:
            needs_bounds(self.key, "limit", self.limit, 1, float("inf"))
        if self.asks_names != (not self.options):
            raise AnswersMissing(item=self.key)
        needs_once(self.key, "option", (str(one.code) for one in self.options))
        if self.options and not self._is_row():
            raise NumbersNotInARow(item=self.key)

    def _is_row(self) -> bool:
        steps = POINTS if self.kind is QuestionKind.RATE else (FREQUENCIES,)
        return len(self.options) in steps and [one.code for one in self.options] == list(range(1, len(self.options) + 1))

    @property
    def asks_names(self) -> bool:
        """Whether it is answered with classmates, and not with points or how often."""
        return self.kind not in {QuestionKind.RATE, QuestionKind.FREQUENCY}

    @property
    def is_negative(self) -> bool:
        """Whether it asks for rejection, which a school must have allowed."""
        return self.polarity < 0

    @property
    def is_of_bullying(self) -> bool:
        """Whether it asks about being bullied, which a school must have allowed too."""
        return self.kind in OF_BULLYING

    @property
    def is_only_counted(self) -> bool:
        """Whether of what one child answers to it a teacher reads numbers of the class and nothing else."""
        return self.is_negative or self.is_of_bullying or self.kind is QuestionKind.RATE

    @property
    def codes(self) -> frozenset[int]:
        """Every number that may be given."""
        return frozenset(one.code for one in self.options)
