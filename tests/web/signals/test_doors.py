"""Who has no account goes through a door: one screen, no names, and a receipt that says no more than that it was picked up."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kring.core.signs import findings_of
from kring.web.models import Entry, Signal, SignalDoor
from kring.web.signals.doors.rows import code_of
from kring.web.signals.intake import watch_over_signals
from tests.asking import look, may_look, text_of
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, tzinfo=UTC)
ONCE = "b2b5b7e2-7a0d-4b7e-9f57-0b6f0d6a2f11"


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(MONDAY, tick=False) as found:
        yield found


@pytest.fixture
def door(cast: Cast) -> SignalDoor:
    answer = client_of(cast.bram).post(reverse("signal_doors", args=[cast.bram.pk]), {"name": "Kantine"})
    assert answer.status_code == 302
    SignalDoor.objects.update(from_at=MONDAY - timedelta(days=1))
    return SignalDoor.objects.get()


def knock(code: str, **more: str) -> Any:
    return Client().post(reverse("door"), {"code": code} | more)


def bring(door: SignalDoor, **more: str) -> Any:
    said = {
        "step": "send",
        "about": "Noor, groep 6",
        "fact": "Kocht niets en zat alleen.",
        "day": "2025-11-10",
        "clock": "10:00",
        "once": ONCE,
    }
    return knock(code_of(door.pk), **(said | {"place": "", "handed_in_by": ""} | more))


def test_the_paper_opens_one_screen_without_names(cast: Cast, door: SignalDoor) -> None:
    code = code_of(door.pk)
    assert f"{code[:4]} {code[4:]}" in text_of(cast.bram, "signal_door", door.pk)
    assert code not in SignalDoor.objects.get().code_hash
    page = knock(f" {code.lower()} ")
    assert page.status_code == 200
    assert [name in page.content.decode() for name in ("Wat zag u?", "Noor", "De Beuk", "6A")] == [True, False, False, False]
    assert may_look(cast, "signal_doors") >= {"bram", "rik"}
    assert may_look(cast, "signal_door", door.pk) == {"bram", "rik"}


def test_wrong_taken_back_and_none_get_the_same_answer_and_a_flood_waits(
    cast: Cast, door: SignalDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kring.web.signals.doors.tries.FLOOD", 4)
    client_of(cast.bram).post(reverse("signal_door_end", args=[cast.bram.pk, door.pk]))
    answers = [knock(code) for code in ("", "ABCD3467", code_of(door.pk))]
    shown = {answer.content.split(b'value="')[0] for answer in answers}
    assert ({answer.status_code for answer in answers}, len(shown)) == ({409}, 1)
    assert [knock("ABCD3467").status_code, knock("ABCD3467").status_code] == [409, 429]


def test_it_comes_in_once_and_the_receipt_tells_that_it_was_picked_up(cast: Cast, door: SignalDoor) -> None:
    pages = [bring(door).content.decode() for _time in range(2)]
    assert pages[0].count("Ontvangen") >= 1
    row = Signal.objects.get()
    assert (row.school, row.door, row.author, row.pupil, row.about) == (cast.beuk, door, None, None, "Noor, groep 6")
    assert Entry.objects.filter(name="signal.came_through_door").count() == 1
    receipt = pages[0].split('class="receipt">')[1].split("<")[0]
    asked = {"step": "receipt", "receipt": receipt}
    first = knock(code_of(door.pk), **asked).content.decode()
    client_of(cast.bram).post(reverse("signal_tie", args=[cast.bram.pk, row.pk]), {"pupil": cast.pupil_noor.pk, "group": ""})
    second = knock(code_of(door.pk), **asked).content.decode()
    assert ("<h1>Ontvangen" in first, "<h1>Opgepakt" in second, "Noor" in first + second) == (True, True, False)
    assert knock(code_of(door.pk), step="receipt", receipt="ABCD3467").status_code == 409
    assert "iemand zonder account" in text_of(cast.anna, "signal", row.pk)


@pytest.mark.parametrize(("bad", "status"), [({"fact": " "}, 200), ({"clock": "12:00"}, 409), ({"about": ""}, 200)])
def test_an_opinion_or_the_future_is_refused_and_stands_there_still(door: SignalDoor, bad: dict[str, str], status: int) -> None:
    answer = bring(door, handed_in_by="Wil van de kantine", **bad)
    assert answer.status_code == status
    assert "Wil van de kantine" in answer.content.decode()
    assert not Signal.objects.exists()


def test_serious_words_are_taken_in_but_become_no_ordinary_note(cast: Cast, door: SignalDoor) -> None:
    bring(door, fact="Ze zei: vader slaat mij.")
    row = Signal.objects.get()
    assert row.is_serious
    watch_over_signals(at=MONDAY)
    page = text_of(cast.bram, "signal", row.pk)
    assert "Naar de meldcode" in page
    assert "Koppelen" not in page
    hat = cast.bram.pk
    tied = client_of(cast.bram).post(reverse("signal_tie", args=[hat, row.pk]), {"pupil": cast.pupil_noor.pk, "group": ""})
    assert tied.status_code == 409
    assert client_of(cast.bram).post(reverse("signal_to_reporting_code", args=[hat, row.pk])).status_code == 302
    row.refresh_from_db()
    assert (row.fact, row.about, row.picked_up_at) == ("", "", MONDAY)


def test_a_door_of_another_school_does_not_exist(cast: Cast, door: SignalDoor) -> None:
    assert look(cast.frans, "signal_door", door.pk).status_code == 404
    assert client_of(cast.frans).post(reverse("signal_door_end", args=[cast.frans.pk, door.pk])).status_code == 404
    assert SignalDoor.objects.get().until_at is None


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"], ids=["first", "last"])
def test_a_day_that_no_clock_knows_is_no_day(cast: Cast, door: SignalDoor, day: str) -> None:
    page = bring(door, day=day, clock="00:00")
    assert (page.status_code, "Kocht niets en zat alleen." in page.content.decode()) == (200, True)
    assert not Signal.objects.exists()


def test_what_is_for_the_reporting_code_goes_in_no_file(cast: Cast, door: SignalDoor) -> None:
    bring(door, fact="Hij wordt thuis geslagen met een riem.")
    assert Signal.objects.get().is_serious
    taken = look(cast.bram, "signals_csv").content.decode()
    assert ("riem" in taken, "mogelijk voor de meldcode" in taken) == (False, True)


def test_who_has_the_code_fills_no_list_of_signals_with_it(cast: Cast, door: SignalDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kring.web.signals.doors.tries.FROM_ONE", 2)
    pages = [bring(door, once=f"{number:08d}{ONCE[8:]}") for number in range(3)]
    assert [one.status_code for one in pages] == [200, 200, 429]
    assert (Signal.objects.count(), "Kocht niets en zat alleen." in pages[2].content.decode()) == (2, True)
    monkeypatch.setattr("kring.web.signals.doors.tries.FROM_ONE", 9)
    monkeypatch.setattr("kring.web.signals.doors.tries.THROUGH_DOOR", 2)
    assert bring(door).status_code == 429


@pytest.mark.parametrize("fact", ["Kocht niets en zat alleen.", "Hij wordt thuis geslagen."], ids=["worry", "serious"])
def test_what_came_in_is_not_over_before_somebody_said_whom_it_is_about(cast: Cast, door: SignalDoor, fact: str) -> None:
    bring(door, fact=fact)
    row = Signal.objects.get()
    answer = client_of(cast.bram).post(reverse("signal_look_again", args=[cast.bram.pk, row.pk]), {"still_there": "no"})
    row.refresh_from_db()
    assert (answer.status_code, row.ended_on) == (404, None)


def test_no_two_signals_have_one_receipt(cast: Cast) -> None:
    """One of them would be told of the other; what came through no door has none."""
    seen: dict[str, Any] = {"kind": "worry", "fact": "Zat alleen.", "seen_at": MONDAY, "made_at": MONDAY, "counts_until_on": MONDAY.date()}
    for school, receipt in ((cast.beuk, ""), (cast.beuk, ""), (cast.beuk, "a" * 64), (cast.eik, "a" * 64)):
        Signal.objects.create(school=school, receipt_hash=receipt, **seen)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.create(school=cast.beuk, receipt_hash="a" * 64, **seen)


def test_who_ties_it_recognises_signs_in_it_and_then_it_gives_points(cast: Cast, door: SignalDoor) -> None:
    bring(door)
    row = Signal.objects.get()
    page = text_of(cast.bram, "signal", row.pk)
    assert ("Wat herkent u hierin?" in page, 'value="alone-at-break"' in page) == (True, True)
    assert b"alone-at-break" not in knock(code_of(door.pk)).content  # who stands at the door is asked for no more than the fact
    address, said = reverse("signal_tie", args=[cast.bram.pk, row.pk]), {"pupil": cast.pupil_noor.pk, "group": ""}
    wrong = client_of(cast.bram).post(address, said | {"signs": ["depressed"]})
    assert (wrong.status_code, Signal.objects.get().pupil) == (200, None)
    assert client_of(cast.bram).post(address, said | {"signs": ["tired", "alone-at-break"]}).status_code == 302
    row.refresh_from_db()
    assert (row.signs, row.fact) == (["tired", "alone-at-break"], "Kocht niets en zat alleen.")
    found = findings_of(row.signs, row.families, on=MONDAY.date(), observer=str(row.pk))
    assert findings_of([], [], on=MONDAY.date(), observer=str(row.pk)) == ()
    assert len(found) > 0
    assert client_of(cast.bram).post(address, said | {"signs": ["quarrels"]}).status_code in {404, 409}
    row.refresh_from_db()
    assert row.signs == ["tired", "alone-at-break"]
