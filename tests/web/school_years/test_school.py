"""The school itself: who changes its name and type, and what stands in the way."""

import pytest
from django.urls import reverse

from kring.web.models import Board, School
from tests.asking import may_look, text_of
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
GIVEN = {"name": "De Beuk", "type": "po", "brin": "12AB", "region": "midden", "municipality": "Zilverhaven", "partnership": "SWV Ergens"}


def send(actor: object, **given: str) -> tuple[int, str]:
    answer = client_of(actor).post(reverse("school_edit", args=[actor.pk]), {**GIVEN, **given})  # type: ignore[arg-type, attr-defined]
    return answer.status_code, answer.content.decode()


def test_leader_and_administrator_write_it(cast: Cast) -> None:
    assert may_look(cast, "school_edit") == {"rik", "olga"}
    assert send(cast.olga)[0] == 302
    school = School.objects.get(pk=cast.beuk.pk)
    assert (school.brin, school.region, school.municipality, school.partnership) == ("12AB", "midden", "Zilverhaven", "SWV Ergens")


def test_another_region_says_that_the_holidays_stay_until_they_are_taken_over(cast: Cast) -> None:
    for region, says in (("midden", False), ("midden", False), ("noord", True)):
        answer = client_of(cast.rik).post(reverse("school_edit", args=[cast.rik.pk]), {**GIVEN, "region": region}, follow=True)
        assert ("vakanties veranderen niet vanzelf mee" in answer.content.decode()) == says


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"brin": "12ab"}, "ziet eruit als 12AB"),
        ({"region": ""}, "Vakantieregio"),
        ({"region": "oost"}, "Vakantieregio"),
        ({"type": "mbo"}, "Soort"),
    ],
)
def test_a_form_that_is_not_good_changes_nothing(cast: Cast, given: dict[str, str], said: str) -> None:
    status, page = send(cast.rik, **given)
    assert (status, said in page, "Dit is nog niet goed" in page) == (200, True, True)
    assert not School.objects.get(pk=cast.beuk.pk).municipality


def test_two_schools_of_one_board_do_not_go_by_the_same_name(cast: Cast) -> None:
    status, page = send(cast.rik, name="het baken")
    assert (status, "al een school die “het baken” heet" in page) == (409, True)
    assert send(cast.rik, name="De Eik")[0] == 302  # of another board


def test_the_type_does_not_change_under_the_groups(cast: Cast) -> None:
    status, page = send(cast.rik, type="vo")
    assert (status, "6A, 6B" in page) == (409, True)
    assert School.objects.get(pk=cast.beuk.pk).type == "po"
    assert send(cast.rik, type="sbo")[0] == 302


def test_the_name_of_the_board_is_written_by_its_only_school(cast: Cast) -> None:
    assert "Naam van het bestuur" not in text_of(cast.rik, "school_edit")
    cast.baken.board = Board.objects.create(name="Een ander")
    cast.baken.save()
    assert "Naam van het bestuur" in text_of(cast.rik, "school_edit")
    status, page = send(cast.rik, board="stichting woud")
    assert (status, "al een bestuur dat “stichting woud” heet" in page) == (409, True)
    assert send(cast.rik, board="Stichting Beuk")[0] == 302
    assert School.objects.get(pk=cast.beuk.pk).board.name == "Stichting Beuk"


def test_the_packs_of_the_region_are_named(cast: Cast) -> None:
    assert "De Vuurtoren" in text_of(cast.rik, "school_edit")
    assert "De Veerpont" not in text_of(cast.rik, "school_edit")
