"""What pupils let this very reader read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Verb
from kring.web.access import may
from kring.web.schools.models import Membership, Pupil
from kring.web.surveys.models import OpenAnswer, Submission

RECENT = 100


@dataclass(frozen=True, slots=True)
class ToMe:
    """One answer in a pupil's own words."""

    row: OpenAnswer
    pupil: Pupil
    title: str
    question: str
    written_at: datetime | None


def written_to_me(actor: Membership, *, at: datetime) -> list[ToMe]:
    """The newest first. It may be read as soon as it is handed in: the pupil chose who, and does not wait for a result."""
    rows = may(actor, OpenAnswer, Verb.READ, at=at).select_related("invitation__round", "invitation__pupil", "invitation__submission")
    return [_to_me(one) for one in rows.order_by("-invitation__submission__submitted_at", "pk")[:RECENT]]


def _to_me(row: OpenAnswer) -> ToMe:
    asked, handed_in = row.invitation, getattr(row.invitation, "submission", None)
    questions: Mapping[str, str] = {item.key: item.text for item in asked.round.offered.items}
    when = handed_in.submitted_at if isinstance(handed_in, Submission) else None
    return ToMe(row, asked.pupil, asked.round.title, questions.get(row.item, ""), when)
