"""Whom the invented pupils choose: circles of friends, ties that last, somebody whom nobody names."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from kring.core.instruments import Instrument, QuestionKind
from kring.core.sociometry.nominations import Edge, Participation
from kring.web.demo.invented import InventedChoices, InventedPupil, InventedRound, Stay, chance
from kring.web.demo.plan import SchoolPlan
from kring.web.demo.years import FIRST_WEEKS

Bools = NDArray[np.bool_]
CIRCLE = 4  # friends in one circle, about
SAME_CIRCLE = 2.4
SAME_GENDER = 1.1
LIKED = 0.6
CHOICES = (2, 6)  # from, up to
RIGHTLY, WRONGLY = 0.6, 0.25  # of who chose me, and of whom I chose in vain
RETURNED = 0.45  # of the choices that are not mutual yet


def choices_of(
    plan: SchoolPlan, round_: InventedRound, instrument: Instrument, pupils: Sequence[InventedPupil], asked: Sequence[Stay], today: date
) -> Iterator[InventedChoices]:
    """The sociograms that the groups did in this round."""
    known = {pupil.key: pupil for pupil in pupils}
    question = next(one.key for one in instrument.questions if one.polarity > 0)
    expects = next(one.key for one in instrument.questions if one.kind is QuestionKind.PERCEIVE)
    for group in sorted({stay.group for stay in asked}):
        if round_.window.is_running and group in plan.without_sociogram:
            continue
        listed = [known[stay.pupil] for stay in asked if stay.group == group]
        names = {one.given_name for one in plan.named}
        status = _participation(plan, round_, group, listed, names)
        chosen = _chosen(plan, round_, listed, status, names)
        edges = tuple(Edge(listed[i].key, listed[j].key) for i, j in np.argwhere(chosen))
        held_on = round_.window.day(chance(plan.name, group, round_.window.key, "day").random(), today)
        told = tuple((listed[i].key, listed[j].key) for i, j in np.argwhere(_expected(plan, round_, group, chosen, status)))
        yield InventedChoices(group, held_on, {pupil.key: one for pupil, one in zip(listed, status)}, question, edges, expects, told)


def _participation(
    plan: SchoolPlan, round_: InventedRound, group: str, listed: Sequence[InventedPupil], cast: set[str]
) -> list[Participation]:
    """One or two absent, one who does not want to, one who chooses nobody; and a group of which too few were there."""
    draw = chance(plan.name, group, round_.window.key, "there")
    status = [Participation.DONE] * len(listed)
    free = [place for place in draw.permutation(len(listed)) if listed[place].given_name not in cast]
    is_few = (round_.window.is_running or round_.window.season == FIRST_WEEKS) and group == plan.few_take_part
    absent = int(0.48 * len(listed)) if is_few else int(draw.integers(0, 3))
    for place in free[:absent]:
        status[place] = Participation.ABSENT
    for place, other in zip(free[absent:], (Participation.EMPTY, Participation.REFUSED)):
        if draw.random() < 0.6 or (group == "6A" and other is Participation.EMPTY):
            status[place] = other
    return status


def _chosen(
    plan: SchoolPlan, round_: InventedRound, listed: Sequence[InventedPupil], status: Sequence[Participation], cast: set[str]
) -> Bools:
    draw = chance(plan.name, round_.window.key, *(pupil.key for pupil in listed), "choices")
    n = len(listed)
    pull = _pull(plan, listed) + draw.gumbel(size=(n, n))
    pull[:, _never_chosen(plan, listed, cast)] = -np.inf
    np.fill_diagonal(pull, -np.inf)
    chosen = np.zeros((n, n), dtype=np.bool_)
    for i, many in enumerate(draw.integers(*CHOICES, size=n)):
        chosen[i, np.argsort(-pull[i])[:many]] = True
    returned = chosen.T & ~chosen & (draw.random((n, n)) < RETURNED) & np.isfinite(pull)
    takes_part = np.array([one is Participation.DONE for one in status])
    result: Bools = (chosen | returned) & takes_part[:, None]
    return result


def _expected(plan: SchoolPlan, round_: InventedRound, group: str, chosen: Bools, status: Sequence[Participation]) -> Bools:
    """Who thinks to be chosen by whom: most often rightly; and of one pupil whom many chose, by none of them."""
    draw = chance(plan.name, group, round_.window.key, "expects")
    rightly = chosen.T & (draw.random(chosen.shape) < RIGHTLY)
    wrongly = chosen & ~chosen.T & (draw.random(chosen.shape) < WRONGLY)
    expected: Bools = (rightly | wrongly) & np.array([one is Participation.DONE for one in status])[:, None]
    expected[int(chosen.sum(axis=0).argmax())] = False
    return expected


def _pull(plan: SchoolPlan, listed: Sequence[InventedPupil]) -> NDArray[np.float64]:
    """How much each draws each, whatever the round; from what a pupil is, so that friends stay friends next year."""
    girl = np.array([pupil.is_girl for pupil in listed])
    own = [chance(plan.name, pupil.key, "friends") for pupil in listed]
    circles = max(len(listed) // CIRCLE // 2, 1)
    circle = np.array([int(draw.integers(0, circles)) for draw in own]) + circles * girl
    liked = np.array([draw.standard_normal() for draw in own])
    same_circle, same_gender = circle[:, None] == circle, girl[:, None] == girl
    pull: NDArray[np.float64] = SAME_CIRCLE * same_circle + SAME_GENDER * same_gender + LIKED * liked
    return pull


def _never_chosen(plan: SchoolPlan, listed: Sequence[InventedPupil], cast: set[str]) -> list[int]:
    """The pupil with the lowest lot of each home, whom nobody names."""
    lots: dict[str, tuple[float, int]] = {}
    for place, pupil in enumerate(listed):
        if pupil.given_name not in cast:
            lot = (float(chance(plan.name, pupil.key, "named").random()), place)
            lots[pupil.home] = min(lots.get(pupil.home, lot), lot)
    return [place for lot, place in lots.values() if lot < 0.08]
