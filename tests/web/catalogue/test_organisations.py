"""The organisations that the school works with."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kring.core.catalogue import STAYS_TRUE
from kring.web.models import Entry, Organisation
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Maatwerk Zuid", "kind": "social_work", "offer": "Schoolmaatschappelijk werk", "contact": "010 000 00 00"}


def added(cast: Cast, name: str = "Maatwerk Zuid") -> Organisation:
    return Organisation.objects.create(school=cast.beuk, name=name, kind="other", checked_on=timezone.localdate())


def test_bram_adds_an_organisation(cast: Cast) -> None:
    page = client_of(cast.bram).post(reverse("organisation_new", args=[cast.bram.pk]), GIVEN, follow=True).content.decode()
    made = Organisation.objects.get()
    assert (made.school, made.checked_on) == (cast.beuk, timezone.localdate())
    assert all(part in page for part in ("Maatwerk Zuid", "Schoolmaatschappelijk werk", "010 000 00 00"))
    assert Entry.objects.get(name="organisation.added").record_id == made.pk


def test_an_organisation_stands_there_once(cast: Cast) -> None:
    other, mine = added(cast, "Jeugdarts"), added(cast)
    client = client_of(cast.bram)
    assert client.post(reverse("organisation_new", args=[cast.bram.pk]), GIVEN).status_code == 409
    assert client.post(reverse("organisation_edit", args=[cast.bram.pk, other.pk]), GIVEN).status_code == 409
    assert client.post(reverse("organisation_edit", args=[cast.bram.pk, mine.pk]), GIVEN).status_code == 302
    assert client.post(reverse("organisation_edit", args=[cast.bram.pk, mine.pk]), {}).status_code == 200
    Organisation.objects.create(school=cast.eik, name="Maatwerk Noord", kind="other")
    assert client.post(reverse("organisation_new", args=[cast.bram.pk]), {**GIVEN, "name": "Maatwerk Noord"}).status_code == 302


def test_an_entry_of_more_than_a_year_old_is_marked_until_somebody_looked(cast: Cast) -> None:
    one = added(cast)
    Organisation.objects.update(checked_on=timezone.localdate() - STAYS_TRUE * 1.1)
    assert "langer dan een jaar geleden" in text_of(cast.anna, "organisations")
    assert "Het klopt nog" not in text_of(cast.anna, "organisations")
    assert "Het klopt nog" in text_of(cast.bram, "organisations")
    assert client_of(cast.bram).post(reverse("organisation_checked", args=[cast.bram.pk, one.pk])).status_code == 302
    assert "langer dan een jaar geleden" not in text_of(cast.anna, "organisations")
    Organisation.objects.update(checked_on=None)
    assert "nog nooit" in text_of(cast.anna, "organisations")


def test_who_may_look_and_who_may_write(cast: Cast) -> None:
    one = added(cast)
    assert may_look(cast, "organisations") == {"anna", "carla", "bram", "rik", "frans", "gijs"}
    assert may_look(cast, "organisation_new") == {"bram", "frans", "gijs"}
    assert may_look(cast, "organisation_edit", one.pk) == {"bram"}
    assert "Maatwerk" not in text_of(cast.frans, "organisations")
    assert look(cast.bram, "organisation_edit", one.pk).status_code == 200


def test_an_empty_page_says_what_will_come(cast: Cast) -> None:
    assert "Organisatie toevoegen" in text_of(cast.bram, "organisations")
    assert "De intern begeleider zet ze erin" in text_of(cast.anna, "organisations")


def test_as_many_questions_for_three_as_for_one(cast: Cast) -> None:
    added(cast)
    one = queries_for(cast.bram, "organisations")
    added(cast, "Tweede")
    added(cast, "Derde")
    assert queries_for(cast.bram, "organisations") == one
