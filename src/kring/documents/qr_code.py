"""A QR code as a drawing: black squares on white with the quiet edge that a camera needs."""

from __future__ import annotations

from itertools import groupby

import qrcode  # type: ignore[import-untyped]
from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]

QUIET = 4  # squares round it; with fewer a camera may not find it


def qr_code(link: str) -> str:
    """The SVG of this link; the reader of the page hears the link itself, which must stand beside it in words."""
    drawn = qrcode.QRCode(border=QUIET, error_correction=ERROR_CORRECT_M)
    drawn.add_data(link)
    drawn.make(fit=True)
    rows = drawn.get_matrix()
    path = "".join(f"M{left} {top}h{length}v1h-{length}z" for top, row in enumerate(rows) for left, length in _runs(row))
    side = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#ffffff"/><path d="{path}" fill="#000000"/></svg>'
    )


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where dark squares begin in a row, and how many follow."""
    found, at = [], 0
    for dark, squares in groupby(row):
        length = sum(1 for _ in squares)
        if dark:
            found.append((at, length))
        at += length
    return found
