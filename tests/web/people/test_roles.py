"""Mensen en rollen: proposed by one, approved by another, ended with everything that goes with it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from kring.core.access import PARTNERS, Role
from kring.core.appointing import OwnProposal, ProposalDecided, RoleForOneself
from kring.web.access import NotPermitted
from kring.web.models import Appointment, Assignment, Entry, Membership, Notice, Person
from kring.web.people.colleagues.actions import NewPerson, Wanted, approve_role, end_role, propose_role
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def post(actor: Membership, route: str, *keys: object, **data: object) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def form(role: Role, person: object = "new", **more: object) -> dict[str, object]:
    name = {"given_name": "Jan", "family_name": "Boer"} if person == "new" else {}
    return {"person": person, "role": role.value, "from_on": timezone.localdate(), **name, **more}


def propose(cast: Cast, role: Role, who: Person | None = None) -> Appointment:
    now = timezone.now()
    return propose_role(cast.olga, cast.beuk, Wanted(who or NewPerson("Jan", "", "Boer"), role, now), at=now)


def second_leader(cast: Cast) -> Membership:
    return member(cast.beuk, Role.LEADER, "lea")


# ---- the page


def test_who_keeps_or_oversees_roles_sees_the_page_and_nobody_else(cast: Cast) -> None:
    assert may_look(cast, "people") == {"bram", "rik", "olga", "frans", "gijs"}


def test_the_page_names_staff_with_role_and_groups_and_no_pupil_or_guardian(cast: Cast) -> None:
    page = text_of(cast.olga, "people")
    for text in ("Anna van de Test", "Leerkracht", "6A", "Rik van de Test", "Schoolleider", "nog niet uitgenodigd"):
        assert text in page
    assert not [name for name in ("Noor", "Sem", "Els", "Pim", "Frans") if name in page]
    assert "2 leerlingen en 2 ouders" in page


def test_as_many_questions_for_many_colleagues_as_for_few(cast: Cast) -> None:
    few = queries_for(cast.olga, "people")
    for name in ("q1", "q2", "q3"):
        hat = member(cast.beuk, Role.TEACHER, name)
        Assignment.objects.create(school=cast.beuk, membership=hat, group=cast.group_6a, from_at=START)
        propose(cast, Role.COORDINATOR, hat.person)
    assert queries_for(cast.olga, "people") - few <= 1  # the roles beside a proposal


def test_a_colleague_has_a_page_and_a_pupil_has_none(cast: Cast) -> None:
    assert "6A" in text_of(cast.olga, "person", cast.anna.pk)
    for hat in (cast.noor, cast.els, cast.frans):
        assert look(cast.olga, "person", hat.pk).status_code == 404
    assert may_look(cast, "person", cast.anna.pk) == {"bram", "rik", "olga"}


# ---- proposing and approving


def test_a_teacher_holds_at_once_and_same_holders_and_leader_are_told(cast: Cast) -> None:
    answer = post(cast.olga, "propose_role", **form(Role.TEACHER))
    made = Membership.objects.get(person__family_name="Boer")
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("person", args=[cast.olga.pk, made.pk]))
    assert made.role == "teacher"
    assert not made.person.has_usable_password()
    told = set(Notice.objects.filter(event="role.given").values_list("receiver_id", flat=True))
    assert told == {cast.anna.pk, cast.carla.pk, cast.rik.pk}
    assert {"role.proposed", "role.given"} <= set(Entry.objects.values_list("name", flat=True))


def test_a_role_for_the_whole_school_holds_only_after_a_leader_said_yes(cast: Cast) -> None:
    post(cast.olga, "propose_role", **form(Role.COORDINATOR))
    waiting = Appointment.objects.get()
    assert not Membership.objects.filter(person=waiting.person).exists()
    assert "Jan Boer" in text_of(cast.rik, "people")
    assert post(cast.rik, "approve_role", waiting.pk).status_code == 302
    made = Membership.objects.get(person=waiting.person)
    assert (made.role, made.from_at) == ("coordinator", waiting.from_at)
    assert "role.approved" in set(Entry.objects.values_list("name", flat=True))


def test_who_may_not_approve_is_refused_or_finds_nothing(cast: Cast) -> None:
    waiting = propose(cast, Role.COORDINATOR)
    answers = {name: post(actor, "approve_role", waiting.pk).status_code for name, actor in cast.actors().items() if name != "rik"}
    assert {name for name, status in answers.items() if status == 403} == {"olga"}
    assert {status for name, status in answers.items() if name != "olga"} == {404}
    assert not Membership.objects.filter(person=waiting.person).exists()


def test_a_proposal_is_decided_once_and_can_be_declined(cast: Cast) -> None:
    waiting = propose(cast, Role.COORDINATOR)
    assert post(cast.rik, "decline_role", waiting.pk).status_code == 302
    assert not Membership.objects.filter(person=waiting.person).exists()
    assert Notice.objects.get(event="role.declined").receiver == cast.olga
    assert post(cast.rik, "approve_role", waiting.pk).status_code == 409
    with pytest.raises(ProposalDecided):
        approve_role(cast.rik, waiting, at=timezone.now())


def test_nobody_approves_an_own_proposal_in_another_hat(cast: Cast) -> None:
    leads_too = Membership.objects.create(school=cast.beuk, person=cast.olga.person, role="leader", from_at=START)
    with pytest.raises(OwnProposal):
        approve_role(leads_too, propose(cast, Role.COORDINATOR), at=timezone.now())


def test_nobody_gets_a_role_by_an_own_act(cast: Cast) -> None:
    with pytest.raises(RoleForOneself):
        propose(cast, Role.TEACHER, cast.olga.person)
    with pytest.raises(RoleForOneself):
        approve_role(cast.rik, propose(cast, Role.COORDINATOR, cast.rik.person), at=timezone.now())
    answer = post(cast.olga, "propose_role", **form(Role.COORDINATOR, cast.olga.person.pk))
    assert answer.status_code == 200  # the list does not offer oneself
    assert Appointment.objects.count() == 1


def test_a_leader_cannot_propose_and_others_find_no_form(cast: Cast) -> None:
    assert may_look(cast, "propose_role") == {"olga"}
    with pytest.raises(NotPermitted):
        propose_role(cast.rik, cast.beuk, Wanted(cast.anna.person, Role.COORDINATOR, timezone.now()), at=timezone.now())


def test_only_roles_of_staff_are_offered_and_taken(cast: Cast) -> None:
    page = text_of(cast.olga, "propose_role")
    assert 'value="pupil"' not in page
    for role in (Role.PUPIL, Role.GUARDIAN, *PARTNERS):
        assert post(cast.olga, "propose_role", **form(role)).status_code == 200
    assert not Appointment.objects.exists()


def test_the_same_role_twice_and_reversed_days_come_back_with_the_form(cast: Cast) -> None:
    twice = post(cast.olga, "propose_role", **form(Role.TEACHER, cast.anna.person.pk))
    assert (twice.status_code, "heeft die rol" in twice.content.decode()) == (409, True)
    reversed_days = post(cast.olga, "propose_role", **form(Role.TEACHER, until_on=timezone.localdate() - 3 * DAY))
    assert (reversed_days.status_code, "Jan" in reversed_days.content.decode()) == (409, True)


def test_the_leader_is_warned_when_keeping_accounts_and_seeing_pupils_come_in_one_hand(cast: Cast) -> None:
    propose(cast, Role.ADMINISTRATOR, cast.bram.person)
    assert "is dan beheerder en ziet ook leerlingen" in text_of(cast.rik, "people")


def test_a_fresh_second_step_is_asked_for_proposing_approving_and_ending(cast: Cast) -> None:
    waiting = propose(cast, Role.COORDINATOR)
    for actor, route, keys in (
        (cast.olga, "propose_role", []),
        (cast.rik, "approve_role", [waiting.pk]),
        (cast.olga, "end_role", [cast.anna.pk]),
    ):
        client = client_of(actor)
        with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
            answer = client.post(reverse(route, args=[actor.pk, *keys]), {})
        assert answer.headers.get("Location", "").startswith(reverse("step_up")), route
    assert not Membership.objects.filter(person=waiting.person).exists()


@pytest.mark.parametrize("name", ["els", "frans"])
def test_an_account_that_was_not_made_for_staff_here_waits_for_the_leader_whatever_the_role(cast: Cast, name: str) -> None:
    """It may be a second account of who proposes: a parent's, or one of another school."""
    person = getattr(cast, name).person
    person.set_password("een-heel-ander-wachtwoord")
    person.save()
    made = propose(cast, Role.TEACHER, person)
    assert made.membership is None
    approve_role(cast.rik, made, at=timezone.now())
    assert propose(cast, Role.EMPLOYEE, person).membership is not None  # known as staff by now


