"""The answers that most lists have, ready to choose, and answers in words of one's own."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.instruments import Option


class AnswerSet(StrEnum):
    """A set by name."""

    HOW_OFTEN = "how_often"
    HOW_TRUE = "how_true"
    FACES = "faces"
    NUMBERS = "numbers"
    OWN = "own"


def _row(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(code, label) for code, label in enumerate(labels, start=1))


# What somebody answers stands in the list itself, in its own language; so these are not translated.
SETS: Mapping[AnswerSet, tuple[Option, ...]] = {
    AnswerSet.HOW_OFTEN: _row("nooit", "soms", "vaak", "altijd"),
    AnswerSet.HOW_TRUE: _row("klopt niet", "klopt een beetje", "klopt meestal", "klopt"),
    AnswerSet.FACES: (Option(1, "nee", "sip"), Option(2, "soms", "middel"), Option(3, "ja", "blij")),
    AnswerSet.NUMBERS: tuple(Option(code, {0: "0, helemaal niet", 10: "10, helemaal"}.get(code, str(code))) for code in range(11)),
}
PICTURES: Mapping[AnswerSet, str] = {AnswerSet.FACES: "gezichten-3"}
LABELS: Mapping[AnswerSet, Promise] = {
    AnswerSet.HOW_OFTEN: _("Nooit, soms, vaak, altijd"),
    AnswerSet.HOW_TRUE: _("Klopt niet, klopt een beetje, klopt meestal, klopt"),
    AnswerSet.FACES: _("Drie gezichten: nee, soms, ja"),
    AnswerSet.NUMBERS: _("Een getal van 0 tot en met 10"),
    AnswerSet.OWN: _("Eigen woorden"),
}


def set_of(options: tuple[Option, ...]) -> AnswerSet:
    """The set that these answers are."""
    return next((name for name, known in SETS.items() if known == options), AnswerSet.OWN)


def lines_of(options: Sequence[Option]) -> str:
    """One answer on a line."""
    return "\n".join(option.label for option in options)


def options_from(labels: Sequence[str], before: tuple[Option, ...]) -> tuple[Option, ...]:
    """Answers out of their words, from the least to the most; as many as there were keep their codes and pictures.

    >>> options_from(["nee", "ja"], (Option(0, "niet"), Option(1, "wel")))
    (Option(code=0, label='nee', picture=''), Option(code=1, label='ja', picture=''))
    """
    if len(labels) == len(before):
        return tuple(Option(was.code, label, was.picture) for was, label in zip(before, labels, strict=True))
    return _row(*labels)
