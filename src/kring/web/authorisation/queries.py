"""Who has which role at this moment: what the table looks like with people in it."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.core.access import FAMILY, Role, Verb
from kring.documents.spreadsheets import Table
from kring.web.access import may
from kring.web.access_words import ROLES
from kring.web.schools.models import Membership, live


def roles_held(actor: Membership, *, at: datetime) -> Table:
    """Staff and partners with their roles and the moments from and until which they hold; pupils and guardians are left out."""
    held = may(actor, Membership, Verb.READ, at=at).filter(live(at)).exclude(role__in=[role.value for role in FAMILY])
    rows = [(str(one.person), str(ROLES[Role(one.role)]), _local(one.from_at), _local(one.until_at)) for one in _by_name(held)]
    return Table(_("Wie heeft welke rol"), (_("Naam"), _("Rol"), _("Van"), _("Tot")), rows)


def _by_name(held: QuerySet[Membership]) -> QuerySet[Membership]:
    return held.select_related("person").order_by("person__family_name", "person__given_name", "role")


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None
