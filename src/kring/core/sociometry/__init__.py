"""Sociometry: who chooses whom in a class, and what may be said about it.

from kring.core import sociometry
picture = sociometry.sociogram(sociometry.nominations_from(pupils, edges, participation))
"""

from kring.core.sociometry.nominations import Edge, Nominations, Participation, Sufficiency, nominations_from
from kring.core.sociometry.rates import Received, given, mutual, received
from kring.core.sociometry.rules import (
    AbsentPupilChooses,
    ChoiceRule,
    ChoosesAndRejects,
    ChoosesOneself,
    ClassTooLargeForWeb,
    EmptyPupilChooses,
    NominationTwice,
    PupilListedTwice,
    PupilNotOnList,
    TooFewTookPart,
    UnevenNominations,
    UnknownPolarity,
)
from kring.core.sociometry.structure import Structure, Structures, structures

__all__ = [
    "AbsentPupilChooses",
    "ChoiceRule",
    "ChoosesAndRejects",
    "ChoosesOneself",
    "ClassTooLargeForWeb",
    "Edge",
    "EmptyPupilChooses",
    "NominationTwice",
    "Nominations",
    "Participation",
    "PupilListedTwice",
    "PupilNotOnList",
    "Received",
    "Structure",
    "Structures",
    "Sufficiency",
    "TooFewTookPart",
    "UnevenNominations",
    "UnknownPolarity",
    "given",
    "mutual",
    "nominations_from",
    "received",
    "structures",
]
