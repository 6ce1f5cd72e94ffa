"""A message that came back, from standard input: its address is set aside."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kring.web.mail.intake import bounced
from kring.web.mail.reports import LARGEST, number_of_bounce


class Command(BaseCommand):
    """Run by the mail server for each message to the address of KRING_MAIL_FROM."""

    help = "Leest een teruggekomen bericht van de standaardinvoer en zet het adres opzij waar het heen ging."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        number = number_of_bounce(sys.stdin.buffer.read(LARGEST))
        noted = number is not None and bounced(number, at=timezone.now())
        self.stdout.write("Het adres is opzijgezet." if noted else "Dit is geen teruggekomen bericht van Kring; er is niets veranderd.")
