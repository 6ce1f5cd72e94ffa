"""The packs of the regions: both examples say that they are invented, and every mistake is named with its line."""

from datetime import date
from pathlib import Path

import pytest

from kring.core.region import Layer, Word
from kring.core.school_types import SchoolType
from kring.file_problems import ContentRefused, Problems
from kring.library import CONTENT, packs
from kring.library.pack_file import read_pack

GOOD = (CONTENT / "packs" / "voorbeeld-midden" / "swv-veerpont-1.yaml").read_text(encoding="utf-8")


def test_two_examples_come_along_and_say_that_they_are_invented() -> None:
    found = packs()
    assert [pack.mark for pack in found] == ["swv-veerpont-1", "swv-vuurtoren-1"]
    assert all(pack.is_example and "verzonnen" in pack.name for pack in found)


def test_a_pack_has_its_own_words_layers_form_and_procedure() -> None:
    ferry, lighthouse = packs()
    assert (ferry.terms.words[Word.COORDINATOR], lighthouse.terms.words[Word.COORDINATOR]) == (
        "ondersteuningscoördinator",
        "intern begeleider",
    )
    assert ferry.terms.layers[0] == Layer("Niveau 1", "Goede les voor iedereen, door de docent en de mentor.")
    assert [(asked.key, asked.is_required) for asked in ferry.terms.request_fields][-1] == ("attendance", False)
    assert ferry.school_types == (SchoolType.SECONDARY, SchoolType.SPECIAL_SECONDARY)
    assert set(ferry.municipalities) & set(lighthouse.municipalities) == {"Zilverhaven"}


def test_a_pack_holds_from_a_day_until_a_day() -> None:
    ferry, lighthouse = packs()
    assert [ferry.holds_on(day) for day in (date(2025, 7, 31), date(2025, 8, 1), date(2028, 7, 31), date(2028, 8, 1))] == [0, 1, 1, 0]
    assert lighthouse.holds_on(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("good", "bad", "column"),
    [
        ("school_types: [vo, vso]", "school_types: [mbo]", "school_types"),
        ("school_types: [vo, vso]", "school_types: []", "school_types"),
        ("is_example: true", "is_example: ja", "is_example"),
        ("valid_until: 2028-07-31", "valid_until: 2025-07-31", "valid_until"),
        ("valid_from: 2025-08-01", "valid_from: augustus", "valid_from"),
        ("  coordinator: ", "  coordinater: ", "coordinater"),
        ("  - name: Niveau 1\n", "  - naam: Niveau 1\n", "name"),
        ("    required: true\n  pupil_view", "    required: graag\n  pupil_view", "required"),
        ("procedure: >-", "procedures: >-", "procedure"),
    ],
)
def test_a_mistake_is_named_with_its_line(good: str, bad: str, column: str) -> None:
    problems = Problems()
    assert good in GOOD
    read_pack(GOOD.replace(good, bad), source="x.yaml", problems=problems)
    found = {each.column: each.line for each in problems.found}
    assert found[column] is not None


def test_a_pack_without_layers_is_refused() -> None:
    problems = Problems()
    before, _, after = GOOD.partition("layers:")
    read_pack(before + "request_fields:" + after.partition("request_fields:")[2], source="x.yaml", problems=problems)
    assert [each.column for each in problems.found] == ["layers"]


def test_a_pack_in_the_wrong_place_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "packs" / "elders"
    folder.mkdir(parents=True)
    (folder / "swv-veerpont-1.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "leeg-1.yaml").write_text("", encoding="utf-8")
    with pytest.raises(ContentRefused) as refused:
        packs(tmp_path)
    assert [problem.file for problem in refused.value.problems] == ["leeg-1.yaml", "swv-veerpont-1.yaml"]
