"""The world is made once per test process, inside a transaction that is rolled back at the end; each question is undone by itself."""

from collections.abc import Iterator

import pytest
import typst
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.access.judging import PlainPaper
from tests.access.world import World, make_world
from tests.cast import make_cast
from tests.promised import no_way_out


@pytest.fixture(scope="module")
def made_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:  # noqa: ARG001
    patch = pytest.MonkeyPatch()
    patch.setattr(settings, "FILES", tmp_path_factory.mktemp("files"))
    patch.setattr(typst, "Compiler", PlainPaper)
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world(make_cast())
        made.asked_elsewhere = no_way_out(patch)
        yield made
        transaction.set_rollback(True)
    patch.undo()


@pytest.fixture(scope="class")
def world(made_world: World) -> World:
    """Before each test, and before its own transaction: who logs in again has to stay so for the next ones."""
    made_world.keep_logged_in()
    return made_world
