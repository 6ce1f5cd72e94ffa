"""What happens by itself every hour: keep the head of each past month, and lay the heads down elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kring.core.audit_chain import Fault, Finding, Verdict, anchor, false_anchors, is_code_of
from kring.web.audit.intake import head_of, keep_segments
from kring.web.audit.queries import head_at, verified
from kring.web.oversight import anchors, queries
from kring.web.oversight.anchors import Anchors
from kring.web.schools.models import School
from kring.web.wall import schools_open


@dataclass(frozen=True, slots=True)
class Checked:
    """One school: its chain, and the anchors that say something untrue."""

    school: School
    verdict: Verdict
    false: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return self.verdict.is_sound and not self.false


def seal_log(*, at: datetime) -> int:
    """Keep heads here, and elsewhere when a place is set. Says how many anchors were laid."""
    schools = queries.all_schools()
    for school in schools:
        with schools_open([school.pk]):
            keep_segments([school.pk], on=timezone.localdate(at))
    return lay_anchors(settings.ANCHORS, schools, at=at) if settings.ANCHORS else 0


def lay_anchors(path: Path, schools: Iterable[School], *, at: datetime) -> int:
    """The head of every chain that has one."""
    laid = []
    for school in schools:
        with schools_open([school.pk]):
            head = head_of(school.pk)
        if head.sequence:
            laid.append(anchor(school.pk.hex, head, at=at.isoformat(), key=anchors.key()))
    return anchors.lay(path, laid)


def check(laid: Anchors) -> list[Checked]:
    """Walk along the chain of every school, beside its anchors."""
    return [_check(school, laid) for school in queries.all_schools()]


def has_code(school: School, sequence: int, code: str) -> bool:
    """Whether this code was read from the log of this school when it ended with this number."""
    with schools_open([school.pk]):
        head = head_at(school.pk, sequence)
    return bool(head.hash) and is_code_of(head, code)


def _check(school: School, laid: Anchors) -> Checked:
    mine = [one for one in laid.anchors if one.school == school.pk.hex]
    false = false_anchors(mine, key=anchors.key())
    true = {one.sequence: one.hash for one in mine if Finding(one.sequence, Fault.FALSE_ANCHOR) not in false}
    return Checked(school, _verdict(school, true), false)


def _verdict(school: School, true: Mapping[int, str]) -> Verdict:
    with schools_open([school.pk]):
        return verified(school.pk, anchors=dict(true))
