"""What `./kring` can do: one module per command. Every module here starts with the standard library alone."""

from pathlib import Path

ROOT = Path(__file__).parents[3]
