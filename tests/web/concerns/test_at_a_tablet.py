"""The same worry at a tablet of the class, by a pupil without an account."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kring.web.models import MadeOnce, Membership, PeerConcern
from tests.asking import text_of
from tests.cast import Cast
from tests.cast import pupil as new_pupil
from tests.web.classroom.test_entrance import TUESDAY, opened, seated
from tests.web.concerns.test_worries import TEXT, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def tell(client: Client, listener: Membership, name: str) -> Any:
    told = {"listener": listener.pk, "about": "Sem", "text": TEXT, "name": name, "once": "a"}
    return client.post(reverse("seat_worry"), told)


def test_it_is_told_once_with_a_name_and_without(cast: Cast) -> None:
    ada = new_pupil(cast.group_6a, "Ada", 6)
    client = seated(cast, opened(cast), ada)
    assert 'name="once"' in client.get(reverse("seat_worry")).content.decode()
    assert [tell(client, cast.anna, "own").headers["Location"] for _press in range(2)] == [reverse("seat_worry")] * 2
    words = {words_of(tell(client, cast.anna, "nameless")) for _press in range(2)}
    assert (len(words), PeerConcern.objects.count(), MadeOnce.objects.count()) == (1, 2, 1)
    assert TEXT in client.post(reverse("seat_worry_words"), {"words": words.pop()}).content.decode()
    page = text_of(cast.anna, "worries")
    assert ("Ada" in page, "een leerling zonder naam" in page) == (True, True)


def test_who_sits_there_next_reads_nothing_of_it(cast: Cast) -> None:
    window = opened(cast)
    tell(seated(cast, window, cast.pupil_noor), cast.anna, "own")
    other = seated(cast, window, cast.pupil_sem)
    assert TEXT not in other.get(reverse("seat_worry")).content.decode()
    assert "er niets gevonden" in other.post(reverse("seat_worry_words"), {"words": "aap boom vis"}).content.decode()
