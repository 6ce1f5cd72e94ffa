"""A column that follows from the names beside it, so that whoever writes a name need not think of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    NameField = models.CharField[str, str]
else:
    NameField = models.CharField


class FromNames(NameField):
    """Made of the names when the row is written. An `update()` of names writes the columns of `found_by` as well."""

    def __init__(self, *args: Any, made: Callable[..., str] = "".join, parts: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"editable": False, "default": "", "max_length": 300, **kwargs})
        self.made, self.parts = made, parts

    def deconstruct(self) -> Any:
        """To the database it is a column of text; a migration knows nothing of ours."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 (Django calls it so)
        found = self.of(model_instance)
        setattr(model_instance, self.attname, found)
        return found

    def of(self, row: models.Model) -> str:
        return self.made(*(getattr(row, part) for part in self.parts))


def found_by(row: models.Model) -> dict[str, str]:
    """The columns by which this row is found, as its names are now."""
    return {field.attname: field.of(row) for field in row._meta.local_fields if isinstance(field, FromNames)}
