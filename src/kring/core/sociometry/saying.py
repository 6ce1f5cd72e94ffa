"""What may be said about a class and its pupils in words: less of a small class, and nothing that stands on too few who took part."""

from enum import StrEnum

from kring.core.sociometry.nominations import Nominations, Sufficiency

__all__ = ["FEWEST_FOR_STATUS", "NoStatus", "why_no_status"]

FEWEST_FOR_STATUS = 10  # on the list; in a smaller class one choice more or less is another word: design decision of Kring


class NoStatus(StrEnum):
    """Why no pupil of this round gets a word for a place in the class."""

    TOO_FEW_TOOK_PART = "too_few_took_part"
    SMALL_CLASS = "small_class"
    NO_CHOICES = "no_choices"
    ALL_CHOICES = "all_choices"


def why_no_status(nominations: Nominations) -> NoStatus | None:
    """Say why a status may not be said, or None when it may, with the counts beside it.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> why_no_status(nominations_from("ABCDEF", [Edge("A", "B")], {})).value
    'too_few_took_part'
    """
    if nominations.sufficiency is not Sufficiency.ALL:
        return NoStatus.TOO_FEW_TOOK_PART
    n = len(nominations.pupils)
    if n < FEWEST_FOR_STATUS:
        return NoStatus.SMALL_CLASS
    given = int(nominations.positive.sum())
    if not given:
        return NoStatus.NO_CHOICES
    return NoStatus.ALL_CHOICES if given == int(nominations.nominators.sum()) * (n - 1) else None
