"""The sociogram of a group: two drawings, the facts beside it, and somebody picked with or without a script."""

import pytest

from kring.web.models import Entry, Pupil, Sociogram
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast
from tests.measurements import classmates, sociogram_round

pytestmark = pytest.mark.django_db


def asked(cast: Cast, *, absent: int = 1, more: int = 8) -> Sociogram:
    return sociogram_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, more)], absent=absent)


def test_it_shows_who_stands_where_with_the_facts_beside_it(cast: Cast) -> None:
    page = text_of(cast.anna, "sociogram", asked(cast).pk)
    for shown in (
        "chart__picture--target",
        "9 van de 10 leerlingen deden mee",
        "Noor Test",
        "was er niet",
        "data-sociogram",
        "Wie hoort bij wie",
    ):
        assert shown in page


def test_it_shows_who_belongs_together(cast: Cast) -> None:
    assert "chart__picture--web" in text_of(cast.anna, "sociogram", asked(cast).pk, view="web")


def test_a_pupil_is_picked_without_a_script(cast: Cast) -> None:
    page = text_of(cast.anna, "sociogram", asked(cast).pk, pupil=str(cast.pupil_sem.pk))
    assert f'<li data-facts="{cast.pupil_sem.pk}" class="is-picked">' in page
    assert "Kiest zelf, niet andersom" in page.split("Alle leerlingen")[0]
    assert Entry.objects.filter(record="pupil", record_id=cast.pupil_sem.pk).exists()


@pytest.mark.parametrize("nobody", ["geen-sleutel", "00000000-0000-0000-0000-000000000000"])
def test_nobody_can_be_picked_who_is_not_on_the_list(cast: Cast, nobody: str) -> None:
    assert look(cast.anna, "sociogram", asked(cast).pk, pupil=nobody).status_code == 404
    assert look(cast.bram, "sociogram", Sociogram.objects.get().pk, pupil=str(cast.pupil_lot.pk)).status_code == 404


def test_the_team_may_look_and_nobody_else(cast: Cast) -> None:
    assert may_look(cast, "sociogram", asked(cast).pk) == {"anna", "bram"}


def test_too_few_took_part_to_draw_anything(cast: Cast) -> None:
    page = text_of(cast.anna, "sociogram", asked(cast, absent=6).pk)
    assert "Te weinig deelname" in page
    assert "chart__picture" not in page
    assert "data-facts" not in page


def test_below_four_in_five_there_are_counts_and_no_groups(cast: Cast) -> None:
    page = text_of(cast.anna, "sociogram", asked(cast, absent=3).pk)
    assert "minder dan 80 %" in page
    assert "Beeld:" not in page


def test_a_class_too_large_for_the_web_has_the_target(cast: Cast) -> None:
    found = asked(cast, more=34)
    page = text_of(cast.anna, "sociogram", found.pk, view="web")
    assert "chart__picture--target" in page
    assert "Wie hoort bij wie</a>" not in page


def test_who_left_keeps_a_place_without_a_name(cast: Cast) -> None:
    found = asked(cast)
    cast.pupil_noor.enrolments.update(group=cast.group_6b)
    page = text_of(cast.anna, "sociogram", found.pk)
    assert "Noor" not in page
    assert "Vertrokken 1" in page
    assert "9 van de 10 leerlingen deden mee" in page
    assert look(cast.anna, "sociogram", found.pk, pupil=str(cast.pupil_noor.pk)).status_code == 404


def test_as_many_questions_for_ten_pupils_as_for_four(cast: Cast) -> None:
    few = sociogram_round(cast.group_6b, [cast.pupil_lot, *classmates(cast.group_6b, 3)])
    many = asked(cast)
    assert queries_for(cast.bram, "sociogram", [many.pk]) == queries_for(cast.bram, "sociogram", [few.pk])
    assert Pupil.objects.filter(school=cast.beuk).count() > 10
