"""How good the list of whom to look at is, for the coordinator: a page, and the same to take along."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Verb
from kring.documents.spreadsheets import Table, csv_for_machines, xlsx
from kring.web.attention.figures.queries import list_figures
from kring.web.attention.figures.words import figures_table, lead_words, portion_words
from kring.web.attention.words import CHANNELS
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, guard

WHO = frozenset({Role.COORDINATOR})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@guard(Record.PUPIL_ATTENTION, Verb.READ, roles=WHO)
def attention_quality(request: SchoolRequest) -> HttpResponse:
    """Found, missed, how soon, and whether for everybody alike."""
    found = list_figures(request.actor, at=timezone.now())
    page = {
        "found": found,
        "recall": portion_words(found.lists.recall),
        "lead": lead_words(found.lists.lead),
        "signals": [
            (CHANNELS[channel] if channel else _("Samen"), one, portion_words(one.precision), portion_words(one.new))
            for channel, one in found.signals
        ],
        "fairness": [
            (
                table,
                [
                    (name, *map(portion_words, (shown, rates.true_positive_rate, rates.predictive_value)))
                    for name, rates, shown in table.rows
                ],
            )
            for table in found.fairness
        ],
    }
    return render(request, "attention/quality.html", page)


@require_safe
@guard(Record.PUPIL_ATTENTION, Verb.READ, roles=WHO)
def attention_quality_xlsx(request: SchoolRequest) -> HttpResponse:
    """The same figures, for people."""
    return _taken(request, xlsx, _("aandachtslijst-cijfers.xlsx"), XLSX)


@require_safe
@guard(Record.PUPIL_ATTENTION, Verb.READ, roles=WHO)
def attention_quality_csv(request: SchoolRequest) -> HttpResponse:
    """The same figures, for machines."""
    return _taken(request, csv_for_machines, _("aandachtslijst-cijfers.csv"), "text/csv; charset=utf-8")


def _taken(request: SchoolRequest, written: Callable[[Table], bytes], name: str, kind: str) -> HttpResponse:
    return attachment(written(figures_table(list_figures(request.actor, at=timezone.now()))), name, kind)
