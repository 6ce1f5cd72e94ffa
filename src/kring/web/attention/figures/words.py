"""Figures as one says them: a share with what it may as well be, or that there are too few to say anything."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kring.core.list_quality import LeadTime
from kring.core.rule_quality import Portion
from kring.documents.spreadsheets import Plain, Table
from kring.web.attention.figures.queries import ListFigures
from kring.web.attention.words import CHANNELS
from kring.web.days import spoken_number


def portion_words(found: Portion) -> str:
    """With its interval; of fewer than twenty not even how many."""
    if found.share is None or found.interval is None:
        return _("te weinig om iets te zeggen")
    parts = {"percent": round(100 * found.share), "low": round(100 * found.interval.low), "high": round(100 * found.interval.high)}
    return _("%(percent)s procent (waarschijnlijk tussen %(low)s en %(high)s)") % parts


def lead_words(found: LeadTime) -> str:
    """In days."""
    if found.median is None:
        return _("te weinig om iets te zeggen")
    parts = {"median": spoken_number(found.median), "low": found.low, "high": found.high}
    return _("%(median)s dagen (waarschijnlijk tussen %(low)s en %(high)s)") % parts


def figures_table(found: ListFigures) -> Table:
    """The same figures to take along; what is of too few stays empty."""
    columns = (_("Wat"), _("Van wie"), _("Aantal"), _("Van"), _("Procent"), _("Minstens"), _("Hoogstens"))
    return Table(_("Werkt de aandachtslijst"), columns, list(_rows(found)))


def _rows(found: ListFigures) -> Iterator[tuple[Plain, ...]]:
    for channel, one in found.signals:
        whose = str(CHANNELS[channel]) if channel else _("samen")
        yield _cells(_("signalen die klopten"), whose, one.precision)
        yield _cells(_("signalen die nieuw waren"), whose, one.new)
    yield _cells(_("eerder gezien van wie hulp kreeg"), _("samen"), found.lists.recall)
    lead = found.lists.lead
    yield (_("dagen tussen signaal en hulp, het middelste"), _("samen"), lead.median, None, None, lead.low, lead.high)
    for table in found.fairness:
        for name, rates, shown in table.rows:
            yield _cells(_("op de lijst"), name, shown)
            yield _cells(_("gezien van wie het nodig had"), name, rates.true_positive_rate)
            yield _cells(_("klopte van wie op de lijst stond"), name, rates.predictive_value)


def _cells(what: str, whose: str, found: Portion) -> tuple[Plain, ...]:
    if found.share is None or found.interval is None:
        return (what, whose, None, None, None, None, None)
    percents = (round(100 * one, 1) for one in (found.share, found.interval.low, found.interval.high))
    return (what, whose, found.count, found.of, *percents)
