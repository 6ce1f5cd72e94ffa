"""Directions for acting: content/catalogue/<key>-<version>.yaml. Only proposals; a teacher picks one or says why not."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from kring.core.class_year import ClassPhase
from kring.core.instruments import Level
from kring.file_problems import ContentRefused, Problems
from kring.library.shelf import CONTENT
from kring.library.tried import key_in
from kring.lined_yaml import Fields, read_lined

SENTENCES = range(3, 6)
LAST_YEAR = 14


class With(StrEnum):
    """With whom it is done."""

    CLASS = "class"
    SMALL_GROUP = "small_group"
    PUPIL = "pupil"


class Evidence(StrEnum):
    """How it is known to help, in a word."""

    STUDIED = "studied"
    PLAUSIBLE = "plausible"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class DirectionText:
    """One entry of the catalogue, in plain Dutch."""

    key: str
    version: int
    title: str
    scales: tuple[str, ...]
    levels: tuple[With, ...]
    year_levels: tuple[int, int]
    what: tuple[str, ...]
    watch: str
    source: str
    evidence: Evidence
    programmes: tuple[str, ...]
    verified_on: date
    review_by: date
    phases: tuple[ClassPhase, ...] = ()  # of a class through the year; without any, it can be done all year

    def is_for_class(self, phase: ClassPhase, year_levels: tuple[int, ...]) -> bool:
        """Whether a whole class does it, in this part of the year, at the age of all of them: an activity for others is refused."""
        return self.is_for_age(year_levels) and (not self.phases or phase in self.phases)

    def is_for_age(self, year_levels: tuple[int, ...]) -> bool:
        """Whether a whole class does it, at the age of all of them, whatever part of the year it is."""
        low, high = self.year_levels
        of_age = bool(year_levels) and all(low <= year <= high for year in year_levels)
        return With.CLASS in self.levels and of_age

    def fits(self, scale: str, level: Level, year_levels: tuple[int, ...]) -> bool:
        """Whether it is for this scale, for a pupil or for a whole group, and for one of these years of school."""
        low, high = self.year_levels
        for_whom = With.CLASS in self.levels if level is Level.GROUP else set(self.levels) != {With.CLASS}
        return scale in self.scales and for_whom and (not year_levels or any(low <= year <= high for year in year_levels))


@cache
def directions(content: Path = CONTENT) -> tuple[DirectionText, ...]:
    """The whole catalogue, by key and version. Raises ContentRefused naming file and line of all mistakes."""
    problems = Problems()
    paths = sorted((content / "catalogue").glob("*.yaml"))
    found = [read_direction(path.read_text(encoding="utf-8"), source=path.name, problems=problems) for path in paths]
    problems.refuse(ContentRefused)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.key, one.version)))


def newest(content: Path = CONTENT) -> tuple[DirectionText, ...]:
    """Of every entry the last version, in the order of the titles."""
    return tuple(sorted({one.key: one for one in directions(content)}.values(), key=lambda one: one.title))


def direction(key: str, version: int, content: Path = CONTENT) -> DirectionText | None:
    """The entry as it was when somebody chose it."""
    return next((one for one in directions(content) if (one.key, one.version) == (key, version)), None)


def read_direction(text: str, *, source: str, problems: Problems) -> DirectionText | None:
    """The entry in a YAML text; mistakes go to the problems."""
    root = read_lined(source, text, problems)
    if root is None:
        return None
    fields = Fields(source, root, problems)
    for name in ("licence", "licence_source"):
        fields.text(name)
    if not fields.yes("may_redistribute_text"):
        fields.wrong("may_redistribute_text", "Deze tekst mag niet verspreid worden.", "Schrijf een eigen tekst.")
    read = DirectionText(
        key=key_in(fields, fields.text("key"), fields.line_of("key")),
        version=fields.whole("version"),
        title=fields.text("title"),
        scales=_several(fields, "scales"),
        levels=fields.several("levels", With),
        year_levels=_years(fields),
        what=_several(fields, "what"),
        watch=fields.text("watch"),
        source=fields.text("source"),
        evidence=fields.one_of("evidence", Evidence),
        programmes=tuple(part.text or "" for part in fields.parts("programmes")),
        verified_on=fields.day("verified_on"),
        review_by=fields.day("review_by"),
        phases=fields.several("phases", ClassPhase),
    )
    fields.done()
    _whole(fields, read)
    return read


def _several(fields: Fields, name: str) -> tuple[str, ...]:
    found = tuple(part.text or "" for part in fields.parts(name))
    if not all(found) or not found:
        fields.wrong(name, "Hier hoort een lijst met tekst te staan.", "Vul haar in.")
    return found


def _years(fields: Fields) -> tuple[int, int]:
    match [part.text for part in fields.parts("year_levels")]:
        case [str(first), str(last)] if first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last) <= LAST_YEAR:
            return int(first), int(last)
    fields.wrong("year_levels", "Hier horen het eerste en het laatste leerjaar te staan.", "Schrijf bijvoorbeeld [3, 8].")
    return 1, LAST_YEAR


def _whole(fields: Fields, read: DirectionText) -> None:
    if fields.file != f"{read.key}-{read.version}.yaml":
        fields.wrong("key", f"Dit bestand hoort {read.key}-{read.version}.yaml te heten.", "Laat naam, sleutel en versie gelijk zijn.")
    if len(read.what) not in SENTENCES:
        fields.wrong("what", "Schrijf in drie tot vijf zinnen wat u doet.", "Een zin per regel.")
    if not read.levels:
        fields.wrong("levels", "Er staat niet bij met wie u dit doet.", f"Kies uit: {', '.join(With)}.")
    if read.review_by <= read.verified_on:
        fields.wrong("review_by", "Een tekst wordt later nog eens nagekeken.", "Kies een latere dag.")
