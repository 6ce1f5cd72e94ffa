"""What every answer bears, whatever its address, method and status, and what is refused before any view."""

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from zlib import crc32

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt
from pytest_django import Settings

from kring.web import headers, page
from kring.web.checks import all_routes
from kring.web.guard import public
from kring.web.people.entrance import views as entrance
from kring.web.preferences import COOKIE
from kring.web.signing_in import lockouts
from tests.cast import Cast, client_of
from tests.every_page import LEAVES, addresses
from tests.promised import lacking
from tests.rules.sources import ROOT, sources

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
SESSION = "django.contrib.messages.storage.session.SessionStorage"
FORM = "application/x-www-form-urlencoded"


def asked_in_short(method: str, name: str) -> bool:
    """By GET every route; by each other method one in six."""
    return method == "GET" or crc32(f"{method} {name}".encode()) % 6 == 0


@pytest.mark.parametrize("method", METHODS)
def test_every_route_bears_the_headers_whoever_asks(cast: Cast, method: str, long: bool) -> None:
    """Asked by who is not logged in; the matrix of access looks at the headers of what everybody else gets. Whole: by two more."""
    wrong = {}
    inside = {"anna": client_of(cast.anna), "olga": client_of(cast.olga)} if long else {}
    for who, client in {"visitor": Client(), **inside}.items():
        client.raise_request_exception = False
        hat = cast.olga.pk if who == "olga" else cast.anna.pk
        for name, address in addresses(hat, {}):
            if name not in LEAVES and (long or asked_in_short(method, name)) and (lacks := lacking(client.generic(method, address))):
                wrong[who, name] = lacks
    assert wrong == {}


# ---- every status --------------------------------------------------------------------------------------------


@public
def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("Noor")


