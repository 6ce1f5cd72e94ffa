"""Pages that stand alone: one file with everything in it, no script, nothing fetched."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kring.documents.figures import day
from kring.documents.motif import motif
from kring.documents.reports import GroupReport, PupilReport
from kring.documents.school import SchoolReport

FONTS = Path(__file__).with_name("fonts")

Report = GroupReport | PupilReport | SchoolReport


def group_html(report: GroupReport) -> str:
    return _page(report, "documents/group_body.html")


def pupil_html(report: PupilReport) -> str:
    return _page(report, "documents/pupil_body.html")


def language() -> str:
    """The language of the texts: Dutch, or that of the translation."""
    return pgettext("de taalcode van deze vertaling", "nl")


def kind_of(report: Report) -> str:
    if isinstance(report, SchoolReport):
        return _("Schoolrapport")
    return _("Groepsrapport") if isinstance(report, GroupReport) else _("Leerlingrapport")


def promise_of(report: Report) -> str:
    """Who may see it, at the foot of every page."""
    if isinstance(report, SchoolReport):
        return _("Cijfers van de school als geheel. Er staat geen leerling in, en niets over een paar leerlingen.")
    if isinstance(report, GroupReport):
        return _("Voor het team van deze groep. Bevat gegevens over kinderen: niet doorsturen, niet laten liggen, niet op het bord.")
    return _("Voor het team van deze leerling. Bespreek het met de leerling en de ouders, begin bij wat goed gaat.")


def facts_of(report: Report) -> list[str]:
    """The line below the title."""
    of_group = report.group if isinstance(report, PupilReport) else ""
    made = _("gemaakt op %(day)s") % {"day": day(report.made_on)}
    return [fact for fact in (report.school, of_group, report.period, made) if fact]


def _page(report: GroupReport | PupilReport, body: str) -> str:
    context = {
        "report": report,
        "body": body,
        "language": language(),
        "kind": kind_of(report),
        "heading": f"{report.title} · {kind_of(report)}",
        "facts": facts_of(report),
        "promise": promise_of(report),
        "motif": motif().svg,
        "fonts": _fonts(),
    }
    return render_to_string("documents/report.html", context)


@cache
def _fonts() -> Mapping[str, str]:
    return {f"{part.replace('-', '_')}_{weight}": _font(part, weight) for part in ("latin", "latin-ext") for weight in (400, 700)}


def _font(part: str, weight: int) -> str:
    return b64encode((FONTS / f"atkinson-hyperlegible-next-{part}-{weight}-normal.woff2").read_bytes()).decode()
