"""The years of school of a list, in the words of the school."""

from django.utils.translation import gettext as _

from kring.core.instruments import Instrument
from kring.core.school_types import LEVELS, SECONDARY, SchoolType, year_of_school


def years_label(one: Instrument, school_type: SchoolType) -> str:
    """Groep 5 tot en met 8, leerjaar 1; nothing for a list that is not about pupils of some years."""
    if one.year_levels is None:
        return ""
    first, last = one.year_levels
    levels = [level for level in LEVELS[school_type] if first <= year_of_school(school_type, level) <= last]
    facts = {"first": levels[0], "last": levels[-1]}
    if len(levels) == 1:
        return (_("leerjaar %(first)s") if school_type in SECONDARY else _("groep %(first)s")) % facts
    if levels[-1] == levels[0] + 1:
        return (_("leerjaar %(first)s en %(last)s") if school_type in SECONDARY else _("groep %(first)s en %(last)s")) % facts
    words = _("leerjaar %(first)s tot en met %(last)s") if school_type in SECONDARY else _("groep %(first)s tot en met %(last)s")
    return words % facts
