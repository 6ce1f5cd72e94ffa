"""The mail server of the school, from the environment: who it is, and how it is spoken to. Never without a lock on the line."""

from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from kring.core.errors import BrokenRule
from kring.core.mail import tidy_address

AN_EXAMPLE = "smtp://naam@mail.mijnschool.nl:587?tls=starttls"
PORTS = {"starttls": 587, "implicit": 465, "none": 25}
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class Lock(StrEnum):
    """How the line is closed to others."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    NONE = "none"  # only to this machine itself, and never with a password


class MailServerRefused(Exception):
    """The settings of mail cannot be used as they are; the text says why, and holds no secret."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where messages are handed over, and in whose name."""

    host: str
    port: int
    lock: Lock
    sender: Address
    user: str = ""
    password: str = field(default="", repr=False)


def read_mail_server(address: str, *, sender: str, password_file: str = "") -> MailServer:  # noqa: S107
    """The server of KRING_MAIL, or MailServerRefused."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise MailServerRefused(f"KRING_MAIL is not understood; an example: {AN_EXAMPLE}") from None
    lock = _lock(parts.query)
    if parts.scheme != "smtp" or not host or parts.path.strip("/"):
        raise MailServerRefused(f"KRING_MAIL is not understood; an example: {AN_EXAMPLE}")
    user, password = unquote(parts.username or ""), _password(unquote(parts.password or ""), password_file)
    if bool(user) != bool(password):
        raise MailServerRefused("KRING_MAIL needs a user and a password, or neither; a password may stand in KRING_MAIL_PASSWORD_FILE.")
    if lock is Lock.NONE and (password or host not in HERE):
        raise MailServerRefused(
            "KRING_MAIL: tls=none only to this machine itself and without a password, for anybody on the line reads it."
        )
    return MailServer(host, port or PORTS[lock.value], lock, _sender(sender), user, password)


def _lock(query: str) -> Lock:
    said = parse_qs(query)
    if set(said) - {"tls"} or said.get("tls", ["starttls"])[-1] not in PORTS:
        raise MailServerRefused("KRING_MAIL: after the question mark stands tls=starttls, tls=implicit or tls=none.")
    return Lock(said.get("tls", ["starttls"])[-1])


def _password(given: str, file: str) -> str:
    if not file:
        return given
    try:
        return Path(file).read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise MailServerRefused("KRING_MAIL_PASSWORD_FILE cannot be read.") from None


def _sender(text: str) -> Address:
    """“Kring <kring@mijnschool.nl>” or the address alone."""
    if not text.isprintable():
        raise MailServerRefused("KRING_MAIL_FROM must stand on one line.")
    name, address = parseaddr(text)
    try:
        tidied = tidy_address(address)
    except BrokenRule:
        raise MailServerRefused("KRING_MAIL_FROM must be one address, such as “Kring <kring@mijnschool.nl>”.") from None
    return Address(name or "Kring", addr_spec=tidied)
