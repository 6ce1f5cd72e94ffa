"""What every answer bears, and what is refused before any view."""

import pytest
from django.test import Client
from django.urls import reverse

from kring.web.preferences import COOKIE

pytestmark = pytest.mark.django_db


def test_every_page_bears_the_headers(client: Client) -> None:
    headers = client.get(reverse("account_login")).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_change_that_another_site_asks_for_is_refused(client: Client, site: str) -> None:
    assert client.post(reverse("preferences"), {"theme": "dark"}, headers={"Sec-Fetch-Site": site}).status_code == 403


def test_preferences_are_kept_and_lead_back(client: Client) -> None:
    answer = client.post(reverse("preferences"), {"theme": "dark", "text": "huge", "next": reverse("account_login")})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("account_login"))
    assert client.cookies[COOKIE].value == "theme=dark"
    assert 'data-theme="dark"' in client.get(reverse("account_login")).content.decode()


def test_preferences_never_lead_elsewhere(client: Client) -> None:
    answer = client.post(reverse("preferences"), {"next": "https://example.org/"})
    assert answer.headers["Location"] == reverse("front")


def test_somebody_may_ask_for_english(client: Client) -> None:
    client.post(reverse("preferences"), {"language": "en"})
    page = client.get(reverse("account_login"))
    assert '<html lang="en"' in page.content.decode()
    assert page.headers["Content-Language"] == "en"


def test_far_too_much_at_once_is_named(client: Client) -> None:
    answer = client.post(reverse("preferences"), {"next": "x" * 1_100_000}, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {400, 413}
    answer = client.post(reverse("preferences"), "next=" + "x" * 1_100_000, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, "te groot" in answer.content.decode()) == (413, True)