def test_who_was_declined_can_be_proposed_again(cast: Cast) -> None:
    waiting = propose(cast, Role.COORDINATOR)
    post(cast.rik, "decline_role", waiting.pk)
    assert post(cast.olga, "propose_role", **form(Role.TEACHER, waiting.person_id)).status_code == 302


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_at_the_end_of_all_time_comes_back_with_the_form(cast: Cast, day: str) -> None:
    pages: list[tuple[str, list[object], dict[str, object]]]
    pages = [("end_role", [cast.anna.pk], {"until_on": day}), ("group_teaching", [cast.group_6a.pk], {"from_on": day, "until_on": day})]
    pages += [("propose_role", [], form(Role.TEACHER) | {name: day}) for name in ("from_on", "until_on")]
    assert {post(cast.olga, route, *keys, **data).status_code for route, keys, data in pages} == {200}
    tie = cast.pupil_noor.guardianships.first()
    assert tie is not None
    kept = {"has_authority": "no", "from_on": day}
    assert post(cast.bram, "change_authority", tie.pk, **kept).status_code == 200
    assert post(cast.bram, "birth_date", cast.pupil_noor.pk, born_on=day).status_code == 200


# ---- ending


def test_the_end_of_a_role_comes_earlier_and_never_later(cast: Cast) -> None:
    """Later would make a role longer than a leader approved."""
    today = timezone.localdate()
    assert post(cast.olga, "end_role", cast.bram.pk, until_on=today + 10 * DAY).status_code == 302
    approved = Membership.objects.get(pk=cast.bram.pk).until_at
    longer = post(cast.olga, "end_role", cast.bram.pk, until_on=today + 11 * DAY)
    assert (longer.status_code, "eindigt al eerder" in longer.content.decode()) == (409, True)
    assert Membership.objects.get(pk=cast.bram.pk).until_at == approved
    assert post(cast.olga, "end_role", cast.bram.pk, until_on=today + 9 * DAY).status_code == 302


