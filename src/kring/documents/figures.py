"""Numbers and days as Dutch readers write them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.dateformat import format as date_text


def decimal(value: float, digits: int = 1) -> str:
    """The number with a decimal comma, rounded half away from zero; never minus zero."""
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return f"{rounded + 0:.{digits}f}".replace("-", "−").replace(".", ",")


def trimmed(value: float) -> str:
    """The number with at most two decimals and no trailing zeros: 2,25 and 4."""
    return decimal(value, 2).rstrip("0").rstrip(",")


def percent(share: float) -> str:
    return f"{decimal(100 * share, 0)} %"


def day(on: date) -> str:
    return str(date_text(on, "j F Y"))
