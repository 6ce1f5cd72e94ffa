"""Item response theory: calibrating items, scoring persons, testing fit, linking forms. For calibration and norming, not for one school.

from kring.core import irt
model = irt.graded_response_model(answers, categories=(1, 4))
scores = irt.abilities(answers, model)
"""

from kring.core.irt.calibration import (
    Calibration,
    GradedItem,
    ImpossibleItem,
    ImpossiblePopulation,
    ItemNotDichotomous,
    ItemTwice,
    Reason,
    graded_response_model,
    rasch_by_mml,
    stored_items,
    two_parameter_model,
)
from kring.core.irt.coding import CodeNotOffered, CodeNotWhole, ItemWithoutColumn, TooManyCategories
from kring.core.irt.item_fit import DependentPair, ItemFit, ItemFits, LocalDependence, item_fits, local_dependence
from kring.core.irt.linking import Anchor, AnchoredCalibration, Linking, fixed_anchor_calibration, stocking_lord
from kring.core.irt.model_fit import ModelFit, NoFit, model_fit
from kring.core.irt.partial_credit import (
    PartialCreditAbilities,
    PartialCreditItem,
    PartialCreditModel,
    partial_credit_abilities,
    partial_credit_model,
    rasch_by_cml,
)
from kring.core.irt.persons import (
    Abilities,
    AbilityUnknown,
    Information,
    NothingCalibrated,
    SumScoreAbilities,
    abilities,
    item_information,
    sum_score_abilities,
)
from kring.core.irt.rasch_fit import (
    AndersenTest,
    NoAndersenTest,
    PartialCreditItemFit,
    PartialCreditItemFits,
    andersen_test,
    partial_credit_item_fits,
)

__all__ = [
    "Abilities",
    "AbilityUnknown",
    "Anchor",
    "AnchoredCalibration",
    "AndersenTest",
    "Calibration",
    "CodeNotOffered",
    "CodeNotWhole",
    "DependentPair",
    "GradedItem",
    "ImpossibleItem",
    "ImpossiblePopulation",
    "Information",
    "ItemFit",
    "ItemFits",
    "ItemNotDichotomous",
    "ItemTwice",
    "ItemWithoutColumn",
    "Linking",
    "LocalDependence",
    "ModelFit",
    "NoAndersenTest",
    "NoFit",
    "NothingCalibrated",
    "PartialCreditAbilities",
    "PartialCreditItem",
    "PartialCreditItemFit",
    "PartialCreditItemFits",
    "PartialCreditModel",
    "Reason",
    "SumScoreAbilities",
    "TooManyCategories",
    "abilities",
    "andersen_test",
    "fixed_anchor_calibration",
    "graded_response_model",
    "item_fits",
    "item_information",
    "local_dependence",
    "model_fit",
    "partial_credit_abilities",
    "partial_credit_item_fits",
    "partial_credit_model",
    "rasch_by_cml",
    "rasch_by_mml",
    "stocking_lord",
    "stored_items",
    "sum_score_abilities",
    "two_parameter_model",
]
