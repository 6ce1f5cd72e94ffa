"""What differs between two versions of a support plan, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kring.web.days import spoken_full_day
from kring.web.templatetags.opp import TEXTS, help_words, text_words

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A part as it was in two versions."""

    heading: str
    before: str
    after: str


def read_part(name: str, before: Body, after: Body) -> Difference:
    """One of `core.development_plans.changed_parts`."""
    return Difference(str(TEXTS[name]), _said(name, before), _said(name, after))


def _said(name: str, body: Body) -> str:
    if name == "goals":
        return "\n".join(_goal(one) for one in body["goals"])
    if name == "days":
        return ", ".join(spoken_full_day(date.fromisoformat(day)) for day in body["days"])
    return text_words(name, str(body["texts"].get(name, "")))


def _goal(goal: Mapping[str, Any]) -> str:
    """A goal with its day and its help, as one text."""
    day = _("uiterlijk %(day)s") % {"day": spoken_full_day(date.fromisoformat(goal["by_on"]))} if goal["by_on"] else ""
    return "\n".join([f"{goal['text']} {f'({day})' if day else ''}".strip(), *(f"– {help_words(one)}" for one in goal["help"])])
