"""`table.txt` as values: the rules as a person wrote and signed them, beside those of the code."""

from pathlib import Path

from kring.core.access import PARTNERS, Mark, Record, Role, Rule, Scope, Verb

FILE = Path(__file__).with_name("table.txt")
WORDS = {"everybody": tuple(Role), "partners": tuple(PARTNERS)}

Rules = dict[tuple[Role, Record, Verb], Rule]


class RuledTwiceInTheFile(Exception):
    """The file says two things about one role, record and verb."""


def read(text: str) -> Rules:
    """A record stands alone on its line; under it, indented, a verb and who may do it on which rows."""
    rules: Rules = {}
    record = Record.SCHOOL
    for line in _whole(text):
        if not line.startswith(" "):
            record = Record(line.strip())
            continue
        verb, _bar, said = line.strip().partition("|")
        rows, _colon, roles = said.partition(":")
        for role in (one for word in roles.split() for one in WORDS.get(word, (word,))):
            key = Role(role), record, Verb(verb.strip())
            if key in rules:
                raise RuledTwiceInTheFile(key)
            rules[key] = _rule(rows)
    return rules


def _whole(text: str) -> list[str]:
    kept: list[str] = []
    for line in text.splitlines():
        if line.startswith(" " * 8):
            kept[-1] += " " + line.strip()
        elif line.strip() and not line.startswith("#"):
            kept.append(line.rstrip())
    return kept


def _rule(rows: str) -> Rule:
    scopes, _bracket, marks = rows.partition("[")
    return Rule(tuple(Scope(one.strip()) for one in scopes.split(" or ")), frozenset(Mark(one) for one in marks.strip(" ]").split()))
