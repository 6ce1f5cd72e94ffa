"""Instruments: items, scales and sociogram questions, as frozen values that refuse to be wrong.

An instrument is data. Everything here is checked when it is made, so whoever scores, draws or prints need not check again.
"""

from kring.core.instruments.instrument import Instrument, Rhythm
from kring.core.instruments.items import Item, Option
from kring.core.instruments.questions import Question
from kring.core.instruments.refusals import (
    AnswersMissing,
    CutOutsideRange,
    CutsInWrongOrder,
    ItemInTwoScales,
    KeyTwice,
    LicenceMissing,
    NobodyItIsAbout,
    NotASign,
    NothingToAsk,
    NumberOutsideBounds,
    ScaleCountsOpenItem,
    ScaleNamesUnknownItem,
    ScaleWithoutItems,
    TextMissing,
    TooFewOptions,
    UnknownScale,
)
from kring.core.instruments.scales import Cuts, Scale, ScaledItem
from kring.core.instruments.words import About, AnswerKind, Competence, CutKind, Family, Informant, Level, QuestionKind, Season

__all__ = [
    "About",
    "AnswerKind",
    "AnswersMissing",
    "Competence",
    "CutKind",
    "CutOutsideRange",
    "Cuts",
    "CutsInWrongOrder",
    "Family",
    "Informant",
    "Instrument",
    "Item",
    "ItemInTwoScales",
    "KeyTwice",
    "Level",
    "LicenceMissing",
    "NobodyItIsAbout",
    "NotASign",
    "NothingToAsk",
    "NumberOutsideBounds",
    "Option",
    "Question",
    "QuestionKind",
    "Rhythm",
    "Scale",
    "ScaleCountsOpenItem",
    "ScaleNamesUnknownItem",
    "ScaleWithoutItems",
    "ScaledItem",
    "Season",
    "TextMissing",
    "TooFewOptions",
    "UnknownScale",
]
