"""Requests as nobody's browser makes them, and what may never come of one."""

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_from_bytes

from django.db import transaction
from django.test import Client

from kring.web.headers import without_alphabet

SLOWEST = 2.0  # seconds of computing: what else runs on the machine is of no account
PAYLOADS = (
    '"><img src=x onerror=kring(1)>',
    "'><svg onload=kring(1)>",
    "</script><img src=x onerror=kring(1)>",
    "</textarea></title></style><img src=x onerror=kring(1)>",
    "javascript:kring(1)",
    "{{ 7|add:7 }}{% debug %}",
    "<i id=kring>",
    "&lt;img src=x onerror=kring(1)&gt;",
    "%3Cimg src=x onerror=kring(1)%3E",
    '<a href="javascript:kring(1)">x</a>',
    "<iframe srcdoc='<img src=x onerror=kring(1)>'>",
    "\u2028<img src=x onerror=kring(1)>\u2029",
)
TEXTS = (
    *PAYLOADS,
    *("", " ", "\x00", "a\x00b", "\ud800", "\ufffe", "\u202e\u2066", "\U0010ffff", "e\u0301" * 50, "ﷺ" * 200, "A" * 5_000, "9" * 400),
    *("-1", "1e309", "NaN", "inf", "0x1F", "١٢٣", "²", "true", "null", "undefined", "[]", "{}", "2026-02-30", "9999-12-31", "0000-00-00"),
    *("1970-01-01T00:00:00Z", "10000-01-01", "25:61", "00000000-0000-0000-0000-000000000000", "../../../etc/passwd", "..\\..\\", "CON"),
    *(
        "%00",
        "%ff%fe",
        "%",
        "%%",
        "%n%s%d",
        "' OR 1=1 --",
        "'; DROP TABLE kring_pupil; --",
        "\\",
        '"',
        "$(id)",
        "`id`",
        "|id",
        "\r\nSet-Cookie: a=b",
    ),
    *("kring-leerling:1", "kring-leerling:99999999999999999999", "kring-leerling:x", ":", "kring-leerling"),
)
HEADERS = (
    *("Cookie", "Accept-Language", "Accept", "Accept-Encoding", "User-Agent", "Referer", "Origin", "Host", "X-Forwarded-For"),
    *("X-Forwarded-Host", "X-Forwarded-Proto", "If-Modified-Since", "If-None-Match", "Range", "Sec-Fetch-Site", "Sec-Fetch-Mode"),
    *("X-Requested-With", "X-HTTP-Method-Override", "Content-Encoding", "Transfer-Encoding", "X-CSRFToken", "Authorization", "Forwarded"),
)
CONTENT_TYPES = (
    *("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary="),
    *("application/json", "text/plain", "text/xml", "application/octet-stream", "", "a/b/c", "text/html; charset=klingon"),
    *(
        "application/x-www-form-urlencoded; charset=utf-16",
        "multipart/form-data; boundary=" + "x" * 300,
        "application/json; charset=undefined",
    ),
    *(
        "multipart/form-data; boundary=x; charset=zlib_codec",
        "multipart/form-data; boundary=x; charset=idna",
        f"text/plain; charset={'a' * 999}",
    ),
    "multipart/form-data; boundary=x; charset=utf-16",
)
METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X" * 60)
PART = b"--x\r\nContent-Disposition: form-data; name="
DEEP = 100_000
BODIES = (
    *(b"", b"\x00" * 99, b"\xff\xfe\xfa", b"=" * 999, b"&" * 999, b"a=%ff%fe&%00=%00", b"a[b][c]=1", b"a=1;a=2&a=3"),
    *(b"{", b'{"a":', b'{"a": 1e999}', b"[" * DEEP, b'{"a":' * DEEP, b'"\\ud800"', b"NaN"),
    b"&".join(b"k%d=1" % number for number in range(100_000)),
    b"&".join(b"same=%d" % number for number in range(5_000)),
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;'>]><a>&d;</a>",
    *(PART + b'"a"\r\n\r\n1\r\n--x--\r\n', PART + b'"a"; filename="../../x.csv"\r\n\r\n1\r\n--x--', PART, b"--x", b"--x--", b"--y\r\n\r\n"),
    PART + b'"pupils"; filename="\x00\xff.csv"\r\nContent-Type: \xff\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--',
    PART + b"a" * 20_000 + b"\r\n\r\n1\r\n--x--",
    (PART + b'"a"; filename="b"\r\n\r\n1\r\n') * 300 + b"--x--",
    (PART + b'"a"\r\n\r\n1\r\n') * 3_000 + b"--x--",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request; the path as it goes over the line."""

    method: str
    path: str
    body: bytes = b""
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path[:200]} {self.content_type!r} {self.body[:200]!r} {dict(self.headers)}"


@dataclass(slots=True)
class Asker:
    """Somebody who asks, again and again from the same beginning: nothing that a request does stays."""

    clients: Mapping[str, Client]
    asked: int = 0
    slowest: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)

    def ask(self, who: str, asked: Asked) -> Any:
        """The answer, which must be one, soon, and hold nothing of what was sent as markup."""
        client = self.clients[who]
        kept = {name: morsel.value for name, morsel in client.cookies.items()}
        headers, kind = _sendable(asked.headers, kept), without_alphabet(asked.content_type)
        start = time.process_time()
        with undone():
            answer: Any = client.generic(asked.method, asked.path, asked.body, kind, headers=headers)
        took = time.process_time() - start
        client.cookies.clear()
        client.cookies.load(kept)
        self.asked, self.slowest = self.asked + 1, max(self.slowest, took)
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        assert answer.status_code < 500, (f"{answer.status_code} for {who}: {asked}", answer.exc_info)
        assert took < SLOWEST, f"{took:.1f} s for {who}: {asked}"
        assert not planted(answer), f"markup came through for {who}: {asked}"
        return answer

    def __str__(self) -> str:
        found = ", ".join(f"{count} × {status}" for status, count in sorted(self.statuses.items()))
        return f"{self.asked} requests as {len(self.clients)} people: {found}; slowest {self.slowest * 1000:.0f} ms"


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _sendable(headers: Mapping[str, str], cookies: Mapping[str, str]) -> dict[str, str]:
    """What a server passes on: no line breaks, in Latin-1; a strange cookie stands beside those of the login."""
    sent = {
        name: value.encode("latin-1", "replace").decode("latin-1").replace("\r", "").replace("\n", "") for name, value in headers.items()
    }
    if "Cookie" in sent:
        sent["Cookie"] = "; ".join([*(f"{name}={value}" for name, value in cookies.items()), sent["Cookie"]])
    return sent


_LEADS = frozenset({"href", "xlink:href", "src", "action", "formaction", "data", "poster"})
"""Attributes whose value a browser goes to; in a text box “javascript:” is what somebody typed."""


class _Planted(HTMLParser):
    """Finds elements that only a payload makes."""

    found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        values = dict(attrs)
        leads = (value or "" for name, value in attrs if name in _LEADS)
        runs = any(name.startswith("on") for name in values) or any("javascript:" in value.lower() for value in leads)
        self.found |= runs or values.get("src") == "x" or values.get("id") == "kring" or "srcdoc" in values


def planted(answer: Any) -> bool:
    """Whether a page holds markup of a payload, or ran one."""
    if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return False
    text = answer.content.decode(errors="replace")
    if "kring(1)" not in text and "id=kring" not in text and "14{%" not in text:
        return False
    reader = _Planted()
    reader.feed(text)
    return reader.found or bool(re.search(r"\b14\{%|<script(?![^>]*application/json)[^>]*>[^<]*kring\(1\)", text))


def as_path(text: str) -> str:
    """A text as one piece of a path."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def form(fields: Sequence[tuple[str, str]]) -> bytes:
    """Fields as a browser sends them, whatever stands in them."""
    return "&".join(f"{as_path(name)}={as_path(value)}" for name, value in fields).encode()


def as_json(fields: Sequence[tuple[str, str]]) -> bytes:
    return json.dumps(dict(fields)).encode()
