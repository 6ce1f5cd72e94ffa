"""The list as plain rows: the same facts as on the page, both channels beside each other."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kring.documents.spreadsheets import Table
from kring.web.attention.queries import Entry, Side


def table(found: Iterable[Entry]) -> Table:
    """A pupil in every row; what is not known stays empty."""
    columns = (
        *(_("Leerling"), _("Groep"), _("Naar binnen: punten"), _("Naar binnen: niveau"), _("Naar binnen: waardoor")),
        *(_("Naar buiten: punten"), _("Naar buiten: niveau"), _("Naar buiten: waardoor"), _("Laatst besproken"), _("Laatst gezien")),
    )
    rows = [
        (str(one.pupil), one.group.name if one.group else "", *_cells(one.inward), *_cells(one.outward), one.discussed_on, one.heard_on)
        for one in found
    ]
    return Table(_("Aandachtslijst"), columns, rows)


def _cells(side: Side) -> tuple[int | None, str, str]:
    return side.points, str(side.word), "; ".join(f"{line.source}: {line.found} ({line.points})" for line in side.lines)
