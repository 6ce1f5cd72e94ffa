"""What stops a start."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from pytest_django import DjangoDbBlocker, Settings

from kring.file_problems import Problem
from kring.web import checks
from kring.web.guard import public
from kring.web.models import Board, Person
from tests.rules.sources import ROOT

LONG = "x" * 50


def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@public
def meant_to_be_open(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("open/", open_to_all), path("meant/", meant_to_be_open)]


@pytest.mark.urls(__name__)
def test_a_route_without_a_guard_stops_the_start() -> None:
    assert [(fault.id, fault.msg) for fault in checks.routes_are_guarded(None)] == [("kring.E001", "The route open/ has no guard.")]


def test_our_own_routes_are_guarded() -> None:
    assert checks.routes_are_guarded(None) == []


def test_a_broken_article_of_the_help_is_named_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.help_can_be_read(None) == []
    broken = Problem("x.yaml", 3, "title", "Dit ontbreekt.", "Vul het in.")
    monkeypatch.setattr(checks, "mistakes", lambda: (broken,))
    [fault] = checks.help_can_be_read(None)
    assert (fault.id, fault.is_serious()) == ("kring.W001", False)
    assert "x.yaml, regel 3" in fault.msg


def test_our_own_answers_bear_the_headers(django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.block():
        assert checks.headers_are_sent(None) == []


def test_a_header_that_is_not_sent_stops_the_start(settings: Settings) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "csp" not in name and "safe_headers" not in name]
    assert {fault.id for fault in checks.headers_are_sent(None)} == {"kring.E009"}
    assert {fault.msg.split()[5].rstrip(":") for fault in checks.headers_are_sent(None)} == {
        *("Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Resource-Policy", "Cache-Control")
    }


def test_a_secure_server_that_does_not_say_so_is_stopped(settings: Settings) -> None:
    settings.SECURE, settings.SECURE_HSTS_SECONDS = True, 0
    assert [fault.msg for fault in checks.headers_are_sent(None)] == ["An answer does not say Strict-Transport-Security: max-age=31536000."]
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert checks.headers_are_sent(None) == []


@pytest.mark.skipif("os.environ.get('KRING_TEST_DATABASE') == 'postgresql'", reason="SQLite only")
@pytest.mark.django_db
def test_a_promise_that_sqlite_does_not_keep_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "PRAGMAS", {"synchronous": 1})
    monkeypatch.setattr(checks, "SQLITE_WITHOUT_WAL_RESET_BUG", (99, 0, 0))
    assert [fault.id for fault in checks.database_keeps_its_promise(None, databases=["default"])] == ["kring.E002", "kring.E003"]


@pytest.mark.skipif("os.environ.get('KRING_TEST_DATABASE') != 'postgresql'", reason="PostgreSQL only")
@pytest.mark.django_db
def test_a_promise_that_postgresql_does_not_keep_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "POSTGRESQL", {"fsync": "never"})
    assert [fault.id for fault in checks.database_keeps_its_promise(None, databases=["default"])] == ["kring.E004"]


@pytest.mark.django_db
def test_demo_accounts_never_serve_a_real_school(settings: Settings) -> None:
    Person.objects.create(username="anna", given_name="Anna", family_name="Demo", is_demo=True)
    assert checks.no_demo_in_production(None, databases=["default"]) == []
    settings.PRODUCTION = True
    assert [fault.id for fault in checks.no_demo_in_production(None, databases=["default"])] == ["kring.E005"]


@pytest.mark.skipif("os.environ.get('KRING_TEST_DATABASE') == 'postgresql'", reason="SQLite only")
@pytest.mark.django_db
def test_one_sqlite_file_holds_one_board(settings: Settings) -> None:
    settings.PRODUCTION = True
    Board.objects.create(name="Een")
    assert checks.no_demo_in_production(None, databases=["default"]) == []
    Board.objects.create(name="Twee")
    assert [fault.id for fault in checks.no_demo_in_production(None, databases=["default"])] == ["kring.E006"]


def test_a_database_that_is_not_asked_is_not_judged(django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.block():
        assert checks.database_keeps_its_promise(None) == []
        assert checks.no_demo_in_production(None) == []


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "KRING_SECRET is not set"),
        ({"KRING_SECRET": "short", "KRING_HOSTS": "kring.test"}, "shorter than 50"),
        ({"KRING_SECRET": LONG}, "KRING_HOSTS is not set"),
        ({"KRING_MODE": "holiday"}, "must be demo, test or production"),
        ({"KRING_SECRET": LONG, "KRING_HOSTS": "kring.test", "KRING_DATABASE": "mysql://x/y"}, "KRING_DATABASE is not understood"),
    ],
)
def test_a_wrong_setting_is_named(environment: Mapping[str, str], says: str, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KRING_", "DJANGO_"))}
    ours = {"PYTHONPATH": str(ROOT / "src"), "KRING_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kring.settings"}
    told = {**kept, **ours, **environment}
    done = subprocess.run((sys.executable, "-m", "django", "check"), env=told, capture_output=True, text=True, check=False)
    assert (done.returncode != 0, says in done.stderr) == (True, True)


def test_the_way_in_keeps_no_connection_open(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KRING_", "DJANGO_", "COV"))}
    told = {**kept, "PYTHONPATH": str(ROOT / "src"), "KRING_DATA": str(tmp_path), "KRING_MODE": "test"}
    program = "import kring.web.wsgi; from django.db import connection; print(connection.connection)"
    done = subprocess.run((sys.executable, "-c", program), env=told, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "None"
