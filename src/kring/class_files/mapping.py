"""The mapping file: which of their files, columns and words mean which of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kring.core.errors import BrokenRule
from kring.core.instruments import Question, QuestionKind
from kring.core.sociometry.nominations import Participation
from kring.file_problems import Problems
from kring.lined_yaml import Fields, Lined, read_lined


class Kind(StrEnum):
    """The four files a class can consist of."""

    PUPILS = "pupils"
    NOMINATIONS = "nominations"
    PARTICIPATION = "participation"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a kind of file: without the needed ones it cannot be read. Each also goes by its Dutch name."""

    needed: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """All of them."""
        return self.needed + self.optional


COLUMNS: Mapping[Kind, Columns] = {
    Kind.PUPILS: Columns(("pupil",), ("name", "group", "from", "to")),
    Kind.NOMINATIONS: Columns(("question", "from", "to"), ("round", "group", "value")),
    Kind.PARTICIPATION: Columns(("pupil", "status"), ("round", "group")),
    Kind.ANSWERS: Columns(("pupil",), ("round", "group", "item", "value")),
}
DUTCH = {
    "pupil": "leerling", "name": "naam", "group": "groep", "from": "van", "to": "naar", "question": "vraag",
    "round": "ronde", "value": "antwoord", "status": "deelname", "item": "item",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How one of their files becomes one of ours.

    `columns` our column → theirs; `values` our column → their word → ours; `keep` our column → the words (theirs) of the rows that count;
    `fixed` our column → the word for every row; `repeats` tells that the same row may stand there more often.
    """

    file: str
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class ClassMapping:
    """The whole mapping. `items` their column → our item; `others` how pupils took part whom participation does not name."""

    files: Mapping[Kind, FileMapping] = field(default_factory=dict)
    rounds: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    items: Mapping[str, str] = field(default_factory=dict)
    others: Participation | None = None
    numbered: bool = False
    instrument: str | None = None

    def file(self, kind: Kind) -> FileMapping:
        """The mapping of one file; our own names when nothing is said about it."""
        return self.files.get(kind, FileMapping(f"{kind}.csv"))


def read_mapping(text: str, *, source: str) -> ClassMapping:
    """The mapping in a YAML text. Raises FilesRefused with every mistake and its line."""
    problems = Problems()
    root = read_lined(source, text, problems)
    mapping = _mapping(Fields(source, root, problems)) if root is not None else ClassMapping()
    problems.refuse()
    return mapping


def _mapping(fields: Fields) -> ClassMapping:
    parts = {kind: Fields(fields.file, node, fields.problems) for kind in Kind if (node := fields.node(kind)) is not None}
    answers, participation = parts.get(Kind.ANSWERS), parts.get(Kind.PARTICIPATION)
    made = ClassMapping(
        rounds=tuple(_words(fields, "rounds")),
        questions=tuple(_questions(fields)),
        items=_pairs(answers, "items") if answers else {},
        others=participation.one_of("others", Participation) if participation and "others" in participation else None,
        numbered=answers is not None and "numbered" in answers and answers.yes("numbered"),
        instrument=fields.optional("instrument"),
        files={kind: _file(kind, part) for kind, part in parts.items()},
    )
    fields.done()
    return made


def _file(kind: Kind, fields: Fields) -> FileMapping:
    made = FileMapping(
        file=fields.optional("file") or f"{kind}.csv",
        columns=_pairs(fields, "columns"),
        values={column: _texts(fields, column, node) for column, node in fields.mapping("values").items()},
        keep={column: tuple(_list(node)) for column, node in fields.mapping("keep").items()},
        fixed=_pairs(fields, "fixed"),
        repeats="repeats" in fields and fields.yes("repeats"),
    )
    for name in ("columns", "values", "keep", "fixed"):
        _only_known(kind, fields, name)
    fields.done()
    return made


def _only_known(kind: Kind, fields: Fields, name: str) -> None:
    known = COLUMNS[kind].known
    for column, node in fields.mapping(name).items():
        if column not in known:
            advice = f"Kies uit: {', '.join(known)}."
            fields.problems.add(fields.file, node.line, column, f"“{column}” is geen kolom van {kind}.", advice)


def _texts(fields: Fields, name: str, node: Lined) -> dict[str, str]:
    if not isinstance(node.value, dict):
        fields.problems.add(
            fields.file, node.line, name, "Hier horen woorden te staan (hun woord: ons woord).", "Schrijf bijvoorbeeld {9: absent}."
        )
    return {key: part.text or "" for key, part in node.fields.items()}


def _pairs(fields: Fields, name: str) -> dict[str, str]:
    return {key: node.text or "" for key, node in fields.mapping(name).items()}


def _list(node: Lined) -> list[str]:
    return [node.text] if node.text is not None else [part.text or "" for part in node.parts]


def _words(fields: Fields, name: str) -> list[str]:
    return [part.text or "" for part in fields.parts(name)]


def _questions(fields: Fields) -> list[Question]:
    """Questions that no instrument of the library has: `friend: {text: …, polarity: 1}`."""
    made = []
    for key, node in fields.mapping("questions").items():
        own = Fields(fields.file, node, fields.problems)
        text, polarity = own.text("text"), own.whole("polarity", otherwise=1)
        limit = own.whole("limit") if "limit" in own else None
        own.done()
        try:
            made.append(Question(key, text, QuestionKind.NOMINATE, polarity, limit))
        except BrokenRule:
            fields.problems.add(
                fields.file, node.line, key, "Deze vraag kan zo niet: polarity is 1 of -1, limit minstens 1.", "Pas het aan."
            )
    return made
