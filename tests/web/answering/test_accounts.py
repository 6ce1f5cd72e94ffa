"""A pupil with an account fills in the lists that a tablet of the class would give, and reads back what went in."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kring.web.models import Entry, Invitation, OpenAnswer, OpenAnswerReader, Round
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast
from tests.measurements import TEACHER_LIST, list_round

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 11, 10, 12, 0, tzinfo=timezone.get_default_timezone())
ANONYMOUS = "kring-veiligheid"


@pytest.fixture(autouse=True)
def _autumn() -> Any:
    with time_machine.travel(NOW):
        yield


def asked(cast: Cast, key: str = "kring-leerling", *, silent: int = 2, title: str = "Lijst") -> Invitation:
    """Of Noor and Sem; with `silent=0` it is handed in."""
    made = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], title, key=key, silent=silent)
    return Invitation.objects.get(round=made, pupil=cast.pupil_noor)


def test_noor_finds_her_list_and_fills_it_in(cast: Cast) -> None:
    one = asked(cast)
    assert reverse("pupil_answer", args=[cast.noor.pk, one.pk]) in text_of(cast.noor, "pupil_lists", cast.pupil_noor.pk)
    page = text_of(cast.noor, "pupil_answer", one.pk)
    assert '"ticket"' in page
    assert reverse("pupil_sent", args=[cast.noor.pk, one.pk]) in page
    assert may_look(cast, "pupil_answer", one.pk) == {"noor"}
    assert text_of(cast.els, "pupil_lists", cast.pupil_noor.pk).count("/answer/") == 0  # her mother does not fill it in


def test_the_list_of_the_teacher_is_not_hers_to_fill_in(cast: Cast) -> None:
    one = asked(cast, TEACHER_LIST)
    assert look(cast.noor, "pupil_answer", one.pk).status_code == 403
    assert "/answer/" not in text_of(cast.noor, "pupil_lists", cast.pupil_noor.pk)


def test_of_a_list_without_names_nothing_tells_when_it_was_opened_and_nothing_is_read_back(cast: Cast) -> None:
    made = Round.objects.create(
        school=cast.beuk, year=cast.year, instrument=ANONYMOUS, version=1, title="Veilig", opens_on=NOW, closes_on=NOW + timedelta(days=9)
    )
    one = Invitation.objects.create(school=cast.beuk, round=made, group=cast.group_6a, pupil=cast.pupil_noor)
    assert "Niemand" in text_of(cast.noor, "pupil_answer", one.pk)
    assert not Entry.objects.filter(record_id=one.pk).exists()
    Invitation.objects.filter(pk=one.pk).update(answered=True)
    answer = look(cast.noor, "pupil_answer", one.pk)
    assert (answer.status_code, "Je hebt deze lijst al ingeleverd" in answer.content.decode()) == (409, True)
    assert look(cast.noor, "pupil_sent", one.pk).status_code == 404
    page = text_of(cast.noor, "pupil_lists", cast.pupil_noor.pk)
    assert "Ingevuld" in page
    assert "/sent/" not in page


def test_noor_reads_back_what_she_sent_and_who_may_read_what_she_wrote(cast: Cast) -> None:
    one = asked(cast, silent=0)
    item = next(iter(one.round.offered.items))
    kept = OpenAnswer.objects.create(school=cast.beuk, invitation=one, item=item.key, text="Ik vind buiten spelen fijn.")
    assert "Je koos niemand" in text_of(cast.noor, "pupil_sent", one.pk)
    OpenAnswerReader.objects.create(school=cast.beuk, open_answer=kept, membership=cast.anna, from_at=NOW)
    page = text_of(cast.noor, "pupil_sent", one.pk)
    for part in ("Ik vind buiten spelen fijn.", "Anna van de Test", "Nog niemand van school"):
        assert part in page
    assert reverse("pupil_sent", args=[cast.noor.pk, one.pk]) in text_of(cast.noor, "pupil_lists", cast.pupil_noor.pk)
    assert may_look(cast, "pupil_sent", one.pk) == {"noor"}


def test_three_lists_ask_as_much_of_the_database_as_one(cast: Cast) -> None:
    asked(cast)
    for_one = queries_for(cast.noor, "pupil_lists", [cast.pupil_noor.pk])
    for number in range(2):
        asked(cast, title=f"Lijst {number}")
    assert queries_for(cast.noor, "pupil_lists", [cast.pupil_noor.pk]) == for_one


def test_the_first_page_says_that_a_list_waits(cast: Cast) -> None:
    one = asked(cast)
    page = text_of(cast.noor, "home")
    assert "Er staat een lijst voor je klaar" in page
    assert reverse("pupil_answer", args=[cast.noor.pk, one.pk]) in page
    assert "Er staat een lijst" not in text_of(cast.els, "home")
    Invitation.objects.filter(pk=one.pk).update(withdrawn_at=NOW)
    assert "Er staat een lijst" not in text_of(cast.noor, "home")
