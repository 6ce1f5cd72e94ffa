"""Numbers and days as readers write them: 2,25 and 80 % in Dutch, 2.25 and 80% in English."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import get_decimal_symbol
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def decimal(value: float, digits: int = 1) -> str:
    """The number with a decimal comma, rounded half away from zero; never minus zero."""
    return _written(_rounded(value, digits))


def trimmed(value: float) -> str:
    """The number with at most two decimals and no trailing zeros: 2,25 and 4."""
    return _written(_rounded(value, 2).rstrip("0").rstrip("."))


def percent(share: float) -> str:
    """A whole percentage on one line: no break before its sign."""
    return (_("%(number)s %%") % {"number": decimal(100 * share, 0)}).replace(" ", "\N{NO-BREAK SPACE}")


def day(on: date) -> str:
    """6 december 2026"""
    return format_date(on, "d MMMM y", locale=_locale())


def _rounded(value: float, digits: int) -> str:
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return f"{rounded + 0:.{digits}f}"


def _written(number: str) -> str:
    return number.replace("-", "−").replace(".", get_decimal_symbol(_locale()))


def _locale() -> str:
    return (get_language() or "nl").replace("-", "_")
