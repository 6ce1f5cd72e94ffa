"""Every number of the core is a method: it bears its provenance, has a worked example and words for a school.

Each rule has a planted fault that it finds.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import get_type_hints

import pytest

import kring.core
from kring.commands import methods
from kring.core.provenance import METHODS, Method, Result
from kring.library import Chapter, MethodWords, chapters

MODULES = tuple(import_module(module.name) for module in walk_packages(kring.core.__path__, "kring.core."))
WORKS_SOMETHING_OUT = {each.function.__module__ for each in METHODS.values()}
EVERY = [pytest.param(each, id=key) for key, each in sorted(METHODS.items())]


def functions_shown(module: ModuleType) -> Iterator[tuple[str, Callable[..., object]]]:
    """What `from module import *` gives of functions."""
    for name in getattr(module, "__all__", ()):
        if inspect.isfunction(getattr(module, name)):
            yield name, getattr(module, name)


def no_methods(module: ModuleType) -> list[str]:
    known = {inspect.unwrap(each.function) for each in METHODS.values()}
    return [name for name, function in functions_shown(module) if inspect.unwrap(function) not in known]


def says_how_many(described: Method) -> bool:
    """Whether the result says how many there were and how many counted."""
    result = get_type_hints(described.function)["return"]
    return isinstance(result, type) and issubclass(result, Result) and all(hasattr(result, name) for name in ("n", "n_valid"))


def unknown_arguments(described: Method) -> set[str]:
    return {*described.rows, *described.data} - set(inspect.signature(described.function).parameters)


def without_words(words: dict[str, Chapter]) -> set[str]:
    """Methods without words and words without method, each as chapter/key."""
    needed = {f"{each.module.replace('.', '-')}/{key}" for key, each in METHODS.items()}
    return needed ^ {f"{chapter}/{key}" for chapter, found in words.items() for key in found.methods}


@pytest.mark.parametrize("module", [module for module in MODULES if module.__name__ in WORKS_SOMETHING_OUT], ids=lambda one: one.__name__)
def test_every_function_that_is_shown_is_a_method(module: ModuleType) -> None:
    assert hasattr(module, "__all__")
    assert no_methods(module) == []


@pytest.mark.parametrize("described", EVERY)
def test_every_method_says_how_many_and_knows_its_arguments(described: Method) -> None:
    assert says_how_many(described)
    assert unknown_arguments(described) == set()


@pytest.mark.parametrize("described", EVERY)
def test_every_method_has_a_worked_example_and_a_source_in_its_text(described: Method) -> None:
    text = inspect.getdoc(described.function) or ""
    assert (">>> " in text, len(text.partition(">>>")[0].split()) >= 10) == (True, True)


def test_every_method_has_words_for_a_school() -> None:
    assert without_words(dict(chapters())) == set()


def test_every_chapter_has_a_theme_and_every_theme_a_chapter() -> None:
    themes = methods.by_theme(methods.methods_by_chapter())
    assert list(themes) == list(methods.THEMES)
    assert all(themes.values())
    assert methods.by_theme(["scoring", "planted"])[methods.WITHOUT_THEME] == ["planted"]


# ---- planted faults -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mean(Result):
    value: float


def mean(values: list[float]) -> Mean:
    return Mean(sum(values) / len(values))


def test_a_function_that_is_no_method_is_found() -> None:
    module = ModuleType("planted")
    vars(module).update(mean=mean, __all__=["mean"])
    assert no_methods(module) == ["mean"]


def test_a_result_that_does_not_say_how_many_is_found() -> None:
    assert not says_how_many(Method("mean", 1, mean, ("values",), ()))


def test_rows_that_are_no_argument_are_found() -> None:
    assert unknown_arguments(Method("mean", 1, mean, ("scores",), ("values",))) == {"scores"}


def test_words_without_a_method_are_found() -> None:
    planted = Chapter("Planted", {"mean": MethodWords("a", "b", "c")})
    assert without_words({**chapters(), "planted": planted}) == {"planted/mean"}


def test_a_method_without_words_is_found() -> None:
    name, chapter = next(iter(chapters().items()))
    first, *_ = chapter.methods
    silent = replace(chapter, methods={key: words for key, words in chapter.methods.items() if key != first})
    assert without_words({**chapters(), name: silent}) == {f"{name}/{first}"}
