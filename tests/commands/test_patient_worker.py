"""Slow clients do not hold the threads of a server without a proxy before it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from kring.commands.patient_worker import GRACE, LONGEST, SLOW, Watch
from kring.commands.server import WITHOUT_PROXY, free_port

ECHO = """
def application(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""
SLOW_CLIENTS = 40
BEGUN = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx"
HALF_A_HEAD = b"POST / HTTP/1.1\r\nHost: loc"


def test_few_may_be_slow_and_not_for_ever() -> None:
    now, cut = [0.0], list[str]()
    watch = Watch(cut=cut.append, clock=lambda: now[0])
    with ExitStack() as held:
        for number in range(SLOW + 2):
            held.enter_context(watch.over(f"slow {number}"))
        held.enter_context(watch.over("in"))
        watch.is_in("in")
        now[0] = GRACE
        watch.look()
        assert cut == []
        now[0] = GRACE + 0.1
        watch.look()
        assert cut == [f"slow {SLOW}", f"slow {SLOW + 1}"]
        watch.allow("slow 0", 1_000_000)  # large, so that it may take longer
        now[0] = LONGEST + 0.1
        watch.look()
        assert cut[2:] == [f"slow {number}" for number in range(1, SLOW)]
    now[0] = 1000.0
    watch.look()
    assert len(cut) == SLOW + 1  # who is done is watched no more


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "echo.py").write_text(ECHO)
    free = free_port(8700)
    told = (
        "--bind",
        f"127.0.0.1:{free}",
        "--workers",
        "2",
        "--threads",
        "12",
        "--log-level",
        "critical",
        "--no-control-socket",
        *WITHOUT_PROXY,
    )
    running = subprocess.Popen((sys.executable, "-m", "gunicorn", "echo:application", "--pythonpath", str(tmp_path), *told))
    try:
        for _ in range(100):
            if answered(free, b"") is not None:
                break
            time.sleep(0.1)
        yield free
    finally:
        running.terminate()
        running.wait(timeout=20)


def answered(port: int, body: bytes) -> bytes | None:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("POST", "/", body)
        response = connection.getresponse()
        return response.read() if response.status == 200 else None
    except OSError:
        return None
    finally:
        connection.close()


@contextmanager
def slow_client(port: int, begun: bytes) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(begun)
        yield line


def test_beside_forty_slow_clients_a_page_answers(port: int) -> None:
    large = b"y" * 300_000
    with ExitStack() as held:
        for number in range(SLOW_CLIENTS):
            held.enter_context(slow_client(port, (BEGUN, HALF_A_HEAD, b"")[number % 3] if number % 4 else BEGUN))
        start = time.monotonic()
        assert answered(port, large) == large
        first = time.monotonic() - start
        start = time.monotonic()
        assert answered(port, b"hello") == b"hello"
        assert time.monotonic() - start < 1
    assert first < 8 * GRACE


def test_who_is_somewhat_slow_is_heard(port: int) -> None:
    with slow_client(port, BEGUN) as line:
        time.sleep(GRACE + 0.5)
        line.sendall(b"x" * 999)
        assert line.recv(100).startswith(b"HTTP/1.1 200")