def test_a_role_that_ends_is_over_in_the_same_request_with_its_groups_and_sessions(cast: Cast) -> None:
    anna = client_of(cast.anna)
    page = reverse("group", args=[cast.anna.pk, cast.group_6a.pk])
    assert anna.get(page).status_code == 200
    assert post(cast.olga, "end_role", cast.anna.pk).status_code == 302
    assert anna.get(page).status_code in {302, 404}
    assert Assignment.objects.get(membership=cast.anna).until_at is not None
    assert not Membership.objects.filter(pk=cast.anna.pk, until_at=None).exists()
    told = set(Notice.objects.filter(event="role.ended").values_list("receiver_id", flat=True))
    assert told == {cast.carla.pk, cast.rik.pk}


def test_a_session_in_the_list_is_gone_when_the_last_hat_is(cast: Cast) -> None:
    from allauth.usersessions.models import UserSession

    client = client_of(cast.anna)
    key = client.session.session_key
    UserSession.objects.create(user=cast.anna.person, ip="127.0.0.1", session_key=key, user_agent="", data={})
    end_role(cast.olga, cast.anna, ends_at=timezone.now(), at=timezone.now())
    assert not Session.objects.filter(session_key=key).exists()


@pytest.mark.parametrize(
    "last_day",
    ["2026-03-28", "2026-10-24", "2028-02-29"],  # the clock goes forward or back in the night after; a leap day
)
def test_a_role_ends_at_the_very_minute_after_its_last_day(cast: Cast, last_day: str) -> None:
    end = timezone.make_aware(datetime.fromisoformat(last_day)) + DAY
    end = timezone.make_aware(datetime.combine(timezone.localdate(end), datetime.min.time()))
    with time_machine.travel(end - 2 * DAY, tick=False):
        assert post(cast.olga, "end_role", cast.anna.pk, until_on=last_day).status_code == 302
    ended = Membership.objects.get(pk=cast.anna.pk)
    assert ended.until_at == end
    for moment, status in ((end - timedelta(seconds=1), 200), (end, 404)):
        with time_machine.travel(moment, tick=False):
            assert look(cast.anna, "group", cast.group_6a.pk).status_code == status, moment


@pytest.mark.parametrize("name", ["rik", "olga"])
def test_the_last_leader_and_the_last_administrator_stay(cast: Cast, name: str) -> None:
    hat = getattr(cast, name)
    answer = post(cast.olga, "end_role", hat.pk)
    assert (answer.status_code, "laatste schoolleider of beheerder" in answer.content.decode()) == (409, True)
    member(cast.beuk, Role(hat.role), "second")
    assert post(cast.olga, "end_role", hat.pk).status_code == 302


def test_only_an_administrator_ends_a_role_and_never_that_of_a_pupil(cast: Cast) -> None:
    assert may_look(cast, "end_role", cast.anna.pk) == {"olga"}
    assert post(cast.olga, "end_role", cast.noor.pk).status_code == 404


def test_a_role_to_come_that_is_ended_never_holds(cast: Cast) -> None:
    start = timezone.now() + 10 * DAY
    hat = member(cast.beuk, Role.TEACHER, "tom")
    Membership.objects.filter(pk=hat.pk).update(from_at=start)
    hat.refresh_from_db()
    end_role(cast.olga, hat, ends_at=timezone.now(), at=timezone.now())
    hat.refresh_from_db()
    assert hat.until_at is not None
    assert hat.until_at <= timezone.now()


# ---- notices


def test_a_notice_stands_on_the_first_page_until_it_was_seen(cast: Cast) -> None:
    propose(cast, Role.COORDINATOR)
    (notice,) = Notice.objects.filter(receiver=cast.rik)
    assert "wacht een voorstel" in text_of(cast.rik, "home")
    assert post(cast.bram, "notice_seen", notice.pk).status_code == 404
    assert post(cast.rik, "notice_seen", notice.pk).status_code == 302
    assert "wacht een voorstel" not in text_of(cast.rik, "home")


def test_every_event_that_is_told_has_words() -> None:
    import re
    from pathlib import Path

    from kring.web.people.notices.words import WORDS

    code = Path(__file__).parents[3] / "src" / "kring" / "web"
    text = "\n".join(path.read_text() for path in code.rglob("*.py"))
    told = set(re.findall(r'\btell\([^"]*"([a-z_.]+)"', text))
    assert told <= set(WORDS)
    assert "role.given" in told
