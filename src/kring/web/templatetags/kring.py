"""For templates, after `{% load kring %}`:

{{ round.closes_on|day }}, |full_day, |weekday, |month, {{ made_at|clock }}, |moment, {{ day|iso }} for an address,
{{ role.until_at|last_day|full_day }}, {{ score|number }}, {{ done|share:asked }}, {{ minutes|duration }},
{{ group|called:school }}, {{ problem.message|spoken }}, {{ hat.role|role }}, {{ round.title|dutch }}.
"""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from kring.core.access import Role
from kring.documents.figures import percent
from kring.web.access_words import ROLES
from kring.web.days import (
    iso_day,
    last_day,
    spoken_clock,
    spoken_day,
    spoken_duration,
    spoken_full_day,
    spoken_moment,
    spoken_month,
    spoken_number,
    spoken_weekday,
)
from kring.web.schools.naming import group_label
from kring.web.wording import spoken

register = template.Library()
register.filter("day", spoken_day)
register.filter("full_day", spoken_full_day)
register.filter("weekday", spoken_weekday)
register.filter("clock", spoken_clock)
register.filter("moment", spoken_moment)
register.filter("iso", iso_day)
register.filter("month", spoken_month)
register.filter("last_day", last_day)
register.filter("number", spoken_number)
register.filter("whole", lambda value: spoken_number(round(value)))
register.filter("duration", spoken_duration)
register.filter("share", lambda part, whole: percent(part / whole))
register.filter("called", group_label)
register.filter("spoken", spoken)
register.filter("role", lambda role: str(ROLES[Role(role)]))


@register.filter
def dutch(text: object) -> str:
    """A name that stays Dutch on a page in another language, of a round or a scale: so that it is read aloud as Dutch."""
    return str(text) if get_language() in {None, "nl"} else format_html('<span lang="nl">{}</span>', text)
