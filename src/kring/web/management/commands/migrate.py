"""`migrate` as Django does it; with an owner of its own, the role of the application gets its rights afterwards."""

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate

from kring.web.wall import grant_rights


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if settings.DATABASE_ROLE:
            grant_rights(settings.DATABASE_ROLE)
