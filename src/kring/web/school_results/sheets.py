"""The figures of the school as plain rows for a spreadsheet."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kring.documents.school import Mean, SchoolReport, share_cell, verdict_words, withheld_words
from kring.documents.spreadsheets import Plain, Table
from kring.documents.words import band_word


def means_table(report: SchoolReport) -> Table:
    """One line per list, area and part of the school: as they stand on the page."""
    columns = (
        *(_("Lijst"), _("Meetmoment"), _("Gebied"), _("Deel"), _("Lijsten met een score"), _("Gevraagd")),
        *(_("Gemiddelde"), _("95 % van"), _("95 % tot"), _("Kleur"), _("Waarom geen cijfer"), _("Ambitie: groen")),
    )
    return Table(_("Gemiddelden"), columns, list(_mean_rows(report)))


def _mean_rows(report: SchoolReport) -> Iterator[tuple[Plain, ...]]:
    for one in report.lists:
        for scale in one.scales:
            verdict = verdict_words(scale.verdict) if scale.is_wanted else _("geen ambitie")
            yield (one.title, one.wave, scale.title, _("hele school"), *_cells(scale.school), verdict)
            for mean in scale.years:
                yield (one.title, one.wave, scale.title, mean.name, *_cells(mean), "")
            for mean in scale.groups:
                yield (one.title, one.wave, scale.title, _("groep %(name)s") % {"name": mean.name}, *_cells(mean), "")


def _cells(found: Mean) -> tuple[Plain, ...]:
    low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
    if found.value is None:  # nor how many: of a few without names that tells as well
        return None, found.of, None, None, None, "", withheld_words(found.withheld)
    return found.n, found.of, found.value, low, high, band_word(found.band), ""


def shares_table(report: SchoolReport) -> Table | None:
    """The shares of lists without names; nothing where there are none."""
    rows: list[tuple[Plain, ...]] = [
        (one.title, one.wave, each.text, part, share_cell(band).text)
        for one in report.lists
        for each in one.shares
        for part, band in [(_("hele school"), each.school), *zip(one.years, each.years, strict=True)]
    ]
    columns = (_("Lijst"), _("Meetmoment"), _("Vraag"), _("Deel"), _("Gunstig antwoord"))
    return Table(_("Antwoorden zonder naam"), columns, rows) if rows else None
