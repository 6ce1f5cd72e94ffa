"""What a list of one's own can begin with: nothing, a list of the library, or the shell of a publisher's list."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from kring.core.instruments import Instrument
from kring.core.school_types import SchoolType, suits
from kring.core.sketches import Sketch
from kring.library import entries
from kring.library.sketch_file import sketch_of
from kring.web.instruments.queries import library_entry
from kring.web.instruments.words import VALIDITY_NOTE
from kring.web.instruments.writing.answer_sets import SETS, AnswerSet
from kring.web.schools.models import School

EMPTY = "empty"


def bases(school: School, *, also: str = "") -> dict[str, str]:
    """By what the form sends: what it says. `also` is a list of the library that somebody came from, perhaps in an older version."""
    copied = [one.instrument for one in entries() if one.instrument.items and one.may_redistribute_text]
    newest = {one.key: one for one in copied if suits(SchoolType(school.type), one.year_levels)}
    fitting = {_mark(one): one for one in (*newest.values(), *(one for one in copied if _mark(one) == also))}
    named = sorted(fitting.items(), key=lambda pair: pair[1].title)
    return {EMPTY: _("Leeg"), **{mark: _copy_of(one) for mark, one in named}}


def _mark(one: Instrument) -> str:
    return f"{one.key}-{one.version}"


def _copy_of(one: Instrument) -> str:
    return _("Een kopie van: %(title)s, versie %(version)s") % {"title": one.title, "version": one.version}


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
