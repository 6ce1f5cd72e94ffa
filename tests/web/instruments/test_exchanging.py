"""A list is brought in from another program: looked at first, kept as a draft; and handed on as a file."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kring.core.sketches import Lack, NotReady, lacks
from kring.library import entry, read_entry, written_entry
from kring.library.sketch_file import sketch_of
from kring.web.instruments.actions import begin_list, release_list
from kring.web.instruments.exchanging.sealing import MOST_CHARACTERS, opened
from kring.web.instruments.queries import library_entry, sketch_in
from kring.web.models import Entry, Membership, OwnInstrument
from tests.asking import TOKEN, look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.cast_sketches import ready_sketch
from tests.content.test_limesurvey import CODE, lss, question

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parents[2] / "content" / "foreign"
SHEET = "type,name,label,choice1,choice2\nmc,a,Hoe gaat het?,goed,slecht\ntext,b,Vertel.,,\n"


def bring(actor: Membership, name: str, data: str | bytes, **more: bytes) -> Any:
    files = {"file": SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)}
    files |= {field: SimpleUploadedFile(f"{field}.csv", each) for field, each in more.items()}
    return client_of(actor).post(reverse("instrument_bring", args=[actor.pk]), files)


def page(answer: Any) -> str:
    return TOKEN.sub("", answer.content.decode())


def keep(actor: Membership, answer: Any) -> Any:
    shown = answer.context["form"].initial["shown"]
    return client_of(actor).post(reverse("instrument_bring_keep", args=[actor.pk]), {"shown": shown})


def workbook(*named: str) -> bytes:
    """The sheet as XLSX, with these names of its sheets; the choices are on the second."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    tables = [
        [line.split(",") for line in SHEET.replace("mc,", "mc hoe,").splitlines()],
        [["list_name", "name", "label"], ["hoe", "1", "fijn"], ["", "2", "naar"]],
    ]
    for name, rows in zip(named, tables):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return made.getvalue()


def test_a_questionnaire_of_another_program_is_looked_at_and_kept_as_a_draft(cast: Cast) -> None:
    answer = bring(cast.bram, "lijst.txt", (HERE / "questionnaire.json").read_bytes())
    text = page(answer)
    assert answer.status_code == 200
    assert not OwnInstrument.objects.exists()
    assert all(words in text for words in ("Hoe is het?", "een FHIR Questionnaire", "enableWhen", "g/1", "Van wie de tekst is"))
    kept = keep(cast.bram, answer)
    made = OwnInstrument.objects.get()
    assert (kept.status_code, kept.headers["Location"]) == (302, reverse("own_instrument_edit", args=[cast.bram.pk, made.pk]))
    assert (made.is_draft, made.key) == (True, "eigen-hoe-is-het")
    assert {"no_licence", "no_promise", "no_minutes"} <= {reason.lack.value for reason in lacks(sketch_in(made))}
    assert Entry.objects.filter(name="own_instrument.begun").count() == 1
    text_of(cast.bram, "own_instrument_edit", made.pk)


@pytest.mark.parametrize("name", ["kring-leerling-1", "kring-ouder-1"])
def test_what_kring_hands_on_it_takes_in(cast: Cast, name: str) -> None:
    for route, form in (("library_instrument_yaml", "een vragenlijst van Kring"), ("library_instrument_fhir", "een FHIR Questionnaire")):
        file = look(cast.anna, route, name)
        assert name in file.headers["Content-Disposition"]
        answer = bring(cast.bram, "x", file.content)
        assert form in page(answer)
        keep(cast.bram, answer)
    drafts = [sketch_in(row) for row in OwnInstrument.objects.all()]
    one = library_entry(name)
    assert one is not None
    assert [(draft.items, draft.scales) for draft in drafts] == [(sketch_of(one).items, sketch_of(one).scales)] * 2
    assert not any(draft.licence_source for draft in drafts)