@public
def database_gone(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection to Noor refused")


@public
def streams(request: HttpRequest) -> HttpResponse:
    return StreamingHttpResponse([b"a", b"b"])  # type: ignore[return-value]


@public
def without_store(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Cache-Control": "public, max-age=60"})


@csrf_exempt
@public
def reply_of_a_provider(request: HttpRequest) -> HttpResponse:
    return HttpResponse("signed")


urlpatterns = [
    path("breaks/", breaks),
    path("gone/", database_gone),
    path("streams/", streams),
    path("store/", without_store),
    path("reply/", reply_of_a_provider),
    path("style/", without_store, name="style"),
    path("", without_store, name="front"),
    path("login/", without_store, name="account_login"),
    path("preferences/", without_store, name="preferences"),
    path("logout/", without_store, name="account_logout"),
]
handler400, handler404, handler500 = page.not_understood, page.not_found, page.broken


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"), [("/breaks/", 500), ("/gone/", 503), ("/streams/", 200), ("/store/", 200), ("/nowhere/", 404), ("/store", 301)]
)
def test_every_status_bears_the_headers(address: str, status: int) -> None:
    answer = Client(raise_request_exception=False).get(address)
    assert (answer.status_code, lacking(answer)) == (status, [])
    if status >= 500:
        said = answer.content.decode()
        assert said.startswith("<!doctype html>")
        assert "Noor" not in said
        assert "Traceback" not in said
    assert answer.headers.get("Retry-After") == ("60" if status == 503 else None)


@pytest.mark.parametrize("door", ["account_login", "invitation"])
def test_too_many_tries_bear_the_headers(monkeypatch: pytest.MonkeyPatch, cast: Cast, door: str) -> None:
    """The answer to a flood of passwords, and to one of codes on paper."""
    monkeypatch.setattr(lockouts, "FLOOD", 1)
    monkeypatch.setattr(entrance, "MOST_WRONG", 1)
    typed = {"login": "nobody", "password": "wrong", "code": "AAAA-BBBB"}
    first, second = (Client().post(reverse(door), typed) for _ in range(2))
    assert (first.status_code, second.status_code, second.headers["Retry-After"]) == (200, 429, "60")
    assert lacking(second) == []
    assert second.content.decode().startswith("<!doctype html>")


def test_a_wrong_host_bears_the_headers(client: Client) -> None:
    answer = client.get(reverse("account_login"), headers={"host": "elsewhere.example"})
    assert (answer.status_code, lacking(answer)) == (400, [])


def test_a_style_sheet_may_be_kept_and_an_absent_one_may_not(client: Client) -> None:
    there, absent = client.get("/static/kring/tokens.css"), client.get("/static/kring/nothing.css")
    assert (there.status_code, lacking(there, kept_by_nobody=False)) == (200, [])
    assert "no-store" not in there.headers["Cache-Control"]
    there.close()
    assert (absent.status_code, lacking(absent)) == (404, [])
    outside = ("/static/../settings.py", "/static/", "/static/kring/", "/static/kring")
    assert [client.get(address).status_code for address in outside] == [404] * len(outside)
    assert client.get("/static/kring/").status_code == 404


def test_a_secure_server_sends_everybody_to_https_and_says_so_for_a_year(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    onward, page = Client().get("/style/"), Client().get("/style/", secure=True)
    assert (onward.status_code, onward.headers["Location"][:8], lacking(onward)) == (301, "https://", [])
    assert (page.status_code, page.headers["Strict-Transport-Security"], lacking(page)) == (200, "max-age=31536000", [])


def test_in_production_cookies_are_of_this_host_alone_and_never_go_over_plain_http(tmp_path: Path) -> None:
    cookies = "SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY CSRF_COOKIE_NAME CSRF_COOKIE_SECURE"
    asked = f"{cookies} SECURE_HSTS_SECONDS DEBUG MESSAGE_STORAGE"
    code = f"import kring.settings as s; print(*(getattr(s, name) for name in '{asked}'.split()))"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KRING_", "DJANGO_"))}
    told = {**kept, "PYTHONPATH": str(ROOT / "src"), "KRING_DATA": str(tmp_path), "KRING_SECRET": "x" * 50, "KRING_HOSTS": "kring.test"}
    done = subprocess.run((sys.executable, "-c", code), env=told, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["__Host-kring", "True", "True", "__Host-kring-csrf", "True", "31536000", "False", SESSION]


def test_every_cookie_that_kring_sets_is_prefixed_in_production() -> None:
    """By the code: a module that sets one names it in two forms, and the one for production begins with __Host-."""
    two_forms = re.compile(r'^[A-Z]+(?:: Final)? = "(\S+)" if settings\.SECURE else "kring-\w+"$', re.MULTILINE)
    setting = [source for source in sources("web") if ".set_cookie(" in source.text]
    named = [two_forms.findall(source.text) for source in setting]
    assert all(names for names in named)
    assert all(name.startswith("__Host-kring-") for names in named for name in names)


def test_no_answer_opens_itself_to_another_site(client: Client) -> None:
    for method in ("get", "options"):
        answer = getattr(client, method)(reverse("account_login"), headers={"Origin": "https://elsewhere.example"})
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=latin-1", "image/svg+xml"])
def test_an_answer_that_does_not_say_what_it_sends_is_found(client: Client, kind: str) -> None:
    answer = client.get(reverse("account_login"))
    assert lacking(answer) == []
    answer.headers["Content-Type"] = kind
    assert lacking(answer) == [f"a kind of content: {kind}"]


def test_nothing_is_echoed(client: Client) -> None:
    for address in ("/", reverse("account_login"), "/nowhere/", "/static/kring/tokens.css"):
        answer = client.generic("TRACE", address, headers={"X-Secret": "kring-secret"})
        assert answer.status_code in {302, 403, 404, 405}
        assert b"kring-secret" not in b"".join(answer) if answer.streaming else b"kring-secret" not in answer.content


def test_no_address_holds_more_than_keys() -> None:
    """No name, no text of a child in an address: it stands in histories and in the logs of a proxy."""
    kinds = {(type(one).__name__, name) for _, route in all_routes() for name, one in route.pattern.converters.items()}
    others = {(kind, name) for kind, name in kinds if kind not in {"UUIDConverter", "IntConverter"}}
    lists = {("SlugConverter", name) for name in ("mark", "item", "scale", "part")}  # keys that Kring gives to its parts
    assert others <= {("SlugConverter", "key"), ("StringConverter", "week"), *lists}  # of an identity provider; 2026-W36


# ---- refused before any view ---------------------------------------------------------------------------------


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_change_that_another_site_asks_for_is_refused(client: Client, site: str) -> None:
    answer = client.post(reverse("preferences"), {"theme": "dark"}, headers={"Sec-Fetch-Site": site})
    assert (answer.status_code, lacking(answer)) == (403, [])
    assert client.post("/nowhere/", headers={"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.urls(__name__)
def test_the_reply_of_an_identity_provider_comes_from_elsewhere(client: Client) -> None:
    assert client.post("/reply/", headers={"Sec-Fetch-Site": "cross-site"}).content == b"signed"


def test_a_form_without_its_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("preferences"), {"theme": "dark"})
    assert (answer.status_code, lacking(answer)) == (403, [])


@pytest.mark.parametrize("size", ["42000001", "99999999999999999999", "-1", "abc", "1e3", "²"])
def test_a_body_that_is_too_large_is_not_read(client: Client, size: str) -> None:
    answer = client.post(reverse("preferences"), b"theme=dark", content_type=FORM, headers={}, CONTENT_LENGTH=size)
    assert (answer.status_code, lacking(answer)) == (413, [])
    assert "te groot" in answer.content.decode()


@pytest.mark.parametrize(
    "told", ["charset=zlib_codec", "CharSet = idna", "charset*=utf-8''undefined", 'charset="utf-16"', "a=1; charset=\x00"]
)
def test_a_request_in_another_alphabet_is_read_as_utf8(told: str) -> None:
    """Python's codecs break on some of these while Django makes the request or reads a form."""
    body = b'--x\r\nContent-Disposition: form-data; name="theme"\r\n\r\ndark\r\n--x--'
    environ = RequestFactory().post("/preferences/?a=%ff").environ
    environ |= {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": f"multipart/form-data; boundary=x; {told}", "wsgi.input": BytesIO(body)}
    read: list[HttpRequest] = []

    def started(status: str, headers: list[tuple[str, str]], failed: object = None, /) -> Any:
        return read.append

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        read.append(WSGIRequest(environ))
        return []

    headers.in_utf8(application)(environ, started)
    assert (read[0].POST.dict(), read[0].GET.dict()) == ({"theme": "dark"}, {"a": "\ufffd"})


def test_far_too_much_at_once_is_named(client: Client) -> None:
    answer = client.post(reverse("preferences"), {"next": "x" * 1_100_000}, content_type=FORM)
    assert answer.status_code in {400, 413}
    answer = client.post(reverse("preferences"), "next=" + "x" * 1_100_000, content_type=FORM)
    assert (answer.status_code, "te groot" in answer.content.decode(), lacking(answer)) == (413, True, [])


# ---- preferences ---------------------------------------------------------------------------------------------


def test_preferences_are_kept_and_lead_back(client: Client) -> None:
    answer = client.post(reverse("preferences"), {"theme": "dark", "text": "huge", "next": reverse("account_login")})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("account_login"))
    assert client.cookies[COOKIE].value == "theme=dark"
    assert 'data-theme="dark"' in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org", "https:///example.org"]
)
def test_preferences_never_lead_elsewhere(client: Client, elsewhere: str) -> None:
    answer = client.post(reverse("preferences"), {"next": elsewhere})
    assert answer.headers["Location"] == reverse("front")


def test_somebody_may_ask_for_english(client: Client) -> None:
    client.post(reverse("preferences"), {"language": "en"})
    page = client.get(reverse("account_login"))
    assert '<html lang="en"' in page.content.decode()
    assert page.headers["Content-Language"] == "en"
