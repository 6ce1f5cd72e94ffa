"""The certificate of a trial: for this machine alone, kept from others, made anew in time, and refused for anybody else's name."""

import socket
import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kring.commands.certificate import Certified, certified, make_certificate

AT = datetime.now(UTC)
NAMES = ["laptop.local", "laptop", "localhost", "192.168.1.20", "203.0.113.9"]


@pytest.fixture
def files(tmp_path: Path) -> Certified:
    return certified(tmp_path / "certificate", NAMES, at=AT)


def trusted_as(files: Certified, name: str) -> bool:
    """Whether a device that trusts the authority takes the server for this name."""
    server, client = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context(cafile=str(files.authority))
    server.load_cert_chain(files.certificate, files.key)
    here, there = socket.socketpair()
    answering = threading.Thread(target=lambda: shaken(server, here), daemon=True)
    answering.start()
    try:
        with client.wrap_socket(there, server_hostname=name):
            return True
    except ssl.SSLCertVerificationError:
        return False
    finally:
        there.close()
        answering.join(timeout=10)


def shaken(server: ssl.SSLContext, here: socket.socket) -> None:
    try:
        server.wrap_socket(here, server_side=True).close()
    except OSError:
        here.close()


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_the_machine_is_trusted(files: Certified, name: str) -> None:
    assert trusted_as(files, name)


def test_another_name_is_not(files: Certified) -> None:
    assert not trusted_as(files, "www.mijnbank.nl")


def test_the_authority_can_do_no_harm_elsewhere(files: Certified) -> None:
    """Whoever steals its key signs for a bank; a device that trusts the trial refuses all the same."""
    make_certificate(files, files.authority.with_name("kring-ca.key"), ["laptop.local", "www.mijnbank.nl"], at=AT)
    assert not trusted_as(files, "www.mijnbank.nl")


def test_nobody_else_reads_a_key(files: Certified) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in files.key.parent.iterdir()}
    assert modes == {"kring-ca.key": 0o600, "server.key": 0o600, "kring-ca.pem": 0o644, "server.pem": 0o644}
    assert stat.S_IMODE(files.key.parent.stat().st_mode) == 0o700


def test_it_stays_until_it_is_near_its_end(files: Certified) -> None:
    folder, before = files.key.parent, files.certificate.read_bytes()
    assert certified(folder, NAMES[:2], at=AT + timedelta(days=300)).certificate.read_bytes() == before
    authority = files.authority.read_bytes()
    assert certified(folder, NAMES, at=AT + timedelta(days=380)).certificate.read_bytes() != before
    assert files.authority.read_bytes() == authority, "devices go on trusting"
    certified(folder, NAMES, at=AT + timedelta(days=5 * 365))
    assert files.authority.read_bytes() != authority


def test_an_address_in_the_same_network_needs_no_new_authority(files: Certified) -> None:
    authority = files.authority.read_bytes()
    certified(files.key.parent, [*NAMES[:3], "192.168.1.99"], at=AT)
    assert files.authority.read_bytes() == authority
    assert trusted_as(files, "192.168.1.99")


def test_another_name_of_the_machine_makes_all_anew(files: Certified) -> None:
    authority = files.authority.read_bytes()
    certified(files.key.parent, [*NAMES, "ander.local"], at=AT)
    assert files.authority.read_bytes() != authority
    assert trusted_as(files, "ander.local")
