"""Throw away stored files whose days are over."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kring.web.files import intake


class Command(BaseCommand):
    """Run at each start of the server, and before each piece of work in the background."""

    help = "Throw away stored files whose days are over, and bytes that no file knows."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        intake.sweep(at=timezone.now())
