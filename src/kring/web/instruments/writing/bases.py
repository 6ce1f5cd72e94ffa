"""What a list of one's own can begin with: nothing, a list of the library, or the shell of a publisher's list."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from kring.core.instruments import Instrument
from kring.core.school_types import SchoolType, suits
from kring.core.sketches import Sketch
from kring.library import entries
from kring.library.sketch_file import sketch_of, sketch_of_shell
from kring.web.instruments.queries import SHELL, library_entry, shell_at
from kring.web.instruments.words import VALIDITY_NOTE, VALIDITY_NOTE_OF_OTHERS
from kring.web.instruments.writing.answer_sets import SETS, AnswerSet
from kring.web.schools.models import School

EMPTY = "empty"


def bases(school: School, *, also: str = "") -> dict[str, str]:
    """By what the form sends: what it says. `also` is a list of the library that somebody came from, perhaps in an older version."""
    copied = [one.instrument for one in entries() if one.instrument.items and one.may_redistribute_text]
    newest = {one.key: one for one in copied if suits(SchoolType(school.type), one.year_levels)}
    fitting = {_mark(one): one for one in (*newest.values(), *(one for one in copied if _mark(one) == also))}
    named = sorted(fitting.items(), key=lambda pair: pair[1].title)
    shell = shell_at(also.removeprefix(SHELL)) if also.startswith(SHELL) else None
    filled = {also: _("Zelf invullen, met uw licentie: %(title)s") % {"title": shell.title}} if shell and shell.fillable else {}
    return {**filled, EMPTY: _("Leeg"), **{mark: _copy_of(one) for mark, one in named}}


def _mark(one: Instrument) -> str:
    return f"{one.key}-{one.version}"


def _copy_of(one: Instrument) -> str:
    return _("Een kopie van: %(title)s, versie %(version)s") % {"title": one.title, "version": one.version}


def begun_with(basis: str, *, title: str, school: School, on: date) -> tuple[Sketch, str]:
    """The first draft, and the shell that it fills in."""
    if basis.startswith(SHELL):
        return _filling(basis.removeprefix(SHELL), title=title)
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


def _filling(mark: str, *, title: str) -> tuple[Sketch, str]:
    shell = shell_at(mark)
    assert shell is not None  # the form offered it
    return replace(sketch_of_shell(shell), title=title, validity_note=str(VALIDITY_NOTE_OF_OTHERS) % {"owner": shell.owner}), mark
