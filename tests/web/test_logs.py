"""Nothing about a child stands in a log, also when something breaks."""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kring.web import checks
from kring.web.logs import AsJson, WithoutValues, event_of, line
from kring.web.models import Pupil
from tests.cast import Cast, client_of
from tests.every_page import LEAVES, addresses


@pytest.fixture
def console() -> Iterator[StringIO]:
    """What the server's own handler of the log writes."""
    (handler,) = (one for one in logging.getLogger().handlers if isinstance(one.formatter, WithoutValues))
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(said := StringIO())
    yield said
    handler.setStream(before)


def written(broken: BaseException) -> str:
    record = logging.LogRecord("kring", logging.ERROR, __file__, 1, "it broke", None, (type(broken), broken, broken.__traceback__))
    return WithoutValues().format(record)


def test_a_log_says_where_and_what_kind_and_no_value() -> None:
    try:
        try:
            raise KeyError("Noor")
        except KeyError as cause:
            raise ValueError("Noor van Dalen") from cause
    except ValueError:
        text = written(sys.exc_info()[1] or ValueError())
    assert "Noor" not in text
    said, step = text.splitlines()
    assert said.endswith("ERROR kring it broke broke=ValueError from KeyError")
    assert "test_logs.py" in step


def test_what_was_raised_again_in_a_ring_ends() -> None:
    first, second = KeyError("Noor"), ValueError("Noor")
    first.__cause__, second.__cause__ = second, first
    assert written(first).endswith("KeyError from ValueError")


def recorded(name: str, message: str, *args: object, **extra: object) -> logging.LogRecord:
    record = logging.LogRecord(name, logging.WARNING, "/there/django/log.py", 7, message, args, None, "log_response")
    vars(record).update(extra)
    return record


@pytest.mark.parametrize(
    ("record", "event"),
    [
        (recorded("kring.web.jobs", "job %s (%s) failed", UUID(int=7), "group_reports"), f"job {UUID(int=7)} (group_reports) failed"),
        (recorded("kring.web", "%s of %s", ValueError("Noor"), "Noor van Dalen"), "ValueError of …"),
        (recorded("kring.web", "of %(who)s", {"who": "Noor van Dalen"}), "of …"),
        (recorded("gunicorn.error", "Error handling request %s", "/as/?q=Noor van Dalen"), "Error handling request …"),
        (
            recorded("gunicorn.error", "Invalid request from ip=10.0.0.7: Invalid HTTP request line: 'GET /?q=Noor van Dalen'"),
            "Invalid request from ip",
        ),
        (recorded("gunicorn.error", "'Noor van Dalen'"), "…"),
        (recorded("django.request", "Not Found: %s", "/leerling/Noor", status_code=404), "log.log_response:7 404"),
        (recorded("axes", "AXES: failure by Noor"), "log.log_response:7"),
    ],
)
def test_of_ourselves_plain_words_are_written_and_of_others_the_place(record: logging.LogRecord, event: str) -> None:
    assert event_of(record) == event
    assert event in WithoutValues().format(record)


def test_a_fact_is_a_number_or_a_plain_word_and_one_that_we_know() -> None:
    told = line(recorded("kring.web", "request", route="group", ms=12, status="Noor van Dalen", pupil="Noor"))
    assert (told["route"], told["ms"], told["status"], "pupil" in told, "request" in told) == ("group", 12, "…", False, False)


# ---- one object on one line -----------------------------------------------------------------------------------


