"""Make the first board, school, leader and administrator, and print their codes: once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from kring.core.errors import BrokenRule
from kring.web.access_words import ROLES
from kring.web.people.first.rows import First, begin, parts_of
from kring.web.schools.models import School
from kring.web.wording import sentence


class Command(BaseCommand):
    """Called by `./kring accounts first`."""

    help = "Maak het eerste bestuur, de eerste school, schoolleider en beheerder, en laat hun codes zien."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in ("board", "school", "type", "leader", "administrator"):
            parser.add_argument(f"--{name}", required=True)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        if options["type"] not in School.Type.values:
            raise CommandError(f"--type is een van: {', '.join(School.Type.values)}.")
        names = [parts_of(options[name]) if len(options[name].split()) > 1 else None for name in ("leader", "administrator")]
        if names[0] is None or names[1] is None:
            raise CommandError("Geef van schoolleider en beheerder voornaam en achternaam, tussen aanhalingstekens.")
        first = First(options["board"], options["school"], options["type"], names[0], names[1])
        with translation.override("nl"):
            try:
                papers = begin(first, at=timezone.now())
            except BrokenRule as broken:
                raise CommandError(sentence(broken)) from None
            for paper in papers:
                self.stdout.write(f"  {paper.person}, {ROLES[paper.role]}: {paper.code}")
            self.stdout.write("\nGeef ieder de eigen code, op papier. Zij gaan naar /invitation/ en kiezen zelf hoe zij inloggen.")
            self.stdout.write("De codes werken veertien dagen en één keer. Kring laat ze niet nog eens zien.")
