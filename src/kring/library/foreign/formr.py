"""A sheet of formr (its questions, and perhaps its lists of choices) → what Kring can ask of it. Its R is never run."""

from collections.abc import Iterable, Mapping
from typing import Final

from kring.core.instruments import AnswerKind
from kring.file_problems import FilesRefused, Problems, Said, said
from kring.library.foreign.leftovers import Brought, Format, Gathered, whole_codes
from kring.library.foreign.plain import Cut, plain, unknitted

Row = tuple[int, Mapping[str, str]]
"""The line in the file, and its cells by column."""
OTHER_NAMES: Final = {
    "typ": "type",
    "variablenname": "name",
    "wortlaut": "label",
    "skala": "scale",
    **{f"mcalt{n}": f"choice{n}" for n in range(1, 31)},
}
CHOICES = {"mc", "mc_button", "select_one", "mc_heading", "rating_button", "yes_no"}
RATINGS = {"rating_button", "visual_analog_scale", "range", "range_ticks", "number"}
TEXTS = {"text", "textarea"}
SILENT = {"note", "instruction", "submit", "block", "browser", "calculate", "server", "hidden", "get", "referrer", "ip", "random"}
MEND = said("Maak dit in het bestand in orde, en kies het opnieuw.")
ALSO = said("Kies ook het bestand met de antwoorden.")
NOTE = said("Dit is een tekst tussendoor, geen vraag.")
CODE = said("In de tekst stond code (R). Die is weggelaten (…) en niet uitgevoerd.")
SILENCE: Final[Mapping[str, Said]] = {
    **dict.fromkeys(("note", "instruction"), NOTE),
    "submit": said("Dit is een knop. In Kring staat die vast."),
    "calculate": said("Dit is een rekenregel, geen vraag. Kring voert haar niet uit."),
}
SEVERAL = said("Hier kan iemand meer dan één antwoord geven. Dat kan in Kring niet in één vraag.")
DATES = said("Kring vraagt niet naar een datum of tijd.")
PERSONAL = said("Kring vraagt in een lijst niet naar dit gegeven.")
KINDS: Final[Mapping[str, Said]] = {
    **dict.fromkeys(("mc_multiple", "mc_multiple_button", "select_multiple", "select_or_add_multiple", "check", "check_button"), SEVERAL),
    **dict.fromkeys(("date", "datetime", "datetime-local", "time", "week", "month", "year", "yearmonth"), DATES),
    **dict.fromkeys(("email", "tel", "url", "letters", "geopoint", "file", "image", "sex", "country", "timezone"), PERSONAL),
}  # fmt: skip


def looks_like_formr(columns: Iterable[str]) -> bool:
    """Whether these are the headings of the questions of formr, by either of its names for them."""
    return {"type", "name", "label"} <= {_column(column) for column in columns}


def looks_like_choices(columns: Iterable[str]) -> bool:
    """Whether these are the headings of its lists of choices."""
    return {"list_name", "name", "label"} <= {_column(column) for column in columns}


def from_formr(file: str, rows: Iterable[Row], choices: Iterable[Row] = ()) -> Brought:
    """The list as a draft. Raises FilesRefused with everything that is wrong, by line."""
    reading = _Reading(file, _lists(choices))
    for line, cells in rows:
        reading.row(line, {_column(name): cell for name, cell in cells.items()})
    reading.problems.refuse(FilesRefused)
    return reading.gathered.brought(Format.FORMR)


def _column(name: str) -> str:
    plainly = name.strip().casefold()
    return OTHER_NAMES.get(plainly, plainly)


def _lists(rows: Iterable[Row]) -> dict[str, list[tuple[str, str]]]:
    """The answers by the name of their list, which stands on its first row alone."""
    found: dict[str, list[tuple[str, str]]] = {}
    name = ""
    for _line, raw in rows:
        cells = {_column(column): cell for column, cell in raw.items()}
        name = cells.get("list_name", "").strip() or name
        if name and cells.get("name", "").strip() and cells.get("label", "").strip():
            found.setdefault(name, []).append((cells["name"].strip(), cells["label"]))
    return found


