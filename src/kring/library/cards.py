"""What to know about something that is seen more often: content/cards/<key>-<version>.yaml. Own texts; never a diagnosis."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kring.core.signs import SIGNS
from kring.file_problems import ContentRefused, Problems
from kring.library.shelf import CONTENT
from kring.library.tried import key_in
from kring.lined_yaml import Fields, read_lined

FEWEST, MOST = 2, 6
PARTS = ("may_see", "helps", "avoid", "call_in")


@dataclass(frozen=True, slots=True)
class Card:
    """What one may see, what helps tomorrow, what not to do, and when to call in whom. `lines`: who can be called, and how."""

    key: str
    title: str
    about: str
    signs: tuple[str, ...]
    may_see: tuple[str, ...]
    helps: tuple[str, ...]
    avoid: tuple[str, ...]
    call_in: tuple[str, ...]
    lines: tuple[str, ...]
    is_checked: bool  # by an expert, a person


@cache
def cards(content: Path = CONTENT) -> tuple[Card, ...]:
    """All of them, by title. Raises ContentRefused naming file and line of all mistakes."""
    problems = Problems()
    read = [_of_file(path, problems) for path in sorted((content / "cards").glob("*.yaml"))]
    problems.refuse(ContentRefused)
    return tuple(sorted((one for one in read if one is not None), key=lambda one: one.title))


def card(key: str, content: Path = CONTENT) -> Card | None:
    """The one with this key."""
    return next((one for one in cards(content) if one.key == key), None)


def cards_for(signs: Collection[str], content: Path = CONTENT) -> tuple[Card, ...]:
    """Those about any of these signs, the closest first; none says that it is the matter."""
    found = [(len(set(signs).intersection(one.signs)), one) for one in cards(content)]
    return tuple(one for shared, one in sorted(found, key=lambda pair: -pair[0]) if shared)


def _of_file(path: Path, problems: Problems) -> Card | None:
    root = read_lined(path.name, path.read_text(encoding="utf-8"), problems)
    if root is None:
        return None
    fields = Fields(path.name, root, problems)
    key, version = key_in(fields, fields.text("key"), fields.line_of("key")), fields.whole("version")
    _check_head(fields)
    texts = {name: _texts(fields, name) for name in PARTS}
    lines = tuple(part.text or "" for part in fields.parts("lines")) if "lines" in fields else ()
    read = Card(
        key=key,
        title=fields.text("title"),
        about=fields.text("about"),
        signs=_signs(fields),
        lines=lines,
        is_checked=fields.optional("checked_by_expert") == "true",
        **texts,
    )
    fields.done()
    if path.name != f"{key}-{version}.yaml":
        fields.wrong("key", f"Dit bestand hoort {key}-{version}.yaml te heten.", "Laat naam, sleutel en versie gelijk zijn.")
    return read


def _check_head(fields: Fields) -> None:
    for name in ("licence", "licence_source"):
        fields.text(name)
    if not fields.yes("may_redistribute_text"):
        fields.wrong("may_redistribute_text", "Deze tekst mag niet verspreid worden.", "Schrijf een eigen tekst.")
    if fields.day("review_by") <= fields.day("verified_on"):
        fields.wrong("review_by", "Een tekst wordt later nog eens nagekeken.", "Kies een latere dag.")


def _texts(fields: Fields, name: str) -> tuple[str, ...]:
    found = tuple(part.text or "" for part in fields.parts(name))
    if not FEWEST <= len(found) <= MOST or not all(found):
        fields.wrong(name, "Schrijf twee tot zes zinnen op.", "Een zin per regel.")
    return found


def _signs(fields: Fields) -> tuple[str, ...]:
    found = tuple(part.text or "" for part in fields.parts("signs"))
    for one in found:
        if one not in SIGNS:
            fields.wrong("signs", f"“{one}” is geen teken dat Kring kent.", f"Kies uit: {', '.join(SIGNS)}.")
    return found
