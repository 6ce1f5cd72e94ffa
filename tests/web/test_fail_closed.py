"""When something that Kring leans on is not there, it shows its page of trouble and nothing of a child: never a page half right."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from email.headerregistry import Address
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from django.core.cache.backends.base import BaseCache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kring.mail_server import Lock, MailServer
from kring.web import access
from kring.web.files import intake
from kring.web.mail.intake import send_due
from kring.web.models import Job, MailAddress, OutgoingMail, StoredFile
from tests.cast import Cast, client_of
from tests.measurements import list_round
from tests.promised import lacking
from tests.rules.sources import ROOT

pytestmark = pytest.mark.django_db
Failing = Callable[[], AbstractContextManager[None]]


class NoPolicy(Exception):
    """Planted: the table of who may what cannot be asked."""


class NoCache(BaseCache):
    """Planted: a cache that is away."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:  # noqa: ARG002
        super().__init__(params)

    def _away(self, *asked: Any, **more: Any) -> Any:  # noqa: ARG002
        raise ConnectionError("the cache of Noor is away")

    add = get = set = delete = touch = clear = has_key = incr = get_many = set_many = _away


@contextmanager
def statements_fail(error: type[DatabaseError], *beginnings: str, after: int = 0) -> Iterator[None]:
    """From the nth statement that begins so, each one fails, as it does with a database that went away or a table that is full."""
    seen = 0

    def failing(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 (Django calls it so)
        nonlocal seen
        if not beginnings or sql.lstrip().upper().startswith(beginnings):
            seen += 1
            if seen > after:
                raise error(f"could not do it for Noor: {sql}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(failing):
        yield


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that broke inside does not break the test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def pages(cast: Cast) -> Sequence[str]:
    """Pages that hold Noor's name when all is well."""
    hat = cast.anna.pk
    return [
        reverse("group", args=[hat, cast.group_6a.pk]),
        reverse("pupil", args=[hat, cast.pupil_noor.pk]),
        reverse("group_pdf", args=[hat, cast.group_6a.pk]),
        reverse("upload_example", args=[hat, cast.group_6a.pk]),
    ]


def check_closed(answer: Any, *statuses: int) -> None:
    """Our page of trouble, whole, with its headers, and nothing of what went before."""
    said = answer.content.decode()
    assert answer.status_code in statuses
    assert said.startswith("<!doctype html>")
    assert said.rstrip().endswith("</html>")
    for word in ("Noor", "Sem", "Traceback", "SELECT", "could not do it", "6A"):
        assert word not in said
    assert lacking(answer) == []


def ask(cast: Cast, *, failing: Failing) -> Iterator[Any]:
    """Each page once well, to see that it is worth asking; then with the failure."""
    client = client_of(cast.anna)
    client.raise_request_exception = False
    list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    for address in pages(cast):
        well = client.get(address)
        assert well.status_code == 200
        assert b"Noor" in well.content or well.headers["Content-Type"] == "application/pdf"
        with undone(), failing():
            answer = client.get(address)
        yield answer


def test_a_policy_that_breaks_shows_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def broken() -> Iterator[None]:
        def asked(*given: object) -> None:
            raise NoPolicy

        with monkeypatch.context() as patch:
            for scope in access._SCOPES:
                patch.setitem(access._SCOPES, scope, asked)
            yield

    for answer in ask(cast, failing=broken):
        check_closed(answer, 500)


def test_a_policy_that_knows_no_rule_shows_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(cast.anna)
    monkeypatch.setattr(access, "_SCOPES", {})
    client.raise_request_exception = False
    for address in pages(cast):
        check_closed(client.get(address), 500, 404)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("after", [0, 1, 2, 3, 5, 8, 13])
def test_a_database_that_goes_away_shows_nothing(cast: Cast, error: type[DatabaseError], after: int) -> None:
    """At the first statement, or somewhere half-way."""
    for answer in ask(cast, failing=lambda: statements_fail(error, after=after)):
        if answer.status_code != 200:  # a page that needed fewer statements than this
            check_closed(answer, 503)
            assert answer.headers["Retry-After"] == "60"


def test_a_reading_that_cannot_be_written_down_is_not_shown(cast: Cast) -> None:
    client = client_of(cast.anna)
    client.raise_request_exception = False
    hat = cast.anna.pk
    for address in (reverse("group", args=[hat, cast.group_6a.pk]), reverse("pupil", args=[hat, cast.pupil_noor.pk])):
        assert client.get(address).status_code == 200
        for error in (OperationalError, IntegrityError):
            with undone(), statements_fail(error, "INSERT"):
                answer = client.get(address)
            check_closed(answer, 500, 503)


def test_a_change_whose_trace_cannot_be_written_has_not_happened(cast: Cast) -> None:
    found = list_round(cast.group_6a, [cast.pupil_noor])
    client = client_of(cast.bram)
    client.raise_request_exception = False
    with statements_fail(OperationalError, "INSERT"):
        check_closed(client.post(reverse("close_round", args=[cast.bram.pk, found.pk])), 500, 503)
    found.refresh_from_db()
    assert found.closed_at is None


class DiskFull(OperationalError):
    """As psycopg says it."""

    sqlstate = "53100"


FULL = [DiskFull("could not extend file for Noor"), OperationalError("database or disk is full")]


@contextmanager
def nothing_fits(broken: Exception) -> Iterator[None]:
    """Every statement that writes is refused, as on a disk without room."""

    def refused(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 (Django calls it so)
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE")):
            raise broken
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refused):
        yield


@pytest.mark.parametrize("broken", FULL, ids=lambda broken: type(broken).__name__)
def test_a_full_disk_is_named_and_nothing_is_shown_or_half_kept(cast: Cast, broken: Exception) -> None:
    found = list_round(cast.group_6a, [cast.pupil_noor])
    for who, address in ((cast.anna, reverse("group", args=[cast.anna.pk, cast.group_6a.pk])), (cast.bram, _closing(cast, found))):
        client = client_of(who)
        client.raise_request_exception = False
        with undone(), nothing_fits(broken):
            answer = client.get(address) if who == cast.anna else client.post(address)
        check_closed(answer, 507)
        assert "De schijf is vol" in answer.content.decode()
    found.refresh_from_db()
    assert found.closed_at is None
    olga = client_of(cast.olga)
    page = reverse("home", args=[cast.olga.pk])
    olga.get(page)
    with nothing_fits(broken):  # what needs no line in the log goes on: the administrator sees what is the matter
        assert "Ruimte op de schijf" in olga.get(page).content.decode()


def test_a_disk_that_can_only_be_read_shows_nothing_and_says_when_to_come_back(cast: Cast) -> None:
    client = client_of(cast.anna)
    client.raise_request_exception = False
    for address in pages(cast)[:2]:
        with undone(), nothing_fits(OperationalError("attempt to write a readonly database of Noor")):
            answer = client.get(address)
        check_closed(answer, 503)
        assert answer.headers["Retry-After"] == "60"


def test_without_mail_server_every_page_is_there_and_the_message_waits(cast: Cast, settings: Settings) -> None:
    """Nobody listens on port 1; what is asked of a page never waits for a mail server."""
    settings.MAIL = MailServer("127.0.0.1", 1, Lock.NONE, Address("Kring", addr_spec="kring@school.example"))
    now = timezone.now()
    MailAddress.objects.create(person=cast.anna.person, address="a@school.example", confirmed_at=now, expires_at=now + timedelta(days=9))
    mail = OutgoingMail.objects.create(person=cast.anna.person, kind=OutgoingMail.Kind.WAITING, written_at=now, next_try_at=now)
    send_due(at=now)
    mail.refresh_from_db()
    assert (mail.sent_at, mail.ended_at, mail.trouble) == (None, None, "no_answer")
    assert client_of(cast.anna).get(pages(cast)[0]).status_code == 200
    assert "mailserver neemt niet op" in client_of(cast.olga).get(reverse("home", args=[cast.olga.pk])).content.decode()


def _closing(cast: Cast, found: Any) -> str:
    return reverse("close_round", args=[cast.bram.pk, found.pk])


def test_what_was_typed_stands_on_the_page_of_a_full_disk(cast: Cast) -> None:
    client = client_of(cast.bram)
    client.raise_request_exception = False
    there = reverse("close_round", args=[cast.bram.pk, list_round(cast.group_6a, [cast.pupil_noor]).pk])
    typed = {"purpose": "Samen <b>plannen</b> wat helpt in de klas", "password": "een lang wacht woord", "token": "x" * 60}
    with undone(), nothing_fits(FULL[1]):
        answer = client.post(there, typed)
    said = answer.content.decode()
    assert answer.status_code == 507
    assert ("Samen &lt;b&gt;plannen&lt;/b&gt; wat helpt" in said, "wacht woord" in said, "xxx" in said) == (True, False, False)


def test_a_file_that_does_not_fit_on_the_disk_is_named(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*given: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("kring.web.files.intake.Path.write_bytes", no_room)
    client = client_of(cast.anna)
    client.raise_request_exception = False
    names = SimpleUploadedFile("leerlingen.csv", b"leerling;naam\nnoor;Noor\nsem;Sem\n")
    choices = SimpleUploadedFile("keuzes.csv", b"vraag;van;naar\ntogether;noor;sem\n")
    sent = {"pupils": names, "nominations": choices, "held_on": "2025-10-06", "title": "herfst", "instrument": ""}
    answer = client.post(reverse("upload", args=[cast.anna.pk, cast.group_6a.pk]), sent)
    assert (answer.status_code, StoredFile.objects.count()) == (507, 0)


def test_a_template_that_breaks_shows_nothing(cast: Cast, settings: Settings) -> None:
    """Half-way down the page, after the name was written."""
    broken = "{{ pupil }}{{ pupil.given_name }}Noor{% include 'nowhere.html' %}"
    (engine,) = settings.TEMPLATES
    names = ("reports/group.html", "reports/pupil.html")
    loaders = [("django.template.loaders.locmem.Loader", dict.fromkeys(names, broken)), *engine["OPTIONS"]["loaders"]]
    client = client_of(cast.anna)
    client.raise_request_exception = False
    settings.TEMPLATES = [{**engine, "OPTIONS": {**engine["OPTIONS"], "loaders": loaders}}]
    for address in pages(cast)[:2]:
        check_closed(client.get(address), 500)


def test_a_cache_that_is_away_lets_nobody_in(cast: Cast, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.NoCache"}}
    client = Client(raise_request_exception=False)
    tried = client.post(reverse("account_login"), {"login": "anna", "password": "verkeerd-wachtwoord"})
    assert tried.status_code in {200, 429, 500, 503}
    assert b"the cache of" not in tried.content
    assert client.get(pages(cast)[0]).status_code == 302
    logged_in = client_of(cast.frans)
    logged_in.raise_request_exception = False
    assert {logged_in.get(address).status_code for address in pages(cast)} <= {404, 500, 503}


def test_bytes_that_are_not_there_are_not_found(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    """And neither is a file of the folder that the row does not name."""
    settings.FILES = tmp_path
    now = timezone.now()
    made: StoredFile = intake.keep(cast.anna, "noor.zip", b"Noor", content_type="application/zip", at=now)
    job = Job.objects.create(school=cast.beuk, author=cast.anna, kind="group_reports", created_at=now, result=made)
    address = reverse("job_result", args=[cast.anna.pk, job.pk])
    client = client_of(cast.anna)
    assert client.get(address).content == b"Noor"
    intake.place(made).unlink()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("settings_given", "says"),
    [
        ({}, "KRING_SECRET is not set"),
        ({"KRING_SECRET": ""}, "KRING_SECRET is not set"),
        ({"KRING_SECRET": "short"}, "shorter than 50"),
        ({"KRING_SECRET_FILE": "/nowhere/secret"}, "KRING_SECRET is not set"),
    ],
)
def test_without_its_key_the_server_does_not_start(settings_given: dict[str, str], says: str, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KRING_", "DJANGO_"))}
    told = {**kept, "PYTHONPATH": str(ROOT / "src"), "KRING_DATA": str(tmp_path), "KRING_HOSTS": "kring.test", **settings_given}
    done = subprocess.run((sys.executable, "-c", "import kring.web.wsgi"), env=told, capture_output=True, text=True, check=False)
    assert (done.returncode, says in done.stderr) == (1, True)


def test_a_session_sealed_with_another_key_is_nobody(cast: Cast, settings: Settings) -> None:
    client = client_of(cast.anna)
    settings.SECRET_KEY = "y" * 50
    answer = client.get(pages(cast)[0])
    assert (answer.status_code, answer.headers["Location"].startswith(reverse("account_login"))) == (302, True)
