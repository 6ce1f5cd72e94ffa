"""No page makes the server ask anything of another machine. The matrix of access holds this for every page and everybody it asks."""

import socket

import pytest
from django.test import Client
from django.urls import reverse

from tests.promised import no_way_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked_elsewhere(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    return no_way_out(monkeypatch)


def test_a_wrong_login_asks_no_other_machine(asked_elsewhere: list[object], db: None) -> None:
    Client().post(reverse("account_login"), {"login": "wie", "password": "verkeerd-wachtwoord"})
    assert asked_elsewhere == []


def test_a_question_to_another_machine_is_found(asked_elsewhere: list[object]) -> None:
    with pytest.raises(OSError, match="no way out"):
        socket.create_connection(("example.org", 443))
    with pytest.raises(OSError, match="no way out"), socket.socket() as made:
        made.connect(("192.0.2.1", 443))
    assert asked_elsewhere == [("example.org", 443), ("192.0.2.1", 443)]
