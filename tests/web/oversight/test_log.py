"""Searching the log, and taking it along as a spreadsheet."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone
from openpyxl import load_workbook

from kring.core.access import Role
from kring.web.action import ACTIONS
from kring.web.models import Entry, Membership
from kring.web.oversight import queries
from kring.web.oversight.event_words import how_words
from kring.web.oversight.queries import Sought
from kring.web.trace import record_readings, record_sign_in
from tests.asking import look, text_of
from tests.cast import Cast, client_of, member

pytestmark = pytest.mark.django_db


def found(officer: Membership, **sought: object) -> list[tuple[str, str]]:
    entries = list(queries.log(officer, Sought(**sought)))  # type: ignore[arg-type]
    return [(line.who.split()[0] if line.who else "", line.how) for line in queries.log_lines(officer, entries)]


@pytest.fixture
def busy(cast: Cast, paula: Membership) -> Cast:
    look(cast.anna, "pupil", cast.pupil_noor.pk)
    look(cast.anna, "group", cast.group_6a.pk)
    look(cast.carla, "pupil", cast.pupil_noor.pk)
    look(cast.bram, "pupil_pdf", cast.pupil_sem.pk)
    record_sign_in(cast.bram.person, "login.succeeded")
    return cast


def test_the_newest_comes_first_in_words(busy: Cast, paula: Membership) -> None:
    assert found(paula) == [
        ("Bram", "ingelogd"),
        ("Bram", "als pdf opgehaald"),
        ("Carla", "geweigerd"),
        ("Anna", "bekeken"),
        ("Anna", "bekeken"),
    ]


def test_each_way_of_searching(busy: Cast, paula: Membership) -> None:
    today = timezone.localdate()
    assert found(paula, person=busy.carla.person_id) == [("Carla", "geweigerd")]
    assert found(paula, number="sem") == [("Bram", "als pdf opgehaald"), ("Anna", "bekeken")]  # with the list of the group
    assert found(paula, number="noor", kind="seen") == [("Anna", "bekeken"), ("Anna", "bekeken")]
    assert found(paula, number="bestaat niet") == []
    assert found(paula, number="fien") == []  # of another school
    assert len(found(paula, from_on=today, until_on=today)) == 5
    assert found(paula, from_on=today + timedelta(days=1)) == []
    assert found(paula, until_on=today - timedelta(days=1)) == []
    for kind, n in {"seen": 2, "taken": 1, "refused": 1, "signed_in": 1, "changed": 0, "": 5}.items():
        assert len(found(paula, kind=kind)) == n, kind


def test_the_page_shows_numbers_and_no_name_of_a_pupil(busy: Cast, paula: Membership) -> None:
    look(busy.noor, "home")
    look(busy.els, "home")
    page = text_of(paula, "log")
    assert "Noor" not in page
    assert "Els" not in page
    assert all(word in page for word in (">noor<", ">6A<", "Anna van de Test", "bladzijde over de leerling: bekeken", "ouder of verzorger"))


def test_what_was_searched_stays_with_the_next_page(busy: Cast, paula: Membership) -> None:
    record_readings(busy.anna, [busy.pupil_noor] * 60)
    page = text_of(paula, "log", kind="seen", number="noor")
    assert "?number=noor&amp;kind=seen&amp;page=2" in page or "?kind=seen&amp;number=noor&amp;page=2" in page
    assert "Bladzijde 2 van 2" in text_of(paula, "log", kind="seen", number="noor", page="2")
    assert "Bladzijde 2 van 2" in text_of(paula, "log", kind="seen", number="noor", page="99")
    assert reverse("who_looked_for", args=[paula.pk, busy.pupil_noor.pk]) in page


@pytest.mark.parametrize(
    "asked",
    [
        {"person": str(uuid4())},
        {"person": "Noor"},
        {"from_on": "31-02-2026"},
        {"until_on": "\x00"},
        {"kind": "drop"},
        {"number": "x" * 1000},
        {"from_on": "2026-02-01", "until_on": "2026-01-01"},
    ],
)
def test_a_search_that_makes_no_sense_says_so_and_shows_nothing(busy: Cast, paula: Membership, asked: dict[str, str]) -> None:
    answer = look(paula, "log", **asked)
    assert (answer.status_code, b"bladzijde over de leerling" in answer.content) == (200, False)
    assert look(paula, "log_spreadsheet", **asked).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "abc", "9" * 30])
def test_a_page_that_is_none_is_another_page(busy: Cast, paula: Membership, page: str) -> None:
    assert look(paula, "log", page=page).status_code == 200


def test_the_spreadsheet_holds_what_was_searched_and_is_itself_in_the_log(busy: Cast, paula: Membership) -> None:
    answer = look(paula, "log_spreadsheet", kind="seen")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.values)
    assert rows[0][:4] == ("nummer", "moment", "wie", "functie")
    assert [row[2] for row in rows[1:]] == ["Anna van de Test", "Anna van de Test"]
    assert b"Noor" not in answer.content
    entry = Entry.objects.get(person_id=paula.person_id)
    assert (entry.name, entry.record, entry.purpose) == ("file.exported", "entry", "supervision")


def test_looking_in_the_log_is_in_the_log(cast: Cast, paula: Membership) -> None:
    look(paula, "log")
    assert Entry.objects.get(person_id=paula.person_id).route == "log"


def test_another_officer_finds_nothing_of_this_school(busy: Cast) -> None:
    petra = member(busy.eik, Role.PRIVACY_OFFICER, "petra")
    assert found(petra) == []
    assert found(petra, person=busy.anna.person_id) == []
    assert "Anna" not in text_of(petra, "log")


def test_every_event_has_words() -> None:
    """Also those of features to come: a new one must say what it is in Dutch."""
    assert get_resolver().url_patterns  # with them come all actions
    assert [name for name in ACTIONS if not name.startswith("test.") and how_words(name) == name] == []


def test_an_empty_log_says_so(paula: Membership) -> None:
    assert "Niets gevonden" in client_of(paula).get(reverse("log", args=[paula.pk])).content.decode()
