"""Composing: a class in groups or on seats, with the choices of the pupils and the wishes of the teacher.

CP-SAT is loaded by the call alone: it takes over a second, and no page needs it.
"""

from kring.core.sociometry.composing.groups import compose_groups
from kring.core.sociometry.composing.plans import Plan, PupilPlace
from kring.core.sociometry.composing.search import Clock, NoPlanInTime, Reached
from kring.core.sociometry.composing.seats import Seat, compose_seats
from kring.core.sociometry.composing.wishes import (
    NotTwoPupils,
    PlacesDoNotFit,
    Share,
    ShareOutOfOrder,
    Wish,
    WishDoesNotFit,
    Wishes,
    WishesClash,
    WishKind,
    WishOfUnknownPlace,
    WishOfUnknownPupil,
    pairs,
)

__all__ = [
    "Clock",
    "NoPlanInTime",
    "NotTwoPupils",
    "PlacesDoNotFit",
    "Plan",
    "PupilPlace",
    "Reached",
    "Seat",
    "Share",
    "ShareOutOfOrder",
    "Wish",
    "WishDoesNotFit",
    "WishKind",
    "WishOfUnknownPlace",
    "WishOfUnknownPupil",
    "Wishes",
    "WishesClash",
    "compose_groups",
    "compose_seats",
    "pairs",
]
