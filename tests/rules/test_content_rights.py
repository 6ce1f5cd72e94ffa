"""Nothing in content/ that may not be spread: a list says that its text may be, and a shell of a protected list holds no texts."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kring.library import CONTENT, shells
from kring.lined_yaml import LOADER

FREE = re.compile(r"CC-BY-4\.0|CC0-1\.0")
NAMES = {"key", "title", "owner"}
MAY_BE_LONG = {"note", "licence", "licence_source"}
SENTENCE = re.compile(r"[.?!]|\b(ik|mij|mijn|je|jij|jouw|i|my|me|you|your)\b", re.IGNORECASE)
LONGEST_NAME = 70


def breaches(content: Path) -> list[str]:
    """Every file with a text that may not be spread, or that does not say so."""
    return sorted(f"{path.relative_to(content).as_posix()}: {wrong}" for path in content.rglob("*.y*ml") for wrong in _wrong(path))


def _wrong(path: Path) -> Iterator[str]:
    read: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - it is a safe one
    if path.parent.name == "shells":
        yield from _texts({name: value for name, value in read.items() if name not in NAMES})
    elif path.parent.name == "instruments" and not FREE.fullmatch(str(read.get("licence"))):
        yield f"licence {read.get('licence')}"
    elif path.parent.name == "instruments" and (found := [one.key for one in shells() if one.is_named_in(str(read.get("title")))]):
        yield f"is named as {found[0]}"
    elif path.parent.name == "instruments" or "may_redistribute_text" in read:
        yield from [] if read.get("may_redistribute_text") is True else ["its text may not be spread"]


def _texts(read: Any, name: str = "") -> Iterator[str]:
    """What reads like an item: a sentence, or words about oneself, anywhere but in the notes."""
    if isinstance(read, dict):
        for key, value in read.items():
            yield from [] if key in MAY_BE_LONG else _texts(value, str(key))
    elif isinstance(read, list):
        for value in read:
            yield from _texts(value, name)
    elif isinstance(read, str) and (len(read) > LONGEST_NAME or (SENTENCE.search(read))):
        yield f"{name} reads like a text: {read}"


def test_no_text_that_may_not_be_spread() -> None:
    assert breaches(CONTENT) == []


PLANTED = {
    "instruments/protected-1.yaml": (
        "licence: CC-BY-4.0\nmay_redistribute_text: false\n", "instruments/protected-1.yaml: its text may not be spread",
    ),
    "instruments/unsaid-1.yaml": ("licence: CC-BY-4.0\n", "instruments/unsaid-1.yaml: its text may not be spread"),
    "instruments/other-1.yaml": ("licence: alle rechten\nmay_redistribute_text: true\n", "instruments/other-1.yaml: licence alle rechten"),
    "instruments/sdq-1.yaml": (
        "title: SDQ voor ons\nlicence: CC-BY-4.0\nmay_redistribute_text: true\n", "instruments/sdq-1.yaml: is named as sdq-leerkracht",
    ),
    "help/hidden.yaml": ("may_redistribute_text: false\n", "help/hidden.yaml: its text may not be spread"),
    "shells/full-1.yaml": (
        "may_redistribute_text: false\nscales: {s: {title: Ik voel me fit}}\n",
        "shells/full-1.yaml: title reads like a text: Ik voel me fit",
    ),
    "shells/long-1.yaml": (f"columns: [{'x' * 71}]\n", f"shells/long-1.yaml: columns reads like a text: {'x' * 71}"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_text_is_found(name: str, tmp_path: Path) -> None:
    text, found = PLANTED[name]
    shutil.copytree(CONTENT / "shells", tmp_path / "shells")
    planted = tmp_path / name
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(text, encoding="utf-8")
    assert breaches(tmp_path) == [found]
