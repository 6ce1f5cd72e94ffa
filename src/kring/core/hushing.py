"""Names in a text that somebody reads who is not to know whom it is about: they become dots, and the sentence stays a sentence.

Roos, Storm and Wolf are children, and words. A capital is a name. Without a capital such a word stays a word, unless a pupil of the group
that the text is about is called so: then it stays only where Dutch puts a word and no name, behind “de”, “een”, “elke” and the like.
"""

from collections.abc import Collection
from itertools import takewhile
from typing import Final

from kring.core.anonymity import Finding, Kind, Roster, findings, folded
from kring.core.anonymity_words import ENDINGS
from kring.core.hushing_words import BEFORE_A_NOUN, ORDINARY

NAMES: Final = frozenset({Kind.NAME, Kind.INITIALS, Kind.ADMIN_KEY})
DOTS: Final = "…"


def hushed(text: str, roster: Roster, *, near: Collection[str]) -> str:
    """The text with dots for every name on the roster. `near`: given names and family names, as written, of pupils it may be about.

    >>> somebody = Roster(frozenset({"Roos"}), frozenset())
    >>> hushed("De roos op het bord is voor Roos.", somebody, near=[])
    'De roos op het bord is voor ….'
    >>> hushed("Zet roos naast de roos.", somebody, near=["Roos"])
    'Zet … naast de roos.'
    """
    close = frozenset(folded(name) for name in near)
    for one in reversed(findings(text, roster, ages=range(0))):
        if one.kind in NAMES and not _is_a_word(text, one, close):
            text = f"{text[: one.start]}{DOTS}{text[one.end :]}"
    return text


def _is_a_word(text: str, one: Finding, close: Collection[str]) -> bool:
    """A word that many children are called after, written small, where it cannot well be one of them."""
    word = folded(one.text)
    if one.kind is not Kind.NAME or any(sign.isupper() for sign in one.text) or not _bare(word) & ORDINARY:
        return False
    if not any(name.startswith(word) or not _bare(word).isdisjoint(name.split()) for name in close):
        return True
    before = folded(_last_word(text[: one.start]))
    return before in BEFORE_A_NOUN and f"{before} {word}" not in close  # “de wit” may be the family name


def _last_word(text: str) -> str:
    """The word just before, when only spaces stand between."""
    kept = text.rstrip(" \t")
    letters = sum(1 for _ in takewhile(str.isalpha, reversed(kept))) if kept != text else 0
    return kept[len(kept) - letters :]


def _bare(word: str) -> frozenset[str]:
    """The word, and what is left of it without an ending: roosje, wolfs."""
    return frozenset({word, *(word[: -len(ending)] for ending in ENDINGS if word.endswith(ending))})
