"""How sure a status is: whether methods agree, whether rounds agree, and what that allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kring.core.provenance import Result, method
from kring.core.sociometry.kinds import Status
from kring.core.sociometry.rules import NothingToCompare, UnevenLabels

__all__ = ["Ground", "LabelInPlan", "MethodsAgree", "RoundsAgree", "label_in_plan", "methods_agree", "rounds_agree"]

Labels = Sequence[Status | None]


@dataclass(frozen=True, slots=True)
class MethodsAgree(Result):
    """What most methods say of each pupil: `agree` of `methods` say `status`; None and 0 where two groups are named as often, or none.

    A method that puts a pupil in no group ("other", None) is counted in `methods` and agrees with nobody. `n` pupils, `n_valid` those
    with one status that is said most.
    """

    status: tuple[Status | None, ...]
    agree: tuple[int, ...]
    methods: int
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class RoundsAgree(Result):
    """How far two rounds give the same status: `same` pupils, and Cohen's kappa.

    `kappa` is None without a pair, and when all pupils have one status in both rounds. `n` pupils, `n_valid` with a status in both.
    """

    same: int
    kappa: float | None
    n: int
    n_valid: int


class Ground(StrEnum):
    """Why a label may stand in a plan, or not."""

    CONFIRMED = "confirmed"
    TWO_ROUNDS = "two_rounds"
    NO_LABEL = "no_label"
    ONE_ROUND = "one_round"
    ROUNDS_DIFFER = "rounds_differ"


@dataclass(frozen=True, slots=True)
class LabelInPlan(Result):
    """Whether the label of the last round may stand in a plan, and on which ground. `n` rounds, `n_valid` rounds with a label."""

    allowed: bool
    label: Status | None
    ground: Ground
    n: int
    n_valid: int


@method("methods-agree", 1, data=("labels",))
def methods_agree(labels: Sequence[Labels]) -> MethodsAgree:
    """Count for each pupil how many methods say the same: "3 van 4 methoden".

    `labels[m][i]` is what method m says of pupil i. Raises `NothingToCompare`, `UnevenLabels`.

    >>> from kring.core.sociometry import Status
    >>> said = methods_agree([[Status.POPULAR], [Status.POPULAR], [Status.AVERAGE], [Status.POPULAR]])
    >>> said.status, said.agree, said.methods
    ((<Status.POPULAR: 'popular'>,), (3,), 4)
    """
    return agreeing(labels)


def agreeing(labels: Sequence[Labels]) -> MethodsAgree:
    """Count as `methods_agree` does, without provenance: for what is built on it."""
    if not labels:
        raise NothingToCompare()
    _refuse_uneven(*labels)
    said = [_said_most(of_pupil) for of_pupil in zip(*labels, strict=True)]
    status, agree = tuple(word for word, _ in said), tuple(count for _, count in said)
    return MethodsAgree(status, agree, len(labels), len(said), sum(word is not None for word in status))


@method("status-in-two-rounds", 1, rows=("before", "after"))
def rounds_agree(before: Labels, after: Labels) -> RoundsAgree:
    """Compare the statuses of the same pupils in two rounds: κ = (p_same - p_chance) / (1 - p_chance).

    Source: Cohen 1960. Raises `UnevenLabels`.

    >>> from kring.core.sociometry import Status
    >>> first = [Status.POPULAR, Status.POPULAR, Status.AVERAGE, Status.AVERAGE]
    >>> rounds_agree(first, [Status.POPULAR, Status.AVERAGE, Status.AVERAGE, Status.AVERAGE]).kappa
    0.5
    """
    _refuse_uneven(before, after)
    pairs = [(a, b) for a, b in zip(before, after, strict=True) if a is not None and b is not None]
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    same, n = sum(a is b for a, b in pairs), len(pairs)
    by_chance = sum(first.count(status) * second.count(status) for status in Status)
    kappa = (n * same - by_chance) / (n * n - by_chance) if n * n > by_chance else None
    return RoundsAgree(same, kappa, len(before), n)


@method("label-in-plan", 1, data=("rounds",))
def label_in_plan(rounds: Labels, *, confirmed: bool) -> LabelInPlan:
    """Say whether the label of the last of `rounds` may stand in a plan: the round before says the same, or a teacher confirms it.

    `rounds` are the labels of one pupil, the oldest first; None and "other" are no label.

    >>> from kring.core.sociometry import Status
    >>> label_in_plan([Status.NEGLECTED], confirmed=False).ground, label_in_plan([Status.NEGLECTED] * 2, confirmed=False).allowed
    (<Ground.ONE_ROUND: 'one_round'>, True)
    """
    labels = [label for label in rounds if _is_label(label)]
    last = rounds[-1] if rounds and _is_label(rounds[-1]) else None
    ground = _ground(rounds, last, confirmed=confirmed)
    return LabelInPlan(ground in (Ground.CONFIRMED, Ground.TWO_ROUNDS), last, ground, len(rounds), len(labels))


def _ground(rounds: Labels, last: Status | None, *, confirmed: bool) -> Ground:
    if last is None:
        return Ground.NO_LABEL
    if confirmed:
        return Ground.CONFIRMED
    before = rounds[-2] if len(rounds) > 1 else None
    if not _is_label(before):
        return Ground.ONE_ROUND
    return Ground.TWO_ROUNDS if before is last else Ground.ROUNDS_DIFFER


def _is_label(label: Status | None) -> bool:
    return label is not None and label is not Status.OTHER


def _said_most(labels: Labels) -> tuple[Status | None, int]:
    """Give the status that is said most with how often, or None and 0."""
    counts = sorted(((labels.count(status), status) for status in Status if status is not Status.OTHER), key=lambda one: -one[0])
    (most, status), (next_most, _) = counts[:2]
    return (status, most) if most > next_most else (None, 0)


def _refuse_uneven(*labels: Labels) -> None:
    sizes = tuple(len(each) for each in labels)
    if len(set(sizes)) > 1:
        raise UnevenLabels(pupils=sizes)
