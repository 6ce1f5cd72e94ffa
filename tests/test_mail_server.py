"""The mail server from the environment: what is understood, and what is refused before anything starts."""

from pathlib import Path

import pytest

from kring.mail_server import Lock, MailServerRefused, read_mail_server

FROM = "Kring <kring@school.nl>"


def test_an_address_is_read_whole(tmp_path: Path) -> None:
    server = read_mail_server("smtp://n%40am:w%2Foord@mail.school.nl:2525?tls=implicit", sender=FROM)
    assert (server.host, server.port, server.lock, server.user, server.password) == (
        "mail.school.nl",
        2525,
        Lock.IMPLICIT,
        "n@am",
        "w/oord",
    )
    assert (str(server.sender), server.sender.addr_spec) == (FROM, "kring@school.nl")
    (tmp_path / "password").write_text("uit een bestand\n")
    server = read_mail_server("smtp://naam@mail.school.nl", sender="kring@school.nl", password_file=str(tmp_path / "password"))
    assert (server.port, server.lock, server.password, str(server.sender)) == (
        587,
        Lock.STARTTLS,
        "uit een bestand",
        "Kring <kring@school.nl>",
    )
    assert read_mail_server("smtp://localhost?tls=none", sender=FROM).port == 25


def test_the_password_is_never_written_out() -> None:
    assert "geheim" not in repr(read_mail_server("smtp://naam:geheim@mail.school.nl", sender=FROM))


@pytest.mark.parametrize(
    ("address", "sender", "file"),
    [
        ("mail.school.nl", FROM, ""),
        ("http://mail.school.nl", FROM, ""),
        ("smtp://", FROM, ""),
        ("smtp://mail.school.nl:abc", FROM, ""),
        ("smtp://mail.school.nl/map", FROM, ""),
        ("smtp://[mail", FROM, ""),
        ("smtp://mail.school.nl?tls=maybe", FROM, ""),
        ("smtp://mail.school.nl?ssl=yes", FROM, ""),
        ("smtp://naam@mail.school.nl", FROM, ""),
        ("smtp://:geheim@mail.school.nl", FROM, ""),
        ("smtp://naam@mail.school.nl", FROM, "/er/is/niets"),
        ("smtp://mail.school.nl?tls=none", FROM, ""),
        ("smtp://naam:geheim@localhost?tls=none", FROM, ""),
        ("smtp://mail.school.nl", "", ""),
        ("smtp://mail.school.nl", "Kring", ""),
        ("smtp://mail.school.nl", "kring@school.nl\nBcc: x@y.nl", ""),
        ("smtp://mail.school.nl", "“K\nring” <kring@school.nl>", ""),
    ],
)
def test_what_cannot_be_used_is_refused_without_its_secret(address: str, sender: str, file: str) -> None:
    with pytest.raises(MailServerRefused) as refused:
        read_mail_server(address, sender=sender, password_file=file)
    assert "geheim" not in str(refused.value)
