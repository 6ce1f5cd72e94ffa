"""A school writes a list of its own: begins, changes, releases, corrects."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from kring.core.sketches import lacks
from kring.web.instruments.queries import instrument_in, instruments_of, sketch_in
from kring.web.models import Membership, OwnInstrument
from tests.asking import look, queries_for, text_of
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def post(actor: Membership, route: str, *keys: object, **fields: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), fields)


def begun(cast: Cast, basis: str = "kring-leerling-1", title: str = "Onze lijst") -> OwnInstrument:
    answer = post(cast.bram, "instrument_new", title=title, basis=basis)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return OwnInstrument.objects.get(title=title)


def test_smoke(cast: Cast) -> None:
    text_of(cast.bram, "instruments")
    text_of(cast.bram, "library_instrument", "kring-leerling-1")
    text_of(cast.bram, "library_instrument_try", "kring-leerling-1", item="3")
    row = begun(cast)
    text_of(cast.bram, "own_instrument", row.pk)
    text_of(cast.bram, "own_instrument_edit", row.pk)
    for page in ("own_instrument_head", "own_instrument_origin", "own_instrument_answers", "own_scale_new", "own_instrument_licence", "own_instrument_release"):
        text_of(cast.bram, page, row.pk)
    text_of(cast.bram, "own_item", row.pk, "w1")
    text_of(cast.bram, "own_scale", row.pk, "wellbeing")
    print(lacks(sketch_in(row)))