class _Reading:
    """Goes through the rows; what cannot be a question of anybody is a problem, what Kring alone cannot ask is left over."""

    def __init__(self, file: str, lists: Mapping[str, list[tuple[str, str]]]) -> None:
        self.file, self.lists = file, lists
        self.gathered, self.problems = Gathered(file, title=file.rpartition(".")[0].replace("_", " ")), Problems()
        self.lines: dict[str, int] = {}

    def row(self, line: int, cells: Mapping[str, str]) -> None:
        kind, name = cells.get("type", "").strip(), cells.get("name", "").strip()
        if not kind and not name:
            self.unused(line, cells)
            return
        if not name and kind.partition(" ")[0].casefold() in SILENT:
            self.gathered.leave(str(line), SILENCE.get(kind.partition(" ")[0].casefold(), NOTE))
            return
        if not kind or not name:
            self.wrong(
                line,
                "name" if kind else "type",
                said("Deze vraag heeft geen naam.") if kind else said("Er staat niet bij wat voor vraag “%(name)s” is.", name=plain(name)),
            )
            return
        if name in self.lines:
            self.wrong(line, "name", said("De naam “%(name)s” staat ook op regel %(line)d.", name=plain(name), line=self.lines[name]))
            return
        self.lines[name] = line
        self.question(line, name, kind, cells)

    def question(self, line: int, name: str, kind: str, cells: Mapping[str, str]) -> None:
        """`rating_button 1,5,1`, `mc answers` and `select_one answers` say with what to answer after the kind."""
        first, _space, rest = kind.partition(" ")
        word = first.casefold()
        if word in SILENT or word in KINDS:
            self.gathered.leave(name, SILENCE.get(word) or KINDS.get(word) or said("Dit is geen vraag aan wie invult."))
            return
        text = self.cleaned(name, cells.get("label", ""))
        before = len(self.gathered.items)
        if word in TEXTS:
            self.gathered.take(name, text, kind=AnswerKind.TEXT)
        elif word in RATINGS:
            self.rating(line, name, text, rest, self.own(name, cells))
        elif word in CHOICES:
            self.choice(line, name, text, rest.strip(), cells)
        else:
            self.gathered.leave(name, said("Dit soort vraag (%(kind)s) kent Kring niet.", kind=plain(kind)[:40]))
        if len(self.gathered.items) > before:
            self.extras(name, cells)

    def rating(self, line: int, name: str, text: str, rest: str, ends: list[tuple[str, str]]) -> None:
        """From one number to another, the words at the ends as its first and last choice; alone, `5` is 1 to 5."""
        bounds = [part.strip() for part in rest.split(",")] if rest.strip() else []
        numbers = whole_codes([*(["1"] if len(bounds) == 1 else []), *bounds[:2]])
        if bounds and numbers is None:
            self.wrong(line, "type", said("“%(rest)s” zijn geen twee hele getallen die verschillen.", rest=plain(rest)[:40]))
            return
        if numbers is None or len(numbers) != 2:
            self.gathered.leave(name, said("Er staat niet bij van welk tot welk getal."))
            return
        low, high = sorted(numbers)
        if bounds[2:] and bounds[2] not in {"", "1"}:
            self.gathered.leave(name, said("De stappen tussen de getallen zijn niet meegekomen; Kring gaat met stappen van 1."))
        words = [label for _code, label in ends]
        self.gathered.take_numbers(name, text, low, high, (words[0], words[-1]) if len(words) > 1 else ("", ""))

    def choice(self, line: int, name: str, text: str, listed: str, cells: Mapping[str, str]) -> None:
        if listed and listed not in self.lists:
            self.wrong(
                line,
                "type",
                said("De lijst met antwoorden “%(list)s” staat niet in het bestand met antwoorden (choices).", list=plain(listed)[:60]),
                ALSO if not self.lists else MEND,
            )
            return
        answers = [(code, self.cleaned(name, label)) for code, label in self.lists.get(listed, [])] or self.own(name, cells)
        self.gathered.take(name, text, answers)

    def own(self, name: str, cells: Mapping[str, str]) -> list[tuple[str, str]]:
        """The answers that stand on the row itself, by the number of their column."""
        found = [(str(number), cells.get(f"choice{number}", "")) for number in range(1, 31)]
        return [(number, self.cleaned(name, label)) for number, label in found if label.strip()]

    def extras(self, name: str, cells: Mapping[str, str]) -> None:
        if cells.get("showif", "").strip():
            self.gathered.leave(name, said("Deze vraag komt daar alleen in sommige gevallen (showif). In Kring krijgt iedereen haar."))
        if cells.get("value", "").strip():
            self.gathered.leave(name, said("Een antwoord dat vooraf is ingevuld neemt Kring niet over."))
        if cells.get("optional", "").strip() == "!":
            self.gathered.leave(name, said("Daar is deze vraag verplicht. In Kring mag je elke vraag overslaan."))
        if cells.get("block_order", "").strip() or cells.get("item_order", "").strip():
            self.gathered.leave(name, said("De volgorde is daar steeds anders. In Kring is zij vast."))

    def unused(self, line: int, cells: Mapping[str, str]) -> None:
        """A row for the makers themselves, which formr passes over as well, unless it asks something."""
        if plain(cells.get("label", "")):
            self.wrong(line, "type", said("Op deze regel staat tekst, maar geen soort vraag en geen naam."))

    def cleaned(self, name: str, text: str) -> str:
        bare = unknitted(text)
        if Cut.CODE in bare.cuts:
            self.gathered.leave(name, CODE)
        if Cut.MEDIA in bare.cuts:
            self.gathered.leave(name, said("Een plaatje, geluid of film is niet meegekomen."))
        return bare.text

    def wrong(self, line: int, column: str, message: Said, advice: Said = MEND) -> None:
        self.problems.add(self.file, line, column, message, advice)
