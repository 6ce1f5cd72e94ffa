"""Sociometry: who chooses whom in a class, and what may be said about it.

from kring.core import sociometry
picture = sociometry.sociogram(sociometry.nominations_from(pupils, edges, participation))
"""

from kring.core.sociometry.chance import Chance
from kring.core.sociometry.communities import Communities
from kring.core.sociometry.facts import PupilFacts, pupil_facts
from kring.core.sociometry.layout import Layout
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
from kring.core.sociometry.sociograms import Sociogram, sociogram
from kring.core.sociometry.status import (
    Chosen,
    Standardised,
    Status,
    StatusResults,
    cd83,
    nb_pb,
    positive_only,
    standardised,
    status_results,
)
from kring.core.sociometry.structure import Structure, Structures, structures
from kring.core.sociometry.target import target_layout
from kring.core.sociometry.web import MOST_PUPILS, web_layout

__all__ = [
    "MOST_PUPILS",
    "AbsentPupilChooses",
    "Chance",
    "ChoiceRule",
    "ChoosesAndRejects",
    "ChoosesOneself",
    "Chosen",
    "ClassTooLargeForWeb",
    "Communities",
    "Edge",
    "EmptyPupilChooses",
    "Layout",
    "NominationTwice",
    "Nominations",
    "Participation",
    "PupilFacts",
    "PupilListedTwice",
    "PupilNotOnList",
    "Received",
    "Sociogram",
    "Standardised",
    "Status",
    "StatusResults",
    "Structure",
    "Structures",
    "Sufficiency",
    "TooFewTookPart",
    "UnevenNominations",
    "UnknownPolarity",
    "cd83",
    "given",
    "mutual",
    "nb_pb",
    "nominations_from",
    "positive_only",
    "pupil_facts",
    "received",
    "sociogram",
    "standardised",
    "status_results",
    "structures",
    "target_layout",
    "web_layout",
]
