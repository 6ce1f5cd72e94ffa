"""Whom to look at, per group and school, as it was worked out: as many questions to the database for thirty pupils as for three."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.core.access import Verb
from kring.core.attention import Agenda, AttentionShare, Channel, Level, Reason, Source, Standing, agenda, attention_share
from kring.core.attention.quiet import OUT_OF_SIGHT, is_out_of_sight, is_overlooked
from kring.core.attention.school_tables import CLASS_LINE, ClassShare, class_share
from kring.web.access import may
from kring.web.attention.models import AttentionTable, PupilAttention
from kring.web.attention.words import LEVELS, REASONS, SOURCES, day_of, found_words
from kring.web.days import spoken_day
from kring.web.gatherings.models import DiscussedPupil
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live

HALF_A_YEAR = timedelta(days=182)
UNSAID = ("words", "sounds", "home_municipality", "birth_date", "admin_key")


@dataclass(frozen=True, slots=True)
class Point:
    """One finding that counts, in words, with its points and its days."""

    source: Promise
    found: str
    points: int
    on: date | None
    until: date | None

    @property
    def weight(self) -> str:
        """2 punten, di 3 maart, telt tot en met do 3 september"""
        said = [ngettext("%(n)s punt", "%(n)s punten", self.points) % {"n": self.points}]
        said += [spoken_day(self.on)] if self.on else []
        said += [_("telt tot en met %(day)s") % {"day": spoken_day(self.until)}] if self.until else []
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Side:
    """One channel of a pupil; points None where nothing is known."""

    channel: Channel
    points: int | None
    level: int | None
    kept: Sequence[Mapping[str, Any]] = field(default=(), hash=False)

    @property
    def lines(self) -> list[Point]:
        """In words."""
        return [_point(line) for line in self.kept if line["channel"] == self.channel]

    @property
    def word(self) -> Promise:
        return LEVELS[self.level]


@dataclass(frozen=True, slots=True)
class Entry:
    """A pupil on the list: both channels beside each other, never added up."""

    pupil: Pupil
    group: Group | None
    inward: Side
    outward: Side
    discussed_on: date | None
    heard_on: date | None
    reviews_missed: int
    is_overlooked: bool
    is_out_of_sight: bool
    is_known: bool
    direct: tuple[Mapping[str, str], ...] = field(default=(), hash=False)

    def side(self, channel: Channel) -> Side:
        return self.inward if channel is Channel.INTERNALISING else self.outward

    @property
    def highest(self) -> int:
        return max(self.inward.level or 0, self.outward.level or 0)

    def standing(self) -> Standing:
        """As the agenda of the core takes it."""
        levels = Level(self.inward.level or 0), Level(self.outward.level or 0)
        return Standing(str(self.pupil.pk), self.inward.points, self.outward.points, *levels, self.discussed_on, self.reviews_missed)


def listed(actor: Membership, wanted: "Wanted", *, at: datetime) -> "QuerySet[PupilAttention]":
    """Those that fit, in that order, of which a page can be taken; who is quiet is found without any level."""
    rows = _rows(actor, at=at, group=wanted.group).order_by(*ORDERS[wanted.order], "pupil__sort_name", "pupil_id")
    if wanted.quiet:  # whoever is overlooked is out of sight too
        return rows.filter(Q(last_heard_on=None) | Q(last_heard_on__lte=timezone.localdate(at) - OUT_OF_SIGHT))
    return rows.filter(Q(inward_level__gte=wanted.level) | Q(outward_level__gte=wanted.level)) if wanted.level else rows


def _rows(actor: Membership, *, at: datetime, group: UUID | None = None) -> "QuerySet[PupilAttention]":
    """Of the pupils of now that may be seen, or those of one group."""
    here = Enrolment.objects.filter(live(at), school=actor.school_id)
    sits = (here.filter(group=group) if group else here).values("pupil")
    found = may(actor, PupilAttention, Verb.READ, at=at).filter(pupil__in=sits)
    return found.select_related("pupil").defer("silent", *(f"pupil__{one}" for one in UNSAID))


def is_known(actor: Membership, *, at: datetime) -> bool:
    """Whether anything is known of any pupil of now that may be seen."""
    return _rows(actor, at=at).exclude(inward_points=None, outward_points=None).exists()


def entries(actor: Membership, rows: Iterable[PupilAttention], *, at: datetime) -> list[Entry]:
    """Rows of `listed`, each with the group of its pupil and with where every point came from."""
    found = list(rows)
    sits = may(actor, Enrolment, Verb.READ, at=at).filter(live(at), pupil__in=[row.pupil_id for row in found]).order_by("from_at")
    keys = dict(sits.values_list("pupil_id", "group_id"))
    groups = may(actor, Group, Verb.READ, at=at).in_bulk(set(keys.values()))
    return [_entry(row, groups.get(keys.get(row.pupil_id)), timezone.localdate(at)) for row in found]


def _entry(row: PupilAttention, group: Group | None, on: date) -> Entry:
    inward = Side(Channel.INTERNALISING, row.inward_points, row.inward_level, row.lines)
    outward = Side(Channel.EXTERNALISING, row.outward_points, row.outward_level, row.lines)
    return Entry(
        row.pupil,
        group,
        inward,
        outward,
        row.last_discussed_on,
        row.last_heard_on,
        row.reviews_missed,
        is_overlooked(row.inward_points, row.outward_points, row.last_heard_on, on=on),
        is_out_of_sight(row.last_heard_on, on=on),
        row.inward_points is not None or row.outward_points is not None,
        tuple(row.direct),
    )


def _point(line: Mapping[str, Any]) -> Point:
    return Point(SOURCES[Source(line["source"])], found_words(line), line["points"], day_of(line, "on"), day_of(line, "until"))


# ---- sorted and chosen ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list somebody wants to see, and in which order."""

    group: UUID | None = None
    level: int = Level.FOLLOW
    quiet: bool = False
    order: str = "inward"


