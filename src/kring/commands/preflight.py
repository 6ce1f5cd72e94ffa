"""What keeps a server from starting well: each fault in one sentence, with what to do about it."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from kring.commands.listening import Bind, taken

HOST = re.compile(r"[A-Za-z0-9_.-]{1,253}|\[[0-9a-fA-F:]{2,45}\]")
FULL, NEARLY_FULL = 256 * 2**20, 1024 * 2**20  # bytes left
CLOCK_SLACK = timedelta(minutes=10)
ON_A_NETWORK = re.compile(r"nfs4?|cifs|smb3?|smbfs|9p|afs|ceph|davfs|ncpfs|fuse\.(?:sshfs|glusterfs|s3fs|rclone|davfs2?|smbnetfs)")
MOUNTS = Path("/proc/self/mountinfo")


def faults(settings: Mapping[str, str], folder: Path, where: Bind, *, at: datetime) -> Iterator[str]:
    """Why Kring does not start."""
    yield from wrong_hosts(settings["KRING_HOSTS"])
    yield from wrong_place(where)
    yield from wrong_folder(folder, sqlite=not settings.get("KRING_DATABASE"))
    yield from wrong_clock(folder, at=at)


def warnings(folder: Path) -> Iterator[str]:
    """What does not keep Kring from starting, and will be a fault one day."""
    left = shutil.disk_usage(folder).free
    if FULL <= left < NEARLY_FULL:
        yield f"Let op: op de schijf van {folder} is nog maar {left // 2**20} MB vrij. Onder {FULL // 2**20} MB start Kring niet."


def wrong_hosts(hosts: str) -> Iterator[str]:
    for name in (name.strip() for name in hosts.split(",")):
        if name and (".." in name or not HOST.fullmatch(name)):
            yield (
                f"KRING_HOSTS noemt “{name}”, en dat is geen naam. Zet er alleen de naam in die in de adresbalk staat, "
                "bijvoorbeeld kring.mijnschool.nl: zonder https://, zonder poort en zonder sterretje."
            )


def wrong_place(where: Bind) -> Iterator[str]:
    if not where.of_this_machine:
        yield (
            f"Kring luistert niet op {where}: daar kunnen anderen bij, zonder https en langs de proxy heen. "
            "Kies 127.0.0.1 of een socket. Wilt u Kring proberen in het eigen netwerk, zonder proxy? Dat doet ./kring trial."
        )
    elif where.socket and not os.access(where.socket.parent, os.W_OK):
        yield f"In de map {where.socket.parent} kan Kring geen socket maken. Maak de map en geef hem aan de gebruiker van Kring."
    elif taken(where):
        yield f"Op {where} luistert al een ander programma. Stop dat programma, of kies een ander adres met --bind."


def wrong_folder(folder: Path, *, sqlite: bool) -> Iterator[str]:
    if not os.access(folder, os.W_OK | os.X_OK):
        yield f"Kring kan niet schrijven in {folder}. Geef die map aan de gebruiker van Kring:  chown -R kring: {folder}"
    if folder.stat().st_mode & 0o077:
        yield f"Ook anderen op deze computer kunnen in {folder} kijken, en daar staan kinderen in. Sluit die map:  chmod 700 {folder}"
    if (left := shutil.disk_usage(folder).free) < FULL:
        yield f"De schijf van {folder} is vol: {left // 2**20} MB is nog vrij, en Kring heeft {FULL // 2**20} MB nodig. Maak eerst ruimte."
    kind = filesystem_of(folder.resolve(), MOUNTS.read_text() if MOUNTS.exists() else "")
    if sqlite and ON_A_NETWORK.fullmatch(kind):
        yield (
            f"{folder} staat op een netwerkschijf ({kind}). Daar kan SQLite antwoorden kwijtraken. "
            "Kies met KRING_DATA een map op een schijf van deze computer, of gebruik PostgreSQL (KRING_DATABASE)."
        )


def filesystem_of(folder: Path, mounts: str) -> str:
    """The kind of file system a folder stands on, from what Linux says of its mounts; empty when it says nothing.

    >>> filesystem_of(Path("/srv/kring"), "36 35 98:0 / / rw - ext4 /dev/a rw\\n40 36 0:40 / /srv rw - nfs4 box:/x rw")
    'nfs4'
    """
    kinds: dict[Path, str] = {}
    for left, _, right in (line.partition(" - ") for line in mounts.splitlines()):
        point = left.split(" ")[4].encode().decode("unicode_escape")  # a space is written \\040
        kinds[Path(point)] = right.split(" ")[0]
    above = [place for place in (folder, *folder.parents) if place in kinds]
    return kinds[above[0]] if above else ""


def wrong_clock(folder: Path, *, at: datetime) -> Iterator[str]:
    """Files of tomorrow: then the clock runs behind, and rights and codes would end late."""
    newest = max((path.stat().st_mtime for path in folder.iterdir() if path.is_file()), default=0.0)
    written = datetime.fromtimestamp(newest, tz=at.tzinfo)
    if written - at > CLOCK_SLACK:
        yield (
            f"De klok van deze computer staat op {at:%d-%m-%Y %H:%M}, maar in {folder} staat een bestand van {written:%d-%m-%Y %H:%M}. "
            f"Zet de klok goed:  timedatectl set-ntp true  Staat hij nu goed, en stond hij eerder verkeerd? Geef dan:  touch {folder}/*"
        )
