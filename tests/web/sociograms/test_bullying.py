"""Who is bullied every week is talked with within two school days; names are for who follows it up, and numbers for who teaches."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from kring.core.access import Role
from kring.core.choice_policies import PolicyKind
from kring.web.choice_policies.actions import Decision, decide
from kring.web.home.intake import make_due_tasks
from kring.web.models import BullyingReport, Entry, Holiday, Membership, Pupil, Round, Sociogram, Task
from kring.web.people.intake import holders
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member
from tests.measurements import HANDED_IN, classmates
from tests.web.sociograms.choosing_class import asked_round, close, hand_in, who

pytestmark = pytest.mark.django_db
CLOSED = datetime(2025, 11, 7, 15, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(CLOSED + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def saar(cast: Cast) -> Membership:
    return member(cast.beuk, Role.SAFETY_COORDINATOR, "saar")


@pytest.fixture
def pupils(cast: Cast) -> list[Pupil]:
    return [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 6)]


@pytest.fixture
def asked(cast: Cast, saar: Membership, pupils: list[Pupil]) -> Round:
    decision = Decision(PolicyKind.BULLYING, "Het pestplan van groep 6 nagaan.", date(2025, 10, 1), saar, 365)
    decide(cast.bram, cast.beuk, decision, at=HANDED_IN - DAY)
    return asked_round(cast.group_6a, pupils, "kring-sociogram-pesten")


def told(asked: Round, pupils: list[Pupil]) -> None:
    """Noor is bullied every week by Sem and Kind 01, Kind 02 now and then by Sem; Sem names Noor; Kind 03 helps Noor."""
    noor, sem, one, two, three, *rest = pupils
    hand_in(asked, noor, {"often": 4, "bullied_by": who(sem, one), "helped_by": who(three)})
    hand_in(asked, two, {"often": 2, "bullied_by": who(sem, one), "helped_by": who()})
    hand_in(asked, sem, {"often": 1, "bullied_by": who(noor), "helped_by": None})
    for other in (one, three, *rest):
        hand_in(asked, other, {"often": 1, "bullied_by": who(), "helped_by": who()})


def closed(cast: Cast, asked: Round, pupils: list[Pupil]) -> Sociogram:
    told(asked, pupils)
    close(cast.bram, asked, at=CLOSED)
    return Sociogram.objects.get()


# ---- a talk -----------------------------------------------------------------------------------------------------


def test_who_follows_it_up_has_a_talk_to_hold_within_two_school_days_of_the_answer(cast: Cast, saar: Membership, asked: Round) -> None:
    Holiday.objects.create(
        school=cast.beuk, year=cast.year, kind="study", name="Studiedag", first_on=date(2025, 11, 5), last_on=date(2025, 11, 5)
    )
    hand_in(asked, cast.pupil_noor, {"often": 4, "bullied_by": None, "helped_by": None})  # a Tuesday
    hand_in(asked, cast.pupil_sem, {"often": 3, "bullied_by": None, "helped_by": None})
    task = Task.objects.get()
    assert (task.owner, task.kind, task.pupil, task.due_on) == (saar, "bullying.talk", cast.pupil_noor, date(2025, 11, 7))
    page = text_of(saar, "tasks")
    assert "Praat met Noor" in page
    report = BullyingReport.objects.get(pupil=cast.pupil_noor)
    assert "elke week" in text_of(saar, "bullying_talk", report.pk)  # and the round is still open
    for actor in (cast.anna, cast.bram, cast.rik, cast.els, cast.noor, cast.frans):
        assert look(actor, "bullying_talk", report.pk).status_code == 404


def test_whoever_says_it_anew_is_not_asked_for_twice(cast: Cast, saar: Membership, asked: Round) -> None:
    hand_in(asked, cast.pupil_noor, {"often": 4, "bullied_by": None, "helped_by": None})
    cast.pupil_noor.invitations.get().submission.delete()
    hand_in(asked, cast.pupil_noor, {"often": 5, "bullied_by": None, "helped_by": None}, at=HANDED_IN + DAY)
    make_due_tasks(at=HANDED_IN + DAY)
    task = Task.objects.get(kind="bullying.talk")
    assert task.record_id == BullyingReport.objects.get().pk
    assert task.due_on == date(2025, 11, 6)
    assert task.dropped_at is None


def test_who_was_appointed_later_has_it_too_and_a_late_talk_is_heard_of_without_a_name(cast: Cast, saar: Membership, asked: Round) -> None:
    Membership.objects.filter(pk=saar.pk).update(until_at=HANDED_IN)
    hand_in(asked, cast.pupil_noor, {"often": 4, "bullied_by": None, "helped_by": None})
    assert not Task.objects.filter(kind="bullying.talk").exists()
    make_due_tasks(at=HANDED_IN + DAY)
    assert Task.objects.filter(kind="choice_policy.follow_up_gone", owner=cast.bram).exists()
    roos = member(cast.beuk, Role.SAFETY_COORDINATOR, "roos")
    make_due_tasks(at=HANDED_IN + 2 * DAY)
    assert Task.objects.get(kind="bullying.talk").owner == roos
    make_due_tasks(at=HANDED_IN + 6 * DAY)
    late = Task.objects.get(kind="bullying.talk_late")
    assert late.owner in holders(cast.beuk.pk, Role.COORDINATOR, at=HANDED_IN + 6 * DAY)
    page = text_of(cast.bram, "tasks")
    assert "wacht langer dan twee schooldagen" in page
    assert "Noor" not in page
    Task.objects.filter(kind="bullying.talk").update(done_at=HANDED_IN + 7 * DAY)
    make_due_tasks(at=HANDED_IN + 8 * DAY)
    assert Task.objects.get(kind="bullying.talk_late").done_at


# ---- who reads what ---------------------------------------------------------------------------------------------


def test_names_are_for_the_safety_coordinator_alone(cast: Cast, saar: Membership, asked: Round, pupils: list[Pupil]) -> None:
    row = closed(cast, asked, pupils)
    page = text_of(saar, "sociogram_bullying", row.pk)
    for words in ("patroon", "noemt zelf ook iemand", "Samen genoemd", "Wie helpt", "uiterlijk"):
        assert words in page
    assert "Alleen u leest deze bladzijde" in page


def test_who_teaches_reads_numbers_and_no_name(cast: Cast, saar: Membership, asked: Round, pupils: list[Pupil]) -> None:
    row = closed(cast, asked, pupils)
    for actor in (cast.anna, cast.bram):
        page = text_of(actor, "sociogram_bullying", row.pk)
        assert "1 leerling zegt elke week" in page
        assert "Noor" not in page
        assert "Kind 0" not in page
    assert may_look(cast, "sociogram_bullying", row.pk) == {"anna", "bram"}


def test_of_a_class_of_four_nobody_counts_what_each_of_them_said(cast: Cast, saar: Membership, pupils: list[Pupil]) -> None:
    few = pupils[:4]
    for key, answers in (
        ("kring-sociogram-pesten", {"often": 4, "bullied_by": None, "helped_by": None}),
        ("kring-sociogram-punten", {"points": {"points": {str(few[0].pk): 1}}}),
    ):
        made = asked_round(cast.group_6a, few, key)
        hand_in(made, few[0], {one: None if one == "points" else told for one, told in answers.items()})
        for one in few[1:]:
            hand_in(made, one, answers)
        close(cast.bram, made, at=CLOSED)
    bullying = Sociogram.objects.get(round__instrument="kring-sociogram-pesten")
    page = text_of(cast.anna, "sociogram_bullying", bullying.pk)
    assert "Minder dan vijf leerlingen vulden dit in" in page
    assert "elke week" not in page
    assert "Noor" in text_of(saar, "sociogram_bullying", bullying.pk)
    points = text_of(cast.anna, "sociogram_facts", Sociogram.objects.get(round__instrument="kring-sociogram-punten").pk)
    assert "te weinig om iets te zeggen" in points
    assert "0 van 3" not in points


def test_a_list_without_such_questions_has_no_such_page(cast: Cast, saar: Membership, pupils: list[Pupil]) -> None:
    made = asked_round(cast.group_6a, pupils, "kring-sociogram")
    hand_in(made, pupils[0], {"together": who(pupils[1])})
    close(cast.bram, made, at=CLOSED)
    row = Sociogram.objects.get(round=made)
    assert look(saar, "sociogram_bullying", row.pk).status_code == 404


def test_three_who_are_named_ask_the_database_as_much_as_one(cast: Cast, saar: Membership, asked: Round, pupils: list[Pupil]) -> None:
    first = closed(cast, asked, pupils)
    more = asked_round(cast.group_6b, [cast.pupil_lot, *classmates(cast.group_6b, 6)], "kring-sociogram-pesten")
    hand_in(more, cast.pupil_lot, {"often": 4, "bullied_by": who(*classmates_of(more)[:1]), "helped_by": None})
    close(cast.bram, more, at=CLOSED)
    keys = [Sociogram.objects.get(round=more).pk]
    assert queries_for(saar, "sociogram_bullying", [first.pk]) == queries_for(saar, "sociogram_bullying", keys)


def classmates_of(made: Round) -> list[Pupil]:
    return [one.pupil for one in made.invitations.select_related("pupil").exclude(pupil__given_name="Lot").order_by("pk")]


def test_no_family_reads_in_who_looked_that_a_child_was_named_or_said_something(
    cast: Cast, saar: Membership, asked: Round, pupils: list[Pupil]
) -> None:
    row = closed(cast, asked, pupils)
    report = BullyingReport.objects.get(pupil=cast.pupil_noor)
    client_of(saar).get(reverse("sociogram_bullying", args=[saar.pk, row.pk]))
    client_of(saar).get(reverse("bullying_talk", args=[saar.pk, report.pk]))
    seen = {(one.record, one.pupil_id) for one in Entry.objects.filter(person_id=saar.person_id, name="page.read")}
    assert seen == {("sociogram", None), ("pupil", cast.pupil_noor.pk)}


def test_no_guardian_reads_in_who_looked_that_there_is_a_talk_to_hold(cast: Cast, saar: Membership, asked: Round) -> None:
    hand_in(asked, cast.pupil_noor, {"often": 4, "bullied_by": None, "helped_by": None})
    assert "Praat met Noor" in text_of(saar, "tasks")
    assert Entry.objects.filter(person_id=saar.person_id, record="task", pupil_id=cast.pupil_noor.pk).exists()
    page = text_of(cast.els, "who_looked", cast.pupil_noor.pk)
    assert "Noor" in page
    assert "Saar" not in page
