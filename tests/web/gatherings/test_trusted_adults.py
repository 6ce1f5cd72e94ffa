"""One adult for every pupil: asked, and never without that adult knowing."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.access import Role
from kring.web.models import Notice, Task, TrustedAdult
from tests.asking import look, may_look, text_of
from tests.cast import Cast, client_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(datetime(2025, 11, 10, 10, tzinfo=UTC)):
        yield


def sent(actor: Any, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def test_nobody_is_it_without_saying_yes(cast: Cast) -> None:
    dien = member(cast.beuk, Role.EMPLOYEE, "dien")
    assert "nog niemand" in text_of(cast.anna, "trusted_adults", cast.group_6a.pk)
    assert sent(cast.noor, "my_trusted_adult", adult=dien.pk).status_code == 302
    row = TrustedAdult.objects.get()
    assert (row.agreed_at, row.is_pupils_choice) == (None, True)
    assert "Dien van de Test is gevraagd" in text_of(cast.anna, "trusted_adults", cast.group_6a.pk)
    assert Task.objects.get(kind="trusted_adult.asked").owner == dien
    assert Notice.objects.filter(receiver=dien, event="trusted_adult.asked").count() == 1
    assert reverse("trusted_adult_answer", args=[dien.pk, row.pk]) in text_of(dien, "tasks")
    assert f'<a href="{reverse("trusted_adult_answer", args=[dien.pk, row.pk])}">Bekijken</a>' in text_of(dien, "home")
    found = {name: look(actor, "trusted_adult_answer", row.pk).status_code for name, actor in cast.actors().items()}
    assert {name for name, code in found.items() if code == 403} == {"anna", "bram"}
    assert set(found.values()) == {403, 404}
    assert "Noor Test vertrouwt u" in text_of(dien, "trusted_adult_answer", row.pk)
    assert sent(cast.noor, "my_trusted_adult", adult=cast.bram.pk).status_code == 409
    assert sent(dien, "trusted_adult_answer", row.pk, says="yes").status_code == 302
    assert "zei ja" in text_of(cast.noor, "my_trusted_adult")
    assert "zei ja" in text_of(cast.anna, "trusted_adult_new", cast.pupil_noor.pk)
    assert may_look(cast, "trusted_adult_new", cast.pupil_noor.pk) == {"anna", "bram"}
    assert may_look(cast, "my_trusted_adult") == {"noor", "sem"}
    assert may_look(cast, "trusted_adults", cast.group_6a.pk) == {"anna", "bram"}


def test_who_says_no_is_it_not_and_somebody_else_is_asked(cast: Cast) -> None:
    assert sent(cast.anna, "trusted_adult_new", cast.pupil_noor.pk, adult=cast.bram.pk).status_code == 302
    row = TrustedAdult.objects.get()
    assert sent(cast.bram, "trusted_adult_answer", row.pk, says="no").status_code == 302
    assert "nog niemand gekozen" in text_of(cast.noor, "my_trusted_adult")
    assert sent(cast.anna, "trusted_adult_new", cast.pupil_noor.pk, adult=cast.rik.pk).status_code == 302
    asked = TrustedAdult.objects.get(membership=cast.rik)
    assert sent(cast.noor, "trusted_adult_end", asked.pk).status_code == 302
    assert Task.objects.get(owner=cast.rik).dropped_at is not None


def test_a_stranger_is_not_asked_and_a_teacher_of_another_class_does_not_end_it(cast: Cast) -> None:
    for stranger in (cast.olga, cast.els, cast.frans):
        assert sent(cast.noor, "my_trusted_adult", adult=stranger.pk).status_code == 200
    sent(cast.noor, "my_trusted_adult", adult=cast.carla.pk)
    row = TrustedAdult.objects.get()
    assert look(cast.carla, "trusted_adult_answer", row.pk).status_code == 200
    assert sent(cast.carla, "trusted_adult_end", row.pk).status_code == 403
    assert sent(cast.anna, "trusted_adult_answer", row.pk, says="yes").status_code == 403
