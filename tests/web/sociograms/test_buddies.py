"""Two pupils become buddies only when both were asked and said yes; who said what is for who teaches them and the coordinator."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from kring.core.buddies import AskedAfterNo, NeitherWasAsked, PairOfOneself
from kring.core.sociometry import PupilNotOnList
from kring.web.models import Buddies, Sociogram
from kring.web.sociograms.buddies.actions import Said, write_down
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.measurements import classmates, sociogram_round

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 12, 1, 9, tzinfo=UTC)
LATER = datetime(2025, 12, 3, 9, tzinfo=UTC)


@pytest.fixture
def sociogram(cast: Cast) -> Sociogram:
    return sociogram_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)])


def test_it_goes_on_when_both_said_yes_and_either_may_stop(cast: Cast, sociogram: Sociogram) -> None:
    pair = (cast.pupil_noor.pk, cast.pupil_sem.pk)
    write_down(cast.anna, sociogram, Said(pair, (True, None)), at=NOW)
    assert "vraag ook de ander" in text_of(cast.anna, "sociogram_buddies", sociogram.pk)
    row = write_down(cast.anna, sociogram, Said(pair[::-1], (True, True)), at=LATER)  # the other way round: the same pair
    assert {row.pupil_asked_at, row.other_asked_at} == {NOW, LATER}
    page = text_of(cast.bram, "sociogram_buddies", sociogram.pk)
    assert "beiden willen het" in page
    assert str(cast.anna.person) in page
    write_down(cast.anna, sociogram, Said(pair, (True, False)), at=LATER)
    assert "nee, en dat is goed" in text_of(cast.anna, "sociogram_buddies", sociogram.pk)
    assert Buddies.objects.count() == 1


def test_nothing_is_written_down_without_asking(cast: Cast, sociogram: Sociogram) -> None:
    noor, sem, lot = cast.pupil_noor.pk, cast.pupil_sem.pk, cast.pupil_lot.pk
    for said, rule in (
        (Said((noor, noor), (True, True)), PairOfOneself),
        (Said((noor, sem), (None, None)), NeitherWasAsked),
        (Said((noor, sem), (False, False)), AskedAfterNo),
        (Said((noor, lot), (True, True)), PupilNotOnList),
    ):
        with pytest.raises(rule):
            write_down(cast.anna, sociogram, said, at=NOW)
    assert not Buddies.objects.exists()


def test_the_form_says_what_may_not_be(cast: Cast, sociogram: Sociogram) -> None:
    address = reverse("sociogram_buddies", args=[cast.anna.pk, sociogram.pk])
    sent = {"first": str(cast.pupil_noor.pk), "second": str(cast.pupil_sem.pk)}
    refused = client_of(cast.anna).post(address, sent)
    assert refused.status_code == 409
    assert "Vraag het eerst aan een van de twee" in refused.content.decode()
    assert client_of(cast.anna).post(address, {**sent, "first_says": "yes"}).status_code == 302
    assert Buddies.objects.get().asked_by == cast.anna
    assert client_of(cast.anna).post(address, {}).status_code == 200


def test_who_teaches_and_the_coordinator_look_and_nobody_else(cast: Cast, sociogram: Sociogram) -> None:
    assert may_look(cast, "sociogram_buddies", sociogram.pk) == {"anna", "bram"}
    assert reverse("sociogram_buddies", args=[cast.anna.pk, sociogram.pk]) in text_of(cast.anna, "sociogram_facts", sociogram.pk)


def test_three_pairs_ask_the_database_as_much_as_one(cast: Cast, sociogram: Sociogram) -> None:
    first, second, *rest = (one.pupil_id for one in sociogram.listed.order_by("pupil_id"))
    write_down(cast.anna, sociogram, Said((first, second), (True, None)), at=NOW)
    before = queries_for(cast.anna, "sociogram_buddies", [sociogram.pk])
    for other in rest[:2]:
        write_down(cast.anna, sociogram, Said((first, other), (True, None)), at=NOW)
    assert queries_for(cast.anna, "sociogram_buddies", [sociogram.pk]) == before
