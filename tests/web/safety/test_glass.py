"""Emergency access: one pupil, one hour, told at once, judged afterwards."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.core.glass import GlassAlreadyBroken, Remark, Wanted
from kring.web.access import NotPermitted
from kring.web.models import BreakGlass, Entry, Membership, Notice, Pupil
from kring.web.safety.actions import break_glass, end_glass, review_glass, search_pupil, write_card
from kring.web.safety.queries import unreviewed
from tests.asking import look, queries_for, text_of
from tests.cast import Cast, client_of, member, pupil

pytestmark = pytest.mark.django_db
REASON = "Ligt op het plein en reageert niet op haar naam"
CARD = "Geef meteen de pen uit de rode tas."


@pytest.fixture
def kees(cast: Cast) -> Membership:
    """The caretaker."""
    return member(cast.beuk, Role.EMPLOYEE, "kees")


@pytest.fixture
def fleur(cast: Cast) -> Membership:
    """The privacy officer."""
    return member(cast.beuk, Role.PRIVACY_OFFICER, "fleur")


def broken(actor: Membership, of: Pupil) -> BreakGlass:
    return break_glass(actor, of, REASON, at=timezone.now())


def card(cast: Cast, of: Pupil) -> None:
    write_card(cast.bram, of, CARD, read=0, at=timezone.now())


def ask(actor: Membership, **given: str) -> tuple[Client, int, str]:
    client = client_of(actor)
    answer = client.post(reverse("glass_break", args=[actor.pk]), given)
    return client, answer.status_code, answer.content.decode()


def test_an_hour_with_one_card(cast: Cast, kees: Membership) -> None:
    card(cast, cast.pupil_noor)
    client, status, _page = ask(kees, given_name="noor", family_name="TEST", reason=REASON)
    made = BreakGlass.objects.get()
    assert (status, made.pupil, made.until_at) == (302, cast.pupil_noor, made.from_at + timedelta(minutes=60))
    page = client.get(reverse("glass", args=[kees.pk, made.pk])).content.decode()
    assert CARD in page
    assert "Noor Test" in page
    until = timezone.localtime(made.until_at).strftime("%H:%M")
    home = client.get(reverse("home", args=[kees.pk])).content.decode()
    assert f"Noodtoegang tot {until}" in home


def test_at_the_minute_it_is_over(cast: Cast, kees: Membership) -> None:
    card(cast, cast.pupil_noor)
    made = broken(kees, cast.pupil_noor)
    for minutes, sees in ((59.9, True), (60, False), (600, False), (30, True)):
        with time_machine.travel(made.from_at + timedelta(minutes=minutes), tick=False):
            page = text_of(kees, "glass", made.pk)
            assert (CARD in page, "Noor" in page, "Noodtoegang tot" in page) == (sees, sees, sees)


def test_ended_earlier_it_is_over_in_the_same_request(cast: Cast, kees: Membership) -> None:
    card(cast, cast.pupil_noor)
    made = broken(kees, cast.pupil_noor)
    client = client_of(kees)
    assert client.post(reverse("glass_end", args=[kees.pk, made.pk])).status_code == 302
    page = client.get(reverse("glass", args=[kees.pk, made.pk])).content.decode()
    assert ("Noor" in page, "Noodtoegang tot" in page) == (False, False)
    again = client.post(reverse("glass_end", args=[kees.pk, made.pk]))
    assert (again.status_code, "al voorbij" in again.content.decode()) == (409, True)


def test_it_opens_this_pupil_and_no_other(cast: Cast, kees: Membership) -> None:
    for of in (cast.pupil_noor, cast.pupil_sem):
        card(cast, of)
    made = broken(kees, cast.pupil_sem)
    assert "Sem" in text_of(kees, "glass", made.pk)
    for route in ("safety_card", "pupil", "pupil_pdf"):
        for of in (cast.pupil_noor, cast.pupil_sem):
            assert look(kees, route, of.pk).status_code == 404
    assert look(kees, "group", cast.group_6a.pk).status_code == 404


def test_a_teacher_gets_the_card_of_another_group_and_nothing_else(cast: Cast) -> None:
    card(cast, cast.pupil_noor)
    made = broken(cast.carla, cast.pupil_noor)
    assert CARD in text_of(cast.carla, "glass", made.pk)
    assert look(cast.carla, "pupil", cast.pupil_noor.pk).status_code == 404
    assert look(cast.carla, "group", cast.group_6a.pk).status_code == 404


def test_nobody_else_opens_it(cast: Cast, kees: Membership) -> None:
    made = broken(kees, cast.pupil_noor)
    other = member(cast.beuk, Role.EMPLOYEE, "karin")
    for actor in (other, cast.anna, cast.carla, cast.els, cast.noor, cast.frans, cast.olga):
        for answer in (look(actor, "glass", made.pk), client_of(actor).post(reverse("glass_end", args=[actor.pk, made.pk]))):
            assert (answer.status_code, "Noor Test" in answer.content.decode()) == (404, False)
    for actor in (cast.bram, cast.rik):  # they were told, and end nothing
        assert client_of(actor).post(reverse("glass_end", args=[actor.pk, made.pk])).status_code in {403, 404}
    assert BreakGlass.objects.get().until_at == made.until_at


def test_three_are_told_at_once_and_it_stands_in_the_log(cast: Cast, kees: Membership, fleur: Membership) -> None:
    made = broken(kees, cast.pupil_noor)
    told = Notice.objects.filter(event="glass.broken", record="breakglass", record_id=made.pk, seen_at=None)
    assert {one.receiver for one in told} == {cast.bram, cast.rik, fleur}
    entry = Entry.objects.get(name="glass.broken")
    assert (entry.pupil_id, entry.actor_id, entry.record_id) == (cast.pupil_noor.pk, kees.pk, made.pk)


def test_a_leader_is_not_told_by_himself(cast: Cast) -> None:
    broken(cast.rik, cast.pupil_noor)
    assert {one.receiver for one in Notice.objects.all()} == {cast.bram}


@pytest.mark.parametrize("reason", ["", "snel", " " * 40, "a" * 40])
def test_without_a_reason_nobody_even_searches(cast: Cast, kees: Membership, reason: str) -> None:
    _, status, page = ask(kees, given_name="Noor", family_name="Test", reason=reason)
    assert status in {200, 409}
    assert 'value="Noor"' in page  # what was typed is still there
    assert not BreakGlass.objects.exists()
    assert not Entry.objects.filter(name="glass.searched").exists()


@pytest.mark.parametrize(
    "asked", [{}, {"given_name": "Noor"}, {"family_name": "Test"}, {"group": "6A"}, {"group": "6A", "family_name": "Test"}]
)
def test_a_part_of_a_name_finds_nothing(cast: Cast, kees: Membership, asked: dict[str, str]) -> None:
    _, status, page = ask(kees, **asked, reason=REASON)
    assert (status, "hele achternaam" in page, BreakGlass.objects.exists()) == (409, True, False)


@pytest.mark.parametrize(
    "asked",
    [
        {"given_name": "No", "family_name": "Test"},
        {"given_name": "Noor", "family_name": "Tes"},
        {"given_name": "Fien", "family_name": "Test"},
        {"given_name": "%", "family_name": "%"},
        {"given_name": "Noor", "group": "6B"},
        {"given_name": "No", "group": "6A"},
        {"number": "noo"},
        {"number": "fien"},
    ],
)
def test_nobody_who_goes_by_exactly_this(cast: Cast, kees: Membership, asked: dict[str, str]) -> None:
    _, status, page = ask(kees, **asked, reason=REASON)
    assert (status, "geen leerling, of meer dan één" in page, BreakGlass.objects.exists()) == (409, True, False)
    searched = Entry.objects.get(name="glass.searched")
    assert (searched.record, searched.pupil_id) == ("school", None)


@pytest.mark.parametrize(
    "asked",
    [
        {"number": "noor"},
        {"given_name": "Noor", "group": "groep 6a"},
        {"given_name": "NOOR", "family_name": " test "},
        {"number": " noor "},
    ],
)
def test_exact_names_and_numbers_find(cast: Cast, kees: Membership, asked: dict[str, str]) -> None:
    _, status, _ = ask(kees, **asked, reason=REASON)
    assert (status, BreakGlass.objects.get().pupil) == (302, cast.pupil_noor)
    assert Entry.objects.get(name="glass.searched").pupil_id == cast.pupil_noor.pk


def test_two_of_one_name_are_found_by_number_only(cast: Cast, kees: Membership) -> None:
    lot = cast.pupil_lot
    lot.given_name, lot.sort_name = "Noor", "test noor"
    lot.save()
    at = timezone.now()
    assert search_pupil(kees, cast.beuk, Wanted(given_name="Noor", family_name="Test"), REASON, at=at) is None
    assert search_pupil(kees, cast.beuk, Wanted(given_name="Noor", group="6B"), REASON, at=at) == lot
    assert search_pupil(kees, cast.beuk, Wanted(number="lot"), REASON, at=at) == lot


def test_prefix_accents_and_leavers(cast: Cast, kees: Membership) -> None:
    at = timezone.now()
    zoe = pupil(cast.group_6a, "Zoë", 6)
    zoe.name_prefix, zoe.family_name, zoe.sort_name, zoe.admin_key = "van den", "Akker", "akker zoe", "zoe"
    zoe.save()
    for family in ("Akker", "van den Akker", "VAN DEN AKKER"):
        assert search_pupil(kees, cast.beuk, Wanted(given_name="zoe", family_name=family), REASON, at=at) == zoe
    zoe.enrolments.update(until_at=at - timedelta(days=1))
    assert search_pupil(kees, cast.beuk, Wanted(given_name="Zoë", family_name="Akker"), REASON, at=at) is None


def test_one_pupil_at_a_time_in_whichever_hat(cast: Cast, kees: Membership) -> None:
    broken(kees, cast.pupil_sem)
    both = Membership.objects.create(school=cast.beuk, person=kees.person, role=Role.TEACHER.value, from_at=kees.from_at)
    for hat in (kees, both):
        with pytest.raises(GlassAlreadyBroken):
            broken(hat, cast.pupil_noor)
    _, status, page = ask(kees, number="noor", reason=REASON)
    assert (status, "al noodtoegang" in page) == (409, True)


def test_while_an_hour_runs_no_name_is_tried_out(cast: Cast, kees: Membership) -> None:
    broken(kees, cast.pupil_sem)
    pages = [ask(kees, reason=REASON, **asked)[1:] for asked in ({"number": "noor"}, {"number": "nobody"})]
    assert [("al noodtoegang" in page, status) for status, page in pages] == [(True, 409)] * 2
    assert not Entry.objects.filter(name="glass.searched").exists()


def test_not_for_other_schools_nor_for_who_need_not_or_may_not(cast: Cast, kees: Membership) -> None:
    for actor, of in ((kees, cast.pupil_fien), (kees, cast.pupil_bas), (cast.els, cast.pupil_sem), (cast.olga, cast.pupil_noor)):
        with pytest.raises(NotPermitted):
            broken(actor, of)
    for actor in (cast.bram, cast.olga, cast.els, cast.noor):
        assert look(actor, "glass_break").status_code == 404


def test_who_was_told_sees_who_whom_and_why(cast: Cast, kees: Membership, fleur: Membership) -> None:
    made = broken(kees, cast.pupil_noor)
    for actor, named in ((cast.bram, True), (cast.rik, True), (fleur, False)):
        for page in (text_of(actor, "glasses"), text_of(actor, "glass", made.pk)):
            assert ("Kees" in page, "Noor Test" in page, ">noor<" in page) == (True, named, not named)
        assert REASON in text_of(actor, "glass", made.pk)


def test_it_is_judged_once_by_the_privacy_officer_when_it_is_over(cast: Cast, kees: Membership, fleur: Membership) -> None:
    made = broken(kees, cast.pupil_noor)
    address = reverse("glass_review", args=[fleur.pk, made.pk])
    right = {"remark": Remark.NEEDED.value}
    assert client_of(fleur).post(address, right).status_code == 409  # still live
    with time_machine.travel(made.from_at + timedelta(minutes=61), tick=False):
        assert list(unreviewed(cast.beuk.pk, broken_before=timezone.now())) == [made]
        client = client_of(fleur)
        assert "Oordeel bewaren" in client.get(reverse("glass", args=[fleur.pk, made.pk])).content.decode()
        assert client.post(address, {"remark": "x"}).status_code == 200
        assert client.post(address, {"remark": Remark.WRONG_PUPIL.value}).status_code == 302
        assert client.post(address, right).status_code == 409
        assert not unreviewed(cast.beuk.pk, broken_before=timezone.now()).exists()
        assert "niet terecht" in text_of(cast.bram, "glasses")
    made.refresh_from_db()
    assert (made.was_right, made.remark, made.reviewed_by) == (False, "wrong_pupil", fleur)
    assert Entry.objects.get(name="glass.reviewed").pupil_id == cast.pupil_noor.pk


def test_nobody_else_judges_nor_oneself(cast: Cast, kees: Membership, fleur: Membership) -> None:
    made = broken(kees, cast.pupil_noor)
    for actor in (cast.bram, cast.rik):
        assert client_of(actor).post(reverse("glass_review", args=[actor.pk, made.pk])).status_code == 403
    fleur.person = kees.person
    fleur.save()
    with time_machine.travel(made.until_at, tick=False):
        answer = client_of(fleur).post(reverse("glass_review", args=[fleur.pk, made.pk]), {"remark": Remark.NEEDED.value})
        assert (answer.status_code, "uw eigen noodtoegang" in answer.content.decode()) == (409, True)


def test_what_is_late_says_so(cast: Cast, kees: Membership) -> None:
    made = broken(kees, cast.pupil_noor)
    assert "nog te beoordelen" in _later(cast, made, days=1)
    assert "te laat" in _later(cast, made, days=8)


def _later(cast: Cast, made: BreakGlass, *, days: int) -> str:
    with time_machine.travel(made.from_at + timedelta(days=days), tick=False):
        return text_of(cast.bram, "glasses")


def test_it_asks_for_a_fresh_second_factor(cast: Cast, kees: Membership) -> None:
    client = client_of(kees)
    with time_machine.travel(timezone.now() + timedelta(minutes=14), tick=False):
        answer = client.get(reverse("glass_break", args=[kees.pk]))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("step_up"))


def test_as_many_questions_for_three_as_for_one(cast: Cast, kees: Membership) -> None:
    def one_more(of: Pupil) -> None:
        end_glass(kees, broken(kees, of), at=timezone.now() + timedelta(seconds=1))
        BreakGlass.objects.update(from_at=timezone.now() - timedelta(hours=2), until_at=timezone.now() - timedelta(hours=1))

    one_more(cast.pupil_noor)
    mine, told = queries_for(kees, "glasses"), queries_for(cast.bram, "glasses")
    one_more(cast.pupil_sem)
    one_more(cast.pupil_lot)
    assert (queries_for(kees, "glasses"), queries_for(cast.bram, "glasses")) == (mine, told)


def test_empty_pages_say_what_will_come(cast: Cast, kees: Membership) -> None:
    assert "Niemand nam noodtoegang" in text_of(cast.bram, "glasses")
    assert "U nam nog geen noodtoegang" in text_of(kees, "glasses")
    assert "112" in text_of(kees, "glass_break")


def test_a_review_by_action_needs_the_right(cast: Cast, kees: Membership) -> None:
    made = broken(kees, cast.pupil_noor)
    with pytest.raises(NotPermitted):
        review_glass(cast.bram, made, was_right=True, remark=Remark.NEEDED, at=timezone.now())
