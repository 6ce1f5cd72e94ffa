"""A school writes a list of its own: begins, changes, releases, corrects; and the list works all the way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kring.core.instruments import Informant
from kring.core.instruments.joining import joins
from kring.core.sketches import LicenceEndsFirst, SketchedItem, moved, with_item
from kring.core.versions import ChangedMeanwhile
from kring.library import NoSuchInstrument, fingerprint, read_entry, written_entry
from kring.web.access import NotPermitted
from kring.web.instruments import actions
from kring.web.instruments.queries import check_may_ask, instrument_in, instruments_of, sketch_in
from kring.web.models import Entry, Holiday, Invitation, Membership, OwnInstrument, Round, Submission, Upload
from kring.web.surveys.guardian_lists.queries import lists_for_guardians
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.cast_sketches import ready_sketch

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 3, 9, tzinfo=UTC)
TODAY = MONDAY.date()
STAFF_OF_BEUK = {"anna", "carla", "bram", "rik", "olga"}
TEXTS = "Ik ga graag naar school.\nIk voel me alleen op school."


@pytest.fixture(autouse=True)
def a_monday(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.FILES = tmp_path
    with time_machine.travel(MONDAY, tick=False):
        yield


def post(actor: Membership, route: str, *keys: object, **fields: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), fields)


def said(answer: Any) -> str:
    return str(answer.content.decode())


def draft(cast: Cast, title: str = "Onze lijst") -> OwnInstrument:
    return actions.begin_list(cast.bram, cast.beuk, ready_sketch(title))


def released(cast: Cast, title: str = "Onze lijst") -> OwnInstrument:
    row = draft(cast, title)
    actions.release_list(cast.bram, row, read=1, at=MONDAY)
    return fresh(row)


def fresh(row: OwnInstrument) -> OwnInstrument:
    return OwnInstrument.objects.get(pk=row.pk)


def head(**changed: Any) -> dict[str, Any]:
    told = {"title": "Pauze", "who": "pupil:pupil", "first_year": "5", "last_year": "8", "minutes": "4", "often": "both"}
    return {"read": "1", **told, "promise": "Je juf leest het.", "introduction": "", **changed}


# ---- the pages


def test_all_who_work_at_the_school_read_every_list_and_others_of_none(cast: Cast) -> None:
    row = released(cast)
    assert may_look(cast, "own_instrument", row.pk) == STAFF_OF_BEUK
    assert may_look(cast, "instruments") == STAFF_OF_BEUK | {"frans", "gijs"}
    register = text_of(cast.anna, "instruments")
    for shown in ("Onze lijst", "Leerlinglijst groep 5 tot en met 8", "niet genormeerd", "jezelf kennen", "Eigen lijst maken"):
        assert (shown in register) is (shown != "Eigen lijst maken")
    assert "Eigen lijst maken" in text_of(cast.bram, "instruments")


def test_a_list_shows_everything_that_is_asked_and_counted(cast: Cast) -> None:
    page = text_of(cast.anna, "library_instrument", "kring-leerling-2")
    for shown in (
        "Je juf of meester",
        "niet genormeerd",
        "CC-BY-4.0",
        "omgekeerd",
        "gekozen grens",
        "vertaling, niet getoetst",
        "Versie 2",
    ):
        assert shown in page
    assert "Afname openen" not in page
    assert "Afname openen" in text_of(cast.bram, "library_instrument", "kring-leerling-2")
    assert "Met wie" in text_of(cast.anna, "library_instrument", "kring-sociogram-1")
    for route, mark in (
        ("library_instrument", "kring-leerling-99"),
        ("library_instrument_try", "kring-sociogram-1"),
        ("instrument_shell", "x-1"),
    ):
        assert client_of(cast.bram).get(reverse(route, args=[cast.bram.pk, mark])).status_code == 404


def test_the_register_asks_as_much_for_three_as_for_one(cast: Cast) -> None:
    released(cast)
    one = queries_for(cast.bram, "instruments")
    released(cast, "Tweede")
    draft(cast, "Derde")
    assert queries_for(cast.bram, "instruments") == one


def test_trying_a_list_keeps_nothing(cast: Cast) -> None:
    row = draft(cast)
    assert "Je juf leest wat je antwoordt." in text_of(cast.bram, "own_instrument_try", row.pk)
    assert "Ik voel me alleen." in text_of(cast.bram, "own_instrument_try", row.pk, item="2")
    assert "laatste vraag" in text_of(cast.bram, "own_instrument_try", row.pk, item="99")
    assert "Voor je begint" in text_of(cast.bram, "own_instrument_try", row.pk, item="-1")
    assert "pictograms/gezichten-3/" in text_of(cast.bram, "library_instrument_try", "kring-leerling-beeld-1", item="1")
    assert not Submission.objects.exists()


# ---- writing


def test_a_list_is_written_from_nothing_and_released_without_code(cast: Cast) -> None:
    assert post(cast.bram, "instrument_new", title="Pauze", basis="empty").status_code == 302
    row = OwnInstrument.objects.get()
    steps: list[tuple[str, list[object], dict[str, Any]]] = [
        ("own_instrument_edit", [], {"texts": TEXTS, "scale": ""}),
        ("own_instrument_head", [], head()),
        ("own_instrument_origin", [], {"licence": "eigen tekst", "licence_source": "team", "attribution": "Wij", "validity_note": "-"}),
        ("own_instrument_answers", [], {"answers": "own", "own": "nee\neen beetje\nja"}),
        ("own_item", ["v2"], {"text": "Ik voel me alleen.", "kind": "list"}),
        ("own_scale_new", [], {"title": "Fijn", "family": "wellbeing", "direction": "1", "items": ["v1", "v2"], "reversed": ["v2"],
                               "competences": ["self_awareness"], "pupil_red": "1,5", "pupil_green": "2", "cuts_source": "gekozen"}),
    ]  # fmt: skip
    for number, (route, keys, fields) in enumerate(steps, start=1):
        answer = post(cast.bram, route, row.pk, *keys, **{**fields, "read": str(number)})
        assert answer.status_code == 302, (route, said(answer))
    bench = text_of(cast.bram, "own_instrument_edit", row.pk)
    assert "Voordat u kunt vrijgeven" not in bench
    assert post(cast.bram, "own_instrument_release", row.pk, read="7").status_code == 302
    one = instrument_in(cast.beuk.pk, fresh(row).key, 1)
    assert [item.text for item in one.items] == ["Ik ga graag naar school.", "Ik voel me alleen."]
    assert [(scaled.item, scaled.sign) for scaled in one.scales[0].items] == [("v1", 1), ("v2", -1)]
    assert one.items[0].codes == {1, 2, 3}
    done = fresh(row)
    assert written_entry(read_entry(done.source, source="x")) == done.source  # the one form that files have
    assert done.fingerprint == fingerprint(done.source.encode())
    assert set(Entry.objects.filter(record_id=row.pk).values_list("name", flat=True)) >= {"own_instrument.begun", "own_instrument.released"}


def test_every_reason_stands_before_a_release(cast: Cast) -> None:
    post(cast.bram, "instrument_new", title="Pauze", basis="empty")
    row = OwnInstrument.objects.get()
    refused = post(cast.bram, "own_instrument_release", row.pk, read="1")
    assert refused.status_code == 409
    for shown in ("nog niet klaar", "de belofte", "hoeveel minuten", "van wie de tekst is", "nog geen vragen"):
        assert shown in said(refused)
    assert fresh(row).is_draft


def test_a_behaviour_specialist_writes_and_a_coordinator_releases(cast: Cast) -> None:
    row = draft(cast)
    with pytest.raises(NotPermitted):
        actions.release_list(cast.anna, row, read=1, at=MONDAY)
    with pytest.raises(NotPermitted):
        actions.change_list(cast.anna, row, partial(moved, key="w1", steps=1), read=1)
    assert client_of(cast.anna).get(reverse("own_instrument_edit", args=[cast.anna.pk, row.pk])).status_code == 403
    assert client_of(cast.frans).get(reverse("own_instrument_edit", args=[cast.frans.pk, row.pk])).status_code == 404


def test_what_is_hard_to_read_is_marked_and_blocks_nothing(cast: Cast) -> None:
    row = draft(cast)
    post(cast.bram, "own_instrument_edit", row.pk, read="1", texts="Ik vind het niet fijn dat niemand mij helpt.", scale="")
    assert "Twee keer niet" in text_of(cast.bram, "own_instrument_edit", row.pk)
    actions.release_list(cast.bram, fresh(row), read=2, at=MONDAY)


def test_of_two_who_write_at_once_both_texts_are_there(cast: Cast) -> None:
    row = draft(cast)
    post(cast.bram, "own_item", row.pk, "w1", read="1", text="Ik ga met plezier.", kind="list", scale="wellbeing")
    late = post(cast.bram, "own_item", row.pk, "w1", read="1", text="Ik kom graag.", kind="list", scale="wellbeing")
    assert late.status_code == 409
    assert "Ik ga met plezier." in said(late)
    assert "Ik kom graag." in said(late)
    assert 'name="read" value="2"' in said(late)
    added = post(cast.bram, "own_instrument_edit", row.pk, read="1", texts="Ik lach veel.", scale="")
    assert (added.status_code, "Ik lach veel." in said(added)) == (409, True)
    assert post(cast.bram, "own_item_remove", row.pk, "w1", read="1").status_code == 409
    assert [item.text for item in sketch_in(fresh(row)).items] == ["Ik ga met plezier.", "Ik voel me alleen."]


def test_what_was_typed_about_a_part_that_is_gone_comes_with_the_list_after_all(cast: Cast) -> None:
    row = draft(cast)
    post(cast.bram, "own_item_remove", row.pk, "w1", read="1")
    typed = {"text": "Ik ga met plezier.", "kind": "list", "scale": "wellbeing"}
    late = post(cast.bram, "own_item", row.pk, "w1", read="1", **typed)
    assert (late.status_code, "dan komt het erbij" in said(late), "Ik ga met plezier." in said(late)) == (409, True, True)
    assert post(cast.bram, "own_item", row.pk, "w1", read="2", **typed).status_code == 302
    assert [item.text for item in sketch_in(fresh(row)).items] == ["Ik voel me alleen.", "Ik ga met plezier."]


def test_a_change_is_taken_back_and_brought_back(cast: Cast) -> None:
    row = draft(cast)
    assert post(cast.bram, "own_instrument_undo", row.pk, read="1").status_code == 409
    post(cast.bram, "own_item_remove", row.pk, "w1", read="1")
    assert len(sketch_in(fresh(row)).items) == 1
    post(cast.bram, "own_instrument_undo", row.pk, read="2")
    assert sketch_in(fresh(row)).items == sketch_in(row).items
    post(cast.bram, "own_instrument_undo", row.pk, read="3")
    assert len(sketch_in(fresh(row)).items) == 1
    post(cast.bram, "own_scale_remove", row.pk, "wellbeing", read="4")
    assert not sketch_in(fresh(row)).scales
    post(cast.bram, "own_instrument_undo", row.pk, read="5")
    added = post(cast.bram, "own_instrument_edit", row.pk, read="6", texts="Ik zing.", scale="wellbeing")
    post(cast.bram, "own_item_move", row.pk, "v1", read="7", to="up")
    assert (added.status_code, [item.key for item in sketch_in(fresh(row)).items]) == (302, ["v1", "w2"])


@pytest.mark.parametrize(
    ("route", "keys", "fields", "shown"),
    [
        ("own_instrument_head", [], head(first_year="8", last_year="5"), "komt vóór het eerste"),
        ("own_instrument_head", [], head(last_year=""), "beide leerjaren"),
        ("own_instrument_answers", [], {"answers": "own", "own": "ja"}, "minstens twee antwoorden"),
        ("own_item", ["w1"], {"text": "Hoe?", "kind": "number", "low": "5", "high": "5"}, "hoger zijn dan het laagste"),
        ("own_item", ["w1"], {"text": "Wat?", "kind": "text", "scale": "wellbeing"}, "telt nooit mee"),
        ("own_item", ["w1"], {"text": "Wat?", "kind": "own", "own": "ja"}, "minstens twee antwoorden"),
        ("own_scale", ["wellbeing"], {"title": "Fijn", "pupil_red": "1"}, "Vul beide grenzen in"),
        ("own_scale", ["wellbeing"], {"title": "Fijn", "group_red": "1", "group_green": "2"}, "waar de grenzen vandaan komen"),
        ("own_instrument_edit", [], {"texts": "x" * 301}, "langer dan 300 tekens"),
        ("own_instrument_edit", [], {"texts": "\n".join(["x"] * 151)}, "meer dan 150 regels"),
        ("own_instrument_reworded", [], {"reason": "kort"}, "ten minste 10"),
    ],
)
def test_a_form_that_is_not_right_comes_back_with_what_was_typed(
    cast: Cast, route: str, keys: list[object], fields: dict[str, Any], shown: str
) -> None:
    row = draft(cast)
    if route == "own_instrument_reworded":
        row = correction(cast)
    answer = post(cast.bram, route, row.pk, *keys, **{"read": str(row.edition), **fields})
    assert (answer.status_code, shown in said(answer)) == (200, True), said(answer)


def test_kinds_of_answers_become_kinds_of_items(cast: Cast) -> None:
    row = draft(cast)
    number = {"kind": "number", "low": "0", "high": "4", "low_label": "slecht", "high_label": "goed", "scale": ""}
    post(cast.bram, "own_item", row.pk, "w1", read="1", text="Hoe gaat het?", **number)
    post(cast.bram, "own_item", row.pk, "w2", read="2", text="Wat wil je zeggen?", kind="text")
    post(cast.bram, "own_instrument_edit", row.pk, read="3", texts="Speel je buiten?", scale="")
    post(cast.bram, "own_item", row.pk, "v1", read="4", text="Speel je buiten?", kind="own", own="nee\nja", scale="wellbeing")
    post(cast.bram, "own_instrument_answers", row.pk, read="5", answers="faces")
    actions.release_list(cast.bram, fresh(row), read=6, at=MONDAY)
    first, second, third = instrument_in(cast.beuk.pk, row.key, 1).items
    assert (first.low, first.high, first.options[0].label, second.is_open) == (0, 4, "slecht", True)
    assert third.codes == {1, 2}
    for item in ("w1", "w2", "v1"):
        assert client_of(cast.bram).get(reverse("own_item", args=[cast.bram.pk, row.pk, item])).status_code == 302  # it stands still now


def test_a_draft_that_cannot_be_read_takes_nothing_with_it(cast: Cast) -> None:
    row = draft(cast)
    post(cast.bram, "own_item_remove", row.pk, "w1", read="1")
    for broken in ("{", "[]", '{"version": 1}', '{"version": 1, "informant": "nobody", "about": "pupil"}'):
        OwnInstrument.objects.filter(pk=row.pk).update(source=broken)
        assert "Onze lijst" in text_of(cast.anna, "instruments")
        assert "Onze lijst" in text_of(cast.bram, "own_instrument", row.pk)
        bench = client_of(cast.bram).get(reverse("own_instrument_edit", args=[cast.bram.pk, row.pk]))
        assert (bench.status_code, "is niet te lezen" in said(bench)) == (409, True)
        tried: tuple[tuple[str, dict[str, str]], ...] = (
            ("own_instrument_edit", {"texts": "Ik zing.", "scale": ""}),
            ("own_instrument_head", head()),
            ("own_instrument_release", {}),
        )
        for route, fields in tried:
            assert post(cast.bram, route, row.pk, **{**fields, "read": "2"}).status_code == 409
        assert fresh(row).source == broken
    post(cast.bram, "own_instrument_undo", row.pk, read="2")
    assert len(sketch_in(fresh(row)).items) == 2


def test_a_reversed_question_that_does_not_count_is_not_dropped_in_silence(cast: Cast) -> None:
    row = draft(cast)
    fields = {"title": "Fijn", "family": "wellbeing", "direction": "1", "competences": ["choices"], "items": ["w1"], "reversed": ["w2"]}
    answer = post(cast.bram, "own_scale", row.pk, "wellbeing", read="1", **fields)
    assert (answer.status_code, "telt niet mee" in said(answer)) == (200, True)
    assert post(cast.bram, "own_scale", row.pk, "wellbeing", read="1", **{**fields, "items": ["w1", "w2"]}).status_code == 302


def test_keys_are_given_and_not_taken(cast: Cast) -> None:
    row = draft(cast)
    post(cast.bram, "own_item", row.pk, "leerling", read="1", text="Ik zing.", kind="list", scale="")
    post(cast.bram, "own_scale", row.pk, "x" * 90, read="2", title="Twee", family="emotion", direction="1")
    sketch = sketch_in(fresh(row))
    assert ([one.key for one in sketch.items], [one.key for one in sketch.scales]) == (["w1", "w2", "v1"], ["wellbeing", "schaal1"])


# ---- for good


def put_in_its_place(row: OwnInstrument) -> None:
    """SQLite has a word for that which asks no trigger on DELETE; elsewhere it takes a DELETE."""
    columns = [str(field.column) for field in OwnInstrument._meta.concrete_fields]
    others = ", ".join("'evil'" if column == "source" else column for column in columns)
    table = OwnInstrument._meta.db_table
    replaced = f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) SELECT {others} FROM {table} WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(replaced if connection.vendor == "sqlite" else f"DELETE FROM {table} WHERE id = %s", [row.pk.hex])


def test_nothing_changes_or_removes_what_was_released(cast: Cast) -> None:
    row = released(cast)
    for change in (
        lambda: OwnInstrument.objects.filter(pk=row.pk).update(source="{}"),
        lambda: OwnInstrument.objects.filter(pk=row.pk).delete(),
        lambda: OwnInstrument.objects.filter(pk=row.pk).update(released_at=None),
        lambda: OwnInstrument.objects.filter(pk=row.pk).update(id=cast.beuk.pk),
        partial(put_in_its_place, row),
    ):
        with pytest.raises(DatabaseError, match="only grows once released"), transaction.atomic():
            change()
    assert post(cast.bram, "own_item", row.pk, "w1", read="1", text="Anders.", kind="list").status_code == 302
    assert post(cast.bram, "own_instrument_discard", row.pk).status_code == 409
    assert fresh(row).source == row.source
    gone = draft(cast, "Weg")
    assert post(cast.bram, "own_instrument_discard", gone.pk).status_code == 302
    assert not OwnInstrument.objects.filter(pk=gone.pk).exists()


def correction(cast: Cast) -> OwnInstrument:
    """Version 2 with one word put right."""
    made = actions.correct_list(cast.bram, released(cast))
    post(cast.bram, "own_item", made.pk, "w1", read="1", text="Ik ga heel graag naar school.", kind="list", scale="wellbeing")
    return fresh(made)


def test_a_correction_is_a_next_version_whose_trend_begins_anew(cast: Cast) -> None:
    made = correction(cast)
    page = text_of(cast.bram, "own_instrument_edit", made.pk)
    for shown in ("Andere woorden", "Ik ga heel graag naar school.", "begint de lijn in de uitkomsten opnieuw", "alleen woorden verbeterd"):
        assert shown in page
    actions.release_list(cast.bram, made, read=2, at=MONDAY)
    one, two = (instrument_in(cast.beuk.pk, made.key, version) for version in (1, 2))
    assert not joins(one, two, "wellbeing")
    assert [one.version for one in instruments_of(cast.beuk, on=TODAY) if one.key == made.key] == [2]
    first = OwnInstrument.objects.get(key=made.key, version=1)
    assert post(cast.bram, "own_instrument_correct", first.pk).status_code == 409
    assert instrument_in(cast.beuk.pk, made.key, 1).items[0].text == "Ik ga graag naar school."


def test_a_person_says_with_a_reason_that_only_words_changed(cast: Cast) -> None:
    made = correction(cast)
    reason = "Alleen een woord verbeterd."
    assert post(cast.bram, "own_instrument_reworded", made.pk, read="2", reason=reason).status_code == 302
    assert reason in text_of(cast.bram, "own_instrument_release", made.pk)
    post(cast.bram, "own_instrument_reworded", made.pk, read="3", take_back="1")
    assert sketch_in(fresh(made)).comparable_reason == ""
    post(cast.bram, "own_instrument_reworded", made.pk, read="4", reason=reason)
    actions.release_list(cast.bram, fresh(made), read=5, at=MONDAY)
    one, two = (instrument_in(cast.beuk.pk, made.key, version) for version in (1, 2))
    assert joins(one, two, "wellbeing")
    assert two.comparable_with is not None
    assert (two.comparable_with.scales, two.comparable_with.reason) == (("wellbeing",), reason)


def test_nobody_says_so_when_more_than_words_changed(cast: Cast) -> None:
    made = correction(cast)
    post(cast.bram, "own_instrument_reworded", made.pk, read="2", reason="Alleen een woord verbeterd.")
    post(cast.bram, "own_instrument_edit", made.pk, read="3", texts="Ik zing graag.", scale="wellbeing")
    refused = post(cast.bram, "own_instrument_release", made.pk, read="4")
    assert (refused.status_code, "meer veranderd dan woorden" in said(refused)) == (409, True)
    assert post(cast.bram, "own_instrument_reworded", made.pk, read="4", reason="Toch hetzelfde gebleven.").status_code == 409


def test_another_question_never_seems_to_be_the_same_in_other_words(cast: Cast) -> None:
    actions.change_list(
        cast.bram, row := draft(cast), partial(with_item, item=SketchedItem(key="v1", text="Ik ben bang."), scale="wellbeing"), read=1
    )
    actions.release_list(cast.bram, row, read=2, at=MONDAY)
    made = actions.correct_list(cast.bram, fresh(row))
    post(cast.bram, "own_item_remove", made.pk, "v1", read="1")
    post(cast.bram, "own_instrument_edit", made.pk, read="2", texts="Ik ben blij.", scale="wellbeing")
    assert [one.key for one in sketch_in(fresh(made)).items] == ["w1", "w2", "v2"]
    page = text_of(cast.bram, "own_instrument_edit", made.pk)
    assert ("Nieuwe vraag" in page, "alleen woorden verbeterd" in page) == (True, False)


def test_who_is_asked_belongs_to_what_changed(cast: Cast) -> None:
    made = correction(cast)
    post(cast.bram, "own_instrument_head", made.pk, **head(read="2", title="Onze lijst", who="guardian:pupil", first_year="1"))
    page = text_of(cast.bram, "own_instrument_edit", made.pk)
    for shown in ("Andere invullers", "Ouders, over hun kind", "Andere leerjaren", "groep 1 tot en met 8", "Hoe vaak is anders"):
        assert shown in page
    refused = post(cast.bram, "own_instrument_reworded", made.pk, read="3", reason="Alleen een woord verbeterd.")
    assert (refused.status_code, "meer veranderd dan woorden" in said(refused)) == (409, True)


def test_a_list_that_was_retired_opens_no_round(cast: Cast) -> None:
    row = released(cast)
    assert row.key in {one.key for one in instruments_of(cast.beuk, on=TODAY)}
    assert post(cast.bram, "own_instrument_retire", row.pk).status_code == 302
    assert row.key not in {one.key for one in instruments_of(cast.beuk, on=TODAY)}
    assert instrument_in(cast.beuk.pk, row.key, 1).title == "Onze lijst"  # what was asked can still be read
    assert "Uit gebruik sinds" in text_of(cast.bram, "own_instrument", row.pk)
    assert post(cast.bram, "own_instrument_retire", row.pk).status_code == 409


def test_no_older_version_comes_back_for_one_that_was_retired(cast: Cast) -> None:
    made = correction(cast)
    actions.release_list(cast.bram, made, read=2, at=MONDAY)
    first = OwnInstrument.objects.get(key=made.key, version=1)
    assert "Afname openen" not in text_of(cast.bram, "own_instrument", first.pk)  # there is a newer one
    address = f"{reverse('round_new', args=[cast.bram.pk])}?instrument={made.key}:2&amp;step=who"
    assert address in text_of(cast.bram, "own_instrument", made.pk)
    chosen = text_of(cast.bram, "round_new", instrument=f"{made.key}:2", step="who")
    assert f'name="instrument" value="{made.key}:2"' in chosen
    assert "Welke groepen?" in chosen
    actions.retire_list(cast.bram, fresh(made), at=MONDAY)
    assert made.key not in {one.key for one in instruments_of(cast.beuk, on=TODAY)}


@pytest.mark.parametrize("stop", ["retired", "licence"])
def test_what_may_be_asked_no_more_is_asked_of_no_guardian_and_shown_to_none(cast: Cast, stop: str) -> None:
    row = actions.begin_list(cast.bram, cast.beuk, replace(ready_sketch("Bij opa"), informant=Informant.GUARDIAN))
    actions.release_list(cast.bram, row, read=1, at=MONDAY)
    offered = partial(lists_for_guardians, cast.beuk, cast.pupil_noor, at=MONDAY)
    shown = partial(text_of, cast.els, "pupil_lists", cast.pupil_noor.pk)
    assert "Bij opa" in {one.title for one in offered()}
    assert "Bij opa" in shown()
    over: dict[str, dict[str, Any]] = {"retired": {"retired_at": MONDAY}, "licence": {"licence_until": TODAY - timedelta(days=1)}}
    OwnInstrument.objects.filter(pk=row.pk).update(**over[stop])
    assert "Bij opa" not in {one.title for one in offered()}
    assert "Bij opa" not in shown()


def test_no_round_outlives_the_licence_of_its_list(cast: Cast) -> None:
    row = released(cast)
    OwnInstrument.objects.filter(pk=row.pk).update(licence_until=date(2025, 11, 14))
    one = instrument_in(cast.beuk.pk, row.key, 1)
    check_may_ask(cast.beuk.pk, one, through=date(2025, 11, 14))
    with pytest.raises(LicenceEndsFirst):
        check_may_ask(cast.beuk.pk, one, through=date(2025, 11, 15))
    Holiday.objects.create(
        school=cast.beuk, year=cast.year, kind="vacation", name="Kerstvakantie", first_on=date(2025, 12, 20), last_on=date(2026, 1, 4)
    )
    days = {"opens_on": "2025-11-10", "closes_on": "2025-11-21"}
    refused = post(cast.bram, "round_new", instrument=f"{row.key}:1", groups=str(cast.group_6a.pk), done=["list", "who", "when"], **days)
    assert (refused.status_code, "loopt tot en met" in said(refused)) == (409, True), said(refused)


def test_of_another_school_nothing_is_known(cast: Cast) -> None:
    row = released(cast)
    with pytest.raises(NoSuchInstrument):
        instrument_in(cast.eik.pk, row.key, 1)
    assert row.key not in {one.key for one in instruments_of(cast.eik, on=TODAY)}
    OwnInstrument.objects.filter(pk=draft(cast, "Nog niet").pk)
    with pytest.raises(NoSuchInstrument):
        instrument_in(cast.beuk.pk, "eigen-nog-niet", 1)
    with pytest.raises(ChangedMeanwhile):
        actions.release_list(cast.bram, OwnInstrument.objects.get(title="Nog niet"), read=9, at=MONDAY)


# ---- a publisher's list


def test_a_school_with_a_licence_fills_in_a_shell(cast: Cast) -> None:
    assert "Zelf invullen" in text_of(cast.bram, "instrument_shell", "rses-1")
    assert "mogen niet in Kring staan" in text_of(cast.bram, "instrument_shell", "sdq-leerling-1")
    assert post(cast.bram, "instrument_new", title="SDQ", basis="shell:sdq-leerling-1").status_code == 200
    begun = post(cast.bram, "instrument_new", title="Zelfwaardering", basis="shell:rses-1")
    row = OwnInstrument.objects.get()
    assert begun.headers["Location"] == reverse("own_instrument_licence", args=[cast.bram.pk, row.pk])
    bench = text_of(cast.bram, "own_instrument_edit", row.pk)
    assert "(nog geen tekst)" in bench
    assert "mag gebruiken" in bench
    over = post(cast.bram, "own_instrument_licence", row.pk, proof="L-12", until="2025-10-01", agreed="on")
    assert over.status_code == 409
    assert post(cast.bram, "own_instrument_licence", row.pk, proof="L-12", until="2026-07-31", agreed="on").status_code == 302
    texts = "\n".join(f"Verzonnen zin {number}." for number in range(1, 11))
    post(cast.bram, "own_instrument_edit", row.pk, read="1", texts=texts, scale="")
    post(cast.bram, "own_instrument_answers", row.pk, read="2", answers="how_true")
    post(cast.bram, "own_instrument_head", row.pk, **head(read="3", first_year="8", last_year="8"))
    post(cast.bram, "own_instrument_origin", row.pk, read="4", validity_note="Geen norm.", licence="CC-BY-4.0")
    actions.release_list(cast.bram, fresh(row), read=5, at=MONDAY)
    done = fresh(row)
    assert (done.licence_said_by_id, len(instrument_in(cast.beuk.pk, row.key, 1).items)) == (cast.bram.pk, 10)
    page = pages_of(cast, done)
    for shown in ("De tekst mag de school niet uit.", f"vastgelegd door {cast.bram.person}"):
        assert shown in page
    keys = [{one.key for one in instruments_of(cast.beuk, on=day)} for day in (date(2026, 7, 31), date(2026, 8, 1))]
    assert [row.key in found for found in keys] == [True, False]
    with time_machine.travel(MONDAY + timedelta(days=400), tick=False):
        assert "De licentie liep tot en met" in pages_of(cast, done)


def pages_of(cast: Cast, row: OwnInstrument) -> str:
    return text_of(cast.bram, "own_instrument", row.pk)


# ---- all the way


def test_a_list_of_ones_own_is_asked_answered_and_read(cast: Cast) -> None:
    row = released(cast)
    assert "Onze lijst" in text_of(cast.bram, "round_new")
    days = {"first_on": date(2025, 12, 20), "last_on": date(2026, 1, 4)}
    Holiday.objects.create(school=cast.beuk, year=cast.year, kind="vacation", name="Kerstvakantie", **days)
    asked = Round.objects.create(
        school=cast.beuk, year=cast.year, instrument=row.key, version=1, title="Ons", opens_on=TODAY, closes_on=date(2025, 11, 21)
    )
    for pupil in (cast.pupil_noor, cast.pupil_sem):
        Invitation.objects.create(school=cast.beuk, round=asked, group=cast.group_6a, pupil=pupil)
    files = {
        "pupils": "leerling;naam\nnoor;Noor Test\nsem;Sem Test\n",
        "answers": "leerling;w1;w2\nnoor;4;1\nsem;1;4\n",
    }
    sent = {kind: SimpleUploadedFile(f"{kind}.csv", text.encode()) for kind, text in files.items()}
    fields = {"held_on": "2025-11-03", "title": "", "instrument": f"{row.key}:1", **sent}
    checked = client_of(cast.anna).post(reverse("upload", args=[cast.anna.pk, cast.group_6a.pk]), fields)
    assert checked.status_code == 302, said(checked)
    assert post(cast.anna, "upload_apply", Upload.objects.get().pk).status_code == 302
    answered = Submission.objects.get(invitation__pupil=cast.pupil_noor)
    assert answered.answers == {"w1": 4, "w2": 1}
    Round.objects.filter(pk=asked.pk).update(closed_at=timezone.now())  # what came out is shown from then on
    page = text_of(cast.anna, "round_group", answered.invitation.round_id, cast.group_6a.pk)
    assert "Fijn op school" in page
    assert "Noor" in page
