"""The outbox: it sends once, keeps what cannot go yet, says why, and gives up on an address that is not there."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from kring.core.mail import Trouble
from kring.mail_server import Lock, MailServer
from kring.web.mail.intake import ask_again, bounced, forget_old, send_due, send_waiting, waiting
from kring.web.mail.models import MailAddress, MailCode, OutgoingMail
from kring.web.mail.post import NotTaken, _told, line_to
from kring.web.mail.queries import mail_state
from kring.web.mail.words import TROUBLE
from kring.web.people.models import Notice
from kring.web.people.notices.queries import unseen
from kring.web.people.notices.words import WORDS
from tests.cast import Cast
from tests.web.mail.people import DAY, HOUR, MINUTE, NOW, told, with_address, written
from tests.web.mail.post_office import NAME, PASSWORD, SENDER, PostOffice, make_certificate, post_office

pytestmark = pytest.mark.django_db


@contextmanager
def office(settings: Settings, **how: object) -> Iterator[PostOffice]:
    with post_office(**how) as (opened, server):  # type: ignore[arg-type]
        settings.MAIL = server
        yield opened


def only_mail() -> OutgoingMail:
    return OutgoingMail.objects.get()


def test_a_message_goes_once(cast: Cast, settings: Settings) -> None:
    with_address(cast.anna)
    mail = written(cast.anna)
    with office(settings) as opened:
        send_waiting(at=NOW)
        send_waiting(at=NOW + MINUTE)
    assert opened.to == ["anna@school.example"]
    (message,) = opened.taken
    assert (message["Message-ID"], message["From"]) == (f"<{mail.pk}@school.example>", "Kring <kring@school.example>")
    assert message["Auto-Submitted"] == "auto-generated"
    now = only_mail()
    assert (now.sent_at, now.ended_at, now.trouble, now.claimed_until) == (NOW, NOW, "", None)


def test_a_claimed_message_is_left_alone_until_its_process_is_given_up(cast: Cast, settings: Settings) -> None:
    with_address(cast.anna)
    written(cast.anna)
    OutgoingMail.objects.update(claimed_until=NOW + 10 * MINUTE)
    with office(settings) as opened:
        send_waiting(at=NOW)
        assert opened.to == []
        send_waiting(at=NOW + 10 * MINUTE)
    assert opened.to == ["anna@school.example"]


def test_two_processes_that_saw_the_same_send_it_once(cast: Cast, settings: Settings) -> None:
    """Each looked before the other claimed."""
    from kring.web.mail import intake

    with_address(cast.anna)
    written(cast.anna)
    seen = waiting(at=NOW)
    with post_office() as (opened, server):
        settings.MAIL = server
        with line_to(server) as one, line_to(server) as other:
            for number in seen:
                intake._send(number, one, at=NOW)
            for number in seen:
                intake._send(number, other, at=NOW)
    assert opened.to == ["anna@school.example"]


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("451 4.7.1 Greylisted, come back later", Trouble.LATER),
        ("450 try again", Trouble.LATER),
        ("452 4.2.2 over quota", Trouble.MAILBOX_FULL),
        ("552 5.2.2 mailbox full", Trouble.MAILBOX_FULL),
        ("550 5.7.1 spam", Trouble.REFUSED),
        ("550 relaying denied", Trouble.REFUSED),
        ("554 no", Trouble.REFUSED),
    ],
)
def test_an_address_that_does_not_take_it_yet_is_tried_again(cast: Cast, settings: Settings, said: str, trouble: Trouble) -> None:
    with_address(cast.anna, "anna@school.example")
    with_address(cast.bram, "bram@school.example")
    written(cast.anna, at=NOW - MINUTE)
    written(cast.bram)
    with office(settings, about_address=lambda who: said if who.startswith("anna") else "250 OK") as opened:
        send_waiting(at=NOW)
        assert opened.to == ["bram@school.example"]  # the next one is not in its way
        anna = OutgoingMail.objects.get(person=cast.anna.person)
        assert (anna.trouble, anna.tries, anna.next_try_at, anna.ended_at) == (trouble.value, 1, NOW + MINUTE, None)
        send_waiting(at=NOW + 59 * timedelta(seconds=1))
        assert OutgoingMail.objects.get(person=cast.anna.person).tries == 1
    assert MailAddress.objects.filter(refused_at=None).count() == 2


def test_after_three_days_it_is_given_up_and_the_address_stays(cast: Cast, settings: Settings) -> None:
    with_address(cast.anna)
    written(cast.anna)
    at, tries = NOW, 0
    with office(settings, about_address=lambda _who: "451 later"):
        while only_mail().ended_at is None and tries < 100:
            send_waiting(at=at)
            at, tries = only_mail().next_try_at, tries + 1
    assert 15 <= tries <= 25
    assert only_mail().sent_at is None
    assert MailAddress.objects.get().refused_at is None


@pytest.mark.parametrize("said", ["550 5.1.1 no such user", "550 nobody here", "553 unknown", "551 user not local"])
def test_an_address_that_is_not_there_is_set_aside_and_its_owner_is_told(cast: Cast, settings: Settings, said: str) -> None:
    with_address(cast.anna)
    written(cast.anna)
    with office(settings, about_address=lambda _who: said):
        send_waiting(at=NOW)
    assert (only_mail().ended_at, only_mail().sent_at, only_mail().trouble) == (NOW, None, "no_such_address")
    assert MailAddress.objects.get().refused_at == NOW
    notice = Notice.objects.get()
    assert (notice.receiver, notice.event) == (cast.anna, "mail_address.refused")


@pytest.mark.parametrize(
    ("how", "trouble"),
    [
        ({"about_message": lambda _text: "451 4.3.0 later"}, Trouble.LATER),
        ({"about_message": lambda _text: "554 5.6.0 no"}, Trouble.REFUSED),
        ({"about_address": lambda _who: "421 going down"}, Trouble.SERVER_BUSY),
        ({"about_sender": lambda _who: "553 not you"}, Trouble.SENDER_REFUSED),
        ({"about_sender": lambda _who: "451 later"}, Trouble.LATER),
    ],
)
def test_every_refusal_has_a_name(cast: Cast, settings: Settings, how: dict[str, object], trouble: Trouble) -> None:
    with_address(cast.anna)
    written(cast.anna)
    with office(settings, **how):
        send_waiting(at=NOW)
    assert (only_mail().trouble, only_mail().ended_at, only_mail().tries) == (trouble.value, None, 1)


def server_at(port: int, **more: object) -> MailServer:
    return replace(MailServer("127.0.0.1", port, Lock.NONE, SENDER), **more)  # type: ignore[arg-type]


def trouble_of(server: MailServer, *, seconds: float = 3.0) -> Trouble:
    with pytest.raises(NotTaken) as refused, line_to(server, seconds=seconds):
        pass
    return refused.value.trouble


def test_a_server_that_is_not_there_or_not_called_so() -> None:
    with post_office() as (_opened, server):
        gone = server.port
    assert trouble_of(server_at(gone)) is Trouble.NO_ANSWER
    assert trouble_of(server_at(gone, lock=Lock.IMPLICIT)) is Trouble.NO_ANSWER
    assert trouble_of(server_at(25, host="er-is-niets.invalid")) is Trouble.NO_SUCH_HOST


def test_a_server_that_is_slow() -> None:
    with post_office(seconds=0.6) as (_opened, server):
        assert trouble_of(server, seconds=0.2) is Trouble.SLOW


def test_a_server_without_tls_gets_nothing() -> None:
    with post_office() as (opened, server):
        assert trouble_of(replace(server, lock=Lock.STARTTLS, user=NAME, password=PASSWORD)) is Trouble.TLS_REFUSED
        assert trouble_of(replace(server, lock=Lock.IMPLICIT), seconds=0.5) in {Trouble.TLS_REFUSED, Trouble.SLOW}
    assert opened.taken == []


def test_a_certificate_of_another_or_of_nobody_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with post_office(certificate=make_certificate(tmp_path)) as (_opened, server):
        assert trouble_of(server) is Trouble.TLS_REFUSED  # nobody vouches for it
    other = make_certificate(tmp_path, name="mail.elders.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    with post_office(certificate=other) as (_opened, server):
        assert trouble_of(server) is Trouble.TLS_REFUSED  # it is known, and not of this server


def test_a_wrong_password_is_named_and_a_right_one_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with post_office(certificate=certificate, wants_password=True) as (_opened, server):
        known = replace(server, user=NAME, password=PASSWORD)
        with line_to(known) as line:
            assert line.noop()[0] == 250
        assert trouble_of(replace(known, password="verkeerd")) is Trouble.PASSWORD_WRONG
    with post_office(certificate=certificate) as (_opened, server), line_to(server) as line:
        assert line.noop()[0] == 250


def test_while_the_server_is_away_nothing_is_lost_and_when_it_is_back_everything_goes(cast: Cast, settings: Settings) -> None:
    hats = [cast.anna, cast.bram, cast.rik, cast.els]
    for hat in hats:
        with_address(hat)
        written(hat)
    with post_office() as (_opened, server):
        settings.MAIL = server
    for minutes in range(600):
        send_waiting(at=NOW + minutes * MINUTE)
    state = mail_state(at=NOW)
    assert (state.waiting, state.trouble, state.last_sent_at) == (4, Trouble.NO_ANSWER, None)
    with post_office(port=server.port) as (opened, _same):
        for minutes in range(600, 632):
            send_waiting(at=NOW + minutes * MINUTE)
    assert sorted(opened.to) == sorted(f"{hat.person.username}@school.example" for hat in hats)
    assert len({message["Message-ID"] for message in opened.taken}) == 4
    state = mail_state(at=NOW)
    assert (state.waiting, state.trouble) == (0, None)


def test_a_new_message_calls_the_server_at_once_and_takes_the_others_along(cast: Cast, settings: Settings) -> None:
    with_address(cast.anna)
    with_address(cast.bram)
    written(cast.anna)
    with post_office() as (_opened, server):
        settings.MAIL = server
    for minutes in (0, 1, 6, 21):
        send_waiting(at=NOW + minutes * MINUTE)
    assert OutgoingMail.objects.get().next_try_at == NOW + 51 * MINUTE
    written(cast.bram, at=NOW + 22 * MINUTE)
    with post_office(port=server.port) as (opened, _same):
        send_waiting(at=NOW + 22 * MINUTE)
        send_waiting(at=NOW + 23 * MINUTE)
    assert opened.to == ["bram@school.example", "anna@school.example"]


def test_a_message_that_cannot_be_handed_over_any_more_waits_for_the_next_turn(cast: Cast, settings: Settings) -> None:
    """The server goes down between two messages."""
    for hat in (cast.anna, cast.bram, cast.rik):
        with_address(hat)
    written(cast.anna, at=NOW - 2 * MINUTE)
    written(cast.bram, at=NOW - MINUTE)
    written(cast.rik)
    with office(settings, about_address=lambda who: "250 OK" if who.startswith("anna") else "421 going down") as opened:
        send_waiting(at=NOW)
    assert opened.to == ["anna@school.example"]
    left = OutgoingMail.objects.filter(ended_at=None)
    assert {(one.trouble, one.tries, one.next_try_at) for one in left} == {("server_busy", 1, NOW + MINUTE)}


@pytest.mark.parametrize(
    ("broken", "trouble"),
    [
        (smtplib.SMTPNotSupportedError("no AUTH"), Trouble.PASSWORD_WRONG),
        (smtplib.SMTPAuthenticationError(454, b"later"), Trouble.SERVER_BUSY),
        (smtplib.SMTPConnectError(554, b"no"), Trouble.SERVER_BUSY),
        (smtplib.SMTPHeloError(501, b"who?"), Trouble.SERVER_BUSY),
        (smtplib.SMTPDataError(451, b"later"), Trouble.LATER),
        (smtplib.SMTPDataError(554, b"no"), Trouble.REFUSED),
        (TimeoutError(), Trouble.SLOW),
        (ConnectionResetError(), Trouble.NO_ANSWER),
        (smtplib.SMTPServerDisconnected("gone"), Trouble.NO_ANSWER),
    ],
)
def test_whatever_breaks_on_the_line_has_a_name(broken: Exception, trouble: Trouble) -> None:
    with pytest.raises(NotTaken) as named, _told():
        raise broken
    assert named.value.trouble is trouble


def test_nothing_goes_to_an_address_that_was_taken_away_or_that_is_over(cast: Cast, settings: Settings) -> None:
    for hat, change in ((cast.anna, {"expires_at": NOW}), (cast.bram, {"refused_at": NOW - HOUR})):
        with_address(hat)
        MailAddress.objects.filter(person=hat.person).update(**change)
        written(hat)
    written(cast.rik)
    with_address(cast.els)
    type(cast.els.person).objects.filter(pk=cast.els.person_id).update(is_active=False)
    written(cast.els)
    with office(settings) as opened:
        send_waiting(at=NOW)
    assert opened.taken == []
    assert OutgoingMail.objects.filter(ended_at=None).count() == 0


def test_without_a_server_nothing_is_written_and_in_a_demo_it_is_printed(
    cast: Cast, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with_address(cast.anna)
    told(cast.anna)
    send_due(at=NOW)
    assert OutgoingMail.objects.count() == 0
    settings.DEMO = True
    send_due(at=NOW)
    assert "To: anna@school.example" in capsys.readouterr().out
    assert only_mail().sent_at == NOW
    assert mail_state(at=NOW).is_demo


def test_a_code_that_comes_back_says_nothing_about_the_address_in_use(cast: Cast) -> None:
    with_address(cast.anna)
    code = MailCode.objects.create(person=cast.anna.person, address="nieuw@school.example", expires_at=NOW + DAY)
    mail = written(cast.anna)
    OutgoingMail.objects.update(kind="code", code=code, sent_at=NOW, ended_at=NOW)
    assert bounced(mail.pk, at=NOW + HOUR)
    assert MailAddress.objects.get().refused_at is None


def test_a_message_that_comes_back_later_sets_the_address_aside_once(cast: Cast) -> None:
    with_address(cast.anna)
    mail = written(cast.anna)
    assert not bounced(mail.pk, at=NOW)  # it never went
    OutgoingMail.objects.update(sent_at=NOW, ended_at=NOW)
    assert bounced(mail.pk, at=NOW + HOUR)
    assert not bounced(mail.pk, at=NOW + 2 * HOUR)
    assert MailAddress.objects.get().refused_at == NOW + HOUR
    assert Notice.objects.count() == 1


def test_a_message_to_the_address_before_says_nothing_about_this_one(cast: Cast) -> None:
    address = with_address(cast.anna)
    mail = written(cast.anna)
    OutgoingMail.objects.update(sent_at=NOW, ended_at=NOW)
    MailAddress.objects.filter(pk=address.pk).update(address="nieuw@school.example", confirmed_at=NOW + MINUTE)
    assert bounced(mail.pk, at=NOW + HOUR)
    assert MailAddress.objects.get().refused_at is None


def test_before_an_address_ends_its_owner_is_asked_once_for_each_year(cast: Cast) -> None:
    address = with_address(cast.anna)  # ends in 300 days
    with_address(cast.bram)
    MailAddress.objects.filter(person=cast.bram.person).update(refused_at=NOW)

    def asked(at: datetime) -> list[str]:
        for _twice in range(2):
            ask_again(at=at)
        return list(Notice.objects.filter(event="mail_address.ends_soon").values_list("receiver__person__username", flat=True))

    assert asked(NOW + 269 * DAY) == []
    assert asked(NOW + 270 * DAY) == ["anna"]
    assert [one.text for one in unseen(cast.anna)] == [str(WORDS["mail_address.ends_soon"])]
    MailAddress.objects.filter(pk=address.pk).update(confirmed_at=NOW + 280 * DAY, expires_at=NOW + 645 * DAY)
    assert asked(NOW + 281 * DAY) == ["anna"]
    assert asked(NOW + 630 * DAY) == ["anna", "anna"]
    assert asked(NOW + 646 * DAY) == ["anna", "anna"]  # over: the page says it


def test_after_a_month_nothing_is_kept(cast: Cast) -> None:
    address = with_address(cast.anna)
    written(cast.anna)
    forget_old(at=NOW + 40 * DAY)
    assert OutgoingMail.objects.count() == 1  # it waits still
    OutgoingMail.objects.update(ended_at=NOW)
    forget_old(at=NOW + 30 * DAY)
    assert OutgoingMail.objects.count() == 1
    forget_old(at=NOW + 31 * DAY)
    assert OutgoingMail.objects.count() == 0
    forget_old(at=address.expires_at + 31 * DAY)
    assert MailAddress.objects.count() == 0


def test_the_administrator_hears_numbers_and_never_to_whom(cast: Cast, settings: Settings) -> None:
    settings.MAIL = MailServer("mail.school.example", 587, Lock.STARTTLS, SENDER, NAME, PASSWORD)
    with_address(cast.anna)
    written(cast.anna, at=NOW - HOUR)
    OutgoingMail.objects.update(trouble=Trouble.PASSWORD_WRONG.value)
    state = mail_state(at=NOW)
    assert (state.server, state.waiting, state.oldest_at, state.addresses) == ("mail.school.example:587", 1, NOW - HOUR, 1)
    assert state.trouble is Trouble.PASSWORD_WRONG
    assert PASSWORD not in f"{state} {TROUBLE[state.trouble]}"
