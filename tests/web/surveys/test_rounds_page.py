"""The list of rounds with how far they are."""

import pytest

from kring.web.models import Submission
from kring.web.surveys.actions import close_round
from kring.web.surveys.intake import Incoming, take_anonymous, take_submissions
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast
from tests.measurements import HANDED_IN, PUPIL_LIST, classmates, list_round, round_of, sociogram_round

pytestmark = pytest.mark.django_db


def test_it_shows_every_round_and_what_came_in(cast: Cast) -> None:
    list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaarslijst", silent=1)
    sociogram_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 3)], "Wie kiest wie", absent=1)
    page = text_of(cast.bram, "rounds")
    for shown in ("Najaarslijst", "1 van 2", "Wie kiest wie", "4 van 5", "ma 3 november tot en met vr 28 november"):
        assert shown in page


def test_a_teacher_counts_her_own_groups_alone(cast: Cast) -> None:
    made = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, cast.pupil_lot], "Najaarslijst")
    for actor in (cast.anna, cast.bram):
        assert "3 van 3" in text_of(actor, "rounds")
    assert "nog niets gevraagd" in text_of(cast.carla, "rounds")
    assert "Najaarslijst" in text_of(cast.rik, "round", made.pk)


def test_a_closed_round_without_my_groups_is_left_out(cast: Cast) -> None:
    made = list_round(cast.group_6a, [cast.pupil_noor], "Najaarslijst")
    assert "Najaarslijst" in text_of(cast.carla, "rounds")
    close_round(cast.bram, made, at=HANDED_IN)
    assert "Najaarslijst" not in text_of(cast.carla, "rounds")
    assert "Najaarslijst" in text_of(cast.anna, "rounds")


def test_staff_may_look_and_nobody_else(cast: Cast) -> None:
    list_round(cast.group_6a, [cast.pupil_noor])
    assert may_look(cast, "rounds") == {"anna", "carla", "bram", "rik", "frans", "gijs"}


def test_the_leader_counts_what_he_may_not_read(cast: Cast) -> None:
    list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaarslijst", silent=1)
    assert "1 van 2" in text_of(cast.rik, "rounds")
    assert "Noor" not in text_of(cast.rik, "rounds")
    assert Submission.objects.exists()


def test_without_rounds_it_says_where_to_begin(cast: Cast) -> None:
    assert "Nog geen afnames" in text_of(cast.bram, "rounds")


def test_as_many_questions_for_three_rounds_as_for_one(cast: Cast) -> None:
    list_round(cast.group_6a, [cast.pupil_noor])
    one = queries_for(cast.bram, "rounds")
    list_round(cast.group_6b, [cast.pupil_lot], "Tweede lijst")
    round_of(cast.group_6a, PUPIL_LIST, "Derde lijst")
    assert queries_for(cast.bram, "rounds") == one


def test_of_a_list_without_names_only_who_may_count_is_told_how_many_came_in(cast: Cast) -> None:
    made = round_of(cast.group_6a, "kring-veiligheid", "Zonder namen")
    take_submissions(made, [Incoming(one.pk, cast.group_6a.pk, {}, None) for one in (cast.pupil_noor, cast.pupil_sem)])
    take_anonymous(made, cast.group_6a, [{}])
    for route, keys in (("rounds", []), ("round", [made.pk]), ("groups", []), ("group", [cast.group_6a.pk]), ("home", [])):
        page = text_of(cast.anna, route, *keys)
        assert not any(f"{n} van 2{after}" in page for n in (0, 1) for after in "< ")
        assert "2 gevraagd, zonder namen" in page or ("2</span> gevraagd" in page and route == "round")
    assert "1 van 2" in text_of(cast.bram, "rounds")
