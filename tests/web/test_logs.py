"""Nothing about a child stands in a log, also when something breaks."""

import logging
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kring.web.logs import WithoutValues
from kring.web.models import Pupil
from tests.cast import Cast, client_of


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
    return WithoutValues("{levelname} {message}", style="{").format(record)


def test_a_log_says_where_and_what_kind_and_no_value() -> None:
    try:
        try:
            raise KeyError("Noor")
        except KeyError as cause:
            raise ValueError("Noor van Dalen") from cause
    except ValueError:
        text = written(sys.exc_info()[1] or ValueError())
    assert "Noor" not in text.replace('raise KeyError("Noor")', "").replace('raise ValueError("Noor van Dalen")', "")
    assert text.endswith("ValueError from KeyError")
    assert "test_logs.py" in text


def test_what_was_raised_again_in_a_ring_ends() -> None:
    first, second = KeyError("Noor"), ValueError("Noor")
    first.__cause__, second.__cause__ = second, first
    assert written(first).endswith("KeyError from ValueError")


def test_a_lone_record_has_its_line() -> None:
    assert WithoutValues("{message}", style="{").formatException((None, None, None)) == ""


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
