"""Fixtures that every test may use."""

from pathlib import Path

import pytest

from tests.cast import Cast, make_cast

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real data beside the checkout; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with real data is not here")
    return SHARED


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast of `tests/cast.py`, in the database."""
    return make_cast()
