"""What a teacher may want to look at again, per pupil: facts of one round, no labels, and never who did not choose whom."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from kring.core.provenance import Result, method
from kring.core.sociometry.absence import absence_sensitivity
from kring.core.sociometry.bridges import bridges_of, chosen_from_outside, fragile_ties
from kring.core.sociometry.nominations import Nominations, Sufficiency
from kring.core.sociometry.perceived import Perceived
from kring.core.sociometry.rates import Bools
from kring.core.sociometry.saying import why_no_status
from kring.core.sociometry.sociograms import Sociogram, refuse_too_few

__all__ = ["Remark", "Remarks", "remarks_on"]


class Remark(StrEnum):
    """In the order in which a page says them: first what is good to know of a child who may be overlooked."""

    UNAWARE = "unaware"  # chosen, and did not expect anybody who did
    NEVER_CHOSEN = "never_chosen"
    NO_MUTUAL = "no_mutual"
    CHOOSES_NOBODY = "chooses_nobody"
    FRAGILE = "fragile"  # all mutual choices are with pupils who leave
    BRIDGE = "bridge"
    FROM_OUTSIDE = "from_outside"
    EXPECTS_MORE = "expects_more"  # for the teacher only
    HANGS_ON_ABSENT = "hangs_on_absent"


@dataclass(frozen=True, slots=True)
class Remarks(Result):
    """Of each pupil, in the order of the list, what there is to look at. n: pupils on the list; n_valid: those who took part."""

    n: int
    n_valid: int
    of: tuple[tuple[Remark, ...], ...]

    def count(self, remark: Remark) -> int:
        """Of how many pupils it is said."""
        return sum(remark in one for one in self.of)


@method("remarks", 2, data=("sociogram", "leaving", "thinks", "judged"))
def remarks_on(
    sociogram: Sociogram, *, leaving: Set[str] = frozenset(), thinks: Perceived | None = None, judged: Nominations | None = None
) -> Remarks:
    """Gather the facts to look at: methods.md C.6, C.9 and C.11. Raises `TooFewTookPart`.

    Who stands between others, who is chosen from other groups and what hangs on absent pupils need 80 % of the list and ten pupils, as a
    status does.
    Of a pupil who chose nobody and whom nobody chose, both are said. `judged`: what the statuses stand on, when a no was asked too.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> from kring.core.sociometry.sociograms import sociogram
    >>> found = remarks_on(sociogram(nominations_from("ABC", [Edge(*pair) for pair in ("AB", "BA", "CA")], {})), leaving={"B"})
    >>> [[one.value for one in of] for of in found.of]
    [['fragile'], [], ['never_chosen', 'no_mutual']]
    """
    refuse_too_few(sociogram)
    where = _everywhere(sociogram, leaving, thinks, judged or sociogram.nominations)
    pupils = sociogram.nominations.pupils
    of = tuple(tuple(remark for remark in Remark if remark in where and bool(where[remark][i])) for i in range(len(pupils)))
    return Remarks(sociogram.n, sociogram.n_valid, of)


def _everywhere(sociogram: Sociogram, leaving: Set[str], thinks: Perceived | None, judged: Nominations) -> dict[Remark, Bools | list[bool]]:
    nominations, pupils = sociogram.nominations, sociogram.nominations.pupils
    found: dict[Remark, Bools | list[bool]] = {
        Remark.NEVER_CHOSEN: sociogram.never_chosen,
        Remark.NO_MUTUAL: sociogram.no_mutual & ~sociogram.chooses_nobody,
        Remark.CHOOSES_NOBODY: sociogram.chooses_nobody,
        Remark.FRAGILE: fragile_ties(nominations, leaving).fragile,
    }
    if thinks is not None:
        found[Remark.UNAWARE] = [pupil in thinks.liked_but_unaware for pupil in pupils]
        found[Remark.EXPECTS_MORE] = [pupil in thinks.overestimates for pupil in pupils]
    if sociogram.sufficiency is Sufficiency.ALL and why_no_status(nominations) is None:
        found[Remark.BRIDGE] = bridges_of(nominations).bridge
        found[Remark.FROM_OUTSIDE] = chosen_from_outside(nominations).many
        hangs = absence_sensitivity(judged).status
        found |= {} if hangs is None else {Remark.HANGS_ON_ABSENT: hangs}
    return found
