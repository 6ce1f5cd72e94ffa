"""The table that holds, those before it, and what another one would have done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise

from kring.core.access import Verb
from kring.core.attention import PointRow, table_preview
from kring.core.attention.school_tables import CLASS_LINE, rows_of_school, school_table
from kring.web.access import may
from kring.web.attention.models import AttentionTable
from kring.web.attention.rows import picture_of
from kring.web.attention.words import CHANNELS, SOURCES, row_words
from kring.web.schools.models import Enrolment, Membership, live
from kring.web.surveys.models import Round

A_YEAR = timedelta(days=365)
Changes = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of the table in words."""

    row: PointRow
    channel: Promise
    source: Promise
    what: str


def row_lines() -> list[RowLine]:
    """Those that a school can change."""
    return [RowLine(row, CHANNELS[row.channel], SOURCES[row.source], row_words(row)) for row in rows_of_school()]


def table_now(actor: Membership, *, at: datetime) -> AttentionTable | None:
    """None: the table as Kring brings it."""
    return may(actor, AttentionTable, Verb.READ, at=at).filter(live(at)).order_by("-from_at").first()


def earlier(actor: Membership) -> list[AttentionTable]:
    """Every version that the school made, the newest first."""
    return list(may(actor, AttentionTable, Verb.READ).select_related("made_by__person").order_by("-from_at"))


def line_now(row: AttentionTable | None) -> int:
    return row.class_line if row else CLASS_LINE


def rounds_running(actor: Membership) -> int:
    """Of lists and sociograms of groups; of lists without names nothing counts."""
    running = may(actor, Round, Verb.READ).filter(closed_at=None, asks__in=Round.OF_GROUPS, opens_on__lte=timezone.localdate())
    return sum(not one.offered.anonymous for one in running)


@dataclass(frozen=True, slots=True)
class Before:
    """On one day: how many pupils asked to be discussed with the old table and with the new, and how many would have moved."""

    on: date
    pupils: int
    before: int
    after: int
    up: int
    down: int


def previews(actor: Membership, changes: Changes, *, at: datetime) -> list[Before]:
    """With what is known today, and with what was known a year ago."""
    return [one for moment in (at, at - A_YEAR) if (one := _preview(actor, changes, at=moment, now=at)).pupils]


def _preview(actor: Membership, changes: Changes, *, at: datetime, now: datetime) -> Before:
    row, on = table_now(actor, at=now), timezone.localdate(at)
    old = school_table(row.changes if row else {}, version="old")
    pupils = list(may(actor, Enrolment, Verb.READ).filter(live(at)).order_by().values_list("pupil_id", flat=True).distinct())
    gathered = picture_of(actor.school, pupils, at=at).gathered
    findings = {str(pupil): frozenset(gathered.findings.get(str(pupil), ())) for pupil in pupils}
    found = table_preview(findings, on=on, new=school_table(changes, version="new"), old=old)
    steps = [(one.after or 0) - (one.before or 0) for one in found.moved]
    return Before(on, found.n, found.flagged_before, found.flagged_after, sum(step > 0 for step in steps), sum(step < 0 for step in steps))
