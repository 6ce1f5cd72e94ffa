"""Instruments: items, scales and sociogram questions, as frozen values that refuse to be wrong.

An instrument is data. Everything here is checked when it is made, so whoever scores, draws or prints need not check again.
"""

from kring.core.instruments.instrument import Comparable, Instrument, Rhythm
from kring.core.instruments.items import Item, Option
from kring.core.instruments.joining import joins, trend_of
from kring.core.instruments.questions import Question
from kring.core.instruments.refusals import (
    AnswersMissing,
    ComparedWithItself,
    ComparesUnknownScale,
    CutOutsideRange,
    CutsInWrongOrder,
    ItemInTwoScales,
    KeyTwice,
    LicenceMissing,
    NobodyItIsAbout,
    NotASign,
    NothingToAsk,
    NotWithoutNames,
    NumberOutsideBounds,
    NumbersNotInARow,
    ScaleCountsOpenItem,
    ScaleNamesUnknownItem,
    ScaleWithoutItems,
    TextMissing,
    TooFewOptions,
    UnknownScale,
)
from kring.core.instruments.scales import Cuts, Scale, ScaledItem
from kring.core.instruments.words import (
    About,
    AnswerKind,
    Competence,
    CutKind,
    Family,
    Informant,
    Level,
    NoAnswer,
    QuestionKind,
    Season,
)

__all__ = [
    "About",
    "AnswerKind",
    "AnswersMissing",
    "Comparable",
    "ComparedWithItself",
    "ComparesUnknownScale",
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
    "NoAnswer",
    "NobodyItIsAbout",
    "NotASign",
    "NotWithoutNames",
    "NothingToAsk",
    "NumberOutsideBounds",
    "NumbersNotInARow",
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
    "joins",
    "trend_of",
]
