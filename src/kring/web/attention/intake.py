"""Whom to look at, worked out before anybody asks: pages read the rows alone.

A chore, every minute: whoever something new is known about, and at night everybody, because points end by themselves. Nothing is recorded,
for nobody did it. (A page that worked it out when it is read would write, and keep others who write waiting.)
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from kring.core.attention import ChannelPoints, Fate, Line, PointTable, PupilPoints, Sign, Source, pupil_points
from kring.core.attention.school_tables import school_table
from kring.web.absences.models import AbsenceWeek
from kring.web.attention.models import AttentionTable, PupilAttention
from kring.web.attention.rows import Picture, picture_of
from kring.web.gatherings.models import DiscussedPupil, Gathering
from kring.web.schools.models import Enrolment, School, live
from kring.web.signals.models import Signal, SignalAnswer
from kring.web.sociograms.models import ListedPupil
from kring.web.surveys.models import GuardianList, Submission
from kring.web.wall import schools_open

LAG = timedelta(minutes=2)
"""What was written by a transaction that took this long is not overlooked."""
FIELDS = (
    *("inward_points", "inward_level", "outward_points", "outward_level", "lines", "direct", "silent", "last_heard_on"),
    *("last_discussed_on", "reviews_missed", "table", "worked_out_at"),
)


def work_out_attention(*, at: datetime) -> None:
    """Of every school, each behind its own wall; one that breaks stops no other."""
    broken: list[Exception] = []
    for school in School.objects.order_by("pk"):
        try:
            with schools_open([school.pk]), transaction.atomic():
                work_out_school(school, at=at)
        except Exception as one:  # noqa: BLE001 (told to the schedule below)
            broken.append(one)
    if broken:
        raise broken[0]


def work_out_school(school: School, *, at: datetime) -> None:
    """Of the pupils of now whose points are behind; of who left nothing is kept."""
    sitting = dict(Enrolment.objects.filter(live(at), school=school).order_by("from_at").values_list("pupil_id", "group_id"))
    PupilAttention.objects.filter(school=school).exclude(pupil__in=sitting).delete()
    known = dict(PupilAttention.objects.filter(school=school).values_list("pupil_id", "worked_out_at"))
    behind = _behind(school, set(sitting), known, at)
    if behind:
        work_out(school, {pupil: sitting[pupil] for pupil in behind}, at=at)


def work_out(school: School, sitting: Mapping[UUID, UUID], *, at: datetime) -> None:
    """Of these pupils, by the group in which they sit."""
    picture, table = picture_of(school, list(sitting), at=at), table_of(school, at=at)
    heard, discussed = _heard(sitting), _newest(DiscussedPupil.objects.filter(pupil__in=sitting), "pupil_id", "discussed_at")
    reviews = _reviews(sitting)
    made = [
        PupilAttention(
            school=school,
            pupil_id=pupil,
            last_heard_on=_day(heard.get(pupil)),
            last_discussed_on=_day(discussed.get(pupil)),
            reviews_missed=sum(pupil not in discussed or held > discussed[pupil] for held in reviews.get(group, [])),
            table=table.version,
            worked_out_at=at,
            **_points(picture, str(pupil), table, timezone.localdate(at)),
        )
        for pupil, group in sitting.items()
    ]
    PupilAttention.objects.bulk_create(made, update_conflicts=True, unique_fields=["pupil"], update_fields=FIELDS, batch_size=200)


def table_of(school: School, *, at: datetime) -> PointTable:
    """The table that holds at this moment; without one that of Kring itself."""
    row = AttentionTable.objects.filter(live(at), school=school).order_by("-from_at").first()
    return school_table(row.changes, version=row.version) if row else school_table({}, version="1")


# ---- who is behind ----------------------------------------------------------------------------------------------


def _behind(school: School, sitting: set[UUID], known: Mapping[UUID, datetime], at: datetime) -> set[UUID]:
    """Who has no points yet, or none of today, or of whom something came since."""
    night = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    told = AttentionTable.objects.filter(school=school, from_at__lte=at).aggregate(newest=Max("from_at"))["newest"] or night
    since = max(night, told)
    old = {pupil for pupil in sitting if pupil not in known or known[pupil] < since}
    rest = sitting - old
    return old | _with_news(rest, after=min(known[pupil] for pupil in rest) - LAG, known=known) if rest else old


def _with_news(pupils: set[UUID], *, after: datetime, known: Mapping[UUID, datetime]) -> set[UUID]:
    newest = {
        pupil: moment
        for rows, whose, when in _sources()
        for pupil, moment in rows.filter(**{f"{whose}__in": pupils, f"{when}__gt": after}).order_by().values_list(whose, when)
        if moment > known[pupil] - LAG
    }
    return set(newest)


def _sources() -> Iterator[tuple[QuerySet[Any], str, str]]:
    """Where news about a pupil stands: whose, and since when."""
    yield Signal.objects.all(), "pupil_id", "made_at"
    yield SignalAnswer.objects.all(), "signal__pupil_id", "answered_at"
    yield AbsenceWeek.objects.all(), "pupil_id", "entered_at"
    yield DiscussedPupil.objects.all(), "pupil_id", "discussed_at"
    yield Gathering.objects.all(), "pupil_id", "held_at"
    yield Submission.objects.all(), "invitation__pupil_id", "invitation__round__closed_at"
    yield ListedPupil.objects.all(), "pupil_id", "sociogram__round__closed_at"
    yield GuardianList.objects.all(), "guardian_invitation__pupil_id", "guardian_invitation__round__closed_at"


# ---- one pupil --------------------------------------------------------------------------------------------------


def _points(picture: Picture, pupil: str, table: PointTable, on: date) -> dict[str, Any]:
    looked_at = picture.gathered.looked_at(pupil, on=on, table=table)
    found = pupil_points(tuple(picture.gathered.findings.get(pupil, ())), on=on, table=table, looked_at=looked_at)
    inward, outward = found.internalising, found.externalising
    return {
        "inward_points": inward.points,
        "inward_level": inward.level,
        "outward_points": outward.points,
        "outward_level": outward.level,
        "lines": [line for channel in (inward, outward) for line in _lines(channel, table, picture.titles)],
        "direct": _direct(found),
        "silent": [source.value for source in found.silent],
    }


def _lines(channel: ChannelPoints, table: PointTable, titles: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    """What counted, the heaviest first; of what was seen only how many saw it, never who."""
    counted = sorted((line for line in channel.lines if line.fate is Fate.COUNTED and line.points), key=lambda line: -line.points)
    observers = {
        line.finding.by for line in channel.lines if line.finding.sign is Sign.SEEN and line.fate in {Fate.COUNTED, Fate.SURPASSED}
    }
    for line in counted:
        yield _line(line, channel, table, titles) | ({"observers": len(observers)} if line.finding.sign is Sign.SEEN else {})


def _line(line: Line, channel: ChannelPoints, table: PointTable, titles: Mapping[str, str]) -> dict[str, Any]:
    one = line.finding
    rolls = one.source is Source.ABSENCE  # counted anew every day
    return {
        "channel": channel.channel.value,
        "source": one.source.value,
        "sign": one.sign.value,
        "about": titles.get(one.about, ""),
        "value": None if one.value is None else round(one.value, 4),
        "points": line.points,
        "on": one.observed_on.isoformat(),
        "until": "" if rolls else table.lasts(one.source).until(one.observed_on).isoformat(),
    }


def _direct(found: PupilPoints) -> list[dict[str, str]]:
    return [{"kind": task.kind.value, "sign": task.finding.sign.value, "on": task.finding.observed_on.isoformat()} for task in found.tasks]


# ---- when somebody last looked ----------------------------------------------------------------------------------


def _heard(pupils: Collection[UUID]) -> dict[UUID, datetime]:
    """When somebody last wrote of a pupil, or talked about or with one."""
    found: dict[UUID, datetime] = {}
    for rows, when in ((Signal.objects, "seen_at"), (Gathering.objects, "held_at"), (DiscussedPupil.objects, "discussed_at")):
        for pupil, moment in _newest(rows.filter(pupil__in=pupils), "pupil_id", when).items():
            found[pupil] = max(moment, found.get(pupil, moment))
    return found


def _newest(rows: QuerySet[Any], whose: str, when: str) -> dict[UUID, datetime]:
    there = rows.filter(**{f"{when}__isnull": False})
    return {one[whose]: one["newest"] for one in there.order_by().values(whose).annotate(newest=Max(when))}


def _reviews(sitting: Mapping[UUID, UUID]) -> dict[UUID, list[datetime]]:
    """The reviews that were held of each group."""
    held = Gathering.objects.filter(kind=Gathering.Kind.GROUP_REVIEW, group__in=set(sitting.values()), held_at__isnull=False)
    found: dict[UUID, list[datetime]] = {}
    for group, moment in held.order_by("held_at").values_list("group_id", "held_at"):
        assert group is not None
        assert moment is not None
        found.setdefault(group, []).append(moment)
    return found


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
