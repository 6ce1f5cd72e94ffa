"""The walls of the architecture: each import contract is proven by breaking it once, and what contracts cannot say is said here."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.rules.sources import CODE, ROOT, Source, places, sources

BREAKS: Mapping[str, tuple[str, str]] = {
    "layers": ("documents/words.py", "import kring.web"),
    "pure-core": ("core/answers.py", "import django"),
    "features": ("web/schools/models.py", "import kring.web.surveys"),
    "inside": ("web/surveys/queries.py", "import kring.web.surveys.views"),
    "migrations": ("web/migrations/0001_initial.py", "import kring.web.schools.models"),
    "no-cycles": ("core/answers.py", "import kring.core.scoring"),
}
"""Contract → a module and the line that may not stand in it."""

CORE_MAY = set(sys.stdlib_module_names) - {
    "os",
    "pathlib",
    "io",
    "shutil",
    "subprocess",
    "socket",
    "urllib",
    "http",
    "time",
    "random",
    "secrets",
    "sqlite3",
}
CORE_MAY |= {"numpy", "scipy", "ortools", "rapidfuzz", "kring"}
DOCUMENTS_MAY = ("django.template", "django.utils")
ANALYSE_MAY = {"django", "django.conf.settings"}  # to start the template engine
ROOMS = ("documents", "library", "class_files", "analyse")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code, to break."""
    place = tmp_path_factory.mktemp("walls")
    shutil.copytree(CODE, place / "src" / "kring", ignore=shutil.ignore_patterns("static", "templates", "fonts", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def broken(place: Path) -> set[str]:
    """The contracts that the code breaks; one word for a folder that stands in none of them."""
    linter = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(place / "src")}
    done = subprocess.run((str(linter), "--no-logo"), cwd=place, env=environment, capture_output=True, text=True, check=False)
    names = {name for name, title in titles(place).items() if f"{title} BROKEN" in done.stdout}
    return names or ({"whole"} if done.returncode else set())


def titles(place: Path) -> dict[str, str]:
    contracts = tomllib.loads((place / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return {contract["id"]: contract["name"] for contract in contracts}


def test_each_contract_is_kept_and_its_breach_is_found(copied: Path) -> None:
    assert broken(copied) == set()
    modules = {name: copied / "src" / "kring" / name for name, _ in BREAKS.values()}
    whole = {name: module.read_text() for name, module in modules.items()}
    for name, line in BREAKS.values():
        with modules[name].open("a") as module:
            module.write(f"\n{line}\n")
    try:
        assert broken(copied) == set(BREAKS) == set(titles(copied))
    finally:
        for name, text in whole.items():
            modules[name].write_text(text)


@pytest.mark.parametrize("place", ["new_room", "web/new_feature"])
def test_a_folder_without_a_place_is_found(copied: Path, place: str) -> None:
    folder = copied / "src" / "kring" / place
    folder.mkdir()
    (folder / "__init__.py").touch()
    try:
        assert broken(copied)
    finally:
        shutil.rmtree(folder)


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every module that is imported, with its line; from a package, the names as well."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def too_much_in_the_core(code: list[Source]) -> Iterator[tuple[Source, int, str]]:
    for source in code:
        if source.parts[0] == "core":
            yield from ((source, line, name) for line, name in imports(source.tree) if name.split(".")[0] not in CORE_MAY)


def loaded_too_early(code: list[Source]) -> Iterator[tuple[Source, int, str]]:
    """OR-tools takes over a second to load, scipy.stats a third of one: the first only within composing, the second nowhere."""
    for source in code:
        early: list[ast.stmt] = [node for node in source.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        tree = ast.Module(early, []) if source.parts[:3] == ("core", "sociometry", "composing") else source.tree
        yield from ((source, line, name) for line, name in imports(tree) if name.startswith(("ortools", "scipy.stats")))


def repaired_elsewhere(code: list[Source]) -> Iterator[tuple[Source, int, str]]:
    """Distances between words are one module's business (decision 0016)."""
    for source in code:
        if source.parts != ("core", "finding.py"):
            yield from ((source, line, name) for line, name in imports(source.tree) if name.split(".")[0] == "rapidfuzz")


def too_much_django(code: list[Source]) -> Iterator[tuple[Source, int, str]]:
    """Documents and files know templates and texts, no database and no request."""
    for source in code:
        if source.parts[0] in ROOMS:
            yield from (
                (source, line, name)
                for line, name in imports(source.tree)
                if name.startswith("django") and not django_allowed(source, name)
            )


def django_allowed(source: Source, name: str) -> bool:
    return name.startswith(DOCUMENTS_MAY) or (source.parts[0] == "analyse" and name in ANALYSE_MAY)


def another_features_views(code: list[Source]) -> Iterator[tuple[Source, int, str]]:
    """Views and forms are imported inside their own feature only."""
    for source in code:
        for line, name in imports(source.tree):
            parts = name.split(".")
            if parts[:2] == ["kring", "web"] and {"views", "forms"} & set(parts[3:5]) and source.parts[:2] != ("web", parts[2]):
                yield source, line, name


Rule = Callable[[list[Source]], Iterator[tuple[Source, int, str]]]
RULES: Mapping[Rule, Source] = {
    too_much_in_the_core: Source("core/plans.py", "from pathlib import Path"),
    loaded_too_early: Source("core/sociometry/composing/plans.py", "from ortools.sat.python import cp_model"),
    repaired_elsewhere: Source("web/finding/plans.py", "from rapidfuzz.distance import OSA"),
    too_much_django: Source("documents/plans.py", "from django.db import models"),
    another_features_views: Source("web/reports/actions.py", "from kring.web.surveys import views"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_imports_keep_the_rule(rule: Rule) -> None:
    assert places(rule(sources())) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_planted_import_is_found(rule: Rule) -> None:
    assert len(places(rule([RULES[rule]]))) == 1
