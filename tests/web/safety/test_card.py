"""The safety card: who reads and writes it, and that nobody's words are lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.core.versions import ChangedMeanwhile
from kring.web.access import NotPermitted
from kring.web.models import Entry, Pupil, SafetyCard
from kring.web.safety.actions import write_card
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member, pupil

pytestmark = pytest.mark.django_db
TEXT = "Bij een aanval: zet haar rustig op de grond en houd niets vast."


def written(cast: Cast, of: Pupil, text: str = TEXT, read: int = 0) -> SafetyCard:
    return write_card(cast.bram, of, text, read=read, at=timezone.now())


def test_who_helps_reads_it_and_nobody_else(cast: Cast) -> None:
    written(cast, cast.pupil_noor)
    assert may_look(cast, "safety_card", cast.pupil_noor.pk) == {"anna", "bram", "rik", "els"}
    page = text_of(cast.anna, "safety_card", cast.pupil_noor.pk)
    assert TEXT in page
    assert "intern begeleider" in page
    assert reverse("safety_card_edit", args=[cast.anna.pk, cast.pupil_noor.pk]) not in page


def test_reading_it_is_written_down(cast: Cast) -> None:
    card = written(cast, cast.pupil_noor)
    look(cast.anna, "safety_card", cast.pupil_noor.pk)
    assert Entry.objects.get(name="page.read", record="safetycard").record_id == card.pk
    assert Entry.objects.get(name="page.read", record="safetycard").pupil_id == cast.pupil_noor.pk


def test_who_may_see_the_pupil_only_is_refused(cast: Cast) -> None:
    specialist = member(cast.beuk, Role.BEHAVIOUR_SPECIALIST, "guus")
    written(cast, cast.pupil_noor)
    answer = look(specialist, "safety_card", cast.pupil_noor.pk)
    assert (answer.status_code, TEXT in answer.content.decode()) == (403, False)


def test_reading_gives_no_right_to_write(cast: Cast) -> None:
    assert look(cast.els, "safety_card_edit", cast.pupil_noor.pk).status_code == 200
    assert look(cast.bram, "safety_card_edit", cast.pupil_noor.pk).status_code == 200
    for actor in (cast.anna, cast.rik, cast.pim, cast.noor, cast.frans):
        assert look(actor, "safety_card_edit", cast.pupil_noor.pk).status_code == 404
    with pytest.raises(NotPermitted):
        write_card(cast.anna, cast.pupil_noor, "x", read=0, at=timezone.now())
    with pytest.raises(NotPermitted):
        write_card(cast.els, cast.pupil_sem, "x", read=0, at=timezone.now())


def test_a_guardian_writes_it(cast: Cast) -> None:
    address = reverse("safety_card_edit", args=[cast.els.pk, cast.pupil_noor.pk])
    answer = client_of(cast.els).post(address, {"text": TEXT, "read": 0})
    assert answer.headers["Location"] == reverse("safety_card", args=[cast.els.pk, cast.pupil_noor.pk])
    card = SafetyCard.objects.get()
    assert (card.text, card.version, card.updated_by) == (TEXT, 1, cast.els)
    assert Entry.objects.get(name="safety_card.written").pupil_id == cast.pupil_noor.pk
    assert "Geschreven op" in text_of(cast.els, "safety_card", cast.pupil_noor.pk)
    assert TEXT in text_of(cast.bram, "safety_cards")


def test_the_second_writer_gets_both_texts_and_loses_nothing(cast: Cast) -> None:
    written(cast, cast.pupil_noor)
    address = reverse("safety_card_edit", args=[cast.els.pk, cast.pupil_noor.pk])
    client = client_of(cast.els)
    answer = client.post(address, {"text": "Bel meteen mij.", "read": 0})
    page = answer.content.decode()
    assert (answer.status_code, TEXT in page, "Bel meteen mij." in page) == (409, True, True)
    assert SafetyCard.objects.get().text == TEXT
    assert 'name="read" value="1"' in page
    client.post(address, {"text": f"{TEXT} Bel meteen mij.", "read": 1})
    assert (SafetyCard.objects.get().text, SafetyCard.objects.get().version) == (f"{TEXT} Bel meteen mij.", 2)


def test_an_empty_text_takes_the_card_away_and_its_version_counts_on(cast: Cast) -> None:
    written(cast, cast.pupil_noor)
    written(cast, cast.pupil_noor, "", read=1)
    assert "Nog geen kaart" in text_of(cast.anna, "safety_card", cast.pupil_noor.pk)
    assert "Nog geen veiligheidskaarten" in text_of(cast.anna, "safety_cards")
    with pytest.raises(ChangedMeanwhile):
        written(cast, cast.pupil_noor, TEXT, read=0)
    assert 'name="read" value="2"' in text_of(cast.bram, "safety_card_edit", cast.pupil_noor.pk)


@pytest.mark.parametrize(
    "given", [{}, {"text": "x"}, {"text": "x" * 1001, "read": 0}, {"text": "x", "read": "een"}, {"text": "x", "read": -1}]
)
def test_a_form_that_is_not_good_changes_nothing(cast: Cast, given: dict[str, object]) -> None:
    answer = client_of(cast.bram).post(reverse("safety_card_edit", args=[cast.bram.pk, cast.pupil_noor.pk]), given)
    assert (answer.status_code, SafetyCard.objects.exists()) == (200, False)


def test_the_list_shows_ones_own_pupils(cast: Cast) -> None:
    written(cast, cast.pupil_noor, "Kaart van Noor")
    written(cast, cast.pupil_lot, "Kaart van Lot")
    assert ("Kaart van Noor" in text_of(cast.anna, "safety_cards"), "Kaart van Lot" in text_of(cast.anna, "safety_cards")) == (True, False)
    assert may_look(cast, "safety_cards") >= {"anna", "bram", "rik"}


def test_as_many_questions_for_three_cards_as_for_one(cast: Cast) -> None:
    written(cast, cast.pupil_noor)
    one = queries_for(cast.bram, "safety_cards")
    for name in ("Ties", "Vera"):
        written(cast, pupil(cast.group_6a, name, 6))
    assert queries_for(cast.bram, "safety_cards") == one
