"""The demo schools are loaded once for the tests of a file, inside a transaction that is rolled back; each test is undone by itself."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from kring.web.demo.rows import load_demo

Demo = Callable[[date], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def demo_of(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Demo:  # noqa: ARG001
    @contextmanager
    def demo(day: date) -> Iterator[None]:
        with django_db_blocker.unblock(), transaction.atomic():
            assert load_demo(day)
            yield
            transaction.set_rollback(True)

    return demo
