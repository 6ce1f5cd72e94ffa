"""The log as a chain: every link seals the one before it, so that nothing can be changed, left out or put in between unseen.

A chain alone does not show that its tail was cut off, or that somebody worked it all out anew; an anchor that lies elsewhere does.
Model: NEN 7513 (what a log of readings holds).
"""

import base64
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

_json = json.JSONEncoder(separators=(",", ":")).encode
LISTED = 20  # faults told of one chain; who sees twenty needs no more


class Link(NamedTuple):
    """One entry: its number in the chain, all it says as texts, and its seal."""

    sequence: int
    row: tuple[str, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain has come: the number and the seal of its last link."""

    sequence: int
    hash: str


START = Head(0, "0" * 64)
"""Before the first link."""


class Fault(StrEnum):
    """What can be wrong."""

    CHANGED = "changed"  # the seal does not fit what the link says, or what came before it
    MISSING = "missing"  # numbers are left out
    TURNED = "turned"  # a number comes after a later one, or twice
    CUT = "cut"  # an anchor knows more links than there are
    OTHER_CHAIN = "other_chain"  # at this number the chain has another seal than its anchor
    FALSE_ANCHOR = "false_anchor"  # the anchor was not written by this installation, or was changed


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, and at which number."""

    sequence: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the chain came and what is wrong with it: nothing, one hopes."""

    head: Head
    links: int
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return not self.findings


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head that was laid down elsewhere, with an imprint that only this installation can make."""

    school: str
    sequence: int
    at: str
    hash: str
    imprint: str


def seal(previous: str, row: Sequence[str]) -> str:
    """The hash (SHA-256) over the seal before and every value of the row, as JSON, so that no two rows have the same bytes.

    >>> seal(START.hash, ("1", "page.read"))[:8] == seal(START.hash, ("1page.read", ""))[:8]
    False
    """
    return sha256(f"{previous}{_json(row)}".encode()).hexdigest()


def verify(links: Iterable[Link], *, start: Head = START, anchors: Mapping[int, str] | None = None) -> Verdict:
    """Walk along the chain from `start`, and hold it beside the anchors (number → seal).

    Finds what was changed, left out, put in between and turned round; with anchors also a tail that was cut off and a chain that
    was worked out anew. Anchors before `start` speak of links that were let go when their time was over.
    """
    laid = {number: known for number, known in (anchors or {}).items() if number >= start.sequence}
    found = [] if laid.pop(start.sequence, start.hash) == start.hash else [Finding(start.sequence, Fault.OTHER_CHAIN)]
    previous, last, n = start.hash, start.sequence, 0
    for sequence, row, sealed in links:
        n += 1
        if sequence != last + 1:
            found.append(Finding(sequence, Fault.MISSING if sequence > last else Fault.TURNED))
        elif seal(previous, row) != sealed:
            found.append(Finding(sequence, Fault.CHANGED))
        if sequence in laid and laid.pop(sequence) != sealed:
            found.append(Finding(sequence, Fault.OTHER_CHAIN))
        previous, last = sealed, max(sequence, last)
    found += [Finding(number, Fault.CUT if number > last else Fault.OTHER_CHAIN) for number in sorted(laid)]
    return Verdict(Head(last, previous), n, tuple(found[:LISTED]))


def anchor(school: str, head: Head, *, at: str, key: bytes) -> Anchor:
    """Lay down a head."""
    return Anchor(school, head.sequence, at, head.hash, imprint(school, head, at=at, key=key))


def imprint(school: str, head: Head, *, at: str, key: bytes) -> str:
    """HMAC-SHA-256 over what the anchor says."""
    return hmac.digest(key, json.dumps([school, head.sequence, at, head.hash]).encode(), "sha256").hex()


def is_ours(one: Anchor, *, key: bytes) -> bool:
    """Whether this anchor says what this installation wrote."""
    return hmac.compare_digest(one.imprint, imprint(one.school, Head(one.sequence, one.hash), at=one.at, key=key))


def false_anchors(anchors: Iterable[Anchor], *, key: bytes) -> tuple[Finding, ...]:
    """The anchors that do not say what this installation wrote, nor agree with one another about a number."""
    known: dict[int, str] = {}
    false = (one for one in anchors if not is_ours(one, key=key) or known.setdefault(one.sequence, one.hash) != one.hash)
    return tuple(Finding(one.sequence, Fault.FALSE_ANCHOR) for one in false)[:LISTED]


def short_code(head: Head) -> str:
    """A head that one can read aloud and print: a hundred bits in five groups of four, without letters that look alike.

    >>> short_code(START)
    '2222-2222-2222-2222-2222'
    """
    letters = base64.b32encode(bytes.fromhex(head.hash)).decode()[:20].translate(_PLAIN)
    return "-".join(letters[at : at + 4] for at in range(0, 20, 4))


def is_code_of(head: Head, said: str) -> bool:
    """Whether somebody read this code from the page of that head, with or without dashes, spaces and capitals.

    >>> is_code_of(START, "2222 2222-2222 2222 2222"), is_code_of(START, "2222-2222")
    (True, False)
    """
    return "".join(letter for letter in said.upper() if letter.isalnum()) == short_code(head).replace("-", "")


_PLAIN = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
