"""`./kring reference`: the pages of docs/reference/ and docs/methods/, printed from the code so that they cannot lie."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

from kring.commands import ROOT, methods
from kring.commands.terminal import say

if TYPE_CHECKING:
    from kring.web.action import ActionLine

DOCS = ROOT / "docs"
GENERATED = "% Printed from the code by ./kring reference; change the code, not this page."


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    start_django()
    written = pages()
    different = [name for name, text in written.items() if not is_written(name, text)]
    left_over = [name for name in printed() if name not in written]
    if options.check:
        for name in [*different, *left_over]:
            say(f"docs/{name} is not what the code says; run ./kring reference")
        return 1 if different or left_over else 0
    for name in different:
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(written[name])
        say(f"docs/{name} written.")
    for name in left_over:
        (DOCS / name).unlink()
        say(f"docs/{name} removed.")
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="kring reference", description="Write docs/reference/ and docs/methods/ from the code.")
    made.add_argument("--check", action="store_true", help="only say which pages differ")
    return made


def start_django() -> None:
    import django

    os.environ.update(KRING_MODE="test", KRING_DATABASE="", DJANGO_SETTINGS_MODULE="kring.settings")
    django.setup()


def is_written(name: str, text: str) -> bool:
    path = DOCS / name
    return path.is_file() and path.read_text() == text


def printed() -> Iterator[str]:
    """The pages that stand in the folders that are printed."""
    for folder in ("reference", "methods"):
        yield from (path.relative_to(DOCS).as_posix() for path in (DOCS / folder).glob("*.md"))


def pages() -> Mapping[str, str]:
    reference = {f"reference/{name}": make() for name, make in PAGES.items()}
    return reference | {f"methods/{name}": f"{GENERATED}\n\n{text}" for name, text in methods.pages().items()}


def page(title: str, introduction: str, lines: Iterable[str]) -> str:
    return "\n".join([GENERATED, "", f"# {title}", "", introduction, "", *lines, ""])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def access() -> str:
    """Per record: who may do what with it, on which rows."""
    from kring.core.access import FAMILY, PARTNERS, STAFF, TABLE, TO_COME, Record, Role, Rule, Scope, Verb

    def says(rule: Rule) -> str:
        return " or ".join(rule.scopes) + "".join(f" ({mark})" for mark in sorted(rule.marks))

    def cell(role: Role, record: Record) -> str:
        return ", ".join(f"{verb} {says(TABLE[role, record, verb])}" for verb in Verb if (role, record, verb) in TABLE) or "–"

    def part(title: str, roles: Iterable[Role]) -> list[str]:
        columns = [role for role in Role if role in roles]
        rows = ([f"{record}*" if record in TO_COME else str(record), *(cell(role, record) for role in columns)] for record in Record)
        return [f"## {title}", "", *table(["record", *map(str, columns)], rows), ""]

    introduction = (
        "Who may do what. A cell reads “what, on which rows (what is asked on top)”; the rows are: "
        f"{', '.join(f'`{scope}`' for scope in Scope)}. What is not here nobody may. A star: the rule stands, the page is still to come. "
        "A school downloads the same table in Dutch under “Wie mag wat”. Printed from `kring.core.access`."
    )
    parts = [*part("Staff", STAFF), *part("Partners from outside", PARTNERS), *part("Pupils and guardians", FAMILY)]
    return page("Access", introduction, parts)


def actions() -> str:
    """Every line `@action` in the code: what can happen, and what is written down when it does."""
    import_every("kring.web")
    from kring.web.action import ACTIONS

    rows = ([f"`{line.event}`", needs(line), f"`{line.function}`", line.says.split("\n\n")[0]] for _, line in sorted(ACTIONS.items()))
    introduction = "Everything that can happen in Kring. Each is one transaction and leaves the event of its first column."
    return page("Actions and events", introduction, table(["event", "needs", "function", "what it does"], rows))


def needs(line: "ActionLine") -> str:
    return f"{line.needs} {line.of}" if line.of else str(line.needs)


def import_every(package: str) -> None:
    """Import every module of actions, so that their decorators have run."""
    for module in walk_packages(import_module(package).__path__, f"{package}."):
        if module.name.endswith(".actions"):
            import_module(module.name)


def routes() -> str:
    from kring.web.checks import all_routes

    rows = ([f"`/{pattern}`", str(route.name or ""), guard_of(route.callback)] for pattern, route in all_routes())
    introduction = "Every address of Kring and what stands before it: `public`, or the record and what is done with it."
    return page("Routes", introduction, table(["address", "name", "guard"], rows))


def guard_of(view: Callable[..., object] | None) -> str:
    guard = getattr(view, "guard", None)
    if guard is None:
        return f"`{getattr(view, '__module__', '')}`"
    return guard if isinstance(guard, str) else ", ".join(map(str, guard))


def settings() -> str:
    from kring.settings import ENVIRONMENT

    rows = ([f"`{name}`", meaning] for name, meaning in ENVIRONMENT.items())
    introduction = (
        "Kring is set by environment variables alone. `./kring serve` also takes `KRING_SECRET_FILE`: a file that holds KRING_SECRET."
    )
    return page("Settings", introduction, table(["variable", "meaning"], rows))


def plans() -> str:
    """States and stages of plans: the same tables that the code refuses by, as tables and as diagrams."""
    from kring.core.plans import STEPS, TRANSITIONS

    states = ([one.start, one.change, one.end, ", ".join(sorted(one.kinds))] for one in TRANSITIONS)
    stages = ([one.start, one.end, "yes" if one.asks_reason else "no"] for one in STEPS)
    lines = [
        *("## States", "", *diagram((one.start, one.end, one.change) for one in TRANSITIONS), ""),
        *(*table(["from", "what people do", "to", "kinds of plans"], states), ""),
        *("## Stages", "", *diagram((one.start, one.end, "with a reason" if one.asks_reason else "") for one in STEPS), ""),
        *table(["from", "to", "asks a reason"], stages),
    ]
    introduction = "How a plan goes on, and how heavy the help is. What is not here is refused. Printed from `kring.core.plans`."
    return page("States and stages of plans", introduction, lines)


def diagram(arrows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """As text that Graphviz draws, each arrow once."""
    yield from ("```dot", "digraph {", "    rankdir=LR")
    yield from dict.fromkeys(f'    "{start}" -> "{end}"' + (f' [label="{says}"]' if says else "") for start, end, says in arrows)
    yield from ("}", "```")


PAGES: Mapping[str, Callable[[], str]] = {
    "access.md": access,
    "actions.md": actions,
    "plans.md": plans,
    "routes.md": routes,
    "settings.md": settings,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
