"""A class comes in: the code, the name, the key; and whoever should not, does not, and learns nothing."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.core.classroom import SEAT_LEAVES, TRIES
from kring.web.classroom.entrance.devices import device_of
from kring.web.classroom.models import PupilKey, Seat, SignInWindow
from kring.web.classroom.rows import code_of
from kring.web.classroom.teaching.actions import Keys, close_window, end_seat, extend_window, make_keys, open_window, unlock
from kring.web.models import Assignment, Entry, Invitation, Membership, Pupil
from kring.web.wall import between_walls
from tests.asking import TOKEN
from tests.cast import Cast, client_of, move, pupil
from tests.measurements import classmates, list_round, round_of

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2025, 11, 4, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


def opened(cast: Cast, actor: Membership | None = None, minutes: int = 60) -> SignInWindow:
    return open_window(actor or cast.anna, cast.group_6a if actor in {None, cast.anna} else cast.group_6b, minutes=minutes, at=TUESDAY)


def keys(cast: Cast, *of: Pupil, pictures: bool = True, by: Membership | None = None) -> list[Keys]:
    group = cast.group_6b if by == cast.carla else cast.group_6a
    return make_keys(by or cast.anna, group, pupils={one.pk for one in of}, pictures=pictures, at=TUESDAY)


def tablet(window: SignInWindow | None = None) -> Client:
    """A browser that was never in; with a window, past the door."""
    client = Client()
    if window:
        assert client.post(reverse("class_door"), {"code": code_of(window.pk)}).status_code == 302
    return client


def come_in(client: Client, of: Pupil, made: Keys) -> Any:
    fields = {"pictures": list(made.pictures)} if made.pictures else {"pin": made.pin}
    return client.post(reverse("class_names"), {"pupil": of.pk, **fields})


def seated(cast: Cast, window: SignInWindow, of: Pupil) -> Client:
    client = tablet(window)
    assert come_in(client, of, keys(cast, of)[0]).headers["Location"] == reverse("seat_circle")
    return client


def said(answer: Any) -> str:
    return TOKEN.sub("", answer.content.decode())


def test_a_child_comes_in_with_code_name_and_pictures(cast: Cast) -> None:
    window, made = opened(cast), keys(cast, cast.pupil_noor)[0]
    list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaarslijst", silent=2)
    client = tablet()
    typed = code_of(window.pk).lower()
    assert client.post(reverse("class_door"), {"code": f"{typed[:4]} {typed[4:]}"}).headers["Location"] == reverse("class_names")
    names = said(client.get(reverse("class_names")))
    assert "Noor T." in names
    assert "Test" not in names
    assert "Lot" not in names
    assert come_in(client, cast.pupil_noor, made).headers["Location"] == reverse("seat_circle")
    circle = said(client.get(reverse("seat_circle")))
    assert "Hoi Noor!" in circle
    assert reverse("seat_list", args=[Invitation.objects.get(pupil=cast.pupil_noor).pk]) in circle
    assert "/as/" not in circle  # no menu of a pupil with an account
    cookie = client.cookies["kring-seat"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert (Seat.objects.get().pupil, Seat.objects.get().tablet, Seat.objects.get().sitting) == (cast.pupil_noor, "1", 1)
    assert Entry.objects.filter(name="login.succeeded", person_id=cast.noor.person_id).count() == 1


def test_a_child_without_an_account_comes_in_with_a_pin_in_a_hat_of_its_own(cast: Cast) -> None:
    mees = pupil(cast.group_6a, "Mees", 6)
    window, made = opened(cast), keys(cast, mees, pictures=False)[0]
    client = tablet(window)
    assert come_in(client, mees, made).status_code == 302
    mees.refresh_from_db()
    assert mees.person is not None
    assert not mees.person.has_usable_password()
    assert Membership.objects.get(person=mees.person).role == "pupil"
    assert client.get(reverse("seat_circle")).status_code == 200
    come_in(tablet(window), mees, made)
    assert Membership.objects.filter(person=mees.person).count() == 1


def test_everything_happens_behind_the_wall_of_the_school_of_the_window(cast: Cast) -> None:
    """On PostgreSQL, with no school open but those that the pages open themselves; elsewhere there is no wall, and it works as well."""
    mees = pupil(cast.group_6a, "Mees", 6)
    list_round(cast.group_6a, [mees], "Najaarslijst", silent=1)
    window, made = opened(cast), keys(cast, mees, pictures=False)[0]
    with between_walls():
        client = tablet(window)
        assert come_in(client, mees, Keys(made.label, made.card, pin="000000")).status_code == 409
        assert come_in(client, mees, made).status_code == 302
        assert "Najaarslijst" not in said(
            client.get(reverse("seat_circle"))
        )  # the title of the round is the school's, that of the list is shown
        assert "Beginnen" in said(client.get(reverse("seat_circle")))
        assert client.post(reverse("class_leave")).status_code == 302
        assert client.post(reverse("class_card"), {"card": made.card}).status_code == 302
    assert Seat.objects.filter(pupil=mees).count() == 2


def test_the_list_opens_from_the_seat_and_that_of_another_does_not_exist(cast: Cast) -> None:
    list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaarslijst", silent=2)
    client = seated(cast, opened(cast), cast.pupil_noor)
    own, other = (Invitation.objects.get(pupil=one).pk for one in (cast.pupil_noor, cast.pupil_sem))
    page = client.get(reverse("seat_list", args=[own]))
    assert page.status_code == 200
    assert "data-still" in said(page)
    absent = said(client.get(reverse("seat_list", args=["0f0e0d0c-0b0a-4908-8706-050403020100"])))
    assert (client.get(reverse("seat_list", args=[other])).status_code, said(client.get(reverse("seat_list", args=[other])))) == (
        404,
        absent,
    )
    assert Entry.objects.filter(name="page.refused", pupil_id=cast.pupil_noor.pk).exists()


def in_context(context: Any, ask: Any) -> Any:
    with context:
        return ask()


def test_that_a_list_without_names_was_opened_at_a_tablet_is_not_written_down(cast: Cast) -> None:
    asked_of = round_of(cast.group_6a, "kring-veiligheid", "Veiligheid")
    one = Invitation.objects.create(school=cast.beuk, round=asked_of, group=cast.group_6a, pupil=cast.pupil_noor)
    client = seated(cast, opened(cast), cast.pupil_noor)
    assert asked_of.offered.title in said(client.get(reverse("seat_circle")))
    assert client.get(reverse("seat_list", args=[one.pk])).status_code == 200
    assert not Entry.objects.filter(record="invitation").exists()


def test_wrong_closed_expired_and_foreign_codes_are_one_answer(cast: Cast, clock: time_machine.Traveller) -> None:
    closed, expired = opened(cast), open_window(cast.carla, cast.group_6b, minutes=30, at=TUESDAY)
    close_window(cast.anna, closed, at=TUESDAY)
    clock.shift(HOUR)
    Client().post(reverse("class_door"), {"code": "QQQQQQQQ"})  # from here on there is something to count on
    answers = {
        (answer.status_code, said(answer).replace(code, ""), len(asked))
        for code in ("WRNGWRNG", "qqqq", code_of(closed.pk), code_of(expired.pk))
        for asked in [CaptureQueriesContext(connection)]
        for answer in [in_context(asked, lambda code=code: Client().post(reverse("class_door"), {"code": code}))]
    }
    assert len(answers) == 1
    assert "Deze code werkt niet." in answers.pop()[1]


def test_names_are_for_a_device_that_showed_the_code(cast: Cast, clock: time_machine.Traveller) -> None:
    window = opened(cast)
    assert tablet().get(reverse("class_names")).headers["Location"] == reverse("class_door")
    client = tablet(window)
    client.cookies["kring-class"] = client.cookies["kring-class"].value[:-2] + "xx"
    assert client.get(reverse("class_names")).headers["Location"] == reverse("class_door")
    client = tablet(window)
    clock.shift(HOUR)
    assert client.get(reverse("class_names")).headers["Location"] == reverse("class_door")


def test_a_window_ends_with_the_right_of_its_teacher(cast: Cast) -> None:
    client = tablet(opened(cast))
    Assignment.objects.filter(membership=cast.anna).update(until_at=TUESDAY)
    assert client.get(reverse("class_names")).headers["Location"] == reverse("class_door")


def test_five_wrong_lock_until_the_teacher_unlocks(cast: Cast) -> None:
    window, made = opened(cast), keys(cast, cast.pupil_noor)[0]
    wrong = Keys(
        made.label, made.card, pictures=tuple(reversed(made.pictures)) if made.pictures[0] != made.pictures[2] else ("zon", "vis", "bal")
    )
    for number in range(TRIES):
        answer = come_in(tablet(window), cast.pupil_noor, wrong)  # a new device each time
        assert answer.status_code == 409
        assert ("op slot" in said(answer)) == (number == TRIES - 1)
    assert "op slot" in said(come_in(tablet(window), cast.pupil_noor, made))
    assert Entry.objects.filter(name="login.failed", person_id=cast.noor.person_id).count() == TRIES + 1
    assert Entry.objects.filter(name="login.locked", person_id=cast.noor.person_id).exists()
    unlock(cast.anna, cast.pupil_noor)
    assert come_in(tablet(window), cast.pupil_noor, made).status_code == 302
    assert PupilKey.objects.filter(wrong_tries__gt=0).count() == 0


def test_a_name_of_another_class_is_wrong_like_any_other(cast: Cast) -> None:
    window = opened(cast)
    made = keys(cast, cast.pupil_lot, by=cast.carla)[0]
    first = said(come_in(tablet(window), cast.pupil_lot, made))
    nobody = tablet(window).post(reverse("class_names"), {"pupil": "0f0e0d0c-0b0a-4908-8706-050403020100", "pictures": list(made.pictures)})
    assert first == said(nobody)
    assert "Lot" not in first
    assert PupilKey.objects.filter(pupil=cast.pupil_lot, wrong_tries__gt=0).count() == 0


def test_a_card_opens_for_its_own_class_alone(cast: Cast) -> None:
    window, made = opened(cast), keys(cast, cast.pupil_noor)[0]
    other = keys(cast, cast.pupil_lot, by=cast.carla)[0]
    card = reverse("class_card")
    assert "Typ eerst de code" in said(tablet().post(card, {"card": made.card}))
    assert "hoort bij een andere klas" in said(tablet(window).post(card, {"card": other.card}))
    assert "Deze kaart werkt niet." in said(tablet(window).post(card, {"card": "x" * 22}))
    assert tablet(window).post(card, {"card": made.card}).headers["Location"] == reverse("seat_circle")
    keys(cast, cast.pupil_noor)
    assert "oude kaart" in said(tablet(window).post(card, {"card": made.card}))  # made anew: the old one is worth nothing


def test_a_second_sign_in_ends_the_first(cast: Cast) -> None:
    window, made = opened(cast), keys(cast, cast.pupil_noor)[0]
    first, second = tablet(window), tablet(window)
    come_in(first, cast.pupil_noor, made)
    come_in(second, cast.pupil_noor, made)
    sent_on = first.get(reverse("seat_circle"))
    assert sent_on.headers["Location"] == f"{reverse('class_names')}?ended=elsewhere"
    assert "op een ander apparaat" in said(first.get(sent_on.headers["Location"]))
    assert second.get(reverse("seat_circle")).status_code == 200
    assert list(Seat.objects.order_by("sitting").values_list("sitting", "tablet")) == [(1, "1"), (2, "2")]


def test_a_seat_ends_when_the_child_leaves_sits_still_or_the_lesson_is_over(cast: Cast, clock: time_machine.Traveller) -> None:
    window = opened(cast)
    client = seated(cast, window, cast.pupil_noor)
    assert client.post(reverse("class_here"), headers={"Accept": "application/json"}).status_code == 204
    end_seat(cast.anna, Seat.objects.get(left_at=None), at=TUESDAY)
    assert client.post(reverse("class_here"), headers={"Accept": "application/json"}).json() == {"why": "ended", "how": "left"}
    client = seated(cast, window, cast.pupil_noor)
    clock.shift(SEAT_LEAVES)
    assert client.post(reverse("class_here"), headers={"Accept": "application/json"}).json()["how"] == "away"
    client = seated(cast, window, cast.pupil_noor)
    extend_window(cast.anna, window, minutes=30, at=TUESDAY)
    close_window(cast.anna, window, at=TUESDAY)
    assert client.get(reverse("seat_circle")).headers["Location"].startswith(reverse("class_names"))
    assert not Seat.objects.filter(left_at=None).exists()


def test_after_leaving_nothing_of_the_child_is_left_and_the_class_is(cast: Cast) -> None:
    window = opened(cast)
    client = seated(cast, window, cast.pupil_noor)
    old = client.cookies["kring-seat"].value
    gone = client.post(reverse("class_leave"))
    assert gone.headers["Clear-Site-Data"] == '"cache", "cookies"'
    page, _hash, words = gone.headers["Location"].partition("#~")
    assert page == reverse("class_door")
    client.cookies.clear()
    assert client.post(reverse("class_door"), {"device": words}).headers["Location"] == reverse("class_names")
    assert client.get(reverse("class_names")).status_code == 200
    client.cookies["kring-seat"] = old  # as if a page that was kept asked once more
    assert client.get(reverse("seat_circle")).status_code == 302


def test_who_went_away_without_a_hand_over_sits_there_no_longer_once_the_next_child_begins(cast: Cast) -> None:
    window = opened(cast)
    client, made = seated(cast, window, cast.pupil_noor), keys(cast, cast.pupil_sem)[0]
    come_in(client, cast.pupil_sem, made)
    assert set(Seat.objects.filter(left_at=None).values_list("pupil", flat=True)) == {cast.pupil_sem.pk}
    client.post(reverse("class_door"), {"code": code_of(window.pk)})  # the code is typed: whoever sat here is gone
    assert client.get(reverse("seat_circle")).status_code == 302
    assert not Seat.objects.filter(left_at=None).exists()


def test_whoever_was_logged_in_on_the_device_is_out(cast: Cast) -> None:
    window, made = opened(cast), keys(cast, cast.pupil_noor)[0]
    client = client_of(cast.anna)
    assert "U bent op dit apparaat nog ingelogd" in said(client.get(reverse("class_door")))
    client.post(reverse("class_door"), {"code": code_of(window.pk)})
    come_in(client, cast.pupil_noor, made)
    assert client.get(reverse("home", args=[cast.anna.pk])).status_code == 302


def test_a_device_that_is_often_wrong_waits_and_the_others_do_not(cast: Cast, clock: time_machine.Traveller) -> None:
    window, client = opened(cast), tablet()
    statuses = [client.post(reverse("class_door"), {"code": "WRNGWRNG"}).status_code for _ in range(7)]
    assert statuses == [409] * 5 + [429] * 2
    assert tablet(window).get(reverse("class_names")).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert client.post(reverse("class_door"), {"code": code_of(window.pk)}).status_code == 302


def test_a_flood_from_one_address_never_shuts_out_the_class(cast: Cast) -> None:
    window, made = opened(cast), keys(cast, cast.pupil_noor)[0]
    inside = tablet(window)
    statuses = [Client().post(reverse("class_door"), {"code": "WRNGWRNG"}).status_code for _ in range(121)]
    assert statuses.count(429) == 1
    assert come_in(inside, cast.pupil_noor, made).status_code == 302


def test_who_is_in_one_class_guesses_no_codes_of_another_with_ever_other_devices(
    cast: Cast, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kring.core.classroom.EVERYWHERE", 8)
    window, made = opened(cast), keys(cast, cast.pupil_noor)[0]
    inside = [tablet(window) for _ in range(3)]
    statuses = [one.post(reverse("class_door"), {"code": "WRNGWRNG"}).status_code for one in inside for _ in range(4)]
    assert statuses == [409] * 8 + [429] * 4
    assert come_in(inside[0], cast.pupil_noor, made).status_code == 302
    words = device_of(inside[2].get(reverse("class_names")).wsgi_request).words
    assert tablet().post(reverse("class_door"), {"device": words}).status_code == 302  # after a hand-over nobody types a code
    clock.shift(timedelta(minutes=1))
    assert tablet(window)


def test_fifty_wrong_keys_in_an_hour_are_an_alarm(cast: Cast) -> None:
    window, many = opened(cast), [cast.pupil_noor, *classmates(cast.group_6a, 9)]
    keys(cast, *many, pictures=False)
    for one in many:
        for _ in range(TRIES):
            tablet(window).post(reverse("class_names"), {"pupil": one.pk, "pin": "000000"})
    assert Entry.objects.filter(name="login.alarm", school_id=cast.beuk.pk).count() == 1 if hasattr(Entry, "school_id") else True


def test_nothing_that_opens_is_kept(cast: Cast) -> None:
    window, made = opened(cast), [*keys(cast, cast.pupil_noor), *keys(cast, cast.pupil_sem, pictures=False)]
    client = tablet(window)
    come_in(client, cast.pupil_noor, made[0])
    token = client.cookies["kring-seat"].value.partition(".")[2]
    secrets = {code_of(window.pk), token, *(one.card for one in made), made[1].pin, " ".join(made[0].pictures)}
    rows = [row for model in (SignInWindow, PupilKey, Seat, Entry) for row in model._default_manager.values()]
    kept = " ".join(str(value) for row in rows for value in row.values())
    assert [secret for secret in secrets if secret in re.sub(r"[0-9a-f-]{32,}", "", kept)] == []


def test_names_cost_as_many_questions_for_thirty_as_for_one(cast: Cast) -> None:
    window = opened(cast)
    client = tablet(window)
    asked = []
    for more in (0, 3):
        keys(cast, cast.pupil_noor, *classmates(cast.group_6a, more))
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("class_names")).status_code == 200
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_who_moved_to_another_class_comes_in_there(cast: Cast) -> None:
    made = keys(cast, cast.pupil_noor)[0]
    move(cast.pupil_noor, cast.group_6b, TUESDAY - HOUR)
    assert "andere klas" in said(tablet(opened(cast)).post(reverse("class_card"), {"card": made.card}))
    assert tablet(opened(cast, cast.carla)).post(reverse("class_card"), {"card": made.card}).status_code == 302


def test_the_number_of_a_tablet_is_chosen(cast: Cast) -> None:
    window, made = opened(cast), keys(cast, cast.pupil_noor)[0]
    client = tablet(window)
    assert client.post(reverse("class_tablet"), {"tablet": "7"}).status_code == 302
    assert "Dit is tablet 7" in said(client.get(reverse("class_names")))
    come_in(client, cast.pupil_noor, made)
    assert Seat.objects.get().tablet == "7"