@pytest.fixture
def objects(console: StringIO) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What the server writes in production."""
    (handler,) = (one for one in logging.getLogger().handlers if isinstance(one.formatter, WithoutValues))
    before, requests = handler.formatter, logging.getLogger("kring.web.logs")
    level = requests.level
    handler.setFormatter(AsJson())
    requests.setLevel(logging.INFO)
    yield lambda: [json.loads(one) for one in console.getvalue().splitlines()]
    handler.setFormatter(before)
    requests.setLevel(level)


def test_what_kring_asks_itself_at_a_start_is_no_request(objects: Callable[[], list[dict[str, Any]]]) -> None:
    assert checks.headers_are_sent(None) == []
    assert objects() == []


@pytest.mark.django_db
def test_each_request_has_one_line_and_its_number_in_the_answer(client: Client, objects: Callable[[], list[dict[str, Any]]]) -> None:
    answer = client.get(reverse("account_login"), {"next": "/Noor"})
    (told,) = objects()
    assert {name: told[name] for name in ("level", "logger", "event", "route", "method", "status")} == {
        "level": "INFO",
        "logger": "kring.web.logs",
        "event": "request",
        "route": "account_login",
        "method": "GET",
        "status": 200,
    }
    assert told["request"] == answer.headers["Kring-Request"]
    assert datetime.fromisoformat(told["at"]).utcoffset() == timedelta(0)
    assert 0 <= told["ms"] < 60_000


@pytest.mark.django_db
def test_a_request_that_breaks_says_where_under_the_same_number(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, objects: Callable[[], list[dict[str, Any]]]
) -> None:
    def broken(*given: object, **how: object) -> None:
        raise RuntimeError(f"could not show {cast.pupil_noor}")

    monkeypatch.setattr("kring.web.guard.record_readings", broken)
    client = client_of(cast.anna)
    client.raise_request_exception = False
    answer = client.get(reverse("pupil", args=[cast.anna.pk, cast.pupil_noor.pk]))
    told = [one for one in objects() if one["request"] == answer.headers["Kring-Request"]]
    assert [one.get("broke") for one in told] == ["RuntimeError", None]
    assert told[0]["steps"][-1].endswith(" broken")
    assert told[1]["status"] == 500
    assert answer.headers["Kring-Request"] in answer.content.decode()  # to tell the administrator


@pytest.mark.django_db
def test_of_every_page_also_when_all_goes_wrong_no_name_and_no_address_is_written(
    cast: Cast, objects: Callable[[], list[dict[str, Any]]], console: StringIO, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    """A crawl as somebody who may see the names, with names in everything that can be sent along; in short every ninth page."""
    client = client_of(cast.anna)
    client.raise_request_exception = False
    keys = {"pupil": cast.pupil_noor.pk, "group": cast.group_6a.pk}
    sent = {"q": "Noor Test", "login": "anna", "text": "Noor slaat Sem"}
    there = [address for name, address in addresses(cast.anna.pk, keys) if name not in LEAVES][:: 1 if long else 9]
    for address in there:
        client.get(address, {"q": "Noor Test"}, headers={"user-agent": "Noor", "referer": "https://noor.example/"})
        client.post(address, sent)
    client.get("/leerlingen/Noor%20Test")

    def broken(*given: object, **how: object) -> None:
        raise RuntimeError(f"could not show {cast.pupil_noor}")

    monkeypatch.setattr("kring.web.guard.may", broken)
    for address in there:
        client.get(address)
    assert len(objects()) >= 3 * len(there)
    assert any("broke" in one for one in objects())
    text = console.getvalue().lower()
    steps = {step.lower() for one in objects() for step in one.get("steps", [])}
    for step in steps:
        text = text.replace(json.dumps(step), "")
    found = [word for word in ("noor", "sem", "anna", "beuk", "slaat", "?q=", str(cast.pupil_noor.pk), "127.0.0.1") if word in text]
    assert found == []


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_is_not_quoted(cast: Cast) -> None:
    key = cast.pupil_noor.admin_key
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Pupil.objects.create(school=cast.beuk, given_name="X", sort_name="x", admin_key=key)
    assert key == "noor"
    assert key not in written(refused.value).replace("pupil_noor", "")


@pytest.mark.django_db
def test_a_page_that_breaks_writes_no_name(cast: Cast, monkeypatch: pytest.MonkeyPatch, console: StringIO) -> None:
    def broken(*given: object, **how: object) -> None:
        raise RuntimeError(f"could not show {cast.pupil_noor}")

    monkeypatch.setattr("kring.web.guard.record_readings", broken)
    client = client_of(cast.anna)
    client.raise_request_exception = False
    assert client.get(reverse("pupil", args=[cast.anna.pk, cast.pupil_noor.pk])).status_code == 500
    assert ("RuntimeError" in console.getvalue(), "Noor" in console.getvalue()) == (True, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/x%0d%0aERROR forged", "/x%0aERROR forged", "/x%e2%80%a8ERROR forged", "/x%1b[2JERROR forged", "/x%c2%85ERROR forged"]
)
def test_nobody_writes_a_line_of_the_log(client: Client, console: StringIO, address: str) -> None:
    """Line ends and marks that a terminal obeys, in an address that is not there."""
    client.get(address, headers={"user-agent": "x\nERROR forged", "referer": "x\rERROR forged"})
    lines = console.getvalue().splitlines()
    assert lines != []
    assert [line for line in lines if line.startswith("ERROR") or not line.isprintable()] == []
