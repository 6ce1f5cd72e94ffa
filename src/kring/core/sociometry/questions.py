"""What may be asked in a round: choose classmates, rate them, think who chose you, name them for a role."""

from dataclasses import dataclass
from enum import StrEnum

from kring.core.sociometry.nominations import NEGATIVE, POSITIVE
from kring.core.sociometry.ratings import POINTS
from kring.core.sociometry.rules import NoNeutralMiddle, QuestionDoesNotFit

__all__ = ["Question", "QuestionType"]

NEUTRAL = 0


class QuestionType(StrEnum):
    """What a pupil does with the list of names."""

    NOMINATE = "nominate"
    RATE = "rate"
    PERCEIVE = "perceive"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a round.

    polarity: +1, -1 or 0 (neither); choosing has one of the first two. limit: the most names, None for as many as one likes. points: of a
    rating, 3, 5, 7 or 9. Raises `QuestionDoesNotFit`, `NoNeutralMiddle`.
    """

    type: QuestionType
    text: str
    polarity: int = POSITIVE
    limit: int | None = None
    points: int | None = None

    def __post_init__(self) -> None:
        """Refuse what does not belong to this type of question."""
        rates = self.type is QuestionType.RATE
        polarities = (POSITIVE, NEGATIVE) if self.type is QuestionType.NOMINATE else (POSITIVE, NEGATIVE, NEUTRAL)
        if not self.text.strip():
            raise self._refusal("text")
        if self.polarity not in polarities:
            raise self._refusal("polarity")
        if self.limit is not None and (rates or self.limit < 1):
            raise self._refusal("limit")
        if self.points is not None and not rates:
            raise self._refusal("points")
        if rates and self.points not in POINTS:
            raise NoNeutralMiddle(points=self.points)

    @property
    def negative(self) -> bool:
        """Whether a school must have allowed questions like this one."""
        return self.polarity == NEGATIVE

    def _refusal(self, field: str) -> QuestionDoesNotFit:
        return QuestionDoesNotFit(type=self.type.value, field=field, value=getattr(self, field))
