"""The pages from signal to plan in a school of 800 pupils with five years of history, and working out whom to look at for all of them."""

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.made.large_school import PUPILS, YEARS, LargeSchool, every_page
from kring.commands.bench import Measured, one_time, timed_runs

if TYPE_CHECKING:
    from django.test import Client

GOAL, NIGHT = 100.0, 20_000.0


def measure() -> Iterator[Measured]:
    """Django stays set up on the folder that is thrown away, which no other benchmark uses."""
    with tempfile.TemporaryDirectory() as folder:
        made = begin(Path(folder))
        yield Measured(f"whom to look at, {PUPILS} pupils", night(made), NIGHT, f"{YEARS} years of history, everybody anew")
        yield from pages(made)
        finish()


def begin(folder: Path) -> LargeSchool:
    os.environ.update(DJANGO_SETTINGS_MODULE="kring.settings", KRING_MODE="demo", KRING_DATA=str(folder), KRING_DATABASE="")
    from django.core.management import call_command
    from django.utils import timezone

    import kring.web.wsgi  # noqa: F401 — as the server starts

    call_command("migrate", verbosity=0, interactive=False)
    made = LargeSchool(timezone.localdate())
    made.write()
    return made


def night(made: LargeSchool) -> tuple[float, ...]:
    """Everybody anew, as after midnight."""
    from django.utils import timezone

    from kring.web.attention.intake import work_out_attention
    from kring.web.models import PupilAttention

    def everybody() -> None:
        PupilAttention.objects.filter(school=made.school).delete()
        work_out_attention(at=timezone.now())

    return tuple(one_time(everybody) for _ in range(3))


def pages(made: LargeSchool) -> Iterator[Measured]:
    from django.urls import NoReverseMatch, reverse

    for what, actor, route, keys in every_page(made):
        try:
            address = reverse(route, args=[actor.pk, *keys])
        except NoReverseMatch:
            continue
        browser = logged_in(actor.person.username)
        remark = f"{PUPILS} pupils, {YEARS} years; {queries(browser, address)} queries"
        yield Measured(what, runs_of(browser, address), GOAL, remark)


def logged_in(username: str) -> "Client":
    """Somebody who showed both factors."""
    from django.conf import settings
    from django.test import Client

    from kring.web.models import Person
    from tests.cast import sign_in

    browser, person = Client(), Person.objects.get(username=username)
    browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    sign_in(browser.session, person, shown="passkey")
    return browser


def runs_of(browser: "Client", address: str) -> tuple[float, ...]:
    """In a thread, as the server answers (see pages.py)."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(runs_in_this_thread, browser, address).result()


def runs_in_this_thread(browser: "Client", address: str) -> tuple[float, ...]:
    try:
        return timed_runs(lambda: look(browser, address))
    finally:
        finish()


def look(browser: "Client", address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def queries(browser: "Client", address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        look(browser, address)
    return len(asked)


def finish() -> None:
    from django.db import connections

    connections.close_all()
