"""For who writes content: a file in its one form, on the list of what is released."""

from pathlib import Path

from kring.library.canonical import canonical_text
from kring.library.released import LIST, fingerprint, released
from kring.library.shelf import CONTENT


def rewrite(*names: str, content: Path = CONTENT) -> None:
    """Write these files (`instruments/kring-leerling-1.yaml`) in their one form and put them on the list of released files.

    A file that stands in the list is never touched: who still writes it takes its line away first. Raises ContentRefused.
    """
    for name in names:
        if name not in released(content):
            path = content / name
            path.write_text(canonical_text(path), encoding="utf-8", newline="\n")
            with (content / LIST).open("a", encoding="utf-8", newline="\n") as listed:
                listed.write(f"{fingerprint(path.read_bytes())}  {name}\n")
