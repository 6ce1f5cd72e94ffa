"""How much a file may hold before it is taken apart: counted in the text, so that a file that is too large costs next to nothing."""

from collections.abc import Iterator

from kring.file_problems import Problems, said

MOST_LINES = 200_000
MOST_CELLS = 1_000_000
SPLIT = said("Haal lege regels en lege kolommen weg, of splits het bestand per groep of per schooljaar.")


def lines_of(content: str) -> Iterator[str]:
    """One line after the other, with its end; the text as a whole is not copied."""
    begins = 0
    while begins < len(content):
        ends = content.find("\n", begins) + 1 or len(content)
        yield content[begins:ends]
        begins = ends


def few_enough(file: str, content: str, delimiter: str, first: int, problems: Problems) -> bool:
    """Few enough lines and cells; if not, the first line that is too much is named. `first` is the number of the first line."""
    lines = content.count("\n") + (not content.endswith("\n"))
    cells = lines + content.count(delimiter)
    if lines > MOST_LINES:
        message = said("Het bestand heeft %(lines)d regels; Kring leest er hooguit %(most)d.", lines=lines, most=MOST_LINES)
        problems.add(file, first + MOST_LINES, None, message, SPLIT)
    elif cells > MOST_CELLS:
        message = said("Het bestand heeft %(cells)d cellen; Kring leest er hooguit %(most)d.", cells=cells, most=MOST_CELLS)
        problems.add(file, first + _full_after(content, delimiter), None, message, SPLIT)
    return lines <= MOST_LINES and cells <= MOST_CELLS


def _full_after(content: str, delimiter: str) -> int:
    """How many whole lines fit."""
    left = MOST_CELLS
    for number, line in enumerate(lines_of(content)):
        left -= line.count(delimiter) + 1
        if left < 0:
            return number
    raise AssertionError  # more cells than that were counted
