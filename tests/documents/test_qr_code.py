"""A QR code draws the squares of its link, on white."""

import re

from qrcode import QRCode  # type: ignore[import-untyped]
from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]

from kring.documents.qr_code import qr_code


def squares(svg: str) -> set[tuple[int, int]]:
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1", svg)
    return {(int(left) + step, int(top)) for left, top, length in runs for step in range(int(length))}


def test_it_draws_every_dark_square_and_no_other() -> None:
    link = "https://kring.school.example/list/#2345-6789-ABCD-EFGH-JKMN"
    expected = QRCode(border=4, error_correction=ERROR_CORRECT_M)
    expected.add_data(link)
    dark = {(x, y) for y, row in enumerate(expected.get_matrix()) for x, square in enumerate(row) if square}
    assert squares(qr_code(link)) == dark
    assert 'fill="#ffffff"' in qr_code(link)
    assert link not in qr_code(link)  # nothing but squares
