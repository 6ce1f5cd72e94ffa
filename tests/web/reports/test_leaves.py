"""The leaves of the page of a pupil: one row of links on each, what stands where, and what a hat without a part in it reads there."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from kring.core.access import Role
from kring.web.models import Entry, SafetyCard
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, member
from tests.measurements import classmates, result_round, sociogram_round

pytestmark = pytest.mark.django_db
LEAVES = ("pupil", "pupil_help", "pupil_around", "pupil_timeline")
NOW = datetime(2026, 3, 3, 11, tzinfo=UTC)
NOTHING = "Hier staat voor u niets"


@pytest.mark.parametrize("here", LEAVES)
def test_every_leaf_leads_to_the_others_and_says_which_it_is(cast: Cast, here: str) -> None:
    page = text_of(cast.anna, here, cast.pupil_noor.pk)
    for leaf in LEAVES:
        link = f'href="{reverse(leaf, args=[cast.anna.pk, cast.pupil_noor.pk])}"'
        assert (f'{link} aria-current="page"' in page) == (leaf == here)
        assert link in page


def test_at_home_the_timeline_has_no_such_row(cast: Cast) -> None:
    assert "Rond de leerling" not in text_of(cast.els, "pupil_timeline", cast.pupil_noor.pk)


@pytest.mark.parametrize("leaf", LEAVES[1:3])
def test_the_team_may_look_and_nobody_else(cast: Cast, leaf: str) -> None:
    assert may_look(cast, leaf, cast.pupil_noor.pk) == {"anna", "bram"}


def test_what_is_done_stands_on_one_leaf_and_who_is_around_on_another(cast: Cast) -> None:
    words = ("Wat nu iets vraagt", "Gesprek plannen", "Plannen bekijken", "Lijsten en fouten herstellen", "Er is geen kaart")
    pages = [text_of(cast.bram, leaf, cast.pupil_noor.pk) for leaf in LEAVES[:3]]
    assert [[word in page for word in words] for page in pages] == [
        [True, False, False, False, False],
        [False, True, True, False, False],
        [False, False, False, True, True],
    ]


def test_a_card_stands_on_the_first_leaf_alone_and_only_there_it_is_read(cast: Cast) -> None:
    SafetyCard.objects.create(school=cast.beuk, pupil=cast.pupil_noor, text="Pinda’s", updated_by=cast.bram, updated_at=NOW)
    pages = [text_of(cast.anna, leaf, cast.pupil_noor.pk) for leaf in LEAVES[:3]]
    assert ["Pinda" in page for page in pages] == [True, False, False]
    assert not any("Er is geen kaart" in page for page in pages)
    assert list(Entry.objects.filter(record="safetycard").values_list("route", flat=True)) == ["pupil"]


def test_a_hat_without_a_part_in_it_reads_what_to_do(cast: Cast) -> None:
    gabi = member(cast.beuk, Role.BEHAVIOUR_SPECIALIST, "gabi")
    around = text_of(gabi, "pupil_around", cast.pupil_noor.pk)
    assert NOTHING in around
    assert "Er zijn nog geen ouders vastgelegd" not in around  # she may not know
    assert "Er is niets gevraagd" not in around
    assert "Signalen" not in text_of(gabi, "pupil", cast.pupil_noor.pk).partition("<main")[2]  # of a case alone
    assert NOTHING not in text_of(cast.anna, "pupil_around", cast.pupil_noor.pk)


@pytest.mark.parametrize("leaf", LEAVES[1:3])
def test_looking_is_written_down(cast: Cast, leaf: str) -> None:
    look(cast.anna, leaf, cast.pupil_noor.pk)
    assert Entry.objects.filter(record="pupil", record_id=cast.pupil_noor.pk).values_list("route", flat=True).get() == leaf


@pytest.mark.parametrize(("leaf", "most"), [("pupil", 40), ("pupil_help", 24), ("pupil_around", 24)])
def test_no_leaf_asks_the_database_more_than_this(cast: Cast, leaf: str, most: int) -> None:
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    result_round(cast.group_6a, pupils, "Najaarslijst")
    sociogram_round(cast.group_6a, pupils, "Wie kiest wie")
    assert queries_for(cast.anna, leaf, [cast.pupil_noor.pk]) <= most
