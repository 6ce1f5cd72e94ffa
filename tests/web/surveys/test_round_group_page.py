"""What came out of one round in one group."""

import pytest

from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast
from tests.measurements import classmates, close, list_round, result_round, sociogram_round

pytestmark = pytest.mark.django_db


def test_it_shows_scale_by_scale_and_the_pupils_by_name(cast: Cast) -> None:
    made = result_round(cast.group_6a, [cast.pupil_sem, cast.pupil_noor, *classmates(cast.group_6a, 6)], "Najaarslijst")
    page = text_of(cast.anna, "round_group", made.pk, cast.group_6a.pk)
    assert "Najaarslijst" in page
    assert page.index("Welbevinden op school") < page.index("Steun van de leerkracht")
    assert page.index("Noor Test") < page.index("Sem Test")


def test_the_team_may_look_and_nobody_else(cast: Cast) -> None:
    made = result_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    assert may_look(cast, "round_group", made.pk, cast.group_6a.pk) == {"anna", "bram"}


def test_a_round_that_asked_nothing_of_the_group_has_no_such_page(cast: Cast) -> None:
    made = result_round(cast.group_6a, [cast.pupil_noor])
    assert look(cast.bram, "round_group", made.pk, cast.group_6b.pk).status_code == 404
    sociogram = sociogram_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    assert look(cast.bram, "round_group", sociogram.round_id, cast.group_6a.pk).status_code == 404


def test_as_many_questions_for_six_pupils_as_for_one(cast: Cast) -> None:
    first = result_round(cast.group_6a, [cast.pupil_noor])
    one = queries_for(cast.anna, "round_group", [first.pk, cast.group_6a.pk])
    second = result_round(cast.group_6a, [cast.pupil_noor, *classmates(cast.group_6a, 5)], "Tweede lijst")
    assert queries_for(cast.anna, "round_group", [second.pk, cast.group_6a.pk]) == one


def test_while_it_is_open_nobody_sees_a_result_and_on_no_page(cast: Cast) -> None:
    made = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    of_group = (made.pk, cast.group_6a.pk)
    assert may_look(cast, "round_group", *of_group) == {"anna", "bram"}
    page = text_of(cast.bram, "round_group", *of_group)
    assert "De uitslag komt na het sluiten" in page
    assert "Noor" not in page
    assert "Nog geen uitkomsten" in text_of(cast.anna, "group", cast.group_6a.pk)
    assert "Nog geen uitkomsten" in text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    close(made)
    assert "Noor Test" in text_of(cast.anna, "round_group", *of_group)
