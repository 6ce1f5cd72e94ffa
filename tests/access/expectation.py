"""The expectation file as values: what each person gets from each route, and what each person may know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("expect.txt")
STATUS = {
    "page": 200,
    "page with Noor": 200,
    "refused": 403,
    "nothing": 404,
    "login": 302,
    "second step": 302,
    "proof": 302,
    "onward": 302,
    "done": 204,
    "not now": 409,
    "not now with Noor": 409,
    "not understood": 400,
}
DONE = {"page", "page with Noor", "onward", "done"}
UNDER_A_HAT = "under a hat"


class NotReadable(Exception):
    """A line of the file that says nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file."""

    method: str
    route: str
    objects: tuple[str, ...]
    answers: dict[str, str]  # who → answer
    otherwise: dict[str, str]  # who is excepted from “everybody” → nothing
    always: dict[str, str] = field(default_factory=dict)  # who → answer under a hat, or: as somebody else

    def answer(self, who: str, *, under_hat: bool = True) -> str:
        """What this person gets: by name, by “always”, by “everybody”, or what is said to those who are not named."""
        if who in self.answers:
            return self.answers[who]
        always = self.always.get(who, "")
        if always.startswith("as "):
            return self.answer(always.removeprefix("as "), under_hat=under_hat)
        if always and under_hat:
            return always
        if who == "visitor":
            return "login"
        if "everybody" in self.answers and who not in self.otherwise:
            return self.answers["everybody"]
        return "nothing"

    def __str__(self) -> str:
        return f"{self.method} {self.route} {'+'.join(self.objects)}"


@dataclass(slots=True)
class Expectations:
    """The whole file."""

    lines: list[Line] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)
    always: dict[str, str] = field(default_factory=dict)
    knows: dict[str, set[str]] = field(default_factory=dict)  # thing → who may know it
    changes: dict[str, set[str]] = field(default_factory=dict)  # route → what its form may change


def lines() -> list[Line]:
    """Every line about a route."""
    return expectations().lines


@cache
def expectations() -> Expectations:
    return read(FILE.read_text("utf-8"))


def read(text: str) -> Expectations:
    found = Expectations()
    for line in _whole(text):
        _take(found, line)
    return found


def _whole(text: str) -> Iterator[str]:
    """Lines without remarks; one that begins with spaces goes on where the one before ended."""
    kept = ""
    for line in text.splitlines():
        if line.startswith(" ") and line.strip() and kept:
            kept += " " + line.strip()
            continue
        if kept:
            yield kept
        kept = "" if line.startswith("#") else line.strip()
    if kept:
        yield kept


def _take(found: Expectations, line: str) -> None:
    if " = " in line and "|" not in line:
        name, _is, people = line.partition(" = ")
        found.groups[name.strip()] = _people(found, people)
    elif line.startswith("ALWAYS "):
        who, _colon, answer = line.removeprefix("ALWAYS ").partition(":")
        found.always |= dict.fromkeys(_people(found, who), answer.strip().removesuffix(UNDER_A_HAT).strip())
    elif line.startswith("KNOWS "):
        things, _bar, people = line.removeprefix("KNOWS ").partition("|")
        found.knows |= {thing: {*_people(found, people)} for thing in things.split()}
    elif line.startswith("CHANGES "):
        route, _bar, what = line.removeprefix("CHANGES ").partition("|")
        found.changes[route.strip()] = {*what.split()}
    else:
        found.lines.append(_line(found, line))


def _people(found: Expectations, names: str) -> list[str]:
    return [one for name in names.split() for one in found.groups.get(name, [name])]


def _line(found: Expectations, text: str) -> Line:
    what, _bar, said = text.partition("|")
    try:
        method, route, objects = what.split()
        answers, excepted = _answers(found, said.split(";"))
    except (ValueError, KeyError):
        raise NotReadable(text) from None
    return Line(method, route, () if objects == "-" else tuple(objects.split("+")), answers, excepted, found.always)


def _answers(found: Expectations, parts: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    answers: dict[str, str] = {}
    excepted: dict[str, str] = {}
    for part in parts:
        who, _colon, answer = part.partition(":")
        people, _but, without = who.partition(" but ")
        if answer.strip() not in STATUS:
            raise KeyError(answer)
        answers |= dict.fromkeys(_people(found, people), answer.strip())
        excepted |= dict.fromkeys(_people(found, without), "nothing")
    return answers, excepted
