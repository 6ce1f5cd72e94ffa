"""No page makes the server ask anything of another machine."""

import socket
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.access.world import World, make_world
from tests.cast import Cast, client_of
from tests.every_page import LEAVES, Keys, addresses

pytestmark = pytest.mark.django_db
HERE = ("127.0.0.1", "::1", "localhost", "")


@pytest.fixture
def world(cast: Cast, settings: Settings, tmp_path: Path) -> World:
    settings.FILES = tmp_path
    return make_world(cast)


@pytest.fixture
def asked_elsewhere(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every address that somebody tried to reach, or a name that was looked up; nothing leaves."""
    found: list[object] = []

    def refuse(*asked: Any, **more: Any) -> Any:  # noqa: ARG001
        place = next((one for one in asked if isinstance(one, tuple | str)), "")
        if (place if isinstance(place, str) else place[0]) not in HERE:
            found.append(place)
        raise OSError("no way out of a test")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    return found


def keys_of(world: World) -> Keys:
    """What the names in addresses lead to: something of each kind."""
    return {str(one._meta.model_name): one.pk for one in reversed(world.objects.values())}


IN_SHORT = ("anna", "bram", "olga", "els", "noor")


def test_no_page_asks_another_machine(world: World, asked_elsewhere: list[object], long: bool) -> None:
    """Asked by one person of most roles, and with --long by everybody."""
    keys = keys_of(world)
    for actor in world.actors.values() if long else [world.actors[who] for who in IN_SHORT]:
        client = client_of(actor)
        client.raise_request_exception = False
        for name, address in addresses(actor.pk, keys):
            if name not in LEAVES:
                client.get(address)
                client.post(address)
    assert asked_elsewhere == []


def test_a_wrong_login_asks_no_other_machine(asked_elsewhere: list[object], db: None) -> None:
    Client().post(reverse("account_login"), {"login": "wie", "password": "verkeerd-wachtwoord"})
    assert asked_elsewhere == []


def test_a_question_to_another_machine_is_found(asked_elsewhere: list[object]) -> None:
    with pytest.raises(OSError, match="no way out"):
        socket.create_connection(("example.org", 443))
    with pytest.raises(OSError, match="no way out"), socket.socket() as made:
        made.connect(("192.0.2.1", 443))
    assert asked_elsewhere == [("example.org", 443), ("192.0.2.1", 443)]
