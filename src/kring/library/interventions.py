"""What may be tried in a plan: content/interventions/<level>-<version>.yaml. Own texts; named programmes are names only."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kring.core.deepening import Level
from kring.core.instruments import Competence
from kring.core.small_trials import GoalType
from kring.file_problems import ContentRefused, Problems
from kring.library.directions import Evidence
from kring.library.shelf import CONTENT
from kring.library.tried import key_in
from kring.lined_yaml import Fields, Lined, read_lined

STEPS = range(3, 7)
LAST_YEAR = 14


@dataclass(frozen=True, slots=True)
class Intervention:
    """One idea for a plan: for which goal, what belongs to it however it is done, and what to look out for."""

    key: str
    title: str
    level: Level
    types: tuple[GoalType, ...]
    competences: tuple[Competence, ...]
    year_levels: tuple[int, int]
    evidence: Evidence
    times_a_week: int
    core_steps: tuple[str, ...]
    watch: str
    programmes: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()  # of the lists, as in the catalogue; none when it exercises none of them

    def is_for(self, years: tuple[int, ...]) -> bool:
        """Whether it fits one of these years of school; of an age that is not known it may."""
        low, high = self.year_levels
        return not years or any(low <= year <= high for year in years)

    def answers(self, goal: str, level: str) -> bool:
        """Whether it is for this goal and this level; what was not said asks nothing."""
        return (not goal or goal in self.types) and level in ("", self.level)


@cache
def interventions(content: Path = CONTENT) -> tuple[Intervention, ...]:
    """All of them, by level and title. Raises ContentRefused naming file and line of all mistakes."""
    problems = Problems()
    found: list[Intervention] = []
    for path in sorted((content / "interventions").glob("*.yaml")):
        found += _of_file(path.name, path.read_text(encoding="utf-8"), problems)
    problems.refuse(ContentRefused)
    order = tuple(Level)
    return tuple(sorted(found, key=lambda one: (order.index(one.level), one.title)))


def intervention(key: str, content: Path = CONTENT) -> Intervention | None:
    """The one with this key."""
    return next((one for one in interventions(content) if one.key == key), None)


def _of_file(name: str, text: str, problems: Problems) -> list[Intervention]:
    root = read_lined(name, text, problems)
    if root is None:
        return []
    fields = Fields(name, root, problems)
    for text_field in ("licence", "licence_source"):
        fields.text(text_field)
    if not fields.yes("may_redistribute_text"):
        fields.wrong("may_redistribute_text", "Deze tekst mag niet verspreid worden.", "Schrijf een eigen tekst.")
    level, version = fields.one_of("level", Level), fields.whole("version")
    checked: tuple[date, date] = (fields.day("verified_on"), fields.day("review_by"))
    if checked[1] <= checked[0]:
        fields.wrong("review_by", "Een tekst wordt later nog eens nagekeken.", "Kies een latere dag.")
    entries = fields.parts("entries")
    fields.done()
    if name != f"{level}-{version}.yaml":
        fields.wrong("level", f"Dit bestand hoort {level}-{version}.yaml te heten.", "Laat naam, niveau en versie gelijk zijn.")
    return [_entry(name, entry, level, problems) for entry in entries]


def _entry(name: str, node: Lined, level: Level, problems: Problems) -> Intervention:
    fields = Fields(name, node, problems)
    read = Intervention(
        key=key_in(fields, fields.text("key"), fields.line_of("key")),
        title=fields.text("title"),
        level=level,
        types=fields.several("types", GoalType),
        competences=fields.several("competences", Competence),
        year_levels=_years(fields),
        evidence=fields.one_of("evidence", Evidence),
        times_a_week=fields.whole("times_a_week"),
        core_steps=tuple(part.text or "" for part in fields.parts("core_steps")),
        watch=fields.text("watch"),
        programmes=tuple(part.text or "" for part in fields.parts("programmes")),
        scales=tuple(part.text or "" for part in fields.parts("scales")),
    )
    fields.done()
    if len(read.core_steps) not in STEPS or not all(read.core_steps):
        fields.wrong("core_steps", "Schrijf drie tot zes stappen op.", "Een stap per regel.")
    if not read.types or not read.competences:
        fields.wrong("types", "Er staat niet bij voor welk doel dit is.", f"Kies uit: {', '.join(GoalType)}.")
    if not 1 <= read.times_a_week <= 5:
        fields.wrong("times_a_week", "Kies hoe vaak per week, van 1 tot en met 5.")
    return read


def _years(fields: Fields) -> tuple[int, int]:
    match [part.text for part in fields.parts("year_levels")]:
        case [str(first), str(last)] if first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last) <= LAST_YEAR:
            return int(first), int(last)
    fields.wrong("year_levels", "Hier horen het eerste en het laatste leerjaar te staan.", "Schrijf bijvoorbeeld [3, 8].")
    return 1, LAST_YEAR
