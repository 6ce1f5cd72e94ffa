"""“Berichten per e-mail”: an address is used when its owner read a code at it, and for a year."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from kring.core.mail import CODE_TRIES, CODES_A_DAY
from kring.mail_server import Lock, MailServer
from kring.web.audit.models import Entry
from kring.web.mail.intake import send_waiting
from kring.web.mail.models import MailAddress, MailCode, OutgoingMail
from kring.web.mail.rows import code_text
from tests.cast import Cast, client_of
from tests.web.mail.people import with_address
from tests.web.mail.post_office import SENDER, post_office

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def with_mail(settings: Settings) -> None:
    settings.MAIL = MailServer("mail.school.example", 587, Lock.STARTTLS, SENDER)


def page(client: Client) -> str:
    answer = client.get(reverse("mail_address"))
    assert answer.status_code == 200
    return answer.content.decode()


def asked(client: Client, address: str = "anna@school.example") -> MailCode:
    assert client.post(reverse("mail_address"), {"address": address}).status_code == 302
    return MailCode.objects.get(address=address)


def type_code(client: Client, code: str) -> int:
    return int(client.post(reverse("confirm_mail_address"), {"code": code}).status_code)


def test_an_address_is_used_when_its_code_was_read(cast: Cast, settings: Settings) -> None:
    anna = client_of(cast.anna)
    assert "Een adres opgeven" in page(anna)
    asked(anna)
    assert MailAddress.objects.count() == 0
    with post_office() as (office, server):
        settings.MAIL = server
        send_waiting(at=timezone.now())
    (message,) = office.taken
    text = message.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert message["To"] == "anna@school.example"
    assert "Anna" not in text
    code = next(word for word in text.split() if len(word) == 9 and word[4] == "-")
    assert type_code(anna, f" {code.lower()} ") == 302
    address = MailAddress.objects.get()
    assert (address.person, address.address, address.how_often) == (cast.anna.person, "anna@school.example", "daily")
    assert (address.expires_at - address.confirmed_at).days == 365
    assert MailCode.objects.count() == 0
    assert {"mail_address.asked", "mail_address.confirmed"} <= set(Entry.objects.values_list("name", flat=True))
    assert "anna@school.example" in page(anna)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("anna@school.nl\nBcc: bram@school.nl", "Vul één e-mailadres in"),
        ("anna@school.nl, bram@school.nl", "Vul één e-mailadres in"),
        ("anna@", "Dit is geen e-mailadres"),
        ("anna", "Dit is geen e-mailadres"),
        ("annä@school.nl", "letters die niet elke mailserver aanneemt"),
        ("", "field__error"),
        ("a" * 300 + "@school.nl", "field__error"),
    ],
)
def test_what_is_no_address_comes_back_with_what_is_wrong(cast: Cast, typed: str, says: str) -> None:
    answer = client_of(cast.anna).post(reverse("mail_address"), {"address": typed})
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert OutgoingMail.objects.count() == 0


def test_the_code_of_somebody_else_is_wrong(cast: Cast) -> None:
    anna, bram = client_of(cast.anna), client_of(cast.bram)
    asked(anna)
    of_bram = code_text(asked(bram, "bram@school.example"))
    answer = anna.post(reverse("confirm_mail_address"), {"code": of_bram})
    assert (answer.status_code, "Deze code klopt niet" in answer.content.decode()) == (409, True)
    assert MailAddress.objects.count() == 0


def test_a_code_that_is_over_or_tried_too_often_works_no_more(cast: Cast) -> None:
    anna = client_of(cast.anna)
    right = code_text(asked(anna))
    MailCode.objects.update(expires_at=timezone.now())
    assert type_code(anna, right) == 409
    right = code_text(asked(anna))
    assert [type_code(anna, "2222-2222") for _ in range(CODE_TRIES)] == [409] * CODE_TRIES
    answer = anna.post(reverse("confirm_mail_address"), {"code": right})
    assert (answer.status_code, "werkt niet meer" in answer.content.decode()) == (409, True)
    assert MailAddress.objects.count() == 0


def test_a_code_works_once_and_a_new_one_ends_the_old(cast: Cast) -> None:
    anna = client_of(cast.anna)
    old, new = code_text(asked(anna)), code_text(asked(anna))
    assert old != new
    assert [type_code(anna, old), type_code(anna, new), type_code(anna, new)] == [409, 302, 409]


def test_nobody_is_pestered_with_codes(cast: Cast) -> None:
    anna = client_of(cast.anna)
    for _ in range(CODES_A_DAY):
        asked(anna)
    answer = anna.post(reverse("mail_address"), {"address": "anna@school.example"})
    assert (answer.status_code, "morgen" in answer.content.decode()) == (409, True)
    assert OutgoingMail.objects.count() == 1


def test_another_address_takes_over_only_when_it_is_confirmed(cast: Cast) -> None:
    anna = client_of(cast.anna)
    with_address(cast.anna, "oud@school.example", at=timezone.now())
    code = code_text(asked(anna, "nieuw@school.example"))
    assert MailAddress.objects.get().address == "oud@school.example"
    assert type_code(anna, code) == 302
    assert MailAddress.objects.get().address == "nieuw@school.example"


def test_the_page_says_what_is_the_matter_with_an_address(cast: Cast) -> None:
    anna, now = client_of(cast.anna), timezone.now()
    with_address(cast.anna, at=now)
    row = MailAddress.objects.filter(person=cast.anna.person)
    assert "Bevestigd." in page(anna)
    row.update(expires_at=now + 20 * DAY)
    assert "Leest u dit adres nog?" in page(anna)
    row.update(expires_at=now - DAY)
    assert "meer dan een jaar geleden" in page(anna)
    row.update(refused_at=now)
    assert "kwam terug op" in page(anna)
    assert type_code(anna, code_text(asked(anna))) == 302
    assert "Bevestigd." in page(anna)


def test_how_often_is_chosen_and_everything_goes_with_the_address(cast: Cast) -> None:
    anna = client_of(cast.anna)
    assert anna.post(reverse("choose_how_often"), {"how_often": "never"}).status_code == 302  # nothing to choose for
    with_address(cast.anna, at=timezone.now())
    assert anna.post(reverse("choose_how_often"), {"how_often": "at_once"}).status_code == 302
    assert MailAddress.objects.get().how_often == "at_once"
    assert anna.post(reverse("choose_how_often"), {"how_often": "hourly"}).status_code == 200
    assert MailAddress.objects.get().how_often == "at_once"
    asked(anna)
    assert anna.post(reverse("remove_mail_address")).status_code == 302
    assert (MailAddress.objects.count(), MailCode.objects.count(), OutgoingMail.objects.count()) == (0, 0, 0)
    assert anna.post(reverse("remove_mail_address")).status_code == 302


def test_why_a_code_did_not_come_is_said(cast: Cast) -> None:
    anna = client_of(cast.anna)
    asked(anna)
    OutgoingMail.objects.update(trouble="no_such_address")
    assert "dit adres bestaat niet" in page(anna)
    OutgoingMail.objects.update(trouble="no_answer")
    assert "de mailserver van de school werkt nu niet" in page(anna)


def test_pupils_have_no_such_page_and_visitors_log_in_first(cast: Cast) -> None:
    for route in ("mail_address", "confirm_mail_address", "choose_how_often", "remove_mail_address"):
        assert client_of(cast.noor).post(reverse(route), {"address": "noor@school.example"}).status_code == 404
        assert Client().post(reverse(route)).status_code == 302
    assert "Berichten per e-mail" not in client_of(cast.noor).get(reverse("account")).content.decode()
    assert "Berichten per e-mail" in client_of(cast.els).get(reverse("account")).content.decode()
    assert OutgoingMail.objects.count() == 0


def test_what_another_service_says_is_proposed_and_never_used(cast: Cast) -> None:
    type(cast.anna.person).objects.filter(pk=cast.anna.person_id).update(email="anna@bestuur.example")
    assert 'value="anna@bestuur.example"' in page(client_of(cast.anna))
    assert MailAddress.objects.count() == 0


def test_without_mail_the_page_says_that_paper_does(cast: Cast, settings: Settings) -> None:
    settings.MAIL = None
    anna = client_of(cast.anna)
    assert "verstuurt geen e-mail" in page(anna)
    answer = anna.post(reverse("mail_address"), {"address": "anna@school.example"})
    assert (answer.status_code, OutgoingMail.objects.count()) == (409, 0)
