"""Print who can log in to the demo."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from kring.web.demo.cast import FRONT, PASSWORD
from kring.web.page import role_label


class Command(BaseCommand):
    """A table for the terminal; the address is printed by whoever started the server."""

    help = "Laat zien met wie u in de demo kunt meekijken."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        with translation.override("nl"):
            rows = [("wie", "rol", "school", "gebruikersnaam")]
            rows += [(player.given_name, role_label(player.role), player.school, player.username) for player in FRONT]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for row in rows:
            self.stdout.write("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
        self.stdout.write(f"\n  Het wachtwoord is voor iedereen: {PASSWORD}")
