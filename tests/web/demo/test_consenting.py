"""The demo shows consent at every stage, and its consultation keeps its own rule."""

from datetime import date

import pytest
from django.utils import timezone

from kring.core.access import Verb
from kring.web.access import may
from kring.web.consents.models import holding
from kring.web.consultations import queries
from kring.web.demo.rows import load_demo
from kring.web.models import ConsentRequest, Consultation, LegalGround, Membership, Organisation, Pupil, School
from tests.asking import text_of
from tests.cast import open_all_schools

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(db: None) -> date:
    day = timezone.localdate()
    assert load_demo(day)
    open_all_schools(School.objects.all())
    return day


def actor(username: str) -> Membership:
    return Membership.objects.select_related("person").get(person__username=username)


def test_one_holds_and_others_wait(today: date) -> None:
    agreed = ConsentRequest.objects.filter(holding(timezone.now()))
    assert set(agreed.values_list("recipient__name", flat=True)) == {"Jeugdgezondheid De Merel", "Welzijn aan de Waal"}
    assert ConsentRequest.objects.count() == agreed.count() + 2
    assert LegalGround.objects.get().confirmed_at is None
    assert Organisation.objects.filter(school__name="De Beuk").count() == 3
    assert "Er wacht 1 vraag op antwoord" in text_of(actor("els"), "home")
    assert "Er wacht 1 vraag op antwoord" in text_of(actor("bo"), "home")
    assert "langer dan een jaar geleden" in text_of(actor("bram"), "organisations")


def test_the_consultation_names_nobody_of_the_school(today: date) -> None:
    sheet = Consultation.objects.get()
    texts = (sheet.question, sheet.situation, sheet.tried, *(reply.text for reply in sheet.replies.all()))
    assert [one.text for one in queries.looked_through(sheet.author, texts, band=sheet.age_band) if one.must_go] == []
    assert {name for name in ("anna", "nora", "samira", "bram") if may(actor(name), Consultation, Verb.READ)} == {"anna", "nora", "samira"}
    assert set(may(actor("samira"), Pupil, Verb.READ)) <= set(Pupil.objects.filter(given_name="Noor"))
