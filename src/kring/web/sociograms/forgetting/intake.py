"""A chore: raw choices go on their dates (core/choices_kept.py), one sociogram at a time. Stopped halfway, it goes on the next time.

Who takes no part any more while a round is open: what was chosen by and of that pupil goes at once.
"""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kring.core.choice_policies import PolicyKind, kinds_of
from kring.core.choices_kept import choices_go, rejections_go
from kring.core.instruments import Instrument, QuestionKind
from kring.core.sociometry.negatives import LONGEST
from kring.web.choice_policies.intake import kept_days
from kring.web.schools.models import Pupil, School
from kring.web.sociograms.bullying.intake import forget_reports
from kring.web.sociograms.collecting.intake import freeze
from kring.web.sociograms.models import Buddies, BullyingName, BullyingReport, ListedPupil, Nomination, PredictedPupil, Rating, Sociogram
from kring.web.surveys.family.intake import forget_begun, forget_late
from kring.web.surveys.models import Invitation, Round, Submission
from kring.web.wall import schools_open

NO = -1


def forget_choices(*, at: datetime) -> None:
    """Of every school, each behind its own wall; each sociogram whole or not at all. One that breaks stops no other."""
    broken: list[Exception] = []
    for school in School.objects.order_by("pk").values_list("pk", flat=True):
        with schools_open([school]):
            kept = list(Sociogram.objects.filter(school=school, choices_gone_at=None).order_by("pk").values_list("pk", flat=True))
        for key in kept:
            try:
                with schools_open([school]), transaction.atomic():  # on PostgreSQL the wall is the transaction
                    _forget_due(key, at)
            except Exception as one:  # noqa: BLE001 (told to the schedule below)
                broken.append(one)
    if broken:
        raise broken[0]


def _forget_due(key: UUID, at: datetime) -> None:
    row = Sociogram.objects.select_for_update(of=("self",)).select_related("round__year").get(pk=key)
    on, there = timezone.localdate(at), [mark for mark in _FORGOTTEN if _is_there(row, mark)]
    due = [mark for mark in there if _is_due(row, mark, on)]
    if not due:
        return
    if row.counted_at is None:  # nobody closed it: what came in is counted first
        freeze(row.round, at=at)
    for mark in due:
        _FORGOTTEN[mark](row)
    _forget_unfinished(row)
    Sociogram.objects.filter(pk=row.pk).update(**dict.fromkeys(due, at))


def _is_there(row: Sociogram, mark: str) -> bool:
    """Also what came in when the round was opened once more after it went."""
    gone_at, closed_at = getattr(row, mark), row.round.closed_at
    return gone_at is None or closed_at is None or gone_at <= closed_at


def _is_due(row: Sociogram, mark: str, on: date) -> bool:
    if mark == "choices_gone_at":
        return choices_go(row.round.year.ends_on, on=on)
    kind, is_asked = _ASKS[mark], _ASKED[mark](row.round.offered)
    return is_asked and rejections_go(_last_day(row.round), kept_days=_days(row.round, kind), on=on)


def _days(round: Round, kind: PolicyKind) -> int:
    """Points are no rejections, and have no decision of their own: they stay as long as that of a no would."""
    asked = kind in kinds_of(round.offered.questions)
    return kept_days(round.school_id, kind, since=round.opens_on) if asked else LONGEST


def _last_day(round: Round) -> date:
    """Also of a round that nobody closed."""
    return min(round.closes_on, timezone.localdate(round.closed_at)) if round.closed_at else round.closes_on


def _asks_no_or_points(asked: Instrument) -> bool:
    return any(one.is_negative or one.kind is QuestionKind.RATE for one in asked.questions)


def _asks_about_bullying(asked: Instrument) -> bool:
    return any(one.is_of_bullying for one in asked.questions)


_ASKS = {"rejections_gone_at": PolicyKind.NEGATIVE, "bullying_gone_at": PolicyKind.BULLYING}
_ASKED: dict[str, Callable[[Instrument], bool]] = {
    "rejections_gone_at": _asks_no_or_points,
    "bullying_gone_at": _asks_about_bullying,
}


def _forget_unfinished(row: Sociogram) -> None:
    """What somebody began in a round that nobody closed, and what came too late: it says as much as what was handed in."""
    lists = Invitation.objects.filter(round=row.round_id, group=row.group_id)
    forget_begun(lists)
    forget_late(lists)


def _forget_rejections(row: Sociogram) -> None:
    Nomination.objects.filter(sociogram=row, polarity=NO).delete()
    Rating.objects.filter(sociogram=row).delete()


def _forget_bullying(row: Sociogram) -> None:
    BullyingName.objects.filter(sociogram=row).delete()
    forget_reports(BullyingReport.objects.filter(sociogram=row))


def _forget_choices(row: Sociogram) -> None:
    """Everything, and what a teacher expected of single pupils."""
    _forget_rejections(row)
    _forget_bullying(row)
    Nomination.objects.filter(sociogram=row).delete()
    Buddies.objects.filter(sociogram=row).delete()
    PredictedPupil.objects.filter(prediction__round=row.round_id, prediction__group=row.group_id).delete()


_FORGOTTEN: dict[str, Callable[[Sociogram], None]] = {
    "rejections_gone_at": _forget_rejections,
    "bullying_gone_at": _forget_bullying,
    "choices_gone_at": _forget_choices,
}


# ---- who takes no part any more ---------------------------------------------------------------------------------


def forget_objector(pupil: Pupil, instrument: str, *, at: datetime) -> None:
    """In open rounds that ask whom one chooses: no name on the list, and no choices by or of this pupil. The rounds are held."""
    asked = Invitation.objects.filter(pupil=pupil, round__instrument=instrument, round__closed_at=None)
    rounds = {one.round_id for one in asked.select_related("round") if one.round.offered.questions}
    of_open = {"sociogram__round__in": rounds}
    Nomination.objects.filter(Q(chooser=pupil) | Q(chosen=pupil), **of_open).delete()
    Rating.objects.filter(Q(rater=pupil) | Q(rated=pupil), **of_open).delete()
    BullyingName.objects.filter(Q(victim=pupil) | Q(named=pupil), **of_open).delete()
    forget_reports(BullyingReport.objects.filter(pupil=pupil, **of_open))
    ListedPupil.objects.filter(pupil=pupil, **of_open).delete()
    PredictedPupil.objects.filter(pupil=pupil, prediction__round__in=rounds).delete()
    Submission.objects.filter(invitation__pupil=pupil, invitation__round__in=rounds).delete()
    asked.filter(round__in=rounds, withdrawn_at=None).update(withdrawn_at=at)
