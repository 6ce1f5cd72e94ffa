"""The examples of deploy/ in Debian's own nginx and Caddy, before a server that tells what reached it, and before Kring itself."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kring.commands import ROOT
from kring.commands.listening import Bind, answers
from tests.reliability.conftest import Held
from tests.reliability.echoing import echo
from tests.reliability.forbidding import forbidden
from tests.reliability.proxied import NAME, Proxy, proxy

UNIT = ROOT / "deploy" / "systemd" / "kring.service"
BODY_LIMIT = 42_000_000
ASKED = (200, 2000)  # requests during restarts: small, whole
SECURITY = ("content-security-policy", "strict-transport-security", "x-content-type-options", "referrer-policy", "permissions-policy")
Serving = subprocess.Popen[bytes]


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def kind(request: pytest.FixtureRequest) -> str:
    if not shutil.which(request.param, path="/usr/sbin:/usr/bin:/bin"):
        pytest.skip(f"{request.param} is not here; as root on Debian ./kring test installs it")
    return str(request.param)


@pytest.fixture(scope="module")
def echoed(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    home = tmp_path_factory.mktemp(kind)
    with echo(home / "echo.sock") as server, proxy(kind, home / "proxy", server) as made:
        yield made


def reached(made: Proxy, path: str = "/", **more: Any) -> dict[str, Any]:
    status, _, body = made.ask(path, **more)
    assert status == 200, body
    told: dict[str, Any] = json.loads(body)
    told["headers"] = [(name.lower(), value) for name, value in told["headers"]]
    return told


def test_what_a_visitor_claims_changes_nothing(echoed: Proxy) -> None:
    claims = {
        "X-Forwarded-For": "6.6.6.6, 7.7.7.7",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "elders.example",
        "Forwarded": "for=6.6.6.6;proto=http;host=elders.example",
    }
    headers = reached(echoed, headers=claims)["headers"]
    told = {name: [value for each, value in headers if each == name] for name, _ in headers}
    assert told["x-forwarded-for"] == ["127.0.0.1"]
    assert told["x-forwarded-proto"] == ["https"]
    assert told["host"] == [NAME]
    assert "forwarded" not in told
    assert "elders" not in json.dumps(headers)


def test_http_leads_to_https(echoed: Proxy) -> None:
    with socket.create_connection(("127.0.0.1", echoed.plain), timeout=10) as line:
        line.sendall(f"GET /groups/?a=b HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        said = b"".join(iter(lambda: line.recv(4096), b"")).decode()
    assert said.split(" ")[1] == "308"
    assert f"ocation: https://{NAME}/groups/?a=b" in said


def test_a_slow_visitor_holds_no_place(echoed: Proxy) -> None:
    """The body comes a piece at a time; the server hears of the request when all of it is there."""
    line = echoed.connection()
    line.putrequest("POST", "/")
    line.putheader("Content-Length", "5")
    line.endheaders()
    for piece in b"slow!":
        time.sleep(0.15)
        line.send(bytes([piece]))
    assert json.loads(line.getresponse().read())["waited"] < 0.3
    line.close()


def test_what_is_too_large_is_stopped_at_the_door(echoed: Proxy) -> None:
    line = echoed.connection()
    line.putrequest("POST", "/")
    line.putheader("Content-Length", str(BODY_LIMIT * 11 // 10))
    line.endheaders()
    assert read_status(line) == (413, True)
    assert reached(echoed, method="POST", body=b"x" * 1_000_000)


def read_status(line: Any) -> tuple[int, bool]:
    """Some hear of it before they send a byte, some while they do."""
    try:
        for _ in range(BODY_LIMIT * 11 // 10 // 1_000_000):
            line.send(bytes(1_000_000))
    except OSError:
        pass
    answer = line.getresponse()
    told = answer.status, "te groot" in answer.read().decode()
    line.close()
    return told


def test_no_address_of_a_pupil_is_written_down(echoed: Proxy) -> None:
    reached(echoed, "/pupils/3f1c0000-dead-beef-0000-000000000001/?name=Noor")
    echoed.ask("/", headers={"Cookie": "Noor"})
    time.sleep(0.2)
    written = "".join(path.read_text(errors="replace") for path in echoed.home.iterdir() if path.is_file() and "conf" not in path.name)
    assert "Noor" not in written
    assert "dead-beef" not in written


# ---- Kring itself -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a new installation: the first start makes the tables."""
    return tmp_path_factory.mktemp("kring")


