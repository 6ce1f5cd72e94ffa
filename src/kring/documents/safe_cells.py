"""Tables for Excel and LibreOffice in which no cell can become a formula.

Dutch spreadsheets split on the semicolon, others on the comma or tab, so a formula may hide after any of them as well as at the start
of a line, and behind marks that nobody sees. What could start one gets an apostrophe before it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

STARTS = "=+\\-@＝＋－＠﹦﹢﹣﹫"
FORMULA = re.compile(rf"(^|[;,\t|\n])([ '\"]*)([{STARTS}])")


def safe_cell(text: str) -> str:
    """The text without control characters and invisible marks, and with an apostrophe before whatever could start a formula."""
    return FORMULA.sub(r"\1\2'\3", plain_text(text))


def plain_text(text: str) -> str:
    """What a reader sees of the text, on one line: no control characters, no marks that nobody sees, one kind of blank."""
    return text if text.isascii() and text.isprintable() else "".join(_seen(sign) for sign in text)


def _seen(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in ("Zs", "Zl", "Zp") or sign in "\t\n\r":
        return " "
    return "" if category in ("Cc", "Cf", "Cs") else sign


def csv_bytes(rows: Iterable[Sequence[str | float | int | None]]) -> bytes:
    """The rows as UTF-8 with byte-order mark, every cell quoted, semicolons between, decimal commas."""
    lines = (";".join(_quoted(cell) for cell in row) for row in rows)
    return ("\ufeff" + "".join(f"{line}\r\n" for line in lines)).encode()


def _quoted(cell: str | float | int | None) -> str:
    if cell is None:
        return '""'
    if isinstance(cell, str):
        return '"' + safe_cell(cell).replace('"', '""') + '"'
    return f'"{cell!r}"'.replace(".", ",")
