"""What a list of one's own can begin with: nothing, a list of the library, or the shell of a publisher's list."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from kring.core.school_types import SchoolType, suits
from kring.core.sketches import Sketch
from kring.library import entries
from kring.library.sketch_file import sketch_of
from kring.web.instruments.queries import library_entry
from kring.web.instruments.words import VALIDITY_NOTE
from kring.web.instruments.writing.answer_sets import SETS, AnswerSet
from kring.web.schools.models import School

EMPTY = "empty"


def bases(school: School) -> dict[str, str]:
    """By what the form sends: what it says."""
    newest = {one.instrument.key: one.instrument for one in entries() if one.instrument.items and one.may_redistribute_text}
    fitting = [one for one in newest.values() if suits(SchoolType(school.type), one.year_levels)]
    fitting.sort(key=lambda one: one.title)
    return {EMPTY: _("Leeg"), **{f"{one.key}-{one.version}": _("Een kopie van: %(title)s") % {"title": one.title} for one in fitting}}


def begun_with(basis: str, *, title: str, school: School, on: date) -> tuple[Sketch, str]:
    """The first draft, and the shell that it fills in."""
    entry = library_entry(basis)
    note = str(VALIDITY_NOTE) % {"school": school.name}
    if entry is None:
        empty = Sketch(key="", title=title, options=SETS[AnswerSet.HOW_TRUE], validity_note=note, attribution=school.name)
        return replace(empty, verified_on=on.isoformat()), ""
    one = entry.instrument
    copied = replace(
        sketch_of(entry),
        title=title,
        attribution=_("naar %(maker)s, gewijzigd door %(school)s") % {"maker": one.attribution, "school": school.name},
        licence_source=_("naar “%(title)s”, versie %(version)s, gewijzigd") % {"title": one.title, "version": one.version},
        validity_note=note,
        verified_on=on.isoformat(),
    )
    return copied, ""
