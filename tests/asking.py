"""The four questions of each page test: it works; it refuses; it does not exist; it asks the database as much for three as for one."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.web.models import Membership
from tests.cast import Cast, client_of

TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*|(?<=nonce=")[^"]*|(?<=name="once" value=")[^"]*')


def look(actor: Membership, route: str, *keys: object, **asked: str) -> Any:
    """The answer of a page in this hat."""
    return client_of(actor).get(reverse(route, args=[actor.pk, *keys]), asked)


def text_of(actor: Membership, route: str, *keys: object, **asked: str) -> str:
    """The page that this person gets, which must be there; without its tokens, in which any two letters may stand by chance."""
    answer = look(actor, route, *keys, **asked)
    assert answer.status_code == 200
    return TOKEN.sub("", answer.content.decode())


def may_look(cast: Cast, route: str, *keys: object) -> set[str]:
    """Who of the cast gets the page; to all others it must not exist, and Noor's name must be nowhere in what they get."""
    found = set()
    for name, actor in cast.actors().items():
        answer = look(actor, route, *keys)
        if answer.status_code == 200:
            found.add(name)
            continue
        assert answer.status_code == 404, (name, answer.status_code)
        assert name == "noor" or b"Noor" not in answer.content, name
    return found


OF_THE_WALL = re.compile(r"SAVEPOINT|RELEASE|select (coalesce\(current_setting|set_config)")


def queries_for(actor: Membership, route: str, keys: Iterable[object] = ()) -> int:
    """How many questions a page asks the database, beside those of once a minute and those that put up the wall on PostgreSQL."""
    client, address = client_of(actor), reverse(route, args=[actor.pk, *keys])
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(sum(not OF_THE_WALL.match(one["sql"]) for one in asked))
    return min(counts[1:])
