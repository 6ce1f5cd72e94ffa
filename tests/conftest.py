"""Fixtures that every test may use."""

import gc
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import settings

from tests.cast import Cast, make_cast

SHARED = Path(__file__).parents[2] / "shared"
OF_A_DATABASE = {"db", "transactional_db", "client", "live_server"}
settings.register_profile("short", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=2000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long proofs in full")
    parser.addoption("--touching-database", action="store_true", help="only the tests that use the database")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "short")


ASKS_ALL_OVER = {"access", "journeys", "reliability", "rules", "test_headers.py", "test_limits.py", "test_lockouts.py"}
"""What comes by every line again and again: noting down which costs half as much again and tells nothing new."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    more = more_of_the_same(items)
    for item in items:
        if ASKS_ALL_OVER & set(item.path.parts) or (item in more and "core" not in item.path.parts):
            item.add_marker(pytest.mark.no_cover)
    if config.getoption("--touching-database"):
        whole = config.getoption("--long")
        again = {item: touches_database(item) and (whole or (item not in more and asked_again(item))) for item in items}
        config.hook.pytest_deselected(items=[item for item in items if not again[item]])
        items[:] = [item for item in items if again[item]]


MANY = 3


def more_of_the_same(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """Of a test with many examples those after the third: they come by the same lines, and hang on no database."""
    seen: Counter[str] = Counter()
    more = set()
    for item in items:
        if "[" in item.nodeid and item.path.stem != "test_wall":
            name = item.nodeid.partition("[")[0]
            seen[name] += 1
            more |= {item} if seen[name] > MANY else set()
    return more


def pytest_collection_finish() -> None:
    """Ten thousand tests are looked through for rubbish again and again, and are none: that took a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def asked_again(item: pytest.Item) -> bool:
    """Of the matrix, which asked every page on the first database, the second is asked one page in three; of the wall, everything.

    What a page sends along hangs on no database.
    """
    of_matrix = item.path.parent.name == "access" and item.path.stem not in {"test_wall", "test_rights_end"}
    of_every_page = item.path.stem == "test_malformed"
    if item.path.stem == "test_headers":
        return False
    return not (of_matrix or of_every_page) or crc32(item.nodeid.encode()) % 3 == 0


def touches_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(names & OF_A_DATABASE)


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether a long proof is to be run whole."""
    return bool(request.config.getoption("--long"))


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
