"""Every rule that can be broken has a sentence that a person understands."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from importlib import import_module
from pkgutil import walk_packages

import pytest

import kring
from kring.core.errors import BrokenRule, CallerMistake
from kring.web.wording import sentence
from tests.rules.sources import Source, sources

ROOMS = ("kring.core", "kring.documents", "kring.library", "kring.class_files", "kring.file_problems", "kring.lined_yaml")
NUMBERS = {"value", "low", "high", "cut", "red", "green", "direction", "sem", "count", "of", "level"}


def rules() -> list[type[BrokenRule]]:
    """Every kind of refusal in the rooms below the web that names a rule of its own."""
    for module in walk_packages(kring.__path__, "kring."):
        if module.name.startswith(ROOMS):
            import_module(module.name)
    return sorted({rule for rule in below(BrokenRule) if rule.__module__.startswith(ROOMS)}, key=lambda rule: rule.__name__)


def below(kind: type[BrokenRule]) -> Iterator[type[BrokenRule]]:
    for rule in kind.__subclasses__():
        yield rule
        yield from below(rule)


def broken(rule: type[BrokenRule]) -> BrokenRule:
    """This rule, broken, with something for each fact."""
    return rule(**{field.name: 1 if field.name in NUMBERS else "x" for field in fields(rule)})


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.__name__)
def test_a_broken_rule_has_a_sentence(rule: type[BrokenRule]) -> None:
    said = sentence(broken(rule))
    assert said.endswith(".")
    assert "%(" not in said
    assert "{" not in said


def test_a_rule_without_a_sentence_is_noticed() -> None:
    @dataclass(eq=False, kw_only=True)
    class Unspoken(BrokenRule):
        pass

    with pytest.raises(KeyError):
        sentence(Unspoken())


def twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)


def worded(files: Iterable[Source]) -> Iterator[str]:
    """The names that the wording files give a sentence, once for each time."""
    for file in files:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Dict):
                yield from (str(key.value) for key in node.keys if isinstance(key, ast.Constant) and str(key.value).isidentifier())


def test_two_rules_never_bear_one_name() -> None:
    """The sentence is found by the name alone: a second rule would speak with the words of the first. Mistakes of a caller share one."""
    assert twice(rule.__name__ for rule in rules() if not issubclass(rule, CallerMistake)) == []


def test_a_rule_has_its_sentence_in_one_place() -> None:
    """The files are put together in one mapping, where the last would silently win."""
    assert twice(worded(wordings())) == []


def wordings() -> list[Source]:
    return [file for file in sources("web") if file.name.endswith("wording.py")]


def test_a_sentence_said_twice_is_noticed() -> None:
    planted = Source("web/more_wording.py", 'MORE = {"CallerMistake": "x."}')
    assert twice(worded([*wordings(), planted])) == ["CallerMistake"]
