"""“Wie mag wat”: the table in words for everybody, and whole for an auditor."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from kring.core.access import TABLE, Mark, Record, Role, Scope, Verb
from kring.web.access_words import MARKS, RECORDS, ROLES, SCOPES, VERBS
from kring.web.authorisation import matrix
from tests.asking import look, queries_for, text_of
from tests.cast import Cast, member

pytestmark = pytest.mark.django_db


def test_everything_in_the_table_has_its_dutch_word() -> None:
    for words, kind in ((ROLES, Role), (RECORDS, Record), (VERBS, Verb), (SCOPES, Scope), (MARKS, Mark)):
        assert set(words) == set(kind)
        assert len({str(word) for word in words.values()}) == len(kind)


def test_every_rule_stands_once_in_the_lines() -> None:
    verbs = [right.verbs.split(", ") for role in Role for line in matrix.lines_of(role) for right in line.rights]
    assert sum(map(len, verbs)) == len(TABLE)


def test_everybody_reads_what_the_own_role_may(cast: Cast) -> None:
    for actor in cast.actors().values():
        page = text_of(actor, "authorisation")
        assert f'<h2 id="regels">{str(ROLES[Role(actor.role)])[:1].upper()}' in page


def test_another_role_can_be_chosen_and_nonsense_gives_ones_own(cast: Cast) -> None:
    assert "Schoolmaatschappelijk werker" in text_of(cast.els, "authorisation", role="social_worker")
    assert "Ouder of verzorger</h2>" in text_of(cast.els, "authorisation", role="<script>")


def test_the_matrix_is_for_those_who_answer_for_it(cast: Cast) -> None:
    found = {name for name, actor in cast.actors().items() if look(actor, "authorisation_export").status_code == 200}
    assert found == {"bram", "rik", "olga", "frans", "gijs"}


def test_the_file_holds_every_rule_and_who_has_which_role_today(cast: Cast) -> None:
    gone = member(cast.beuk, Role.TEACHER, "gone")
    gone.until_at = timezone.now() - timedelta(days=1)
    gone.save()
    book = load_workbook(io.BytesIO(look(cast.rik, "authorisation_export").content))
    assert book.sheetnames == ["Regels", "Matrix", "Zonder account", "Wie heeft welke rol"]
    assert book["Regels"].max_row == 1 + sum(len(line.rights) for role in Role for line in matrix.lines_of(role))
    assert (book["Matrix"].max_row, book["Matrix"].max_column) == (len(Record) + 1, len(Role) + 1)
    held = [(row[0].value, row[1].value) for row in book["Wie heeft welke rol"].iter_rows(min_row=2)]
    assert held == [
        ("Anna van de Test", "leerkracht"),
        ("Bram van de Test", "intern begeleider"),
        ("Carla van de Test", "leerkracht"),
        ("Olga van de Test", "beheerder"),
        ("Rik van de Test", "schoolleider"),
    ]


def test_the_file_asks_as_much_for_many_people_as_for_few(cast: Cast) -> None:
    few = queries_for(cast.rik, "authorisation_export")
    for number in range(3):
        member(cast.beuk, Role.TEACHER, f"extra{number}")
    assert queries_for(cast.rik, "authorisation_export") == few
