"""How a proof tells what it found: only when it runs whole, and only when it held."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kring.commands.proofs import Proof, forget, keep

Held = Callable[[str, str], None]


@pytest.fixture
def held(request: pytest.FixtureRequest, long: bool) -> Held:
    """Call it last, with the claim and what came out."""
    name, start = request.node.name.removeprefix("test_"), time.monotonic()
    if long:
        forget(name)

    def proven(claim: str, found: str) -> None:
        if long:
            keep(Proof(name, claim, found, time.monotonic() - start, datetime.now(UTC).date()))

    return proven
