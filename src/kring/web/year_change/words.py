"""The words of the change of the school year."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.year_change import Reason

REASONS: Mapping[str, Promise] = {
    Reason.FINISHED.value: _("klaar op deze school"),
    Reason.MOVED.value: _("verhuizing"),
    Reason.OTHER_SCHOOL.value: _("naar een andere school"),
    Reason.SPECIAL_SCHOOL.value: _("naar het speciaal onderwijs"),
    Reason.OTHER.value: _("iets anders"),
}
