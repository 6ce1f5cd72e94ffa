"""Asking for consent and following it, by the school."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Record, Role
from kring.core.consents import (
    Answer,
    BlanketConsent,
    ConsentRequestOver,
    ConsentTooLong,
    NeverShared,
    NothingToShare,
    NotYoursToAnswer,
    OverBeforeItBegins,
    SaidBefore,
)
from kring.web.access import NotPermitted
from kring.web.consents.actions import answer_request, ask_consent, end_request, record_on_paper
from kring.web.models import CaseMember, Consent, ConsentItem, ConsentRequest, Entry, Guardian, Organisation
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member
from tests.web.consents.asking_consent import DAY, PURPOSE, Outside, asked, authority, born, outside, wanted

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def there(cast: Cast) -> Outside:
    return outside(cast)


def paper() -> "SimpleUploadedFile":
    return SimpleUploadedFile("formulier.pdf", SCAN, content_type="application/pdf")


def els(cast: Cast) -> Guardian:
    return Guardian.objects.get(person=cast.els.person)


# ---- asking


def form(there: Outside, **other: object) -> dict[str, object]:
    until = timezone.localdate() + 60 * DAY
    return {"purpose": PURPOSE, "recipient": there.organisation.pk, "records": ["scaleprofile"], "until_on": until.isoformat(), **other}


def test_bram_asks_and_by_that_nothing_may_be_shared(cast: Cast, there: Outside) -> None:
    answer = client_of(cast.bram).post(reverse("consent_new", args=[cast.bram.pk, cast.pupil_noor.pk]), form(there), follow=True)
    page = answer.content.decode()
    made = ConsentRequest.objects.get()
    assert [item.record for item in made.items.all()] == ["scaleprofile"]
    assert "Hiermee mag nog niets" in page
    assert "een ja van Els Test" in page
    assert there.sees() == set()
    event = Entry.objects.get(name="consent.asked")
    assert (event.record, event.record_id, event.pupil_id) == ("consentrequest", made.pk, cast.pupil_noor.pk)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"purpose": "Wij willen alles kunnen delen"}, "is te ruim"),
        ({"purpose": "hulp"}, "minstens 15 letters"),
        ({"until_on": "2020-01-01"}, "Die dag is al voorbij"),
        ({"until_on": "2999-01-01"}, "hooguit een jaar"),
    ],
)
def test_a_rule_of_the_school_refuses_and_keeps_what_was_typed(cast: Cast, there: Outside, wrong: dict[str, str], said: str) -> None:
    answer = client_of(cast.bram).post(reverse("consent_new", args=[cast.bram.pk, cast.pupil_noor.pk]), form(there, **wrong))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert said in page
    assert (wrong.get("purpose") or PURPOSE) in page
    assert not ConsentRequest.objects.exists()


def test_what_is_missing_is_said_at_its_field(cast: Cast, there: Outside) -> None:
    client, address = client_of(cast.bram), reverse("consent_new", args=[cast.bram.pk, cast.pupil_noor.pk])
    wrongs: list[dict[str, Any]] = [{"records": []}, {"records": ["confidentialnote"]}, {"recipient": ""}, {"until_on": "morgen"}]
    wrongs += [{"until_on": day} for day in ("9999-12-31", "0001-01-01")]
    for wrong in wrongs:
        answer = client.post(address, form(there, **wrong))
        assert (answer.status_code, "Dit is nog niet goed" in answer.content.decode()) == (200, True), wrong
    assert not ConsentRequest.objects.exists()


def test_an_organisation_of_another_school_is_no_recipient(cast: Cast, there: Outside) -> None:
    foreign = Organisation.objects.create(school=cast.eik, name="Elders", kind="other")
    answer = client_of(cast.bram).post(reverse("consent_new", args=[cast.bram.pk, cast.pupil_noor.pk]), form(there, recipient=foreign.pk))
    assert (answer.status_code, ConsentRequest.objects.count()) == (200, 0)
    with pytest.raises(NotPermitted):
        asked(cast, foreign)


def test_the_action_refuses_what_no_form_offers(cast: Cast, there: Outside) -> None:
    refused: dict[type[Exception], dict[str, Any]] = {
        NothingToShare: {"records": ()},
        NeverShared: {"records": (Record.CONFIDENTIAL_NOTE,)},
        ConsentTooLong: {"until_at": timezone.now() + 400 * DAY},
        OverBeforeItBegins: {"until_at": timezone.now() - DAY},
        BlanketConsent: {"purpose": "iedereen die meedenkt met ons"},
    }
    for rule, other in refused.items():
        with pytest.raises(rule):
            asked(cast, there.organisation, **other)
    assert not ConsentRequest.objects.exists()


def test_without_an_organisation_the_page_offers_the_first_step(cast: Cast) -> None:
    assert "Organisatie toevoegen" in text_of(cast.bram, "consent_new", cast.pupil_noor.pk)


@pytest.mark.parametrize("route", ["consent_new", "legal_ground_new"])
def test_only_the_coordinator_asks(cast: Cast, there: Outside, route: str) -> None:
    assert may_look(cast, route, cast.pupil_noor.pk) == {"bram"}
    with pytest.raises(NotPermitted):
        ask_consent(cast.rik, cast.pupil_noor, wanted(there.organisation), at=timezone.now())


# ---- following


def test_the_page_of_a_pupil_is_for_coordinator_and_leader(cast: Cast, there: Outside) -> None:
    asked(cast, there.organisation)
    assert may_look(cast, "pupil_consents", cast.pupil_noor.pk) == {"bram", "rik"}
    assert PURPOSE in text_of(cast.rik, "pupil_consents", cast.pupil_noor.pk)


def test_a_request_is_for_coordinator_and_leader_and_who_is_on_the_case(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    assert may_look(cast, "consent_request", request.pk) == {"bram", "rik"}
    gabi = member(cast.beuk, Role.BEHAVIOUR_SPECIALIST, "gabi")
    assert look(gabi, "consent_request", request.pk).status_code == 404
    CaseMember.objects.create(school=cast.beuk, case=there.case, membership=gabi, from_at=there.case.from_at)
    assert look(gabi, "consent_request", request.pk).status_code == 200
    assert PURPOSE in text_of(gabi, "consents")


def test_empty_pages_say_what_will_come(cast: Cast) -> None:
    assert "Er loopt nu geen vraag om toestemming" in text_of(cast.bram, "consents")
    assert "De intern begeleider vraagt om toestemming" in text_of(cast.rik, "consents")
    assert "Nog niets gevraagd" in text_of(cast.bram, "pupil_consents", cast.pupil_noor.pk)
    assert "Er wordt u niets gevraagd" in text_of(cast.els, "consents_asked")


def test_the_overview_tells_apart_what_waits_refused_withdrawn_expiring_and_holding(cast: Cast, there: Outside) -> None:
    now = timezone.now()
    purposes = {kind: f"Samen verder met het plan {kind}" for kind in ("wacht", "nee", "terug", "kort", "geldt")}
    rows = {
        kind: asked(cast, there.organisation, purpose=purpose, until_at=now + (20 if kind == "kort" else 200) * DAY)
        for kind, purpose in purposes.items()
    }
    for kind in ("terug", "kort", "geldt"):
        answer_request(cast.els, rows[kind], Answer.GIVEN, at=now)
    answer_request(cast.els, rows["nee"], Answer.REFUSED, at=now)
    client_of(cast.els).post(reverse("consent_withdraw", args=[cast.els.pk, rows["terug"].pk]))
    page = text_of(cast.bram, "consents")
    places = [page.index(word) for word in ("Nog niet rond</h2>", purposes["wacht"], "Nee gezegd</h2>", purposes["nee"])]
    places += [page.index(word) for word in ("Ingetrokken</h2>", purposes["terug"], "Loopt binnen een maand af</h2>", purposes["kort"])]
    places += [page.index(word) for word in ("Er is toestemming</h2>", purposes["geldt"])]
    assert places == sorted(places)
    home = text_of(cast.bram, "home")
    assert "1 vraag is nog niet rond" in home
    assert "1 toestemming is ingetrokken" in home


def test_as_many_questions_for_three_requests_as_for_one(cast: Cast, there: Outside) -> None:
    def one_more() -> None:
        request = asked(cast, there.organisation)
        answer_request(cast.els, request, Answer.GIVEN, at=timezone.now())

    one_more()
    one = [queries_for(cast.bram, "consents"), queries_for(cast.bram, "pupil_consents", [cast.pupil_noor.pk])]
    one += [queries_for(cast.els, "consents_asked"), queries_for(cast.anna, "pupil_around", [cast.pupil_noor.pk])]
    one_more()
    one_more()
    three = [queries_for(cast.bram, "consents"), queries_for(cast.bram, "pupil_consents", [cast.pupil_noor.pk])]
    three += [queries_for(cast.els, "consents_asked"), queries_for(cast.anna, "pupil_around", [cast.pupil_noor.pk])]
    assert three == one


def test_a_teacher_knows_yes_or_no_and_not_by_whom(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    assert "nog niet</span> Samen een training" in text_of(cast.anna, "pupil_around", cast.pupil_noor.pk)
    answer_request(cast.els, request, Answer.GIVEN, at=timezone.now())
    part = text_of(cast.anna, "pupil_around", cast.pupil_noor.pk).partition('id="toestemming-kop"')[2].partition("</section>")[0]
    assert "ja</span> Samen een training" in part
    assert "Els" not in part
    assert look(cast.anna, "consent_request", request.pk).status_code == 404


# ---- on paper, heard, ended


def test_an_answer_on_paper_is_kept_with_its_scan(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    address = reverse("consent_paper", args=[cast.bram.pk, request.pk])
    given = {"who": str(els(cast).pk), "answer": "given", "scan": paper()}
    page = client_of(cast.bram).post(address, given, follow=True).content.decode()
    said = Consent.objects.get()
    assert "op papier" in page
    assert (said.recorded_by, said.guardian) == (cast.bram, els(cast))
    assert there.sees() == {cast.pupil_noor, there.share}
    scan = look(cast.rik, "consent_scan", said.pk)
    assert (scan.content, scan.headers["Content-Type"]) == (SCAN, "application/octet-stream")
    assert "attachment" in scan.headers["Content-Disposition"]
    assert may_look(cast, "consent_scan", said.pk) == {"bram", "rik"}


def test_a_no_on_paper_ends_the_yes_of_before(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    answer_request(cast.els, request, Answer.GIVEN, at=timezone.now())
    record_on_paper(cast.bram, request, els(cast), Answer.REFUSED, paper(), at=timezone.now())
    assert there.sees() == set()
    assert [one.answer for one in request.consents.order_by("answered_at")] == ["given", "refused"]


def test_paper_of_who_does_not_decide_is_refused(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    with pytest.raises(NotYoursToAnswer):
        record_on_paper(cast.bram, request, None, Answer.GIVEN, paper(), at=timezone.now())
    pim = Guardian.objects.get(person=cast.pim.person)
    answer = client_of(cast.bram).post(
        reverse("consent_paper", args=[cast.bram.pk, request.pk]), {"who": str(pim.pk), "answer": "given", "scan": paper()}
    )
    assert (answer.status_code, Consent.objects.count()) == (200, 0)


def test_a_damaged_or_repeated_paper_is_told(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    client, address = client_of(cast.bram), reverse("consent_paper", args=[cast.bram.pk, request.pk])
    broken = SimpleUploadedFile("formulier.pdf", b"<html>", content_type="application/pdf")
    assert client.post(address, {"who": str(els(cast).pk), "answer": "given", "scan": broken}).status_code == 409
    assert client.post(address, {"who": str(els(cast).pk), "answer": "given", "scan": paper()}).status_code == 302
    assert client.post(address, {"who": str(els(cast).pk), "answer": "given", "scan": paper()}).status_code == 409
    assert Consent.objects.count() == 1


def test_a_pupil_signs_on_paper_from_sixteen(cast: Cast, there: Outside) -> None:
    born(cast.pupil_noor, 16)
    request = asked(cast, there.organisation)
    client, address = client_of(cast.bram), reverse("consent_paper", args=[cast.bram.pk, request.pk])
    assert client.post(address, {"who": "pupil", "answer": "given", "scan": paper()}).status_code == 302
    assert there.sees() == {cast.pupil_noor, there.share}


def test_a_consent_without_paper_has_no_scan(cast: Cast, there: Outside) -> None:
    said = answer_request(cast.els, asked(cast, there.organisation), Answer.GIVEN, at=timezone.now())
    assert look(cast.bram, "consent_scan", said.pk).status_code == 404


def test_from_twelve_the_pupil_is_to_be_heard(cast: Cast, there: Outside) -> None:
    born(cast.pupil_noor, 13)
    request = asked(cast, there.organisation)
    assert "Vraag ook aan de leerling zelf" in text_of(cast.bram, "consent_request", request.pk)
    client, address = client_of(cast.bram), reverse("consent_heard", args=[cast.bram.pk, request.pk])
    tomorrow = timezone.localdate() + DAY
    assert client.post(address, {"heard_on": tomorrow.isoformat()}).status_code == 409
    assert client.post(address, {"heard_on": "ooit"}).status_code == 200
    assert client.post(address, {"heard_on": timezone.localdate().isoformat()}).status_code == 302
    page = text_of(cast.bram, "consent_request", request.pk)
    assert "Leerling gehoord op" in page
    assert "Vraag ook aan de leerling zelf" not in page


def test_ending_a_request_closes_what_it_opened(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    answer_request(cast.els, request, Answer.GIVEN, at=timezone.now())
    assert there.sees() == {cast.pupil_noor, there.share}
    client, address = client_of(cast.bram), reverse("consent_end", args=[cast.bram.pk, request.pk])
    assert client.post(address).status_code == 302
    assert there.sees() == set()
    assert client.post(address).status_code == 409
    with pytest.raises(ConsentRequestOver):
        answer_request(cast.els, request, Answer.REFUSED, at=timezone.now())
    assert "afgelopen" in text_of(cast.bram, "consent_request", request.pk)


def test_ending_in_the_very_moment_of_asking(cast: Cast, there: Outside) -> None:
    at = timezone.now()
    request = ask_consent(cast.bram, cast.pupil_noor, wanted(there.organisation), at=at)
    end_request(cast.bram, request, at=at)
    request.refresh_from_db()
    assert request.until_at == at + timedelta(microseconds=1)


@pytest.mark.parametrize("route", ["consent_paper", "consent_heard", "consent_end"])
def test_a_leader_may_look_and_not_do(cast: Cast, there: Outside, route: str) -> None:
    request = asked(cast, there.organisation)
    for actor, status in ((cast.rik, 404), (cast.anna, 404), (cast.frans, 404), (cast.els, 404)):
        answer = client_of(actor).post(reverse(route, args=[actor.pk, request.pk]), {})
        assert answer.status_code == status
        assert b"Noor" not in answer.content or actor == cast.els
    assert ConsentItem.objects.count() == 1
    with pytest.raises(NotPermitted):
        end_request(cast.rik, request, at=timezone.now())


def test_the_page_tells_when_no_guardian_with_authority_is_known(cast: Cast, there: Outside) -> None:
    authority(cast.els, has=False)
    request = asked(cast, there.organisation)
    assert "geen ouder met gezag bekend" in text_of(cast.bram, "consent_request", request.pk)
    assert "geen ouder met gezag bekend" in text_of(cast.bram, "consents")


def test_the_same_is_not_said_twice(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    answer_request(cast.els, request, Answer.GIVEN, at=timezone.now())
    with pytest.raises(SaidBefore):
        answer_request(cast.els, request, Answer.GIVEN, at=timezone.now())
