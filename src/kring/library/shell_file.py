"""What is known about a protected list, without any of its texts: content/shells/<key>-<version>.yaml.

A school that has the licence fills it in itself; the texts then stay with that school. What is not certain is left out and asked for.
"""

import re
from dataclasses import dataclass
from datetime import date

from kring.core.instruments import About, Competence, Family, Informant
from kring.file_problems import ContentRefused, Problems
from kring.library.instrument_file import years_in
from kring.library.tried import key_in
from kring.lined_yaml import Fields, Lined, number_of, read_lined

MOST_ITEMS = 300


@dataclass(frozen=True, slots=True)
class ShellScale:
    """A scale of a protected list: its name and, as far as they are known, its items and where its scores can lie.

    `numbers` say which items, counted from 1 in the order of the list; `items` how many. `scores` is the lowest and highest score as the
    owner counts them, `columns` the names by which a file of another system calls it.
    """

    key: str
    title: str
    family: Family
    direction: int
    competences: tuple[Competence, ...]
    items: int | None = None
    numbers: tuple[int, ...] = ()
    scores: tuple[float, float] | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """A protected list as far as facts go. `answers` is the lowest and highest code of an answer, `note` what the school should know.

    `fillable`: a school with the licence may put the texts in and ask it on a screen; else only scores from elsewhere are taken in.
    """

    key: str
    version: int
    title: str
    owner: str
    informant: Informant
    about: About
    year_levels: tuple[int, int] | None
    language: str
    licence: str
    licence_source: str
    verified_on: date
    fillable: bool
    note: str
    items: int | None
    answers: tuple[float, float] | None
    scales: tuple[ShellScale, ...]

    @property
    def name(self) -> str:
        """By what everybody calls it: its capitals (`SDQ`), or what stands before the comma."""
        capitals = re.match(r"[A-Z]{3,}!?", self.title)
        return capitals[0] if capitals else self.title.partition(",")[0]

    def is_named_in(self, title: str) -> bool:
        """Whether this title names it, in capitals or not; `zien!` without them is a word of every day."""
        alike = 0 if self.name.endswith("!") else re.IGNORECASE
        return re.search(rf"(?<!\w){re.escape(self.name)}(?!\w)", title, alike) is not None

    @property
    def unknown(self) -> tuple[str, ...]:
        """What the school has to fill in besides the texts: the names of the fields, those of a scale with its key before them."""
        own = [name for name in ("items", "answers", "scales") if not getattr(self, name)]
        scales = [f"{scale.key}.{name}" for scale in self.scales for name in ("items", "scores") if not getattr(scale, name)]
        return (*own, *scales)


def read_shell(text: str, *, source: str) -> Shell:
    """The shell in a YAML text. Raises ContentRefused with every mistake, in the order of the lines."""
    problems = Problems()
    root = read_lined(source, text, problems)
    shell = _shell(Fields(source, root, problems)) if root is not None else None
    problems.found.sort(key=lambda problem: problem.line or 0)
    problems.refuse(ContentRefused)
    assert shell is not None
    return shell


def _shell(fields: Fields) -> Shell:
    if fields.yes("may_redistribute_text"):
        advice = "Een lijst met teksten die iedereen mag verspreiden hoort in content/instruments."
        fields.wrong("may_redistribute_text", "Een schil is er voor een lijst waarvan de tekst niet verspreid mag worden.", advice)
    read = Shell(
        key=key_in(fields, fields.text("key"), fields.line_of("key")),
        version=fields.whole("version"),
        title=fields.text("title"),
        owner=fields.text("owner"),
        informant=fields.one_of("informant", Informant),
        about=fields.one_of("about", About) if "about" in fields else About.PUPIL,
        year_levels=years_in(fields),
        language=fields.optional("language") or "nl",
        licence=fields.text("licence"),
        licence_source=fields.text("licence_source"),
        verified_on=fields.day("verified_on"),
        fillable=fields.yes("fillable"),
        note=fields.text("note"),
        items=_count(fields),
        answers=_range(fields, "answers"),
        scales=tuple(_scale(fields, key, node) for key, node in fields.mapping("scales").items()),
    )
    fields.done()
    _in_one_scale(fields, read)
    return read


