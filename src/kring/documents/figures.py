"""Numbers and days as readers write them: 2,25 and 80 % in Dutch, 2.25 and 80% in English."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


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
    return str(date_text(on, "j F Y"))


def _rounded(value: float, digits: int) -> str:
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return f"{rounded + 0:.{digits}f}"


def _written(number: str) -> str:
    return number.replace("-", "−").replace(".", pgettext("het teken voor de decimalen, zoals in 2,25", ","))
