"""What a unit of systemd forbids, forbidden here as well: the kernel itself says no, as it will on the server of a school."""

import ctypes
import shutil
import subprocess
from collections.abc import Callable
from ctypes.util import find_library
from functools import cache
from pathlib import Path

LIBRARY = "libseccomp.so.2"
ALLOW, REFUSE = 0x7FFF0000, 0x00050001  # all goes on; the call hears EPERM


@cache
def within(name: str) -> frozenset[str]:
    """The system calls of a set such as @chown, by systemd's own list; of a plain name that name."""
    if not name.startswith("@"):
        return frozenset([name])
    said = subprocess.run(("systemd-analyze", "syscall-filter", name), capture_output=True, text=True, check=True).stdout
    lines = [line.strip() for line in said.splitlines()[1:]]
    return frozenset().union(*(within(line) for line in lines if line and not line.startswith("#")))


@cache
def allowed(unit: Path) -> frozenset[str]:
    """In the order of its lines: one adds, one with ~ takes away."""
    found: frozenset[str] = frozenset()
    for line in unit.read_text().splitlines():
        name, _, words = line.partition("=")
        if name == "SystemCallFilter":
            calls = frozenset().union(*map(within, words.removeprefix("~").split()))
            found = found - calls if words.startswith("~") else found | calls
    return found


def forbidden(unit: Path) -> Callable[[], None] | None:
    """For `preexec_fn`: from there on every call that systemd knows and the unit does not allow is refused. Nothing, without systemd."""
    if not (shutil.which("systemd-analyze") and find_library("seccomp")):
        return None
    library = ctypes.CDLL(LIBRARY)
    library.seccomp_init.restype = ctypes.c_void_p
    refused = sorted(within("@known") - allowed(unit))
    numbers = [number for name in refused if (number := library.seccomp_syscall_resolve_name(name.encode())) >= 0]

    def forbid() -> None:
        rules = ctypes.c_void_p(library.seccomp_init(ALLOW))
        for number in numbers:
            library.seccomp_rule_add_array(rules, REFUSE, number, 0, None)
        if library.seccomp_load(rules):
            raise OSError("the kernel takes no rules")

    return forbid
