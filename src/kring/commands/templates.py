"""Compiles every template, so that a slip in one that no test renders is still found."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kring.commands import ROOT


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings")
    django.setup()
    for line in (lines := list(complaints())):
        print(line)
    return 1 if lines else 0


def complaints() -> Iterator[str]:
    from django.template import TemplateSyntaxError, engines
    from django.template.backends.django import DjangoTemplates

    engine = engines["django"]
    if not isinstance(engine, DjangoTemplates):
        return
    for path in templates(engine.dirs):
        try:
            engine.from_string(path.read_text())
        except TemplateSyntaxError as slip:
            yield f"{path.relative_to(ROOT)}: {slip}"


def templates(folders: Iterable[str | Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in Path(folder).rglob("*") if path.is_file())


if __name__ == "__main__":
    sys.exit(main())
