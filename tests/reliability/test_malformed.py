"""Whatever is sent to whichever address as whoever: an answer of ours, soon, with nothing of what was sent in it as markup."""

import itertools
import logging
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from inspect import isclass
from pkgutil import walk_packages
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django import forms
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings
from schemathesis.core import NotSet

import kring.web
from kring.core.access import Role
from kring.web.checks import all_routes
from tests.access.world import World, make_world
from tests.cast import Cast, client_of
from tests.every_page import LEAVES, addresses
from tests.reliability.conftest import Held
from tests.reliability.malformed import (
    BODIES,
    CONTENT_TYPES,
    HEADERS,
    METHODS,
    PAYLOADS,
    TEXTS,
    Asked,
    Asker,
    as_json,
    as_path,
    form,
    undone,
)

pytestmark = pytest.mark.django_db
COUNTS = (40, 18_000)  # small, whole; with all the rest a hundred thousand requests, in less than forty minutes of one core
FROM_SCHEMA = (2, 20)  # requests to each operation
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
ODD_NAMES = ("csrfmiddlewaretoken", "next", "_method", "pk", "id", "school", "actor", "role", "hat", "__proto__", "a[b]", "")


@pytest.fixture(autouse=True)
def nothing_keeps_a_request(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What is refused is logged with its request. pytest keeps every record until the end of a test, twice; clearing up among
    millions of objects then takes eight seconds of whichever request comes by."""
    keeping = [one for one in logging.getLogger().handlers if isinstance(one, type(caplog.handler))]
    for one in keeping:
        one.addFilter(_nothing)
    yield
    for one in keeping:
        one.removeFilter(_nothing)


def _nothing(_record: logging.LogRecord) -> bool:
    return False


@pytest.fixture
def world(cast: Cast, settings: Settings, tmp_path: Any) -> World:
    settings.FILES = tmp_path
    return make_world(cast)


@pytest.fixture
def keys(world: World) -> dict[str, UUID]:
    """Something of each kind that an address names; what Anna may see where there is a choice."""
    rows = [one for one in reversed(world.objects.values()) if isinstance(one, models.Model)]  # an address names words too
    return {str(one._meta.model_name): one.pk for one in rows}


@pytest.fixture
def asker(world: World) -> Asker:
    """One person for each role, one whose rights have ended, and a visitor."""
    of_role = {Role(actor.role): name for name, actor in reversed(world.actors.items()) if name not in {"vera", "tom", "wim"}}
    clients = {name: client_of(world.actors[name]) for name in {*of_role.values(), "wim"}} | {"visitor": Client()}
    for client in clients.values():
        client.raise_request_exception = False
    return Asker(dict(sorted(clients.items())))


def hat_of(world: World, who: str) -> UUID:
    return (world.actors.get(who) or world.actors["anna"]).pk


def fields_of_forms() -> dict[str, list[str]]:
    """The fields of every form, by the module that it stands in: also of those that somebody adds tomorrow."""
    found: dict[str, list[str]] = {}
    for module in walk_packages(kring.web.__path__, "kring.web."):
        if module.name.endswith(".forms"):
            kinds = [kind for kind in vars(import_module(module.name)).values() if isclass(kind) and issubclass(kind, forms.BaseForm)]
            found[module.name] = sorted({name for kind in kinds for name in getattr(kind, "base_fields", {})})
    found["allauth"] = ["login", "password", "code", "oldpassword", "password1", "password2", "credential", "username", "email", "remember"]
    return found


FIELDS = fields_of_forms()
ALL_FIELDS = sorted({*itertools.chain.from_iterable(FIELDS.values()), *ODD_NAMES})


def fields_for(route: Any) -> Sequence[str]:
    """The fields that a view may read: those of the forms beside it, or any."""
    own = FIELDS.get(str(getattr(route.callback, "__module__", "")).replace(".views", ".forms"))
    return own or ALL_FIELDS


# ---- every address, each kind of nonsense --------------------------------------------------------------------


def nonsense(address: str, fields: Sequence[str], turn: int) -> Iterator[Asked]:
    """A fixed list for one address; `turn` takes another text each time, so that all come by."""
    text = TEXTS[turn % len(TEXTS)]
    yield Asked("GET", f"{address}?{as_path(text)}={as_path(text)}&page={as_path(text)}&next={as_path(text)}&q={as_path(text)}")
    yield Asked("GET", KEY.sub(as_path(text) or "%00", address), headers={HEADERS[turn % len(HEADERS)]: text})
    yield Asked("POST", address, form([(name, text) for name in fields]), FORM)
    yield Asked("POST", address, as_json([(name, text) for name in fields]), "application/json")
    yield Asked("POST", address, BODIES[turn % len(BODIES)], MULTIPART if turn % 2 else CONTENT_TYPES[turn % len(CONTENT_TYPES)])
    yield Asked(METHODS[turn % len(METHODS)], address, BODIES[(turn + 5) % len(BODIES)], CONTENT_TYPES[(turn + 3) % len(CONTENT_TYPES)])


def test_every_address_meets_nonsense(world: World, keys: Mapping[str, UUID], asker: Asker, long: bool, held: Held) -> None:
    """Small: each address with a text of its own, in one way of six; whole: with every one, in each; each time as somebody else."""
    fields = {str(route.name): fields_for(route) for _, route in all_routes()}
    people = list(asker.clients)
    known = {who: dict(addresses(hat_of(world, who), keys)) for who in people}
    for number, name in enumerate(fields):
        for turn in range(len(TEXTS)) if long else (number,):
            who = people[(number + turn) % len(people)]
            ways = nonsense(known[who][name], fields[name], turn)
            for asked in ways if long else itertools.islice(ways, number % 6, None, 6):
                asker.ask(who, asked)
    held("every address as every role meets every kind of nonsense: 0 × 5xx, 0 slower than 2 s, no markup comes through", str(asker))


@pytest.mark.parametrize("content_type", [FORM, MULTIPART, "application/json"])
def test_every_body_to_a_form_with_files(world: World, keys: Mapping[str, UUID], asker: Asker, content_type: str, long: bool) -> None:
    """Small: as the kind that such a form is, all; as another kind every third."""
    for body in BODIES if long or content_type == MULTIPART else BODIES[::3]:
        asker.ask("anna", Asked("POST", reverse("upload", args=[world.actors["anna"].pk, keys["group"]]), body, content_type))
        asker.ask("visitor", Asked("POST", reverse("account_login"), body, content_type))


# ---- hypothesis ----------------------------------------------------------------------------------------------

odd_text = st.sampled_from(TEXTS) | st.text(max_size=40) | st.text(alphabet=string.printable, max_size=40)
odd_bytes = st.sampled_from(BODIES) | st.binary(max_size=300)
odd_fields = st.lists(st.tuples(st.sampled_from(ALL_FIELDS) | odd_text, odd_text), max_size=8)
odd_headers = st.dictionaries(st.sampled_from(HEADERS), odd_text, max_size=3)
bodies = st.one_of(
    st.tuples(odd_fields.map(form), st.just(FORM)),
    st.tuples(odd_fields.map(as_json), st.just("application/json")),
    st.tuples(odd_bytes, st.sampled_from(CONTENT_TYPES)),
)


@st.composite
def paths(draw: st.DrawFn, known: Sequence[str]) -> str:
    """An address of ours, with or without its keys, and something behind it."""
    path = draw(st.sampled_from(known))
    if draw(st.integers(0, 4)) == 0:
        path = KEY.sub(lambda _: as_path(draw(odd_text)), path)
    if draw(st.integers(0, 9)) == 0:
        path += as_path(draw(odd_text))
    query = draw(st.lists(st.tuples(odd_text, odd_text), max_size=3))
    return f"{path}?{form(query).decode()}" if query else path


def test_any_request_gets_an_answer(world: World, keys: Mapping[str, UUID], asker: Asker, long: bool, held: Held) -> None:
    known = {who: [address for _, address in addresses(hat_of(world, who), keys)] for who in asker.clients}

    @settings(max_examples=COUNTS[long], deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def answers(data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(list(asker.clients)))
        body, kind = data.draw(bodies)
        method = data.draw(st.sampled_from(METHODS[:3] * 3 + METHODS))
        asker.ask(who, Asked(method, data.draw(paths(known[who])), body, kind, data.draw(odd_headers)))

    answers()
    held("any path, query, header, cookie and body as every role: 0 × 5xx, 0 slower than 2 s, no markup comes through", str(asker))


# ---- schemathesis --------------------------------------------------------------------------------------------


def described(hat: UUID, keys: Mapping[str, UUID]) -> dict[str, Any]:
    """What Kring takes, out of its routes and forms, in the words of OpenAPI."""
    text = {"type": "string", "maxLength": 300}
    found: dict[str, Any] = {}
    for pattern, route in all_routes():
        names = [*(["hat"] if pattern.startswith("as/") else []), *route.pattern.converters]
        path = "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", pattern)
        known = {"hat": hat, **keys}
        parameters = [
            {"name": name, "in": "path", "required": True, "schema": {"enum": [str(known[name])]} if name in known else text}
            for name in names
        ]
        asked = [{"name": name, "in": "query", "schema": text} for name in ("page", "next", "q")]
        body = {"type": "object", "properties": dict.fromkeys(filter(str.isidentifier, fields_for(route)), text)}
        content = {FORM: {"schema": body}, "application/json": {"schema": body}}
        answer = {"responses": {"default": {"description": "an answer"}}}
        found[path] = {
            "get": {"parameters": [*parameters, *asked], **answer},
            "post": {"parameters": parameters, "requestBody": {"content": content}, **answer},
        }
    return {"openapi": "3.0.3", "info": {"title": "Kring", "version": "0"}, "paths": found}


def asked_by(case: schemathesis.Case[Any]) -> Asked:
    """The request of a case, as it would go over the line."""
    query = form([(name, str(value)) for name, value in (case.query or {}).items()]).decode()
    body = b"" if isinstance(case.body, NotSet) else _encoded(case.body, case.media_type or "")
    headers = {str(name): str(value) for name, value in (case.headers or {}).items()}
    return Asked(case.method, f"{case.formatted_path}?{query}", body, case.media_type or "", headers)


def _encoded(body: Any, kind: str) -> bytes:
    if isinstance(body, dict) and kind == FORM:
        return form([(str(name), str(value)) for name, value in body.items()])
    return (
        as_json([(str(name), str(value)) for name, value in body.items()])
        if isinstance(body, dict)
        else str(body).encode("utf-8", "replace")
    )


def test_what_is_described_and_what_is_not(world: World, keys: Mapping[str, UUID], asker: Asker, long: bool, held: Held) -> None:
    """Schemathesis makes requests that fit the description and requests that break it; whole: to every operation, each as somebody else."""
    people = list(asker.clients) if long else ["anna"]
    known = [_operations(hat_of(world, who), keys) for who in people]
    asked = range(0, len(known[0]), 1 if long else 40)
    for number in asked:
        turn = (number + number // len(people)) % len(people)
        for mode in schemathesis.GenerationMode:
            _try(asker, people[turn], known[turn][number], mode, FROM_SCHEMA[long] // 2)
    assert len(asked) > 10
    held("requests out of an OpenAPI description of all routes and forms, fitting and breaking it: 0 × 5xx, 0 slower than 2 s", str(asker))


def _operations(hat: UUID, keys: Mapping[str, UUID]) -> list[Any]:
    schema = schemathesis.openapi.from_dict(described(hat, keys))
    found: Any = schema.get_all_operations()
    return [each.ok() for each in found]


def _try(asker: Asker, who: str, operation: Any, mode: schemathesis.GenerationMode, count: int) -> None:
    @settings(max_examples=count, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def answers(case: schemathesis.Case[Any]) -> None:
        asker.ask(who, asked_by(case))

    answers()


# ---- what was stored -----------------------------------------------------------------------------------------


OURS = frozenset(
    "role kind instrument question item scale sha256 content_type state status username password record event hash code_hash".split()  # noqa: SIM905
)
"""Names of records, lists and hashes: written by Kring itself, never by a person. Another password would log everybody out."""


def texts() -> Iterator[tuple[type[models.Model], Any]]:
    """Every column in which a person's words may stand; a log takes no words and cannot be changed."""
    for model in apps.get_app_config("kring").get_models():
        for one in model._meta.local_fields:
            is_text = isinstance(one, models.CharField | models.TextField) and not one.choices
            if is_text and one.name not in OURS and model.__name__ != "Entry":
                yield model, one


def stored_everywhere(turn: int) -> int:
    """A payload in every text of every row, as far as it fits; with a number before it, for some may not be the same twice."""
    columns = list(texts())
    for place, (model, one) in enumerate(columns):
        payload = PAYLOADS[(place + turn) % len(PAYLOADS)]
        for number, row in enumerate(model._default_manager.values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    model._default_manager.filter(pk=row).update(**{one.name: f"{number}{payload}"[: one.max_length or 2_000]})
            except DatabaseError as refused:
                if not re.search(r"only grows once released|is (of )?the baseline|stays as it was said", str(refused)):
                    raise
    return len(columns)


def test_what_somebody_wrote_is_never_markup(world: World, keys: Mapping[str, UUID], asker: Asker, long: bool, held: Held) -> None:
    """In every text of the database, on every page of some; whole: every payload in every column, on the pages of each role in turn."""
    shown, people, apart = 0, list(asker.clients), 3 if long else 15
    for turn in range(len(PAYLOADS) if long else 1):
        with undone():
            columns = stored_everywhere(turn)
            for who in people[turn % apart :: apart]:
                shown += _looks_at_every_page(world, keys, asker, who)
    assert columns > 15
    assert shown > 100
    found = f"{len(PAYLOADS)} payloads in {columns} columns, {shown} pages shown, 0 with markup of a payload; {asker}"
    held("what somebody wrote into any text is never markup on a page of any role", found)


def _looks_at_every_page(world: World, keys: Mapping[str, UUID], asker: Asker, who: str) -> int:
    asked = (Asked("GET", address) for name, address in addresses(hat_of(world, who), keys) if name not in LEAVES)
    return sum(asker.ask(who, one).status_code == 200 for one in asked)


def test_markup_that_comes_through_is_found(asker: Asker) -> None:
    """Planted: pages that wrote it down as it came."""
    from django.http import HttpResponse

    from tests.reliability.malformed import planted

    assert [
        planted(HttpResponse(f'<p title="{payload}">{payload}</p><script>var a = "{payload}"</script>')) for payload in PAYLOADS[:4]
    ] == [True] * 4
    assert not planted(HttpResponse("<p>&lt;img src=x onerror=kring(1)&gt;</p>"))
