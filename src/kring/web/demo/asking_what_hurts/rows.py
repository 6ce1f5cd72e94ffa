"""Questions about bullying in the demo: the school decided, 6B answered, one child waits for a talk with the safety coordinator."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kring.core.access import Role
from kring.core.answering import Kept
from kring.core.choice_policies import PolicyKind
from kring.library import instrument
from kring.web.answering.handing_in.intake import take_list
from kring.web.choice_policies.actions import Decision, decide
from kring.web.people.intake import holders
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, School, live
from kring.web.sociograms.collecting.intake import freeze
from kring.web.surveys.models import Invitation, Round, asks_of

Key = Callable[..., UUID]
LIST, WHERE, TITLE = "kring-sociogram-pesten", "6B", "Vragen over pesten"
DECIDED, ASKED, CLOSED = timedelta(days=30), timedelta(days=1), timedelta(hours=1)
OFTEN = {0: 4, 3: 2, 5: 3}  # by place on the list: how often; all others never
NAMED = {0: (1, 2), 3: (1,), 5: (2,), 1: (0,)}
HELPED = {0: (7,), 3: (7, 8)}


def ask_about_bullying(school: School, members: Mapping[str, Membership], *, key: Key, now: datetime) -> None:
    """At the school of Bram alone."""
    bram, group = members.get("bram"), Group.objects.filter(school=school, name=WHERE).order_by("-year__starts_on").first()
    follows = next(iter(holders(school.pk, Role.SAFETY_COORDINATOR, at=now)), None)
    if bram is None or group is None or follows is None or bram.school_id != school.pk:
        return
    told = timezone.localdate(now - DECIDED)
    decide(bram, school, Decision(PolicyKind.BULLYING, PURPOSE, told, follows, 180), at=now - DECIDED + timedelta(days=1))
    pupils = [one.pupil for one in Enrolment.objects.filter(live(now), group=group).select_related("pupil").order_by("pupil__sort_name")]
    if len(pupils) > max(HELPED[3]):
        _round(bram, group, pupils, key=key, now=now)


PURPOSE = "Weten of het pestplan van groep 6 werkt, en wie er hulp nodig heeft."


def _round(bram: Membership, group: Group, pupils: Sequence[Pupil], *, key: Key, now: datetime) -> None:
    asked = instrument(LIST, 1)
    days: dict[str, date] = {"opens_on": timezone.localdate(now - ASKED), "closes_on": timezone.localdate(now - CLOSED)}
    about: dict[str, Any] = {"school": group.school, "year": group.year, "instrument": LIST, "version": 1, "title": TITLE}
    made = Round.objects.create(id=key(group.school.name, TITLE), asks=asks_of(asked), **about, **days)
    lists = [Invitation(id=key(TITLE, str(one.pk)), school=group.school, round=made, group=group, pupil=one) for one in pupils]
    for place, own in enumerate(Invitation.objects.bulk_create(lists)):
        take_list(own, _answers(place, pupils), {}, at=now - ASKED)
    Round.objects.filter(pk=made.pk).update(closed_at=now - CLOSED, closed_by=bram)
    freeze(made, at=now - CLOSED)


def _answers(place: int, pupils: Sequence[Pupil]) -> dict[str, Kept]:
    def who(others: Sequence[int]) -> dict[str, list[str]]:
        return {"who": [str(pupils[other].pk) for other in others]}

    told: dict[str, Any] = {"often": OFTEN.get(place, 1), "bullied_by": who(NAMED.get(place, ())), "helped_by": who(HELPED.get(place, ()))}
    return {question: Kept(value, turn) for turn, (question, value) in enumerate(told.items(), 1)}
