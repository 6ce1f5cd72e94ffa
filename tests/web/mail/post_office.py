"""A mail server that takes, refuses, is slow, wants a password, or is not there: on a free port, in a thread of its own."""

# ruff: noqa: N802, ARG002  # the names are those of aiosmtpd

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.headerregistry import Address
from email.message import Message
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kring.mail_server import Lock, MailServer

SENDER = Address("Kring", addr_spec="kring@school.example")
NAME, PASSWORD = "kring", "het-goede-wachtwoord"
Says = Callable[[str], str]


class PostOffice:
    """What came in, and what it says about each address and message."""

    def __init__(self, about_address: Says, about_message: Says, about_sender: Says, seconds: float) -> None:
        self.taken: list[Message] = []
        self.to: list[str] = []
        self.calls = 0
        self.about_address, self.about_message, self.about_sender, self.seconds = about_address, about_message, about_sender, seconds

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]) -> list[str]:
        self.calls += 1
        await asyncio.sleep(self.seconds)
        session.host_name = hostname
        return answers

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        said = self.about_sender(address)
        if said.startswith("250"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return said

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        said = self.about_address(address)
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        text = envelope.content
        assert isinstance(text, bytes)
        said = self.about_message(text.decode())
        if said.startswith("250"):
            self.taken.append(message_from_bytes(text))
            self.to.extend(envelope.rcpt_tos)
        return said


def fine(_what: str) -> str:
    return "250 OK"


@contextmanager
def post_office(
    *,
    about_address: Says = fine,
    about_message: Says = fine,
    about_sender: Says = fine,
    seconds: float = 0.0,
    certificate: Path | None = None,
    wants_password: bool = False,
    port: int = 0,
) -> Iterator[tuple[PostOffice, MailServer]]:
    """It, and how Kring is told of it: with TLS when there is a certificate, and then logged in when it wants that."""
    office = PostOffice(about_address, about_message, about_sender, seconds)
    more: dict[str, Any] = {}
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        more["tls_context"] = context
    if wants_password:
        more |= {"auth_required": True, "authenticator": knows_password}
    controller = Controller(office, hostname="127.0.0.1", port=port or free_port(), **more)
    controller.start()
    try:
        lock = Lock.STARTTLS if certificate else Lock.NONE
        yield office, MailServer("localhost" if certificate else "127.0.0.1", controller.port, lock, SENDER)
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def knows_password(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (NAME.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def make_certificate(folder: Path, *, name: str = "localhost") -> Path:
    """Key and certificate in one file, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName(
        [x509.DNSName(name), x509.IPAddress(ip_address("127.0.0.1"))] if name == "localhost" else [x509.DNSName(name)]
    )
    made = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key()).serial_number(x509.random_serial_number())
    )
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1)).add_extension(names, critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = made.sign(key, hashes.SHA256())
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"{name}.pem"
    path.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return path
