"""What a proxy that was set up wrongly sends is answered in words, for the administrator who is trying it."""

import logging

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from kring.web.behind_proxy import rightly_asked


def answer(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("a page")


@pytest.fixture
def behind_proxy(settings: Settings) -> None:
    settings.BEHIND_PROXY, settings.ALLOWED_HOSTS = True, ["kring.example"]


def asked(path: str = "/", **headers: str) -> HttpResponse:
    return rightly_asked(answer)(RequestFactory().get(path, headers=headers))


@pytest.mark.usefixtures("behind_proxy")
def test_a_request_that_came_in_rightly_goes_on() -> None:
    found = asked(host="kring.example", x_forwarded_proto="https")
    assert (found.status_code, found.content) == (200, b"a page")


@pytest.mark.usefixtures("behind_proxy")
def test_a_proxy_that_does_not_tell_https_is_named(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "kring"):
        found = asked(host="kring.example")
    assert (found.status_code, "X-Forwarded-Proto" in found.content.decode()) == (400, True)
    assert "X-Forwarded-Proto" in caplog.text


@pytest.mark.usefixtures("behind_proxy")
def test_a_name_that_kring_does_not_know_is_said() -> None:
    found = asked(host="elders.example", x_forwarded_proto="https")
    assert (found.status_code, "KRING_HOSTS" in found.content.decode()) == (400, True)
    assert "elders" not in found.content.decode()


@pytest.mark.usefixtures("behind_proxy")
def test_those_pages_have_their_style_sheet() -> None:
    assert asked("/static/kring/base.css", host="elders.example").content == b"a page"


def test_who_speaks_https_itself_needs_no_proxy(settings: Settings) -> None:
    settings.BEHIND_PROXY = False
    with pytest.raises(MiddlewareNotUsed):
        rightly_asked(answer)
