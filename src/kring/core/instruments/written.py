"""An instrument or scale as bytes, for provenance."""

from dataclasses import fields
from functools import lru_cache
from typing import Any

from kring.core.provenance import written


@lru_cache(maxsize=512)
def written_fields(of: Any) -> bytes:
    """Every field after another. Kept, because writing out a whole instrument takes longer than scoring a school with it."""
    return b"".join(written(getattr(of, each.name)) for each in fields(of))
