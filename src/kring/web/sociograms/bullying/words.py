"""How often somebody is bullied, in the words of the page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.sociometry import Frequency

OFTEN_WORDS: Mapping[Frequency, Promise] = {
    Frequency.NEVER: _("nooit"),
    Frequency.ONCE_OR_TWICE: _("een of twee keer"),
    Frequency.TWO_OR_THREE_TIMES: _("twee of drie keer"),
    Frequency.WEEKLY: _("elke week"),
    Frequency.SEVERAL_TIMES_A_WEEK: _("meer keren per week"),
}
