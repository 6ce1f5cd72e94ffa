"""After a prompt about illness: the steps of M@ZL (meer aandacht voor ziekgemelde leerlingen), each with a day and who sees to it.

The programme is for secondary schools; its values are settings of the school (core/absences). What a pupil has, stays with the school
doctor: the school hears advice, and only with consent. Source: domain/law-and-standards.md 6; the words are ours.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kring.core.absences import Rule
from kring.core.errors import BrokenRule

LEAST: Final = 10
FOR_RULES: Final = frozenset({Rule.SICK_REPORTS, Rule.SICK_IN_A_ROW})
"""The prompts that ask for these steps: the others are about being late or away without leave."""


class Step(StrEnum):
    """In this order, though a school may begin anywhere."""

    TALK = "talk"
    YOUTH_HEALTH = "youth_health"
    AGREEMENTS = "agreements"
    CHECK = "check"


@dataclass(eq=False, kw_only=True)
class AbsencePlannedInPast(BrokenRule):
    """What is planned, is planned for today or later."""


@dataclass(eq=False, kw_only=True)
class AbsenceStepDone(BrokenRule):
    """A step is done once."""


@dataclass(eq=False, kw_only=True)
class AbsenceStepToCome(BrokenRule):
    """What was done, was so already."""


@dataclass(eq=False, kw_only=True)
class AbsenceOutcomeMissing(BrokenRule):
    """Of a step that was done one writes what came of it."""

    least: int = LEAST


def asks_for_steps(rule: Rule) -> bool:
    """Whether this prompt is followed by the steps.

    >>> asks_for_steps(Rule.SICK_REPORTS), asks_for_steps(Rule.LATE)
    (True, False)
    """
    return rule in FOR_RULES


def check_planned(due_on: date, *, on: date) -> None:
    """Raises AbsencePlannedInPast."""
    if due_on < on:
        raise AbsencePlannedInPast


def check_done(done_on: date, outcome: str, *, on: date, done_before: date | None) -> None:
    """Raises AbsenceStepDone, AbsenceStepToCome, AbsenceOutcomeMissing."""
    if done_before is not None:
        raise AbsenceStepDone
    if done_on > on:
        raise AbsenceStepToCome
    if len(outcome.strip()) < LEAST:
        raise AbsenceOutcomeMissing
