"""A form that is sent twice makes one thing: with a real form, with nonsense, and with both presses on their way at the same moment.

That every form that makes something new does so is a law in tests/access/test_forms.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Barrier, Thread
from time import sleep
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kring.commands.postgres import ROLE
from kring.core.access import Role
from kring.web.drafts import intake
from kring.web.drafts.intake import REMEMBERED
from kring.web.drafts.once import made_once
from kring.web.models import Board, MadeOnce, Membership, School, Signal
from kring.web.wall import schools_open
from tests.access.test_wall import logged_in_as
from tests.cast import Cast, client_of, member

pytestmark = pytest.mark.django_db
FACT = "Zat in de pauze alleen op de bank."


def noted(cast: Cast, actor: Membership | None = None, fact: str = FACT, *whom: object, **more: str) -> Any:
    hat, day = actor or cast.anna, timezone.localdate().isoformat()
    said = {"fact": fact, "place": "", "day": day, "clock": "00:00", "heard": "seen", "worry": "1", "mirror_read": "1", **more}
    if whom:
        return client_of(hat).post(reverse("group_signal_new", args=[hat.pk, cast.group_6a.pk]), {**said, "whom": list(whom)})
    return client_of(hat).post(reverse("signal_new", args=[hat.pk, cast.pupil_noor.pk]), said)


def test_the_second_press_leads_to_what_the_first_made(cast: Cast) -> None:
    first, second = noted(cast, once="a"), noted(cast, once="a")
    assert (first.status_code, second.status_code, second.headers["Location"]) == (302, 302, first.headers["Location"])
    assert Signal.objects.count() == 1
    kept = MadeOnce.objects.get()
    assert FACT not in f"{kept.mark}{kept.led_to}"


def test_who_goes_back_and_writes_something_else_loses_nothing(cast: Cast) -> None:
    """A browser may show the old form again, with its old number."""
    noted(cast, once="a")
    noted(cast, fact="Speelde na de pauze met twee anderen.", once="a")
    assert Signal.objects.count() == 2


def test_who_goes_back_and_chooses_another_file_brings_another(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path

    def brought(score: str) -> str:
        file = SimpleUploadedFile("uitslagen.csv", f"leerlingnummer;Prosociaal gedrag\nnoor;{score}\n".encode())
        sent = {"system": "sdq-leerkracht-1", "measured_on": "2026-01-12", "file": file, "once": "a"}
        return str(client_of(cast.bram).post(reverse("external_files", args=[cast.bram.pk]), sent).headers["Location"])

    assert brought("8") == brought("8") != brought("9")


def test_the_number_of_somebody_else_is_nothing_to_me(cast: Cast) -> None:
    noted(cast, once="a")
    noted(cast, cast.bram, once="a")
    assert Signal.objects.count() == 2


@pytest.mark.parametrize("number", ["", "\x00" * 9, "x" * 5000, "' or 1=1", "0"])
def test_a_number_that_is_no_number_of_ours_breaks_nothing(cast: Cast, number: str) -> None:
    assert noted(cast, once=number).status_code == 302
    assert Signal.objects.count() == 1


def test_without_a_number_every_press_counts(cast: Cast) -> None:
    noted(cast)
    noted(cast)
    assert (Signal.objects.count(), MadeOnce.objects.count()) == (2, 0)


def test_what_was_refused_made_nothing_and_can_be_sent_again(cast: Cast) -> None:
    """Also not half: of two pupils, the note about the first is not kept when that about the second is refused."""
    refused = noted(cast, None, "Noor duwde Sem.", cast.pupil_noor.pk, cast.pupil_sem.pk, once="a")
    assert (refused.status_code, Signal.objects.count(), MadeOnce.objects.count()) == (409, 0, 0)
    assert noted(cast, None, "Duwde een klasgenoot.", cast.pupil_noor.pk, cast.pupil_sem.pk, once="a").status_code == 302
    assert Signal.objects.count() == 2


def test_what_was_made_stays_also_when_the_page_leads_nowhere(cast: Cast, rf: RequestFactory) -> None:
    """A view that shows what it made would lose it, if only a page elsewhere counted."""

    @made_once
    def view(_request: Any) -> HttpResponse:
        Board.objects.create(name="Gemaakt")
        return HttpResponse("Dit is gemaakt.")

    request: Any = rf.post("/new/", {"once": "a"})
    request.actor = cast.anna
    assert view(request).content == b"Dit is gemaakt."
    assert (Board.objects.filter(name="Gemaakt").count(), MadeOnce.objects.count()) == (1, 0)


def test_it_is_forgotten_after_a_day_by_the_schedule(cast: Cast) -> None:
    with time_machine.travel(timezone.now() - REMEMBERED, tick=False):
        MadeOnce.objects.create(school=cast.beuk, author=cast.anna, mark="old", led_to="/", made_at=timezone.now())
    MadeOnce.objects.create(school=cast.beuk, author=cast.anna, mark="new", led_to="/", made_at=timezone.now() - timedelta(hours=23))
    intake.forget_old(at=timezone.now())
    assert [row.mark for row in MadeOnce.objects.all()] == ["new"]


# ---- at the same moment -----------------------------------------------------------------------------------------


@contextmanager
def committed() -> Iterator[Membership]:
    """Somebody whom other connections see; on PostgreSQL by hand, for the log refuses to be emptied after a test."""
    with logged_in_as(ROLE) if connection.vendor == "postgresql" else nullcontext():
        board = Board.objects.create(name="Stichting Vijver")
        school = School.objects.create(board=board, name="De Vijver", type="po")
        with schools_open([school.pk]):
            hat = member(school, Role.TEACHER, "twee_keer")
        try:
            yield hat
        finally:
            with schools_open([school.pk]):
                MadeOnce.objects.all().delete()
                hat.delete()
            hat.person.delete()
            school.delete()
            board.delete()


@pytest.mark.django_db(transaction=connection.vendor == "sqlite")
def test_of_four_presses_at_the_same_moment_one_makes_something(rf: RequestFactory) -> None:
    start, made, led = Barrier(4), SimpleQueue[str](), SimpleQueue[str]()

    @made_once
    def view(_request: Any) -> HttpResponse:
        made.put("made")
        sleep(0.1)  # the others are on their way meanwhile
        return redirect("/made/")

    def press(hat: Membership) -> None:
        request: Any = rf.post("/new/", {"once": "a", "text": "iets"})
        request.actor = hat
        start.wait()
        try:
            with schools_open([hat.school_id]):
                led.put(view(request).headers["Location"])
        finally:
            connections.close_all()

    with committed() as hat:
        threads = [Thread(target=press, args=[hat]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (made.qsize(), [led.get() for _ in range(led.qsize())]) == (1, ["/made/"] * 4)
