"""What somebody finds who looks along in the demo: the cast on the front page, and every stage of roles and consent."""

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Verb
from kring.web.access import may
from kring.web.consents.models import holding
from kring.web.consultations import queries
from kring.web.demo.cast import FRONT
from kring.web.models import (
    Appointment,
    Assignment,
    ConsentRequest,
    Consultation,
    Contact,
    LegalGround,
    Membership,
    Organisation,
    Person,
    Pupil,
    School,
)
from tests.asking import text_of
from tests.cast import open_all_schools
from tests.web.demo.conftest import Demo

pytestmark = pytest.mark.django_db
in_a_demo = override_settings(DEMO=True, ROOT_URLCONF="tests.web.demo.test_views")


@pytest.fixture(scope="module")
def _demo(demo_of: Demo) -> Iterator[None]:
    with demo_of(timezone.localdate()):
        yield


@pytest.fixture
def loaded(_demo: None, db: None) -> None:
    open_all_schools(School.objects.all())


def actor(username: str) -> Membership:
    return Membership.objects.select_related("person").get(person__username=username)


@in_a_demo
def test_the_front_page_shows_the_cast(loaded: None) -> None:
    page = Client().get("/").content.decode()
    for player in FRONT:
        assert f'value="{player.username}"' in page
        assert str(player.what) in page
    assert 'value="marit"' not in page


@in_a_demo
def test_everybody_of_the_cast_comes_in_and_has_a_first_page(loaded: None) -> None:
    for player in FRONT:
        answer = Client().post("/demo/login/", {"person": player.username}, follow=True)
        assert answer.status_code == 200
        assert answer.redirect_chain[0] == (reverse("front"), 302)
        assert answer.redirect_chain[1][0].startswith("/as/")


@in_a_demo
def test_nobody_else_comes_in(loaded: None) -> None:
    Person.objects.create(username="directeur", given_name="Echt", family_name="Mens")
    for name in ("", "nobody", "directeur", "marit"):
        client = Client()
        assert client.post("/demo/login/", {"person": name}).status_code == 404
        assert "_auth_user_id" not in client.session


def test_the_demo_shows_roles_groups_and_addresses_at_work(loaded: None) -> None:
    waiting = Appointment.objects.get()
    assert (waiting.role, waiting.membership) == ("behaviour_specialist", None)
    assert Assignment.objects.get(replaces__person__username="marit").membership.person.username == "tara"
    assert sorted(Contact.objects.values_list("is_secret", flat=True)) == [False, True]
    rik = Membership.objects.get(person__username="rik")
    assert "wacht een voorstel" in text_of(rik, "home")
    assert "Tara Ramlal" in text_of(rik, "people")


def test_one_consent_holds_and_others_wait(loaded: None) -> None:
    agreed = ConsentRequest.objects.filter(holding(timezone.now()))
    assert set(agreed.values_list("recipient__name", flat=True)) == {"Jeugdgezondheid De Merel", "Welzijn aan de Waal"}
    assert ConsentRequest.objects.count() == agreed.count() + 2
    assert LegalGround.objects.get().confirmed_at is None
    assert Organisation.objects.filter(school__name="De Beuk").count() == 3
    assert "Er wacht 1 vraag op antwoord" in text_of(actor("els"), "home")
    assert "Er wacht 1 vraag op antwoord" in text_of(actor("bo"), "home")
    assert "langer dan een jaar geleden" in text_of(actor("bram"), "organisations")


def test_the_consultation_names_nobody_of_the_school(loaded: None) -> None:
    sheet = Consultation.objects.get()
    texts = (sheet.question, sheet.situation, sheet.tried, *(reply.text for reply in sheet.replies.all()))
    assert [one.text for one in queries.looked_through(sheet.author, texts, band=sheet.age_band) if one.must_go] == []
    assert {name for name in ("anna", "nora", "samira", "bram") if may(actor(name), Consultation, Verb.READ)} == {"anna", "nora", "samira"}
    assert set(may(actor("samira"), Pupil, Verb.READ)) <= set(Pupil.objects.filter(given_name="Noor"))
