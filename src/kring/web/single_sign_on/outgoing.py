"""What the server itself asks of an identity provider: only the computers in the file, with an end to time and size, and no detours."""

import json
from collections.abc import Mapping
from time import monotonic
from typing import Any
from urllib.parse import quote_plus

import requests
from django.core.cache import cache

from kring.core.single_sign_on import SignOnRefused, fingerprint_of
from kring.identity_providers import IdentityProvider, origin_of

SECONDS_PER_READ = (3, 5)  # to connect, and between two pieces of an answer
SECONDS = 10
MOST_BYTES = 500_000
KEPT_SECONDS = 600
PIECE = 16_384


def document_of(provider: IdentityProvider, address: str, *, fresh: bool = False) -> Mapping[str, Any]:
    """A document that seldom changes (discovery, keys), kept for ten minutes."""
    name = "single_sign_on:" + fingerprint_of(provider.issuer, address)
    kept: Mapping[str, Any] | None = None if fresh else cache.get(name)
    if kept is None:
        kept = ask(provider, address)
        cache.set(name, kept, KEPT_SECONDS)
    return kept


def ask(provider: IdentityProvider, address: str, *, form: Mapping[str, str] | None = None, in_header: bool = False) -> Mapping[str, Any]:
    """The JSON object at this address, asked with GET; or with POST and our secret when there is a form to send."""
    if origin_of(address) not in provider.server_origins:
        raise SignOnRefused(why="address_not_configured")
    with requests.Session() as session:
        session.trust_env = False  # no proxy and no password file that the environment happens to name
        if in_header:
            session.auth = (quote_plus(provider.client_id), quote_plus(provider.secret))
        try:
            return _object(session, address, form and (form if in_header else {**form, "client_secret": provider.secret}))
        except (requests.RequestException, ValueError) as failed:
            raise SignOnRefused(why=type(failed).__name__) from failed


def _object(session: requests.Session, address: str, form: Mapping[str, str] | None) -> Mapping[str, Any]:
    method = "GET" if form is None else "POST"
    with session.request(method, address, data=form, timeout=SECONDS_PER_READ, allow_redirects=False, stream=True) as response:
        if response.status_code != requests.codes.ok:
            raise SignOnRefused(why=f"status_{response.status_code}")
        found = json.loads(_whole(response))
    if not isinstance(found, dict):
        raise SignOnRefused(why="no_object")
    return found


def _whole(response: requests.Response) -> bytes:
    """The body, unless it is too much or too slow: a server that drips would otherwise hold a thread for hours."""
    until, body = monotonic() + SECONDS, bytearray()
    for piece in response.iter_content(PIECE):
        body += piece
        if len(body) > MOST_BYTES or monotonic() > until:
            raise SignOnRefused(why="too_much_or_too_slow")
    return bytes(body)
