"""The points of each row, and the line for the class."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.attention.school_tables import HIGHEST_LINE, LOWEST_LINE, OFF
from kring.core.attention.table import MOST_POINTS
from kring.core.provenance import fingerprint
from kring.web.attention.models import AttentionTable
from kring.web.attention.tables.queries import RowLine, line_now, row_lines

POINTS = ((OFF, _("telt niet mee")), *((str(points), str(points)) for points in range(1, MOST_POINTS + 1)))


class TableForm(forms.Form):
    """A choice for every row. `seen` says of which choices the consequences were shown."""

    class_line = forms.IntegerField(
        label=_("Vanaf welk deel van een klas gaat de klas voor? (procent)"),
        help_text=_("Zijn er meer leerlingen om te bespreken dan dit deel, dan stelt Kring eerst iets met de hele klas voor."),
        min_value=LOWEST_LINE,
        max_value=HIGHEST_LINE,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: AttentionTable | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.now = row_lines(), now
        standing = now.changes if now else {}
        for line in self.lines:
            label = f"{line.source}: {line.what}"
            self.fields[line.row.id] = forms.ChoiceField(label=label, choices=POINTS)
            self.initial[line.row.id] = str(standing.get(line.row.id, line.row.points))
        self.initial["class_line"] = line_now(now)

    def channels(self) -> list[tuple[Any, list[tuple[RowLine, forms.BoundField]]]]:
        """The rows of each channel with their fields."""
        names = list(dict.fromkeys(line.channel for line in self.lines))
        return [(name, [(line, self[line.row.id]) for line in self.lines if line.channel == name]) for name in names]

    def changes(self) -> dict[str, int | str]:
        """What differs from the table as Kring brings it."""
        given = {line.row: self.cleaned_data[line.row.id] for line in self.lines}
        return {row.id: said if said == OFF else int(said) for row, said in given.items() if said != str(row.points)}

    def mark(self) -> str:
        """Of these very choices."""
        return fingerprint((sorted((key, str(said)) for key, said in self.changes().items()), self.cleaned_data["class_line"]))
