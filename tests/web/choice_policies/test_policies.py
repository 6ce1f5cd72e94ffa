"""Questions that may hurt: a school decides with everything that belongs to it, and without that no list with them is opened or begun."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.access import Role
from kring.core.choice_policies import (
    BadMoment,
    BullyingSwitchedOff,
    FollowUpGone,
    FollowUpNotPossible,
    GuardiansToldTooLate,
    NegativesSwitchedOff,
    PolicyKind,
    PolicyOver,
)
from kring.core.rounds import Window
from kring.library import instrument
from kring.web.answering.pages import asked
from kring.web.choice_policies.actions import Decision, decide, switch_off
from kring.web.choice_policies.intake import kept_days, without_follow_up
from kring.web.models import ChoicePolicy, Filling, Holiday, Invitation, Membership, Round
from kring.web.surveys.opening.actions import open_round
from kring.web.surveys.opening.planned import Planned
from kring.web.surveys.opening.queries import look_ahead
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 3, 9, tzinfo=UTC)
PURPOSE = "Een plan maken voor de sfeer in groep 6."
WEEK = Window(date(2025, 11, 10), date(2025, 11, 21))


@pytest.fixture(autouse=True)
def a_monday(cast: Cast) -> Iterator[None]:
    Holiday.objects.create(
        school=cast.beuk, year=cast.year, kind="vacation", name="Kerst", first_on=date(2025, 12, 20), last_on=date(2026, 1, 4)
    )
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def saar(cast: Cast) -> Membership:
    return member(cast.beuk, Role.SAFETY_COORDINATOR, "saar")


def decided(
    actor: Membership,
    by: Membership,
    kind: PolicyKind = PolicyKind.NEGATIVE,
    *,
    days: int = 365,
    told: date = date(2025, 10, 1),
    at: Any = MONDAY,
) -> ChoicePolicy:
    return decide(actor, actor.school, Decision(kind, PURPOSE, told, by, days), at=at)


def planned(cast: Cast, key: str = "kring-sociogram-niet", window: Window = WEEK, reason: str = "Een proef in één groep.") -> Planned:
    return Planned(instrument(key, 1), "Sociogram", window, (cast.group_6a,), reason=reason)


def opened(cast: Cast, *asked: Any, **changed: Any) -> Round:
    return open_round(cast.bram, cast.year, planned(cast, *asked, **changed), at=MONDAY)


# ---- the page ---------------------------------------------------------------------------------------------------


def test_a_school_decides_step_by_step_and_reads_back_what_it_decided(cast: Cast, saar: Membership) -> None:
    first = text_of(cast.bram, "choice_policies")
    assert "Probeer eerst dit" in first
    assert "Mayeux" in first
    address = reverse("choice_policy_new", args=[cast.bram.pk]) + "?kind=bullying"
    sent = {"purpose": PURPOSE, "guardians_informed_on": "2025-10-20", "follow_up": str(saar.pk), "kept_days": "90"}
    refused = client_of(cast.bram).post(address, {**sent, "guardians_informed_on": "2025-12-01"})
    assert refused.status_code == 409
    assert PURPOSE in refused.content.decode()
    assert client_of(cast.bram).post(address, sent).status_code == 302
    page = text_of(cast.rik, "choice_policies")
    assert PURPOSE in page
    assert "Saar" in page
    assert "90 dagen" in page
    made = ChoicePolicy.objects.get()
    assert client_of(cast.rik).post(reverse("choice_policy_end", args=[cast.rik.pk, made.pk])).status_code == 302
    with time_machine.travel(MONDAY + timedelta(minutes=1), tick=False):
        assert "Beëindigd door Rik" in text_of(cast.bram, "choice_policies")


def test_the_letter_for_home_is_there_before_anything_is_decided(cast: Cast) -> None:
    assert "Beste ouders" in text_of(cast.bram, "choice_policy_letter", kind="negative")
    assert "pesten" in text_of(cast.rik, "choice_policy_letter", kind="bullying")
    assert look(cast.bram, "choice_policy_letter", kind="iets").status_code == 404


def test_who_reads_the_decisions_and_who_makes_them(cast: Cast, saar: Membership) -> None:
    row = decided(cast.bram, saar)
    assert may_look(cast, "choice_policies") == {"anna", "carla", "bram", "rik", "frans", "gijs"}
    assert look(saar, "choice_policies").status_code == 200
    for actor in (saar, cast.anna):  # they read it, and this page is not for them
        assert client_of(actor).post(reverse("choice_policy_end", args=[actor.pk, row.pk])).status_code == 403
        assert look(actor, "choice_policy_new", kind="negative").status_code == 404
    assert client_of(cast.frans).post(reverse("choice_policy_end", args=[cast.frans.pk, row.pk])).status_code == 404


def test_ten_decisions_ask_the_database_as_much_as_one(cast: Cast, saar: Membership) -> None:
    decided(cast.bram, saar)
    one = queries_for(cast.bram, "choice_policies")
    for day in range(1, 10):
        decided(cast.bram, saar, at=MONDAY + timedelta(hours=day))
    with time_machine.travel(MONDAY + timedelta(hours=10), tick=False):
        assert queries_for(cast.bram, "choice_policies") == one


# ---- deciding ---------------------------------------------------------------------------------------------------


def test_a_new_decision_ends_the_one_before_it_and_what_is_over_stays_over(cast: Cast, saar: Membership) -> None:
    first = decided(cast.bram, saar)
    decided(cast.bram, cast.bram, at=MONDAY + timedelta(minutes=1))
    first.refresh_from_db()
    assert first.until_at == MONDAY + timedelta(minutes=1)
    assert first.ended_by == cast.bram
    with pytest.raises(PolicyOver):
        switch_off(cast.bram, first, at=MONDAY + timedelta(minutes=2))


def test_who_may_not_see_it_cannot_follow_it_up(cast: Cast, saar: Membership) -> None:
    for by, kind in ((cast.anna, PolicyKind.NEGATIVE), (cast.bram, PolicyKind.BULLYING), (cast.frans, PolicyKind.NEGATIVE)):
        with pytest.raises(FollowUpNotPossible):
            decided(cast.bram, by, kind)


def test_answers_stay_as_short_as_the_school_said_at_any_time_since(cast: Cast, saar: Membership) -> None:
    opened_on = date(2025, 11, 3)
    assert kept_days(cast.beuk.pk, PolicyKind.NEGATIVE, since=opened_on) == 365
    decided(cast.bram, saar, days=200)
    decided(cast.bram, saar, days=60, at=MONDAY + timedelta(days=1))
    decided(cast.bram, saar, days=300, at=MONDAY + timedelta(days=2))
    assert kept_days(cast.beuk.pk, PolicyKind.NEGATIVE, since=opened_on) == 60
    assert kept_days(cast.beuk.pk, PolicyKind.NEGATIVE, since=date(2025, 11, 6)) == 300


# ---- the gate ---------------------------------------------------------------------------------------------------


def test_no_list_with_such_questions_is_opened_as_long_as_nothing_was_decided(cast: Cast, saar: Membership) -> None:
    with pytest.raises(NegativesSwitchedOff):
        opened(cast)
    with pytest.raises(BullyingSwitchedOff):
        opened(cast, "kring-sociogram-pesten")
    opened(cast, "kring-sociogram")  # asks for nothing that hurts
    decided(cast.bram, saar)
    opened(cast)
    with pytest.raises(BullyingSwitchedOff):  # the one is not the other
        opened(cast, "kring-sociogram-pesten")


def test_the_page_says_what_is_missing_and_where_to_go(cast: Cast) -> None:
    sent = {"instrument": "kring-sociogram-niet:1", "opens_on": "2025-11-10", "closes_on": "2025-11-21", "title": "", "step": ""}
    whole = {"done": ["list", "who", "when"], "reason": "", "groups": [str(cast.group_6a.pk)]}
    answer = client_of(cast.bram).post(reverse("round_new", args=[cast.bram.pk]), {**sent, **whole})
    assert answer.status_code == 409
    assert reverse("choice_policies", args=[cast.bram.pk]) in answer.content.decode()


def test_guardians_hear_it_before_the_first_day_and_somebody_is_there_to_follow_it_up(cast: Cast, saar: Membership) -> None:
    decided(cast.bram, saar, told=date(2025, 11, 3))
    with pytest.raises(GuardiansToldTooLate):
        opened(cast, window=Window(date(2025, 11, 3), date(2025, 11, 21)))
    opened(cast, window=Window(date(2025, 11, 4), date(2025, 11, 21)))
    Membership.objects.filter(pk=saar.pk).update(until_at=MONDAY)
    assert len(list(without_follow_up(cast.beuk, at=MONDAY))) == 1
    with pytest.raises(FollowUpGone):
        opened(cast, window=Window(date(2025, 12, 1), date(2025, 12, 5)))


def test_on_a_friday_alone_it_needs_a_reason_and_beside_other_days_it_is_said(cast: Cast, saar: Membership) -> None:
    decided(cast.bram, saar)
    friday = Window(date(2025, 11, 14), date(2025, 11, 14))
    (plan,) = look_ahead(cast.beuk, cast.year, [planned(cast, window=friday)], at=MONDAY).plans
    assert [type(one).__name__ for one in plan.needs] == ["OnlyBadDays"]
    assert "shuts_now_and_then" in look_ahead(cast.beuk, cast.year, [planned(cast)], at=MONDAY).cautions
    assert not look_ahead(cast.beuk, cast.year, [planned(cast, "kring-sociogram")], at=MONDAY).cautions


def test_a_pupil_begins_only_while_it_is_allowed_and_not_on_a_friday_afternoon(cast: Cast, saar: Membership) -> None:
    policy = decided(cast.bram, saar)
    opened(cast)
    noor, sem = (Invitation.objects.select_related("round__school").get(pupil=one) for one in (cast.pupil_noor, cast.pupil_sem))
    morning, friday = datetime(2025, 11, 11, 9, tzinfo=UTC), datetime(2025, 11, 14, 14, tzinfo=UTC)
    hour = timedelta(hours=1)
    assert asked(noor, at=morning, until=morning + hour).ticket
    with pytest.raises(BadMoment):
        asked(noor, at=friday, until=friday + hour)
    Filling.objects.create(school=cast.beuk, invitation=sem, sitting=1, begun_at=morning)
    switch_off(cast.bram, policy, at=morning)
    with pytest.raises(NegativesSwitchedOff):
        asked(noor, at=morning + hour, until=morning + 2 * hour)
    sem = Invitation.objects.select_related("round__school").get(pk=sem.pk)
    assert asked(sem, at=morning + hour, until=morning + 2 * hour).ticket  # who began may finish
