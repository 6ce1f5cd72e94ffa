"""What stays of the questions of a sociogram when the choices are gone: words around the figures that were counted at its closing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.core.instruments import QuestionKind
from kring.documents.figures import decimal, percent
from kring.web.sociograms.models import Sociogram


@dataclass(frozen=True, slots=True)
class CountedQuestion:
    """One question, how many answered it, and what it came to for the class; nothing of that when too few answered."""

    text: str
    answered: int
    said: tuple[str, ...]


def counted_questions(row: Sociogram) -> list[CountedQuestion]:
    """In the order of the list. Of a question that says no it stands here how many answered, and no more."""
    kept = row.figures.get("questions", {})
    asked = [one for one in row.round.offered.questions if kept.get(one.key)]
    found = []
    for one in asked:
        counts = kept[one.key]
        said = () if one.is_negative else tuple(_points(counts) if one.kind is QuestionKind.RATE else _names(counts))
        found.append(CountedQuestion(one.text, counts["answered"], said))
    return found


def _names(counts: Mapping[str, float]) -> Iterator[str]:
    if "given" in counts:
        yield _("gemiddeld %(n)s namen per leerling") % {"n": decimal(counts["given"], 1)}
        named = int(counts["named"])
        yield ngettext("%(n)d leerling is genoemd", "%(n)d leerlingen zijn genoemd", named) % {"n": named}


def _points(counts: Mapping[str, float]) -> Iterator[str]:
    if "mean" in counts:
        yield _("gemiddeld %(n)s punten") % {"n": decimal(counts["mean"], 1)}
        yield _("%(share)s boven het midden") % {"share": percent(counts["above_middle"])}
