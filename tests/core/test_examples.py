"""Every worked example in the core gives what it says; that of a method also to whoever pastes it in a notebook."""

import doctest
import inspect
import sys
from importlib import import_module
from pkgutil import walk_packages

import numpy as np
import pytest

import kring.core
from kring.commands import ROOT
from kring.core.provenance import METHODS, Method

MODULES = [import_module(found.name) for found in walk_packages(kring.core.__path__, "kring.core.")]
OF_METHODS = {f"{each.function.__module__}.{each.function.__qualname__}" for each in METHODS.values()}


@pytest.mark.parametrize("described", [pytest.param(each, id=key) for key, each in sorted(METHODS.items())])
def test_the_example_gives_what_it_says(described: Method) -> None:
    """With nothing but the two lines that stand above it on its page: numpy as np, and what its module shows."""
    function = described.function
    module = sys.modules[function.__module__]
    globs = {"np": np, **{name: getattr(module, name) for name in module.__all__}}
    (example,) = doctest.DocTestFinder(recurse=False).find(function, function.__name__, globs=globs)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    problems: list[str] = []
    runner.run(example, out=problems.append)
    assert (problems, len(example.examples) > 0) == ([], True)
    assert inspect.getdoc(function)


def test_the_example_of_every_other_rule_gives_what_it_says() -> None:
    """With what its module has."""
    found = (example for module in MODULES for example in doctest.DocTestFinder().find(module, module.__name__))
    others = [example for example in found if example.examples and example.name not in OF_METHODS]
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    problems: list[str] = []
    for example in others:
        runner.run(example, out=problems.append)
    assert (problems, len(others) > 100) == ([], True)


def test_the_page_about_the_library_says_what_happens() -> None:
    outcome = doctest.testfile(str(ROOT / "docs" / "library.md"), module_relative=False)
    assert (outcome.failed, outcome.attempted > 10) == (0, True)