def _scale(whole: Fields, key: str, node: Lined) -> ShellScale:
    fields = Fields(whole.file, node, whole.problems)
    numbers, items = _numbers(fields), _count(fields)
    if numbers and items not in (None, len(numbers)):
        fields.wrong("items", f"Er staan {len(numbers)} nummers onder numbers.", "Laat het aantal en de nummers overeenkomen.")
    direction, competences = fields.whole("direction"), fields.several("competences", Competence)
    if direction not in (1, -1):
        fields.wrong("direction", "Een richting is 1 of -1.", "Kies 1 (hoger is gunstiger) of -1.")
    if not competences:
        fields.wrong("competences", "Deze schaal hoort bij geen enkele competentie.", f"Kies uit: {', '.join(Competence)}.")
    read = ShellScale(
        key_in(fields, key, node.line), fields.text("title"), fields.one_of("family", Family), direction, competences,
        items or len(numbers) or None, numbers, _range(fields, "scores"), tuple(part.text or "" for part in fields.parts("columns")),
    )  # fmt: skip
    fields.done()
    return read


def _count(fields: Fields) -> int | None:
    """How many items; anything else would be a text, and that may not be here."""
    node = fields.node("items")
    if node is None:
        return None
    number = number_of(node.text or "", whole=True)
    if number is None or not 1 <= number <= MOST_ITEMS:
        advice = "Noem hoeveel items het zijn. Teksten van een beschermde lijst staan nooit in Kring; een school vult ze zelf in."
        fields.wrong("items", "Hier hoort een aantal te staan en geen tekst.", advice)
        return None
    return int(number)


def _numbers(fields: Fields) -> tuple[int, ...]:
    """`[1-5, 8]`: the items of a scale by their place in the list."""
    found: list[int] = []
    for part in fields.parts("numbers"):
        first, _, last = (part.text or "").partition("-")
        low, high = number_of(first, whole=True), number_of(last or first, whole=True)
        if low is None or high is None or not 1 <= low <= high <= MOST_ITEMS:
            fields.wrong("numbers", f"“{part.text or ''}” is geen nummer van een item.", "Schrijf bijvoorbeeld [1-5, 8].")
        else:
            found.extend(range(int(low), int(high) + 1))
    if len(set(found)) < len(found):
        fields.wrong("numbers", "Een item staat er twee keer in.", "Noem elk nummer een keer.")
    return tuple(found)


def _range(fields: Fields, name: str) -> tuple[float, float] | None:
    """`[0, 10]`: from the lowest to the highest."""
    if fields.node(name) is None:
        return None
    match [number_of(part.text or "", whole=False) for part in fields.parts(name)]:
        case [float(low), float(high)] if low < high:
            return low, high
        case _:
            fields.wrong(name, "Hier horen de laagste en de hoogste waarde te staan.", "Schrijf bijvoorbeeld [0, 10].")
            return None


def _in_one_scale(fields: Fields, shell: Shell) -> None:
    """An item in the ranges of two scales would count twice."""
    counted: dict[int, str] = {}
    scales = fields.mapping("scales")
    for scale in shell.scales:
        own = Fields(fields.file, scales[scale.key], fields.problems)
        for number in scale.numbers:
            other = counted.setdefault(number, scale.key)
            if other != scale.key:
                own.wrong("numbers", f"Item {number} staat in twee bereiken: “{other}” en “{scale.key}”.", "Haal het uit een van beide.")
        if shell.items is not None and max(scale.numbers, default=0) > shell.items:
            own.wrong("numbers", f"De lijst heeft maar {shell.items} items.", "Pas het aantal items of de nummers aan.")
