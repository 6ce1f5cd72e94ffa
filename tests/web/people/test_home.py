"""Where a pupil lives: help is looked for there, also when the school is elsewhere."""

import pytest
from django.urls import reverse

from kring.web.models import Entry, Pupil, School
from tests.asking import may_look, text_of
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def live(cast: Cast, municipality: str) -> int:
    address = reverse("pupil_home", args=[cast.bram.pk, cast.pupil_noor.pk])
    status: int = client_of(cast.bram).post(address, {"municipality": municipality}).status_code
    return status


@pytest.fixture(autouse=True)
def in_waterstad(cast: Cast) -> None:
    School.objects.filter(pk=cast.beuk.pk).update(municipality="Waterstad")


def test_a_pupil_lives_where_the_school_is_until_somebody_says_otherwise(cast: Cast) -> None:
    assert "Woont in Waterstad." in text_of(cast.anna, "family", cast.pupil_noor.pk)
    assert live(cast, "Zilverhaven") == 302
    page = text_of(cast.anna, "family", cast.pupil_noor.pk)
    assert "Woont in Zilverhaven." in page
    assert "De Vuurtoren" in page
    assert "De Veerpont" not in page
    assert Entry.objects.get(name="home.written").pupil_id == cast.pupil_noor.pk


def test_the_municipality_of_the_school_is_not_written_twice(cast: Cast) -> None:
    live(cast, "Zilverhaven")
    assert live(cast, "Waterstad") == 302
    assert Pupil.objects.get(pk=cast.pupil_noor.pk).home_municipality == ""


def test_a_form_that_is_not_good_changes_nothing(cast: Cast) -> None:
    assert live(cast, "x" * 61) == 200
    assert Pupil.objects.get(pk=cast.pupil_noor.pk).home_municipality == ""


def test_who_writes_it(cast: Cast) -> None:
    assert may_look(cast, "pupil_home", cast.pupil_noor.pk) == {"bram"}
