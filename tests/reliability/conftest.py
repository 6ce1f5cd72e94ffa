"""How a proof tells what it found: only when it runs whole, and only when it held."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kring.commands.proofs import Proof, forget, keep

Held = Callable[[str, str], None]


@pytest.fixture(scope="session")
def database() -> str:
    """What this run of the tests is on."""
    return os.environ.get("KRING_TEST_DATABASE", "sqlite")


@pytest.fixture
def held(request: pytest.FixtureRequest, long: bool, database: str) -> Held:
    """Call it last, with the claim and what came out."""
    name, start = f"{request.node.name.removeprefix('test_')}-{database}", time.monotonic()
    if long:
        forget(name)

    def proven(claim: str, found: str) -> None:
        if long:
            keep(Proof(name, claim, found, time.monotonic() - start, datetime.now(UTC).date()))

    return proven
