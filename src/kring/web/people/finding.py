"""Rows that somebody may do something with, without being allowed to read what is in them: an administrator puts staff on groups."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404

from kring.web.guard import SchoolRequest

Row = TypeVar("Row", bound=Model)


def find_among(request: SchoolRequest, rows: "QuerySet[Row]", key: UUID) -> Row:
    """The row of these, which came through `may`; to others it does not exist."""
    row = rows.filter(pk=key).first()
    if row is None:
        raise Http404
    request.readings.append(row)
    return row
