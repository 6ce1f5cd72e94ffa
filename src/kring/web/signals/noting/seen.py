"""What somebody brings in, before it is about anybody."""

from dataclasses import dataclass, field
from datetime import date, datetime

from kring.core.language_mirror import refuse_serious
from kring.core.signals import refuse_seen_later, refuse_unseen
from kring.core.signs import refuse_family_without_evidence


@dataclass(frozen=True, slots=True)
class Seen:
    """The fact, and apart from it what one thinks of it."""

    fact: str
    seen_at: datetime
    place: str = ""
    signs: tuple[str, ...] = ()
    heard: str = "seen"
    interpretation: str = ""
    families: tuple[str, ...] = ()
    worry: int = 1
    started_on: date | None = field(default=None)

    def refuse(self, *, at: datetime) -> None:
        """Raises NothingSeen, SeenLater, FamilyWithoutEvidence, SignalSerious."""
        refuse_unseen(self.fact, self.signs)
        refuse_seen_later(self.seen_at, at=at)
        refuse_family_without_evidence(self.families, signs=self.signs, fact=self.fact)
        refuse_serious(self.fact, self.interpretation)
