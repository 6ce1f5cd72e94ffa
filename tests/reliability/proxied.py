"""A real proxy with the example of deploy/, on ports and files of its own, before a server on a Unix socket."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from kring.commands import ROOT
from kring.commands.certificate import Certified, certified
from kring.commands.server import free_port

NAME = "kring.mijnschool.nl"  # as in the examples
DEPLOY = ROOT / "deploy"


@dataclass(frozen=True, slots=True)
class Proxy:
    """How to reach it, and where it writes."""

    plain: int
    secure: int
    trusted: ssl.SSLContext
    home: Path

    def connection(self) -> http.client.HTTPConnection:
        """By https, to the name of the school, with a certificate that is really checked."""
        return ToName(self.secure, self.trusted)

    def ask(
        self, path: str = "/", *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        line = self.connection()
        try:
            line.request(method, path, body=body, headers=dict(headers or {}))
            answer = line.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            line.close()


class ToName(http.client.HTTPConnection):
    """To this machine, asking for the name of the school."""

    def __init__(self, port: int, trusted: ssl.SSLContext) -> None:
        super().__init__(NAME, timeout=60)
        self.at, self.trusted = port, trusted

    def connect(self) -> None:
        self.sock = self.trusted.wrap_socket(socket.create_connection(("127.0.0.1", self.at), timeout=60), server_hostname=NAME)


@contextmanager
def proxy(kind: str, home: Path, server: Path) -> Iterator[Proxy]:
    """`kind` is nginx or caddy; `server` is the socket that Kring listens on."""
    home.mkdir()
    files = certified(home / "certificate", [NAME], at=datetime.now(UTC))
    plain = free_port(8900)
    made = Proxy(plain, free_port(plain + 1), ssl.create_default_context(cafile=str(files.authority)), home)
    command = {"nginx": nginx, "caddy": caddy}[kind](made, files, server)
    with (home / "said").open("wb") as said:
        running = subprocess.Popen(command, cwd=home, stdout=said, stderr=said, env={"HOME": str(home), "PATH": "/usr/sbin:/usr/bin:/bin"})
    try:
        wait_for(made, running)
        yield made
    finally:
        running.terminate()
        running.wait(timeout=20)


def nginx(made: Proxy, files: Certified, server: Path) -> tuple[str, ...]:
    text = changed((DEPLOY / "nginx" / "kring.conf").read_text(), files, server)
    text = re.sub(r"listen \[::\].*\n", "", text).replace("listen 80;", f"listen 127.0.0.1:{made.plain};")
    text = text.replace("listen 443", f"listen 127.0.0.1:{made.secure}").replace("/var/log/nginx/", f"{made.home}/")
    folders = " ".join(f"{each}_temp_path {made.home}/{each};" for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    around = f"worker_processes 1; daemon off; pid {made.home}/pid; error_log stderr; events {{}} http {{ {folders}\n{text}\n}}"
    (made.home / "nginx.conf").write_text(f"user root;\n{around}" if made.home.owner() == "root" else around)
    return (found("nginx"), "-e", "stderr", "-c", str(made.home / "nginx.conf"))


def caddy(made: Proxy, files: Certified, server: Path) -> tuple[str, ...]:
    text = changed((DEPLOY / "caddy" / "Caddyfile").read_text(), files, server)
    text = text.replace(f"{NAME} {{", f"{NAME} {{\n\ttls {files.certificate} {files.key}")
    ports = (
        f"{{\n\tadmin off\n\thttp_port {made.plain}\n\thttps_port {made.secure}\n\tauto_https disable_certs\n\tdefault_bind 127.0.0.1\n}}\n"
    )
    (made.home / "Caddyfile").write_text(ports + text)
    return (found("caddy"), "run", "--adapter", "caddyfile", "--config", str(made.home / "Caddyfile"))


def changed(text: str, files: Certified, server: Path) -> str:
    """What the handbook lets an administrator change, and the folders that are somewhere else here."""
    places = {
        "/etc/ssl/kring/fullchain.pem": files.certificate,
        "/etc/ssl/kring/privkey.pem": files.key,
        "/run/kring/kring.sock": server,
        "/opt/kring/current/deploy": DEPLOY,
    }
    for there, here in places.items():
        text = text.replace(there, str(here))
    return text


def found(name: str) -> str:
    return cast("str", shutil.which(name, path="/usr/sbin:/usr/bin:/bin"))


def wait_for(made: Proxy, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        assert running.poll() is None, (made.home / "said").read_text()
        with suppress(OSError), socket.create_connection(("127.0.0.1", made.secure), timeout=5):
            return
        time.sleep(0.05)
    raise AssertionError((made.home / "said").read_text())
