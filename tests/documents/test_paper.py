"""The PDF: PDF/UA-1, tagged, in Dutch; a text of a user is printed and never run."""

import subprocess
from datetime import date
from pathlib import Path
from shutil import which

import page
import pikepdf
import pytest

from kring.core.instruments import Informant
from kring.documents import paper
from kring.documents.paper import group_pdf, printed, pupil_pdf
from kring.documents.printable import SHOWN, printable
from tests.documents import sample
from tests.documents.markup import opened, tags_of

EVIL = '#read("secret.txt") #panic() $x^2$ *a* <script> \\u{41} "quote" @label'


def failures(made: bytes) -> list[str]:
    report = page.validate_pdf_bytes(made, profile=page.ValidationProfile.PDF_UA_1)
    return [failure.message for failure in report.failures]


def text_of(made: bytes) -> str:
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True)
    return found.stdout.decode()


def with_name(name: str) -> dict[str, str]:
    return sample.names() | {"l01": name}


@pytest.fixture(scope="module")
def group() -> bytes:
    return group_pdf(sample.group_report())


def test_a_group_report_is_accessible(group: bytes) -> None:
    assert failures(group) == []


def test_a_pupil_report_is_accessible() -> None:
    assert failures(pupil_pdf(sample.pupil_report())) == []


def test_language_title_and_tags_are_stated(group: bytes) -> None:
    with opened(group) as pdf:
        assert pdf.Root.Lang == "nl"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Groep 6A · Groepsrapport"
            assert metadata["pdfuaid:part"] == "1"


def test_charts_have_words_and_tables_have_headers(group: bytes) -> None:
    with opened(group) as pdf:
        found = list(tags_of(pdf))
        figures = [str(node.Alt) for node in found if node.S == "/Figure" and "/Alt" in node]
        assert len(figures) == 9
        assert figures[0].startswith("Gemiddelden van de groep. Plezier op school: leerling 3,24 · groen, zeker")
        headers = [node for node in found if node.S == "/TH"]
        assert len(headers) == 6 + 7 + 7
        assert sum(1 for node in found if node.S == "/TR") == 3 + 6 + 30 + 30
        assert {"/H1", "/H2", "/H3", "/Table", "/Caption"} <= {str(node.S) for node in found}


def test_every_pupil_is_printed(group: bytes) -> None:
    text = " ".join(text_of(group).split())
    assert [name for name in sample.names().values() if name.split()[0] not in text] == []
    assert "1/6" in text.replace(" / ", "/")
    assert "niet doorsturen" in text


def test_two_waves_share_one_explanation() -> None:
    waves = (sample.measurement(), sample.measurement(wave="voorjaar 2027", seed=5))
    made = group_pdf(sample.group_report(measurements=waves, sociograms=()))
    assert failures(made) == []
    assert text_of(made).count("Hoe komt een score tot stand?") == 1


def test_fonts_are_our_own_and_embedded(group: bytes) -> None:
    with opened(group) as pdf:
        names = {str(font.BaseFont) for one in pdf.pages for font in one.Resources.get("/Font", pikepdf.Dictionary()).values()}
    assert names
    assert all("AtkinsonHyperlegibleNext" in name for name in names)


def test_code_in_a_name_is_printed_as_it_is() -> None:
    made = group_pdf(sample.group_report(group=EVIL, school=EVIL, names=with_name(EVIL), measurements=()))
    assert failures(made) == []
    text = " ".join(text_of(made).split())
    assert text.count('#read("secret.txt") #panic() $x^2$ *a* <script> \\u{41} "quote" @label') >= 2


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Łukasz Ğül İnci", "Łukasz Ğül İnci"),
        ("Nguyễn Văn", "Nguyen Văn"),
        ("Zoe\u0308", "Zoë"),
        ("Дмитрий", "Дмитрий"),
        ("محمد", "محمد"),
        ("李 Wei", "? Wei"),
        ("Ana😀", "Ana?"),
        ("A\x00n\u200ba\u202e", "Ana"),
        ("Jan\u00a0Piet\u2003X", "Jan\u00a0Piet X"),
        ("\u0301", "?"),
        ("a\u2028b", "a b"),
        ("", ""),
    ],
)
def test_any_name_can_be_printed(name: str, shown: str) -> None:
    assert printable(name) == shown


@pytest.mark.parametrize("title", ["\u0301", "\x7f"])
def test_a_report_never_fails_on_a_title_of_which_nothing_shows(title: str) -> None:
    assert failures(group_pdf(sample.group_report(group=title))) == []


def test_a_report_never_fails_on_a_name() -> None:
    made = group_pdf(sample.group_report(names=with_name("李 محمد Ж 😀 \x01"), sociograms=(sample.sociogram_part(),)))
    assert failures(made) == []


def test_every_letter_we_call_printable_has_a_picture() -> None:
    made = group_pdf(sample.group_report(group="x " + " ".join(sorted(SHOWN)), measurements=(), sociograms=()))
    assert failures(made) == []


def test_the_typesetter_is_shut_in_its_own_room() -> None:
    assert {found.suffix for found in paper.ROOM.iterdir()} == {".typ"}


def test_an_empty_report_and_a_big_class_come_out() -> None:
    assert failures(group_pdf(sample.group_report(measurements=(), sociograms=()))) == []
    many = sample.measurement(count=60, scales=6)
    assert failures(group_pdf(sample.group_report(measurements=(many,), sociograms=(), names=sample.names(60)))) == []


def test_the_same_report_gives_the_same_bytes() -> None:
    report = sample.pupil_report(measurements=(sample.measurement(Informant.TEACHER),))
    assert pupil_pdf(report) == pupil_pdf(report)


def test_a_sheet_that_was_kept_earlier_is_still_printed() -> None:
    """What was shared stays as it was, so its data are older than the template. When a template asks for more, it does without here."""
    kept = Path(__file__).with_name("kept").glob("sheet_*.json")
    made = [printed(sheet.read_bytes(), watermark="Voor G. Grijs", on=date(2026, 11, 20)) for sheet in kept]
    assert [failures(each) for each in made] == [[]]
    assert "Noor El Amrani" in text_of(made[0])
