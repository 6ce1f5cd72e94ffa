"""What sociometry refuses: every exception is named after the rule that was broken."""

from dataclasses import dataclass

from kring.core.errors import BrokenRule, CallerMistake


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
class TooFewTookPart(BrokenRule):
    """Below 60 percent participation there is no picture to draw."""

    took_part: int
    listed: int


@dataclass(eq=False, kw_only=True)
class ClassTooLargeForWeb(BrokenRule):
    """A web of more than 35 pupils cannot be read; the target can."""

    listed: int
    most: int
