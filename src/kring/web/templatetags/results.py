"""For templates about results, after `{% load results %}`:

{{ reading|spoken_reading }} are question and answer, {{ chosen|direction_title }}, {{ entry|done_with }}, {{ entry|evidence_words }},
{{ reason|missing_words }}.
"""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kring.core.answers import Missing
from kring.documents.words import missing_word
from kring.library import DirectionText, Evidence, With, direction, instrument, translation
from kring.web.models import CriticalReading, Direction

register = template.Library()
FORM = ("kring-vier-vragen", 1)
WITH: Mapping[With, Promise] = {
    With.CLASS: _("met de hele klas"),
    With.SMALL_GROUP: _("in een kleine groep"),
    With.PUPIL: _("met één leerling"),
}
EVIDENCE: Mapping[Evidence, Promise] = {
    Evidence.STUDIED: _("onderzocht"),
    Evidence.PLAUSIBLE: _("aannemelijk, weinig onderzocht"),
    Evidence.PRACTICE: _("ervaring uit de praktijk"),
}


@register.filter
def spoken_reading(reading: CriticalReading) -> list[tuple[str, str]]:
    """Every question that was answered, in the order of the form."""
    language = (get_language() or "nl").partition("-")[0]
    found = None if language == "nl" else translation(*FORM, language)
    asked = found.instrument if found else instrument(*FORM)
    words = {(item.key, option.code): option.label for item in asked.items for option in item.options}
    said = {key: words.get((key, code), str(code)) for key, code in reading.answers.items()} | reading.texts
    return [(item.text, said[item.key]) for item in asked.items if item.key in said]


@register.filter
def direction_title(chosen: Direction) -> str:
    """What the entry was called when somebody chose it."""
    found = direction(chosen.entry, chosen.entry_version)
    return found.title if found else chosen.entry


@register.filter
def done_with(entry: DirectionText) -> str:
    """With whom it is done."""
    return ", ".join(str(WITH[one]) for one in entry.levels)


@register.filter
def evidence_words(entry: DirectionText) -> str:
    """How it is known to help."""
    return str(EVIDENCE[entry.evidence])


@register.filter
def missing_words(reason: Missing) -> str:
    """Why there is no answer."""
    return missing_word(reason)
