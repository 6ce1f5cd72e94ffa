"""Make the first board, school, leader and administrator, and print their codes: once, and anew for who never came in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from kring.core.errors import BrokenRule
from kring.web.access_words import ROLES
from kring.web.people.first.rows import First, begin, begin_again, parts_of
from kring.web.schools.models import School
from kring.web.wording import sentence


class Command(BaseCommand):
    """Called by `./kring accounts first` and `again`."""

    help = "Maak het eerste bestuur, de eerste school, schoolleider en beheerder, en laat hun codes zien."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in ("board", "school", "type", "leader", "administrator"):
            parser.add_argument(f"--{name}", default="")
        parser.add_argument("--again", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        with translation.override("nl"):
            try:
                papers = begin_again(at=timezone.now()) if options["again"] else begin(_first(options), at=timezone.now())
            except BrokenRule as broken:
                raise CommandError(sentence(broken)) from None
            if not papers:
                raise CommandError("De eerste schoolleider en de eerste beheerder zijn al binnen, of er is nog geen school.")
            for paper in papers:
                self.stdout.write(f"  {paper.person}, {ROLES[paper.role]}: {paper.code}")
            self.stdout.write("\nGeef ieder de eigen code, op papier. Zij gaan naar /invitation/ en kiezen zelf hoe zij inloggen.")
            self.stdout.write("De codes werken veertien dagen en één keer. Kring laat ze niet nog eens zien.")
            self.stdout.write("Daarna leidt “Uw school inrichten” hen op hun eerste bladzijde door de rest.")


def _first(options: dict[str, Any]) -> First:
    kind, school = options["type"] or School.Type.PRIMARY, options["school"]
    if kind not in School.Type.values:
        raise CommandError(f"--type is een van: {', '.join(School.Type.values)}.")
    if not school:
        raise CommandError("Geef de naam van de school.")
    leader, administrator = (parts_of(options[name]) if len(options[name].split()) > 1 else None for name in ("leader", "administrator"))
    if leader is None or administrator is None:
        raise CommandError("Geef van schoolleider en beheerder voornaam en achternaam, tussen aanhalingstekens.")
    return First(options["board"] or f"Bestuur van {school}", school, kind, leader, administrator)
