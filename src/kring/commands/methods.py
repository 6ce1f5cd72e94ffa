"""The pages of docs/methods/: every method of the core in words for a school, with its formula, source, worked example and proof."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from pkgutil import walk_packages

from kring.commands import ROOT
from kring.core.provenance import METHODS, Method
from kring.library import Chapter, MethodWords, chapters

PROOFS = ROOT / "tests" / "reference"
SPECIAL = re.compile(r"([\\*_<>\[\]|$#~^])")
NO_WORDS = MethodWords("?", "?", "?")
WITHOUT_THEME = "Zonder plaats"
LOADED = ">>> import numpy as np\n>>> from {} import *"  # with these two lines every example runs as it stands
INTRODUCTION = (
    "Elk getal dat Kring laat zien, komt uit een van deze methoden. Per methode staat hier wat het getal zegt, wat het niet zegt, "
    "de formule met de bron, een uitgewerkt voorbeeld en waar het bewijs staat. "
    "De formules zijn in het Engels, zoals de code waar ze uit komen."
)
THEMES: Mapping[str, tuple[str, ...]] = {
    "Scores van leerlingen": (
        *("scoring", "bands", "norms", "change", "reference_change", "regression_to_mean", "importance", "careless", "informants"),
    ),
    "Groepen en school": (
        *("groups", "averages", "intervals", "shares", "care", "ambitions", "group_change", "multiple_tests", "nesting"),
        *("random_intercept", "shrunken_shares"),
    ),
    "Kleine groepen beschermen": ("disclosure",),
    "Hoe goed een lijst meet": ("reliability", "omega", "ordinal", "raters"),
    "Het sociogram": (
        *(f"sociometry-{name}" for name in ("sociograms", "facts", "rates", "chance", "status", "agreement", "indices", "change")),
        *(f"sociometry-{name}" for name in ("class_card", "structure", "communities", "sureness", "cliques", "bridges", "gender")),
        "sociometry",
    ),
    "Signalen": ("attention-points", "attention-agenda", "attention", "signal_quality", "rule_quality", "list_quality"),
    "Plannen, en of het hielp": (
        *("goals", "fidelity", "trials-requirements", "trials-visual", "trials-nonoverlap", "decisions", "fading", "trials"),
    ),
    "Lijsten ijken en normeren": ("irt", "dif", "norm_tiers", "norming", "norm_file", "weighting"),
}
"""Theme → the chapters, or packages with all their other chapters, in the order in which a reader wants them."""


def pages() -> Mapping[str, str]:
    """File name → page, one for each module of the core that has methods, and the list of them all."""
    by_chapter = methods_by_chapter()
    words = chapters()
    made = {f"{name}.md": page(words.get(name, Chapter(name, {})), methods) for name, methods in by_chapter.items()}
    return {**made, "index.md": contents(by_chapter, words)}


def methods_by_chapter() -> Mapping[str, list[Method]]:
    """Every method of the core, by the name of its chapter."""
    import_all("kring.core")
    found: dict[str, list[Method]] = {}
    for each in METHODS.values():
        found.setdefault(each.module.replace(".", "-"), []).append(each)
    return dict(sorted(found.items()))


def import_all(package: str) -> None:
    for module in walk_packages(import_module(package).__path__, f"{package}."):
        import_module(module.name)


def contents(by_chapter: Mapping[str, list[Method]], words: Mapping[str, Chapter]) -> str:
    parts = ["# Hoe Kring rekent", INTRODUCTION]
    for theme, names in by_theme(by_chapter).items():
        rows = [row(name, words.get(name, Chapter(name, {})), by_chapter[name]) for name in names]
        parts += [f"## {theme}", "\n".join(rows), "\n".join(["```{toctree}", ":hidden:", "", *names, "```"])]
    return "\n\n".join(parts) + "\n"


def by_theme(chapters: Iterable[str]) -> Mapping[str, list[str]]:
    """The chapters of each theme; one that has no theme is a mistake, which shows under its own heading."""
    left = list(chapters)
    found: dict[str, list[str]] = {}
    for theme, rooms in THEMES.items():
        found[theme] = list(dict.fromkeys(name for room in rooms for name in left if room in (name, name.split("-")[0])))
        left = [name for name in left if name not in found[theme]]
    return {**found, WITHOUT_THEME: left} if left else found


def row(name: str, chapter: Chapter, methods: Iterable[Method]) -> str:
    names = (chapter.methods.get(each.key, NO_WORDS).name for each in methods)
    return f"- [{chapter.title}]({name}.md): {', '.join(f'{each[:1].lower()}{each[1:]}' for each in names)}"


def page(chapter: Chapter, methods: Iterable[Method]) -> str:
    parts = [part for each in methods for part in section(each, chapter.methods.get(each.key, NO_WORDS))]
    return "\n\n".join([f"# {chapter.title}", *parts]) + "\n"


def section(method: Method, words: MethodWords) -> Iterator[str]:
    text, example = split(getdoc(method.function) or "")
    yield f"## {words.name}"
    yield words.says
    yield f"**Wat het niet zegt.** {words.does_not_say}"
    yield f"**Formule en bron** (`{method.key}/{method.version}`, `{method.function.__module__}.{method.function.__name__}`)"
    yield "\n".join(f"> {literal(line)}".rstrip() for line in text.splitlines())
    yield f"**Voorbeeld** (wordt bij elke test nagerekend)\n\n```python\n{LOADED.format(method.function.__module__)}\n{example}\n```"
    proofs = [f"- `tests/reference/{name}`: {literal(about)}" for name, about in proofs_of(method.function.__name__)]
    if proofs:
        yield "**Vergeleken met anderen**\n\n" + "\n".join(proofs)


def literal(text: str) -> str:
    """The text as Markdown that shows every sign of it."""
    return SPECIAL.sub(r"\\\1", text)


def split(docstring: str) -> tuple[str, str]:
    """The text of a docstring and its worked example."""
    text, mark, example = docstring.partition(">>>")
    return text.strip(), (mark + example).strip()


def proofs_of(function: str) -> list[tuple[str, str]]:
    """The reference tests that use a function, with the first sentence of what they say about themselves."""
    return [(path.name, about) for path, (about, used) in sorted(reference_tests().items()) if function in used]


@cache
def reference_tests() -> Mapping[Path, tuple[str, frozenset[str]]]:
    return {path: read_test(ast.parse(path.read_text())) for path in PROOFS.glob("test_*.py")}


def read_test(tree: ast.Module) -> tuple[str, frozenset[str]]:
    """What a test file says about itself in its first paragraph, and every name that it uses."""
    about = (ast.get_docstring(tree) or "").split("\n\n")[0].replace("\n", " ")
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return about, frozenset(names | attributes)
