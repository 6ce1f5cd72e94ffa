"""The teacher at the door: open, help, print, close; and nobody else's class."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.web.answering.models import Answer, Filling
from kring.web.answering.tickets import issue
from kring.web.classroom.models import PupilKey, Seat, SignInWindow
from kring.web.classroom.rows import code_of, take_seat
from kring.web.classroom.teaching.actions import make_keys, open_window
from kring.web.models import Entry, Invitation, Membership, Round
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, group
from tests.measurements import classmates, list_round, round_of
from tests.web.answering.test_save import hand_in, kept, save

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2025, 11, 4, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


def send(actor: Membership, route: str, *keys: object, **sent: object) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), sent)


def test_a_teacher_opens_shows_lengthens_and_closes(cast: Cast, clock: time_machine.Traveller) -> None:
    assert "nog geen inlogkaart" in text_of(cast.anna, "classroom", cast.group_6a.pk)
    assert send(cast.anna, "class_open", cast.group_6a.pk, minutes=30).status_code == 302
    window = SignInWindow.objects.get()
    code = f"{code_of(window.pk)[:4]} {code_of(window.pk)[4:]}"
    assert code in text_of(cast.anna, "classroom", cast.group_6a.pk)
    board = text_of(cast.anna, "class_code", cast.group_6a.pk)
    assert code in board
    assert "Noor" not in board  # everybody in the room reads it
    send(cast.anna, "window_extend", window.pk)
    window.refresh_from_db()
    assert window.closes_at == TUESDAY + timedelta(minutes=60)
    send(cast.anna, "window_close", window.pk)
    assert send(cast.anna, "window_extend", window.pk).status_code == 409
    assert look(cast.anna, "class_code", cast.group_6a.pk).status_code == 302
    assert send(cast.anna, "class_open", cast.group_6a.pk, minutes=45).status_code == 200  # no such choice
    names = Entry.objects.filter(name__startswith="window.").values_list("name", flat=True)
    assert set(names) == {"window.opened", "window.extended", "window.closed"}


def test_a_new_window_ends_the_one_before_and_its_seats(cast: Cast) -> None:
    first = open_window(cast.anna, cast.group_6a, minutes=60, at=TUESDAY)
    take_seat(first, cast.pupil_noor, tablet="", at=TUESDAY)
    open_window(cast.anna, cast.group_6a, minutes=60, at=TUESDAY)
    first.refresh_from_db()
    assert (first.closed_at, Seat.objects.get().left_at) == (TUESDAY, TUESDAY)


def test_nobody_opens_or_prints_for_an_empty_class(cast: Cast) -> None:
    empty = group(cast.beuk, "7", [7])
    assert "nog geen leerlingen" in text_of(cast.bram, "classroom", empty.pk)
    assert send(cast.bram, "class_open", empty.pk, minutes=30).status_code == 409
    assert "nog geen leerlingen" in text_of(cast.bram, "class_cards", empty.pk)


@pytest.mark.parametrize("route", ["classroom", "class_cards"])
def test_the_pages_are_of_who_teaches_or_coordinates(cast: Cast, route: str) -> None:
    assert may_look(cast, route, cast.group_6a.pk) == {"anna", "bram"}


def test_nobody_acts_in_the_class_of_another(cast: Cast) -> None:
    window = open_window(cast.anna, cast.group_6a, minutes=60, at=TUESDAY)
    seat = take_seat(window, cast.pupil_noor, tablet="", at=TUESDAY).seat
    asked: list[tuple[str, *tuple[object, ...]]] = [
        ("class_open", cast.group_6a.pk),
        ("class_cards", cast.group_6a.pk),
        ("window_close", window.pk),
        ("window_extend", window.pk),
        ("pupil_unlock", cast.group_6a.pk, cast.pupil_noor.pk),
        ("pupil_unlock", cast.group_6b.pk, cast.pupil_noor.pk),
        ("class_absent", cast.group_6a.pk, cast.pupil_noor.pk),
        ("seat_end", seat.pk),
        ("seat_call_back", seat.pk),
    ]
    assert {send(cast.carla, route, *keys, minutes=30, knows="pin").status_code for route, *keys in asked} == {404}
    assert {send(cast.frans, route, *keys).status_code for route, *keys in asked} == {404}


def test_the_board_tells_who_is_in_busy_done_and_locked(cast: Cast) -> None:
    kim, lee, *_ = classmates(cast.group_6a, 2)
    made = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, kim, lee], "Najaarslijst", silent=3)
    make_keys(cast.anna, cast.group_6a, pupils={cast.pupil_noor.pk, cast.pupil_sem.pk, kim.pk}, pictures=True, at=TUESDAY)
    window = open_window(cast.anna, cast.group_6a, minutes=60, at=TUESDAY)
    take_seat(window, cast.pupil_sem, tablet="12", at=TUESDAY)
    PupilKey.objects.filter(pupil=kim, kind="pictures").update(wrong_tries=5, locked_at=TUESDAY)
    filling = Filling.objects.create(
        school=cast.beuk, invitation=Invitation.objects.get(pupil=cast.pupil_sem, round=made), begun_at=TUESDAY
    )
    items = made.offered.items
    Answer.objects.bulk_create(
        Answer(school=cast.beuk, filling=filling, item=item.key, value=4, turn=n) for n, item in enumerate(items[: len(items) // 2])
    )
    page = text_of(cast.anna, "classroom", cast.group_6a.pk)
    rows = {row.split('<th scope="row">')[1].split("<")[0]: row for row in page.split("data-doing=")[1:] if "<th" in row}
    said = {name: row.split('"')[1] for name, row in rows.items()}
    assert said == {"Noor T.": "done", "Sem T.": "busy", "6A Kind 01 T.": "locked", "6A Kind 02 T.": "not_yet"}
    assert 'value="40"' in rows["Sem T."]
    assert ">12<" in rows["Sem T."]
    assert "geen kaart" in rows["6A Kind 02 T."]
    send(cast.anna, "pupil_unlock", cast.group_6a.pk, kim.pk)
    send(cast.anna, "seat_end", Seat.objects.get().pk)
    send(cast.anna, "class_absent", cast.group_6a.pk, lee.pk)
    assert (PupilKey.objects.filter(locked_at=None).count(), Seat.objects.get().left_at) == (6, TUESDAY)
    assert Invitation.objects.get(pupil=lee).absent
    assert "Afwezig</span>" in text_of(cast.anna, "classroom", cast.group_6a.pk)


def test_a_seat_in_which_another_sat_is_called_back_with_its_tickets(cast: Cast) -> None:
    made = list_round(cast.group_6a, [cast.pupil_noor], "Najaarslijst", silent=1)
    asked = Invitation.objects.select_related("round").get(round=made)
    window = open_window(cast.anna, cast.group_6a, minutes=60, at=TUESDAY)
    tickets = []
    for minute in (0, 10, 20):  # noor, a classmate in her name, and noor again
        now = TUESDAY + timedelta(minutes=minute)
        seat = take_seat(window, cast.pupil_noor, tablet="", at=now).seat
        asked = Invitation.objects.select_related("round", "filling").get(pk=asked.pk)
        tickets.append((seat, issue(asked, at=now, until=window.closes_at, seat=seat.pk).text))
        assert save(tickets[-1][1], [1, f"w{minute // 10 + 1}", 3], at=now)[0] == 200
    seat, text = tickets[1]
    assert "telt niet" in text_of(cast.anna, "seat_call_back", seat.pk)
    assert may_look(cast, "seat_call_back", seat.pk) == {"anna", "bram"}
    assert reverse("seat_call_back", args=[cast.anna.pk, tickets[2][0].pk]) in text_of(cast.anna, "classroom", cast.group_6a.pk)
    assert send(cast.anna, "seat_call_back", seat.pk).status_code == 302
    assert kept() == {"w1": 3, "w3": 3}
    later = TUESDAY + timedelta(minutes=30)
    refused = (410, {"why": "withdrawn", "set_aside": False})
    assert save(text, [2, "w2", 4], at=later) == hand_in(text, [3, "w2", 4], at=later) == refused
    Round.objects.update(closed_at=later)
    assert save(text, [4, "w2", 4], at=later) == refused  # nor is it put aside, to be taken in later
    Round.objects.update(closed_at=None)
    assert save(tickets[2][1], [2, "w2", 1], at=later)[0] == 200
    assert kept() == {"w1": 3, "w2": 1, "w3": 3}
    assert Entry.objects.filter(name="seat.called_back", pupil_id=cast.pupil_noor.pk).exists()


def test_a_list_without_names_is_called_back_as_well(cast: Cast) -> None:
    made = round_of(cast.group_6a, "kring-veiligheid", "Veiligheid")
    asked = Invitation.objects.create(school=cast.beuk, round=made, group=cast.group_6a, pupil=cast.pupil_noor)
    seat = take_seat(open_window(cast.anna, cast.group_6a, minutes=60, at=TUESDAY), cast.pupil_noor, tablet="", at=TUESDAY).seat
    text = issue(asked, at=TUESDAY, until=TUESDAY + timedelta(hours=1), seat=seat.pk).text
    send(cast.anna, "seat_call_back", seat.pk)
    item = made.offered.coded[0]
    assert hand_in(text, [1, item.key, item.options[0].code], at=TUESDAY)[0] == 410


def test_cards_are_printed_once_and_make_the_old_ones_worthless(cast: Cast) -> None:
    chosen = [str(cast.pupil_noor.pk), str(cast.pupil_sem.pk)]
    first = send(cast.anna, "class_cards", cast.group_6a.pk, knows="pictures", pupils=chosen)
    assert (first.status_code, first.content[:4]) == (200, b"%PDF")
    assert first.headers["Content-Disposition"].startswith("attachment")
    before = set(PupilKey.objects.values_list("hash", flat=True))
    assert len(before) == 4
    send(cast.anna, "class_cards", cast.group_6a.pk, knows="pin", pupils=chosen[:1])
    now = set(PupilKey.objects.values_list("hash", flat=True))
    assert (len(now & before), len(now)) == (2, 4)
    assert Entry.objects.filter(name="pupil_keys.made", group_id=cast.group_6a.pk).count() == 2
    assert send(cast.anna, "class_cards", cast.group_6a.pk, knows="pin", pupils=[]).status_code == 200  # asked again
    foreign = send(cast.anna, "class_cards", cast.group_6a.pk, knows="pin", pupils=[str(cast.pupil_lot.pk)])
    assert foreign.status_code == 200
    assert not PupilKey.objects.filter(pupil=cast.pupil_lot).exists()


def test_the_board_costs_as_many_questions_for_thirty_as_for_one(cast: Cast) -> None:
    list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaarslijst", silent=2)
    open_window(cast.anna, cast.group_6a, minutes=60, at=TUESDAY)
    before = queries_for(cast.anna, "classroom", [cast.group_6a.pk])
    more = classmates(cast.group_6a, 4)
    list_round(cast.group_6a, more, "Voorjaarslijst", silent=4)
    window = SignInWindow.objects.get()
    for one in more:
        take_seat(window, one, tablet="", at=TUESDAY)
    assert queries_for(cast.anna, "classroom", [cast.group_6a.pk]) == before


def test_a_board_that_asks_by_itself_reads_nothing_while_nobody_moves(cast: Cast) -> None:
    window = open_window(cast.anna, cast.group_6a, minutes=60, at=TUESDAY)
    address, client = reverse("classroom", args=[cast.anna.pk, cast.group_6a.pk]), client_of(cast.anna)
    tag = str(client.get(address).content).split('data-tag="')[1].split('"')[0]
    reads = Entry.objects.filter(name="page.read")
    before = reads.count()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert reads.count() == before
    take_seat(window, cast.pupil_noor, tablet="", at=TUESDAY)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200
    assert reads.count() > before
