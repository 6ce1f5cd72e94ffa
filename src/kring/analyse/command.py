"""The command line of `./kring analyse`: what was asked, how far it is, what came out."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from kring import library
from kring.analyse.folder import read_folder
from kring.analyse.output import FolderNotOurs, folder_names, plain_name, write_folder
from kring.analyse.reporting import Reported, measurement_errors, reported
from kring.class_files import ClassFiles
from kring.core.groups import GroupResults
from kring.core.sociometry import Nominations
from kring.file_problems import FilesRefused

REFUSED = 2
NOT_WRITTEN = 1
USAGE = "./kring analyse MAP [--instrument BESTAND|SLEUTEL] [--mapping BESTAND] [--out MAP] [--on DATUM]"
ABOUT = """\
Maakt van een map met bestanden een groepsrapport: een pagina, een pdf, de scores en het sociogram.

In de map staan, voor zover u ze hebt (komma, puntkomma of tab; UTF-8 of zo uit Excel):
  pupils.csv         pupil; en als u wilt name, group, from, to (eerste en laatste ronde)
  nominations.csv    question, from, to; en als u wilt round, group, value
  participation.csv  pupil, status (done, empty, absent of refused); en als u wilt round, group
  answers.csv        pupil, item, value, of één rij per leerling en één kolom per vraag
  mapping.yaml       als de kolommen anders heten
  instrument.yaml    als de vragenlijst van uzelf is"""


class _Parser(argparse.ArgumentParser):
    """Says in Dutch what it misses."""

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, f"{_what_is_wrong(message)}Zo werkt het: {USAGE}\nMeer uitleg: ./kring analyse --help\n")


def _what_is_wrong(message: str) -> str:
    """The two mistakes that the usage line alone does not explain."""
    if message.startswith("argument --on: invalid"):
        return "De datum achter --on is geen dag. Schrijf hem als 2026-08-31.\n"
    unknown = message.removeprefix("unrecognized arguments: ")
    return f"Dit kent Kring niet: {unknown}\n" if unknown != message else ""


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(prog="./kring analyse", usage=USAGE, description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="MAP", type=Path, help="de map met de bestanden")
    parser.add_argument("--instrument", metavar="BESTAND|SLEUTEL", help="de vragenlijst van de antwoorden, zoals kring-leerling")
    parser.add_argument("--mapping", metavar="BESTAND", type=Path, help="welke kolommen wat betekenen (anders mapping.yaml in de map)")
    parser.add_argument("--out", metavar="MAP", type=Path, help="waar het rapport komt (anders report in de map)")
    parser.add_argument("--on", metavar="DATUM", type=date.fromisoformat, help="de dag op het rapport, als 2026-08-31 (anders vandaag)")
    return parser.parse_args(arguments)


def run(arguments: Sequence[str]) -> int:
    """Do what was asked and give the exit code."""
    try:
        asked = _asked(arguments)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    on = asked.on or date.today()  # noqa: DTZ011 - the day on the wall of the school, where this runs
    try:
        return _analyse(asked.folder, asked.instrument, asked.mapping, asked.out or asked.folder / "report", on)
    except FilesRefused as refused:
        _tell_refused(refused)
    except library.NoSuchInstrument as unknown:
        _say(f"De vragenlijst “{unknown.key}” is er niet. Kies uit: {', '.join(unknown.known)}; of noem een bestand (.yaml).")
    except FolderNotOurs as foreign:
        _say(f"In {foreign.folder} staan bestanden die niet van Kring zijn. Kies met --out een andere map.")
    except OSError as failed:
        _say(f"Het rapport kon niet geschreven worden: {failed.strerror or failed} ({failed.filename}).")
        return NOT_WRITTEN
    return REFUSED


def _analyse(folder: Path, instrument: str | None, mapping: Path | None, out: Path, on: date) -> int:
    read = read_folder(folder, instrument=instrument, mapping=mapping)
    made: list[Reported] = []

    def fill(fresh: Path) -> None:
        names = folder_names(group.key for group in read.groups)
        for place, one in _groups(read, folder, fresh, names, on):
            _write_group(place, one)
            made.append(one)
        _write_scores(fresh, made)

    files = write_folder(out, fill)
    _tell_done(read, made, out, files)
    return 0


def _groups(read: ClassFiles, folder: Path, fresh: Path, names: dict[str, str], on: date) -> Iterator[tuple[Path, Reported]]:
    """Every group with the folder for it: its own one when there are several."""
    errors = measurement_errors(read)
    for number, group in enumerate(read.groups, start=1):
        called = _called(group.key) or folder.resolve().name
        _say(f"[{number}/{len(read.groups)}] {called}: {len(group.names)} leerlingen")
        place = fresh / names[group.key] if len(read.groups) > 1 else fresh
        place.mkdir(exist_ok=True)
        yield place, reported(group, read.instrument, errors, called=called, on=on)


def _called(key: str) -> str:
    """6A is called Groep 6A; a group with a name of its own keeps it."""
    return f"Groep {key}" if key[:1].isdigit() else key


def _write_group(place: Path, one: Reported) -> None:
    from kring.analyse.pages import ready_templates
    from kring.documents.pages import group_html
    from kring.documents.paper import group_pdf

    ready_templates()
    (place / "group.html").write_text(group_html(one.report), encoding="utf-8")
    (place / "group.pdf").write_bytes(group_pdf(one.report))
    for name, svg in _pictures(one):
        (place / name).write_text(svg, encoding="utf-8")


def _pictures(one: Reported) -> Iterator[tuple[str, str]]:
    """The newest sociogram as sociogram.svg and sociogram-web.svg, the others with round and question in the name."""
    from kring.documents.charts.sociogram import sociogram_target, sociogram_web

    drawn = [(wave, asked, part) for wave, asked, part in one.parts if part.layouts.target is not None]
    newest = next((asked for wave, asked, _ in drawn if wave is drawn[-1][0]), None)
    for wave, asked, part in drawn:
        name = "-".join(["sociogram", *(plain_name(word) for word in (wave.round, asked.question.key) if word and asked is not newest)])
        for kind, draw, layout in (("", sociogram_target, part.layouts.target), ("-web", sociogram_web, part.layouts.web)):
            if layout is not None:
                yield f"{name}{kind}.svg", draw(part.sociogram, layout, one.report.names).paper


def _write_scores(fresh: Path, made: Sequence[Reported]) -> None:
    from kring.analyse.scores import scores_csv

    (fresh / "scores.csv").write_bytes(scores_csv(made))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _tell_refused(refused: FilesRefused) -> None:
    count = len(refused.problems) + refused.unshown
    _say(f"Er is niets gemaakt: {'er is 1 probleem' if count == 1 else f'er zijn {count} problemen'}.")
    for problem in refused.problems:
        _say(f"  - {problem}")
    if refused.unshown:
        _say(f"  … en nog {refused.unshown}. Verbeter deze eerst en probeer het dan opnieuw.")


def _tell_done(read: ClassFiles, made: Sequence[Reported], out: Path, files: Sequence[str]) -> None:
    for one in made:
        print(f"{one.report.group}: {'; '.join(_facts(one))}")
    if read.notes:
        print("Let op:")
        for note in read.notes[:20]:
            print(f"  - {note}")
        if len(read.notes) > 20:
            print(f"  … en nog {len(read.notes) - 20} opmerkingen.")
    print(f"Het rapport staat in {out} ({len(files)} bestanden).")


def _facts(one: Reported) -> Iterator[str]:
    for measured in one.report.measurements:
        yield _at(measured.wave) + _filled(measured.title, measured.results)
    for wave, asked, _ in one.parts:
        yield _at(wave.round) + _took_part(asked.question.key, asked.nominations)


def _at(round_: str) -> str:
    return f"ronde {round_}, " if round_ else ""


def _filled(title: str, results: GroupResults) -> str:
    return f"{title}: {results.answered} van {len(results.pupils)} ingevuld"


def _took_part(key: str, nominations: Nominations) -> str:
    took_part, choices = int(nominations.nominators.sum()), int(nominations.positive.sum())
    return f"sociogram “{key}”: {took_part} van {len(nominations.pupils)} deden mee, {choices} keuzes"
