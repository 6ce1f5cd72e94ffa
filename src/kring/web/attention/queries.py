"""Whom to look at, per group and school, as it was worked out: as many questions to the database for thirty pupils as for three."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise

from kring.core.access import Verb
from kring.core.attention import Agenda, AttentionShare, Channel, Level, Reason, Source, Standing, agenda, attention_share
from kring.core.attention.quiet import is_out_of_sight, is_overlooked
from kring.core.attention.school_tables import CLASS_LINE, ClassShare, class_share
from kring.web.access import may
from kring.web.attention.models import AttentionTable, PupilAttention
from kring.web.attention.words import LEVELS, REASONS, SOURCES, day_of, found_words
from kring.web.gatherings.models import DiscussedPupil
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live

HALF_A_YEAR = timedelta(days=182)
KEPT = ("lines", "direct", "silent")
UNSAID = ("words", "sounds", "home_municipality", "birth_date", "admin_key")


@dataclass(frozen=True, slots=True)
class Point:
    """One finding that counts, in words, with its points and its days."""

    source: Promise
    found: str
    points: int
    on: date | None
    until: date | None


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


def entries(actor: Membership, *, at: datetime, group: Group | None = None) -> list[Entry]:
    """Of the pupils of now that may be seen, or those of one group, by name; without their points, which `with_points` adds."""
    sits = may(actor, Enrolment, Verb.READ, at=at).filter(live(at)).order_by("from_at").values_list("pupil_id", "group_id")
    keys = dict(sits.filter(group=group) if group else sits)
    named = {group.pk: group} if group else may(actor, Group, Verb.READ, at=at).in_bulk(set(keys.values()))
    groups = {pupil: named.get(key) for pupil, key in keys.items()}
    rows = may(actor, PupilAttention, Verb.READ, at=at).select_related("pupil").order_by("pupil__sort_name", "pupil_id")
    found = (rows.filter(pupil__in=groups) if group or groups else rows).defer(*KEPT, *(f"pupil__{one}" for one in UNSAID))
    return [_entry(row, groups.get(row.pupil_id), timezone.localdate(at)) for row in found]


def with_points(actor: Membership, found: Iterable[Entry], *, at: datetime) -> list[Entry]:
    """The same with where every point came from: only of those that are shown, for a list may be long."""
    listed = list(found)
    rows = may(actor, PupilAttention, Verb.READ, at=at).filter(pupil__in=[one.pupil.pk for one in listed]).order_by()
    kept = {pupil: (lines, direct) for pupil, lines, direct in rows.values_list("pupil_id", "lines", "direct")}
    return [_filled(one, *kept.get(one.pupil.pk, ([], []))) for one in listed]


def _filled(one: Entry, lines: list[Mapping[str, Any]], direct: list[Mapping[str, str]]) -> Entry:
    return replace(one, inward=replace(one.inward, kept=lines), outward=replace(one.outward, kept=lines), direct=tuple(direct))


def _entry(row: PupilAttention, group: Group | None, on: date) -> Entry:
    inward = Side(Channel.INTERNALISING, row.inward_points, row.inward_level)
    outward = Side(Channel.EXTERNALISING, row.outward_points, row.outward_level)
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


def chosen(found: Iterable[Entry], wanted: Wanted) -> list[Entry]:
    """Those that fit, in that order; who is quiet is found without any level."""
    fitting = [
        one
        for one in found
        if (one.is_overlooked or one.is_out_of_sight if wanted.quiet else one.highest >= wanted.level)
        and (wanted.group is None or (one.group is not None and one.group.pk == wanted.group))
    ]
    return sorted(fitting, key=ORDERS[wanted.order])


def _by(channel: Channel, one: Entry) -> tuple[int, date, str]:
    points = one.side(channel).points
    return -(-1 if points is None else points), one.discussed_on or date.min, one.pupil.sort_name


ORDERS: Mapping[str, Callable[[Entry], tuple[int, date, str]]] = {
    "inward": partial(_by, Channel.INTERNALISING),
    "outward": partial(_by, Channel.EXTERNALISING),
    "discussed": lambda one: (0, one.discussed_on or date.min, one.pupil.sort_name),
    "name": lambda one: (0, date.min, one.pupil.sort_name),
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
    found = with_points(actor, entries(actor, at=at, group=group), at=at)
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
    """Of every group that may be seen how many pupils ask to be discussed; three questions to the database, whatever their number."""
    sits = may(actor, Enrolment, Verb.READ, at=at).filter(live(at))
    groups = dict((sits if among is None else sits.filter(group__in=among)).order_by("from_at").values_list("pupil_id", "group_id"))
    rows = may(actor, PupilAttention, Verb.READ, at=at).filter(pupil__in=groups).order_by()
    levels: dict[UUID, list[tuple[int | None, int | None]]] = {}
    for pupil, *both in rows.values_list("pupil_id", "inward_level", "outward_level"):
        levels.setdefault(groups[pupil], []).append((both[0], both[1]))
    line = line_of(actor, at=at)
    return {group: class_share(found, line=line) for group, found in levels.items()}


def shares_of(found: Iterable[Entry], *, line: int) -> list[tuple[Group, ClassShare]]:
    """The same of a list that is there already, by the names of the groups."""
    levels: dict[UUID, list[tuple[int | None, int | None]]] = {}
    groups: dict[UUID, Group] = {}
    for one in found:
        if one.group is not None:
            groups[one.group.pk] = one.group
            levels.setdefault(one.group.pk, []).append((one.inward.level, one.outward.level))
    return [(group, class_share(levels[key], line=line)) for key, group in sorted(groups.items(), key=lambda pair: pair[1].name)]


def groups_first(actor: Membership, *, at: datetime) -> list[tuple[Group, ClassShare]]:
    """The groups that may be seen in which the class goes before single pupils, by name."""
    first = {key: share for key, share in class_shares(actor, at=at).items() if share.comes_first}
    return [(group, first[group.pk]) for group in may(actor, Group, Verb.READ, at=at).filter(pk__in=first).order_by("name")]


# ---- the school -------------------------------------------------------------------------------------------------


def share_of_attention(actor: Membership, *, at: datetime) -> AttentionShare:
    """Of the pupils discussed in half a year, how many for each channel."""
    rows = may(actor, DiscussedPupil, Verb.READ, at=at).filter(discussed_at__gt=at - HALF_A_YEAR, discussed_at__lte=at)
    because = rows.order_by().values_list("because", flat=True)
    return attention_share([frozenset(Channel(one) for one in each if one in set(Channel)) for each in because])
