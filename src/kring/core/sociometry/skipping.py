"""Who skipped a question gave no answer to it. That is another thing than “niemand”: who names nobody took part, who skips did not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kring.core.sociometry.nominations import TOOK_PART, Participation

__all__ = ["TookPart", "answering"]


@dataclass(frozen=True, slots=True)
class TookPart:
    """How one pupil took part in a round, and which questions the pupil skipped; none when nobody told, as of a file."""

    status: Participation
    skipped: frozenset[str] = frozenset()

    def on(self, questions: Collection[str]) -> Participation:
        """In these questions together: who skipped all of them did not answer, who answered one of them did.

        >>> one = TookPart(Participation.DONE, frozenset({"work"}))
        >>> one.on(["work"]).value, one.on(["work", "play"]).value
        ('refused', 'done')
        """
        if self.status is Participation.ABSENT or not questions or not self.skipped:
            return self.status
        if self.skipped.issuperset(questions):
            return Participation.REFUSED
        return self.status if self.status in TOOK_PART else Participation.DONE


def answering(listed: Mapping[str, TookPart], questions: Collection[str]) -> dict[str, Participation]:
    """Of everybody on the list how they took part in these questions."""
    return {pupil: one.on(questions) for pupil, one in listed.items()}
