"""The first accounts of a new installation: made on the server, once, with codes on paper."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from kring.web.models import Board, Entry, Membership, Person, School
from kring.web.wall import schools_open
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ASKED = {"board": "Stichting Test", "school": "De Test", "type": "po", "leader": "Rik de Lange", "administrator": "Olga Sanders"}


def first(**asked: str) -> str:
    out = StringIO()
    call_command("first_accounts", stdout=out, **{**ASKED, **asked})
    return out.getvalue()


def test_leader_and_administrator_come_in_with_what_the_terminal_says() -> None:
    lines = [line for line in first().splitlines() if "-" in line and ":" in line]
    assert [line.split(":")[0].strip() for line in lines] == ["Rik de Lange, schoolleider", "Olga Sanders, beheerder"]
    client = Client()
    assert client.post(reverse("invitation"), {"code": lines[0].split(":")[1]}).status_code == 302
    chosen = {"username": "rik", "password": "vier losse woorden samen", "again": "vier losse woorden samen"}
    assert client.post(reverse("invitation_account"), chosen).status_code == 302
    rik = Membership.objects.get(person__username="rik")
    assert (rik.role, rik.school.name, rik.school.board.name) == ("leader", "De Test", "Stichting Test")
    assert (rik.person.given_name, rik.person.name_prefix, rik.person.family_name) == ("Rik", "de", "Lange")
    with schools_open([rik.school_id]):
        assert Entry.objects.filter(name="role.first").count() == 2


def test_the_name_of_the_school_and_of_two_people_is_enough() -> None:
    first(board="", type="")
    school = School.objects.get()
    assert (school.name, school.type, school.board.name) == ("De Test", "po", "Bestuur van De Test")


def test_it_happens_once_and_never_beside_a_school(cast: Cast) -> None:
    before = Membership.objects.count()
    with pytest.raises(CommandError, match="al een school"):
        first()
    assert Membership.objects.count() == before


@pytest.mark.parametrize(
    "wrong", [{"type": "mbo"}, {"school": ""}, {"leader": "Rik"}, {"administrator": ""}, {"administrator": "Rik de Lange"}]
)
def test_what_is_wrong_makes_nothing(wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        first(**wrong)
    assert [model.objects.count() for model in (Board, School, Person)] == [0, 0, 0]


def codes(said: str) -> dict[str, str]:
    return dict(line.strip().split(": ") for line in said.splitlines() if line.count("-") == 4)


def test_who_let_the_code_lie_gets_a_new_one_on_the_server_and_who_came_in_does_not() -> None:
    old = codes(first())
    out = StringIO()
    call_command("first_accounts", again=True, stdout=out)
    new = codes(out.getvalue())
    assert list(new) == list(old)
    client = Client()
    assert client.post(reverse("invitation"), {"code": old["Rik de Lange, schoolleider"]}).status_code == 200
    chosen = {"username": "rik", "password": "vier losse woorden samen", "again": "vier losse woorden samen"}
    client.post(reverse("invitation"), {"code": new["Rik de Lange, schoolleider"]})
    assert client.post(reverse("invitation_account"), chosen).status_code == 302
    out = StringIO()
    call_command("first_accounts", again=True, stdout=out)
    assert list(codes(out.getvalue())) == ["Olga Sanders, beheerder"]


def test_without_a_school_there_is_nobody_to_give_a_code_again() -> None:
    with pytest.raises(CommandError, match="nog geen school"):
        call_command("first_accounts", again=True)
