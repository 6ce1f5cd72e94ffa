"""The code by which the administrator recognises a new account, and the name and role that take its place."""

from datetime import date

import pytest
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from kring.core.access import Role
from kring.web.models import Person
from kring.web.people.colleagues.actions import NewPerson, Wanted, approve_role, propose_role
from kring.web.people.colleagues.forms import RoleForm
from kring.web.single_sign_on.rows import account_with_code, code_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
CODE = "KD7F-2QXN"
FILLED = {"person": "new", "given_name": "Mees", "family_name": "Bakker", "role": "teacher", "from_on": "2026-01-05"}


@pytest.fixture
def stranger(cast: Cast) -> Person:
    person = Person(username=CODE.lower(), given_name="nieuw account", family_name=CODE)
    person.set_unusable_password()
    person.save()
    SocialAccount.objects.create(user=person, provider="bestuur", uid="x")
    return person


def test_the_code_finds_the_account_however_it_is_typed(stranger: Person) -> None:
    assert code_of(stranger) == CODE
    assert {account_with_code(typed) for typed in (CODE, CODE.lower(), f" {CODE} ")} == {stranger}
    assert [account_with_code(typed) for typed in ("", "KD7F", "anna")] == [None] * 3


def test_no_other_account_has_a_code(cast: Cast, stranger: Person) -> None:
    assert code_of(cast.anna.person) == ""
    assert account_with_code("anna") is None
    SocialAccount.objects.all().delete()
    assert code_of(stranger) == ""


def test_with_a_name_and_a_role_the_code_is_over(cast: Cast, stranger: Person) -> None:
    people = Person.objects.count()
    wanted = Wanted(NewPerson("Mees", "", "Bakker", code=CODE), Role.TEACHER, timezone.now())
    made = propose_role(cast.olga, cast.beuk, wanted, at=timezone.now())
    assert not stranger.memberships.exists()  # it may be a second account of who proposes
    approve_role(cast.rik, made, at=timezone.now())
    stranger.refresh_from_db()
    assert str(stranger) == "Mees Bakker"
    assert stranger.memberships.get().role == "teacher"
    assert (code_of(stranger), account_with_code(CODE), Person.objects.count()) == ("", None, people)


@pytest.mark.parametrize(("code", "good"), [(CODE, True), ("", True), ("ZZZZ-ZZZZ", False)])
def test_the_form_takes_a_code_that_exists(stranger: Person, code: str, good: bool) -> None:
    form = RoleForm(FILLED | {"code": code}, persons=[], today=date(2026, 1, 5))
    assert form.is_valid() is good
    assert good or list(form.errors) == ["code"]


def test_an_account_that_is_closed_has_no_code(stranger: Person) -> None:
    Person.objects.filter(pk=stranger.pk).update(is_active=False)
    assert account_with_code(CODE) is None
