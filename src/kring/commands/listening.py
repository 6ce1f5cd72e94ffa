"""Where the server listens for its proxy: a port of this machine, or a Unix socket. Never the network, for it speaks no https."""

import http.client
import ipaddress
import socket
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

SOCKET = "unix:"


class NotAnAddress(Exception):
    """What was given as --bind; the sentence is the argument."""


@dataclass(frozen=True, slots=True)
class Bind:
    """A host and a port, or a socket in a folder."""

    host: str = ""
    port: int = 0
    socket: Path | None = None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{SOCKET}{self.socket}" if self.socket else f"{host}:{self.port}"

    @property
    def of_this_machine(self) -> bool:
        """A proxy reaches it, another computer does not."""
        return self.socket is not None or self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback


def bind(word: str) -> Bind:
    """
    >>> str(bind("127.0.0.1:8000")), str(bind("[::1]:8000")), str(bind("unix:/run/kring/kring.sock"))
    ('127.0.0.1:8000', '[::1]:8000', 'unix:/run/kring/kring.sock')
    """
    if word.startswith(SOCKET) and Path(word.removeprefix(SOCKET)).is_absolute():
        return Bind(socket=Path(word.removeprefix(SOCKET)))
    host, _, port = word.rpartition(":")
    plain = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if not (is_host(plain) and (":" in plain) == host.startswith("[") and port.isdecimal() and 1 <= int(port[:6]) <= 65535):
        raise NotAnAddress(f"“{word}” is geen adres. Kies bijvoorbeeld 127.0.0.1:8000 of unix:/run/kring/kring.sock.")
    return Bind(plain, int(port))


def is_host(word: str) -> bool:
    try:
        return word == "localhost" or bool(ipaddress.ip_address(word))
    except ValueError:
        return False


def taken(where: Bind) -> bool:
    """Whether another program listens there already. A socket that nobody answers was left behind, and is ours to take."""
    if where.socket:
        return connects(where.socket)
    with socket.socket(socket.AF_INET6 if ":" in where.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((where.host, where.port))
        except OSError:
            return True
        return False


def connects(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True


class OverSocket(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


def connection(where: Bind, timeout: float = 10.0) -> http.client.HTTPConnection:
    return OverSocket(where.socket, timeout) if where.socket else http.client.HTTPConnection(where.host, where.port, timeout=timeout)


def status(where: Bind, *, host: str, path: str = "/") -> int | None:
    """What the server answers when it is asked as the proxy asks it; nothing when it is not there."""
    line = connection(where)
    try:
        line.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"})
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()


def answers(where: Bind, *, host: str) -> bool:
    found = status(where, host=host)
    return found is not None and found < HTTPStatus.INTERNAL_SERVER_ERROR
