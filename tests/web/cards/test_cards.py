"""Cards to read, by what was seen; and a talk with the pupil about telling the parents, which tells nobody by itself."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from kring.core.access import Role
from kring.web.models import Entry, Notice, OutgoingMail, ParentTelling, Task
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member

pytestmark = pytest.mark.django_db
WORD = "zwaarwoordqz"


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(datetime(2025, 11, 10, 10, tzinfo=UTC)):
        yield


def sent(actor: Any, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def noted(cast: Cast, said: str = "together", actor: Any = None) -> ParentTelling:
    told = {"talked_on": "2025-11-10", "said": said, "note": f"Samen met moeder praten, {WORD}"}
    assert sent(actor or cast.anna, "telling_new", cast.pupil_noor.pk, **told).status_code == 302
    return ParentTelling.objects.latest("made_at")


def test_everybody_of_the_school_reads_the_cards(cast: Cast) -> None:
    assert may_look(cast, "cards") == {"anna", "carla", "bram", "rik", "olga", "frans", "gijs"}
    assert may_look(cast, "card", "zelfbeschadiging") == {"anna", "carla", "bram", "rik", "olga", "frans", "gijs"}
    assert look(cast.anna, "card", "bestaat-niet").status_code == 404
    page = text_of(cast.anna, "card", "zelfbeschadiging")
    assert "nog niet nagekeken door een deskundige" in page
    assert "0800-0113" in page
    assert "Iets moeilijks besproken" in page
    assert "Iets moeilijks besproken" not in text_of(cast.anna, "card", "faalangst")


def test_a_card_is_found_by_what_was_seen(cast: Cast) -> None:
    by_sign = text_of(cast.anna, "cards", sign="says-nothing")
    assert "Thuis praten en op school zwijgen" in by_sign
    assert "Ruzie en pijn online" not in by_sign
    assert "Ruzie en pijn online" in text_of(cast.anna, "cards", sign="x")


def test_what_a_pupil_said_is_read_by_who_wrote_it_and_the_coordinator_alone(cast: Cast) -> None:
    gabi = member(cast.beuk, Role.BEHAVIOUR_SPECIALIST, "gabi")
    assert may_look(cast, "telling_new", cast.pupil_noor.pk) == {"anna", "bram"}
    row = noted(cast)
    assert {name for name, actor in cast.actors().items() if look(actor, "telling", row.pk).status_code == 200} == {"anna", "bram"}
    assert look(gabi, "telling", row.pk).status_code == 404
    by_coordinator = noted(cast, actor=cast.bram)
    assert look(cast.anna, "telling", by_coordinator.pk).status_code == 404  # teaching the pupil is not enough
    assert Entry.objects.filter(name="parent_telling.noted").count() == 2


def test_parents_are_never_told_by_itself(cast: Cast) -> None:
    before = (Notice.objects.count(), OutgoingMail.objects.count(), Task.objects.count(), len(mail.outbox))
    row = noted(cast)
    assert sent(cast.anna, "telling", row.pk, told_on="2025-11-10").status_code == 302
    assert (Notice.objects.count(), OutgoingMail.objects.count(), Task.objects.count(), len(mail.outbox)) == before
    for family in (cast.els, cast.pim, cast.noor):
        assert look(family, "telling", row.pk).status_code == 404
        assert WORD not in text_of(family, "home")


def test_against_a_no_one_writes_why(cast: Cast) -> None:
    row = noted(cast, "no")
    refused = sent(cast.anna, "telling", row.pk, told_on="2025-11-10", because="haast")
    assert refused.status_code == 409
    assert "De leerling zei geen ja" in refused.content.decode()
    assert sent(cast.anna, "telling", row.pk, told_on="2025-11-09", because="").status_code == 409
    assert sent(cast.anna, "telling", row.pk, told_on="").status_code == 200
    why = "Het was niet veilig om te wachten"
    assert sent(cast.anna, "telling", row.pk, told_on="2025-11-10", because=why).status_code == 302
    assert why in text_of(cast.bram, "telling", row.pk)
    assert sent(cast.anna, "telling", row.pk, told_on="2025-11-10", because=why).status_code == 409
    assert sent(cast.anna, "telling_new", cast.pupil_noor.pk, talked_on="2025-11-11", said="yes").status_code == 409
    assert sent(cast.anna, "telling_new", cast.pupil_noor.pk, talked_on="", said="yes").status_code == 200
    assert sent(cast.carla, "telling_new", cast.pupil_noor.pk, talked_on="2025-11-10", said="yes").status_code == 404


def test_more_notes_cost_no_more(cast: Cast) -> None:
    noted(cast)
    once = queries_for(cast.anna, "pupil_help", [cast.pupil_noor.pk])
    noted(cast)
    noted(cast)
    assert queries_for(cast.anna, "pupil_help", [cast.pupil_noor.pk]) == once