def settings(data: Path) -> dict[str, str]:
    around = {name: value for name, value in os.environ.items() if not name.startswith(("KRING_", "DJANGO_", "COV", "PYTEST"))}
    ours = {"KRING_DATA": str(data), "KRING_HOSTS": NAME, "KRING_SECRET": "of-this-test-alone-" + "0123456789abcdefghij" * 3}
    return {**around, **ours, "PYTHONPATH": str(ROOT / "src"), "KRING_MODE": "production", "DJANGO_SETTINGS_MODULE": "kring.settings"}


def served(data: Path) -> Serving:
    """As the unit of systemd starts it, with what that forbids, until it answers."""
    where = Bind(socket=data / "kring.sock")
    with (data / "said").open("ab") as said:
        command = (sys.executable, "-m", "kring.cli", "serve", "--bind", str(where))
        serving = subprocess.Popen(command, env=settings(data), stdout=said, stderr=said, preexec_fn=forbidden(UNIT))
    for _ in range(1800):
        assert serving.poll() is None, (data / "said").read_text()
        if answers(where, host=NAME):
            return serving
        time.sleep(0.1)
    raise AssertionError((data / "said").read_text())


def stopped(serving: Serving) -> int:
    serving.send_signal(signal.SIGTERM)
    return serving.wait(timeout=30)


@pytest.mark.whole("Kring itself behind a proxy, with a restart meanwhile")
def test_kring_behind_it(kind: str, data: Path, tmp_path: Path, long: bool, held: Held) -> None:
    """Headers once, files of ours, our own limit; and a restart of which nobody hears anything but: come back in ten seconds."""
    with ExitStack() as stack:
        serving = served(data)
        stack.callback(lambda: serving.kill())  # whichever runs by then; one that has ended hears nothing
        made = stack.enter_context(proxy(kind, tmp_path / "proxy", data / "kring.sock"))
        assert_whole(made)
        pool = stack.enter_context(ThreadPoolExecutor(8))
        asking = [pool.submit(asked_now_and_then, made, ASKED[long] // 8, seconds=14.0) for _ in range(8)]
        time.sleep(1)
        assert stopped(serving) == 0, (data / "said").read_text()
        status, headers, body = made.ask("/") if kind == "nginx" else (503, [("Retry-After", "10")], b"Kring is even dicht")
        assert (status, dict(headers)["Retry-After"], b"even dicht" in body) == (503, "10", True)
        serving = served(data)
        found = [each for future in asking for each in future.result()]
        assert made.ask("/")[0] == 200
        assert stopped(serving) == 0
    assert len(found) >= ASKED[long]
    assert set(found) <= {(200, None), (503, "10")}
    come_back = sum(1 for status, _ in found if status == 503)
    held(
        f"{kind}: a restart loses no request",
        f"{len(found)} requests during a restart: {come_back} × 503 with Retry-After, the rest answered",
    )


def assert_whole(made: Proxy) -> None:
    status, headers, _ = made.ask("/")
    assert status == 200
    names = [name.lower() for name, _ in headers]
    assert [name for name in SECURITY if names.count(name) != 1] == []
    assert made.ask("/static/kring/base.css")[0] == 200
    assert made.ask("/", method="POST", body=b"x" * 1000)[0] == 403
    assert made.ask("/", headers={"X-Forwarded-Proto": "http", "X-Forwarded-Host": "elders.example"})[0] == 200


def asked_now_and_then(made: Proxy, times: int, *, seconds: float) -> list[tuple[int, str | None]]:
    """What a visitor gets who asks again and again; a connection that breaks is an error, and raises."""
    begun, found = time.monotonic(), []
    for turn, _ in pairwise(range(times + 1)):
        status, headers, _ = made.ask("/")
        found.append((status, dict(headers).get("Retry-After")))
        time.sleep(max(0.0, begun + (turn + 1) * seconds / times - time.monotonic()))
    return found
