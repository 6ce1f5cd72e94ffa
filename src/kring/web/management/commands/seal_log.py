"""Lay the heads of the log down elsewhere, and keep the head of each past month."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kring.web.oversight.sealing import seal_log


class Command(BaseCommand):
    """Run every hour by the server itself, or by cron."""

    help = "Legt de stand van het logboek vast in het bestand van KRING_ANCHORS, en bewaart die van elke maand."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        try:
            laid = seal_log(at=timezone.now())
        except OSError as refused:
            raise CommandError(f"Het bestand {settings.ANCHORS} kan niet worden beschreven ({refused.strerror}).") from None
        if not options["verbosity"]:
            return
        if settings.ANCHORS is None:
            self.stdout.write("KRING_ANCHORS is niet ingesteld: de stand van het logboek is nergens anders vastgelegd.")
        else:
            self.stdout.write(f"Vastgelegd in {settings.ANCHORS}: {laid} {'school' if laid == 1 else 'scholen'}.")
