"""The questions of a sociogram."""

from dataclasses import dataclass

from kring.core.instruments.refusals import needs_bounds, needs_sign, needs_text
from kring.core.instruments.words import QuestionKind


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the sociogram. `limit`: the most names, None is no limit; the points of a rating stand with the ratings.

    `polarity`: +1 asks for attraction, -1 for rejection (which a school must have allowed), 0 for neither; naming is never neutral."""

    key: str
    text: str
    kind: QuestionKind
    polarity: int
    limit: int | None

    def __post_init__(self) -> None:
        needs_text(self.key, key=self.key, text=self.text)
        if self.polarity != 0 or self.kind is QuestionKind.NOMINATE:
            needs_sign(self.key, "polarity", self.polarity)
        if self.limit is not None:
            needs_bounds(self.key, "limit", self.limit, 1, float("inf"))
