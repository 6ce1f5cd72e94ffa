"""What a child waits for before the first question, with everything that the page brings; what closing a full round takes, and what all
the reports of its pupils on paper.

A school of the cast of the tests, with 200 pupils who handed in.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kring.commands.bench import Measured, one_time, timed_runs

if TYPE_CHECKING:
    from django.test import Client

    from kring.web.models import Pupil, Round
    from tests.cast import Cast

LIST = "kring-leerling"
PUPILS, TIMES = 200, 5
PAGE, SCORED, REPORTED = 20.0, 1000.0, 10_000.0  # milliseconds
LARGEST = 60  # kilobytes
FILES = re.compile(rb'(?:href|src)="(/static/[^"]+)"')


def measure() -> Iterator[Measured]:
    """Django stays set up on the folder that is thrown away, which no other benchmark uses."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        begin(Path(folder))
        yield from thread.submit(all_of_it).result()  # in a thread, as the server answers


def begin(folder: Path) -> None:
    os.environ.update(DJANGO_SETTINGS_MODULE="kring.settings", KRING_MODE="demo", KRING_DATA=str(folder), KRING_DATABASE="")
    from django.core.management import call_command

    import kring.web.wsgi  # noqa: F401 — as the server starts

    call_command("migrate", verbosity=0, interactive=False)


def all_of_it() -> list[Measured]:
    from django.db import connections

    from tests.cast import make_cast

    try:
        cast = make_cast()
        return [page(cast), closing(cast), reports(cast)]
    finally:
        connections.close_all()


# ---- the page -----------------------------------------------------------------------------------------------------


def page(cast: "Cast") -> Measured:
    from django.urls import reverse

    from kring.web.models import Invitation
    from tests.cast import client_of

    today = datetime.now(UTC).date()
    asked = opened(cast, today)
    made = Invitation.objects.create(school=cast.beuk, round=asked, group=cast.group_6a, pupil=cast.pupil_noor)
    browser, address = client_of(cast.noor), reverse("pupil_answer", args=[cast.noor.pk, made.pk])
    runs = timed_runs(lambda: looked_at(browser, address))
    sizes = weights(browser, address)
    remark = (
        f"{sum(sizes.values()) / 1000:.0f} kB of {LARGEST} with everything on a first visit, of which {sizes[address] / 1000:.0f} the page"
    )
    return Measured("page with all questions for a pupil, server time", runs, PAGE, remark)


def opened(cast: "Cast", on: date) -> "Round":
    from kring.library import instrument
    from kring.web.models import Round

    of_list = {"instrument": LIST, "version": instrument(LIST).version, "title": f"Lijst {on}"}
    return Round.objects.create(school=cast.beuk, year=cast.year, **of_list, opens_on=on, closes_on=on + timedelta(days=14))


def looked_at(browser: "Client", address: str) -> bytes:
    answer = browser.get(address, headers={"accept-encoding": "gzip"})
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return answer.getvalue()


def weights(browser: "Client", address: str) -> dict[str, int]:
    """Bytes over the line of the page and of each file that it names."""
    content = looked_at(browser, address)
    files = {found.decode() for found in FILES.findall(content)}
    return {address: len(content)} | {name: len(looked_at(browser, name)) for name in files}


# ---- closing ------------------------------------------------------------------------------------------------------


def closing(cast: "Cast") -> Measured:
    """Everything that follows on a last list: how precise the scales are, and the figures of school, years and groups."""
    pupils = pupils_of(cast)
    rounds = [handed_in(cast, pupils, ago) for ago in range(TIMES + 1)]
    runs = tuple(one_time(partial(close_and_count, cast, asked)) for asked in rounds)[1:]
    return Measured(
        f"a round of {PUPILS} pupils closed, scored and counted", runs, SCORED, "40 items; reliability and figures of the school"
    )


def pupils_of(cast: "Cast") -> list["Pupil"]:
    from kring.web.models import Enrolment, Pupil
    from tests.cast import START

    names = [f"kind {n:03d}" for n in range(PUPILS)]
    made = Pupil.objects.bulk_create(Pupil(school=cast.beuk, given_name=n, family_name="T", sort_name=n, admin_key=n) for n in names)
    of_6a = {"school": cast.beuk, "group": cast.group_6a, "year_level": 6, "from_at": START}
    Enrolment.objects.bulk_create(Enrolment(pupil=one, **of_6a) for one in made)
    return made


def handed_in(cast: "Cast", pupils: list["Pupil"], ago: int) -> "Round":
    from django.utils import timezone

    from kring.library import instrument
    from kring.web.surveys.intake import Incoming, take_submissions

    asked, chance, items = opened(cast, timezone.localdate() - timedelta(days=ago)), np.random.default_rng(ago), instrument(LIST).items
    rows = [{item.key: int(chance.integers(item.low, item.high, endpoint=True)) for item in items} for _ in pupils]
    take_submissions(asked, [Incoming(one.pk, cast.group_6a.pk, row, timezone.now()) for one, row in zip(pupils, rows)])
    return asked


def close_and_count(cast: "Cast", asked: "Round") -> None:
    from django.utils import timezone

    from kring.web.school_results.intake import count_round
    from kring.web.surveys.actions import close_round

    close_round(cast.bram, asked, at=timezone.now())
    count_round(asked, at=timezone.now())


# ---- on paper -----------------------------------------------------------------------------------------------------


def reports(cast: "Cast") -> Measured:
    """The batch as a worker runs it: everything read, worked out, set and packed, after the rounds that `closing` made."""
    runs = timed_runs(partial(packed, cast), times=3)
    return Measured(f"reports of {PUPILS} pupils in one go, as PDF", runs, REPORTED, f"{TIMES + 1} rounds each, packed in one file")


def packed(cast: "Cast") -> None:
    from django.utils import timezone

    from kring.web.models import Job
    from kring.web.reports.taking.batch import kind_of, pupil_reports

    of_group = {"kind": kind_of(cast.group_6a), "created_at": timezone.now(), "total": PUPILS}
    job = Job.objects.create(school=cast.beuk, author=cast.anna, **of_group)
    pupil_reports.call(str(job.pk), str(cast.beuk.pk), "nl")
    job.refresh_from_db()
    if job.state != Job.State.DONE:
        raise RuntimeError(f"the reports ended as {job.state} {job.cause}")
