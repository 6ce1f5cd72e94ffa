"""What a list in the library needs besides being sound: free text, pictures and recordings that exist, competences, minutes."""

from pathlib import Path

from kring.core.instruments import Informant, Instrument
from kring.file_problems import Problems
from kring.library.instrument_file import Entry

MOST_REVERSED = 1  # in a scale that children fill in


def shelf_problems(content: Path, path: Path, entry: Entry, problems: Problems) -> None:
    """Add what keeps this list off the shelf, each with the line of the part that it is about."""
    lines = _Lines(path)
    if not entry.may_redistribute_text:
        advice = "Alleen lijsten die iedereen mag verspreiden horen in content/; gebruik een eigen lijst als los bestand."
        problems.add(path.name, None, "may_redistribute_text", "De tekst mag niet verspreid worden.", advice)
    of = entry.instrument
    if of.minutes is None:
        problems.add(path.name, None, "minutes", "Er staat niet bij hoe lang invullen duurt.", "Schat de minuten voor één keer invullen.")
    for scale in of.scales:
        if not scale.competences:
            message, advice = f"De schaal “{scale.key}” hoort bij geen enkele competentie.", "Noem er minstens een onder competences."
            problems.add(path.name, lines.of(scale.key), "competences", message, advice)
        backwards = sum(each.sign < 0 for each in scale.items)
        if of.informant is Informant.PUPIL and backwards > MOST_REVERSED:
            message = f"De schaal “{scale.key}” keert {backwards} items om, en kinderen lezen die slecht."
            problems.add(path.name, lines.of(scale.key), "items", message, "Keer er hoogstens één om.")
    _missing_files(content, path, of, lines, problems)


def _missing_files(content: Path, path: Path, of: Instrument, lines: "_Lines", problems: Problems) -> None:
    for item in of.items:
        if item.audio and not (content / item.audio).is_file():
            message, advice = f"Het geluidsbestand {item.audio} is er niet.", "Zet het in content, of haal audio weg."
            problems.add(path.name, lines.of(item.key), "audio", message, advice)
    for picture in dict.fromkeys(option.picture for item in of.items for option in item.options if option.picture):
        drawing = Path("pictograms") / of.pictograms / f"{picture}.svg"
        if not of.pictograms or not (content / drawing).is_file():
            message = f"De tekening {drawing.as_posix()} is er niet."
            problems.add(path.name, lines.of("options"), "picture", message, "Noem bij pictograms een map die haar heeft.")


class _Lines:
    """The line on which a key stands, looked up only when there is something to say about it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def of(self, key: str) -> int | None:
        """Counts from 1."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return next((number for number, line in enumerate(lines, start=1) if line.strip().startswith(f"{key}:")), None)
