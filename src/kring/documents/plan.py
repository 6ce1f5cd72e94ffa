"""A plan, a signal or a talk as a tagged PDF: headings with what stands under them, and a picture with its table. It knows no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kring.documents.charts.canvas import Chart
from kring.documents.motif import motif
from kring.documents.pages import language
from kring.documents.paper import Data, typeset
from kring.documents.printable import printable


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A heading, who it is about, paragraphs, and lines with a name before them; what is empty is not printed."""

    heading: str
    lines: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    is_main: bool = False
    chart: Chart | None = None
    grid: tuple[tuple[str, ...], ...] = ()  # what the picture shows, in figures; the first row heads the columns


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """What stands on the paper."""

    title: str
    school: str
    facts: tuple[str, ...]
    parts: tuple[PlanPart, ...]
    made_on: date
    foot: str


def plan_pdf(plan: PlanPaper) -> bytes:
    """Some A4 pages, standing."""
    data: Data = {
        "title": printable(plan.title),
        "author": printable(plan.school or "Kring"),
        "language": language(),
        "facts": [printable(fact) for fact in (plan.school, *plan.facts) if fact],
        "motif": motif().paper,
        "foot": printable(plan.foot),
        "parts": [_part(part) for part in plan.parts],
    }
    return typeset("plan", data, on=plan.made_on)


def _part(part: PlanPart) -> Data:
    lines = [line for text in part.lines for line in text.splitlines() if line.strip()]
    return {
        "heading": printable(part.heading),
        "main": part.is_main,
        "names": printable(", ".join(part.names)),
        "lines": [printable(line) for line in lines],
        "chart": [{"svg": printable(part.chart.paper), "alt": printable(part.chart.alternative)}] if part.chart else [],
        "grid": [[printable(cell) for cell in row] for row in part.grid],
        "pairs": [{"name": printable(name), "text": printable(text)} for name, text in part.pairs if text],
    }
