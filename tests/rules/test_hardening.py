"""What Kring does not contain: a door for administrators of Django, a place that runs what came in, a pattern that never ends."""

import ast
import re
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django.apps import apps
from django.conf import settings

import kring
from kring.web.checks import all_routes
from tests.rules.sources import CODE, Source, calls, places, sources

Found = Iterator[tuple[Source, int, str]]
NOT_INSTALLED = ("django.contrib.admin", "django.contrib.gis", "django.contrib.flatpages", "debug_toolbar", "django_extensions", "silk")
NO_MIDDLEWARE = ("UpdateCacheMiddleware", "FetchFromCacheMiddleware", "DebugToolbar", "RemoteUser")
RUNS = re.compile(
    r"^(eval|exec|compile|os\.system|os\.popen|pickle\.\w+|marshal\.\w+|shelve\.\w+|yaml\.(load|unsafe_load|full_load)|Template|Engine)$"
)
OUTWARD = {"requests", "httpx", "aiohttp", "urllib3", "ftplib", "smtplib", "telnetlib", "paramiko", "socketserver", "xmlrpc"}
MAY_ASK_OTHERS = {"web/single_sign_on/outgoing.py", "web/single_sign_on/saml.py", "web/mail/post.py"}
NASTY = (
    "a",
    " ",
    "\t",
    "\n",
    ".",
    "/",
    "#41",
    "/J#61",
    "=",
    "1",
    ",;",
    '"',
    "'",
    "x y ",
    "a-",
    "(",
    "<a ",
    "[]",
    "0x",
    "é",
    "\u200b",
    "{{",
    "%(",
)
LENGTH, SOONEST = 20_000, 0.5


# ---- what is installed ---------------------------------------------------------------------------------------


def installed_that_may_not(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(NOT_INSTALLED) or any(part in name for part in NO_MIDDLEWARE)]


def test_no_admin_no_gis_no_debug_no_cache_middleware() -> None:
    assert installed_that_may_not([*settings.INSTALLED_APPS, *settings.MIDDLEWARE]) == []
    assert not apps.is_installed("django.contrib.admin")
    assert settings.DEBUG is False
    assert [pattern for pattern, _ in all_routes() if re.search(r"admin/|__debug__|debug/|schema|openapi|graphql", pattern)] == []


def test_an_installed_admin_is_found() -> None:
    planted = ["django.contrib.admin", "django.middleware.cache.UpdateCacheMiddleware"]
    assert installed_that_may_not([*settings.INSTALLED_APPS, *planted]) == planted


# ---- what the code does not do -------------------------------------------------------------------------------


def runs_what_came_in(code: list[Source]) -> Found:
    """No text becomes a program: no eval, no pickle, no template or YAML object made of it."""
    for source in code:
        yield from ((source, line, call) for line, call in calls(source) if RUNS.match(call))


def asks_a_shell(code: list[Source]) -> Found:
    for source in code:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.keyword) and node.arg == "shell" and ast.unparse(node.value) != "False":
                yield source, node.value.lineno, "shell"


def starts_programs_in_the_web(code: list[Source]) -> Found:
    for source in code:
        if source.parts[0] != "commands":
            yield from ((source, line, name) for line, name in imports(source) if name.split(".")[0] == "subprocess")


def asks_another_server(code: list[Source]) -> Found:
    """Two modules talk to others: for logging in at an identity provider, and to the mail server, both named by the school."""
    for source in code:
        if source.parts[0] == "commands" or source.name in MAY_ASK_OTHERS:
            continue
        for line, name in imports(source):
            if name.split(".")[0] in OUTWARD or name.startswith(("urllib.request", "http.client", "django.core.mail")):
                yield source, line, name


def sql_out_of_pieces(code: list[Source]) -> Found:
    """A statement is one text; what varies is handed over beside it. Settings, rights and counts are asked for by lists of ours."""
    for source in code:
        if source.name in {"web/checks.py", "web/wall.py", "commands/backup_sqlite.py"}:
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                called = ast.unparse(node.func)
                if called.split(".")[-1] in {"execute", "executemany", "RawSQL", "raw", "extra"}:
                    yield source, node.lineno, called


def imports(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


Rule = Callable[[list[Source]], Found]
RULES: dict[Rule, Source] = {
    runs_what_came_in: Source("web/plans/views.py", "pickle.loads(request.body)"),
    asks_a_shell: Source("commands/plans.py", "run(command, shell=True)"),
    starts_programs_in_the_web: Source("web/plans/views.py", "import subprocess"),
    asks_another_server: Source("web/plans/views.py", "from urllib.request import urlopen"),
    sql_out_of_pieces: Source("web/plans/queries.py", "cursor.execute(f'select * from {table}')"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rule(rule: Rule) -> None:
    assert places(rule(sources())) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_planted_fault_is_found(rule: Rule) -> None:
    assert len(places(rule([RULES[rule]]))) == 1


def keeps_something(scripts: dict[str, str]) -> list[str]:
    """Scripts that keep something in the browser, make markup out of text, or talk to another window."""
    words = re.compile(
        r"localStorage|sessionStorage|indexedDB|document\.cookie|document\.write|insertAdjacentHTML"
        r"|\.innerHTML\s*=[^=]|\.outerHTML\s*=[^=]|\beval\(|new Function|window\.open|parent\.postMessage|opener"
    )
    return [name for name, text in scripts.items() if words.search(text)]


SEALED = "waiting.js"
"""The one that does: answers that could not be sent, after sealing.js locked them with a key that only the server can open."""


def test_no_script_keeps_anything_in_the_browser() -> None:
    static = CODE / "web" / "static" / "kring"
    scripts = {path.name: path.read_text("utf-8") for path in static.rglob("*.js")}
    assert keeps_something(scripts) == [SEALED]
    assert "await seal(body, this.key)" in scripts["outbox.js"]
    assert scripts["outbox.js"].count("keep(") == 1


def test_a_script_that_keeps_something_is_found() -> None:
    planted = {"a.js": "localStorage.setItem('noor', 1)", "b.js": "one.innerHTML = text", "c.js": "if (a.innerHTML !== b.innerHTML) {}"}
    assert keeps_something(planted) == ["a.js", "b.js"]


# ---- patterns that end ---------------------------------------------------------------------------------------


def patterns() -> dict[str, "re.Pattern[str] | re.Pattern[bytes]"]:
    """Every pattern that a module of Kring keeps, however it was put together."""
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for module in walk_packages(kring.__path__, "kring."):
        if ".migrations" in module.name or module.name.endswith(("__main__", ".wsgi")):
            continue
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name}.{name}"] = value
    return found


def seconds(pattern: "re.Pattern[str] | re.Pattern[bytes]", text: str) -> float:
    start = time.process_time()
    if isinstance(pattern.pattern, bytes):
        pattern.search(text.encode())
    else:
        pattern.search(text)
    return time.process_time() - start


def slow(found: "dict[str, re.Pattern[str] | re.Pattern[bytes]]") -> list[str]:
    """Patterns that take long over twenty thousand times the same, with something at the end that does not fit."""
    texts = [(piece * LENGTH)[:LENGTH] + "\x01" for piece in NASTY]
    return [name for name, pattern in found.items() if max(seconds(pattern, text) for text in texts) > SOONEST]


def test_no_pattern_takes_long_over_a_long_text() -> None:
    found = patterns()
    assert len(found) > 10
    assert slow(found) == []


def test_a_pattern_that_takes_long_is_found() -> None:
    assert slow({"planted": re.compile(r"\s+$")}) == ["planted"]
