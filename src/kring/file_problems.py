"""What is wrong with a file that people wrote: every problem with its place and what to do about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kring.core.errors import BrokenRule

MOST_SHOWN = 50
LONGEST = 300  # characters of a message; what stands in a cell may be a whole book


class Said(str):
    """A Dutch sentence that remembers how it was made, so that the edge can say it in another language.

    `words` is the sentence with places for the facts, `%(pupil)s`, and `facts` what stands there; a fact may itself be Said.
    Without facts the words are the sentence. `./kring translations` reads out what is written in `said("…")`.
    """

    __slots__ = ("facts", "words")
    words: str
    facts: Mapping[str, object]

    def __new__(cls, words: str, /, **facts: object) -> "Said":
        """The sentence on one line, cut in the middle when what stands in the file makes it too long."""
        made = super().__new__(cls, _shown(words % facts if facts else words))
        made.words, made.facts = words, facts
        return made

    def put(self, translated: Callable[[str], str]) -> "Said":
        """The sentence in the language of this translation."""
        facts = {name: fact.put(translated) if isinstance(fact, Said) else fact for name, fact in self.facts.items()}
        return Said(translated(self.words), **facts)


said = Said


def _shown(text: str) -> str:
    """The text on one line, cut in the middle when it is too long."""
    if isinstance(text, Said):
        return text
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST // 2]} … {line[-LONGEST // 2 :]}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in Dutch. `line` counts from 1, the heading included; `None` means the whole file."""

    file: str
    line: int | None
    column: str | None
    message: str
    advice: str

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f", regel {self.line}"
        if self.column is not None:
            place += f", kolom “{self.column}”"
        return f"{place}: {self.message} {self.advice}"


@dataclass(eq=False, kw_only=True)
class FilesRefused(BrokenRule):
    """The files cannot be used as they are, and nothing of them was kept.

    `problems` holds at most MOST_SHOWN of them, `unshown` how many there are besides.
    """

    problems: tuple[Problem, ...]
    unshown: int = 0


@dataclass(eq=False, kw_only=True)
class ContentRefused(FilesRefused):
    """A content file (an instrument, say) cannot be used as it is."""


@dataclass(slots=True)
class Problems:
    """Gathers problems while reading, so that a school sees all of them at once."""

    found: list[Problem] = field(default_factory=list)
    unshown: int = 0
    _known: set[Problem] = field(default_factory=set)

    def add(self, file: str, line: int | None, column: str | None, message: str, advice: str) -> None:
        """Remember one problem; the same one twice counts once."""
        problem = Problem(file, line, None if column is None else _shown(column), _shown(message), _shown(advice))
        if problem in self._known:
            return
        if len(self.found) == MOST_SHOWN:
            self.unshown += 1
            return
        self.found.append(problem)
        self._known.add(problem)

    def take(self, refused: FilesRefused) -> None:
        """Remember what an earlier refusal found."""
        for problem in refused.problems:
            self.add(problem.file, problem.line, problem.column, problem.message, problem.advice)
        self.unshown += refused.unshown

    def __bool__(self) -> bool:
        return bool(self.found)

    def refuse(self, kind: type[FilesRefused] = FilesRefused) -> None:
        """Raise the refusal if anything was found."""
        if self.found:
            raise kind(problems=tuple(self.found), unshown=self.unshown)
