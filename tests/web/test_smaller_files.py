"""Files that are the same for everybody are sent compressed to who understands it; a page never is."""

import gzip

import pytest
from django.http import HttpResponseBase
from django.test import Client

pytestmark = pytest.mark.django_db

STYLE = "/static/kring/tokens.css"
AS_BROWSERS_SAY = "gzip, deflate, br, zstd"


def asked(path: str = STYLE, accepts: str = AS_BROWSERS_SAY, **headers: str) -> HttpResponseBase:
    return Client(headers={"accept-encoding": accepts, **headers}).get(path)


def whole(response: HttpResponseBase) -> bytes:
    content: bytes = response.getvalue()
    response.close()
    return content


@pytest.mark.parametrize("path", [STYLE, "/static/kring/answering/answer.js", "/static/kring/icon.svg"])
def test_a_file_is_sent_compressed(path: str) -> None:
    plain, small = whole(asked(path, "identity")), asked(path)
    content = whole(small)
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.headers["Content-Length"] == str(len(content))
    assert gzip.decompress(content) == plain
    assert len(content) < len(plain)


def test_it_says_the_same_of_the_file_either_way() -> None:
    plain, small = asked(accepts="identity"), asked()
    of_one = {"Content-Encoding", "Content-Length", "Kring-Request"}
    told = [{name: value for name, value in each.items() if name not in of_one} for each in (plain, small)]
    whole(plain)
    assert told[0] == told[1]
    assert "Accept-Encoding" in small.headers["Vary"]


@pytest.mark.parametrize("accepts", ["", "br", "gzip;q=0", "xgzip"])
def test_who_does_not_understand_it_gets_it_as_it_is(accepts: str) -> None:
    plain = asked(accepts=accepts)
    assert "Content-Encoding" not in plain.headers
    assert whole(plain).startswith(b"/*")


def test_a_part_of_a_file_and_a_font_are_left_alone() -> None:
    part = asked(range="bytes=0-9")
    assert (part.status_code, len(whole(part))) == (206, 10)
    assert "Content-Encoding" not in part.headers


def test_a_file_that_did_not_change_is_not_sent() -> None:
    again = asked(**{"if-modified-since": asked().headers["Last-Modified"]})
    assert (again.status_code, whole(again)) == (304, b"")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/static/kring/nothing.css"])
def test_a_page_is_never_compressed(path: str) -> None:
    page = asked(path)
    whole(page)
    assert "Content-Encoding" not in page.headers
