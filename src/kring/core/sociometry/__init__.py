"""Sociometry: who chooses whom in a class, and what may be said about it.

from kring.core import sociometry
picture = sociometry.sociogram(sociometry.nominations_from(pupils, edges, participation))
"""

from kring.core.sociometry.absence import AbsenceSensitivity, IndexUnderExtremes, absence_sensitivity
from kring.core.sociometry.agreement import Ground, LabelInPlan, MethodsAgree, RoundsAgree, label_in_plan, methods_agree, rounds_agree
from kring.core.sociometry.bridges import Bridges, FragileTies, FromOutside, bridges_of, chosen_from_outside, fragile_ties
from kring.core.sociometry.chance import Chance, ClassicLimits, chosen_by_chance, classic_limits
from kring.core.sociometry.change import RoundChange, change_between
from kring.core.sociometry.class_card import CardIndex, CardLine, ClassCard, ClassCourse, CourseLine, Judgement, class_card_of, class_course
from kring.core.sociometry.cliques import Cliques, mutual_cliques
from kring.core.sociometry.communities import Communities, communities_of
from kring.core.sociometry.facts import ClassFacts, PupilFacts, pupil_facts
from kring.core.sociometry.gender import (
    Gender,
    GenderMixing,
    GenderSplit,
    GenderTest,
    NoGenderIndex,
    gender_mixing,
    gender_split,
    gender_test,
)
from kring.core.sociometry.kinds import Chosen, Status
from kring.core.sociometry.layout import Layout
from kring.core.sociometry.nominations import Edge, Nominations, Participation, Sufficiency, nominations_from
from kring.core.sociometry.rates import Received, received
from kring.core.sociometry.rules import (
    AbsentPupilChooses,
    ChoiceRule,
    ChoosesAndRejects,
    ChoosesOneself,
    ClassTooLargeForWeb,
    EmptyPupilChooses,
    ImpossibleChoices,
    ImpossibleLevel,
    ImpossibleNumberOfChoices,
    NominationTwice,
    NothingToCompare,
    PupilListedTwice,
    PupilNotOnList,
    TooFewTookPart,
    TooManyChoices,
    UnevenLabels,
    UnevenNominations,
    UnevenTables,
    UnknownPolarity,
)
from kring.core.sociometry.sociograms import Sociogram, sociogram
from kring.core.sociometry.status import (
    ChosenOften,
    Standardised,
    StatusCodes,
    StatusResults,
    cd83,
    cdc82,
    nb_pb,
    positive_only,
    standardised,
    status_results,
)
from kring.core.sociometry.structure import Structure, Structures, TriadCensus, structure_of, structures, triad_census
from kring.core.sociometry.sureness import Sureness, sureness_of
from kring.core.sociometry.target import target_layout
from kring.core.sociometry.web import MOST_PUPILS, web_layout

__all__ = [
    "MOST_PUPILS",
    "AbsenceSensitivity",
    "AbsentPupilChooses",
    "Bridges",
    "CardIndex",
    "CardLine",
    "Chance",
    "ChoiceRule",
    "ChoosesAndRejects",
    "ChoosesOneself",
    "Chosen",
    "ChosenOften",
    "ClassCard",
    "ClassCourse",
    "ClassFacts",
    "ClassTooLargeForWeb",
    "ClassicLimits",
    "Cliques",
    "Communities",
    "CourseLine",
    "Edge",
    "EmptyPupilChooses",
    "FragileTies",
    "FromOutside",
    "Gender",
    "GenderMixing",
    "GenderSplit",
    "GenderTest",
    "Ground",
    "ImpossibleChoices",
    "ImpossibleLevel",
    "ImpossibleNumberOfChoices",
    "IndexUnderExtremes",
    "Judgement",
    "LabelInPlan",
    "Layout",
    "MethodsAgree",
    "NoGenderIndex",
    "NominationTwice",
    "Nominations",
    "NothingToCompare",
    "Participation",
    "PupilFacts",
    "PupilListedTwice",
    "PupilNotOnList",
    "Received",
    "RoundChange",
    "RoundsAgree",
    "Sociogram",
    "Standardised",
    "Status",
    "StatusCodes",
    "StatusResults",
    "Structure",
    "Structures",
    "Sufficiency",
    "Sureness",
    "TooFewTookPart",
    "TooManyChoices",
    "TriadCensus",
    "UnevenLabels",
    "UnevenNominations",
    "UnevenTables",
    "UnknownPolarity",
    "absence_sensitivity",
    "bridges_of",
    "cd83",
    "cdc82",
    "change_between",
    "chosen_by_chance",
    "chosen_from_outside",
    "class_card_of",
    "class_course",
    "classic_limits",
    "communities_of",
    "fragile_ties",
    "gender_mixing",
    "gender_split",
    "gender_test",
    "label_in_plan",
    "methods_agree",
    "mutual_cliques",
    "nb_pb",
    "nominations_from",
    "positive_only",
    "pupil_facts",
    "received",
    "rounds_agree",
    "sociogram",
    "standardised",
    "status_results",
    "structure_of",
    "structures",
    "sureness_of",
    "target_layout",
    "triad_census",
    "web_layout",
]