_LONGEST_AGO = F("last_discussed_on").asc(nulls_first=True)
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "inward": (F("inward_points").desc(nulls_last=True), _LONGEST_AGO),
    "outward": (F("outward_points").desc(nulls_last=True), _LONGEST_AGO),
    "discussed": (_LONGEST_AGO,),
    "name": (),
}


# ---- a group ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proposed:
    """A pupil for the next review, with why, and the channels in which that is."""

    entry: Entry
    reasons: tuple[Promise, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One channel of a group in its own order: who asks to be followed or more, and who has a point and no more."""

    asking: tuple[Entry, ...]
    less: tuple[Entry, ...]


def _listed(found: Sequence[Entry], channel: Channel) -> Listed:
    pointed = [one for one in found if one.side(channel).points]
    return Listed(tuple(one for one in pointed if one.side(channel).level), tuple(one for one in pointed if not one.side(channel).level))


@dataclass(frozen=True, slots=True)
class GroupAttention:
    """A group: its share beside the line, each channel in its own order, who is quiet, and the proposed agenda."""

    share: ClassShare
    inward: Listed
    outward: Listed
    unknown: tuple[Entry, ...]
    overlooked: tuple[Entry, ...]
    out_of_sight: tuple[Entry, ...]
    direct: tuple[Entry, ...]
    agenda: tuple[Proposed, ...]
    places: int
    worked_out: bool


def group_attention(actor: Membership, group: Group, *, at: datetime) -> GroupAttention:
    """As worked out; the agenda is a proposal that people decide about."""
    rows = _rows(actor, at=at, group=group.pk).order_by("pupil__sort_name", "pupil_id")
    found = [_entry(row, group, timezone.localdate(at)) for row in rows]
    listed = agenda([one.standing() for one in found])
    by_key = {str(one.pupil.pk): one for one in found}
    return GroupAttention(
        class_share([(one.inward.level, one.outward.level) for one in found], line=line_of(actor, at=at)),
        _listed([by_key[key] for key in listed.internalising_order], Channel.INTERNALISING),
        _listed([by_key[key] for key in listed.externalising_order], Channel.EXTERNALISING),
        tuple(one for one in found if not one.is_known),
        tuple(one for one in found if one.is_overlooked),
        tuple(one for one in found if one.is_out_of_sight and not one.is_overlooked),
        tuple(one for one in found if one.direct),
        tuple(_proposed(listed, by_key)),
        listed.places,
        bool(found),
    )


def _proposed(listed: Agenda, by_key: Mapping[str, Entry]) -> Iterable[Proposed]:
    """In the order of the lists, each pupil once."""
    lists = (
        (Channel.INTERNALISING.value, listed.internalising),
        (Channel.EXTERNALISING.value, listed.externalising),
        ("", listed.undiscussed),
    )
    why: dict[str, dict[str, Reason]] = {}
    for channel, pupils in lists:
        for one in pupils:
            why.setdefault(one.pupil, {})[channel] = one.reason
    for key, reasons in why.items():
        words = tuple(dict.fromkeys(REASONS[reason] for reason in reasons.values()))
        yield Proposed(by_key[key], words, tuple(filter(None, (*reasons, *dict.fromkeys(each.value for each in reasons.values())))))


def line_of(actor: Membership, *, at: datetime) -> int:
    """From which share of a class the class comes first, as this school chose."""
    row = may(actor, AttentionTable, Verb.READ, at=at).filter(live(at)).order_by("-from_at").first()
    return row.class_line if row else CLASS_LINE


def class_shares(actor: Membership, *, at: datetime, among: Collection[UUID] | None = None) -> dict[UUID, ClassShare]:
    """Of every group that may be seen how many pupils ask to be discussed: counted by the database."""
    seen = may(actor, PupilAttention, Verb.READ, at=at).values("pupil")
    sits = may(actor, Enrolment, Verb.READ, at=at).filter(live(at), pupil__in=seen)
    asks = Q(pupil__attention__inward_level__gte=Level.DISCUSS) | Q(pupil__attention__outward_level__gte=Level.DISCUSS)
    counted = (sits if among is None else sits.filter(group__in=among)).order_by().values_list("group_id")
    each = counted.annotate(asking=Count("pupil", filter=asks, distinct=True), n=Count("pupil", distinct=True))
    line = line_of(actor, at=at)
    return {group: ClassShare(asking, n, line) for group, asking, n in each}


def shares(actor: Membership, *, at: datetime) -> list[tuple[Group, ClassShare]]:
    """The same by the names of the groups."""
    found = class_shares(actor, at=at)
    return [(group, found[group.pk]) for group in may(actor, Group, Verb.READ, at=at).filter(pk__in=found).order_by("name")]


def groups_first(actor: Membership, *, at: datetime) -> list[tuple[Group, ClassShare]]:
    """The groups that may be seen in which the class goes before single pupils, by name."""
    return [(group, share) for group, share in shares(actor, at=at) if share.comes_first]


# ---- the school -------------------------------------------------------------------------------------------------


def share_of_attention(actor: Membership, *, at: datetime) -> AttentionShare:
    """Of the pupils discussed in half a year, how many for each channel."""
    rows = may(actor, DiscussedPupil, Verb.READ, at=at).filter(discussed_at__gt=at - HALF_A_YEAR, discussed_at__lte=at)
    because = rows.order_by().values_list("because", flat=True)
    return attention_share([frozenset(Channel(one) for one in each if one in set(Channel)) for each in because])
