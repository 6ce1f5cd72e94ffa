"""What a teacher waits for: the pages of a group and a pupil, with the number of questions to the database.

The class stands in the demo school, so that the tables are as full as those of a small school of two years.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kring.commands.bench import Measured, timed_runs

if TYPE_CHECKING:
    from django.test import Client

    from kring.web.models import Group, Membership, Pupil, Round

GOAL = 100.0
PUPILS, ROUNDS, CHOICES = 30, 2, 4
QUESTIONNAIRE, SOCIOGRAM = "kring-leerling", "kring-sociogram"


def measure() -> Iterator[Measured]:
    """Django stays set up on the folder that is thrown away, which no other benchmark uses."""
    with tempfile.TemporaryDirectory() as folder:
        begin(Path(folder))
        browser, pages = teacher_of_thirty()
        for what, address in pages.items():
            remark = f"{PUPILS} pupils, {ROUNDS} rounds of list and sociogram; {queries(browser, address)} queries"
            yield Measured(what, runs_of(browser, address), GOAL, remark)
        finish()


def begin(folder: Path) -> None:
    os.environ.update(DJANGO_SETTINGS_MODULE="kring.settings", KRING_MODE="demo", KRING_DATA=str(folder), KRING_DATABASE="")
    from django.core.management import call_command

    import kring.web.wsgi  # noqa: F401 — as the server starts

    call_command("migrate", verbosity=0, interactive=False)
    with Path(os.devnull).open("w") as nowhere:
        call_command("load_demo_school", stdout=nowhere)


def finish() -> None:
    from django.db import connections

    connections.close_all()


def teacher_of_thirty() -> tuple["Client", Mapping[str, str]]:
    """A browser in which the teacher of this class is logged in, and her pages."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from kring.web.models import Membership

    anna = Membership.objects.get(person__username="anna")
    group, pupils = class_of_thirty(anna)
    for ago in range(ROUNDS):
        day = timezone.localdate() - timedelta(days=30 * ago)
        hand_in(make_round(group, QUESTIONNAIRE, day), pupils, group)
        choose(make_round(group, SOCIOGRAM, day), pupils, group)
    browser = Client()
    browser.post(reverse("demo_login"), {"person": "anna"})  # in by the door of the demo, with both factors
    routes = {"page of a group": ("group", group.pk), "PDF of a group": ("group_pdf", group.pk), "page of a pupil": ("pupil", pupils[0].pk)}
    return browser, {what: reverse(route, args=[anna.pk, key]) for what, (route, key) in routes.items()}


def class_of_thirty(anna: "Membership") -> tuple["Group", list["Pupil"]]:
    from django.utils import timezone

    from kring.web.models import Assignment, Enrolment, Group, Pupil, SchoolYear

    begun = SchoolYear.objects.filter(school=anna.school, starts_on__lte=timezone.localdate())  # the next one may stand there too
    year = begun.latest("starts_on")
    since = datetime.combine(year.starts_on, time(12), tzinfo=UTC)
    group = Group.objects.create(school=anna.school, year=year, name="6 van dertig", year_levels=[6])
    Assignment.objects.create(school=anna.school, membership=anna, group=group, from_at=since)
    pupils = Pupil.objects.bulk_create(
        Pupil(school=anna.school, given_name=f"Kind {n:02d}", family_name="Dertig", sort_name=f"dertig kind {n:02d}", admin_key=f"d{n}")
        for n in range(PUPILS)
    )
    Enrolment.objects.bulk_create(Enrolment(school=anna.school, pupil=one, group=group, year_level=6, from_at=since) for one in pupils)
    return group, pupils


def make_round(group: "Group", key: str, on: date) -> "Round":
    from kring.library import instrument
    from kring.web.models import Round

    title, version = f"{key} {on}", instrument(key).version
    return Round.objects.create(
        school=group.school, year=group.year, instrument=key, version=version, title=title, opens_on=on, closes_on=on
    )


def hand_in(round: "Round", pupils: list["Pupil"], group: "Group") -> None:
    from kring.library import instrument
    from kring.web.surveys.intake import Incoming, take_submissions

    chance = np.random.default_rng(round.opens_on.toordinal())
    items = instrument(QUESTIONNAIRE).items
    at = datetime.combine(round.opens_on, time(12), tzinfo=UTC)
    rows = [{item.key: int(chance.integers(item.low, item.high, endpoint=True)) for item in items} for _ in pupils]
    take_submissions(round, [Incoming(one.pk, group.pk, row, at) for one, row in zip(pupils, rows)])


def choose(round: "Round", pupils: list["Pupil"], group: "Group") -> None:
    from kring.core.sociometry import Participation
    from kring.web.sociograms.intake import Choice, take_sociogram

    chance = np.random.default_rng(round.opens_on.toordinal())
    at = datetime.combine(round.opens_on, time(12), tzinfo=UTC)
    steps = [chance.choice(np.arange(1, PUPILS), CHOICES, replace=False) for _ in pupils]
    pairs = [(one, pupils[(place + step) % PUPILS]) for place, one in enumerate(pupils) for step in steps[place]]
    choices = [Choice("together", 1, one.pk, other.pk) for one, other in pairs]
    take_sociogram(round, group, listed={one.pk: Participation.DONE for one in pupils}, choices=choices, at=at)
    round.closed_at = at  # before that it is shown to nobody
    round.save(update_fields=["closed_at"])


def runs_of(browser: "Client", address: str) -> tuple[float, ...]:
    """In a thread, as the server answers. (How deep the stack is when a page is set matters: at an unlucky depth Python 3.11
    takes and gives back memory at every call, and the page of a group takes 170 ms instead of 95.)
    """
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
