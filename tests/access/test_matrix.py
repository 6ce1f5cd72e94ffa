"""Every route, asked by everybody: what comes back equals the expectation file, and nothing leaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from kring.web.checks import all_routes
from kring.web.models import Entry, Person
from tests.access.expectation import STATUS, Line, lines
from tests.access.world import World, make_world
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
LINES = list(lines())
HAT = {route.name for pattern, route in all_routes() if pattern.startswith("as/")}
OTHER_METHODS = ("POST", "PUT", "PATCH", "DELETE")
OWN_NAME = "Noor van de Test"  # what Noor reads of herself in the corner of every page


@pytest.fixture
def world(cast: Cast, settings: Settings, tmp_path: Path) -> World:
    settings.FILES = tmp_path
    return make_world(cast)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(world: World, who: str, line: Line, method: str, keys: list[object]) -> Any:
    actor = world.actors.get(who)
    client = client_of(actor) if actor else Client()
    hat = (actor or world.actors["anna"]).pk
    address = reverse(line.route, args=[hat, *keys] if line.route in HAT else keys)
    with undone():
        before = snapshot() if method != "GET" else ""
        answer = client.generic(method, address)
        if method != "GET" and not done(answer):
            assert snapshot() == before, (who, "was refused, and yet something changed")
    return answer


def done(answer: Any) -> bool:
    return answer.status_code < 400 and not answer.headers.get("Location", "").startswith(reverse("account_login"))


def leaks(answer: Any) -> bool:
    return "Noor" in answer.content.decode(errors="replace").replace(OWN_NAME, "")


def snapshot() -> str:
    """Every row of Kring but the traces, and people, whose last login is written down."""
    models = [model for model in apps.get_app_config("kring").get_models() if model not in {Entry, Person}]
    rows = [f"{model.__name__}{sorted(map(repr, model._default_manager.values_list()))}" for model in models]
    return sha256("".join(rows).encode()).hexdigest()


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.method} {line.route} {'+'.join(line.objects)}")
def test_everybody_gets_what_the_file_says(world: World, line: Line) -> None:
    found, wanted, leaked = {}, {}, []
    for who in (*world.actors, "visitor"):
        answer = ask(world, who, line, line.method, [world.objects[name].pk for name in line.objects])
        expected = line.answer(who)
        found[who], wanted[who] = answer.status_code, STATUS[expected]
        if leaks(answer) and expected != "page with Noor":
            leaked.append(who)
        if expected == "login":
            assert answer.headers["Location"].startswith(reverse("account_login"))
    assert found == wanted
    assert leaked == []


@pytest.mark.parametrize("line", [line for line in LINES if line.objects], ids=lambda line: f"{line.route} {'+'.join(line.objects)}")
def test_what_is_foreign_looks_like_what_is_absent(world: World, line: Line) -> None:
    for who in world.actors:
        if line.answer(who) == "nothing":
            foreign = ask(world, who, line, line.method, [world.objects[name].pk for name in line.objects])
            absent = ask(world, who, line, line.method, [uuid4() for _ in line.objects])
            assert (foreign.status_code, body(foreign)) == (absent.status_code, body(absent)), who


def body(answer: Any) -> list[str]:
    """The page without what differs by nature: the token of each form, and the address to come back to."""
    own = ("csrfmiddlewaretoken", 'name="next"')
    return [text for text in answer.content.decode().splitlines() if not any(part in text for part in own)]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.route} {'+'.join(line.objects)}")
def test_no_other_method_does_anything(world: World, line: Line) -> None:
    meant = {(other.method, other.route) for other in LINES}
    for method in OTHER_METHODS:
        if (method, line.route) in meant or line.route not in HAT:
            continue
        for who in ("anna", "bram", "rik", "frans", "visitor"):
            answer = ask(world, who, line, method, [world.objects[name].pk for name in line.objects])
            assert answer.status_code in {302, 403, 404, 405}, (who, method)
            assert answer.status_code != 302 or answer.headers["Location"].startswith(reverse("account_login")), (who, method)


def routes_not_in_the_file(file: list[Line]) -> set[str | None]:
    demo_only = {"demo_login"}  # the route does not exist outside a demo
    return {route.name for _, route in all_routes()} - {line.route for line in file} - demo_only


def test_every_route_stands_in_the_file() -> None:
    assert routes_not_in_the_file(LINES) == set()


def test_a_route_that_is_not_in_the_file_is_found() -> None:
    assert routes_not_in_the_file([line for line in LINES if line.route != "pupil_pdf"]) == {"pupil_pdf"}


def test_a_line_without_a_route_is_found() -> None:
    assert {line.route for line in LINES} <= {route.name for _, route in all_routes()}


def test_a_hole_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: teachers see the whole school. Then the matrix must fail for Carla."""
    from kring.core.access import Scope
    from kring.web import access

    monkeypatch.setitem(access._SCOPES, Scope.GROUP, access._SCOPES[Scope.SCHOOL])
    line = next(line for line in LINES if line.route == "pupil" and line.objects == ("pupil_noor",))
    answer = ask(world, "carla", line, "GET", [world.objects["pupil_noor"].pk])
    assert (answer.status_code, leaks(answer)) == (200, True)
