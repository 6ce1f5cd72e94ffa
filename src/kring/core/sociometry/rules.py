"""What sociometry refuses: every exception is named after the rule that was broken."""

from dataclasses import dataclass

from kring.core.errors import BrokenRule, CallerMistake

__all__ = [
    "AbsentPupilChooses",
    "ChoiceRule",
    "ChoosesAndRejects",
    "ChoosesOneself",
    "ClassTooLargeForWeb",
    "EmptyPupilChooses",
    "ImpossibleChoices",
    "ImpossibleLevel",
    "ImpossibleNumberOfChoices",
    "KeptTooLong",
    "NoNeutralMiddle",
    "NominationTwice",
    "NothingToCompare",
    "PupilListedTwice",
    "PupilNotOnList",
    "RatingOutsideScale",
    "RatingsOfOthers",
    "TooFewHalves",
    "TooFewTookPart",
    "TooManyChoices",
    "UnevenLabels",
    "UnevenNominations",
    "UnevenTables",
    "UnknownPolarity",
]


@dataclass(eq=False, kw_only=True)
class ChoiceRule(BrokenRule):
    """A rule about one choice: who chose, and whom."""

    from_pupil: str
    to_pupil: str


class ChoosesOneself(ChoiceRule):
    """A pupil can only choose others."""


class PupilNotOnList(ChoiceRule):
    """Both pupils of a choice stand on the list that was shown."""


class NominationTwice(ChoiceRule):
    """A pupil chooses a classmate once per question."""


@dataclass(eq=False, kw_only=True)
class TooManyChoices(ChoiceRule):
    """A question with a limit takes no more choices of one pupil."""

    limit: int


@dataclass(eq=False, kw_only=True)
class RatingOutsideScale(ChoiceRule):
    """A rating is a whole number from 1 to the number of points."""

    value: float
    points: int


class ChoosesAndRejects(ChoiceRule):
    """A pupil does not choose and reject the same classmate in one round."""


class AbsentPupilChooses(ChoiceRule):
    """A pupil who was absent or refused has no choices."""


class EmptyPupilChooses(ChoiceRule):
    """A pupil who took part and chose nobody has no choices."""


@dataclass(eq=False, kw_only=True)
class UnknownPolarity(CallerMistake):
    """A choice is positive (+1) or negative (-1)."""

    polarity: int


@dataclass(eq=False, kw_only=True)
class PupilListedTwice(CallerMistake):
    """A pupil stands once on the list."""

    pupil: str


@dataclass(eq=False, kw_only=True)
class UnevenNominations(CallerMistake):
    """Everything about n pupils has n entries, and a table of choices n rows and n columns."""

    part: str
    pupils: int
    shape: tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class NoNeutralMiddle(CallerMistake):
    """A rating has 3, 5, 7 or 9 points, so that there is a neutral middle."""

    points: int


@dataclass(eq=False, kw_only=True)
class RatingsOfOthers(CallerMistake):
    """Choices and ratings that are compared are of the same pupils."""

    rated: tuple[str, ...]
    listed: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class TooFewHalves(CallerMistake):
    """Reliability by halves needs at least one division in two."""

    halves: int


@dataclass(eq=False, kw_only=True)
class KeptTooLong(CallerMistake):
    """Raw negative choices stay a year at most."""

    days: int
    longest: int


@dataclass(eq=False, kw_only=True)
class UnevenTables(CallerMistake):
    """Tables of choices are (..., n, n), and the masks of nominators and of the list (..., n)."""

    choices: tuple[int, ...]
    nominators: tuple[int, ...]
    listed: tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class ImpossibleChoices(CallerMistake):
    """A table holds choices of nominators for others on the list, and nothing else."""

    of: str


@dataclass(eq=False, kw_only=True)
class UnevenLabels(CallerMistake):
    """Methods and rounds that are compared speak of the same pupils."""

    pupils: tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class NothingToCompare(CallerMistake):
    """Agreement is between methods, so there is at least one."""


@dataclass(eq=False, kw_only=True)
class ImpossibleLevel(CallerMistake):
    """What chance rarely gives has a probability between 0 and 1."""

    level: float


@dataclass(eq=False, kw_only=True)
class ImpossibleNumberOfChoices(CallerMistake):
    """A nominator chooses somebody, and nobody twice: from 1 choice to as many as there are classmates."""

    choices_each: int
    listed: int


@dataclass(eq=False, kw_only=True)
class TooFewTookPart(BrokenRule):
    """Below 60 percent participation there is no picture to draw."""

    took_part: int
    listed: int


@dataclass(eq=False, kw_only=True)
class ClassTooLargeForWeb(BrokenRule):
    """A web of more than 35 pupils cannot be read; the target can."""

    listed: int
    most: int
