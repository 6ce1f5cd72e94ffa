"""What a respondent answers, and when: everything follows from a ticket and a place, so that nothing needs to be remembered."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Plan:
    """A ticket of each respondent, one for another device taken later, the items with their lowest and highest code, the outbox key."""

    tickets: tuple[str, ...]
    later: tuple[str, ...]
    items: tuple[tuple[str, int, int], ...]
    key: str = ""

    def answer(self, respondent: int, place: int) -> tuple[str, int]:
        """Item and code. Every item comes by again and again, each time with another code."""
        item, low, high = self.items[place % len(self.items)]
        return item, low + (place // len(self.items) + respondent) % (high - low + 1)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)))


def read(path: Path) -> Plan:
    told: Mapping[str, Any] = json.loads(path.read_text())
    items = tuple((item, low, high) for item, low, high in told["items"])
    return Plan(tuple(told["tickets"]), tuple(told["later"]), items, told["key"])
