"""Fixtures that every test may use."""

import gc
import os
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, make_cast
from tests.database import database_in
from tests.measuring import unmeasured

SHARED = Path(__file__).parents[2] / "shared"
HERE = Path(__file__).parent
KNOW_NO_DATABASE = {
    "analyse",
    "class_files",
    "commands",
    "content",
    "core",
    "documents",
    "identity_providers",
    "journeys",
    "reference",
    "sealing",
}
OF_A_DATABASE = {"db", "transactional_db", "client", "live_server"}
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # how busy a machine is says nothing of the code
settings.register_profile("short", PATIENT, derandomize=True, max_examples=25)
settings.register_profile("long", PATIENT, max_examples=2000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long proofs in full")
    parser.addoption("--pictures", action="store_true", help="keep a picture of every page of a journey, in .kring/screenshots")
    parser.addoption("--touching-database", action="store_true", help="only the tests that use the database")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "short")


CORE = HERE / "core"
ASKS_ALL_OVER = {"access", "journeys", "reliability", "rules", "test_headers.py", "test_limits.py", "test_lockouts.py"}
"""What comes by every line again and again: noting down which tells nothing new."""
NOTED = pytest.StashKey[bool]()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What knows no database is not even read for the second one."""
    leave_out = config.getoption("--touching-database") and collection_path.parent == HERE and collection_path.name in KNOW_NO_DATABASE
    return True if leave_out else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    whole = config.getoption("--long")
    astray = [item.nodeid for item in items if touches_database(item) and item.path.relative_to(HERE).parts[0] in KNOW_NO_DATABASE]
    assert not astray, f"asked on the first database alone: {astray}"
    more = more_of_the_same(items)
    for item in items:
        if not whole and (mark := item.get_closest_marker("whole")):
            item.add_marker(pytest.mark.skip(reason=f"{mark.args[0]}: with --long"))
        tells_more = whole and item not in more and not ASKS_ALL_OVER & set(item.path.parts)
        item.stash[NOTED] = item.path.is_relative_to(CORE) or tells_more
    if config.getoption("--touching-database"):
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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool | None, bool | None]:
    """Which lines are run is noted of the tests of the core, which prove it by themselves; with --long of all that tells something new."""
    with nullcontext() if item.stash[NOTED] else unmeasured():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Iterator[None]:
    """Putting the same cast in the database tells nothing new of which lines were run; noting it down costs as much again."""
    with unmeasured():
        return (yield)


def pytest_collection_finish() -> None:
    """Ten thousand tests are looked through for rubbish again and again, and are none: that took a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def asked_again(item: pytest.Item) -> bool:
    """What was asked on the first database is asked on the second one time in so many; with --long everything.

    Of the matrix, of nonsense and of the pages of features one in twelve; of the proofs with kills every third; but all of the wall, of
    what writes many at once or by a clock, and of the log. What a page sends along hangs on no database, and a demo is on SQLite.
    """
    folder, file = item.path.parent.name, item.path.stem
    if file == "test_headers" or folder == "demo":
        return False
    if file in WHOLE or folder in WHOLE:
        return True
    if folder == "reliability" and file != "test_malformed":
        return one_in(3, item)
    of_features = item.path.parent.parent.name == "web"
    return not (of_features or folder == "access" or file == "test_malformed") or one_in(12, item)


WHOLE = {
    "test_wall",
    "test_rights_end",
    "test_writer",
    "test_answers_held",
    "answering",
    "audit",
    "corrections",
    "exchange",
    "jobs",
    "mail",
}
"""Files and features of which the second database is asked everything."""


def one_in(many: int, item: pytest.Item) -> bool:
    return crc32(item.nodeid.encode()) % many == 0


def touches_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(names & OF_A_DATABASE)


@pytest.fixture(scope="session")
def django_db_setup(
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,  # noqa: ARG001
    django_db_modify_db_settings: None,  # noqa: ARG001
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Instead of that of pytest-django, which migrates in each process."""
    base = tmp_path_factory.getbasetemp()
    made = ExitStack()
    with django_db_blocker.unblock():
        made.enter_context(database_in(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base))
    yield
    with django_db_blocker.unblock():
        made.close()


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
