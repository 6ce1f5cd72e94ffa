"""Keep the bytes of a file under a random name in the data folder, and give them back to who may have them."""

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kring.web.files.models import StoredFile
from kring.web.schools.models import Membership

KEPT_FOR = timedelta(days=14)


def keep(author: Membership, name: str, data: bytes, *, content_type: str, at: datetime) -> StoredFile:
    """Write the bytes first and the row after: a row without bytes cannot exist."""
    file = StoredFile(
        school_id=author.school_id,
        name=Path(name).name[:120],
        content_type=content_type,
        size=len(data),
        sha256=sha256(data).hexdigest(),
        author=author,
        created_at=at,
        expires_at=at + KEPT_FOR,
    )
    path = place(file)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(data)
    file.save(force_insert=True)
    return file


def read(file: StoredFile) -> bytes:
    """The bytes as they were brought."""
    return place(file).read_bytes()


def forget(file: StoredFile) -> None:
    """The row at once, the bytes when the transaction holds."""
    path = place(file)
    file.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def place(file: StoredFile) -> Path:
    """Where the bytes stand: nothing in the path tells what it is."""
    return Path(settings.FILES) / file.pk.hex[:2] / file.pk.hex
