"""Staff typed in, pasted, and divided over the groups of the whole school."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kring.class_files.roles import COLUMNS
from kring.core.access import Role
from kring.web.models import Appointment, Assignment, Group, Membership, Person
from tests.asking import look, may_look, queries_for
from tests.cast import START, Cast, client_of, group, member
from tests.class_files.test_roster import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def year_of_now(cast: Cast) -> None:
    today = timezone.localdate()
    cast.year.starts_on, cast.year.ends_on = today - timedelta(days=60), today + timedelta(days=200)
    cast.year.save()


def add(cast: Cast, role: str, *groups: Group, actor: Membership | None = None, **more: Any) -> Any:
    actor = actor or cast.olga
    name = {"given_name": "Jan", "name_prefix": "de", "family_name": "Boer"}
    sent = {**name, "role": role, "from_on": timezone.localdate(), "groups": [one.pk for one in groups], **more}
    return client_of(actor).post(reverse("add_colleague", args=[actor.pk]), sent)


def taught() -> set[tuple[str, str]]:
    found = Assignment.objects.filter(until_at=None)
    return set(found.values_list("membership__person__given_name", "group__name"))


def test_a_colleague_is_typed_in_with_role_and_groups(cast: Cast) -> None:
    assert add(cast, "teacher", cast.group_6a, cast.group_6b).status_code == 302
    assert taught() >= {("Jan", "6A"), ("Jan", "6B")}
    assert not Person.objects.get(given_name="Jan").has_usable_password()


def test_a_role_for_the_whole_school_still_waits_for_a_leader(cast: Cast) -> None:
    assert add(cast, "coordinator").status_code == 302
    assert Appointment.objects.get(person__given_name="Jan").membership is None
    assert not Membership.objects.filter(person__given_name="Jan").exists()


def test_groups_go_with_teaching_only_and_nothing_is_half_done(cast: Cast) -> None:
    answer = add(cast, "coordinator", cast.group_6a)
    assert (answer.status_code, "Alleen een leerkracht of mentor" in answer.content.decode()) == (409, True)
    assert not Person.objects.filter(given_name="Jan").exists()


def test_somebody_of_that_name_is_asked_about_first(cast: Cast) -> None:
    add(cast, "teacher")
    assert "al een collega met deze naam" in add(cast, "teacher").content.decode()
    assert add(cast, "teacher", is_other="on").status_code == 302
    assert Person.objects.filter(given_name="Jan").count() == 2


@pytest.mark.parametrize("more", [{"given_name": ""}, {"role": "pupil"}, {"role": "social_worker"}, {"from_on": ""}, {"groups": ["x"]}])
def test_what_is_not_filled_in_well_comes_back(cast: Cast, more: dict[str, Any]) -> None:
    assert add(cast, **{"role": "teacher", **more}).status_code == 200
    assert not Person.objects.filter(given_name="Jan").exists()


def test_a_group_of_another_school_cannot_be_chosen(cast: Cast) -> None:
    assert add(cast, "teacher", cast.group_eik).status_code == 200
    assert not Assignment.objects.filter(membership__person__given_name="Jan").exists()


def test_only_the_administrator_types_somebody_in(cast: Cast) -> None:
    assert may_look(cast, "add_colleague") == {"olga"}
    assert add(cast, "teacher", actor=cast.rik).status_code == 404


# ---- pasted ---------------------------------------------------------------------------------------------------------

LIST = [list(COLUMNS), ["jan", "Jan", "de", "Boer", "leerkracht", "6A", "", ""]]


@pytest.mark.parametrize("old", [False, True])
def test_pasted_and_from_excel_staff_is_the_same_also_with_the_old_name_of_a_column(cast: Cast, *, old: bool) -> None:
    heading = ["username" if old and name == "gebruikersnaam" else name for name in COLUMNS]
    text = "\n".join("\t".join(row) for row in [heading, LIST[1]])
    page = reverse("role_file", args=[cast.olga.pk])
    pasted = client_of(cast.olga).post(page, {"pasted": text})
    file = client_of(cast.olga).post(page, {"file": SimpleUploadedFile("rollen.xlsx", workbook([heading, LIST[1]]))})
    assert pasted.context["proposal"].changes == file.context["proposal"].changes
    assert "Jan de Boer" in pasted.content.decode()


@pytest.mark.parametrize("sent", [{}, {"pasted": "  "}, {"pasted": "a\tb", "file": "both"}])
def test_a_list_is_pasted_or_a_file(cast: Cast, sent: dict[str, Any]) -> None:
    given = {name: SimpleUploadedFile("r.csv", b"x") if text == "both" else text for name, text in sent.items()}
    answer = client_of(cast.olga).post(reverse("role_file", args=[cast.olga.pk]), given)
    assert (answer.status_code, "proposal" in answer.context) == (200, False)


def test_a_spoilt_workbook_of_staff_is_refused(cast: Cast) -> None:
    file = SimpleUploadedFile("rollen.xlsx", b"PK\x03\x04" + bytes(50))
    answer = client_of(cast.olga).post(reverse("role_file", args=[cast.olga.pk]), {"file": file})
    assert (answer.status_code, "beschadigd" in answer.content.decode()) == (409, True)


# ---- divided --------------------------------------------------------------------------------------------------------


def divide(actor: Membership, *, page: Any = None, **ticked: list[Group]) -> Any:
    """Send the page back with other boxes ticked for some colleagues, by user name."""
    page = page or look(actor, "divide_groups")
    form = page.context["form"]
    sent: dict[str, Any] = {"shown": form.fingerprint}
    for hat, name, boxes in form.rows:
        sent[name] = [key for key, _group, is_ticked in boxes if is_ticked]
        if hat.person.username in ticked:
            sent[name] = [str(one.pk) for one in ticked[hat.person.username]]
    return client_of(actor).post(reverse("divide_groups", args=[actor.pk]), sent)


def test_the_whole_school_is_divided_on_one_page(cast: Cast) -> None:
    assert divide(cast.rik, anna=[cast.group_6a, cast.group_6b], carla=[]).status_code == 302
    assert taught() == {("Anna", "6A"), ("Anna", "6B")}
    before = list(Assignment.objects.order_by("pk").values_list("pk", "until_at"))
    assert divide(cast.rik).status_code == 302  # as it is
    assert list(Assignment.objects.order_by("pk").values_list("pk", "until_at")) == before


def test_what_changed_meanwhile_is_shown_anew(cast: Cast) -> None:
    page = look(cast.rik, "divide_groups")
    divide(cast.olga, anna=[cast.group_6b])
    answer = divide(cast.rik, page=page, carla=[])
    assert (answer.status_code, "Intussen is er iets veranderd" in answer.content.decode()) == (409, True)
    assert ("Carla", "6B") in taught()


def test_who_divides_and_who_is_divided(cast: Cast) -> None:
    assert may_look(cast, "divide_groups") == {"olga", "rik", "bram", "frans", "gijs"}
    page = look(cast.olga, "divide_groups").content.decode()
    assert "Noor" not in page
    assert divide(cast.olga, anna=[cast.group_eik]).status_code == 200
    assert not Assignment.objects.filter(group=cast.group_eik).exists()


def test_as_many_questions_for_many_colleagues(cast: Cast) -> None:
    few = queries_for(cast.olga, "divide_groups"), queries_for(cast.olga, "add_colleague")
    for name in ("7A", "7B"):
        hat = member(cast.beuk, Role.TEACHER, f"t{name}")
        Assignment.objects.create(school=cast.beuk, group=group(cast.beuk, name, [7]), membership=hat, from_at=START)
    assert (queries_for(cast.olga, "divide_groups"), queries_for(cast.olga, "add_colleague")) == few
