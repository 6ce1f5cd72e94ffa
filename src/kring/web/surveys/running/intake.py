"""What the schedule asks of the rounds that run: which groups are waited for, and whom to remind. A notice is no event: nothing changed."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from kring.core.calendar import Calendar
from kring.core.rounds import Window
from kring.core.running import Reminder, reminder
from kring.web.people.intake import tell_each
from kring.web.people.models import Notice
from kring.web.schools.models import Membership, School
from kring.web.surveys.models import AnonymousSubmission, Invitation, Round, Submission
from kring.web.surveys.queries import waited_for

NOTICES: Mapping[Reminder, str] = {Reminder.HALFWAY: "round.halfway", Reminder.ENDS_SOON: "round.ends_soon"}


def groups_missing(rounds: Collection[UUID], *, at: datetime) -> list[tuple[UUID, UUID]]:
    """Round and group of each group of these rounds of which a list is waited for; of a list without names by how many came in.

    Without names who is done counts as asked, also who was absent or left since: what they handed in is among what came in.
    """
    there = ("round_id", "group_id")
    asked = waited_for(at) | Q(answered=True)
    rows = Invitation.objects.filter(asked, round__in=list(rounds)).order_by().values_list(*there)
    unnamed = AnonymousSubmission.objects.filter(round__in=list(rounds)).order_by().values_list(*there)
    came_in = {(key, group): n for key, group, n in unnamed.annotate(n=Count("pk"))}
    return [(key, group) for key, group, n in rows.annotate(n=Count("pk")) if n > came_in.get((key, group), 0)]


def rounds_with_answers(rounds: Collection[UUID]) -> set[UUID]:
    """The rounds of these in which something came in."""
    named = Submission.objects.filter(invitation__round__in=list(rounds)).values_list("invitation__round_id", flat=True)
    unnamed = AnonymousSubmission.objects.filter(round__in=list(rounds)).values_list("round_id", flat=True)
    return {*named.distinct(), *unnamed.distinct()}


def remind(school: School, calendar: Calendar, teachers: Mapping[UUID, Collection[UUID]], *, at: datetime) -> None:
    """Who teaches a group of which lists are missing is told halfway and once more when the end is near; `teachers` by group.

    Each reminder once per person and round, however often the schedule comes round: what was told stands in the notices.
    """
    on = timezone.localdate(at)
    found = Round.objects.filter(school=school, closed_at=None, asks__in=Round.OF_GROUPS, opens_on__lte=on, closes_on__gte=on)
    running = {one.pk: one for one in found}
    told = _told(running)
    new = {(key, which): hats - told[key, NOTICES[which]] for (key, which), hats in _to_remind(running, calendar, teachers, at).items()}
    people = Membership.objects.in_bulk(set().union(*new.values())) if new else {}
    tell_each(((people[hat], NOTICES[which], running[key]) for (key, which), hats in new.items() for hat in sorted(hats)), at=at)


def _to_remind(
    running: Mapping[UUID, Round], calendar: Calendar, teachers: Mapping[UUID, Collection[UUID]], at: datetime
) -> Mapping[tuple[UUID, Reminder], set[UUID]]:
    hats: dict[tuple[UUID, Reminder], set[UUID]] = defaultdict(set)
    for key, group in groups_missing(running, at=at) if running else ():
        window = Window(running[key].opens_on, running[key].closes_on)
        which = reminder(calendar, window, on=timezone.localdate(at), group=str(group))
        if which is not None and teachers.get(group):
            hats[key, which] |= set(teachers[group])
    return hats


def _told(running: Mapping[UUID, Round]) -> Mapping[tuple[UUID, str], set[UUID]]:
    told: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
    before = Notice.objects.filter(record="round", record_id__in=list(running), event__in=NOTICES.values())
    for key, event, hat in before.values_list("record_id", "event", "receiver_id") if running else ():
        told[key, event].add(hat)
    return told
