"""Sociogram indices of many classes beside networkx and sna, communities beside networkx, and composing within its time."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.made.country import CHOICES, CLASS, choices_of, class_of
from kring.commands.bench import Measured, Peer, Skipped, one_time, peak_of, timed_runs
from kring.commands.peers import python_peer, r_peer, together
from kring.core.sociometry import communities_of, structures
from kring.core.sociometry.composing import Plan, Seat, compose_groups, compose_seats

HUNDRED, COUNTRY = 800, 56_000  # classes
INDICES = {HUNDRED: 20.0, COUNTRY: 600.0}
COMMUNITIES = 250.0
FIRST, BEST = 1000.0, 12_000.0
LITTLE = 0.1  # deterministic seconds
ENOUGH_FOR_PEERS = 800  # classes: of the country they get this part, and their time is multiplied
IN_R = """
classes <- lapply(seq_len({classes}), function(i) rgraph({pupils}, tprob = {density}))
"""
INDICES_IN_R = """for (a in classes) {
    gden(a); grecip(a, measure = "edgewise"); gtrans(a, measure = "weak"); centralization(a, degree, cmode = "indegree")
}"""


def measure() -> Iterator[Measured | Skipped]:
    for classes in (HUNDRED, COUNTRY):
        yield from indices(classes)
    yield groups_of_friends()
    yield from compositions()


def indices(classes: int) -> Iterator[Measured | Skipped]:
    choices = choices_of(classes)
    here = np.ones(choices.shape[:2], dtype=np.bool_)
    ours = timed_runs(lambda: structures(choices, here), times=7)
    peak = peak_of(lambda: structures(choices, here))
    part = min(ENOUGH_FOR_PEERS / classes, 1.0)
    peers, missing = together(*index_peers(choices[:ENOUGH_FOR_PEERS], part))
    remark = f"{CLASS} pupils, {CHOICES} choices; density, reciprocity, transitivity, centralisation, coverage, cohesion"
    extrapolated = f"; peers on {ENOUGH_FOR_PEERS} classes, times {classes // ENOUGH_FOR_PEERS}" if part < 1 else ""
    yield Measured(f"sociogram indices of {classes:,} classes", ours, INDICES[classes], remark + extrapolated, peers, peak, 2048)
    yield from missing


def index_peers(choices: NDArray[np.bool_], part: float) -> Iterator[Peer | Skipped]:
    import networkx as nx

    graphs = [nx.from_numpy_array(table, create_using=nx.DiGraph) for table in choices.astype(int)]

    def work() -> None:
        for graph in graphs:
            nx.density(graph)
            nx.reciprocity(graph)
            nx.transitivity(graph)
            nx.in_degree_centrality(graph)

    peer = python_peer("networkx", tuple(run / part for run in timed_runs(work, times=3)), at_most=0.1)
    yield peer
    ready = IN_R.format(classes=len(choices), pupils=CLASS, density=CHOICES / (CLASS - 1))
    yield r_peer("sna", INDICES_IN_R, ready=ready, times=1, at_most=0.1, part=part)


def groups_of_friends() -> Measured:
    import networkx as nx

    nominations = class_of(30)
    table = nominations.positive.astype(int)
    graph = nx.from_numpy_array(table + table.T)

    def best_of_fifty() -> float:
        divisions = (nx.community.louvain_communities(graph, seed=seed) for seed in range(50))
        return max(float(nx.community.modularity(graph, division)) for division in divisions)

    ours = timed_runs(lambda: communities_of(nominations), times=7)
    theirs = python_peer("networkx", timed_runs(best_of_fifty, times=3))
    found = communities_of(nominations).modularity
    remark = f"30 pupils; modularity {found:.4f}, networkx best of 50 {best_of_fifty():.4f}"
    return Measured("communities of a class", ours, COMMUNITIES, remark, (theirs,))


def compositions() -> Iterator[Measured]:
    compose_groups(class_of(8), [4, 4])  # loads the solver
    for pupils, sizes in ((24, [4] * 6), (26, [6, 5, 5, 5, 5]), (30, [6] * 5)):
        yield from composed(f"{pupils} pupils in {len(sizes)} groups", partial(compose_groups, class_of(pupils), sizes))
    seats = [Seat(row, column) for row in range(5) for column in range(6)]
    yield from composed("30 pupils on seats", partial(compose_seats, class_of(30), seats))


def composed(what: str, compose: Callable[..., Plan]) -> Iterator[Measured]:
    """The first plan, with hardly any time for the search, and the best that is found in all the time."""
    plans: list[Plan] = []
    first = tuple(one_time(lambda: plans.append(compose(seconds=LITTLE))) for _ in range(3))
    yield Measured(f"first plan, {what}", first, FIRST, worth(plans[-1]))
    best = (one_time(lambda: plans.append(compose())),)
    yield Measured(f"best plan, {what}", best, BEST, worth(plans[-1]))


def worth(plan: Plan) -> str:
    known = "proven best" if plan.proven else f"at most {plan.percent_better_possible:.0f} % better possible"
    return f"weight {plan.weight:g}, {plan.without_chosen} without a chosen classmate, {known}"
