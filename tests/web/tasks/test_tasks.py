"""My tasks: made in one line, ticked off in one press and taken back, put off, dropped; and nobody else's."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.web.models import Entry, Group, Holiday, Membership, Task
from kring.web.tasks.intake import give_task, settle
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.measurements import PUPIL_LIST, round_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 3, 9, tzinfo=UTC)
NO_KEY = "0f0e0d0c-0b0a-4908-8706-050403020100"


@pytest.fixture(autouse=True)
def a_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def send(actor: Membership, route: str, *keys: object, **sent: object) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), sent)


def own(actor: Membership, line: str = "bellen met de GGD, vr", **more: object) -> Task:
    before = set(Task.objects.values_list("pk", flat=True))
    assert send(actor, "task_new", line=line, **more).status_code == 302
    return Task.objects.exclude(pk__in=before).get()


def of_kring(cast: Cast, *, due_on: date = date(2025, 11, 5), group: Group | None = None) -> Task:
    asked = round_of(cast.group_6a, PUPIL_LIST, "Najaarslijst")
    return give_task(cast.anna, "round.lists_missing", due_on=due_on, at=MONDAY, about=asked, group=group or cast.group_6a)


def free(cast: Cast, name: str, first_on: date, last_on: date) -> Holiday:
    return Holiday.objects.create(school=cast.beuk, year=cast.year, kind="vacation", name=name, first_on=first_on, last_on=last_on)


# ---- one's own --------------------------------------------------------------------------------------------------


def test_a_line_with_a_day_becomes_a_task(cast: Cast) -> None:
    made = own(cast.anna, back="home")
    assert (made.title, made.due_on, made.owner, made.kind) == ("bellen met de GGD", date(2025, 11, 7), cast.anna, "task.own")
    shown = text_of(cast.anna, "home")
    assert "bellen met de GGD" in shown
    assert "Deze week" in shown
    assert Entry.objects.filter(name="task.made").values_list("record", "record_id").get() == ("task", made.pk)


def test_a_line_without_a_day_is_for_today(cast: Cast) -> None:
    assert own(cast.anna, "schriften nakijken").due_on == date(2025, 11, 3)


def test_a_day_and_a_group_may_be_said_apart(cast: Cast) -> None:
    made = own(cast.anna, "rapporten, deel 1", due_on="2025-11-12", group=str(cast.group_6a.pk))
    assert (made.title, made.due_on, made.group) == ("rapporten, deel 1", date(2025, 11, 12), cast.group_6a)
    assert "groep 6A" in text_of(cast.anna, "tasks")


@pytest.mark.parametrize(
    ("line", "due_on", "says"),
    [
        ("bellen", "2025-10-31", "is al voorbij"),
        ("bellen", "2025-12-25", "er geen school (Kerstvakantie)"),
        ("bellen", "2025-11-08", "er geen school (weekend)"),
        ("bellen", "2026-09-01", "tot en met vr 31 juli 2026"),
        ("x" * 201, "", "hooguit 200 tekens"),
        (".", "", "Schrijf in een paar woorden"),
    ],
)
def test_what_cannot_be_is_said_and_kept_on_the_form(cast: Cast, line: str, due_on: str, says: str) -> None:
    free(cast, "Kerstvakantie", date(2025, 12, 20), date(2026, 1, 4))
    answer = send(cast.anna, "task_new", line=line, due_on=due_on)
    assert answer.status_code == 409
    assert says in answer.content.decode()
    assert line in answer.content.decode()
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [{}, {"line": "bellen", "due_on": "morgen"}, {"line": "bellen", "group": "0f0e0d0c-0b0a-4908-8706-050403020100"}, {"line": "x" * 300}],
)
def test_a_form_that_is_not_right_comes_back(cast: Cast, sent: dict[str, str]) -> None:
    answer = send(cast.anna, "task_new", **sent)
    assert answer.status_code == 200
    assert "Dit is nog niet goed" in answer.content.decode()
    assert not Task.objects.exists()


def test_somebody_else_s_group_is_no_choice(cast: Cast) -> None:
    assert send(cast.anna, "task_new", line="bellen", group=str(cast.group_6b.pk)).status_code == 200
    assert "6B" not in text_of(cast.anna, "task_new")
    assert "Hoort bij een groep" not in text_of(cast.bram, "task_new")  # only who teaches a group has one to pass on


# ---- ticking off ------------------------------------------------------------------------------------------------


def test_one_press_ticks_off_and_the_next_page_takes_it_back(cast: Cast) -> None:
    made = own(cast.anna)
    answer = send(cast.anna, "task_done", made.pk, back="home")
    assert answer.headers["Location"] == f"{reverse('home', args=[cast.anna.pk])}?done={made.pk}"
    shown = text_of(cast.anna, "home", done=str(made.pk))
    assert "Afgevinkt: bellen met de GGD" in shown
    assert reverse("task_undo", args=[cast.anna.pk, made.pk]) in shown
    assert reverse("task_done", args=[cast.anna.pk, made.pk]) not in text_of(cast.anna, "home")
    assert "gedaan op ma 3 november 2025" in text_of(cast.anna, "tasks", show="done")
    send(cast.anna, "task_undo", made.pk)
    assert reverse("task_done", args=[cast.anna.pk, made.pk]) in text_of(cast.anna, "tasks")
    events = Entry.objects.filter(name__startswith="task.").order_by("sequence").values_list("name", flat=True)
    assert list(events) == ["task.made", "task.done", "task.undone"]


def test_ticking_off_twice_is_said(cast: Cast) -> None:
    made = own(cast.anna)
    send(cast.anna, "task_done", made.pk)
    for route, sent in (("task_done", {}), ("task_put_off", {"to": "2025-11-12"}), ("task_drop", {"reason": "was niet nodig"})):
        answer = send(cast.anna, route, made.pk, **sent)
        assert answer.status_code == 409
        assert "al afgevinkt of vervallen" in answer.content.decode()


def test_what_kring_saw_or_what_is_long_ago_is_not_taken_back(cast: Cast) -> None:
    made = of_kring(cast)
    settle(made, at=MONDAY)
    assert send(cast.anna, "task_undo", made.pk).status_code == 409
    assert "Afgevinkt" not in text_of(cast.anna, "tasks", done=str(made.pk))
    mine = own(cast.anna)
    Task.objects.filter(pk=mine.pk).update(done_at=datetime(2025, 11, 1, tzinfo=UTC))
    assert send(cast.anna, "task_undo", mine.pk).status_code == 409


@pytest.mark.parametrize("asked", ["x", "", NO_KEY])
def test_an_address_with_another_key_says_nothing(cast: Cast, asked: str) -> None:
    assert "Afgevinkt" not in text_of(cast.anna, "home", done=asked)


# ---- later, and not needed --------------------------------------------------------------------------------------


def test_put_off_keeps_the_first_day_and_counts(cast: Cast) -> None:
    made = of_kring(cast)
    send(cast.anna, "task_put_off", made.pk, to="2025-11-06")
    send(cast.anna, "task_put_off", made.pk, to="2025-11-12")
    made.refresh_from_db()
    assert (made.first_due_on, made.due_on, made.times_put_off) == (date(2025, 11, 5), date(2025, 11, 12), 2)
    assert "2 keer uitgesteld, eerst wo 5 november" in text_of(cast.anna, "tasks")


@pytest.mark.parametrize(
    ("to", "says", "status"),
    [
        ("2025-11-05", "staat al op wo 5 november 2025", 409),
        ("2025-11-09", "zo 9 november 2025 is er geen school", 409),
        ("2025-11-02", "is al voorbij", 409),
        ("straks", "Voer een geldige datum in", 200),
    ],
)
def test_a_day_that_cannot_be_is_said(cast: Cast, to: str, says: str, status: int) -> None:
    made = of_kring(cast)
    answer = send(cast.anna, "task_put_off", made.pk, to=to)
    assert (answer.status_code, says in answer.content.decode()) == (status, True)
    made.refresh_from_db()
    assert made.due_on == date(2025, 11, 5)


def test_what_kring_asks_is_dropped_with_a_reason(cast: Cast) -> None:
    made = of_kring(cast)
    assert "minstens 10 tekens" in send(cast.anna, "task_drop", made.pk, reason="nee").content.decode()
    assert send(cast.anna, "task_drop", made.pk, reason="x" * 300).status_code == 200
    assert send(cast.anna, "task_drop", made.pk, reason="De lijsten liggen op papier klaar").status_code == 302
    assert "vervallen op ma 3 november 2025: De lijsten liggen op papier klaar" in text_of(cast.anna, "tasks", show="done")
    assert send(cast.anna, "task_drop", own(cast.anna).pk).status_code == 302  # one's own needs none


# ---- what Kring asks --------------------------------------------------------------------------------------------


def test_what_kring_asks_says_what_and_leads_there(cast: Cast) -> None:
    made = of_kring(cast)
    shown = text_of(cast.anna, "task", made.pk)
    assert "Zorg dat de lijsten van “Najaarslijst” binnenkomen in groep 6A." in shown
    assert reverse("round", args=[cast.anna.pk, made.record_id]) in shown


def test_it_is_due_on_the_school_day_before_a_holiday(cast: Cast) -> None:
    free(cast, "Herfstvakantie", date(2025, 11, 5), date(2025, 11, 12))
    assert of_kring(cast, due_on=date(2025, 11, 11)).due_on == date(2025, 11, 4)
    assert "Herfstvakantie (wo 5 november tot en met wo 12 november)" in text_of(cast.anna, "home")


def test_the_same_thing_is_asked_once(cast: Cast) -> None:
    asked = round_of(cast.group_6a, PUPIL_LIST, "Najaarslijst")
    first, again = (give_task(cast.bram, "round.close_due", due_on=date(2025, 11, 28), at=MONDAY, about=asked) for _ in range(2))
    assert first == again


def test_a_pupil_has_a_name_only_for_who_may_see_the_pupil(cast: Cast) -> None:
    made = give_task(
        cast.anna,
        "pupil.turning_16",
        due_on=date(2025, 11, 28),
        at=MONDAY,
        about=cast.pupil_noor,
        group=cast.group_6a,
        pupil=cast.pupil_noor,
    )
    assert "Noor Test wordt 16" in text_of(cast.anna, "tasks")
    assert Entry.objects.filter(name="page.read", pupil_id=cast.pupil_noor.pk, record="task").exists()
    Task.objects.filter(pk=made.pk).update(owner=cast.carla)
    shown = text_of(cast.carla, "tasks")
    assert "Een leerling wordt 16" in shown
    assert "Noor" not in shown


# ---- who may ----------------------------------------------------------------------------------------------------


def test_a_task_is_its_owner_s(cast: Cast) -> None:
    made = own(cast.anna, "iets over Noor")
    assert may_look(cast, "task", made.pk) == {"anna"}
    for actor in (cast.carla, cast.bram, cast.frans, cast.els):
        for route in ("task_done", "task_undo", "task_put_off", "task_drop"):
            assert send(actor, route, made.pk, to="2025-11-12").status_code == 404
    made.refresh_from_db()
    assert (made.done_at, made.dropped_at, made.times_put_off) == (None, None, 0)


def test_only_staff_has_a_list(cast: Cast) -> None:
    own(cast.anna, "iets over Noor")
    assert may_look(cast, "tasks") == {"anna", "carla", "bram", "rik", "olga", "frans", "gijs"}
    assert "Er staat niets open" in text_of(cast.rik, "tasks")


def test_three_tasks_ask_as_much_as_one(cast: Cast) -> None:
    of_kring(cast)
    own(cast.anna, "een, vr", group=str(cast.group_6a.pk))
    before = {route: queries_for(cast.anna, route) for route in ("home", "tasks")}
    for number in range(3):
        own(cast.anna, f"nog {number}, vr", group=str(cast.group_6a.pk))
        of_kring(cast)
    assert {route: queries_for(cast.anna, route) for route in ("home", "tasks")} == before


def test_the_list_is_narrowed_to_a_group(cast: Cast) -> None:
    own(cast.anna, "zonder groep")
    own(cast.anna, "van zes a", group=str(cast.group_6a.pk))
    shown = text_of(cast.anna, "tasks", group=str(cast.group_6a.pk))
    assert "van zes a" in shown
    assert "zonder groep" not in shown
    assert "zonder groep" in text_of(cast.anna, "tasks", group=str(cast.group_6b.pk))


def test_an_unknown_kind_is_shown_all_the_same(cast: Cast) -> None:
    give_task(cast.rik, "thing.to_come", due_on=date(2025, 11, 28), at=MONDAY)
    assert "Er staat iets voor u klaar." in text_of(cast.rik, "tasks")
    assert look(cast.rik, "home").status_code == 200
