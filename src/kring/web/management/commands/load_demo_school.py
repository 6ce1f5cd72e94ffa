"""Put the invented schools in the database; nothing happens when they are there."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kring.web.demo.rows import load_demo


class Command(BaseCommand):
    """Refused in production: everybody knows the password."""

    help = "Zet de verzonnen demoscholen in de database. Staan ze er al, dan gebeurt er niets."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        if settings.PRODUCTION:
            raise CommandError("Demoscholen horen niet in een echte installatie.")
        loaded = load_demo(timezone.localdate())
        self.stdout.write("De demoscholen De Beuk, De Eik en Het Baken zijn geladen." if loaded else "De demoscholen waren al geladen.")