def test_formr_comes_in_csv_with_or_without_its_choices_and_as_a_workbook(cast: Cast) -> None:
    assert "een vragenlijst van formr" in page(bring(cast.bram, "vragen.csv", SHEET))
    with_list = SHEET.replace("mc,", "mc hoe,")
    choices = b"list_name,name,label\nhoe,1,fijn\n,2,naar\n"
    assert "naar" in page(bring(cast.bram, "vragen.csv", with_list, choices=choices))
    assert "naar" in page(bring(cast.bram, "vragen.xlsx", workbook("survey", "choices")))
    refused = bring(cast.bram, "vragen.csv", with_list)
    assert refused.status_code == 409
    assert "staat niet in het bestand met antwoorden" in page(refused)
    assert "Kies ook het bestand met de antwoorden." in page(refused)


def test_nothing_of_the_code_in_a_list_stands_on_a_page(cast: Cast) -> None:
    asked = [question(number, "S", f"Hoe {code} gaat het? &lt;script&gt;x") for number, code in enumerate(CODE, 1)]
    answer = bring(cast.bram, "lijst.lss", lss(questions=asked))
    keep(cast.bram, answer)
    made = OwnInstrument.objects.get()
    pages = [text_of(cast.bram, route, made.pk) for route in ("own_instrument", "own_instrument_edit", "own_instrument_try")]
    for text in (page(answer), *pages):
        assert not any(word in text for word in ("alert(1)", "implode", "system(", "eval(", "onerror=", "<script>x"))


REFUSED = {
    b"": "leeg",
    b"hallo": "",
    b"naam,groep\nnoor,6a\n": "herkent dit bestand niet",
    b"{}": "geen Questionnaire",
    b"<a/>": "geen vragenlijst van LimeSurvey",
    b"key: x\nversion: 1\n": "ontbreekt",
    b"\x00\x01\x02": "",
    b"PK\x03\x04kapot": "beschadigd",
    b"\xd0\xcf\x11\xe0": "oud Excel-bestand",
    b"key: \xff": "geen UTF-8",
    b"type,name,label\n" + b"note,,x\n" * 2001: "meer dan 2000 regels",
    written_entry(entry("kring-sociogram", 1)).encode(): "alleen vragen naar klasgenoten",
}


@pytest.mark.parametrize("data", REFUSED, ids=lambda one: repr(one[:12]))
def test_a_file_that_is_no_list_is_refused_in_words(cast: Cast, data: bytes) -> None:
    answer = bring(cast.bram, "x<b>.bin", data)
    assert answer.status_code == (409 if data else 200)
    assert REFUSED[data] in page(answer)
    assert "x<b>" not in page(answer)


def test_what_was_shown_is_only_kept_as_it_was_shown_and_by_whom(cast: Cast) -> None:
    answer = bring(cast.bram, "vragen.csv", SHEET)
    shown = answer.context["form"].initial["shown"]
    address = reverse("instrument_bring_keep", args=[cast.bram.pk])
    for forged in (shown[:-1], "x", "", signing.dumps("{}", salt="anders")):
        assert client_of(cast.bram).post(address, {"shown": forged}).headers["Location"] == reverse("instrument_bring", args=[cast.bram.pk])
    assert opened(cast.anna, shown) is None
    assert not OwnInstrument.objects.exists()


def test_a_list_that_is_longer_than_a_list_can_be_is_refused(cast: Cast) -> None:
    choices = ",".join(f"choice{n}" for n in range(1, 16))
    rows = "".join(f"mc,q{n},{'a' * 290},{','.join([f'{n}' + 'b' * 75] * 15)}\n" for n in range(150))
    answer = bring(cast.bram, "vragen.csv", f"type,name,label,{choices}\n{rows}")
    assert answer.status_code == 409
    assert "langer dan een lijst" in page(answer)
    assert MOST_CHARACTERS < 200_000


def test_who_may_not_write_lists_finds_no_page_to_bring_one_in(cast: Cast) -> None:
    for actor in (cast.anna, cast.rik, cast.els):
        assert look(actor, "instrument_bring").status_code == 404
        assert bring(actor, "x", SHEET).status_code == 404


