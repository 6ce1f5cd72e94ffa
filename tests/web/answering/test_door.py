"""The door of answers: what was sealed on a device, the lean way in beside the ordinary one, and one transaction for whoever waits."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kring.core.answering import Given
from kring.web.answering import door, often, rows
from kring.web.answering.door import SAVE, SEALED, answer
from kring.web.answering.lean import lean
from kring.web.answering.pages import asked
from kring.web.answering.saving import intake
from kring.web.answering.saving.intake import Delivery, Outcome
from kring.web.answering.sealing import NotSealed, opened, public_key, seal
from kring.web.answering.tickets import Ticket, read
from kring.web.logs import HEADER
from kring.web.models import Answer, Invitation, Round, Submission
from kring.web.writer import NotWritten
from tests.cast import Cast
from tests.measurements import PUPIL_LIST
from tests.web.answering.test_save import NOW, invited, send, ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_noor(cast: Cast) -> Invitation:
    return invited(cast, PUPIL_LIST)


# ---- sealed


def sealed(route: str, text: str, *answers: list[Any]) -> str:
    return seal(json.dumps({"route": route, "ticket": text, "answers": answers}).encode(), public_key())


def test_an_outbox_is_delivered_once_however_often_it_is_sent(of_noor: Invitation) -> None:
    text = ticket(of_noor)
    items = [sealed("save", text, [1, "w1", 3]), sealed("save", text, [2, "w1", 4]), sealed("hand-in", text, [3, "w2", 1])]
    for order in (items, items[::-1], items):
        assert send(SEALED, {"items": order}) == (200, {"items": ["kept"] * 3})
    assert Submission.objects.get().answers == {"w1": 4, "w2": 1}
    Round.objects.update(closed_at=NOW)
    late = [sealed("save", text, [9, "w3", 1]), sealed("save", text, [9, "w3", 77]), sealed("other", text), "AAAA", 5]
    assert send(SEALED, {"items": late}) == (200, {"items": ["set_aside", *["not_understood"] * 4]})
    assert send(SEALED, {"items": [sealed("save", "AAAA", [1, "w1", 3])]}) == (200, {"items": ["refused"]})
    assert send(SEALED, {"items": ["A"] * 201})[0] == 400


def test_what_was_sealed_nobody_else_opens_and_nobody_changes() -> None:
    one = seal(b"{}", public_key())
    assert opened(one) == b"{}"
    assert seal(b"{}", public_key()) != one
    for broken in ("", "é", one[:-2], one[:90] + ("A" if one[90] != "A" else "B") + one[91:], "A" * 200):
        with pytest.raises(NotSealed):
            opened(broken)


def test_what_the_server_breaks_on_takes_nothing_of_the_outbox_along(of_noor: Invitation, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ticket(of_noor)
    items = [sealed("save", text, [1, "w1", 3]), sealed("save", text, [2, "w2", 4]), sealed("save", text, [3, "w3", 1])]
    save = intake.save

    def breaks(of: Ticket, given: Sequence[Given], *, at: datetime) -> Outcome:
        if given[0].item == "w2":
            raise KeyError
        return save(of, given, at=at)

    monkeypatch.setattr(door, "save", breaks)
    assert send(SEALED, {"items": items}) == (200, {"items": ["kept", "broken", "kept"]})
    monkeypatch.setattr(door, "save", save)
    assert send(SEALED, {"items": items[1:2]}) == (200, {"items": ["kept"]})
    assert set(Answer.objects.values_list("item", flat=True)) == {"w1", "w2", "w3"}


def test_who_sends_senselessly_much_waits_and_a_class_behind_one_address_does_not(of_noor: Invitation) -> None:
    text = ticket(of_noor)
    assert not any(often.tickets.too_often(hash(text), at=NOW) for _ in range(often.OF_A_TICKET))
    told = answer(SAVE, json.dumps({"ticket": text, "answers": []}).encode(), at=NOW)
    assert (told.status, told.headers) == (429, {"Retry-After": str(60 - NOW.second)})
    assert answer(SAVE, json.dumps({"ticket": text, "answers": []}).encode(), at=NOW + timedelta(minutes=1)).status == 200
    class_of_30 = [often.addresses.too_often("school", n=40, at=NOW) for _child in range(30)]
    assert not any(class_of_30)
    assert often.addresses.too_often("school", n=often.OF_AN_ADDRESS, at=NOW)
    other = json.dumps({"items": []}).encode()
    assert (answer(SEALED, other, at=NOW, address="school").status, answer(SEALED, other, at=NOW, address="home").status) == (429, 200)


# ---- the lean way in


def asked_lean(body: bytes, **more: str) -> tuple[str, dict[str, str], bytes]:
    environ: dict[str, Any] = {"REQUEST_METHOD": "POST", "PATH_INFO": "/answers/", "HTTP_HOST": "testserver", "wsgi.input": BytesIO(body)}
    told: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        told.extend((status, dict(headers)))

    def ordinary(_environ: Any, begin: Any) -> Iterable[bytes]:
        begin("200 ordinary", [])
        return [b""]

    said = b"".join(lean(ordinary)({**environ, "CONTENT_LENGTH": str(len(body)), **more}, start))  # type: ignore[arg-type]
    return told[0], told[1], said


def test_the_lean_way_says_the_same_with_the_same_headers(of_noor: Invitation) -> None:
    now = datetime.now(UTC)
    one = Invitation.objects.select_related("round").get(pk=of_noor.pk)
    text = asked(one, at=now, until=now + timedelta(hours=1)).ticket
    for answers in ([[1, "w1", 3]], [[1, "w1", 77]]):
        body = json.dumps({"ticket": text, "answers": answers}).encode()
        usual = Client().post("/answers/", body, content_type="application/json")
        status, headers, said = asked_lean(body)
        assert (int(status[:3]), json.loads(said)) == (usual.status_code, usual.json())
        same = {name: value for name, value in usual.items() if name not in {"Vary", "Content-Language", HEADER}}
        assert {name: value for name, value in headers.items() if name != HEADER} == same
    assert Answer.objects.get().value == 3


@pytest.mark.parametrize("other", [{"REQUEST_METHOD": "GET"}, {"PATH_INFO": "/answer/"}, {"HTTP_HOST": "elsewhere.example"}])
def test_what_is_unusual_goes_the_ordinary_way(db: None, other: dict[str, str]) -> None:
    assert asked_lean(b"{}", **other)[0] == "200 ordinary"


def test_the_lean_way_refuses_what_is_too_large_before_reading_and_what_comes_from_elsewhere(db: None) -> None:
    assert asked_lean(b"{}", CONTENT_LENGTH="10000000")[0].startswith("413")
    assert asked_lean(b"{}", CONTENT_LENGTH="x")[0].startswith("413")
    assert asked_lean(b"{}", HTTP_SEC_FETCH_SITE="cross-site")[0].startswith("403")


# ---- one transaction for whoever waits


@pytest.mark.parametrize(("breaks", "heard"), [(IntegrityError, NotWritten), (KeyError, KeyError)])
def test_what_breaks_takes_nothing_of_the_others_along(
    of_noor: Invitation, cast: Cast, monkeypatch: pytest.MonkeyPatch, breaks: type[Exception], heard: type[Exception]
) -> None:
    of_sem = Invitation.objects.create(school=cast.beuk, round=of_noor.round, group=cast.group_6a, pupil=cast.pupil_sem)
    keep = rows.keep

    def poisoned(given: Iterable[rows.AnswerRow]) -> None:
        listed = list(given)
        if any(row.given.value == 4 for row in listed):
            raise breaks
        keep(listed)

    monkeypatch.setattr(rows, "keep", poisoned)
    orders = [
        Delivery(read(ticket(one)), [Given(one.pk.hex, item, value, 1)], at=NOW)
        for one, item, value in ((of_noor, "w1", 1), (of_sem, "w1", 4), (of_noor, "w2", 2))
    ]
    intake._commit(list(orders))
    assert [order.is_kept for order in orders] == [True, False, True]
    with pytest.raises(heard):
        orders[1].outcome()
    assert dict(Answer.objects.values_list("item", "value")) == {"w1": 1, "w2": 2}


def test_many_that_wait_ask_the_database_as_much_as_one(of_noor: Invitation, cast: Cast) -> None:
    texts = [ticket(of_noor)] * 20
    counts = []
    for number, part in enumerate((texts[:1], texts[:1], texts)):
        orders = [Delivery(read(one), [Given(of_noor.pk.hex, "w1", 1, number * 100 + place)], at=NOW) for place, one in enumerate(part)]
        with CaptureQueriesContext(connection) as asked_of_it:
            intake._commit(list(orders))
        counts.append(len(asked_of_it))
    assert counts[1] == counts[2]
