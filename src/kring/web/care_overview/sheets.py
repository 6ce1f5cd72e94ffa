"""The overview as plain rows: what stands on the page."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kring.documents.spreadsheets import Table
from kring.web.care_overview.queries import Line


def table(found: Iterable[Line]) -> Table:
    """What is not known stays empty."""
    columns = (_("Over"), _("Groep"), _("Soort"), _("Wat"), _("Stand"), _("Dag"), _("Te laat"))
    rows = [
        (one.whom, one.group_name, str(one.kind.title), one.due.what, one.due.state, one.due.day, _("ja") if one.due.is_late else _("nee"))
        for one in found
    ]
    return Table(_("Zorgoverzicht"), columns, rows)
