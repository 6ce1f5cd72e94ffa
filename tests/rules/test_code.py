"""Rules about the code, each with a planted fault that it must find."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.rules.sources import Source, attributes, calls, places, sources

Found = Iterator[tuple[Source, int, str]]
MAY_TOUCH_ROWS = {"models.py", "queries.py", "actions.py", "intake.py", "rows.py", "work.py"}
SHELL_OF_ACCESS = {"web/access.py", "web/action.py", "web/guard.py", "web/wall.py", "web/checks.py", "web/schema.py", "web/trace.py"}
ROWS = {"objects", "_base_manager", "_default_manager", "raw", "cursor", "bulk_create", "bulk_update", "save", "delete", "update_or_create"}
CLOCK = re.compile(r"(^|\.)(now|today|utcnow|time|monotonic|perf_counter)$")
CHANCE = re.compile(r"^(random\.|np\.random\.(?!Generator|PCG64|default_rng$)|secrets\.|uuid4|uuid\.uuid)")


def rows_touched_elsewhere(code: list[Source]) -> Found:
    """Rows are reached by models, queries, actions, the named doors (intake, rows, work) and the shell of access alone."""
    for source in code:
        if source.parts[0] != "web" or source.parts[-1] in MAY_TOUCH_ROWS or source.name in SHELL_OF_ACCESS:
            continue
        yield from ((source, line, name) for line, name in attributes(source) if name in ROWS)


def core_asks_the_time(code: list[Source]) -> Found:
    for source in code:
        if source.parts[0] == "core":
            yield from ((source, line, call) for line, call in calls(source) if CLOCK.search(call))


def core_takes_unseeded_chance(code: list[Source]) -> Found:
    for source in code:
        if source.parts[0] == "core":
            yield from ((source, line, call) for line, call in calls(source) if CHANCE.match(call))


def public_function_that_is_no_action(code: list[Source]) -> Found:
    for source in code:
        if source.parts[-1] != "actions.py":
            continue
        for node in source.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                named = {ast.unparse(mark.func) for mark in node.decorator_list if isinstance(mark, ast.Call)}
                if "action" not in named:
                    yield source, node.lineno, node.name


def markup_marked_safe(code: list[Source]) -> Found:
    for source in code:
        for node in ast.walk(source.tree):
            name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
            if name == "mark_safe" or (name == "SafeString" and source.parts[0] == "web"):
                yield source, getattr(node, "lineno", 0), name


def filter_by_what_came_in(code: list[Source]) -> Found:
    for source in code:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".filter", ".exclude", ".get")):
                starred = [word for word in node.keywords if word.arg is None and "request" in ast.unparse(word.value)]
                yield from ((source, node.lineno, ast.unparse(word.value)) for word in starred)


NESTED = re.compile(r"\([^()]*[+*]\??[^()]*\)\s*[+*{]")


def nested_quantifiers(code: list[Source]) -> Found:
    """A pattern such as (a+)+ can be made to run for hours."""
    for source in code:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
                pattern = node.args[0]
                if isinstance(pattern, ast.Constant) and isinstance(pattern.value, str) and NESTED.search(pattern.value):
                    yield source, node.lineno, pattern.value


FORMATS_OF_DJANGO = {"django.utils.formats", "django.utils.dateformat", "django.utils.timesince"}


def days_and_numbers_said_by_django(code: list[Source]) -> Found:
    """Babel says them, in `web/days.py` and `documents/figures.py`: one page may not say them in two ways."""
    for source in code:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ImportFrom) and node.module in FORMATS_OF_DJANGO:
                yield source, node.lineno, str(node.module)


def day_of_a_moment_anywhere(code: list[Source]) -> Found:
    """Half past twelve at night is still yesterday in the database: `timezone.localdate` says which day it is at school."""
    for source in code:
        if source.parts[0] == "web" and "demo" not in source.parts:  # whose moments are made of days
            yield from ((source, line, call) for line, call in calls(source) if call.endswith(".date"))


RULES: dict[Callable[[list[Source]], Found], Source] = {
    rows_touched_elsewhere: Source("web/home/views.py", "Pupil.objects.all()"),
    core_asks_the_time: Source("core/plans.py", "due = datetime.now(UTC)"),
    core_takes_unseeded_chance: Source("core/composing.py", "random.shuffle(pupils)"),
    public_function_that_is_no_action: Source("web/plans/actions.py", "def adopt(actor, plan): ..."),
    markup_marked_safe: Source("web/plans/views.py", "text = mark_safe(note)"),
    filter_by_what_came_in: Source("web/plans/queries.py", "Plan.filter(**request.GET)"),
    days_and_numbers_said_by_django: Source("web/plans/views.py", "from django.utils.formats import date_format"),
    day_of_a_moment_anywhere: Source("web/plans/paper.py", "on = version.made_at.date()"),
    nested_quantifiers: Source("web/plans/forms.py", "re.compile(r'^([a-z]+[ -]?)+$')"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rule(rule: Callable[[list[Source]], Found]) -> None:
    assert places(rule(sources())) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_planted_fault_is_found(rule: Callable[[list[Source]], Found]) -> None:
    assert len(places(rule([RULES[rule]]))) == 1
