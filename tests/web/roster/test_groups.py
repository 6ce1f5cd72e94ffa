"""Groups of a school year and bundles of parallel ones."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.web.models import Assignment, Bundle, Entry, Group, SchoolYear
from kring.web.schools.models import School
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, group, member, open_all_schools
from tests.measurements import list_round

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture(autouse=True)
def year_of_now(cast: Cast) -> None:
    today = timezone.localdate()
    cast.year.starts_on, cast.year.ends_on = today - timedelta(days=60), today + timedelta(days=200)
    cast.year.save()


def make(cast: Cast, names: str, *, actor: Any = None) -> Any:
    actor = actor or cast.olga
    return client_of(actor).post(reverse("school_groups", args=[actor.pk]), {"year": cast.year.pk, "names": names})


def bundled(cast: Cast, *groups: Group, name: str = "groepen 6") -> Any:
    sent = {"name": name, "groups": [one.pk for one in groups]}
    return client_of(cast.bram).post(reverse("bundle_new", args=[cast.bram.pk, cast.year.pk]), sent)


def bundle_of(cast: Cast) -> Bundle:
    assert bundled(cast, cast.group_6a, cast.group_6b).status_code == 302
    return Bundle.objects.get()


def test_groups_are_pasted_with_the_levels_that_their_names_tell(cast: Cast) -> None:
    assert make(cast, "1/2A, groep 3\n4/5\tVlinders: 7; Bijen: 1/2").status_code == 302
    made = dict(Group.objects.filter(school=cast.beuk).values_list("name", "year_levels"))
    assert made == {"6A": [6], "6B": [6], "1/2A": [1, 2], "3": [3], "4/5": [4, 5], "Vlinders": [7], "Bijen": [1, 2]}
    assert Entry.objects.filter(name="groups.made", outcome="done").count() == 1


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ("3, 6a", "“6a” is er in dit schooljaar al"),
        ("3, 3", "“3” is er in dit schooljaar al"),
        ("3, Vlinders", "Vlinders: 3"),
        ("3, Vlinders: 9", "9"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(cast: Cast, names: str, says: str) -> None:
    answer = make(cast, names)
    assert (answer.status_code, says in answer.content.decode()) == (409, True)
    assert Group.objects.filter(school=cast.beuk).count() == 2


@pytest.mark.parametrize("names", ["", ",".join(map(str, range(101))), "x" * 31])
def test_what_is_no_list_of_groups_comes_back_with_the_form(cast: Cast, names: str) -> None:
    assert make(cast, names).status_code == 200
    assert Group.objects.filter(school=cast.beuk).count() == 2


def test_only_who_sets_the_school_up_makes_groups_and_the_administrator_sees_no_pupil(cast: Cast) -> None:
    assert may_look(cast, "school_groups") == {"olga", "rik", "bram", "frans", "gijs"}
    assert may_look(cast, "school_group", cast.group_6a.pk) == {"olga", "rik", "bram"}
    assert "Leerlingen</th>" in text_of(cast.bram, "school_groups")
    assert "Leerlingen</th>" not in text_of(cast.olga, "school_groups")


def test_a_group_of_another_school_or_year_cannot_be_made_or_changed(cast: Cast) -> None:
    old = SchoolYear.objects.create(
        school=cast.beuk, label="2019-2020", starts_on=timezone.localdate() - timedelta(900), ends_on=timezone.localdate() - timedelta(600)
    )
    for year in (old, cast.group_eik.year):
        answer = client_of(cast.olga).post(reverse("school_groups", args=[cast.olga.pk]), {"year": year.pk, "names": "3"})
        assert answer.status_code == 200
    assert not Group.objects.filter(name="3").exists()


def change(cast: Cast, one: Group, name: str, *levels: int) -> Any:
    return client_of(cast.rik).post(reverse("school_group", args=[cast.rik.pk, one.pk]), {"name": name, "levels": levels})


def test_a_group_gets_another_name_and_level(cast: Cast) -> None:
    assert change(cast, cast.group_6a, "De Vossen", 6, 7).status_code == 302
    cast.group_6a.refresh_from_db()
    assert (cast.group_6a.name, cast.group_6a.year_levels) == ("De Vossen", [6, 7])
    assert change(cast, cast.group_6a, "6b", 6).status_code == 409
    assert "leerlingen van leerjaar 6" in change(cast, cast.group_6a, "6A", 7).content.decode()
    assert change(cast, cast.group_6a, "6A").status_code == 200


def end(cast: Cast, one: Group) -> Any:
    return client_of(cast.rik).post(reverse("end_group", args=[cast.rik.pk, one.pk]))


def test_a_group_ends_when_it_is_empty_and_is_gone_when_it_was_never_used(cast: Cast) -> None:
    assert "Leerlingen die nog in deze groep zitten: 2" in end(cast, cast.group_6a).content.decode()
    empty = group(cast.beuk, "3", [3])
    assert end(cast, empty).status_code == 302
    assert not Group.objects.filter(pk=empty.pk).exists()
    cast.pupil_lot.enrolments.update(until_at=NOW())
    assert end(cast, cast.group_6b).status_code == 302
    assert not Assignment.objects.filter(group=cast.group_6b, until_at=None).exists()
    assert "beëindigd" in text_of(cast.rik, "school_groups")


def test_parallel_groups_stand_side_by_side(cast: Cast) -> None:
    made = bundle_of(cast)
    list_round(cast.group_6a, [cast.pupil_noor], "Herfstlijst")
    page = text_of(cast.bram, "bundle", made.pk)
    assert all(text in page for text in ("groepen 6", "Groep 6A", "Groep 6B", "Anna van de Test", "Carla"))
    assert "Noor" not in page
    anna = text_of(cast.anna, "bundle", made.pk)
    assert reverse("group", args=[cast.anna.pk, cast.group_6a.pk]) in anna
    assert reverse("group", args=[cast.anna.pk, cast.group_6b.pk]) not in anna
    assert "<dt>Leerlingen</dt>" not in text_of(cast.olga, "bundle", made.pk)


def test_a_bundle_of_one_of_other_levels_or_of_a_bundled_group_is_refused(cast: Cast) -> None:
    seven = group(cast.beuk, "7", [7])
    assert "minstens twee" in bundled(cast, cast.group_6a).content.decode()
    assert "precies hetzelfde leerjaar" in bundled(cast, cast.group_6a, seven).content.decode()
    bundle_of(cast)
    six_c, six_d = group(cast.beuk, "6C", [6]), group(cast.beuk, "6D", [6])
    assert bundled(cast, six_c, six_d).status_code == 409  # the name is taken
    assert bundled(cast, cast.group_6a, six_c, name="x").status_code == 200  # bundled already: it cannot be chosen
    assert Bundle.objects.count() == 1
    assert "precies hetzelfde leerjaar" in change(cast, cast.group_6a, "6A", 6, 7).content.decode()


def test_a_bundle_ends_by_hand_and_when_one_group_is_left(cast: Cast) -> None:
    made = bundle_of(cast)
    assert client_of(cast.bram).post(reverse("bundle_end", args=[cast.bram.pk, made.pk])).status_code == 302
    assert Group.objects.filter(bundle=None, school=cast.beuk).count() == 2
    bundle_of(cast)
    cast.pupil_lot.enrolments.update(until_at=NOW())
    end(cast, cast.group_6b)
    assert not Bundle.objects.exists()


def test_who_looks_at_a_bundle_may_not_end_it_and_to_others_it_does_not_exist(cast: Cast) -> None:
    made = bundle_of(cast)
    assert may_look(cast, "bundle", made.pk) == {"anna", "carla", "bram", "rik", "olga"}
    assert client_of(cast.anna).post(reverse("bundle_end", args=[cast.anna.pk, made.pk])).status_code == 403
    assert client_of(cast.frans).post(reverse("bundle_end", args=[cast.frans.pk, made.pk])).status_code == 404
    assert may_look(cast, "bundle_new", cast.year.pk) == {"olga", "rik", "bram"}


def test_as_many_questions_for_many_groups(cast: Cast) -> None:
    made = bundle_of(cast)
    few = [queries_for(cast.bram, "school_groups"), queries_for(cast.bram, "bundle", [made.pk])]
    for name in "CDE":
        more = group(cast.beuk, f"6{name}", [6])
        Group.objects.filter(pk=more.pk).update(bundle=made)
        Assignment.objects.create(school=cast.beuk, membership=member(cast.beuk, Role.TEACHER, f"t{name}"), group=more, from_at=NOW())
    assert [queries_for(cast.bram, "school_groups"), queries_for(cast.bram, "bundle", [made.pk])] == few


def test_without_a_year_the_page_says_what_to_do_first(cast: Cast) -> None:
    new = School.objects.create(board=cast.beuk.board, name="De Nieuwe", type=School.Type.PRIMARY)
    open_all_schools([cast.beuk, cast.baken, cast.eik, new])
    olaf = member(new, Role.ADMINISTRATOR, "olaf")
    for route in ("school_groups", "roster_files"):
        page = text_of(olaf, route)
        assert "Maak eerst het schooljaar" in page
        assert reverse("school_year_new", args=[olaf.pk]) in page
    assert look(olaf, "roster_example").status_code == 200
