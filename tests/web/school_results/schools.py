"""A school with parallel groups in which rounds were closed and counted."""

from datetime import UTC, datetime

from kring.library import instrument
from kring.web.models import Bundle, Group, Invitation, Round
from kring.web.school_results.intake import count_rounds
from kring.web.surveys.intake import Incoming, take_anonymous, take_submissions
from tests.cast import Cast
from tests.measurements import HANDED_IN, PUPIL_LIST, answers, classmates, round_of

COUNTED = datetime(2025, 12, 1, 12, tzinfo=UTC)
SAFETY = "kring-veiligheid"


def close(made: Round) -> None:
    made.closed_at = HANDED_IN
    made.save(update_fields=["closed_at"])


def bundled(cast: Cast) -> Bundle:
    """6A and 6B side by side."""
    made = Bundle.objects.create(school=cast.beuk, year=cast.year, name="alle groepen 6")
    Group.objects.filter(pk__in=[cast.group_6a.pk, cast.group_6b.pk]).update(bundle=made)
    return made


def counted_round(cast: Cast, n: int = 12, *, title: str = "Najaarslijst") -> Round:
    """Both groups filled in the list for pupils, and its figures were made."""
    made = round_of(cast.group_6a, PUPIL_LIST, title)
    for group, first in ((cast.group_6a, cast.pupil_noor), (cast.group_6b, cast.pupil_lot)):
        pupils = [first, *classmates(group, n - 1)]
        take_submissions(made, [Incoming(one.pk, group.pk, answers(PUPIL_LIST, at), HANDED_IN) for at, one in enumerate(pupils)])
    close(made)
    count_rounds(cast.beuk, at=COUNTED)
    return made


def safety_answers(place: int) -> dict[str, int]:
    """From happy to less so."""
    return {item.key: item.low + (place + number) % (item.high - item.low + 1) for number, item in enumerate(instrument(SAFETY, 1).coded)}


def safety_round(cast: Cast, n: int = 12, *, count: bool = True, own: str = "") -> Round:
    """Both groups filled in the list without names; `own`: the school's own version of it."""
    made = round_of(cast.group_6a, SAFETY, "Veiligheid")
    if own:
        Round.objects.filter(pk=made.pk).update(instrument=own)
        made = Round.objects.get(pk=made.pk)
    for group in (cast.group_6a, cast.group_6b):
        pupils = classmates(group, n)
        Invitation.objects.bulk_create(Invitation(school=cast.beuk, round=made, group=group, pupil=one, answered=True) for one in pupils)
        take_anonymous(made, group, [safety_answers(place) for place in range(n)])
    close(made)
    if count:
        count_rounds(cast.beuk, at=COUNTED)
    return made
