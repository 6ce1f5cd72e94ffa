"""A list as it was handed in, to read back: each question with the answer in the words in which it was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.instruments import Instrument, Item

REASONS: Mapping[str, Promise] = {"dont_know": _("weet ik niet"), "not_applicable": _("niet van toepassing")}
SKIPPED = _("overgeslagen")


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """A question and what was answered; `is_given` is false of what was skipped."""

    text: str
    answer: str | Promise
    is_given: bool = True


def sent_answers(instrument: Instrument, answers: Mapping[str, Any], texts: Mapping[str, str]) -> list[SentAnswer]:
    """In the order in which they were asked."""
    return [_answer(item, texts.get(item.key, "") if item.is_open else answers.get(item.key)) for item in instrument.items]


def _answer(item: Item, value: Any) -> SentAnswer:
    if value is None or value == "":
        return SentAnswer(item.text, SKIPPED, is_given=False)
    if isinstance(value, str):
        return SentAnswer(item.text, value if item.is_open else REASONS.get(value, value))
    return SentAnswer(item.text, next((one.label for one in item.options if one.code == value), str(value)))
