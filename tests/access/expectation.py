"""The expectation file as values: what each person gets from each route."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("expect.txt")
STATUS = {"page": 200, "page with Noor": 200, "refused": 403, "nothing": 404, "login": 302, "onward": 302, "not now": 409}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file."""

    method: str
    route: str
    objects: tuple[str, ...]
    answers: dict[str, str]  # who → answer
    otherwise: dict[str, str]  # who is excepted from “everybody” → nothing

    def answer(self, who: str) -> str:
        """What this person gets: by name, by “everybody”, or what is said to those who are not named."""
        if who in self.answers:
            return self.answers[who]
        if who == "visitor":
            return "login"
        if "everybody" in self.answers and who not in self.otherwise:
            return self.answers["everybody"]
        return "nothing"


def lines() -> Iterator[Line]:
    """Every line of the file."""
    for text in FILE.read_text("utf-8").splitlines():
        if text.strip() and not text.startswith("#"):
            yield _line(text)


def _line(text: str) -> Line:
    what, _bar, said = text.partition("|")
    method, route, objects = what.split()
    answers: dict[str, str] = {}
    excepted: dict[str, str] = {}
    for part in said.split(";"):
        who, _colon, answer = part.partition(":")
        people, _but, without = who.partition(" but ")
        assert answer.strip() in STATUS, text
        answers |= dict.fromkeys(people.split(), answer.strip())
        excepted |= dict.fromkeys(without.split(), "nothing")
    return Line(method, route, () if objects == "-" else tuple(objects.split("+")), answers, excepted)
