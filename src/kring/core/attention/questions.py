"""The questions that the screen asks around a signal, by key. Their wording is content."""

from enum import StrEnum


class ReadingQuestion(StrEnum):
    """With every signal, each answered for every pupil before a decision is taken."""

    RECOGNISED = "recognised"
    REASON_TO_OBSERVE = "reason-to-observe"
    SAFETY_MONITOR = "safety-monitor"
    ABSENCE = "absence"


class UnderstandingQuestion(StrEnum):
    """To understand; what goes well comes first and is required."""

    GOES_WELL = "goes-well"
    COULD_BE_BETTER = "could-be-better"
    NOT_YET_WHERE = "not-yet-where"
    ALREADY_WHERE = "already-where"
    EXPLANATIONS = "explanations"


class PreparationQuestion(StrEnum):
    """Before a talk. The interpreter is never the child."""

    AIM = "aim"
    APPROACH = "approach"
    RESULT = "result"
    WHO_ELSE = "who-else"
    PUPIL_FIRST = "pupil-first"
    POSITIVES = "positives"
    INTERPRETER = "interpreter"


class ClassQuestion(StrEnum):
    """About a class."""

    WHAT_HELPS = "what-helps"
    STRONG_PUPILS = "strong-pupils"


class ExtraSupportQuestion(StrEnum):
    """Besides, with extra support."""

    LEARNED = "learned"
    TEACHER_NEEDS = "teacher-needs"
    SCHOOL_NEEDS = "school-needs"
