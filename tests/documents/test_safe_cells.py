"""No cell of a table that we write can become a formula, whichever mark the reader's spreadsheet splits on."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.documents.safe_cells import csv_bytes, safe_cell

STARTS = tuple("=+-@＝＋－＠")
PAYLOADS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", " =1+1", "\t=1+1", "\n=1+1", "a\n=1+1", "a;=1+1", "a,=1+1", "a\t=1+1", "a|=1+1", "\ufeff=1+1",
    "\u00a0=1+1", "\u200b=1+1", "\r=1+1", "\x00=1+1", "'=1+1", '"=1+1', "＝1+1",
)  # fmt: skip


def live(data: bytes, delimiter: str) -> list[str]:
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    return [cell for row in rows for cell in row if cell.strip(' "\u00a0').startswith(STARTS)]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_no_payload_comes_alive(payload: str, delimiter: str) -> None:
    assert live(csv_bytes([("name", payload)]), delimiter) == []


@given(st.text(alphabet="=+-@;,\t|\n\r \"'a\u200b\ufeff\u00a0\x00", max_size=12))
def test_no_mixture_comes_alive(text: str) -> None:
    for delimiter in ";,\t|":
        assert live(csv_bytes([(text,)]), delimiter) == []


def test_plain_text_and_numbers_stay_what_they_are() -> None:
    assert csv_bytes([("Zoë van 't Hof-Jansen", 2.5, -1, None)]).decode("utf-8-sig") == '"Zoë van \'t Hof-Jansen";"2,5";"-1";""\r\n'
    assert safe_cell("J. de Vries (6A), juf") == "J. de Vries (6A), juf"
