"""Who is named for a role: "met wie kun je goed samenwerken", "wie helpt anderen"."""

from dataclasses import dataclass

from kring.core.provenance import Result, method
from kring.core.sociometry.chance import RARE, Chance, against_chance, refuse_level
from kring.core.sociometry.nominations import Nominations
from kring.core.sociometry.rates import Floats, counted

__all__ = ["NamedForRole", "named_for_role"]


@dataclass(frozen=True, slots=True, eq=False)
class NamedForRole(Result):
    """How often each pupil is named for a role, beside chance; in the order of the list.

    rate: named / nominators other than the pupil, float[n], NaN when nobody could name the pupil. stands_out: whom chance rarely gives so
    many names. Being named by few or nobody says nothing about a pupil. `n` pupils on the list, `n_valid` whom somebody could name.
    """

    pupils: tuple[str, ...]
    rate: Floats
    chance: Chance
    stands_out: tuple[str, ...]
    n: int
    n_valid: int


@method("named-for-role", 1, data=("nominations",))
def named_for_role(nominations: Nominations, *, level: float = RARE) -> NamedForRole:
    """Count who is named for a role, and say who stands out: P(X ≥ named) ≤ `level` under blind naming.

    The names stand in `nominations.positive`. Source: Newcomb & Bukowski 1983, as for positive choices. Raises `ImpossibleLevel`.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> named_for_role(nominations_from("ABCDEFGH", [Edge(pupil, "A") for pupil in "BCDEFGH"], {})).stands_out
    ('A',)
    """
    refuse_level(level)
    named = counted(nominations.positive, nominations.nominators)
    chance = against_chance(nominations.positive, nominations.nominators)
    often = chance.rarely_more(level)
    stands_out = tuple(pupil for pupil, stands in zip(nominations.pupils, often, strict=True) if stands)
    return NamedForRole(nominations.pupils, named.rate, chance, stands_out, named.n, named.n_valid)
