"""Tasks of whoever may no longer do them go to whoever comes after: none vanishes, and who gets one is told.

A task that hangs on a group goes with the group: to who teaches it now, otherwise to a coordinator or the leader. One's own words that
hang on nothing stay one's own: they go along to another hat of the same person, and end with the last one.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kring.core.access import STAFF, Record, Role, Verb, roles_that
from kring.core.teaching import TEACHES
from kring.web.people.intake import tell
from kring.web.schools.models import Assignment, Membership, School, live
from kring.web.tasks.intake import lapse, open_tasks, pass_on
from kring.web.tasks.models import Task
from kring.web.tasks.words import OWN

NOBODY_ELSES = frozenset({OWN, "draft.fading", "staff_list.fill_in", "consultation.outcome_due", "worry.answer", "talk.wanted"})
"""What a pupil told one person goes to nobody by a task: a worry is handed on with its own (kring.web.concerns.intake), and of a talk
somebody else hears that a pupil waits, not who."""
_STAFF = [role.value for role in STAFF]


def pass_tasks_on(school: School, *, at: datetime) -> None:
    """As things stand at this moment."""
    left = list(_left(school, at).select_related("owner"))
    if not left:
        return
    got: dict[Membership, Task] = {}
    for task in left:
        heir = _heir(task, at)
        if heir is None:
            lapse(task, at=at)
        elif pass_on(task, heir.pk, at=at) and heir.person_id != task.owner.person_id:
            got[heir] = task
    for heir, task in got.items():
        tell([heir], "task.passed_on", task, at=at)


def _left(school: School, at: datetime) -> QuerySet[Task]:
    """Open tasks of a hat that is over, or that hang on a group which this teacher has no longer."""
    hats = Q(owner__until_at__lte=at) | Q(owner__person__is_active=False)
    teaches = Assignment.objects.filter(live(at), membership=OuterRef("owner"), group=OuterRef("group"))
    had = Assignment.objects.filter(membership=OuterRef("owner"), group=OuterRef("group"), from_at__lte=at)
    lost = Q(group__isnull=False, owner__role__in=[role.value for role in TEACHES]) & Exists(had) & ~Exists(teaches)
    return open_tasks().filter(hats | lost, school=school).order_by("due_on", "pk")


def _heir(task: Task, at: datetime) -> Membership | None:
    """Who has the task from now on: never somebody for whom what it is about does not exist."""
    present = Membership.objects.filter(live(at), school=task.school_id, person__is_active=True).exclude(pk=task.owner_id)
    if task.record:
        present = present.filter(role__in=[role.value for role in roles_that(Record(task.record), Verb.READ)])
    if task.group_id:
        return _teaches(task.group_id, present, at) or _first(present, Role.COORDINATOR, Role.LEADER)
    own = present.filter(person=task.owner.person_id, role__in=_STAFF).order_by("from_at", "pk").first()
    if own is not None or task.kind in NOBODY_ELSES:
        return own
    return present.filter(role=task.owner.role).order_by("from_at", "pk").first() or _first(present, Role.COORDINATOR, Role.LEADER)


def _teaches(group: UUID, present: QuerySet[Membership], at: datetime) -> Membership | None:
    """Whoever came to this group last."""
    now = Assignment.objects.filter(live(at), group=group, membership__in=present).select_related("membership__person")
    newest = now.order_by("-from_at", "pk").first()
    return newest.membership if newest else None


def _first(present: QuerySet[Membership], *roles: Role) -> Membership | None:
    """Who holds the first of these roles that anybody holds, for the longest time."""
    return next((hat for role in roles for hat in present.filter(role=role.value).order_by("from_at", "pk")[:1]), None)
