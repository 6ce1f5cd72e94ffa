"""Handing messages to the mail server, and what it says back in one of our own words. What a server writes itself is not kept or shown."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP

from kring.core.mail import Trouble
from kring.mail_server import Lock, MailServer

SECONDS = 20.0
"""A server that is slower than this is tried again later."""
GOING_DOWN = 421
FULL = (b"5.2.2", b"4.2.2")
NOBODY = (b"5.1.1", b"5.1.2", b"5.1.3", b"5.1.6", b"5.1.10", b"5.2.1")
"""About an address that is not there (RFC 3463). A server that refuses to pass on, or takes us for a nuisance, says nothing about it."""
NO_SUCH_USER = (550, 551, 553)
"""The same of a server without such numbers; 552 is a full mailbox."""

Line = smtplib.SMTP


class NotTaken(Exception):
    """The message was not taken over; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@contextmanager
def line_to(server: MailServer, *, seconds: float = SECONDS) -> Iterator[Line]:
    """A closed line to the server, logged in. Raises NotTaken."""
    line = _called(server, seconds)
    try:
        with _told():
            _close_to_others(line, server)
            if server.password:
                line.login(server.user, server.password)
        yield line
    finally:
        with suppress(OSError, smtplib.SMTPException):
            line.quit()
        line.close()


def _called(server: MailServer, seconds: float) -> Line:
    name = server.sender.domain  # never the name of this machine
    with _told():
        if server.lock is Lock.IMPLICIT:
            lock = ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, local_hostname=name, timeout=seconds, context=lock)
        return smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=seconds)


def _close_to_others(line: Line, server: MailServer) -> None:
    """Certificate and name of the server are looked at; a server without TLS gets nothing."""
    line.ehlo_or_helo_if_needed()
    if server.lock is Lock.STARTTLS:
        if not line.has_extn("starttls"):
            raise NotTaken(Trouble.TLS_REFUSED)
        line.starttls(context=ssl.create_default_context())
        line.ehlo()


def hand_over(line: Line, message: EmailMessage, *, sender: str, to: str, number: str) -> None:
    """One message to one address; the server took it over when this returns. Raises NotTaken."""
    dsn = [f"ENVID={number}", "RET=HDRS"] if line.has_extn("dsn") else []
    with _told():
        line.rset()
        _expect(line.mail(sender, dsn), Trouble.SENDER_REFUSED)
        _expect(line.rcpt(to), None)
        _expect(line.data(message.as_bytes(policy=SMTP)), Trouble.REFUSED)


def _expect(said: tuple[int, bytes], refused: Trouble | None) -> None:
    code, words = said
    if code < 400:
        return
    if code == GOING_DOWN:
        raise NotTaken(Trouble.SERVER_BUSY)
    raise NotTaken(_at_address(code, words) if refused is None else Trouble.LATER if code < 500 else refused)


def _at_address(code: int, words: bytes) -> Trouble:
    if code in {452, 552} or any(mark in words for mark in FULL):
        return Trouble.MAILBOX_FULL
    if code < 500:
        return Trouble.LATER
    nobody = any(mark in words for mark in NOBODY) if b"5." in words else code in NO_SUCH_USER and b"rela" not in words.lower()
    return Trouble.NO_SUCH_ADDRESS if nobody else Trouble.REFUSED


@contextmanager
def _told() -> Iterator[None]:
    """Whatever goes wrong on the line, as one of our own words."""
    try:
        yield
    except ssl.SSLError:
        raise NotTaken(Trouble.TLS_REFUSED) from None
    except smtplib.SMTPNotSupportedError:
        raise NotTaken(Trouble.PASSWORD_WRONG) from None  # the server takes no password at all
    except smtplib.SMTPAuthenticationError as refused:
        raise NotTaken(Trouble.PASSWORD_WRONG if refused.smtp_code >= 500 else Trouble.SERVER_BUSY) from None
    except smtplib.SMTPDataError as refused:
        raise NotTaken(Trouble.LATER if refused.smtp_code < 500 else Trouble.REFUSED) from None
    except smtplib.SMTPResponseException:
        raise NotTaken(Trouble.SERVER_BUSY) from None
    except socket.gaierror:
        raise NotTaken(Trouble.NO_SUCH_HOST) from None
    except smtplib.SMTPServerDisconnected as gone:  # so it calls a line on which nothing came for too long, too
        raise NotTaken(Trouble.SLOW if isinstance(gone.__context__, TimeoutError) else Trouble.NO_ANSWER) from None
    except TimeoutError:
        raise NotTaken(Trouble.SLOW) from None
    except (OSError, smtplib.SMTPException):
        raise NotTaken(Trouble.NO_ANSWER) from None
