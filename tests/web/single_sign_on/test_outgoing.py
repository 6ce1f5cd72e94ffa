"""The server asks only the computers of the file, waits for no dripping answer, takes no detour and reads no more than it must."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.cache import cache

from kring.core.single_sign_on import SignOnRefused
from kring.identity_providers import IdentityProvider, Protocol
from kring.web.single_sign_on import outgoing
from kring.web.single_sign_on.outgoing import ask, document_of


class Odd(BaseHTTPRequestHandler):
    """A provider that has gone wrong in every way."""

    seen: list[tuple[str, str, str]]

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server.seen.append((self.path, body, self.headers.get("Authorization", "")))  # type: ignore[attr-defined]
        status = {"/detour": 302, "/broken": 500, "/empty": 204}.get(self.path, 200)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/good")
        self.end_headers()
        self._body()

    do_POST = do_GET  # noqa: N815

    def _body(self) -> None:
        bodies = {
            "/good": b'{"a": 1}',
            "/list": b"[1]",
            "/text": b"<html>",
            "/bytes": b"\xff\xfe",
            "/large": b'{"a": "' + b"x" * 600_000 + b'"}',
        }
        try:
            self.wfile.write(bodies.get(self.path, b""))
            if self.path == "/drip":
                while not self.server.over.wait(0.05):  # type: ignore[attr-defined]
                    self.wfile.write(b" " * 20_000)
        except OSError:
            pass

    def log_message(self, *said: Any) -> None:
        """Nothing."""


class Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Odd)
        self.seen: list[tuple[str, str, str]] = []
        self.over = threading.Event()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.over.set()
        made.shutdown()
        thread.join()


@pytest.fixture
def odd(server: Server) -> IdentityProvider:
    cache.clear()
    origin = f"http://127.0.0.1:{server.server_port}"
    return IdentityProvider("odd", "Odd", Protocol.OPENID, origin, frozenset(), frozenset({origin}), client_id="k:ring", secret="ge heim")


def test_a_good_answer_comes_through(odd: IdentityProvider, server: Server) -> None:
    assert ask(odd, f"{odd.issuer}/good") == {"a": 1}


@pytest.mark.parametrize("path", ["detour", "broken", "empty", "list", "text", "bytes", "large"])
def test_an_odd_answer_is_refused(odd: IdentityProvider, server: Server, path: str) -> None:
    with pytest.raises(SignOnRefused):
        ask(odd, f"{odd.issuer}/{path}")
    assert [asked for asked, _, _ in server.seen] == [f"/{path}"]


def test_an_answer_that_drips_is_given_up(odd: IdentityProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "SECONDS", 0.3)
    monkeypatch.setattr(outgoing, "MOST_BYTES", 10**9)
    with pytest.raises(SignOnRefused):
        ask(odd, f"{odd.issuer}/drip")


def test_nobody_else_is_asked(odd: IdentityProvider, server: Server) -> None:
    port = server.server_port
    for address in (
        *(f"http://localhost:{port}/good", f"https://127.0.0.1:{port}/good", "http://127.0.0.1:1/good", "file:" + "///etc/passwd", "", "x"),
        *(f"http://127.0.0.1:{port}@localhost/good", f"http://localhost:{port}/?http://127.0.0.1:{port}", "http://169.254.169.254/latest"),
    ):
        with pytest.raises(SignOnRefused, match="address_not_configured"):
            ask(odd, address)
    assert server.seen == []


def test_a_provider_that_is_away_is_refused(odd: IdentityProvider) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SignOnRefused):
            ask(replace(odd, server_origins=frozenset({origin})), f"{origin}/good")


def test_the_environment_names_no_detour(odd: IdentityProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert ask(odd, f"{odd.issuer}/good") == {"a": 1}


def test_the_secret_goes_along_where_the_provider_wants_it(odd: IdentityProvider, server: Server) -> None:
    ask(odd, f"{odd.issuer}/good", form={"code": "c"})
    ask(odd, f"{odd.issuer}/good", form={"code": "c"}, in_header=True)
    assert server.seen[0] == ("/good", "code=c&client_secret=ge+heim", "")
    assert (server.seen[1][1], server.seen[1][2]) == ("code=c", "Basic ayUzQXJpbmc6Z2UraGVpbQ==")


def test_a_document_is_asked_once_in_ten_minutes(odd: IdentityProvider, server: Server) -> None:
    for fresh in (False, False, True, False):
        assert document_of(odd, f"{odd.issuer}/good", fresh=fresh) == {"a": 1}
    assert len(server.seen) == 2
