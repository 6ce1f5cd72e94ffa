"""A class, a school, a survey: there is an end to how many rounds and pupils are laid beside each other, for that takes their product."""

from collections.abc import Mapping, Sequence

from kring.class_files.lists import Lists
from kring.class_files.mapping import Kind
from kring.class_files.sheets import Sheet
from kring.file_problems import Problems, said

MOST_ROUNDS = 200
MOST_CHOOSING = 1_000
ADVICE = said("Kijk of dit de goede kolom is, of splits het bestand per groep of per schooljaar.")


def refuse_rounds(rounds: Sequence[str], sheets: Mapping[Kind, Sheet]) -> None:
    """Raises FilesRefused, with the first row of each file of which the round is one too many."""
    problems, late = Problems(), frozenset(rounds[MOST_ROUNDS:])
    message = said("De bestanden noemen %(rounds)d rondes; Kring leest er hooguit %(most)d.", rounds=len(rounds), most=MOST_ROUNDS)
    for sheet in sheets.values() if late else ():
        columns = ("from", "to") if sheet.kind is Kind.PUPILS else ("round",)
        for column in columns:
            line = next((row.line for row in sheet if sheet.cell(row, column) in late), None)
            if line is not None:
                problems.add(sheet.file, line, sheet.heading(column), message, ADVICE)
    problems.refuse()


def refuse_crowds(lists: Lists, sheets: Mapping[Kind, Sheet]) -> None:
    """Who chooses whom is a table of pupils by pupils. Raises FilesRefused."""
    problems, choosing = Problems(), sheets.get(Kind.NOMINATIONS)
    for group, pupils in lists.groups.items():
        if choosing is not None and len(pupils) > MOST_CHOOSING:
            shown = said("Groep %(group)s", group=group) if group else said("De groep")
            message = said(
                "%(group)s heeft %(pupils)d leerlingen; Kring vergelijkt er hooguit %(most)d.",
                group=shown,
                pupils=len(pupils),
                most=MOST_CHOOSING,
            )
            sheet = sheets.get(Kind.PUPILS, choosing)
            problems.add(sheet.file, sheet.table.heading_line, "pupil", message, ADVICE)
    problems.refuse()
