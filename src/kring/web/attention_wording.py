"""The sentences of rules about the table of points. See wording.py."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OF_ATTENTION: Mapping[str, object] = {
    "RowPointsOutOfBounds": _("Een rij geeft 0 tot en met %(most)s punten. Er is niets bewaard."),
    "ClassLineOutOfBounds": _("Kies een percentage van %(low)s tot en met %(high)s. Er is niets bewaard."),
    "NothingCounts": _("Zo telt er aan één kant niets meer, en ziet u daar niemand. Laat in elk kanaal iets meetellen."),
    "TableUnchanged": _("Er is niets anders dan nu. Verander eerst iets."),
    "PreviewMissing": _("Bekijk eerst wat er verandert. Daarna kunt u de tabel in gebruik nemen."),
    "TableDuringRound": _("Er loopt nog een afname (%(rounds)s). Sluit die eerst af; tot dan blijft de tabel zoals hij is."),
}
