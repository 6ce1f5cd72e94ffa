"""Two devices of each child that were without network, and now bring everything at once: twice, in any order, some of it sealed."""

import http.client
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from kring.web.answering.sealing import seal
from tests.reliability.load.plan import Plan

THREADS: Final = 6
Body = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request: a path and what goes with it."""

    path: str
    body: Body


def answered(plan: Plan, child: int, chance: Random) -> tuple[list[Body], dict[str, int]]:
    """What two devices of this child have to bring, in saves of one to five answers, and which answers count in the end.

    On the first device every item is answered and some again; on the second, taken later, some once more.
    """
    final: dict[str, int] = {}
    saves: list[Body] = []
    for ticket, share, again in ((plan.tickets[child], 1.0, 0.3), (plan.later[child], 0.3, 0.0)):
        items = [item for item in plan.items if chance.random() < share]
        items += [item for item in items if chance.random() < again]
        entries: list[list[object]] = []
        for place, (item, low, high) in enumerate(items, start=1):
            final[item] = chance.randint(low, high)
            entries.append([place, item, final[item]])
        while entries:
            size = chance.randint(1, 5)
            saves.append({"ticket": ticket, "answers": entries[:size]})
            entries = entries[size:]
    return saves, final


def deliveries(saves: Sequence[Body], key: str, chance: Random) -> list[Delivery]:
    """Everything twice, shuffled; one in five sealed, with others."""
    twice = [*saves, *saves]
    chance.shuffle(twice)
    cut = len(twice) // 5
    sealed = [seal(json.dumps({**body, "route": "save"}).encode(), key) for body in twice[:cut]]
    boxes = [Delivery("/answers/sealed/", {"items": sealed[at : at + 4]}) for at in range(0, len(sealed), 4)]
    found = [*boxes, *(Delivery("/answers/", body) for body in twice[cut:])]
    chance.shuffle(found)
    return found


def brought(port: int, all_of_it: Iterable[Delivery]) -> Counter[str]:
    """What the server said, counted."""
    line, told = http.client.HTTPConnection("127.0.0.1", port, timeout=60), Counter[str]()
    for one in all_of_it:
        line.request("POST", one.path, json.dumps(one.body), {"Content-Type": "application/json"})
        answer = line.getresponse()
        said = json.loads(answer.read())
        told.update([f"{answer.status} {word}" for word in words(said)])
    line.close()
    return told


def words(said: Mapping[str, Any]) -> list[str]:
    return list(said["items"]) if "items" in said else [said.get("why") or next(iter(said))]


def at_once(port: int, all_of_it: Sequence[Delivery]) -> Counter[str]:
    with ThreadPoolExecutor(THREADS) as threads:
        parts = [threads.submit(brought, port, all_of_it[number::THREADS]) for number in range(THREADS)]
        return sum((part.result() for part in parts), Counter[str]())


def delivered(port: int, plan: Plan, *, children: int, seed: int) -> dict[str, Any]:
    """Bring it all in, hand in twice, bring some of it again. `final` is what has to stand there; of the last children in the plan."""
    chance = Random(seed)
    numbers = range(len(plan.tickets) - children, len(plan.tickets))
    saves, final = zip(*(answered(plan, child, chance) for child in numbers))
    everything = deliveries([one for of_child in saves for one in of_child], plan.key, chance)
    brought_in = at_once(port, everything)
    hand_in = [Delivery("/answers/hand-in/", {"ticket": ticket, "answers": []}) for ticket in plan.later[-children:]]
    handed_in = at_once(port, hand_in) + at_once(port, hand_in)
    late = at_once(port, everything[: len(everything) // 10])
    told = {"brought": brought_in, "handed in": handed_in, "late": late}
    return {"final": {str(child): one for child, one in zip(numbers, final)}, "requests": len(everything), **told}
