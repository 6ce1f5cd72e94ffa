"""The list of groups."""

import pytest

from kring.web.models import Assignment
from tests.asking import may_look, queries_for, text_of
from tests.cast import START, Cast, group
from tests.measurements import result_round

pytestmark = pytest.mark.django_db


def test_a_teacher_sees_her_own_group_and_how_far_it_is(cast: Cast) -> None:
    result_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaarslijst", silent=1)
    page = text_of(cast.anna, "groups")
    assert "6A" in page
    assert "6B" not in page
    assert "2 leerlingen" in page
    assert "Najaarslijst" in page
    assert "1 van 2" in page


def test_staff_may_look_and_nobody_else(cast: Cast) -> None:
    assert may_look(cast, "groups") == {"anna", "carla", "bram", "rik", "frans", "gijs"}


def test_the_coordinator_and_the_leader_see_the_groups_of_their_school(cast: Cast) -> None:
    for actor in (cast.bram, cast.rik):
        page = text_of(actor, "groups")
        assert "6A" in page
        assert "6B" in page
        assert "1A" not in page


def test_without_groups_it_says_what_to_do(cast: Cast) -> None:
    Assignment.objects.filter(membership=cast.anna).delete()
    assert "Nog geen groepen" in text_of(cast.anna, "groups")


def test_as_many_questions_for_five_groups_as_for_two(cast: Cast) -> None:
    result_round(cast.group_6a, [cast.pupil_noor])
    before = queries_for(cast.bram, "groups")
    for name in ("7A", "7B", "8"):
        made = group(cast.beuk, name, [7])
        Assignment.objects.create(school=cast.beuk, membership=cast.anna, group=made, from_at=START)
    result_round(cast.group_6b, [cast.pupil_lot])
    assert queries_for(cast.bram, "groups") == before
