"""What is promised elsewhere equals what the code does: settings, references, translations; each with a planted fault."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from kring.commands import reference, translations
from kring.settings import ENVIRONMENT
from tests.rules.sources import ROOT, sources

SETTING = re.compile(r"\bKRING_[A-Z]+(?:_[A-Z]+)*\b")


def settings_without_meaning(texts: Iterable[str], documented: Mapping[str, str]) -> set[str]:
    return {name for text in texts for name in SETTING.findall(text)} - set(documented)


def code_and_script() -> list[str]:
    return [source.text for source in sources()] + [(ROOT / "kring").read_text("utf-8")]


def test_no_setting_is_undocumented() -> None:
    assert settings_without_meaning(code_and_script(), ENVIRONMENT) == set()


def test_no_documented_setting_is_unused() -> None:
    used = {name for text in code_and_script() for name in SETTING.findall(text.replace("ENVIRONMENT = {", ""))}
    assert set(ENVIRONMENT) <= used


def test_an_undocumented_setting_is_found() -> None:
    assert settings_without_meaning(["os.environ['KRING_NEW_THING']"], ENVIRONMENT) == {"KRING_NEW_THING"}


# ---- the reference pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", reference.pages())
def test_a_reference_page_equals_what_the_code_says(name: str) -> None:
    assert reference.is_written(name, reference.pages()[name])


def test_no_printed_page_stays_behind() -> None:
    assert set(reference.printed()) <= set(reference.pages())


def test_a_reference_page_that_lags_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "DOCS", tmp_path)
    (tmp_path / "access.md").write_text(reference.access().replace("teacher", "everybody"))
    assert not reference.is_written("access.md", reference.access())


# ---- the translations -----------------------------------------------------------------------------------------


def test_a_dutch_text_without_english_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = tmp_path / "django.po"
    text = translations.CATALOGUE.read_text("utf-8")
    catalogue.write_text(text.replace('msgstr "Groups"', 'msgstr ""', 1), "utf-8")
    monkeypatch.setattr(translations, "CATALOGUE", catalogue)
    assert translations.problems() != []
