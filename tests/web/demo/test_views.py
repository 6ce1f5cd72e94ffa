"""Looking along as one of the cast: in a demo alone, and as nobody else."""

import pytest
from django.test import Client, override_settings
from django.urls import include, path, reverse
from django.urls.exceptions import NoReverseMatch

from kring.web import urls
from kring.web.demo.urls import LOGIN
from kring.web.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db

urlpatterns = [path("", include(LOGIN)), *urls.urlpatterns]
handler404 = urls.handler404
in_a_demo = override_settings(DEMO=True, ROOT_URLCONF=__name__)


@in_a_demo
def test_a_real_account_with_the_name_of_the_cast_stays_shut(cast: Cast) -> None:
    assert not cast.anna.person.is_demo
    assert Client().post("/demo/login/", {"person": "anna"}).status_code == 404
    assert 'value="anna"' not in Client().get("/").content.decode()


@in_a_demo
def test_it_is_no_link(db: None) -> None:
    assert Client().get("/demo/login/").status_code == 405


@in_a_demo
def test_another_site_cannot_log_somebody_in(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/demo/login/", {"person": "anna"}).status_code == 403


@override_settings(ROOT_URLCONF=__name__)
def test_outside_a_demo_it_refuses_even_where_the_route_is(db: None) -> None:
    Person.objects.create(username="anna", given_name="Anna", family_name="Test", is_demo=True)
    assert Client().post("/demo/login/", {"person": "anna"}).status_code == 404


def test_outside_a_demo_the_route_is_not_there(db: None) -> None:
    Person.objects.create(username="anna", given_name="Anna", family_name="Test", is_demo=True)
    with pytest.raises(NoReverseMatch):
        reverse("demo_login")
    assert Client().post("/demo/login/", {"person": "anna"}).status_code == 404
    assert 'value="anna"' not in Client().get("/").content.decode()


def test_the_style_page_shows_what_pages_are_made_of() -> None:
    answer = Client().get("/style/")
    assert answer.status_code == 200
    assert "Stijlpagina" in answer.content.decode()


@override_settings(PRODUCTION=True)
def test_production_has_no_style_page() -> None:
    assert Client().get("/style/").status_code == 404
