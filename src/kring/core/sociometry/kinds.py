"""The groups in which the methods divide pupils: words for research, which the edge puts in words for the screen."""

from enum import StrEnum

__all__ = ["Chosen", "Status"]


class Status(StrEnum):
    """The groups of the methods with positive and negative choices or with ratings, in the order of their codes.

    OTHER is what Coie, Dodge & Coppotelli 1982 leave outside the groups: a method that says it, says nothing.
    """

    AVERAGE = "average"
    POPULAR = "popular"
    REJECTED = "rejected"
    CONTROVERSIAL = "controversial"
    NEGLECTED = "neglected"
    OTHER = "other"


class Chosen(StrEnum):
    """The groups of the method with positive choices alone, in the order of their codes."""

    ORDINARY = "ordinary"
    OFTEN = "often"
    SELDOM = "seldom"


STATUSES = tuple(Status)
CHOSEN = tuple(Chosen)
