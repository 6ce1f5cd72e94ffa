"""Files are kept for their days and no longer, and nothing stays behind of what did not hold."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from kring.web.files import intake as files
from kring.web.models import Membership, StoredFile
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES = tmp_path
    return tmp_path


def bytes_in(folder: Path) -> list[bytes]:
    return sorted(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def keep(author: Membership, data: bytes, *, age: timedelta = timedelta()) -> StoredFile:
    return files.keep(author, "x.csv", data, content_type="text/csv", at=timezone.now() - age)


def make_old(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))


def test_a_file_comes_back_as_it_was_brought(cast: Cast, folder: Path) -> None:
    kept = keep(cast.anna, b"noor;sem")
    assert (files.read(kept), kept.size) == (b"noor;sem", 8)
    assert "x.csv" not in str(files.place(kept))


def test_the_path_of_a_name_is_left_out(cast: Cast, folder: Path) -> None:
    assert files.keep(cast.anna, "../../etc/passwd", b"", content_type="text/csv", at=timezone.now()).name == "passwd"


def test_what_is_past_its_days_goes(cast: Cast, folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    keep(cast.anna, b"old", age=timedelta(days=15))
    keep(cast.frans, b"of another school", age=timedelta(days=15))
    fresh = keep(cast.anna, b"fresh")
    make_old(folder)
    with django_capture_on_commit_callbacks(execute=True):
        assert files.sweep(at=timezone.now()) == 2
    assert (list(StoredFile.objects.all()), bytes_in(folder)) == ([fresh], [b"fresh"])


def test_bytes_that_somebody_else_throws_away_meanwhile_are_no_trouble(cast: Cast, folder: Path) -> None:
    place = folder / "ab"
    place.mkdir()
    (place / "ab00").symlink_to(folder / "gone")  # listed, and not there when it is looked at
    assert files.sweep(at=timezone.now()) == 0


def test_bytes_of_what_did_not_hold_go_after_a_day(cast: Cast, folder: Path) -> None:
    with transaction.atomic():
        keep(cast.anna, b"lost")
        transaction.set_rollback(True)
    assert (files.sweep(at=timezone.now()), bytes_in(folder)) == (0, [b"lost"])
    make_old(folder)
    assert (files.sweep(at=timezone.now()), bytes_in(folder)) == (1, [])
