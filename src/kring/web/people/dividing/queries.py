"""Who has which group at this moment."""

from collections.abc import Iterable
from datetime import datetime

from kring.class_files.lists import natural
from kring.core.access import Verb
from kring.web.access import may
from kring.web.people.teaching.queries import groups as taught
from kring.web.schools.models import Assignment, Group, Membership, live


def groups(actor: Membership, *, at: datetime) -> list[Group]:
    """The groups of the school year that runs, or of the one that begins soon when none runs."""
    found = list(taught(actor, at=at))
    first = found[0].year_id if found else None
    return sorted((group for group in found if group.year_id == first), key=lambda group: natural(group.name))


def turns(actor: Membership, found: Iterable[Group], *, at: datetime) -> list[Assignment]:
    """Every turn on these groups that holds now."""
    rows = may(actor, Assignment, Verb.WRITE, at=at).filter(live(at), group__in=list(found))
    return list(rows.select_related("membership").order_by("from_at", "pk"))
