"""The Dutch texts in code and templates, and their English in `locale/en`.

Dutch is the source: a message id is the Dutch sentence itself. Reading the texts out and compiling them is done by Babel, so
that nobody needs gettext installed. `./kring translations` adds new texts (still without English) and drops vanished ones.
"""

import argparse
import io
import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from kring.commands import ROOT
from kring.commands.terminal import say

SOURCE = ROOT / "src" / "kring"
CATALOGUE = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
LAZY = {
    "said": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
VOLATILE = re.compile(
    r'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By): .*"\n',
    re.MULTILINE,
)
Text = tuple[str | tuple[str, ...], str | None]  # a text, or its singular and plural; and its context
Message = tuple[str | tuple[str, ...], str | None, str]  # the same, and its file


def main(arguments: Sequence[str]) -> int:
    argparse.ArgumentParser(prog="kring translations", description="Bring the English up to date.").parse_args(arguments)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    at_once(CATALOGUE, updated().encode())
    for line in (lacking := problems()):
        say(line)
    say(f"{CATALOGUE.relative_to(ROOT)}: {len(lacking)} still to do.")
    return 0


def messages() -> Iterator[Message]:
    """Every text that a user may see, once per place."""
    for path in sorted((*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py"))):
        read = in_template if path.suffix == ".html" else in_python
        for text, context in read(path.read_text()):
            yield text, context, path.relative_to(ROOT).as_posix()


@cache
def in_template(template: str) -> tuple[Text, ...]:
    """Django turns the template into something Python-like; between brackets its indentation does not matter."""
    from django.utils.translation.template import templatize

    return in_python(f"({templatize(template)}\n)")


@cache
def in_python(python: str) -> tuple[Text, ...]:
    from babel.messages.extract import DEFAULT_KEYWORDS, extract

    found = extract("python", io.BytesIO(python.encode()), keywords={**DEFAULT_KEYWORDS, **LAZY}, options={"encoding": "utf-8"})
    return tuple((text, context) for _line, text, _comments, context in found)


def updated() -> str:
    """The catalogue with exactly the texts that are in the code now, in a stable order and without dates."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po, write_po

    template = Catalog()
    for text, context, file in messages():
        template.add(text, locations=[(file, 0)], context=context)
    catalogue = read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en") if CATALOGUE.exists() else Catalog("en")
    catalogue.fuzzy = False
    catalogue.header_comment = "# English of Kring. The message ids are the Dutch texts; `./kring translations` keeps this file."
    catalogue.update(template, no_fuzzy_matching=True)
    out = io.BytesIO()
    write_po(out, catalogue, width=0, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return VOLATILE.sub("", out.getvalue().decode())


def problems() -> list[str]:
    """What keeps the English from being complete."""
    if not CATALOGUE.exists() or CATALOGUE.read_text() != updated():
        return ["locale/en does not hold the texts that are in the code now; run ./kring translations"]
    return list(lacking_english())


def lacking_english() -> Iterator[str]:
    from babel.messages.pofile import read_po

    catalogue = read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(texts)):
            yield f"no English for: {message.id!r} ({', '.join(file for file, _ in message.locations)})"
    for message, errors in catalogue.check():
        yield from (f"English does not fit: {message.id!r}: {error}" for error in errors)


def compile_stale() -> None:
    """Compile the catalogue when it is newer than what was compiled."""
    compiled = CATALOGUE.with_suffix(".mo")
    if not CATALOGUE.exists() or (compiled.exists() and compiled.stat().st_mtime >= CATALOGUE.stat().st_mtime):
        return
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    out = io.BytesIO()
    write_mo(out, read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en"))
    at_once(compiled, out.getvalue())


def at_once(path: Path, contents: bytes) -> None:
    """Written whole or not: who reads meanwhile never meets half a catalogue and takes the rest for vanished."""
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(contents)
    fresh.replace(path)
