"""A day in a form, as every browser asks it."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""Within these there is a moment for every day, also for the one after it."""


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day of our own time."""
    return forms.DateField(label=label, widget=day_input(), validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)], **more)
