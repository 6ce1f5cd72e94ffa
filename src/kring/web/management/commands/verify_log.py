"""Walk along the log of every school, beside the anchors that lie elsewhere."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kring.core.audit_chain import Fault, short_code
from kring.web.oversight.anchors import Anchors, read
from kring.web.oversight.sealing import Checked, check, has_code

WORDS = {
    Fault.CHANGED: "is veranderd, of er is iets voor geschoven",
    Fault.MISSING: "volgt niet op de regel ervoor: er ontbreken regels",
    Fault.TURNED: "staat op een verkeerde plaats",
    Fault.CUT: "ontbreekt, terwijl hij wel is vastgelegd: het einde van het logboek is weggehaald",
    Fault.OTHER_CHAIN: "is anders dan is vastgelegd: het logboek is opnieuw gemaakt",
    Fault.FALSE_ANCHOR: "is vastgelegd met een zegel dat niet van Kring is",
}


LONGEST_NUMBER = 18


class Command(BaseCommand):
    """Ends with 0 when everything is whole, with 1 when something is wrong."""

    help = "Rekent het logboek van elke school na: is er iets veranderd, weggehaald of bij gezet?"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchors", type=Path, default=settings.ANCHORS, help="het bestand met vastgelegde standen (KRING_ANCHORS)")
        parser.add_argument("--code", nargs=2, metavar=("REGEL", "CODE"), help="een code op papier, na het nummer van zijn regel")

    def handle(self, *args: Any, anchors: Path | None, code: Sequence[str] = (), **options: Any) -> None:  # noqa: ARG002
        laid = self._laid(anchors)
        checked = check(laid)
        for one in checked:
            self.stdout.write("\n".join(said(one)))
        for line in laid.unreadable:
            self.stdout.write(f"Regel {line} van {anchors} is geen vastgelegde stand.")
        if anchors is None:
            self.stdout.write("Er is niets om mee te vergelijken (KRING_ANCHORS): een afgeknipt of nieuw gemaakt logboek valt zo niet op.")
        code_fits = not code or self._fits(code[0], code[1], checked)
        if laid.unreadable or not code_fits or not all(one.is_sound for one in checked):
            sys.exit(1)

    def _fits(self, line: str, code: str, checked: Sequence[Checked]) -> bool:
        """Say whose log had this code at this line: by itself it names no school."""
        if not (line.isdecimal() and len(line) <= LONGEST_NUMBER):
            raise CommandError(f"{line} is geen nummer van een regel. Geef eerst het nummer, dan de code.")
        found = [one.school for one in checked if has_code(one.school, int(line), code)]
        for school in found:
            self.stdout.write(f"{school}: de code hoort bij regel {line}; tot en met die regel is het logboek zoals het op papier staat.")
        if not found:
            self.stdout.write(f"De code hoort bij geen enkele school bij regel {line}. Is hij goed getypt? Dan is het logboek veranderd.")
        return bool(found)

    def _laid(self, path: Path | None) -> Anchors:
        try:
            return read(path) if path else Anchors((), ())
        except OSError as refused:
            raise CommandError(f"Het bestand {path} kan niet worden gelezen ({refused.strerror}).") from None


def said(one: Checked) -> list[str]:
    """A line for the school, and one for everything that is wrong."""
    faults = [f"  Regel {found.sequence} {WORDS[found.fault]}." for found in (*one.verdict.findings, *one.false)]
    state = "is niet heel" if faults else "is heel"
    code = short_code(one.verdict.head)
    return [f"{one.school}: het logboek {state}; {one.verdict.links} regels, code {code} (regel {one.verdict.head.sequence}).", *faults]
