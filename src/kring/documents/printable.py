"""Text that the fonts of the PDF can show: PDF/UA refuses a letter without a picture, and a report must never fail on a name."""

from __future__ import annotations

import re
import unicodedata

# What Atkinson Hyperlegible Next has, then Greek and Cyrillic and Arabic letters from the typesetter's own fonts.
_RANGES = (
    "0020-007E 00A0-00AC 00AE-00B4 00B6-0107 010A-0113 0116-011B 011E-0123 0126-0127 012A-012B 012E-0133 0136-0137 0139-013E 0141-0148 "
    "0150-0155 0158-015B 015E-0165 016A-016B 016E-017E 0218-021B 02C6-02C7 1E80-1E85 1E9E 1EF2-1EF3 2013-2014 2018-201A 201C-201E "
    "2020-2022 2026 2030 2039-203A 20AC 2122 2212 2248 2260 2264-2265 "
    "0391-03A1 03A3-03A9 03B1-03C9 0410-044F 0401 0451 0621-063A 0641-064A"
)
_BOUNDS = [(int(low, 16), int(high or low, 16)) for low, _, high in (part.partition("-") for part in _RANGES.split())]
SHOWN = frozenset(chr(code) for low, high in _BOUNDS for code in range(low, high + 1))
STAND_IN = "?"
_UNKNOWN = re.compile("[^\n" + "".join(map(re.escape, sorted(SHOWN))) + "]")


def printable(text: str) -> str:
    """The text with composed letters; a letter without a picture loses its accents, and what is left unknown becomes a question mark.

    So does a text of which nothing can be shown: PDF/UA refuses a heading without letters.
    """
    shown = _UNKNOWN.sub(_replaced, unicodedata.normalize("NFC", text))
    return shown if shown.strip() or not text else STAND_IN


def _replaced(found: re.Match[str]) -> str:
    c = found.group()
    if c in "\t\u2009\u202f" or unicodedata.category(c) in ("Zs", "Zl", "Zp"):
        return " "
    if unicodedata.category(c) in ("Cc", "Cf", "Mn"):
        return ""
    bare = "".join(part for part in unicodedata.normalize("NFKD", c) if part in SHOWN)
    return bare or STAND_IN
