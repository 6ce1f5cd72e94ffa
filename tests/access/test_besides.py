"""Round the matrix: a policy that breaks, somebody else on the same browser and connection, and how much a page asks of the database."""

from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.web import access
from tests.access.expectation import Line, lines
from tests.access.judging import UNDER_HAT, address, ask, readable, told, undone
from tests.access.world import World

pytestmark = pytest.mark.django_db
MOST_QUERIES = 100
NEEDS_NO_ROWS = {
    "here",
    "draft_save",
    "draft_throw_away",
    "authorisation",
    "authorisation_export",
    "role_file",
    "role_file_example",
    "invite_all",
    "roster_example",
    "choice_policy_letter",  # a letter to be filled in by hand
    "instrument_bring",  # an empty form
    "worry_words",  # three empty boxes
    *("cards", "card"),  # texts of the library
    "library_instrument_fhir",  # of everybody
    "library_instrument_yaml",
}


def pages() -> Iterator[tuple[Line, str]]:
    """Each page under a hat once, with the first person in the file who gets it."""
    seen = set()
    for line in lines():
        who = next((who for who, answer in line.answers.items() if answer.startswith("page") and who not in {"everybody", "visitor"}), "")
        if line.method == "GET" and line.route in UNDER_HAT and who and line.route not in seen:
            seen.add(line.route)
            yield line, who


PAGES = list(pages())
NAMES = [f"{line} {who}" for line, who in PAGES]
IN_SHORT = 6  # of so many pages one is asked, unless with --long


class PolicyBroke(Exception):
    """Planted."""


def skip_in_short(line: Line, *, long: bool) -> None:
    if not long and crc32(str(line).encode()) % IN_SHORT:
        pytest.skip("asked with --long; one in six pages is asked here")


def breaks(*_: Any) -> Any:
    raise PolicyBroke


@pytest.mark.parametrize(("line", "who"), PAGES, ids=NAMES)
def test_a_policy_that_breaks_shows_nothing(world: World, line: Line, who: str, long: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    skip_in_short(line, long=long)
    monkeypatch.setattr(access, "_rows", breaks)
    client = world.client(who)
    client.raise_request_exception = False
    with undone():
        answer = client.get(address(world, who, line))
    assert told(world, readable(answer)) == set()
    assert answer.status_code == 500 or line.route in NEEDS_NO_ROWS


@pytest.mark.parametrize(("line", "who"), PAGES, ids=NAMES)
def test_the_next_person_on_the_same_browser_gets_the_own_answer(world: World, line: Line, who: str, long: bool) -> None:
    skip_in_short(line, long=long)
    other = "frans" if line.answer("frans") == "nothing" else "lina"
    alone = ask(world, other, line)
    client = world.client(who)
    with undone():
        client.get(address(world, who, line))
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[other]
        after = client.get(address(world, other, line))
    assert (after.status_code, told(world, readable(after))) == (alone.status, told(world, alone.text))


@pytest.mark.parametrize(("line", "who"), PAGES, ids=NAMES)
def test_a_page_asks_the_database_no_endless_questions(world: World, line: Line, who: str, long: bool) -> None:
    skip_in_short(line, long=long)
    with undone(), CaptureQueriesContext(connection) as asked:
        world.client(who).get(address(world, who, line))
    assert len(asked) <= MOST_QUERIES


FIND_NOOR = frozenset(
    (
        *("anna", "dora", "tess"),  # who teach 6a today
        *("bram", "saar", "vic", "gabi", "daan", "rik", "rik_an_hour_ago"),  # who know every name of the school
        *("remi", "pia", "sanne", "sven", "luuk"),  # on the open case, partners with consent or a ground in law
    )
)
"""Of everybody in people.py: not who teaches another group, taught it before or will, nor by a glass, a closed case, or as family."""


def test_searching_gives_a_name_to_who_has_it_in_a_list_and_to_nobody_else(world: World, long: bool) -> None:
    """In short of every third person."""
    found, asked = set(), sorted(world.actors)[:: 1 if long else 3]
    for who in asked:
        actor = world.actors[who]
        with undone():
            answer = world.client(who).post(f"/as/{actor.pk}/find/suggestions/", {"q": "nooor"})  # with a slip
        if "Noor" in answer.content.decode():
            found.add(who)
    assert found == FIND_NOOR & set(asked)
    assert found
