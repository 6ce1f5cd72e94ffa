"""The page of a pupil: first what goes well, then the scores in words; never who chose whom."""

from datetime import date

import pytest

from kring.web.models import Entry, Invitation, Pupil
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast
from tests.measurements import TEACHER_LIST, classmates, close, result_round, round_of, sociogram_round

pytestmark = pytest.mark.django_db


def measured(cast: Cast) -> list[Pupil]:
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    result_round(cast.group_6a, pupils, "Najaarslijst")
    sociogram_round(cast.group_6a, pupils, "Wie kiest wie")
    return pupils


def test_it_opens_with_what_goes_well(cast: Cast) -> None:
    measured(cast)
    result_round(cast.group_6b, classmates(cast.group_6b, 28), "Lijst van 6B")  # from 30 lists on it is known how precise they are
    page = text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    assert page.index("Dit gaat goed") < page.index("De scores in getallen")
    assert "Gekozen door" in page


def test_with_few_lists_it_claims_nothing_for_certain(cast: Cast) -> None:
    measured(cast)
    page = text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    assert "Dit gaat goed" not in page
    assert "de meetfout is niet bekend" in page


def test_it_names_no_other_child(cast: Cast) -> None:
    others = measured(cast)[1:]
    page = text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    assert [str(other) for other in others if str(other) in page] == []


def test_the_team_may_look_and_nobody_else(cast: Cast) -> None:
    measured(cast)
    assert may_look(cast, "pupil", cast.pupil_noor.pk) == {"anna", "bram"}


def test_a_pupil_without_results_says_what_will_come(cast: Cast) -> None:
    assert "Nog geen uitkomsten" in text_of(cast.anna, "pupil", cast.pupil_noor.pk)


def test_as_many_questions_for_three_rounds_as_for_one(cast: Cast) -> None:
    pupils = measured(cast)
    one = queries_for(cast.anna, "pupil", [cast.pupil_noor.pk])
    result_round(cast.group_6a, pupils, "Tweede lijst")
    result_round(cast.group_6a, pupils, "Leerkrachtlijst", key=TEACHER_LIST)
    sociogram_round(cast.group_6a, pupils, "Tweede sociogram")
    assert queries_for(cast.anna, "pupil", [cast.pupil_noor.pk]) == one


def test_the_teacher_of_now_sees_the_lists_of_before(cast: Cast) -> None:
    result_round(cast.group_6b, [cast.pupil_noor], "Lijst uit 6B")
    page = text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    assert "Welbevinden op school" in page
    assert look(cast.carla, "pupil", cast.pupil_noor.pk).status_code == 404


def test_looking_is_written_down(cast: Cast) -> None:
    look(cast.anna, "pupil", cast.pupil_noor.pk)
    assert Entry.objects.get(record="pupil").record_id == cast.pupil_noor.pk


def test_a_list_without_names_stands_with_no_pupil_and_no_group(cast: Cast) -> None:
    measured(cast)
    made = close(round_of(cast.group_6a, "kring-veiligheid", "Veiligheid"))
    Invitation.objects.create(school=cast.beuk, round=made, group=cast.group_6a, pupil=cast.pupil_noor, answered=True)
    assert "Ervaren veiligheid" not in text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    group = look(cast.anna, "group", cast.group_6a.pk).content.decode()
    assert "Ervaren veiligheid" not in group
    assert f"rounds/{made.pk}/" in group
    assert f"rounds/{made.pk}/groups/" not in group


def test_older_rounds_are_folded_until_somebody_asks(cast: Cast) -> None:
    pupils = measured(cast)
    result_round(cast.group_6a, pupils, "Lijst van lang geleden", opens_on=date(2025, 3, 3))
    sociogram_round(cast.group_6a, pupils, "Eerder sociogram")
    page = text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    assert "Scores, maart 2025" in page
    assert 'id="scores-2"' not in page
    assert 'id="sociogram-2"' not in page
    older = text_of(cast.anna, "pupil", cast.pupil_noor.pk, older="yes")
    assert 'id="scores-2"' in older
    assert 'id="sociogram-2"' in older
