"""With what a plan of one pupil begins: a signal or an understanding. It is linked; its words fill the form, nobody types them again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from kring.core.access import Verb
from kring.core.phases import Phase, Reached, phases_of
from kring.core.understanding import needs_of
from kring.web.access import may
from kring.web.plans.models import Plan
from kring.web.schools.models import Membership, Pupil
from kring.web.signals.models import Signal
from kring.web.understanding.models import Understanding, Voice

LONGEST_LEVEL, LONGEST_STEP = 200, 300
NOW = "level_1"  # the field for “this is how it is now”


@dataclass(frozen=True, slots=True)
class Begun:
    """What somebody came from; neither for a plan out of nothing."""

    signal: Signal | None = None
    understanding: Understanding | None = None

    @property
    def query(self) -> str:
        """As an address carries it on."""
        return "&".join(f"{name}={row.pk}" for name, row in (("signal", self.signal), ("understanding", self.understanding)) if row)


OUT_OF_NOTHING = Begun()


def begun_with(actor: Membership, pupil: Pupil, asked: Mapping[str, str], *, at: datetime) -> Begun:
    """As the address says it, of what this actor may read of this pupil."""
    signal, understanding = _key(asked.get("signal", "")), _key(asked.get("understanding", ""))
    settled = may(actor, Understanding, Verb.READ, at=at).filter(pupil=pupil, settled_at__isnull=False)
    return Begun(
        may(actor, Signal, Verb.READ, at=at).filter(pk=signal, pupil=pupil, is_serious=False).first() if signal else None,
        settled.filter(pk=understanding).first() if understanding else None,
    )


def _key(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def filled_from(actor: Membership, begun: Begun, *, at: datetime) -> dict[str, Any]:
    """The fields of the form that the source answers."""
    found: dict[str, Any] = {}
    if begun.signal and begun.signal.fact.strip():
        found[NOW] = _short(begun.signal.fact, LONGEST_LEVEL)
    if thought := begun.understanding:
        now, needs = thought.can_be_better or thought.not_yet, needs_of(thought.needs)
        found |= {NOW: _short(now, LONGEST_LEVEL)} if now.strip() else {}
        found |= {"what": _short("; ".join(needs), LONGEST_STEP)} if needs else {}
        found |= _own_words(actor, thought, at)
    return found


def _own_words(actor: Membership, thought: Understanding, at: datetime) -> dict[str, Any]:
    """What the pupil wishes, with whose hand wrote it."""
    said = may(actor, Voice, Verb.READ, at=at).filter(understanding=thought, whose=Voice.Whose.PUPIL).exclude(outlook="")
    voice = said.select_related("written_down_by__person").first()
    if voice is None:
        return {}
    hand = voice.written_down_by
    return {"own_words": voice.outlook, "by_pupil": hand is None, "own_words_by": str(hand.person) if hand else ""}


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def sources_of(actor: Membership, signal: UUID | None, understanding: UUID | None, *, at: datetime) -> Begun:
    """Of a plan that is there: what this reader may read of where it began."""
    return Begun(
        may(actor, Signal, Verb.READ, at=at).filter(pk=signal).first() if signal else None,
        may(actor, Understanding, Verb.READ, at=at).filter(pk=understanding).first() if understanding else None,
    )


def phases(plan: Plan, begun: Begun) -> tuple[Reached, ...]:
    """The four phases of this cycle with their days; of a source that one may not read there is none."""
    signal, thought = begun.signal, begun.understanding
    return phases_of(
        {
            Phase.NOTICE: timezone.localdate(signal.seen_at) if signal else None,
            Phase.UNDERSTAND: timezone.localdate(thought.settled_at) if thought and thought.settled_at else None,
            Phase.PLAN: timezone.localdate(plan.made_at),
            Phase.LOOK_BACK: timezone.localdate(plan.evaluated_at) if plan.evaluated_at else None,
        }
    )
