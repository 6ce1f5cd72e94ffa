"""What pupils said of bullying as values of the core, and the numbers of it that stay when the names are gone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from kring.core.sociometry import BullyingNetwork, Frequency, bullying_network
from kring.core.sociometry.bullying import OFTEN
from kring.web.sociograms.models import BullyingName

Named = Iterable[tuple[str, str, str]]
"""Which part, who says it, of whom."""


def network_of(listed: Iterable[str], answered: Iterable[str], said: Named) -> BullyingNetwork:
    """Who names whom. `answered` took part, with or without a name."""
    parts: dict[str, dict[str, set[str]]] = {part.value: defaultdict(set) for part in BullyingName.Part}
    for one in answered:
        parts[BullyingName.Part.BULLIES.value][one] = set()
    for part, victim, named in said:
        parts[part][victim].add(named)
    return bullying_network(list(listed), parts[BullyingName.Part.BULLIES.value], defenders=parts[BullyingName.Part.HELPS.value])


def numbers_of(network: BullyingNetwork, reports: Mapping[str, Frequency]) -> dict[str, Any]:
    """No names and no lines between them: what a teacher may see."""
    often = {frequency.value: sum(one is frequency for one in reports.values()) for frequency in Frequency}
    talks = sum(one in OFTEN for one in reports.values())
    return {"often": often, "talks": talks, "answered": network.n_valid, "listed": network.n, **asdict(network.counts)}
