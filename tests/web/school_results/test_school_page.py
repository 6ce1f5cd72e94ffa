"""The school as a whole: who sees what of it, what the school wants, and what can be taken along."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kring.core.access import Role
from kring.library import CONTENT, fingerprint
from kring.web.models import Ambition, AnonymousText, Entry, OwnInstrument, Snapshot
from kring.web.school_results.intake import count_rounds
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member, pupil
from tests.measurements import result_round
from tests.web.school_results.schools import COUNTED, SAFETY, bundled, counted_round, safety_round

pytestmark = pytest.mark.django_db


def test_it_says_per_area_whether_the_ambition_is_met(cast: Cast) -> None:
    counted_round(cast)
    page = text_of(cast.rik, "school_results")
    for shown in ("24 van de 24 lijsten", "gebieden groen", "Zorgscore", "hooguit 20", "Per leerjaar", "groep 6"):
        assert shown in page, shown
    assert "Per groep, op naam" in text_of(cast.rik, "school_round", Snapshot.objects.get().pk)
    assert "Noor" not in page


def test_who_reads_the_figures_and_nobody_else(cast: Cast) -> None:
    made = counted_round(cast)
    board, safety = member(cast.beuk, Role.BOARD, "bo"), member(cast.beuk, Role.SAFETY_COORDINATOR, "saar")
    assert may_look(cast, "school_results") == {"anna", "carla", "bram", "rik", "frans", "gijs"}
    snapshot = Snapshot.objects.get(round=made).pk
    assert may_look(cast, "school_round", snapshot) == {"bram", "rik"}
    assert look(safety, "school_round", snapshot).status_code == 200
    assert look(board, "school_round", snapshot).status_code == 404
    assert "Nog geen cijfers" in text_of(cast.anna, "school_results")
    assert "Nog geen cijfers" in text_of(cast.frans, "school_results")


def test_of_a_list_without_names_a_teacher_sees_the_school_and_the_own_group(cast: Cast) -> None:
    snapshot = Snapshot.objects.get(round=safety_round(cast)).pk
    page = text_of(cast.anna, "school_round", snapshot)
    assert "Welk deel een gunstig antwoord gaf" in page
    assert "6A" in page
    assert "6B" not in page
    assert "6B" in text_of(cast.bram, "school_round", snapshot)


def test_a_round_that_is_open_again_shows_nothing(cast: Cast) -> None:
    made = counted_round(cast)
    made.closed_at = None
    made.save(update_fields=["closed_at"])
    assert "Nog geen cijfers" in text_of(cast.rik, "school_results")


def test_a_list_of_a_small_part_says_nothing_about_the_school(cast: Cast) -> None:
    counted_round(cast)
    few = [pupil(cast.group_6b, f"Deel {number}", 6) for number in range(7)]
    small = result_round(cast.group_6b, few, "Proef", opens_on=date(2025, 11, 10))
    count_rounds(cast.beuk, at=COUNTED)
    page = text_of(cast.rik, "school_results")
    assert "24 van de 24 lijsten" in page
    assert "Proef" in page
    page = text_of(cast.rik, "school_round", Snapshot.objects.get(round=small).pk)
    assert "maar een deel van de school" in page
    assert "gehaald" not in page


def test_of_too_few_it_says_so_and_counts_nothing_as_met(cast: Cast) -> None:
    counted_round(cast, 2)
    page = text_of(cast.rik, "school_results")
    assert "te weinig om iets te zeggen" in page
    assert "dat telt niet als gehaald" in page or "die tellen niet als gehaald" in page


def test_as_many_questions_for_three_rounds_as_for_one(cast: Cast) -> None:
    counted_round(cast)
    one = queries_for(cast.rik, "school_results")
    for title in ("Winterlijst", "Voorjaarslijst"):
        snapshot = Snapshot.objects.get(round__title="Najaarslijst")
        made = snapshot.round
        made.pk, made.title, made._state.adding = None, title, True
        made.save()
        Snapshot.objects.create(school=cast.beuk, round=made, cells=snapshot.cells, made_at=snapshot.made_at)
    assert queries_for(cast.rik, "school_results") == one


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv"])
def test_what_goes_out_holds_no_child_and_is_written_down(cast: Cast, kind: str) -> None:
    counted_round(cast)
    answer = look(cast.rik, f"school_results_{kind}")
    assert answer.status_code == 200
    assert b"Noor" not in answer.content
    assert Entry.objects.filter(name__in=("file.exported", "page.printed"), record="snapshot").count() == 1
    if kind == "xlsx":
        sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
        assert sheet.cell(2, 4).value == "hele school"


# ---- beside one another -----------------------------------------------------------------------------------------


def test_parallel_groups_stand_beside_one_another_by_name(cast: Cast) -> None:
    bundle = bundled(cast)
    assert "Nog niets om naast elkaar" in text_of(cast.bram, "parallels", bundle.pk)
    counted_round(cast)
    page = text_of(cast.bram, "parallels", bundle.pk)
    for shown in ("Op naam, niet op volgorde", "toeval", "6A", "6B"):
        assert shown in page, shown
    assert may_look(cast, "parallels", bundle.pk) == {"bram", "rik"}


# ---- what the school wants --------------------------------------------------------------------------------------


def send(cast: Cast, **fields: object) -> int:
    return client_of(cast.rik).post(reverse("ambitions", args=[cast.rik.pk]), fields).status_code


def test_the_leader_says_what_the_school_wants(cast: Cast) -> None:
    counted_round(cast)
    parts = [part for part, _title in _choices(cast)]
    assert send(cast, percent=15, reds_needed=1, green=parts[1:]) == 302
    assert Entry.objects.filter(name="ambition.set").count() == 1
    page = text_of(cast.rik, "school_results")
    assert "hooguit 15" in page
    assert "geen ambitie" in page
    assert send(cast, percent=15, reds_needed=1, green=parts) == 302
    assert "geen ambitie" not in text_of(cast.rik, "school_results")


def _choices(cast: Cast) -> list[tuple[str, str]]:
    return list(look(cast.rik, "ambitions").context["form"].fields["green"].choices)


def test_an_impossible_ambition_keeps_what_was_typed(cast: Cast) -> None:
    assert send(cast, percent=100, reds_needed=1) == 200
    assert not Ambition.objects.exists()


def test_only_the_leader_sets_ambitions(cast: Cast) -> None:
    assert may_look(cast, "ambitions") == {"rik"}


# ---- written without a name -------------------------------------------------------------------------------------


def list_with_words(cast: Cast) -> str:
    """The same list, in which the school also asks for words."""
    file = CONTENT / "instruments" / f"{SAFETY}-1.yaml"
    source = file.read_text(encoding="utf-8").replace(f"key: {SAFETY}", "key: eigen-woorden")
    source = source.replace("\nitems:\n", "\nitems:\n  zeg:\n    text: Wat wil je nog zeggen?\n    kind: text\n")
    released = {"fingerprint": fingerprint(source.encode()), "released_at": COUNTED}
    return OwnInstrument.objects.create(school=cast.beuk, key="eigen-woorden", version=1, title="Eigen", source=source, **released).key


@pytest.mark.parametrize(("n", "shown"), [(12, True), (9, False)])
def test_what_was_written_without_a_name_stands_there_from_twenty_lists_on(cast: Cast, n: int, shown: bool) -> None:  # noqa: FBT001
    made = safety_round(cast, n, count=False, own=list_with_words(cast))
    AnonymousText.objects.create(school=cast.beuk, round=made, group=cast.group_6a, item="zeg", text="Meer ballen op het plein")
    count_rounds(cast.beuk, at=COUNTED)
    snapshot = Snapshot.objects.get(round=made).pk
    for one, reads in ((cast.bram, shown), (cast.rik, shown), (cast.anna, False)):
        page = text_of(one, "school_round", snapshot)
        assert ("Meer ballen" in page) is reads
        assert ("Te weinig om te laten zien" in page) is (not shown and one != cast.anna)
