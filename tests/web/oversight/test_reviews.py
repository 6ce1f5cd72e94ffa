"""The weekly review: what is on the list and why, signing for it, and what stands in the way of a signature."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role, Verb
from kring.core.review import GlassNotReviewed, Reason, WeekAlreadySigned, WeekNotOver, monday
from kring.web.access import NotPermitted, may
from kring.web.audit.intake import append
from kring.web.models import BreakGlass, Entry, Guardian, Guardianship, Membership, Person, Review
from kring.web.oversight import queries
from kring.web.oversight.actions import sign_week
from kring.web.trace import record_sign_in
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, member, move, pupil

pytestmark = pytest.mark.django_db
WEEK = monday(timezone.localdate()) - timedelta(weeks=1)


def at(hour: int = 12, *, day: int = 1, minute: int = 0) -> datetime:
    """A moment of last week, in the time of the school; day 1 is Tuesday."""
    return timezone.make_aware(datetime.combine(WEEK + timedelta(days=day), time(hour, minute)))


def acted(actor: Membership, name: str = "page.read", *, when: datetime | None = None, **about: Any) -> None:
    entry = Entry(at=when or at(), person_id=actor.person_id, actor_id=actor.pk, role=actor.role, name=name, outcome="done", **about)
    append(actor.school_id, [entry])


def on_list(officer: Membership, week: date = WEEK) -> list[tuple[Reason, str, int]]:
    found = queries.week_list(officer, week, on=timezone.localdate())
    return [(one.line.reason, one.who.split()[0], one.line.acts) for one in found.lines]


def test_work_as_usual_is_not_on_the_list(cast: Cast, paula: Membership) -> None:
    acted(cast.anna, pupil_id=cast.pupil_noor.pk, record="pupil")
    acted(cast.anna, group_id=cast.group_6a.pk, record="group")
    acted(cast.bram, pupil_id=cast.pupil_noor.pk, record="pupil")
    acted(cast.els, when=at(22), pupil_id=cast.pupil_noor.pk, record="pupil")
    assert on_list(paula) == []


def test_reading_outside_the_own_group_is_judged_by_the_day_itself(cast: Cast, paula: Membership) -> None:
    acted(cast.carla, pupil_id=cast.pupil_noor.pk)
    acted(cast.carla, group_id=cast.group_6a.pk)
    acted(cast.carla, pupil_id=cast.pupil_lot.pk)
    move(cast.pupil_noor, cast.group_6b, at(day=2))
    acted(cast.carla, pupil_id=cast.pupil_noor.pk, when=at(day=3))
    assert on_list(paula) == [(Reason.OUTSIDE_OWN_GROUP, "Carla", 2)]


def test_somebody_who_is_both_guardian_and_staff(cast: Cast, paula: Membership) -> None:
    """Els is guardian of Noor, and coordinates as well."""
    els = Membership.objects.create(school=cast.beuk, person=cast.els.person, role=Role.COORDINATOR.value, from_at=START)
    acted(els, pupil_id=cast.pupil_noor.pk)
    acted(cast.els, pupil_id=cast.pupil_noor.pk)  # as a guardian: the own child
    acted(cast.bram, pupil_id=cast.pupil_noor.pk)  # the child of a colleague
    acted(cast.anna, pupil_id=cast.pupil_noor.pk)  # who teaches that child
    assert on_list(paula) == [(Reason.OWN_CHILD, "Els", 1), (Reason.COLLEAGUES_CHILD, "Bram", 1)]


def test_a_guardian_without_authority_is_a_parent_all_the_same(cast: Cast, paula: Membership) -> None:
    pim = Membership.objects.create(school=cast.beuk, person=cast.pim.person, role=Role.LEADER.value, from_at=START)
    acted(pim, pupil_id=cast.pupil_noor.pk)
    assert on_list(paula) == [(Reason.OWN_CHILD, "Pim", 1)]


def test_who_left_the_staff_is_no_colleague_any_more(cast: Cast, paula: Membership) -> None:
    over = Membership.objects.create(school=cast.beuk, person=cast.els.person, role=Role.TEACHER.value, from_at=START)
    Membership.objects.filter(pk=over.pk).update(until_at=at(day=0))
    acted(cast.bram, pupil_id=cast.pupil_noor.pk)
    assert on_list(paula) == []


def test_hours_are_those_of_the_school(cast: Cast, paula: Membership) -> None:
    acted(cast.anna, when=at(18, minute=59), pupil_id=cast.pupil_noor.pk)
    acted(cast.anna, when=at(19), pupil_id=cast.pupil_noor.pk)
    acted(cast.anna, when=at(12, day=5), pupil_id=cast.pupil_noor.pk)
    assert on_list(paula) == [(Reason.OUTSIDE_HOURS, "Anna", 2)]


def test_a_week_ends_at_midnight_of_the_school(cast: Cast, paula: Membership) -> None:
    start, end = queries.span(WEEK)
    for moment in (start - timedelta(seconds=1), start, end - timedelta(seconds=1), end):
        acted(cast.anna, when=moment, pupil_id=cast.pupil_noor.pk)
    assert on_list(paula) == [(Reason.OUTSIDE_HOURS, "Anna", 2)]


def test_sixty_one_files_in_an_hour_are_told_at_once(cast: Cast, paula: Membership) -> None:
    now = timezone.now()
    children = [pupil(cast.group_6a, f"Kind {number}", 6) for number in range(61)]
    for number, child in enumerate(children[:60]):
        acted(cast.bram, when=now - timedelta(seconds=number), pupil_id=child.pk)
    assert queries.running_alarms(paula, at=now) == ()
    assert "Veel dossiers" not in text_of(paula, "home")
    acted(cast.bram, when=now, pupil_id=children[60].pk)
    (told,) = queries.running_alarms(paula, at=now)
    assert (told.line.reason, told.who, told.role, told.line.pupils) == (Reason.MANY_FILES, "Bram van de Test", "intern begeleider", 61)
    assert "Veel dossiers in een uur" in text_of(paula, "home")


def test_fetching_the_whole_school_is_told_at_once(cast: Cast, paula: Membership) -> None:
    acted(cast.bram, "file.exported", when=timezone.now(), record="job", group_id=cast.group_6a.pk)
    assert "Rapporten van de hele school opgehaald" in text_of(paula, "home")


def test_refusals_exports_and_rights(cast: Cast, paula: Membership) -> None:
    for _ in range(10):
        acted(cast.carla, "page.refused", record="pupil", pupil_id=cast.pupil_noor.pk)
    acted(cast.anna, "file.exported", record="group", group_id=cast.group_6a.pk)
    acted(cast.olga, "role.approved", record="appointment")
    assert on_list(paula) == [(Reason.MANY_REFUSALS, "Carla", 10), (Reason.EXPORT, "Anna", 1), (Reason.RIGHTS_CHANGED, "Olga", 1)]


def test_a_flood_of_wrong_passwords_is_told_at_once(cast: Cast, paula: Membership) -> None:
    record_sign_in(cast.anna.person, "login.failed", outcome="refused")
    assert "Veel mislukt inloggen" not in text_of(paula, "home")
    record_sign_in(cast.anna.person, "login.alarm", outcome="refused")
    assert "Veel mislukt inloggen" in text_of(paula, "home")


def glass(cast: Cast, **reviewed: Any) -> BreakGlass:
    dien = member(cast.beuk, Role.EMPLOYEE, "dien")
    return BreakGlass.objects.create(
        school=cast.beuk,
        membership=dien,
        pupil=cast.pupil_noor,
        reason="Noor viel en reageert niet",
        from_at=at(),
        until_at=at() + timedelta(hours=1),
        **reviewed,
    )


def test_a_broken_glass_is_always_on_the_list_and_blocks_until_it_is_judged(cast: Cast, paula: Membership) -> None:
    broken = glass(cast)
    assert on_list(paula) == [(Reason.BREAK_GLASS, "Dien", 1)]
    answer = sign(paula)
    assert (answer.status_code, "nog niet beoordeeld is (1)" in answer.content.decode()) == (409, True)
    with pytest.raises(GlassNotReviewed):
        sign_week(paula, cast.beuk, WEEK, remark=Review.Remark.NOTHING, at=timezone.now())
    broken.reviewed_by, broken.reviewed_at, broken.was_right = paula, timezone.now(), True
    broken.save()
    assert sign(paula).status_code == 302


# ---- signing ----------------------------------------------------------------------------------------------------


def sign(officer: Membership, week: date = WEEK, **said: str) -> Any:
    address = reverse("sign_week", args=[officer.pk, week.isoformat()])
    return client_of(officer).post(address, {"remark": "asked", **said})


def test_a_signature_keeps_the_head_and_stands_in_the_log_itself(cast: Cast, paula: Membership) -> None:
    acted(cast.anna, when=at(22), pupil_id=cast.pupil_noor.pk)
    assert sign(paula).status_code == 302
    signed = Review.objects.get()
    assert (signed.week, signed.signed_by, signed.remark, signed.lines) == (WEEK, paula, "asked", 1)
    assert signed.hash == Entry.objects.get(school_id=cast.beuk.pk, sequence=signed.sequence).hash
    event = Entry.objects.get(name="week.signed")
    assert (event.record, event.record_id, event.person_id, event.purpose) == ("review", signed.pk, paula.person_id, "supervision")
    page = text_of(paula, "week_review", WEEK.isoformat())
    assert "Nagevraagd bij wie het betrof" in page
    assert "Gezien, ik teken" not in page
    assert "Nagevraagd bij wie het betrof" in text_of(paula, "reviews")


def test_a_week_is_signed_once_and_not_before_it_is_over(cast: Cast, paula: Membership) -> None:
    assert sign(paula).status_code == 302
    assert "Voor deze week is al getekend" in sign(paula).content.decode()
    running = sign(paula, monday(timezone.localdate()))
    assert (running.status_code, "nog niet om" in running.content.decode()) == (409, True)
    assert Review.objects.count() == 1
    with pytest.raises(WeekAlreadySigned):
        sign_week(paula, cast.beuk, WEEK, remark=Review.Remark.NOTHING, at=timezone.now())
    with pytest.raises(WeekNotOver):
        sign_week(paula, cast.beuk, WEEK + timedelta(weeks=1), remark=Review.Remark.NOTHING, at=timezone.now())


def test_without_a_finding_nothing_is_signed(cast: Cast, paula: Membership) -> None:
    for remark in ("", "een lange tekst over Noor", "\x00"):
        answer = sign(paula, remark=remark)
        assert (answer.status_code, Review.objects.count()) == (200, 0)
        assert "Noor" not in answer.content.decode()


def test_nobody_else_signs(cast: Cast, paula: Membership) -> None:
    for actor in (*cast.actors().values(), member(cast.eik, Role.PRIVACY_OFFICER, "petra")):
        with pytest.raises(NotPermitted):
            sign_week(actor, cast.beuk, WEEK, remark=Review.Remark.NOTHING, at=timezone.now())
    assert {sign(actor).status_code for actor in cast.actors().values()} == {404}
    assert not Review.objects.exists()


def test_weeks_without_a_signature_pile_up(cast: Cast, paula: Membership) -> None:
    acted(cast.anna, when=at() - timedelta(weeks=3), pupil_id=cast.pupil_noor.pk)
    assert queries.weeks(paula, on=timezone.localdate()).unsigned == tuple(WEEK - timedelta(weeks=ago) for ago in (3, 2, 1, 0))
    assert "Er wachten 4 weken" in text_of(paula, "home")
    sign(paula, WEEK - timedelta(weeks=1))
    assert WEEK - timedelta(weeks=1) not in queries.weeks(paula, on=timezone.localdate()).unsigned
    assert "Er wachten 3 weken" in text_of(paula, "home")


def test_nobody_signs_for_a_log_that_was_tampered_with(cast: Cast, paula: Membership) -> None:
    for _ in range(3):
        acted(cast.anna, pupil_id=cast.pupil_noor.pk)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE kring_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER kring_entry_no_update")
    Entry.objects.filter(sequence=2).update(person_id=cast.bram.person_id)
    assert "vanaf regel 2" in text_of(paula, "week_review", WEEK.isoformat())
    answer = sign(paula)
    assert (answer.status_code, "vanaf regel 2" in answer.content.decode(), Review.objects.count()) == (409, True, 0)


def test_a_signed_head_is_where_the_next_walk_begins(cast: Cast, paula: Membership) -> None:
    for _ in range(20):
        acted(cast.anna, pupil_id=cast.pupil_noor.pk)
    sign(paula)
    found = queries.chain(paula)
    assert (found.verdict.is_sound, found.verdict.links < 20) == (True, True)
    assert found.code != ""
    Review.objects.update(hash="0" * 64)
    assert queries.chain(paula).first_fault == Review.objects.get().sequence


# ---- the four questions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", ["reviews", "week_review", "log", "log_spreadsheet"])
def test_only_who_sees_to_the_log_sees_it(cast: Cast, paula: Membership, route: str) -> None:
    keys = [WEEK.isoformat()] if route == "week_review" else []
    acted(cast.anna, when=at(22), pupil_id=cast.pupil_noor.pk)
    assert may_look(cast, route, *keys) == set()
    page = look(paula, route, *keys)
    assert (page.status_code, b"Noor" in page.content) == (200, False)


@pytest.mark.parametrize("week", ["2026-11-17", "niets", "2026-W10", "1999-01-04", "9999-01-04", "2026-02-30"])
def test_a_week_that_is_none_does_not_exist(paula: Membership, week: str) -> None:
    assert look(paula, "week_review", week).status_code == 404
    assert client_of(paula).post(reverse("sign_week", args=[paula.pk, week]), {"remark": "nothing"}).status_code == 404


def test_the_list_tells_function_and_rule_and_no_content(cast: Cast, paula: Membership) -> None:
    acted(cast.anna, when=at(22), pupil_id=cast.pupil_noor.pk)
    page = text_of(paula, "week_review", WEEK.isoformat())
    assert all(
        word in page for word in ("Anna van de Test", "leerkracht", "Buiten schooltijd", "voor 7 uur of na 19 uur", "1 keer, 1 leerling")
    )
    assert not any(word in page for word in ("Noor", str(cast.pupil_noor.pk)))


def test_another_school_has_its_own_weeks(cast: Cast, paula: Membership) -> None:
    acted(cast.anna, when=at(22), pupil_id=cast.pupil_noor.pk)
    petra = member(cast.eik, Role.PRIVACY_OFFICER, "petra")
    assert on_list(petra) == []
    sign(paula)
    assert not may(petra, Review, Verb.READ).exists()
    assert not may(petra, Entry, Verb.READ).filter(school_id=cast.beuk.pk).exists()


@pytest.mark.parametrize("route", ["home", "reviews", "week_review", "log"])
def test_as_many_queries_for_three_lines_as_for_one(cast: Cast, paula: Membership, route: str) -> None:
    keys = [WEEK.isoformat()] if route == "week_review" else []
    acted(cast.anna, when=at(22), pupil_id=cast.pupil_noor.pk)
    few = queries_for(paula, route, keys)
    for actor in (cast.carla, cast.bram, cast.anna):
        acted(actor, when=at(22), pupil_id=cast.pupil_sem.pk, group_id=None)
    assert queries_for(paula, route, keys) == few


def test_a_person_who_is_parent_and_colleague_is_one_person(cast: Cast) -> None:
    """Ties go by person: a second account would hide them."""
    assert Guardian.objects.get(person=cast.els.person).person_id == cast.els.person_id
    assert Guardianship.objects.filter(guardian__person=cast.els.person).count() == 1
    assert Person.objects.filter(pk=cast.els.person_id).count() == 1


def test_an_old_address_leads_to_login(paula: Membership) -> None:
    answer = Client().get(reverse("week_review", args=[UUID(int=1), WEEK.isoformat()]))
    assert (answer.status_code, answer.headers["Location"].startswith(reverse("account_login"))) == (302, True)
