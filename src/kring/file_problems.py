"""What is wrong with the files a school hands in: every problem with its place and what to do about it."""

from dataclasses import dataclass, field

MOST_SHOWN = 50


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


class FilesRefused(Exception):
    """The files cannot be used as they are. Nothing of them was kept.

    `problems` holds at most MOST_SHOWN of them, `unshown` how many there are besides.
    """

    def __init__(self, problems: tuple[Problem, ...], *, unshown: int = 0) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
        self.unshown = unshown


@dataclass(slots=True)
class Problems:
    """Gathers problems while reading, so that a school sees all of them at once."""

    found: list[Problem] = field(default_factory=list)
    unshown: int = 0

    def add(self, file: str, line: int | None, column: str | None, message: str, advice: str) -> None:
        """Remember one problem; the same one twice counts once."""
        problem = Problem(file, line, column, message, advice)
        if problem in self.found:
            return
        if len(self.found) == MOST_SHOWN:
            self.unshown += 1
            return
        self.found.append(problem)

    def __bool__(self) -> bool:
        return bool(self.found)

    def concern(self, file: str) -> bool:
        """Is anything wrong with this file?"""
        return any(problem.file == file for problem in self.found)

    def refuse(self) -> None:
        """Raise FilesRefused if anything was found."""
        if self.found:
            raise FilesRefused(tuple(self.found), unshown=self.unshown)