def test_a_list_goes_out_when_its_text_may(cast: Cast) -> None:
    """Not while it is a draft; a text of the school's own only by who writes the lists, and one of somebody else by nobody."""
    free = begin_list(cast.bram, cast.beuk, replace(ready_sketch("Vrij"), may_redistribute_text=True))
    own = begin_list(cast.bram, cast.beuk, ready_sketch("Van ons"))
    bound = begin_list(cast.bram, cast.beuk, replace(ready_sketch("Gebonden"), licence="met toestemming"))
    assert look(cast.anna, "own_instrument_fhir", free.pk).status_code == 403
    for row in (free, own, bound):
        release_list(cast.bram, row, read=1, at=timezone.now())
    document = json.loads(look(cast.anna, "own_instrument_fhir", free.pk).content)
    assert document["url"] == f"urn:kring:instrument:{free.key}"
    assert read_entry(look(cast.anna, "own_instrument_yaml", free.pk).content.decode(), source="x").instrument.key == free.key
    assert "FHIR (JSON)" in text_of(cast.anna, "own_instrument", free.pk)
    assert "FHIR (JSON)" not in text_of(cast.bram, "own_instrument", bound.pk)
    for route in ("own_instrument_fhir", "own_instrument_yaml"):
        assert look(cast.bram, route, bound.pk).status_code == 403
        assert (look(cast.anna, route, own.pk).status_code, look(cast.bram, route, own.pk).status_code) == (403, 200)
        assert look(cast.frans, route, free.pk).status_code == 404
    assert look(cast.anna, "library_instrument_fhir", "kring-nergens-1").status_code == 404


def test_a_list_of_a_publisher_is_not_released_as_one_of_the_school(cast: Cast) -> None:
    """Whatever somebody says of its rights; so no round asks it and nobody hands it on."""
    answer = bring(cast.bram, "sdq leerkracht.csv", SHEET)
    assert "Zo heet een lijst van een uitgever" in page(answer)
    made = begin_list(cast.bram, cast.beuk, replace(ready_sketch("Vragen uit de SDQ"), licence="CC-BY-4.0", may_redistribute_text=True))
    with pytest.raises(NotReady) as refused:
        release_list(cast.bram, made, read=1, at=timezone.now())
    assert [reason.lack for reason in refused.value.reasons] == [Lack.NAME_OF_PUBLISHER]
    assert look(cast.bram, "own_instrument_fhir", made.pk).status_code == 403
    assert "Zo heet een lijst van een uitgever" in text_of(cast.bram, "own_instrument_edit", made.pk)
    release_list(cast.bram, begin_list(cast.bram, cast.beuk, ready_sketch("Laat je zien!")), read=1, at=timezone.now())


TOO_LONG = {"title: Vier": f"title: {'lang ' * 30}Vier", "  q1: ": f"  z: {'woord ' * 60}\n  q1: "}


def test_a_list_of_kring_that_is_longer_than_the_editor_allows_is_refused_by_its_parts(cast: Cast) -> None:
    text = written_entry(entry("kring-vier-vragen", 1))
    for old, new in TOO_LONG.items():
        assert old in text
        text = text.replace(old, new, 1)
    answer = bring(cast.bram, "lijst.yaml", text)
    assert answer.status_code == 409
    assert all(words in page(answer) for words in ("langer dan 100 tekens", "langer dan 300 tekens"))


def test_a_translation_goes_along_in_fhir(cast: Cast) -> None:
    document = json.loads(look(cast.anna, "library_instrument_fhir", "kring-ouder-1").content)
    assert document["_title"]["extension"][0]["extension"][0]["valueCode"] == "en"


def test_bringing_in_asks_the_database_the_same_however_many_lists_there_are(cast: Cast) -> None:
    few = queries_for(cast.bram, "instrument_bring")
    for number in range(3):
        begin_list(cast.bram, cast.beuk, ready_sketch(f"Lijst {number}"))
    assert queries_for(cast.bram, "instrument_bring") == few
