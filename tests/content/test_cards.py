"""Information cards: whole, in plain words, without a label; a mistake is named with its place."""

from pathlib import Path

import pytest

from kring import library
from kring.core.signs import SIGNS
from kring.file_problems import ContentRefused
from kring.library.cards import card, cards, cards_for
from kring.library.readability import ReadingLevel, reads_easily_enough

FOLDER = library.CONTENT / "cards"
NAME = "faalangst-1.yaml"
GOOD = (FOLDER / NAME).read_text(encoding="utf-8")


def test_there_are_ten_each_with_what_helps_and_nobody_checked_them_yet() -> None:
    assert len(cards()) >= 10
    assert len({one.key for one in cards()}) == len(cards())
    for one in cards():
        assert set(one.signs) <= set(SIGNS)
        assert not one.is_checked  # a person must; then a new version says so


@pytest.mark.parametrize("key", [one.key for one in cards()])
def test_a_card_reads_easily(key: str) -> None:
    one = card(key)
    assert one is not None
    assert reads_easily_enough([one.about, *one.may_see, *one.helps, *one.avoid, *one.call_in], ReadingLevel.B1)


def test_a_card_is_found_by_what_was_seen() -> None:
    assert cards_for(["long-sleeves-when-warm", "often-to-toilet", "many-layers"])[0].key == "zelfbeschadiging"
    assert cards_for(["breaks-things"]) == ()
    assert cards_for([]) == ()
    assert card("bestaat-niet") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("key: faalangst", "key: anders"),
        ("version: 1", "version: 2"),
        ("may_redistribute_text: true", "may_redistribute_text: false"),
        ("review_by: 2027-08-01", "review_by: 2020-08-01"),
        ("avoids-new", "is-zo"),
        ("title:", "titel:"),
        (GOOD, "["),
        (GOOD[GOOD.index("avoid:") : GOOD.index("call_in:")], "avoid: []\n"),
    ],
)
def test_a_mistake_on_a_card_is_named(tmp_path: Path, old: str, new: str) -> None:
    assert old in GOOD
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / NAME).write_text(GOOD.replace(old, new, 1))
    with pytest.raises(ContentRefused) as refused:
        cards(tmp_path)
    assert refused.value.problems
