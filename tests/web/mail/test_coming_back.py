"""What mail servers send back: reports of every make, and whatever else comes to that address."""

from io import BytesIO, StringIO, TextIOWrapper
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from kring.web.mail.models import MailAddress, OutgoingMail
from kring.web.mail.reports import LARGEST, number_of_bounce
from tests.cast import Cast
from tests.web.mail.people import NOW, with_address, written

NUMBER = UUID("5f0c0c8e-7a55-4b6e-9d0a-0f7a54cc1d11")


def report(
    *, action: str = "failed", status: str = "5.1.1", envelope: str = "", headers: str = "", whole: str = "", subject: str = "Undelivered"
) -> bytes:
    """As Postfix makes it; Exchange sends the whole message along, and others the envelope id."""
    of_message = f"Original-Envelope-Id: {envelope}\r\n" if envelope else ""
    parts = [
        "Content-Type: text/plain\r\n\r\nHet bericht kon niet worden bezorgd.\r\n",
        f"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.school.example\r\n{of_message}\r\n"
        f"Final-Recipient: rfc822; anna@school.example\r\nAction: {action}\r\nStatus: {status}\r\n",
    ]
    if headers:
        parts.append(f"Content-Type: text/rfc822-headers\r\n\r\nSubject: Er staat iets\r\nMessage-ID: {headers}\r\n")
    if whole:
        parts.append(f"Content-Type: message/rfc822\r\n\r\nSubject: Er staat iets\r\nMessage-ID: {whole}\r\n\r\nEr staat iets\r\n")
    body = "".join(f"--grens\r\n{part}\r\n" for part in parts)
    head = (
        f'Subject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="grens"\r\n\r\n'
    )
    return f"{head}{body}--grens--\r\n".encode()


@pytest.mark.parametrize(
    "said",
    [
        report(headers=f"<{NUMBER}@school.example>"),
        report(whole=f"<{NUMBER}@school.example>"),
        report(envelope=str(NUMBER)),
        report(envelope="iets anders", headers=f"<{NUMBER}@school.example>"),
        report(action="Failed", status="5.2.1 (disabled)", headers=f" <{NUMBER}@school.example> "),
    ],
)
def test_a_report_says_which_message_came_back(said: bytes) -> None:
    assert number_of_bounce(said) == NUMBER


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\x00\xff" * 100,
        b"Subject: Afwezig\r\n\r\nIk ben er niet.",
        report(action="delayed", headers=f"<{NUMBER}@school.example>"),
        report(action="delivered", status="2.0.0", headers=f"<{NUMBER}@school.example>"),
        report(status="4.2.2", headers=f"<{NUMBER}@school.example>"),
        report(headers="<geen nummer@school.example>"),
        report(),
        f"Subject: {NUMBER}\r\nMessage-ID: <{NUMBER}@school.example>\r\n\r\nhallo".encode(),
        b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n",
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 5000,
    ],
)
def test_whatever_else_comes_in_is_no_report(said: bytes) -> None:
    assert number_of_bounce(said) is None


def test_a_report_that_never_ends_is_cut_off() -> None:
    said = report(headers=f"<{NUMBER}@school.example>")
    assert number_of_bounce(said + b"x" * 3 * LARGEST) == NUMBER
    assert number_of_bounce(b"X-Lang: " + b"x" * 3 * LARGEST + said) is None


@given(st.binary(max_size=400), st.integers(0, 700))
def test_a_damaged_report_stumbles_nowhere(noise: bytes, place: int) -> None:
    said = report(headers=f"<{NUMBER}@school.example>", envelope=str(NUMBER))
    assert number_of_bounce(said[:place] + noise + said[place:]) in {None, NUMBER}
    assert number_of_bounce(noise) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("known", "says"), [(True, "opzijgezet"), (False, "er is niets veranderd")])
def test_the_command_sets_the_address_aside(cast: Cast, monkeypatch: pytest.MonkeyPatch, says: str, *, known: bool) -> None:
    with_address(cast.anna)
    mail = written(cast.anna)
    OutgoingMail.objects.update(sent_at=NOW, ended_at=NOW)
    came = report(headers=f"<{mail.pk if known else uuid4()}@school.example>")
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(came)))
    said = StringIO()
    call_command("note_bounce", stdout=said)
    assert says in said.getvalue()
    assert (MailAddress.objects.get().refused_at is not None) is known
