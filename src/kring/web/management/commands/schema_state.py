"""Print in one word whether the tables in the database are those of this code (see kring.web.schema)."""

from typing import Any

from django.core.management.base import BaseCommand

from kring.web.schema import state


class Command(BaseCommand):
    """Asked by `./kring serve`, `accounts` and `upgrade` before they touch the database."""

    help = "empty, behind, ours, newer or other"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        self.stdout.write(state())
