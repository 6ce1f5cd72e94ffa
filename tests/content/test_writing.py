"""A list is written in one form only: what is read and written again is the same bytes."""

import doctest
import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from kring import library
from kring.library import Entry, Status, Translation, read_entry, read_translation, written_entry, written_translation
from kring.library.canonical import first_difference, rewrite, written_files
from tests.content.drawn_entries import entries

FIX = (
    "take its line in released.sha256 away, then "
    """PYTHONPATH=src .venv/bin/python -c "from kring.library.canonical import rewrite as r; r('{name}')" """
)


@settings(max_examples=60)
@given(entries())
def test_what_is_written_is_read_as_it_was_and_written_as_the_same_bytes(entry: Entry) -> None:
    text = written_entry(entry)
    again = read_entry(text, source="any.yaml")
    assert again == entry
    assert written_entry(again) == text


@settings(max_examples=25)
@given(entries())
def test_a_translation_is_read_as_it_was_and_written_as_the_same_bytes(entry: Entry) -> None:
    of = Entry(entry.instrument, entry.licence_source, entry.verified_on, True, True, entry.validity_note)  # noqa: FBT003
    translation = Translation(entry.instrument, Status.TRANSLATED, entry.validity_note)
    text = written_translation(translation).replace(f"\nlanguage: {written(entry)}\n", "\nlanguage: fy\n")
    again = read_translation(text, source="any.yaml", of=of)
    assert (again.instrument.items, again.instrument.scales) == (entry.instrument.items, entry.instrument.scales)
    assert (again.instrument.language, again.instrument.questions) == ("fy", entry.instrument.questions)
    assert written_translation(again) == text


def written(entry: Entry) -> str:
    language = entry.instrument.language
    return f'"{language}"' if language == "no" else language


@pytest.mark.parametrize("path", written_files(library.CONTENT), ids=lambda path: str(path.name))
def test_every_file_of_the_library_is_in_its_one_form(path: Path) -> None:
    found = first_difference(path)
    assert found is None, f"{found}\n{FIX.format(name=path.relative_to(library.CONTENT).as_posix())}"


def test_the_first_line_that_is_otherwise_is_named_and_a_new_file_is_rewritten_once(tmp_path: Path) -> None:
    folder = tmp_path / "instruments"
    folder.mkdir()
    meant = (library.CONTENT / "instruments" / "kring-sociogram-1.yaml").read_text(encoding="utf-8")
    path = folder / "kring-sociogram-1.yaml"
    path.write_text(meant.replace("minutes: 10\n", "minutes: 010  # ruim\n"), encoding="utf-8")
    (tmp_path / "released.sha256").write_text("# heading\n", encoding="utf-8")
    line = meant.splitlines().index("minutes: 10") + 1
    assert first_difference(path) == f"{path.name}, line {line}: 'minutes: 010  # ruim\\n' is written as 'minutes: 10\\n'"
    rewrite("instruments/kring-sociogram-1.yaml", content=tmp_path)
    assert (first_difference(path), path.read_text(encoding="utf-8")) == (None, meant)
    path.write_text(meant.replace("minutes: 10", "minutes: 11"), encoding="utf-8")
    rewrite("instruments/kring-sociogram-1.yaml", content=tmp_path)
    assert library.changed_since_release(tmp_path) == ("instruments/kring-sociogram-1.yaml",)


def test_the_page_on_the_format_shows_a_list_that_reads_in_its_one_form() -> None:
    page = Path(__file__).parents[2] / "docs" / "instruments.md"
    shown = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)[1]
    assert written_entry(read_entry(shown, source=page.name)) == re.sub(r" +#.*", "", shown)
    outcome = doctest.testfile(str(page), module_relative=False)
    assert (outcome.failed, outcome.attempted) == (0, 7)
