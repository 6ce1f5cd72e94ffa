"""Keep the bytes of a file under a random name in the data folder, and give them back to who may have them."""

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from kring.core.attachments import refuse_overflow
from kring.web.files.models import StoredFile
from kring.web.schools.models import Membership, School
from kring.web.wall import schools_open

KEPT_FOR = timedelta(days=14)
SETTLED = timedelta(days=1)


def keep(author: Membership, name: str, data: bytes, *, content_type: str, at: datetime, kept_for: timedelta = KEPT_FOR) -> StoredFile:
    """Write the bytes first and the row after: a row without bytes cannot exist. Raises StorageFull when the school has no room left."""
    refuse_overflow(_kept(author), len(data))
    file = StoredFile(
        school_id=author.school_id,
        name=Path(name).name[:120],
        content_type=content_type,
        size=len(data),
        sha256=sha256(data).hexdigest(),
        author=author,
        created_at=at,
        expires_at=at + kept_for,
    )
    path = place(file)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(data)
    file.save(force_insert=True)
    return file


def _kept(author: Membership) -> int:
    """How many bytes the school keeps already."""
    return StoredFile.objects.filter(school_id=author.school_id).aggregate(all=Sum("size"))["all"] or 0


def read(file: StoredFile) -> bytes:
    """The bytes as they were brought."""
    return place(file).read_bytes()


def forget(file: StoredFile) -> None:
    """The row at once, the bytes when the transaction holds."""
    path = place(file)
    file.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def sweep(*, at: datetime) -> int:
    """Forget the files whose days are over, and bytes without a row: those of a transaction that did not hold. Says how many went.

    Bytes of the last day are left alone: their transaction may still be under way. The folder is of this installation alone.
    """
    with schools_open(School.objects.values_list("id", flat=True)), transaction.atomic():
        known = {key.hex for key in StoredFile.objects.values_list("id", flat=True)}
        over = list(StoredFile.objects.filter(expires_at__lte=at))
        for file in over:
            forget(file)
        lost = [path for path in Path(settings.FILES).glob("??/*") if path.name not in known and _older(path, at - SETTLED)]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(over) + len(lost)


def _older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:  # somebody else threw it away meanwhile
        return False


def place(file: StoredFile) -> Path:
    """Where the bytes stand: nothing in the path tells what it is."""
    return Path(settings.FILES) / file.pk.hex[:2] / file.pk.hex
