"""What a command changes of the process that it runs in, put back after each test."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Commands that make files of pupils close them to others; the next test makes files for another user."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)
