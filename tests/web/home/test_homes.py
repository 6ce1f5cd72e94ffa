"""The first page of each role: it works, shows nothing of others, and asks as much for three groups as for one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.core.sociometry import Participation
from kring.web.models import Assignment, Entry, Group, Guardian, Guardianship, Membership, Pupil, Round, Sociogram
from kring.web.sociograms.intake import take_sociogram
from tests.asking import text_of
from tests.cast import START, Cast, client_of, group, member, pupil
from tests.measurements import HANDED_IN, TEACHER_LIST, classmates, list_round, round_of, sociogram_round

pytestmark = pytest.mark.django_db


def page(actor: Membership) -> str:
    return text_of(actor, "home")


def queries_of(actor: Membership) -> int:
    client = client_of(actor)
    address = reverse("home", args=[actor.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def measure_6a(cast: Cast) -> Sociogram:
    pupils = [cast.pupil_sem, *classmates(cast.group_6a, 8), cast.pupil_noor]
    list_round(cast.group_6a, pupils, "Leerlinglijst, najaar", silent=1)
    return sociogram_round(cast.group_6a, pupils, "Sociogram, najaar", absent=1)


# ---- teacher --------------------------------------------------------------------------------------------------


def test_a_teacher_sees_her_group_what_runs_and_who_is_missing(cast: Cast) -> None:
    made = measure_6a(cast)
    running = Round.objects.get(closed_at=None)
    shown = page(cast.anna)
    assert "Mijn week" in shown
    assert "Groep 6A" in shown
    assert "6B" not in shown
    assert "9 van 10 binnen" in shown
    assert "1 leerling nog niet" in shown
    assert "Bekijk het sociogram" in shown
    for address in (
        reverse("group", args=[cast.anna.pk, cast.group_6a.pk]),
        reverse("pupil", args=[cast.anna.pk, cast.pupil_noor.pk]),
        reverse("sociogram", args=[cast.anna.pk, made.pk]),
        reverse("round", args=[cast.anna.pk, running.pk]),
    ):
        assert f'href="{address}"' in shown


def test_reading_it_is_written_down(cast: Cast) -> None:
    page(cast.anna)
    assert list(Entry.objects.filter(name="page.read").values_list("route", "record", "record_id", "actor_id")) == [
        ("home", "group", cast.group_6a.pk, cast.anna.pk)
    ]


def test_a_teacher_of_a_group_without_measurements_is_offered_the_first_step(cast: Cast) -> None:
    assert f'href="{reverse("upload", args=[cast.carla.pk, cast.group_6b.pk])}"' in page(cast.carla)


def test_a_teacher_without_a_group_reads_what_will_come(cast: Cast) -> None:
    Assignment.objects.filter(membership=cast.carla).delete()
    assert "Nog geen groep" in page(cast.carla)


def test_when_nothing_runs_the_newest_round_stands_there(cast: Cast) -> None:
    measure_6a(cast)
    Round.objects.update(closed_at=datetime(2025, 12, 1, tzinfo=UTC))
    shown = page(cast.anna)
    assert "Er loopt nu geen afname." in shown
    assert "Het laatste sociogram" in shown
    assert "nog niet" not in shown


def test_a_list_that_asks_nobody_to_choose_takes_not_the_place_of_the_newest_sociogram(cast: Cast) -> None:
    drawn = measure_6a(cast)
    parts = round_of(cast.group_6a, "kring-sociogram-rollen", "Wie helpt", opens_on=drawn.round.opens_on + timedelta(days=9))
    listed = dict.fromkeys([cast.pupil_noor.pk, cast.pupil_sem.pk], Participation.DONE)
    made = take_sociogram(parts, cast.group_6a, listed=listed, choices=[], at=HANDED_IN)
    Round.objects.update(closed_at=datetime(2025, 12, 1, tzinfo=UTC))
    shown = page(cast.anna)
    assert reverse("sociogram", args=[cast.anna.pk, drawn.pk]) in shown
    assert reverse("sociogram", args=[cast.anna.pk, made.pk]) not in shown


def test_too_few_in_a_sociogram_is_said(cast: Cast) -> None:
    pupils = [cast.pupil_noor, *classmates(cast.group_6a, 7)]
    sociogram_round(cast.group_6a, pupils, absent=5)
    assert "3 van 8 leerlingen deden mee: te weinig om iets te zeggen" in page(cast.anna)


def test_three_groups_ask_no_more_than_one(cast: Cast) -> None:
    measure_6a(cast)
    before = queries_of(cast.anna)
    for name in ("6C", "6D"):
        other = group(cast.beuk, name, [6])
        Assignment.objects.create(school=cast.beuk, membership=cast.anna, group=other, from_at=START)
        list_round(other, classmates(other, 5), f"Leerlinglijst {name}", silent=2)
        sociogram_round(other, classmates_again(other), f"Sociogram {name}")
    assert queries_of(cast.anna) == before


def classmates_again(of: Group) -> list[Pupil]:
    return list(Pupil.objects.filter(enrolments__group=of))


# ---- coordinator ----------------------------------------------------------------------------------------------


def test_a_coordinator_sees_every_group_and_what_is_left_lying(cast: Cast) -> None:
    measure_6a(cast)
    others = [cast.pupil_lot, *classmates(cast.group_6b, 7)]
    list_round(cast.group_6b, others, "Leerkrachtlijst, najaar", key=TEACHER_LIST)
    few = sociogram_round(cast.group_6b, others, "Sociogram van 6B", absent=5)
    Round.objects.filter(pk=few.round_id).update(closed_at=timezone.now())
    shown = page(cast.bram)
    assert "Zorgoverzicht" in shown
    assert "9 van 10" in shown
    assert "alles is binnen" in shown
    assert f'href="{reverse("sociogram", args=[cast.bram.pk, few.pk])}"' in shown
    assert "3 van 8 deden mee" in shown
    assert "Noor" not in shown
    assert "Lot" not in shown


def test_a_coordinator_of_another_school_sees_none_of_it(cast: Cast) -> None:
    measure_6a(cast)
    for actor in (cast.frans, cast.gijs):
        shown = page(actor)
        assert "6A" not in shown
        assert "Leerlinglijst" not in shown


def test_three_running_rounds_ask_no_more_than_one(cast: Cast) -> None:
    measure_6a(cast)
    before = queries_of(cast.bram)
    for name in ("7", "8"):
        other = group(cast.beuk, name, [7])
        list_round(other, classmates(other, 4), f"Leerlinglijst {name}")
        sociogram_round(other, classmates_again(other), f"Sociogram {name}")
    assert queries_of(cast.bram) == before


# ---- leader and administrator ---------------------------------------------------------------------------------


def test_a_leader_sees_how_much_came_in_and_no_child(cast: Cast) -> None:
    measure_6a(cast)
    shown = page(cast.rik)
    assert "De school in cijfers" in shown
    assert "9 van 10" in shown
    assert "(90\N{NO-BREAK SPACE}%)" in shown
    assert "Noor" not in shown
    assert "Sem" not in shown
    assert "Welbevinden" not in shown


def test_a_leader_of_a_school_without_rounds_reads_what_will_come(cast: Cast) -> None:
    assert "Nog niets gemeten" in page(cast.rik)


def test_three_rounds_of_a_school_ask_no_more_than_one(cast: Cast) -> None:
    measure_6a(cast)
    before = queries_of(cast.rik)
    list_round(cast.group_6b, [cast.pupil_lot], "Nog een lijst")
    assert queries_of(cast.rik) == before


def test_an_administrator_sees_the_machine_and_no_child(cast: Cast) -> None:
    measure_6a(cast)
    shown = page(cast.olga)
    assert "Staat van de installatie" in shown
    assert {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor] in shown
    assert "er wacht niets" in shown
    assert "De database bewaart niet zoals het hoort" not in shown
    for name in ("Noor", "Sem", "6A", "Leerlinglijst"):
        assert name not in shown


# ---- pupil and guardian ---------------------------------------------------------------------------------------


def test_a_pupil_sees_the_group_and_that_nothing_is_asked(cast: Cast) -> None:
    shown = page(cast.sem)
    assert "Jij zit in groep 6A" in shown
    assert "Anna van de Test" in shown
    assert "Er staat niets voor je klaar" in shown
    assert "Noor" not in shown


def test_a_guardian_sees_the_child_the_group_and_the_teacher(cast: Cast) -> None:
    shown = page(cast.els)
    assert "Noor Test" in shown
    assert "Groep 6A" in shown
    assert "Leerkracht: Anna van de Test" in shown
    assert "Carla" not in shown
    assert list(Entry.objects.filter(name="page.read").values_list("record", "record_id")) == [("pupil", cast.pupil_noor.pk)]


def test_a_secondary_school_speaks_of_a_class(cast: Cast) -> None:
    """No groep, no juf, no intern begeleider there."""
    mentor, bas = member(cast.baken, Role.MENTOR, "mentor"), member(cast.baken, Role.PUPIL, "bas")
    Assignment.objects.create(school=cast.baken, membership=mentor, group=cast.group_baken, from_at=START)
    Pupil.objects.filter(pk=cast.pupil_bas.pk).update(person=bas.person)
    assert "Klas 1A" in page(mentor)
    shown = page(bas)
    assert "Jij zit in klas 1A" in shown
    assert "Je docent is Mentor van de Test" in shown
    assert "juf" not in shown
    assert "ondersteuningscoördinator, Het Baken" in page(cast.gijs)
    assert "intern begeleider, De Beuk" in page(cast.bram)


def test_a_guardian_without_authority_sees_an_honest_page_and_not_the_child(cast: Cast) -> None:
    shown = page(cast.pim)
    assert "Hier staan geen kinderen" in shown
    assert "Noor" not in shown
    assert "Anna" not in shown


def test_three_children_ask_no_more_than_one(cast: Cast) -> None:
    before = queries_of(cast.els)
    for name in ("Jet", "Wout"):
        care_for(pupil(cast.group_6b, name, 6), cast.els)
    assert queries_of(cast.els) == before
    assert "Jet Test" in page(cast.els)


def care_for(child: Pupil, actor: Membership) -> None:
    Guardianship.objects.create(
        school=actor.school, guardian=Guardian.objects.get(person=actor.person), pupil=child, has_authority=True, from_at=START
    )


# ---- everybody ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [role.value for role in Role])
def test_the_home_of_somebody_else_does_not_exist(cast: Cast, name: str) -> None:
    owner = member(cast.beuk, Role(name), "owner")
    assert client_of(owner).get(reverse("home", args=[owner.pk])).status_code == 200
    answer = client_of(cast.gijs).get(reverse("home", args=[owner.pk]))
    assert answer.status_code == 404
    assert "Noor" not in answer.content.decode()


def test_a_home_is_only_looked_at(cast: Cast) -> None:
    assert client_of(cast.anna).post(reverse("home", args=[cast.anna.pk])).status_code == 405


def test_front_leads_to_the_first_hat(cast: Cast) -> None:
    answer = client_of(cast.anna).get(reverse("front"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("home", args=[cast.anna.pk]))


def test_somebody_without_any_membership_reads_what_to_do(cast: Cast) -> None:
    Membership.objects.filter(pk=cast.frans.pk).update(until_at=datetime(2025, 9, 1, tzinfo=UTC))
    answer = client_of(cast.frans).get(reverse("front"))
    assert answer.status_code == 200
    assert "u hoort nu bij geen enkele school" in answer.content.decode()
    assert "De Eik" not in answer.content.decode()
