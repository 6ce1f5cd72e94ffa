"""The words of an instrument: closed lists that a content file chooses from."""

from enum import StrEnum


class Level(StrEnum):
    """What a score is about; each level has its own cut-offs, because averages differ less than pupils do."""

    PUPIL = "pupil"
    GROUP = "group"
    SCHOOL = "school"


class Informant(StrEnum):
    """Who fills in the list."""

    TEACHER = "teacher"
    PUPIL = "pupil"
    GUARDIAN = "guardian"
    STAFF = "staff"  # everybody who works at the school, about the school or about oneself; a teacher answers about a pupil


class Family(StrEnum):
    """The part of social and emotional life a scale belongs to; decides its place and colour on the page."""

    EMOTION = "emotion"
    BEHAVIOUR = "behaviour"
    WELLBEING = "wellbeing"
    SOCIAL = "social"
    CLIMATE = "climate"


class CutKind(StrEnum):
    """On which ruler a cut-off lies: points of the scale mean, percentile in the favourable direction, percent of the maximum possible."""

    RAW = "raw"
    PERCENTILE = "percentile"
    POMP = "pomp"


class QuestionKind(StrEnum):
    """What a sociogram question asks: name classmates, rate each, guess who chooses me, who plays a part; and of being bullied how often,
    by whom, and who helps."""

    NOMINATE = "nominate"
    RATE = "rate"
    PERCEIVE = "perceive"
    ROLE = "role"
    FREQUENCY = "frequency"
    BULLIED_BY = "bullied_by"
    HELPED_BY = "helped_by"


class About(StrEnum):
    """Whom the answers are about."""

    PUPIL = "pupil"
    GROUP = "group"
    SCHOOL = "school"


class AnswerKind(StrEnum):
    """How an item is answered."""

    CHOICE = "choice"  # one of the options
    NUMBER = "number"  # one of a row of numbers, of which the ends have words
    TEXT = "text"  # in one's own words: kept apart, never scored


class NoAnswer(StrEnum):
    """What may be said instead of an answer, besides skipping, which is always allowed."""

    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"


class Competence(StrEnum):
    """The five that every scale, goal and lesson maps to: two emotional, two social, one moral (R248)."""

    SELF_AWARENESS = "self_awareness"
    SELF_MANAGEMENT = "self_management"
    SOCIAL_AWARENESS = "social_awareness"
    RELATIONSHIPS = "relationships"
    CHOICES = "choices"


class Season(StrEnum):
    """When in the school year a list is usually asked."""

    AUTUMN = "autumn"
    SPRING = "spring"
