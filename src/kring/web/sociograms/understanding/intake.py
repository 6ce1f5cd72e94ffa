"""How sure the groups of a class are, worked out once after its round is closed: pages then only read it.

A chore. Nothing is recorded, for nobody did it.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kring.core.sociometry import Edge, Nominations, nominations_from
from kring.core.sociometry.skipping import answering
from kring.web.schools.models import School
from kring.web.sociograms.models import ListedPupil, Nomination, Sociogram
from kring.web.sociograms.queries import CHOSEN, questions_of, took_part_of
from kring.web.sociograms.understanding.counted import as_kept
from kring.web.wall import schools_open

_WITHOUT = Q(sureness__isnull=True, choices_gone_at=None)


def work_out_groups(*, at: datetime) -> None:
    """Of every school, each sociogram by itself behind the wall: half a second of reckoning holds up nobody else."""
    for school in School.objects.order_by("pk").values_list("pk", flat=True):
        with schools_open([school]):
            new = list(
                Sociogram.objects.filter(_WITHOUT, school=school, round__closed_at__lte=at).order_by("pk").values_list("pk", flat=True)
            )
        for key in new:
            _work_out(school, key)


def _work_out(school: UUID, key: UUID) -> None:
    """What went or was worked out meanwhile is let be."""
    with schools_open([school]):
        row = Sociogram.objects.filter(_WITHOUT, pk=key).select_related("round").first()
        shown = None if row is None else _shown(row)
    if shown is None:
        return
    kept = as_kept(shown)
    with schools_open([school]):
        Sociogram.objects.filter(_WITHOUT, pk=key).update(sureness=kept)


def _shown(row: Sociogram) -> Nominations:
    """The choices as the pages draw them: of all questions together. What came in meanwhile has another mark, and is worked out there."""
    asked = list(questions_of(row.round))
    listed = ListedPupil.objects.filter(sociogram=row).values_list("pupil_id", "participation", "skipped")
    choices = Nomination.objects.filter(sociogram=row, polarity=CHOSEN, question__in=asked).values_list("chooser_id", "chosen_id")
    status = answering(took_part_of(listed), asked)
    return nominations_from(list(status), {Edge(str(chooser), str(chosen)) for chooser, chosen in choices}, status)
