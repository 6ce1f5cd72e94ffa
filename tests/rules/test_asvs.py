"""`docs/asvs.csv` answers every requirement of OWASP ASVS 5.0 up to level 2, and some of level 3: by a test that exists, a reason, or the
issue that will. The identifiers and levels are those of the standard; the words are ours.
"""

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pytest

from tests.rules.sources import ROOT

FILE = ROOT / "docs" / "asvs.csv"
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223", "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22", "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
"""Of each section of the standard, the level of each requirement in turn."""
ALSO = {"1.2.10", "2.3.5", "3.5.8", "5.2.6", "7.5.3", "8.3.2", "14.2.7", "14.2.8", "15.4.2"}
"""Of level 3, those that weigh for a file of children."""
ANSWER = re.compile(r"test|reason|not yet: issue \d+")
TEST = re.compile(r"(tests/[\w/]+\.py)::(test_\w+)")
DOCUMENT = re.compile(r"\bdocs/[\w/-]+\.(?:md|csv)|\b[A-Z]+\.md")


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of the file."""

    id: str
    level: int
    requirement: str
    answer: str
    where: str


def claims() -> list[Claim]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [Claim(row["id"], int(row["level"]), row["requirement"], row["answer"], row["where"]) for row in rows]


def standard() -> dict[str, int]:
    """Every requirement with its level."""
    return {f"{section}.{number}": int(level) for section, levels in LEVELS.items() for number, level in enumerate(levels, start=1)}


@cache
def collected(file: str) -> frozenset[str]:
    path = ROOT / file
    return taken_from(path.read_text("utf-8")) if path.is_file() and path.name.startswith("test_") else frozenset()


def taken_from(text: str) -> frozenset[str]:
    """The tests that pytest takes from a module: its own functions of that name, that nothing skips and no later one hides."""
    found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    kept = [node.name for node in found if not any("skip" in ast.unparse(mark) for mark in node.decorator_list)]
    return frozenset(name for name, times in Counter(kept).items() if times == 1)


def faults(found: Iterable[Claim]) -> list[str]:
    """What a line claims and cannot show."""
    return [f"{claim.id}: {fault}" for claim in found for fault in _faults(claim)]


def _faults(claim: Claim) -> list[str]:
    named = TEST.findall(claim.where)
    wrong = [f"no {file}::{test}" for file, test in named if test not in collected(file)]
    wrong += [f"no {name}" for name in DOCUMENT.findall(claim.where) if not (ROOT / name).is_file()]
    if standard().get(claim.id) != claim.level:
        wrong.append(f"is not of level {claim.level}")
    if not ANSWER.fullmatch(claim.answer):
        wrong.append(f"“{claim.answer}” is no answer")
    if claim.answer == "test" and (not named or TEST.sub("", claim.where).strip()):
        wrong.append("names no test, or more than tests")
    if claim.answer != "test" and (len(claim.where) < 10 or not claim.where.endswith(".")):
        wrong.append("gives no reason in a sentence")
    return wrong if claim.requirement else [*wrong, "says no requirement"]


def test_the_standard_is_whole() -> None:
    """345 requirements, of which 70 are of level 1 and 183 of level 2."""
    assert Counter(standard().values()) == {1: 70, 2: 183, 3: 92}


def test_every_requirement_up_to_level_2_is_answered_once() -> None:
    asked = {one for one, level in standard().items() if level <= 2} | ALSO
    assert Counter(claim.id for claim in claims()) == Counter(asked)


def test_every_answer_shows_what_it_claims() -> None:
    assert faults(claims()) == []


def test_only_what_pytest_runs_is_a_test() -> None:
    text = """
def test_runs(): ...
def helper():
    def test_within(): ...
class Other:
    def test_of_a_class(self): ...
@pytest.mark.skip
def test_skipped(): ...
@pytest.mark.skipif(True, reason="x")
def test_often_skipped(): ...
def test_twice(): ...
def test_twice(): ...
@pytest.mark.parametrize("x", [1])
def test_of_many(x): ...
"""
    assert taken_from(text) == {"test_runs", "test_of_many"}


GOOD = Claim("1.3.2", 1, "No text is run", "test", "tests/rules/test_asvs.py::test_the_standard_is_whole")


@pytest.mark.parametrize(
    "planted",
    [
        Claim("1.3.2", 1, "x", "test", "tests/rules/test_asvs.py::test_that_nobody_wrote"),
        Claim("1.3.2", 1, "x", "test", "tests/rules/nowhere.py::test_the_standard_is_whole"),
        Claim("1.3.2", 1, "x", "test", "tests/rules/sources.py::test_the_standard_is_whole"),
        Claim("1.3.2", 1, "x", "test", "we looked at it"),
        Claim("1.3.2", 2, "x", "test", GOOD.where),
        Claim("99.1.1", 1, "x", "test", GOOD.where),
        Claim("1.3.2", 1, "x", "of course", GOOD.where),
        Claim("1.3.2", 1, "x", "reason", ""),
        Claim("1.3.2", 1, "x", "reason", "It stands in docs/nowhere.md."),
        Claim("1.3.2", 1, "x", "not yet: some day", "It will come one day."),
        Claim("1.3.2", 1, "", "test", GOOD.where),
    ],
    ids=lambda claim: f"{claim.id} {claim.level} {claim.answer} {claim.where[:30]}",
)
def test_a_claim_that_shows_nothing_is_found(planted: Claim) -> None:
    assert faults([GOOD]) == []
    assert faults([planted]) != []
